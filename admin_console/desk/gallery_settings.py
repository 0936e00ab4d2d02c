"""The states of the settings that the gallery shows."""

from collections.abc import Callable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from admin_console.desk.gallery_stage import Build, Stage
from admin_console.desk.house import House
from admin_console.desk.models.board import Board
from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.hours_draft import DatedDay, HoursDraft
from admin_console.desk.models.person import Person
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.pages.settings_page import SettingsPage
from admin_console.desk.parts.top_bar import TopBar
from admin_console.desk.sample import NOW, ZONE, a_town, an_id
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.phrase import Phrase
from kiosk.rules.slot import Ground
from kiosk.wire.desk import Estate, Role, RoomEstate, SiteEstate
from kiosk.wire.hours import HoursMoved, HoursSaved
from kiosk.wire.place import ExceptionView, HoursView, RoomView, SeriesView

HOUR = 60
THURSDAY, FRIDAY = 3, 4
AFTERNOON = ((14 * HOUR, 18 * HOUR),)
WEEK = (
    (), AFTERNOON, ((10 * HOUR, 18 * HOUR),), AFTERNOON, AFTERNOON,
    ((10 * HOUR, 17 * HOUR),), ((14 * HOUR, 16 * HOUR),),
)  # fmt: skip
DATES = (
    ExceptionView(day=date(2026, 7, 14), label="Fête nationale"),
    ExceptionView(day=date(2026, 11, 1), label="Toussaint"),
    ExceptionView(day=date(2026, 11, 11), label="Armistice"),
    ExceptionView(day=date(2026, 12, 24), intervals=((10 * HOUR, 12 * HOUR),)),
    ExceptionView(day=date(2026, 12, 25), label="Noël"),
)
WORKSHOP = SeriesView(
    series_id=an_id(40),
    ground=Ground.WORKSHOP,
    title="Premiers pas",
    dates=(date(2026, 10, 15), date(2026, 10, 22)),
    start=16 * HOUR,
    end=18 * HOUR,
    entered_at=NOW - timedelta(days=20),
)
SITE, ROOM = "landowski", "landowski-room"
PARTS = ("Espace multimédia", "Salle de formation")
SPLIT = 11

SITES = frozenset(part.site.site_id for part in a_town().sites)
CLAIRE = Person("Claire Roy", frozenset({Role.ADMIN}), "claire", SITES)
READER = Person("Nadia Benali", frozenset({Role.AGENT}), "nadia", SITES)


def a_town_with_hours() -> Estate:
    """Return the sites; Landowski has two rooms, the week of the picture and some dates."""
    town = a_town()
    return replace(town, sites=tuple(_with_rooms(part) for part in town.sites))


def _with_rooms(part: SiteEstate) -> SiteEstate:
    if part.site.site_id != SITE:
        return part
    (only,) = part.rooms
    hours = HoursView(zone=ZONE, week=WEEK, exceptions=DATES)
    rooms: list[RoomEstate] = []
    for place, name in enumerate(PARTS):
        room_id = ROOM if not place else f"{ROOM}-{place}"
        bookings = () if place else (WORKSHOP,)
        room = replace(
            only.room,
            room_id=room_id,
            name=name,
            hours=hours,
            bookings=bookings,
            letter="AB"[place],
        )
        seats = only.seats[SPLIT:] if place else only.seats[:SPLIT]
        moved = tuple(replace(seat, room_id=room_id) for seat in seats)
        rooms.append(RoomEstate(room=room, seats=moved))
    return SiteEstate(site=part.site, rooms=tuple(rooms))


def settings(stage: Stage, person: Person = CLAIRE) -> tuple[House, SettingsPage]:
    """Return the house with its settings, at Landowski."""
    board = Board(EstateBook(a_town_with_hours()), NOW)
    wording = Wording(stage.language, Phrase(stage.language, ZoneInfo(ZONE)))
    bar = TopBar(stage.look, stage.language, wording.phrase)
    live = LivePage(stage.look, stage.guard, wording, board, bar, may_act=person.may_act)
    page = SettingsPage(stage.look, stage.guard, wording, board, person)
    house = House(stage.look, stage.language, live, person, (page,))
    page.show_site(SITE)
    house.turn_to(page)
    house.show_freshness(Freshness.LIVE, None)
    return house, page


def room_of(page: SettingsPage) -> RoomView:
    """Return the room that is shown, as the hub last told it.

    Raises:
        LookupError: no room is shown.
    """
    room = page.board.book.room(page.room_id)
    if room is None:
        raise LookupError(page.room_id)
    return room


def changed(page: SettingsPage, change: Callable[[HoursDraft], HoursDraft]) -> None:
    """Write something else."""
    if page.draft is not None:
        page.show_draft(change(page.draft))


def with_change(stage: Stage) -> QWidget:
    """Return the settings with another Thursday, its editor open."""
    house, page = settings(stage)
    page.box.week.press(THURSDAY, 1)
    changed(page, lambda draft: draft.with_day(THURSDAY, ((14 * HOUR, 17 * HOUR),)))
    return house


def with_faults(stage: Stage) -> QWidget:
    """Return the settings with openings that overlap and end before they start."""
    house, page = settings(stage)
    times = ((10 * HOUR, 12 * HOUR), (11 * HOUR, 13 * HOUR), (18 * HOUR, 14 * HOUR))
    page.box.week.press(FRIDAY, 1)
    changed(page, lambda draft: draft.with_day(FRIDAY, times))
    return house


def with_other_hours(stage: Stage) -> QWidget:
    """Return the settings after somebody else has saved."""
    house, page = settings(stage)
    changed(page, lambda draft: draft.with_day(THURSDAY, ((14 * HOUR, 17 * HOUR),)))
    room = room_of(page)
    week = tuple(
        ((14 * HOUR, 19 * HOUR),) if day == THURSDAY else times
        for day, times in enumerate(room.hours.week)
    )
    page.show_answer(ROOM, HoursMoved(room=replace(room, hours=replace(room.hours, week=week))))
    return house


def with_date(stage: Stage) -> QWidget:
    """Return the settings while a date is written."""
    house, page = settings(stage)
    page.box.dates.rows[3].click()
    dated = DatedDay(date(2026, 12, 24), ((10 * HOUR, 12 * HOUR),), "Veille de Noël")
    changed(page, lambda draft: draft.with_date(3, dated))
    return house


def with_two_dates(stage: Stage) -> QWidget:
    """Return the settings with a date that stands in the list twice."""
    house, page = settings(stage)
    page.box.dates.add.click()
    changed(page, lambda draft: draft.with_date(5, DatedDay(date(2026, 12, 25))))
    return house


def without_contact(stage: Stage) -> QWidget:
    """Return the settings after a save that did not go through."""
    house, page = settings(stage)
    changed(page, lambda draft: draft.with_day(THURSDAY, ((14 * HOUR, 19 * HOUR),)))
    page.show_answer(ROOM, Failure(Reason.UNREACHABLE))
    return house


def saved(stage: Stage) -> QWidget:
    """Return the settings after a save."""
    house, page = settings(stage)
    page.show_answer(ROOM, HoursSaved(room=room_of(page)))
    return house


def copying(stage: Stage) -> QWidget:
    """Return the question which days become like another."""
    house, page = settings(stage)
    page.box.week.copy.click()
    page.copy.sources[THURSDAY].click()
    page.copy.targets[FRIDAY].click()
    return house


def leaving(stage: Stage) -> QWidget:
    """Return the question before changes are forgotten."""
    house, page = settings(stage)
    changed(page, lambda draft: draft.with_copies(THURSDAY, (FRIDAY, 0)))
    house.turn(0)
    return house


SETTINGS: dict[str, Build] = {
    "settings": lambda stage: settings(stage)[0],
    "settings-changed": with_change,
    "settings-faults": with_faults,
    "settings-moved": with_other_hours,
    "settings-date": with_date,
    "settings-date-twice": with_two_dates,
    "settings-no-contact": without_contact,
    "settings-saved": saved,
    "settings-reader": lambda stage: settings(stage, READER)[0],
    "settings-copy": copying,
    "settings-leave": leaving,
}
"""The states, by the name of their picture."""
