"""What is good to know of a site without being asked: calls, seats in trouble, parked facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from admin_console.desk.models.board import Board
from admin_console.desk.models.stand import SeatStand
from admin_console.desk.models.ticket_stand import TicketStand, minutes_until
from kiosk.rules.seat import SeatState
from kiosk.wire.parked import ParkedFact

TOGETHER = 3
"""From more than this many seats on, what they share is said once."""


class NoticeKind(StrEnum):
    """What a notice is about, most urgent first."""

    HELP = "help"
    KEY = "key"
    SILENT = "silent"
    BROKEN = "broken"
    CLOCK = "clock"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Notice:
    """One line.

    Attributes:
        kind: what it is about.
        site_id: the site of its seats.
        numbers: the seats, in order; more than one where they are told together.
        seat_id: the seat that the line leads to.
        at: since when, for a single seat.
        reason: why a seat is out of order.
        slot_id: the slot whose visitor calls.
        code: why facts are parked, in the words of the wire.
        event_ids: the parked facts.
    """

    kind: NoticeKind
    site_id: str
    numbers: tuple[int, ...]
    seat_id: str
    at: datetime | None = None
    reason: str = ""
    slot_id: str | None = None
    code: str = ""
    event_ids: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[NoticeKind, str, str]:
        """What the line is about, however its words move."""
        return self.kind, self.seat_id, self.code


@dataclass(frozen=True, slots=True)
class NextFree:
    """The next free place of a site: seats that are free now, or the one that ends first.

    While somebody waits it is the place that the first ticket may expect, in so many `minutes`.
    """

    free: tuple[SeatStand, ...] = ()
    ending: SeatStand | None = None
    ticket: TicketStand | None = None
    minutes: int = 0


def notices(board: Board, site_id: str) -> tuple[Notice, ...]:
    """Return what is good to know: calls of all sites, this site first; the rest of this site."""
    here = board.seats_of(site_id)
    elsewhere = [
        stand
        for site in board.sites()
        if site.site_id != site_id and site.help_asked
        for stand in board.seats_of(site.site_id)
    ]
    return (
        *_calls(here),
        *_calls(elsewhere),
        *_keys(here),
        *_told(NoticeKind.SILENT, [s for s in here if s.state is SeatState.OFFLINE]),
        *_told(NoticeKind.BROKEN, [s for s in here if s.state is SeatState.OUT_OF_ORDER]),
        *_told(NoticeKind.CLOCK, [s for s in here if not s.clock_trusted]),
        *_parked(site_id, here, board.book.parked(site_id)),
    )


def next_free(board: Board, site_id: str) -> NextFree | None:
    """Return the next free place, or None where nobody can say."""
    tally = board.site(site_id)
    if tally is None or not tally.is_open:
        return None
    stands = board.seats_of(site_id)
    free = tuple(stand for stand in stands if stand.state is SeatState.FREE)
    if free:
        return NextFree(free=free)
    expected = [
        ticket
        for tickets in board.tickets_of(site_id)
        for ticket in tickets
        if ticket.expected_at is not None
    ]
    for ticket in sorted(expected, key=_expected):
        at_seat = (s for s in stands if _is_seat_of(s, ticket))
        ending = next(at_seat, None)
        if ending is not None:
            return NextFree(ending=ending, ticket=ticket, minutes=_minutes(ticket, board.now))
    seated = [
        stand
        for stand in stands
        if stand.state in {SeatState.IN_USE, SeatState.ENDING, SeatState.LOCKED}
        and stand.ends_at is not None
    ]
    if not seated:
        return None
    ending = min(seated, key=_end)
    return NextFree(ending=ending, minutes=ending.minutes_left or 0)


def _calls(stands: Iterable[SeatStand]) -> list[Notice]:
    calling = sorted(
        (stand for stand in stands if stand.help_asked_at is not None),
        key=lambda stand: (_stamp(stand.help_asked_at), stand.number),
    )
    return [
        Notice(
            NoticeKind.HELP,
            stand.site_id,
            (stand.number,),
            stand.seat_id,
            at=stand.help_asked_at,
            slot_id=stand.slot_id,
        )
        for stand in calling
    ]


def _keys(stands: Iterable[SeatStand]) -> list[Notice]:
    """Return a line for each seat where a key was forgotten, the first to be forgotten first."""
    left = sorted(
        (stand for stand in stands if stand.key_left_at is not None),
        key=lambda stand: (_stamp(stand.key_left_at), stand.number),
    )
    return [
        Notice(
            NoticeKind.KEY,
            stand.site_id,
            (stand.number,),
            stand.seat_id,
            at=stand.key_left_at,
        )
        for stand in left
    ]


def _told(kind: NoticeKind, stands: list[SeatStand]) -> list[Notice]:
    # A place where no computer was ever enrolled is not silent, it is empty.
    stands = [one for one in stands if one.has_station or kind is not NoticeKind.SILENT]
    if len(stands) > TOGETHER:
        numbers = tuple(stand.number for stand in stands)
        return [Notice(kind, stands[0].site_id, numbers, stands[0].seat_id)]
    return [
        Notice(kind, s.site_id, (s.number,), s.seat_id, at=s.since, reason=s.reason) for s in stands
    ]


def _parked(site_id: str, stands: Iterable[SeatStand], facts: Iterable[ParkedFact]) -> list[Notice]:
    """Return a line for each trouble: one for a seat, or one for many that share it."""
    seats = {stand.seat_id: stand for stand in stands}
    by_code: dict[str, dict[str, list[ParkedFact]]] = {}
    for fact in facts:
        if fact.seat_id in seats:
            by_code.setdefault(fact.code, {}).setdefault(fact.seat_id, []).append(fact)
    lines: list[Notice] = []
    for code, by_seat in by_code.items():
        ordered = sorted(by_seat, key=lambda seat_id: seats[seat_id].number)
        groups = [tuple(ordered)] if len(ordered) > TOGETHER else [(one,) for one in ordered]
        lines += [
            Notice(
                NoticeKind.PARKED,
                site_id,
                tuple(seats[seat_id].number for seat_id in group),
                group[0],
                at=max(fact.at for seat_id in group for fact in by_seat[seat_id]),
                code=code,
                event_ids=tuple(fact.event_id for one in group for fact in by_seat[one]),
            )
            for group in groups
        ]
    return lines


def _is_seat_of(stand: SeatStand, ticket: TicketStand) -> bool:
    return stand.room_id == ticket.room_id and stand.number == ticket.expected_seat


def _minutes(ticket: TicketStand, now: datetime) -> int:
    return minutes_until(ticket.expected_at, now) if ticket.expected_at is not None else 0


def _expected(ticket: TicketStand) -> float:
    return _stamp(ticket.expected_at)


def _end(stand: SeatStand) -> tuple[float, int]:
    return _stamp(stand.ends_at), stand.number


def _stamp(at: datetime | None) -> float:
    return at.timestamp() if at is not None else 0.0
