"""A seat's day as a strip and a sentence."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from admin_console.desk.models.stand import RoomTimes, SeatStand
from admin_console.desk.models.wording import Wording
from kiosk.wire.desk import DaySlot, SeatDay

HOUR = timedelta(hours=1)
SHORTEST = 4 * HOUR
"""A day is drawn at least this long."""


@dataclass(frozen=True, slots=True)
class DayPart:
    """A slot from `start` to `end`; `until` is the end it is granted to, while it runs."""

    start: datetime
    end: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DayFace:
    """The day between two instants."""

    first: datetime
    last: datetime
    now: datetime
    parts: tuple[DayPart, ...] = ()


def day_face(day: SeatDay, stand: SeatStand, times: RoomTimes | None, now: datetime) -> DayFace:
    """Return the strip: from opening to closing, wider where a slot was outside, in whole hours."""
    slots = sorted(day.slots, key=_opened)
    starts = [slot.opened_at for slot in slots]
    ends = [slot.ended_at for slot in slots if slot.ended_at is not None]
    if stand.ends_at is not None:
        ends.append(stand.ends_at)
    if times is not None and times.opening is not None:
        starts.append(times.opening.start)
        ends.append(times.opening.end)
    first = _hour(min(starts, default=now))
    last = max([*ends, first + SHORTEST])
    if last > _hour(last):
        last = _hour(last) + HOUR
    parts = tuple(
        DayPart(slot.opened_at, slot.ended_at)
        if slot.ended_at is not None
        else DayPart(slot.opened_at, max(slot.opened_at, now), stand.ends_at)
        for slot in slots
    )
    return DayFace(first, last, now, parts)


def day_total(day: SeatDay, wording: Wording, now: datetime) -> str:
    """Return the sum of a day: "4 sessions, 3 h 58"."""
    if not day.slots:
        return wording.language.gettext("No session yet")
    count = len(day.slots)
    form = wording.language.ngettext("%(count)d session", "%(count)d sessions", count)
    used = sum(_used(slot, now) for slot in day.slots)
    return f"{form % {'count': count}}, {wording.phrase.duration(used)}"


def _used(slot: DaySlot, now: datetime) -> int:
    if slot.ended_at is not None:
        return slot.used_seconds
    return max(slot.used_seconds, int((now - slot.opened_at).total_seconds()))


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def _opened(slot: DaySlot) -> datetime:
    return slot.opened_at
