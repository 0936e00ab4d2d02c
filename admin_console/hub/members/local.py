"""The members that the hub itself knows."""

from admin_console.hub.service.membership import facts_of
from admin_console.hub.service.port import CardReferences, Person, SecretHasher, Store, Work
from admin_console.hub.service.record import Member


class LocalPeople:
    """Knows the members in the hub's own store.

    Args:
        store: where the members are kept.
        references: turns cards into references.
        hasher: checks codes, one at a time on each core.
    """

    def __init__(self, store: Store, references: CardReferences, hasher: SecretHasher) -> None:
        self._store = store
        self._references = references
        self._hasher = hasher

    def reference(self, card: str) -> str:
        """Return the reference under which the hub remembers a card, known or not."""
        return self._references.reference(card)

    def knows(self, card: str) -> bool:
        """Tell whether a member of this store has the card."""
        with self._store.begin(write=False) as work:
            return work.members.get(self._references.reference(card)) is not None

    def find(self, card: str) -> Person | None:
        """Return whose card it is, without its code."""
        with self._store.begin(write=False) as work:
            member = work.members.get(self._references.reference(card))
            return None if member is None else _person(work, member)

    def check(self, card: str, pin: str) -> Person | None:
        """Return the person, or None: the work is the same whether card or code is wrong.

        A card for which no code was made yet is as wrong as any.
        """
        with self._store.begin(write=False) as work:
            member = work.members.get(self._references.reference(card))
            person = None if member is None else _person(work, member)
        secret = self._references.seal(card, pin)
        right = self._hasher.verify(secret, None if member is None else member.pin_hash)
        return person if right else None


def _person(work: Work, member: Member) -> Person:
    category = work.categories.get(member.category)
    if category is None:
        message = "a member has a category that is none"
        raise LookupError(message)
    return Person(
        reference=member.reference,
        first_name=member.first_name,
        facts=facts_of(member, category),
        time=member.time,
        first_use=member.first_used_at is None,
        tried=member.tried_at is not None,
    )
