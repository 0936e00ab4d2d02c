"""Opening a slot without the hub: for a known card, or for whoever a power cut has stopped.

The same rules as the hub's, from what it told last. Whether the person sits elsewhere nobody can
know; the hub hears of both slots later, and undoes neither.
"""

from dataclasses import replace as changed

from kiosk.rules.allowance import AdaptedTime, adapted
from kiosk.rules.clock import WallClock
from kiosk.rules.hours import local_date
from kiosk.rules.knowncard import KnownCard, card_fault, card_secret
from kiosk.rules.person import BrowserProfile
from kiosk.rules.room import SNAPSHOT_SECONDS
from kiosk.rules.signin import SignIn
from kiosk.rules.slot import (
    LONGEST_SECONDS,
    Grant,
    Ground,
    Refusal,
    SlotRule,
    grant,
    named_instant,
)
from kiosk.session.command import CardChecked
from kiosk.session.effect import CheckCard
from kiosk.session.fairness import snapshot_age
from kiosk.session.interruption import seat_kept
from kiosk.session.kept import Sitting
from kiosk.session.moment import Moment
from kiosk.session.queue import first_waiting, held_for
from kiosk.session.seating import seat, turn_away
from kiosk.session.state import (
    Decision,
    Opening,
    State,
    boundaries,
    clock_trusted,
    takes_visitors,
)
from kiosk.session.tries import STATION, count_failure, start_afresh, too_soon
from kiosk.wire.face import Contact, RefusalFace
from kiosk.wire.provision import KnownCardView, Provisions
from kiosk.wire.station import OpenSlot, StationSituation

UNCHECKED = RefusalFace(ground=Ground.NO_ANSWER)
"""Neither the hub nor this station can say whether card or pass are good."""


def takes_alone(state: State, moment: Moment) -> bool:
    """Tell whether anybody could open a slot here without the hub."""
    if state.contact is Contact.LIVE:
        return False
    told = state.provisions
    provided = told is not None and bool(told.cards or told.day_keys)
    return provided or seat_kept(state, moment) is not None


def opens_by_card(state: State) -> bool:
    """Tell whether the card alone opens a slot in this room."""
    situation = state.kept.situation
    return situation is not None and situation.room.sign_in is SignIn.CARD


def open_for_card(state: State, opening: Opening, ask: OpenSlot, moment: Moment) -> Decision:
    """Let the code of a known card be checked; nobody else's can be.

    Where the card alone opens, that it is known is enough.
    """
    subjects = (STATION, opening.lookup)
    waits = too_soon(state, subjects, moment)
    if waits is not None:
        return turn_away(state, opening, waits)
    if opening.resumes is not None:
        return go_on(state, opening, moment)
    provisions, known = state.provisions, _known(state, opening.lookup, moment)
    if provisions is not None and known is not None:
        checked = state.but(opening=changed(opening, known=known))
        if opens_by_card(state):
            return take_check(checked, CardChecked(opening.slot_id, fits=True), moment)
        secret = card_secret(provisions.room_key, ask.card, ask.pin or "")
        return Decision(checked, effects=(CheckCard(opening.slot_id, secret, known.verifier),))
    if seat_kept(state, moment) is None:
        return turn_away(state, opening, UNCHECKED)
    # The code of whoever the seat is kept for is not to be found out by trying.
    state, refusal = count_failure(state, subjects, moment)
    return turn_away(state, opening, refusal)


def take_check(state: State, command: CardChecked, moment: Moment) -> Decision:
    """Open the slot of a known card whose code fits, if the room's rules let it."""
    opening = state.opening
    known = None if opening is None else opening.known
    if opening is None or known is None or opening.slot_id != command.slot_id:
        return Decision(state)
    situation, provisions = state.kept.situation, state.provisions
    if situation is None or provisions is None:
        return turn_away(state, opening, UNCHECKED)
    subjects = (STATION, known.lookup)
    if not command.fits:
        state, refusal = count_failure(state, subjects, moment)
        return turn_away(state, opening, refusal)
    return take_seat(
        start_afresh(state, subjects),
        opening,
        situation,
        adapted(situation.room.rule.as_rule(), known.time),
        moment,
        used_seconds=_used_today(state, situation, provisions, known, moment),
    )


def take_seat(
    state: State,
    opening: Opening,
    situation: StationSituation,
    rule: SlotRule,
    moment: Moment,
    *,
    used_seconds: int = 0,
) -> Decision:
    """Open a slot for somebody who may have one, unless the seat is somebody else's."""
    found = _may_sit(state, situation, rule, used_seconds, moment)
    if isinstance(found, RefusalFace):
        return turn_away(state, opening, found)
    known = opening.known
    sitting = Sitting(
        slot_id=opening.slot_id,
        first_name="" if known is None else known.first_name,
        total_seconds=found.total_seconds,
        grace_seconds=rule.grace_seconds,
        used_today_seconds=min(used_seconds, LONGEST_SECONDS),
        limit=None if found.limit is None else found.limit.ground,
        limit_at=None if found.limit is None else named_instant(rule, found.limit),
        proof=opening.proof,
        alone=True,
        lookup=opening.lookup,
        guest_pass=opening.guest_pass,
        by_card=opening.by_card,
        time=AdaptedTime.ORDINARY if known is None else known.time,
        profile=BrowserProfile.ADULT if known is None else known.profile,
    )
    return seat(state, sitting)


def go_on(state: State, opening: Opening, moment: Moment) -> Decision:
    """Give back what a power cut took, to whoever has proved that it was theirs."""
    kept, cut, situation = seat_kept(state, moment), state.kept.cut, state.kept.situation
    if kept is None or cut is None or situation is None:
        return turn_away(state, opening, RefusalFace(ground=Ground.OVER))
    known = _known(state, opening.lookup, moment)
    rule = adapted(situation.room.rule.as_rule(), cut.time)
    sitting = Sitting(
        slot_id=opening.slot_id,
        first_name="" if known is None else known.first_name,
        total_seconds=kept.left_seconds,
        grace_seconds=rule.grace_seconds,
        used_today_seconds=min(cut.used_today_seconds + cut.used_seconds, LONGEST_SECONDS),
        limit=None if kept.limit is None else kept.limit.ground,
        limit_at=None if kept.limit is None else named_instant(rule, kept.limit),
        proof=opening.proof,
        resumes=cut.slot_id,
        renewals=cut.renewals,
        mercy_taken=cut.mercy_taken,
        alone=True,
        lookup=opening.lookup,
        guest_pass=cut.guest_pass,
        by_card=opening.by_card,
        time=cut.time,
        profile=cut.profile,
    )
    return seat(state, sitting)


def _known(state: State, lookup: str, moment: Moment) -> KnownCardView | None:
    """Return a card that is still known here."""
    cards = () if state.provisions is None else state.provisions.cards
    found = next((card for card in cards if card.lookup == lookup), None)
    clock = WallClock(moment.wall, clock_trusted(state.kept, moment.wall))
    rule = None if found is None else KnownCard(found.accepted_at)
    return None if card_fault(rule, clock, state.kept.last_stamp) is not None else found


def _used_today(
    state: State,
    situation: StationSituation,
    provisions: Provisions,
    known: KnownCardView,
    moment: Moment,
) -> int:
    """Return what a card has had today: as the hub told, and what ended here since."""
    zone = situation.room.hours.zone
    today = local_date(moment.wall, zone)
    told = known.used_today_seconds if local_date(provisions.at, zone) == today else 0
    return told + sum(
        use.used_seconds
        for use in state.kept.card_uses
        if use.lookup == known.lookup and local_date(use.ended_at, zone) == today
    )


def _may_sit(
    state: State, situation: StationSituation, rule: SlotRule, used_seconds: int, moment: Moment
) -> Grant | RefusalFace:
    if not takes_visitors(state):
        return RefusalFace(ground=Ground.OUT_OF_ORDER)
    kept = seat_kept(state, moment)
    if kept is not None:
        return RefusalFace(ground=Ground.HELD, at=moment.wall_in(kept.window_seconds))
    listed = _listed(state, situation, moment)
    if listed is not None:
        return listed
    limits = boundaries(state, moment)
    if isinstance(limits, Refusal):
        return RefusalFace(ground=limits.ground, at=limits.at)
    if not clock_trusted(state.kept, moment.wall):
        # Which day it is nobody knows: the slot is full.
        rule = changed(rule, daily_seconds=None)
    found = grant(rule, moment.wall, limits, used_seconds)
    if isinstance(found, Refusal):
        return RefusalFace(ground=found.ground, at=found.at)
    return found


def _listed(state: State, situation: StationSituation, moment: Moment) -> RefusalFace | None:
    """Return for whom the seat is kept, or who waits, while what is known of it is young.

    Whose ticket it is the station does not know: nobody's card is taken for it.
    """
    if snapshot_age(state, moment) >= SNAPSHOT_SECONDS:
        return None
    held = held_for(situation)
    if held is not None and (held.until is None or moment.wall < held.until):
        return RefusalFace(ground=Ground.HELD, ticket=held.ticket)
    waits = first_waiting(situation, moment)
    return None if waits is None else RefusalFace(ground=Ground.TICKET_NEEDED, ticket=waits)
