"""How people are written down at the desk: registered, changed, given a code.

Whoever writes members holds all of them, so that the same card asked for twice at once is one
member. Codes are hashed before anything is held, and are told to the one who asked, once.
"""

from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

from admin_console.hub.service.answer import NotAllowed
from admin_console.hub.service.command import COMMANDERS
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.membership import REGISTER
from admin_console.hub.service.newcard import make_card, make_pin
from admin_console.hub.service.port import CardReferences, Clock, SecretHasher, Store, Work
from admin_console.hub.service.provision import forget_known
from admin_console.hub.service.record import Member
from admin_console.hub.service.tries import start_afresh
from kiosk.rules.identifier import Entropy
from kiosk.wire.people import (
    ChangePerson,
    MakePin,
    PersonChangeAnswer,
    PersonChanged,
    PersonFacts,
    PersonFault,
    PersonFaulty,
    PersonRegistered,
    PersonUnknown,
    PinAnswer,
    PinMade,
    RegisterPerson,
    RegistrationAnswer,
)

LATEST_ZONE = timedelta(hours=14)
"""Nowhere on earth is it later than UTC by more: what is after that date is still to come."""


class Registry:
    """Writes people down for staff who may act at a seat.

    Args:
        store: where the members are kept.
        clock: the hub's clock.
        references: turns cards into references.
        hasher: hashes codes, slowly.
        entropy: draws codes and card numbers.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        references: CardReferences,
        hasher: SecretHasher,
        entropy: Entropy,
    ) -> None:
        self._store = store
        self._clock = clock
        self._references = references
        self._hasher = hasher
        self._entropy = entropy

    def register(
        self, staff: StaffIdentity, ask: RegisterPerson
    ) -> RegistrationAnswer | NotAllowed:
        """Keep a new person; takes as long as a slow hash unless something is wrong."""
        if not COMMANDERS & staff.roles:
            return NotAllowed()
        facts = tidy(ask.facts)
        pin = make_pin(self._entropy) if ask.pin is None else ask.pin
        while True:
            card = make_card(self._entropy) if ask.card is None else ask.card
            reference = self._references.reference(card)
            with self._store.begin(write=False) as work:
                faults = self._faults(work, facts, reference)
            if ask.card is None and PersonFault.CARD_TAKEN in faults:
                continue
            if faults:
                return PersonFaulty(faults=faults)
            hashed = self._hasher.hash(self._references.seal(card, pin))
            with self._store.begin(write=True) as work:
                work.hold(REGISTER)
                faults = self._faults(work, facts, reference)
                if not faults:
                    work.members.add([with_facts(Member(reference, "", hashed, ""), facts)])
            if not faults:
                made = card if ask.card is None else None
                return PersonRegistered(facts=facts, pin=pin, made_card=made)

    def change(self, staff: StaffIdentity, ask: ChangePerson) -> PersonChangeAnswer | NotAllowed:
        """Keep other facts of a known person; whoever sits stays seated."""
        if not COMMANDERS & staff.roles:
            return NotAllowed()
        facts = tidy(ask.facts)
        reference = self._references.reference(ask.card)
        with self._store.begin(write=True) as work:
            work.hold(REGISTER)
            before = work.members.get(reference)
            if before is None:
                return PersonUnknown()
            faults = self._faults(work, facts)
            if faults:
                return PersonFaulty(faults=faults)
            after = with_facts(before, facts)
            if after != before:
                work.members.save([after])
                forget_known(work, reference)
        return PersonChanged(facts=facts)

    def make_pin(self, staff: StaffIdentity, ask: MakePin) -> PinAnswer | NotAllowed:
        """Give a card a new code; the old one opens nothing any more, with or without the hub.

        Failed tries of the card are forgotten: whoever forgot the code may sit down at once.
        """
        if not COMMANDERS & staff.roles:
            return NotAllowed()
        reference = self._references.reference(ask.card)
        with self._store.begin(write=False) as work:
            known = work.members.get(reference) is not None
        if not known:
            return PersonUnknown()
        pin = make_pin(self._entropy)
        hashed = self._hasher.hash(self._references.seal(ask.card, pin))
        with self._store.begin(write=True) as work:
            work.hold(REGISTER)
            work.members.set_pins([(reference, hashed)])
            start_afresh(work, (f"card:{reference}",))
            forget_known(work, reference)
        return PinMade(pin=pin)

    def _faults(
        self, work: Work, facts: PersonFacts, reference: str | None = None
    ) -> tuple[PersonFault, ...]:
        """Return what is wrong with a person; `reference` is that of a card to be a new one."""
        found = []
        if reference is not None and work.members.get(reference) is not None:
            found.append(PersonFault.CARD_TAKEN)
        if work.categories.get(facts.category) is None:
            found.append(PersonFault.NO_SUCH_CATEGORY)
        if not facts.first_name:
            found.append(PersonFault.NO_NAME)
        if is_to_come(facts, self._clock.now()):
            found.append(PersonFault.AUTHORISED_LATER)
        return tuple(found)


def is_to_come(facts: PersonFacts, now: datetime) -> bool:
    """Tell whether an authorisation bears a date that has come nowhere yet."""
    day = facts.authorised_on
    return day is not None and day > (now + LATEST_ZONE).date()


def tidy(facts: PersonFacts) -> PersonFacts:
    """Return the facts with single spaces in the name."""
    return msgspec.structs.replace(facts, first_name=" ".join(facts.first_name.split()))


def with_facts(member: Member, facts: PersonFacts) -> Member:
    """Return a member of whom these facts are known from now on."""
    return replace(
        member,
        first_name=facts.first_name,
        category=facts.category,
        least_age=facts.least_age,
        resident=facts.resident,
        authorised_on=facts.authorised_on,
        valid_until=facts.valid_until,
        time=facts.time,
    )
