"""How people are written down at the desk: registered, changed, given a code.

Whoever writes members holds all of them, so that the same card asked for twice at once is one
member. Codes are hashed before anything is held, and are told to the one who asked, once: to the
same ask again, the hub draws the same code, and needs to keep none.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

from admin_console.hub.service.act import Whom, note
from admin_console.hub.service.answer import Conflict, NotAllowed
from admin_console.hub.service.command import COMMANDERS
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.membership import REGISTER
from admin_console.hub.service.newcard import drawn_for, make_card, make_pin
from admin_console.hub.service.port import CardReferences, Clock, SecretHasher, Store, Work
from admin_console.hub.service.provision import forget_known
from admin_console.hub.service.record import Member, Registration
from admin_console.hub.service.tries import start_afresh
from kiosk.rules.identifier import Entropy
from kiosk.wire.act import ActKind
from kiosk.wire.codec import encode
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
    ) -> RegistrationAnswer | NotAllowed | Conflict:
        """Keep a new person; takes as long as a slow hash unless something is wrong.

        `Conflict`: the identifier stands for another ask.
        """
        if not COMMANDERS & staff.roles:
            return NotAllowed()
        facts = tidy(ask.facts)
        seal = self._references.seal
        ask_seal = seal(encode(ask).decode(), staff.staff_id)
        draw = self._entropy if ask.ask_id is None else drawn_for(ask.ask_id, seal)
        pin = make_pin(draw) if ask.pin is None else ask.pin
        for card in _cards(ask, draw):
            reference = self._references.reference(card)
            made = PersonRegistered(
                facts=facts, pin=pin, made_card=card if ask.card is None else None
            )
            with self._store.begin(write=False) as work:
                answer = self._standing(work, ask, ask_seal, reference, made)
            if answer is None:
                hashed = self._hasher.hash(seal(card, pin))
                with self._store.begin(write=True) as work:
                    work.hold(REGISTER)
                    # The same card, or the same ask, may have come twice at once.
                    answer = self._standing(work, ask, ask_seal, reference, made)
                    if answer is None:
                        answer = made
                        work.members.add([with_facts(Member(reference, "", hashed, ""), facts)])
                        self._remember(work, ask, ask_seal, reference)
                        whom = Whom.of(reference, card)
                        note(work, staff, ActKind.PERSON_REGISTERED, whom=whom)
            if ask.card is None and _is_taken(answer):
                continue
            return answer
        message = "there is a card to register"
        raise AssertionError(message)

    def _standing(
        self,
        work: Work,
        ask: RegisterPerson,
        ask_seal: str,
        reference: str,
        made: PersonRegistered,
    ) -> RegistrationAnswer | Conflict | None:
        """Return what an ask is answered without keeping anybody, None where nothing hinders it."""
        kept = None if ask.ask_id is None else work.members.registration(ask.ask_id)
        if kept is not None and kept.ask_seal != ask_seal:
            return Conflict("the identifier stands for another ask")
        if kept is not None and kept.reference == reference:
            return made
        faults = self._faults(work, made.facts, reference)
        return PersonFaulty(faults=faults) if faults else None

    def _remember(self, work: Work, ask: RegisterPerson, ask_seal: str, reference: str) -> None:
        if ask.ask_id is not None:
            made = Registration(ask.ask_id, ask_seal, reference, self._clock.now())
            work.members.keep_registration(made)

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
                whom = Whom.of(reference, ask.card)
                note(work, staff, ActKind.PERSON_CHANGED, whom=whom)
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
            note(work, staff, ActKind.PIN_MADE, whom=Whom.of(reference, ask.card))
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


def _cards(ask: RegisterPerson, draw: Entropy) -> Iterator[str]:
    """Yield the card of an ask, or one new number after the other."""
    if ask.card is not None:
        yield ask.card
    while ask.card is None:
        yield make_card(draw)


def _is_taken(answer: RegistrationAnswer | Conflict) -> bool:
    return isinstance(answer, PersonFaulty) and PersonFault.CARD_TAKEN in answer.faults


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
