"""A guest pass at the lock: without the hub, the keys of the day say whether it is good."""

from collections.abc import Collection
from dataclasses import replace as changed
from datetime import date

from kiosk.rules.guestpass import (
    PASS_TRIES,
    PassAccepted,
    PassFault,
    PassRefused,
    Use,
    check_pass,
)
from kiosk.rules.hours import local_date
from kiosk.rules.slot import Ground
from kiosk.session.alone import UNCHECKED, go_on, take_seat
from kiosk.session.moment import Moment
from kiosk.session.seating import turn_away
from kiosk.session.state import Decision, Opening, State, clock_trusted
from kiosk.session.tries import PASSES, count_failure, start_afresh, too_soon
from kiosk.wire.face import RefusalFace
from kiosk.wire.provision import OpenByPass, PassUse


def known_pass(state: State, digits: str, moment: Moment) -> PassUse | None:
    """Return which pass these digits are, None where no key here tells."""
    found = _check(state, digits, (), moment)
    return PassUse.of(found.use) if isinstance(found, PassAccepted) else None


def open_for_pass(state: State, opening: Opening, ask: OpenByPass, moment: Moment) -> Decision:
    """Open a slot for a pass that is good and has not opened one here."""
    waits = too_soon(state, (PASSES,), moment, PASS_TRIES)
    if waits is not None:
        return turn_away(state, opening, waits)
    if opening.resumes is not None:
        return go_on(state, opening, moment)
    situation, provisions = state.kept.situation, state.provisions
    told = () if provisions is None else provisions.used
    used = [one.as_rule() for one in (*state.kept.passes, *told)]
    found = _check(state, ask.digits, used, moment)
    if situation is None or found is None:
        return turn_away(state, opening, UNCHECKED)
    if isinstance(found, PassRefused):
        if found.fault is PassFault.USED:
            return turn_away(state, opening, RefusalFace(ground=Ground.PASS_USED))
        state, refusal = count_failure(state, (PASSES,), moment, PASS_TRIES)
        return turn_away(state, opening, refusal)
    rule = situation.room.rule.as_rule()
    return take_seat(
        start_afresh(state, (PASSES,)),
        changed(opening, guest_pass=PassUse.of(found.use)),
        situation,
        # A pass is nobody's: it has no minutes of a day.
        changed(rule, slot_seconds=found.seconds or rule.slot_seconds, daily_seconds=None),
        moment,
    )


def _check(
    state: State, digits: str, used: Collection[Use], moment: Moment
) -> PassAccepted | PassRefused | None:
    """Return whether a pass is good, None where no key of the day is here."""
    provisions, situation = state.provisions, state.kept.situation
    if provisions is None or situation is None:
        return None
    keys = {one.day: one.key for one in provisions.day_keys}
    days: set[date] = set(keys)
    if clock_trusted(state.kept, moment.wall):
        days &= {local_date(moment.wall, situation.room.hours.zone)}
    return check_pass(digits, keys, days, used) if days else None
