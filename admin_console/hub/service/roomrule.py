"""Giving a room other limits: how long a slot is, how often it is renewed, what is waited for."""

from datetime import datetime

from admin_console.hub.service.act import note
from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.money.pricelist import asks_money, hold_prices
from admin_console.hub.service.port import Clock, Store, Work
from admin_console.hub.service.waiting import find_waiting, save_room
from kiosk.rules.hours import local_date
from kiosk.rules.roomrule import RuleFault, RuleFaultKind, RuleField, faults_of
from kiosk.rules.signin import SignIn
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.desk import Role
from kiosk.wire.place import RoomView
from kiosk.wire.rule import (
    RuleAnswer,
    RuleDraft,
    RuleFaultView,
    RuleFaulty,
    RuleMoved,
    RuleSaved,
    SetRule,
)

RULERS = frozenset({Role.ADMIN})
"""The roles that may change a room's limits: whoever answers for the house."""


class RoomRules:
    """Keeps new limits, unless somebody else has kept other ones meanwhile."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def set_rule(
        self, staff: StaffIdentity, room_id: str, ask: SetRule
    ) -> RuleAnswer | NotAllowed | NotFound:
        """Give a room new limits and tell everybody; running slots keep what they were granted."""
        if not RULERS & staff.roles:
            return NotAllowed()
        with self._store.begin(write=True) as work:
            room = work.rooms.hold(room_id)
            if room is None or room.site_id not in staff.site_ids:
                return NotFound()
            before, draft = ask.before.filled(room), ask.draft.filled(room)
            if RuleDraft.of(room) != before:
                return RuleMoved(room=room)
            now = self._clock.now()
            faults = faults_of(draft.as_rule()) or (
                *_letter_faults(work, room, draft, now),
                *_sign_in_faults(work, room, draft, now),
            )
            if faults:
                return RuleFaulty(faults=tuple(RuleFaultView.of(fault) for fault in faults))
            if draft != before:
                room = draft.kept_in(room)
                save_room(work, room, now)
                note(work, staff, ActKind.RULE_SET, room.site_id, ActFacts(room_id=room_id))
            return RuleSaved(room=room)


def _sign_in_faults(
    work: Work, room: RoomView, draft: RuleDraft, now: datetime
) -> tuple[RuleFault, ...]:
    """Return why the card alone cannot open a session: whoever finds one could spend its credit."""
    if draft.sign_in is not SignIn.CARD or room.sign_in is SignIn.CARD:
        return ()
    hold_prices(work, room.site_id)
    if not asks_money(work, room.site_id, local_date(now, room.hours.zone)):
        return ()
    return (RuleFault(RuleFaultKind.MONEY_MOVES, RuleField.SIGN_IN),)


def _letter_faults(
    work: Work, room: RoomView, draft: RuleDraft, now: datetime
) -> tuple[RuleFault, ...]:
    """Return why the tickets of a room cannot begin with another letter."""
    if draft.letter == room.letter:
        return ()
    found = []
    others = work.rooms.of_sites([room.site_id])
    if any(one.letter == draft.letter for one in others if one.room_id != room.room_id):
        found.append(RuleFault(RuleFaultKind.LETTER_TAKEN, RuleField.LETTER))
    # Whoever waits knows the ticket by its letter.
    if find_waiting(work, room, now) is not None:
        found.append(RuleFault(RuleFaultKind.LETTER_WAITED_FOR, RuleField.LETTER))
    return tuple(found)
