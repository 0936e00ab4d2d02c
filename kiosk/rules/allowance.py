"""What a person may use of a day: minutes by the local date at a slot's start, and adapted time.

A slot counts whole on the room's local date at its start, also when it runs past midnight. The
*temps aménagé* of a card multiplies every duration that presses its holder: the slot, the grace,
the minutes of the day and the mercy; never what keeps others waiting, such as a hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from kiosk.rules.hours import local_date
from kiosk.rules.slot import LONGEST_SECONDS, SlotRule

LONGEST_GRACE_SECONDS = 600
"""No grace becomes longer, whatever a card says: the seat must be ready for the next."""


class AdaptedTime(Enum):
    """How much time a card gives its holder; the value is in halves of the ordinary time."""

    ORDINARY = 2
    HALF_MORE = 3
    DOUBLE = 4


@dataclass(frozen=True, slots=True)
class Sat:
    """A slot of a person, as the day's minutes see it: its start (aware) and its seconds."""

    started_at: datetime
    seconds: int


def adapted(rule: SlotRule, time: AdaptedTime) -> SlotRule:
    """Return the rule of a room as it holds for a card with this time."""
    return replace(
        rule,
        slot_seconds=min(_times(rule.slot_seconds, time), LONGEST_SECONDS),
        grace_seconds=max(
            min(_times(rule.grace_seconds, time), LONGEST_GRACE_SECONDS), rule.grace_seconds
        ),
        mercy_seconds=_times(rule.mercy_seconds, time),
        daily_seconds=None if rule.daily_seconds is None else _times(rule.daily_seconds, time),
    )


def used_on(day: date, sittings: Iterable[Sat], zone: str) -> int:
    """Return the seconds that slots started on a local date have used.

    Args:
        day: the room's local date at the start of the slot that is being decided on.
        sittings: the person's slots in the room; leave out the one being decided on.
        zone: the room's time zone.
    """
    return sum(sat.seconds for sat in sittings if local_date(sat.started_at, zone) == day)


def excess_seconds(rule: SlotRule, used_seconds: int) -> int:
    """Return by how much a day's minutes were passed, as happens without the hub.

    It is told to the desk and takes nothing from another day.
    """
    if rule.daily_seconds is None:
        return 0
    return max(used_seconds - rule.daily_seconds, 0)


def _times(seconds: int, time: AdaptedTime) -> int:
    return seconds * time.value // 2
