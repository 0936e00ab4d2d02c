"""A small town for the tests of the desk: sites, rooms and seats with speaking names."""

from datetime import UTC, datetime, timedelta

from kiosk.rules.identifier import make_id
from kiosk.wire.desk import Estate, RoomEstate, SiteEstate
from kiosk.wire.place import HoursView, RoomView, RuleView, SeatView, SiteView, SlotView

NOW = datetime(2026, 10, 14, 12, 32, tzinfo=UTC)
"""A Wednesday in October, 14 h 32 in Paris."""

OPEN_TEN_TO_SEVEN = tuple(((10 * 60, 19 * 60),) for _ in range(7))
CLOSED_ON_WEDNESDAY = (
    ((600, 1140),), ((600, 1140),), (), ((600, 1140),), ((600, 1140),), ((600, 1140),), (),
)  # fmt: skip

RULE = RuleView(
    slot_seconds=3600, grace_seconds=120, closing_margin_seconds=600, shortest_slot_seconds=300
)


def an_id(number: int) -> str:
    """Return an id that is the same in every run."""
    return make_id(NOW, number.to_bytes)


def a_site(site_id: str, name: str, *, staffed: bool = True) -> SiteView:
    return SiteView(site_id=site_id, name=name, town="Boulogne-Billancourt", staffed=staffed)


def a_room(
    site_id: str,
    room_id: str = "",
    name: str = "Salle",
    week: tuple[tuple[tuple[int, int], ...], ...] = OPEN_TEN_TO_SEVEN,
) -> RoomView:
    return RoomView(
        room_id=room_id or f"{site_id}/salle",
        site_id=site_id,
        name=name,
        hours=HoursView(zone="Europe/Paris", week=week),
        rule=RULE,
    )


def a_slot(minutes_left: float, *, total: int = 60, number: int = 1) -> SlotView:
    ends_at = NOW + timedelta(minutes=minutes_left)
    return SlotView(
        slot_id=an_id(1000 + number),
        opened_at=ends_at - timedelta(minutes=total),
        ends_at=ends_at,
        total_seconds=total * 60,
    )


def a_seat(
    room: RoomView,
    number: int,
    *,
    slot: SlotView | None = None,
    in_contact: bool = True,
    out_of_order: str | None = None,
    help_asked_at: datetime | None = None,
    label: str = "",
) -> SeatView:
    return SeatView(
        seat_id=f"{room.room_id}/{number}",
        room_id=room.room_id,
        site_id=room.site_id,
        number=number,
        label=label,
        station_id=an_id(number),
        in_contact=in_contact,
        contact_since=NOW - timedelta(minutes=22),
        out_of_order=out_of_order,
        out_of_order_since=NOW - timedelta(hours=2) if out_of_order else None,
        slot=slot,
        help_asked_at=help_asked_at,
    )


TRAPEZE = a_site("trapeze", "Médiathèque du Trapèze")
TRAPEZE_ROOM = a_room("trapeze")
CLUB = a_site("perret", "Club senior Auguste-Perret", staffed=False)
CLUB_ROOM = a_room("perret")
BESNARD = a_site("besnard", "Club senior Rose-Besnard", staffed=False)
BESNARD_ROOM = a_room("besnard", week=CLOSED_ON_WEDNESDAY)


def a_town(cursor: int = 100) -> Estate:
    """Return three sites: a busy one with twelve seats, a club of two, one closed today."""
    minutes = {1: 22, 2: 38, 3: 4, 5: 51, 7: 47, 9: 15, 12: 58}
    trapeze = [
        a_seat(
            TRAPEZE_ROOM,
            number,
            slot=a_slot(minutes[number], number=number) if number in minutes else None,
            in_contact=number != 10,
            out_of_order="clavier" if number == 11 else None,
            help_asked_at=NOW - timedelta(minutes=1) if number == 5 else None,
        )
        for number in range(1, 13)
    ]
    club = [a_seat(CLUB_ROOM, 1), a_seat(CLUB_ROOM, 2, slot=a_slot(33, number=90))]
    besnard = [a_seat(BESNARD_ROOM, number) for number in (1, 2, 3)]
    return Estate(
        cursor=cursor,
        hub_time=NOW,
        sites=(
            SiteEstate(site=TRAPEZE, rooms=(RoomEstate(room=TRAPEZE_ROOM, seats=tuple(trapeze)),)),
            SiteEstate(site=CLUB, rooms=(RoomEstate(room=CLUB_ROOM, seats=tuple(club)),)),
            SiteEstate(site=BESNARD, rooms=(RoomEstate(room=BESNARD_ROOM, seats=tuple(besnard)),)),
        ),
    )
