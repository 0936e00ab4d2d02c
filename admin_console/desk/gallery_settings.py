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
from admin_console.desk.models.rule_draft import Value
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.pages.settings_page import SettingsPage, Topic
from admin_console.desk.parts.top_bar import TopBar
from admin_console.desk.sample import NOW, ZONE, a_town, an_id
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.phrase import Phrase
from kiosk.rules.roomrule import RuleFaultKind, RuleField
from kiosk.rules.signin import SignIn
from kiosk.rules.slot import Ground
from kiosk.wire.desk import Estate, Role, RoomEstate, SiteEstate
from kiosk.wire.hours import HoursMoved, HoursSaved
from kiosk.wire.place import ExceptionView, HoursView, RoomView, SeriesView
from kiosk.wire.rule import RuleFaultView, RuleFaulty, RuleMoved, RuleSaved

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
HOUSE_RULES = "On parle à voix basse. On téléphone dehors."
TOP_UP = "À l’accueil, pendant l’ouverture, dès 1 €."
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
    site = replace(part.site, house_rules=HOUSE_RULES, top_up=TOP_UP)
    return SiteEstate(site=site, rooms=tuple(rooms))


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
    if page.hours.draft is not None:
        page.hours.show_draft(change(page.hours.draft))


def with_change(stage: Stage) -> QWidget:
    """Return the settings with another Thursday, its editor open."""
    house, page = settings(stage)
    page.hours.box.week.press(THURSDAY, 1)
    changed(page, lambda draft: draft.with_day(THURSDAY, ((14 * HOUR, 17 * HOUR),)))
    return house


def with_faults(stage: Stage) -> QWidget:
    """Return the settings with openings that overlap and end before they start."""
    house, page = settings(stage)
    times = ((10 * HOUR, 12 * HOUR), (11 * HOUR, 13 * HOUR), (18 * HOUR, 14 * HOUR))
    page.hours.box.week.press(FRIDAY, 1)
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
    page.hours.show_answer(
        ROOM, HoursMoved(room=replace(room, hours=replace(room.hours, week=week)))
    )
    return house


def with_date(stage: Stage) -> QWidget:
    """Return the settings while a date is written."""
    house, page = settings(stage)
    page.hours.box.dates.rows[3].click()
    dated = DatedDay(date(2026, 12, 24), ((10 * HOUR, 12 * HOUR),), "Veille de Noël")
    changed(page, lambda draft: draft.with_date(3, dated))
    return house


def with_two_dates(stage: Stage) -> QWidget:
    """Return the settings with a date that stands in the list twice."""
    house, page = settings(stage)
    page.hours.box.dates.add.click()
    changed(page, lambda draft: draft.with_date(5, DatedDay(date(2026, 12, 25))))
    return house


def without_contact(stage: Stage) -> QWidget:
    """Return the settings after a save that did not go through."""
    house, page = settings(stage)
    changed(page, lambda draft: draft.with_day(THURSDAY, ((14 * HOUR, 19 * HOUR),)))
    page.hours.show_answer(ROOM, Failure(Reason.UNREACHABLE))
    return house


def saved(stage: Stage) -> QWidget:
    """Return the settings after a save."""
    house, page = settings(stage)
    page.hours.show_answer(ROOM, HoursSaved(room=room_of(page)))
    return house


def copying(stage: Stage) -> QWidget:
    """Return the question which days become like another."""
    house, page = settings(stage)
    page.hours.box.week.copy.click()
    page.hours.copy.sources[THURSDAY].click()
    page.hours.copy.targets[FRIDAY].click()
    return house


def leaving(stage: Stage) -> QWidget:
    """Return the question before changes are forgotten."""
    house, page = settings(stage)
    changed(page, lambda draft: draft.with_copies(THURSDAY, (FRIDAY, 0)))
    house.turn(0)
    return house


# ----------------------------------------------------------------------------------- limits


def limits(stage: Stage, person: Person = CLAIRE) -> tuple[House, SettingsPage]:
    """Return the house with the limits of Landowski's first room."""
    house, page = settings(stage, person)
    page.show_topic(Topic.RULE)
    return house, page


def written(page: SettingsPage, *values: tuple[RuleField, Value]) -> None:
    """Write other limits."""
    for name, value in values:
        if page.rule.writing is not None:
            page.rule.show_writing(page.rule.writing.with_value(name, value))


def limits_changed(stage: Stage) -> QWidget:
    """Return the limits with two hours instead of one, and one renewal."""
    house, page = limits(stage)
    written(page, (RuleField.SLOT, 2 * 3600), (RuleField.RENEWALS, 1))
    return house


def limits_card_alone(stage: Stage) -> QWidget:
    """Return the limits of a room where the card alone is to open a session."""
    house, page = limits(stage)
    written(page, (RuleField.SIGN_IN, SignIn.CARD), (RuleField.CODED_TICKETS, 5))
    return house


def limits_faulty(stage: Stage) -> QWidget:
    """Return the limits with values without sense, and a text that means nothing."""
    house, page = limits(stage)
    written(page, (RuleField.SLOT, 600), (RuleField.SHORTEST_SLOT, 1200), (RuleField.LETTER, "1"))
    if page.rule.writing is not None:
        page.rule.box.rows[RuleField.HOLD].field.set_text("longtemps")
        page.rule.show_writing(page.rule.writing.with_unread(RuleField.HOLD))
    return house


def limits_moved(stage: Stage) -> QWidget:
    """Return the limits after somebody else has saved."""
    house, page = limits(stage)
    written(page, (RuleField.SLOT, 2 * 3600))
    room = room_of(page)
    theirs = replace(room, rule=replace(room.rule, slot_seconds=5400))
    page.rule.show_answer(ROOM, RuleMoved(room=theirs))
    return house


def limits_refused(stage: Stage) -> QWidget:
    """Return the limits with a letter that the hub did not keep."""
    house, page = limits(stage)
    written(page, (RuleField.LETTER, "B"))
    fault = RuleFaultView(kind=RuleFaultKind.LETTER_TAKEN, field=RuleField.LETTER)
    page.rule.show_answer(ROOM, RuleFaulty(faults=(fault,)))
    return house


def limits_with_money(stage: Stage) -> QWidget:
    """Return the limits where the hub does not let the card alone open, for pages cost money."""
    house, page = limits(stage)
    written(page, (RuleField.SIGN_IN, SignIn.CARD))
    fault = RuleFaultView(kind=RuleFaultKind.MONEY_MOVES, field=RuleField.SIGN_IN)
    page.rule.show_answer(ROOM, RuleFaulty(faults=(fault,)))
    return house


def limits_saved(stage: Stage) -> QWidget:
    """Return the limits after a save."""
    house, page = limits(stage)
    page.rule.show_answer(ROOM, RuleSaved(room=room_of(page)))
    return house


def limits_without_contact(stage: Stage) -> QWidget:
    """Return the limits after a save that did not go through."""
    house, page = limits(stage)
    written(page, (RuleField.AWAY, 900))
    page.rule.show_answer(ROOM, Failure(Reason.UNREACHABLE))
    return house


def limits_leaving(stage: Stage) -> QWidget:
    """Return the question before changed limits are forgotten."""
    house, page = limits(stage)
    written(page, (RuleField.AWAY, 900))
    page.show_topic(Topic.HOURS)
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
    "limits": lambda stage: limits(stage)[0],
    "limits-changed": limits_changed,
    "limits-card-alone": limits_card_alone,
    "limits-faults": limits_faulty,
    "limits-moved": limits_moved,
    "limits-refused": limits_refused,
    "limits-money": limits_with_money,
    "limits-saved": limits_saved,
    "limits-no-contact": limits_without_contact,
    "limits-reader": lambda stage: limits(stage, READER)[0],
    "limits-leave": limits_leaving,
}
"""The states, by the name of their picture."""
