"""*Essayer sans risque*: the first slot of somebody becomes ten minutes that count nowhere.

The gate keeps the hour that was granted: the station ends the trial, with its grace.
"""

import math

from kiosk.session.absence import is_wanted
from kiosk.session.effect import EndGate, TellHub
from kiosk.session.kept import Sitting
from kiosk.session.moment import Moment
from kiosk.session.state import Decision, State, remaining_seconds, running
from kiosk.wire.event import EndReason, SlotTried


def offered_seconds(state: State, sitting: Sitting, moment: Moment) -> int:
    """Return how long the visitor may look around from now on, 0 where they may not.

    Only before the house's rules are read, and never before a ticket that nothing covers.
    """
    runs = sitting.opened_boot is not None and sitting.grace_boot is None
    changes = sitting.pending is not None or sitting.shortening is not None
    if not sitting.first_use or not runs or changes or is_wanted(state, moment):
        return 0
    return min(sitting.trial_seconds, int(remaining_seconds(sitting, moment)))


def begin(state: State, moment: Moment) -> Decision:
    """Make the slot a trial, from here on; one that was not offered is left as it is."""
    sitting = state.kept.sitting
    seconds = 0 if sitting is None else offered_seconds(state, sitting, moment)
    if sitting is None or not seconds:
        return Decision(state)
    elapsed = running(sitting, moment).elapsed_seconds
    total = min(math.ceil(elapsed) + seconds, sitting.total_seconds)
    told = SlotTried(
        slot_id=sitting.slot_id,
        total_seconds=total,
        ends_at=moment.wall_in(total - elapsed),
    )
    tried = state.seating(trial=True, first_use=False, total_seconds=total)
    return Decision(tried, events=(told,), effects=(TellHub(),))


def end_when_over(state: State, moment: Moment) -> Decision:
    """End a trial at its end; asking again is harmless until the gate tells of its grace."""
    sitting = state.kept.sitting
    if sitting is None or not sitting.trial or sitting.grace_boot is not None:
        return Decision(state)
    if remaining_seconds(sitting, moment) > 0:
        return Decision(state)
    return Decision(state, effects=(EndGate(sitting.slot_id, EndReason.TIME),))
