"""What stations told that the desk should know: wrong clocks, and facts that do not fit."""

from datetime import timedelta

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from admin_console.desk.gallery_stage import WATCHER, Build, Stage, live
from admin_console.desk.sample import NOW, QUIET, a_town, an_id
from kiosk.hublink.failure import Failure, Reason
from kiosk.wire.desk import Estate
from kiosk.wire.parked import ParkedFact, ParkedFacts

SITE, ROOM = "trapeze", "trapeze-room"
CLOCKLESS = 7
CODES = (
    (3, "person_seated", 190),
    (8, "slot_over", 95),
    (8, "slot_over", 94),
    (2, "pass_used", 185),
)
"""Seats, why their facts are parked, and how many minutes ago each was."""


def parked_facts(codes: tuple[tuple[int, str, int], ...] = CODES) -> ParkedFacts:
    """Return the list of the Trapèze."""
    facts = tuple(
        ParkedFact(
            event_id=an_id(700 + place),
            room_id=ROOM,
            seat_id=f"{SITE}-{seat}",
            at=NOW - timedelta(minutes=ago),
            received_at=NOW,
            what="slot_opened_alone",
            code=code,
        )
        for place, (seat, code, ago) in enumerate(codes)
    )
    return ParkedFacts(site_id=SITE, facts=facts)


def clockless() -> Estate:
    """Return the sites; a computer of the Trapèze does not know what time it is."""
    town = a_town(QUIET)
    first, *others = town.sites
    (room,) = first.rooms
    seats = tuple(replace(seat, clock_trusted=seat.number != CLOCKLESS) for seat in room.seats)
    return replace(town, sites=(replace(first, rooms=(replace(room, seats=seats),)), *others))


def with_parked(stage: Stage, *, trouble: bool = False) -> QWidget:
    """Return the live page with facts that do not fit."""
    house = live(stage, estate=clockless())
    board, overview = house.page.board, house.page.overview
    board.touch(board.book.take_parked(parked_facts()))
    house.settle(board.settle(NOW))
    if trouble:
        overview.show_unsettled(overview.lines[-1].notice.event_ids, Failure(Reason.UNREACHABLE))
    return house


PARKED: dict[str, Build] = {
    "live-parked": with_parked,
    "live-parked-observer": lambda stage: live(stage, estate=clockless(), person=WATCHER),
    "live-parked-trouble": lambda stage: with_parked(stage, trouble=True),
    "seat-wrong-clock": lambda stage: live(stage, estate=clockless(), seat=f"{SITE}-{CLOCKLESS}"),
}
"""The states, by the name of their picture."""
