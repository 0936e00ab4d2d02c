"""The members that the hub itself knows."""

from admin_console.hub.service.port import CardReferences, Person, SecretHasher, Store


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

    def check(self, card: str, pin: str) -> Person | None:
        """Return the person, or None: the work is the same whether card or code is wrong."""
        with self._store.begin(write=False) as work:
            member = work.members.get(self._references.reference(card))
        secret = self._references.seal(card, pin)
        right = self._hasher.verify(secret, None if member is None else member.pin_hash)
        if member is None or not right:
            return None
        return Person(reference=member.reference, first_name=member.first_name)
