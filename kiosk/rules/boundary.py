"""What a slot must not pass, as it is known at the grant; and what staff enter afterwards.

Closing less the margin, workshops and reservations of the seat: slot plus grace passes none of them
that was known. What is entered later takes a running seat at its end; earlier only when the agent
confirms it, and never without a quarter of an hour's notice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.rules.booking import Booking, boundary_of, next_booking, running_booking
from kiosk.rules.hours import OpeningHours, current_opening, next_opening
from kiosk.rules.slot import (
    LONGEST_SECONDS,
    Boundary,
    Grant,
    Ground,
    Refusal,
    SlotRule,
    closing_boundary,
)

NOTICE_SECONDS = 900
"""How long before its end a visitor is told that staff shorten a running slot, in seconds."""

LEAD_SECONDS = 900
"""How long before its start a trainer may open the seats of a workshop, in seconds."""


@dataclass(frozen=True, slots=True)
class LateChange:
    """A boundary that was entered at `entered_at`, after slots had been granted.

    `confirmed` says that the agent saw whom it shortens and wants it all the same.
    """

    boundary: Boundary
    entered_at: datetime
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class CutShort:
    """A running slot now ends at `ends_at`, for the sake of what `boundary` names."""

    ends_at: datetime
    boundary: Boundary


def known_boundaries(
    rule: SlotRule,
    hours: OpeningHours,
    bookings: Iterable[Booking],
    seat: int,
    now: datetime,
    *,
    trusted: bool = True,
) -> tuple[Boundary, ...] | Refusal:
    """Return what a slot on a seat must not pass, or why none opens now.

    With a clock that is not trusted nothing is known, and slots are full.

    Args:
        rule: the room's rule.
        hours: the room's opening hours.
        bookings: the workshops and reservations that are entered now.
        seat: the seat's number.
        now: the instant of the grant, aware.
        trusted: whether `now` may be believed.
    """
    if not trusted:
        return ()
    opening = current_opening(hours, now)
    if opening is None:
        later = next_opening(hours, now)
        return Refusal(Ground.CLOSED, None if later is None else later.start)
    listed = tuple(bookings)
    taken = running_booking(listed, seat, now)
    if taken is not None:
        return Refusal(taken.series.ground, taken.end)
    coming = next_booking(listed, seat, now)
    closing = closing_boundary(rule, opening.end)
    return (closing,) if coming is None else (closing, boundary_of(coming))


def usable_until(found: tuple[Boundary, ...] | Refusal, now: datetime) -> datetime | None:
    """Return the instant that slot plus grace on a seat may reach, None if nothing stands there.

    A seat on which no slot opens now is usable until now.
    """
    if isinstance(found, Refusal):
        return now
    return min((boundary.at for boundary in found), default=None)


def cut_short(rule: SlotRule, ends_at: datetime, change: LateChange) -> CutShort | None:
    """Say when a running slot ends because of a late change, None if it runs to its end.

    Args:
        rule: the room's rule.
        ends_at: when the slot ends, grace not counted.
        change: what staff entered.
    """
    if not change.confirmed:
        return None
    wanted = change.boundary.at - timedelta(seconds=rule.grace_seconds)
    earliest = change.entered_at + timedelta(seconds=NOTICE_SECONDS)
    end = max(wanted, earliest)
    return CutShort(end, change.boundary) if end < ends_at else None


def workshop_slot(rule: SlotRule, booking: Booking, now: datetime) -> Grant | Refusal:
    """Say how long the seats of a workshop open for, all at once and without cards.

    Slot plus grace ends with the workshop; the opening hours do not matter to it.
    """
    if now < booking.start - timedelta(seconds=LEAD_SECONDS):
        return Refusal(Ground.TOO_EARLY, booking.start - timedelta(seconds=LEAD_SECONDS))
    seconds = int((booking.end - now).total_seconds()) - rule.grace_seconds
    if seconds <= 0:
        return Refusal(Ground.OVER, booking.end)
    return Grant(min(seconds, LONGEST_SECONDS), boundary_at_end(booking))


def boundary_at_end(booking: Booking) -> Boundary:
    """Return what the end of a booking is to its own slots."""
    return Boundary(booking.series.ground, booking.end)
