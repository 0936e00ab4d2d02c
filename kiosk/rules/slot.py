"""How long a slot may be: the room's rule, the boundaries known at the grant, the day's minutes.

The station and the hub both call `grant` and `renew` with the same arguments, so that they give the
same answer from the same knowledge. A refusal always names its ground.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

ENDING_SECONDS = 600
"""From this many seconds before its end a slot may be renewed and its seat is *bientôt fini*."""


LONGEST_SECONDS = 24 * 3600
"""No slot becomes longer than a day, however often it is renewed: no message could tell it."""


class Ground(StrEnum):
    """Why a slot is refused, shortened or not renewed. Sentences live in the faces."""

    CLOSED = "closed"
    CLOSING = "closing"
    WORKSHOP = "workshop"
    RESERVATION = "reservation"
    DAILY_MINUTES = "daily_minutes"
    RENEWALS = "renewals"
    TOO_EARLY = "too_early"
    OUT_OF_ORDER = "out_of_order"
    SEAT_TAKEN = "seat_taken"
    PERSON_SEATED = "person_seated"
    WRONG_CARD_OR_CODE = "wrong_card_or_code"
    TOO_MANY_TRIES = "too_many_tries"
    PASS_USED = "pass_used"  # noqa: S105 - no secret, a reason
    NO_ANSWER = "no_answer"
    OVER = "over"
    FAULT = "fault"
    WAITING = "waiting"
    DECLINED = "declined"
    HELD = "held"
    TICKET_NEEDED = "ticket_needed"
    WRONG_TICKET_CODE = "wrong_ticket_code"
    NOT_ADMITTED = "not_admitted"
    TOO_YOUNG = "too_young"
    NOT_RESIDENT = "not_resident"
    NO_AUTHORISATION = "no_authorisation"
    CARD_EXPIRED = "card_expired"
    IDLE = "idle"
    AWAY = "away"
    STAFF = "staff"
    TRIAL = "trial"


@dataclass(frozen=True, slots=True)
class SlotRule:
    """The rule of a room; all durations in seconds, None means without limit.

    `mercy_seconds` is what a refused visitor may take once.
    """

    slot_seconds: int = 3600
    grace_seconds: int = 120
    closing_margin_seconds: int = 600
    shortest_slot_seconds: int = 300
    max_renewals: int | None = None
    daily_seconds: int | None = None
    mercy_seconds: int = 300


@dataclass(frozen=True, slots=True)
class Boundary:
    """An instant that slot plus grace must not pass, and what stands there."""

    ground: Ground
    at: datetime


@dataclass(frozen=True, slots=True)
class Grant:
    """A slot or its renewal, allowed. `limit` is what shortened it, if anything did."""

    total_seconds: int
    limit: Boundary | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A slot or its renewal, refused on a named ground. `at` is the instant the ground names."""

    ground: Ground
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """What the rules need to know of a slot that runs.

    `total_seconds` counts from its opening; `elapsed_seconds` may pass it during the grace.
    """

    total_seconds: int
    elapsed_seconds: float
    renewals: int = 0


def closing_boundary(rule: SlotRule, closes_at: datetime) -> Boundary:
    """Return the boundary that a closing sets: the margin before it is kept free."""
    return Boundary(Ground.CLOSING, closes_at - timedelta(seconds=rule.closing_margin_seconds))


def grant(
    rule: SlotRule,
    now: datetime,
    boundaries: tuple[Boundary, ...],
    used_today_seconds: int = 0,
) -> Grant | Refusal:
    """Say how long a slot opened `now` may be.

    Args:
        rule: the room's rule.
        now: the instant of the grant, aware.
        boundaries: what is known now; slot plus grace passes none of them.
        used_today_seconds: what the person has used in this room on its local date.
    """
    seconds, limit = _room_before(rule, now, boundaries, rule.slot_seconds)
    left_today = _left_today(rule, used_today_seconds)
    if left_today is not None and left_today < seconds:
        seconds, limit = left_today, Boundary(Ground.DAILY_MINUTES, now)
    if seconds < rule.shortest_slot_seconds and limit is not None:
        return Refusal(limit.ground, named_instant(rule, limit))
    return Grant(seconds, limit)


def renew(
    rule: SlotRule,
    now: datetime,
    running: Running,
    boundaries: tuple[Boundary, ...],
    used_today_seconds: int = 0,
) -> Grant | Refusal:
    """Say whether a running slot may be renewed now, and its new total.

    `used_today_seconds` leaves the running slot out. The new total is absolute: asking twice from
    the same total gives the same answer.
    """
    left = running.total_seconds - running.elapsed_seconds
    if left > ENDING_SECONDS:
        return Refusal(Ground.TOO_EARLY, now + timedelta(seconds=left - ENDING_SECONDS))
    if left <= -rule.grace_seconds:
        return Refusal(Ground.OVER)
    if rule.max_renewals is not None and running.renewals >= rule.max_renewals:
        return Refusal(Ground.RENEWALS)
    longest = LONGEST_SECONDS - running.total_seconds
    if longest < max(rule.shortest_slot_seconds, 1):
        return Refusal(Ground.RENEWALS)
    ends_at = now + timedelta(seconds=left)
    added, limit = _room_before(rule, ends_at, boundaries, rule.slot_seconds)
    left_today = _left_today(rule, used_today_seconds + running.total_seconds)
    if left_today is not None and left_today < added:
        added, limit = left_today, Boundary(Ground.DAILY_MINUTES, now)
    if added < rule.shortest_slot_seconds and limit is not None:
        return Refusal(limit.ground, named_instant(rule, limit))
    return Grant(running.total_seconds + min(added, longest), limit)


def extend(
    rule: SlotRule, now: datetime, running: Running, boundaries: tuple[Boundary, ...], seconds: int
) -> Grant | Refusal:
    """Say what `seconds` more, given by staff, would make of a running slot.

    Staff may pass the limits of renewals and of the day, never a boundary of the room.
    """
    left = running.total_seconds - running.elapsed_seconds
    if left <= -rule.grace_seconds:
        return Refusal(Ground.OVER)
    longest = LONGEST_SECONDS - running.total_seconds
    if longest <= 0:
        return Refusal(Ground.RENEWALS)
    ends_at = now + timedelta(seconds=left)
    added, limit = _room_before(rule, ends_at, boundaries, min(seconds, longest))
    if added <= 0 and limit is not None:
        return Refusal(limit.ground, named_instant(rule, limit))
    return Grant(running.total_seconds + added, limit)


def _room_before(
    rule: SlotRule, start: datetime, boundaries: tuple[Boundary, ...], wanted: int
) -> tuple[int, Boundary | None]:
    seconds, limit = wanted, None
    for boundary in boundaries:
        room = int((boundary.at - start).total_seconds()) - rule.grace_seconds
        if room < seconds:
            seconds, limit = max(room, 0), boundary
    return seconds, limit


def _left_today(rule: SlotRule, used_today_seconds: int) -> int | None:
    if rule.daily_seconds is None:
        return None
    return max(rule.daily_seconds - used_today_seconds, 0)


def named_instant(rule: SlotRule, limit: Boundary) -> datetime | None:
    """Return the instant a visitor would name: the closing itself, not the margin before it.

    The minutes of a day end at no instant that could be named.
    """
    if limit.ground is Ground.DAILY_MINUTES:
        return None
    if limit.ground is Ground.CLOSING:
        return limit.at + timedelta(seconds=rule.closing_margin_seconds)
    return limit.at
