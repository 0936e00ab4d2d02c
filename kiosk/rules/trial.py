"""*Essayer sans risque*: somebody who is here for the first time looks around, nothing counted."""

from dataclasses import replace
from datetime import datetime

from kiosk.rules.slot import Boundary, Grant, Ground, Refusal, SlotRule, grant

TRIAL_SECONDS = 600


def trial(
    rule: SlotRule,
    now: datetime,
    boundaries: tuple[Boundary, ...],
    *,
    first_time: bool,
    tickets_wait: bool,
) -> Grant | Refusal:
    """Say how long somebody may look around; neither renewed nor counted.

    Args:
        rule: the room's rule.
        now: the present instant.
        boundaries: what is known now.
        first_time: whether this person never had a slot before, nor a trial.
        tickets_wait: whether somebody waits in the room.
    """
    if not first_time:
        return Refusal(Ground.OVER)
    if tickets_wait:
        return Refusal(Ground.TICKET_NEEDED)
    short = replace(rule, slot_seconds=min(TRIAL_SECONDS, rule.slot_seconds), daily_seconds=None)
    return grant(short, now, boundaries)
