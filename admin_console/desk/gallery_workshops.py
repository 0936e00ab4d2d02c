"""The states of the workshops that the gallery shows."""

from collections.abc import Callable
from dataclasses import replace as with_other
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from admin_console.desk.gallery_settings import CLAIRE, ROOM, SITE, a_town_with_hours
from admin_console.desk.gallery_stage import Build, Stage
from admin_console.desk.house import House
from admin_console.desk.models.board import Board
from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.person import Person
from admin_console.desk.models.series_plan import SeriesPlan, run_of_days
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.pages.workshop_page import WorkshopPage
from admin_console.desk.parts.top_bar import TopBar
from admin_console.desk.sample import NOW, ZONE, an_id
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.phrase import Phrase
from kiosk.rules.booking import ConflictKind
from kiosk.rules.slot import Ground
from kiosk.wire.command import CommandState, CommandView
from kiosk.wire.desk import Estate, Role
from kiosk.wire.place import RoomView, SeatView, SeriesView, SlotView
from kiosk.wire.workshop import (
    ConflictView,
    CutView,
    RunWorkshop,
    SeatRun,
    SeriesAsks,
    SeriesMoved,
    SeriesSaved,
    WorkshopAct,
    WorkshopRefused,
    WorkshopRun,
)

HOUR, MINUTE = 60, timedelta(minutes=1)
TODAY = date(2026, 10, 14)
COURSE_ROOM = f"{ROOM}-1"
COURSE_SEATS = (12, 13, 14, 15, 16)
COURSE = SeriesView(
    series_id=an_id(41),
    ground=Ground.WORKSHOP,
    title="Premiers pas",
    dates=(*run_of_days(date(2026, 10, 7), 10), date(2026, 10, 23)),
    start=14 * HOUR + 45,
    end=16 * HOUR + 45,
    seats=COURSE_SEATS,
    entered_at=NOW - timedelta(days=20),
)
VISIT = SeriesView(
    series_id=an_id(42),
    ground=Ground.RESERVATION,
    title="Visite guidée",
    dates=(date(2026, 10, 31), date(2026, 11, 28)),
    start=10 * HOUR,
    end=11 * HOUR,
    entered_at=NOW - timedelta(days=3),
)
OLD = SeriesView(
    series_id=an_id(43),
    ground=Ground.WORKSHOP,
    title="Photo numérique",
    dates=(date(2026, 9, 9), date(2026, 9, 16)),
    start=14 * HOUR,
    end=16 * HOUR,
    seats=(12, 13),
    entered_at=NOW - timedelta(days=60),
)
LATE = (date(2026, 10, 14), date(2026, 10, 15), date(2026, 10, 31))
TRAINER = Person("Sami Haddad", frozenset({Role.TRAINER}), "sami", CLAIRE.site_ids)
WATCHER = Person("Hugo Morel", frozenset({Role.OBSERVER}), "hugo", CLAIRE.site_ids)

Seats = Callable[[SeatView], SeatView]


def free(seat: SeatView) -> SeatView:
    """Return a seat on which nobody sits."""
    return replace(seat, slot=None, in_contact=True, out_of_order=None)


def opened(seat: SeatView) -> SeatView:
    """Return a seat that is open for the course, but for one that is silent."""
    if seat.number not in COURSE_SEATS:
        return free(seat)
    if seat.number == COURSE_SEATS[-1]:
        return replace(seat, slot=None, in_contact=False)
    slot = SlotView(
        slot_id=an_id(800 + seat.number),
        opened_at=NOW - MINUTE,
        ends_at=NOW + 130 * MINUTE,
        total_seconds=131 * 60,
        series_id=COURSE.series_id,
    )
    return replace(seat, slot=slot, in_contact=True, out_of_order=None)


def a_town_with_workshops(seats: Seats = free) -> Estate:
    """Return the sites; the smaller room of Landowski has a course, a visit and a past one."""
    town = a_town_with_hours()
    sites = []
    for site in town.sites:
        rooms = []
        for part in site.rooms:
            if part.room.room_id == COURSE_ROOM:
                room = replace(part.room, bookings=(OLD, COURSE, VISIT))
                rooms.append(replace(part, room=room, seats=tuple(map(seats, part.seats))))
            else:
                rooms.append(part)
        sites.append(replace(site, rooms=tuple(rooms)))
    return replace(town, sites=tuple(sites))


def workshops(
    stage: Stage, person: Person = TRAINER, seats: Seats = free
) -> tuple[House, WorkshopPage]:
    """Return the house with its workshops, at the smaller room of Landowski."""
    board = Board(EstateBook(a_town_with_workshops(seats)), NOW)
    wording = Wording(stage.language, Phrase(stage.language, ZoneInfo(ZONE)))
    bar = TopBar(stage.look, stage.language, wording.phrase)
    live = LivePage(stage.look, stage.guard, wording, board, bar, may_act=person.may_act)
    page = WorkshopPage(stage.look, stage.guard, wording, board, person, lambda: an_id(50))
    house = House(stage.look, stage.language, live, person, (page,))
    page.show_site(SITE)
    page.show_room(COURSE_ROOM)
    house.turn_to(page)
    house.show_freshness(Freshness.LIVE, None)
    return house, page


def room_of(house: House) -> RoomView:
    """Return the room of the course.

    Raises:
        LookupError: there is none.
    """
    room = house.page.board.book.room(COURSE_ROOM)
    if room is None:
        raise LookupError(COURSE_ROOM)
    return room


def write(page: WorkshopPage, change: Callable[[SeriesPlan], SeriesPlan]) -> None:
    """Write something else."""
    if page.plan is not None:
        page.show_plan(change(page.plan))


def new(stage: Stage) -> QWidget:
    """Return a new series of which nothing is written."""
    house, page = workshops(stage)
    page.begin_new()
    return house


def with_course(stage: Stage) -> tuple[House, WorkshopPage]:
    """Return a new course of ten days and one a week later, with what it runs into."""
    house, page = workshops(stage)
    page.begin_new()
    days = run_of_days(date(2026, 10, 21), 10, later=True)
    write(
        page,
        lambda plan: with_other(
            plan,
            title="Internet, suite",
            dates=days,
            seats=frozenset(COURSE_SEATS),
            start=16 * HOUR,
            end=18 * HOUR,
        ),
    )
    return house, page


def faulty(stage: Stage) -> QWidget:
    """Return a series after a save that its faults stand in the way of."""
    house, page = workshops(stage)
    page.begin_new()
    write(page, lambda plan: with_other(plan, end=13 * HOUR, seats=frozenset()))
    page.save()
    return house


def changing(stage: Stage) -> QWidget:
    """Return the course with a date less."""
    house, page = workshops(stage)
    page.open_series(COURSE.series_id)
    write(page, lambda plan: plan.less_date(date(2026, 10, 23)))
    return house


def asking(stage: Stage) -> QWidget:
    """Return the question what a series runs into, and whom it shortens."""
    house, page = with_course(stage)
    asked = [
        ConflictView(kind=ConflictKind.OUTSIDE_HOURS, day=day)
        for day in (page.plan.dates if page.plan is not None else ())[:6]
    ]
    other = ConflictView(
        kind=ConflictKind.OTHER_SERIES, day=date(2026, 10, 23), other=COURSE.series_id,
        seats=(12, 13),
    )  # fmt: skip
    cuts = tuple(
        CutView(seat=seat, ends_at=NOW + 50 * MINUTE, new_end=NOW + 15 * MINUTE)
        for seat in (12, 14, 15)
    )
    if page.plan is not None:
        answer = SeriesAsks(conflicts=(*asked, other), cuts=cuts)
        page.show_answer(COURSE_ROOM, page.plan.ask(), answer)
        page.conflicts.cuts[12].click()
    return house


def answered(stage: Stage, *, moved: bool = False) -> QWidget:
    """Return the course after a save: by somebody else, or without contact."""
    house, page = workshops(stage)
    page.open_series(COURSE.series_id)
    write(page, lambda plan: with_other(plan, title="Premiers pas, groupe 2"))
    if page.plan is None:
        return house
    room = room_of(house)
    theirs = replace(COURSE, start=10 * HOUR, end=12 * HOUR)
    answer = SeriesMoved(room=replace(room, bookings=(theirs, VISIT)))
    page.show_answer(COURSE_ROOM, page.plan.ask(), answer if moved else Failure(Reason.UNREACHABLE))
    return house


def saved(stage: Stage) -> QWidget:
    """Return the list after a save that shortens somebody."""
    house, page = workshops(stage)
    page.open_series(VISIT.series_id)
    if page.plan is not None:
        cuts = (CutView(seat=12, ends_at=NOW + 50 * MINUTE, new_end=NOW + 15 * MINUTE),)
        answer = SeriesSaved(room=room_of(house), cuts=cuts)
        page.show_answer(COURSE_ROOM, page.plan.ask(), answer)
    return house


def removing(stage: Stage) -> QWidget:
    """Return the question before all dates of the course are cancelled."""
    house, page = workshops(stage, seats=opened)
    page.open_series(COURSE.series_id)
    page.box.editor.remove.click()
    return house


def leaving(stage: Stage) -> QWidget:
    """Return the question before what is written is forgotten."""
    house, _page = with_course(stage)
    house.turn(0)
    return house


def run(page: WorkshopPage, act: WorkshopAct, *seats: SeatRun) -> None:
    """Tell the page what came of a wish for all seats."""
    ask = RunWorkshop(series_id=COURSE.series_id, act=act)
    page.show_run(COURSE_ROOM, ask, WorkshopRun(act=act, seats=seats))


def opening(stage: Stage) -> QWidget:
    """Return the day of the trainer while some seats open and others do not."""
    house, page = workshops(
        stage, seats=lambda seat: opened(seat) if seat.number == COURSE_SEATS[0] else free(seat)
    )
    book = house.page.board.book
    states = (CommandState.SENT, CommandState.REFUSED, CommandState.EXPIRED)
    told = []
    for number, state in zip(COURSE_SEATS[1:], states, strict=False):
        seat_id = f"{SITE}-{number}"
        command_id = an_id(600 + number)
        at = NOW - MINUTE
        book.take_command(
            CommandView(
                command_id=command_id, seat_id=seat_id, kind="open_workshop", state=state,
                issued_at=at, changed_at=at,
            )
        )  # fmt: skip
        told.append(SeatRun(seat_id=seat_id, number=number, told=True, command_id=command_id))
    run(page, WorkshopAct.OPEN, *told)
    return house


def too_early(stage: Stage) -> QWidget:
    """Return the day of the trainer after a wish that came too early."""
    house, page = workshops(stage)
    ask = RunWorkshop(series_id=COURSE.series_id, act=WorkshopAct.OPEN)
    refused = WorkshopRefused(ground=Ground.TOO_EARLY, at=NOW + 20 * MINUTE)
    page.show_run(COURSE_ROOM, ask, refused)
    return house


def ending(stage: Stage) -> QWidget:
    """Return the question before a workshop ends."""
    house, page = workshops(stage, seats=opened)
    page.cards.cards[COURSE.series_id].end.click()
    return house


WORKSHOPS: dict[str, Build] = {
    "workshops": lambda stage: workshops(stage)[0],
    "workshops-open": lambda stage: workshops(stage, seats=opened)[0],
    "workshops-opening": opening,
    "workshops-too-early": too_early,
    "workshops-end": ending,
    "workshops-reader": lambda stage: workshops(stage, WATCHER)[0],
    "workshops-new": new,
    "workshops-course": lambda stage: with_course(stage)[0],
    "workshops-faults": faulty,
    "workshops-changed": changing,
    "workshops-asks": asking,
    "workshops-moved": lambda stage: answered(stage, moved=True),
    "workshops-no-contact": answered,
    "workshops-saved": saved,
    "workshops-remove": removing,
    "workshops-leave": leaving,
}
"""The states, by the name of their picture."""
