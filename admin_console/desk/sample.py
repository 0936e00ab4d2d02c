"""A town for the gallery: the sites of the house on a busy Wednesday in October, 14 h 32."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from kiosk.rules.identifier import make_id
from kiosk.rules.presence import LockCause
from kiosk.rules.ticket import TicketState, ticket_label
from kiosk.wire.desk import DayLine, DaySlot, Estate, RoomEstate, SeatDay, SiteEstate
from kiosk.wire.place import (
    HelpContact,
    HoursView,
    RoomView,
    RuleView,
    SeatView,
    SiteView,
    SlotView,
)
from kiosk.wire.waiting import TicketView, WaitingView

NOW = datetime(2026, 10, 14, 12, 32, tzinfo=UTC)
ZONE = "Europe/Paris"
TELEPHONE = "01 99 00 12 34"
MINUTE = timedelta(minutes=1)
OPEN_DAY = ((10 * 60, 19 * 60),)
ALL_DAYS = tuple(OPEN_DAY for _ in range(7))
NOT_ON_WEDNESDAY = tuple(() if day == 2 else OPEN_DAY for day in range(7))  # noqa: PLR2004


@dataclass(frozen=True, slots=True)
class Place:
    """One seat of the sample, in a few signs.

    `left` is minutes left of a slot of `total` minutes; None is an empty seat. `away` is for how
    many minutes its visitor has been gone.
    """

    left: int | None = None
    silent: bool = False
    broken: str = ""
    calls: bool = False
    label: str = ""
    total: int = 60
    installed: bool = True
    away: int | None = None


def an_id(number: int) -> str:
    """Return an id that is the same in every picture."""
    return make_id(NOW, number.to_bytes)


def a_site(
    number: int,
    site_id: str,
    name: str,
    places: tuple[Place, ...],
    *,
    staffed: bool = True,
    week: tuple[tuple[tuple[int, int], ...], ...] = ALL_DAYS,
    slot_minutes: int = 60,
    tickets: tuple[TicketView, ...] = (),
) -> SiteEstate:
    """Return a site of one room."""
    room = RoomView(
        room_id=f"{site_id}-room",
        site_id=site_id,
        name="Salle",
        hours=HoursView(zone=ZONE, week=week),
        rule=RuleView(
            slot_seconds=slot_minutes * 60,
            grace_seconds=120,
            closing_margin_seconds=600,
            shortest_slot_seconds=300,
        ),
    )
    seats = tuple(
        _seat(number * 100 + place, room, place, one) for place, one in enumerate(places, 1)
    )
    site = SiteView(
        site_id=site_id,
        name=name,
        town="Boulogne-Billancourt",
        staffed=staffed,
        help=HelpContact(name="Service numérique", telephone=TELEPHONE),
    )
    waiting = WaitingView(room_id=room.room_id, at=NOW, letter="A", tickets=tickets)
    return SiteEstate(site=site, rooms=(RoomEstate(room=room, seats=seats, waiting=waiting),))


def _seat(number: int, room: RoomView, place: int, one: Place) -> SeatView:
    slot = None
    if one.left is not None:
        ends_at = NOW + one.left * MINUTE
        slot = SlotView(
            slot_id=an_id(10_000 + number),
            opened_at=ends_at - one.total * MINUTE,
            ends_at=ends_at,
            total_seconds=one.total * 60,
            locked=LockCause.AWAY if one.away is not None else None,
            locked_since=NOW - one.away * MINUTE if one.away is not None else None,
        )
    return SeatView(
        seat_id=f"{room.site_id}-{place}",
        room_id=room.room_id,
        site_id=room.site_id,
        number=place,
        label=one.label,
        station_id=an_id(number) if one.installed else None,
        in_contact=one.installed and not one.silent,
        contact_since=NOW - 22 * MINUTE,
        out_of_order=one.broken or None,
        out_of_order_since=NOW - 130 * MINUTE if one.broken else None,
        slot=slot,
        help_asked_at=NOW - MINUTE if one.calls else None,
    )


TRAPEZE = (
    Place(22), Place(38), Place(4), Place(12),
    Place(51, calls=True), Place(26), Place(47), Place(33),
    Place(15), Place(silent=True), Place(broken="clavier"), Place(58),
)  # fmt: skip
NOT_CLEAN = (*TRAPEZE[:6], Place(broken="residue_files"), *TRAPEZE[7:])
TABLES = tuple(f"Table {letter}" for letter in "AAAABBBBCCCC")
QUIET = tuple(Place(41 if place == 2 else None) for place in range(12))  # noqa: PLR2004


QUEUING = (
    Place(22), Place(38), Place(4), Place(),
    Place(51, calls=True), Place(), Place(47), Place(33, away=4),
    Place(15), Place(silent=True), Place(broken="clavier"), Place(58),
)  # fmt: skip


def a_ticket(
    number: int,
    waits: int,
    *,
    seat: int | None = None,
    held: int = 0,
    expected: int | None = None,
    at_seat: int | None = None,
    back: int | None = None,
) -> TicketView:
    """Return a ticket; all times are minutes from now, `waits` those since it was taken."""
    state = TicketState.AWAY if back is not None else TicketState.WAITING
    return TicketView(
        number=number,
        label=ticket_label("A", number),
        state=TicketState.CALLED if seat is not None else state,
        taken_at=NOW - waits * MINUTE,
        seat=seat,
        hold_until=NOW + held * MINUTE if seat is not None else None,
        back_at=NOW + back * MINUTE if back is not None else None,
        expected_at=NOW + expected * MINUTE if expected is not None else None,
        expected_seat=at_seat,
    )


TICKETS = (
    a_ticket(17, 41, seat=6, held=3, expected=0, at_seat=6),
    a_ticket(18, 35, seat=4, held=10, expected=0, at_seat=4),
    a_ticket(19, 27, expected=4, at_seat=3),
    a_ticket(20, 20, expected=15, at_seat=9),
    a_ticket(21, 12, expected=22, at_seat=1, back=18),
)


def a_queuing_town(tickets: tuple[TicketView, ...] = TICKETS) -> Estate:
    """Return the sites while people wait at the Trapèze."""
    return a_town(QUEUING, tickets=tickets)


def a_town(
    trapeze: tuple[Place, ...] = TRAPEZE,
    *,
    tables: bool = True,
    tickets: tuple[TicketView, ...] = (),
) -> Estate:
    """Return the sites; `tables` seats the Trapèze at three tables."""
    if tables:
        trapeze = tuple(
            replace(place, label=table) for place, table in zip(trapeze, TABLES, strict=True)
        )
    free = Place()
    landowski = (
        Place(18), Place(55), Place(9), Place(31), Place(47), Place(28), Place(3), Place(52),
        Place(20), free, free, free, free, free, free, Place(silent=True), Place(broken="souris"),
    )  # fmt: skip
    club = (Place(25), Place(41), Place(33), Place(6), Place(52), Place(48), Place(19))
    sites = (
        a_site(1, "trapeze", "Médiathèque du Trapèze", trapeze, tickets=tickets),
        a_site(2, "landowski", "Espace Landowski", landowski),
        a_site(3, "perret", "Club senior Auguste-Perret", club, staffed=False),
        a_site(4, "besnard", "Club senior Rose-Besnard", (free,) * 5, week=NOT_ON_WEDNESDAY),
        a_site(5, "bij", "BIJ", (Place(80, total=120), Place(35, total=120), free),
               slot_minutes=120),
        a_site(6, "sevres", "Centre social du Pont de Sèvres", (free, Place(44))),
        a_site(7, "parchamp", "Bibliothèque Parchamp", (free,)),
        a_site(8, "point-du-jour", "Bibliothèque Point-du-Jour", (Place(33),)),
    )  # fmt: skip
    return Estate(cursor=100, hub_time=NOW, sites=sites)


def a_day(seat: SeatView) -> SeatDay:
    """Return the day of a seat: three slots that were, and the one that runs."""
    past = ((266, 60), (197, 70), (118, 66))
    slots = [
        DaySlot(
            opened_at=NOW - ago * MINUTE,
            ended_at=NOW - (ago - length) * MINUTE,
            used_seconds=length * 60,
        )
        for ago, length in past
    ]
    lines = [
        DayLine(at=NOW - 42 * MINUTE, what="slot_wiped"),
        DayLine(at=NOW - 43 * MINUTE, what="slot_ended"),
    ]
    if seat.slot is not None:
        opened = seat.slot.opened_at
        used = int((NOW - opened).total_seconds())
        slots.append(DaySlot(opened_at=opened, ended_at=None, used_seconds=used))
        lines.insert(0, DayLine(at=opened, what="slot_opened"))
    return SeatDay(seat_id=seat.seat_id, slots=tuple(slots), lines=tuple(lines))
