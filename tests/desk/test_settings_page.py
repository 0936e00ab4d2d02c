"""*Réglages*: hours changed by keys and by mouse, faults at their place, nothing lost or forced."""

from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_settings import (
    READER,
    ROOM,
    SITE,
    room_of,
    settings,
)
from admin_console.desk.gallery_state import Stage
from admin_console.desk.house import House
from admin_console.desk.models.person import Person
from admin_console.desk.pages.settings_page import SettingsPage
from admin_console.desk.parts.hour_cell import HourCell, HourText
from admin_console.desk.sample import NOW
from kiosk.hublink.failure import Failure, Reason
from kiosk.wire.change import Change, RoomChanged
from kiosk.wire.desk import Role
from kiosk.wire.hours import HoursFaulty, HoursMoved, HoursSaved, SetHours
from kiosk.wire.place import HoursView
from kiosk.wire.problem import Problem, ProblemCode
from tests.desk.hand import click, press, shown, told

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
Asked = list[tuple[str, SetHours]]


@pytest.fixture
def pair(stage: Stage, qtbot: QtBot) -> tuple[House, SettingsPage]:
    house, page = settings(stage)
    shown(house, qtbot)
    return house, page


@pytest.fixture
def house(pair: tuple[House, SettingsPage]) -> House:
    return pair[0]


@pytest.fixture
def page(pair: tuple[House, SettingsPage]) -> SettingsPage:
    return pair[1]


def listen(page: SettingsPage) -> Asked:
    asked: Asked = []
    page.save_asked.connect(lambda room, ask: asked.append((room, ask)))
    return asked


def cell(page: SettingsPage, day: int, place: int = 0) -> HourCell:
    found = page.box.week.lines[day].cells[place]
    assert isinstance(found, HourCell)
    return found


def write(text: str, *keys: Qt.Key) -> None:
    """Write over the field that has the keyboard."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(focused, text)
    for key in keys:
        press(key)


def words(page: SettingsPage, day: int) -> list[str]:
    return [told(one.face.text) for one in page.box.week.lines[day].cells]


def with_thursday(hours: HoursView, *spans: tuple[int, int]) -> HoursView:
    week = (*hours.week[:THURSDAY], spans, *hours.week[THURSDAY + 1 :])
    return replace(hours, week=week)


def tell_hours(page: SettingsPage, house: House, hours: HoursView) -> None:
    """Let the hub tell the hours of the room that is shown."""
    body = RoomChanged(room=replace(room_of(page), hours=hours))
    change = Change(n=page.board.book.cursor + 1, at=NOW, body=body)
    page.board.touch(page.board.book.apply(change))
    difference = page.board.settle(NOW)
    assert difference, "new hours are told even where no seat looks different"
    house.settle(difference)


# ------------------------------------------------------------------------------------ reading


def test_the_week_stands_as_in_the_picture(page: SettingsPage) -> None:
    assert page.title() == "Réglages"
    assert words(page, MONDAY) == ["Fermé", "Fermé"]
    assert words(page, TUESDAY) == ["Fermé", "14 h – 18 h"]
    assert words(page, WEDNESDAY) == ["10 h – 18 h"]
    assert told(page.box.week.length.plain()) == "29 h par semaine"
    assert page.bar.words.plain() == "Rien à enregistrer."
    assert not page.bar.save.isEnabled()
    assert told(cell(page, MONDAY, 1).accessibleName()) == "Lundi, l’après-midi, fermé"
    assert told(cell(page, TUESDAY, 1).accessibleName()) == "Mardi, 14 h – 18 h"


def test_dates_from_today_on_are_listed_with_their_reason(page: SettingsPage) -> None:
    names = [told(row.accessibleName()) for row in page.box.dates.rows.values()]
    assert names == [
        "dim. 1 novembre 2026, Fermé, Toussaint",
        "mer. 11 novembre 2026, Fermé, Armistice",
        "jeu. 24 décembre 2026, 10 h – 12 h",
        "ven. 25 décembre 2026, Fermé, Noël",
    ]


def test_sites_and_rooms_are_listed_with_their_seats(page: SettingsPage) -> None:
    assert told(page.places.sites.rows[SITE].accessibleName()) == "Espace Landowski, 17 postes"
    rooms = [told(row.accessibleName()) for row in page.places.rooms.rows.values()]
    assert rooms == ["Espace multimédia, 11 postes", "Salle de formation, 6 postes"]
    click(page.places.rooms.rows[f"{ROOM}-1"])
    assert page.room_id == f"{ROOM}-1"
    assert "Salle de formation" in page.box.week.title.plain()
    click(page.places.sites.rows["trapeze"])
    assert page.room_id == "trapeze-room"
    assert page.places.sites.rows["trapeze"].isChecked()


def test_those_who_may_not_change_them_read_the_hours_and_are_told_why(
    stage: Stage, qtbot: QtBot
) -> None:
    house, page = settings(stage, READER)
    shown(house, qtbot)
    assert "L’informatique et les administrateurs" in page.box.notice.plain()
    assert all(isinstance(one, HourText) for line in page.box.week.lines for one in line.cells)
    assert not page.bar.isVisible()
    assert not page.box.week.copy.isVisible()
    assert not page.box.dates.add.isVisible()
    rows = list(page.box.dates.rows.values())
    click(rows[0])
    assert not page.box.dates.editor.isVisible()


def test_an_administrator_of_another_site_reads_only(stage: Stage, qtbot: QtBot) -> None:
    other = Person("Claire Roy", frozenset({Role.ADMIN}), site_ids=frozenset({"trapeze"}))
    house, page = settings(stage, other)
    qtbot.addWidget(house)
    assert not page.bar.isVisibleTo(page)
    page.show_site("trapeze")
    assert page.bar.isVisibleTo(page)


# ----------------------------------------------------------------------------------- changing


def test_thursday_is_changed_and_saved_by_keys_alone(page: SettingsPage) -> None:
    asked = listen(page)
    cell(page, THURSDAY, 1).setFocus()
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.box.week.editor.rows.rows[0].start.edit
    write("1430", Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.box.week.editor.rows.rows[0].end.edit
    write("19:00", Qt.Key.Key_Return)
    assert told(page.box.week.editor.rows.rows[0].start.text()) == "14 h 30"
    assert words(page, THURSDAY) == ["Fermé", "14 h 30 – 19 h"]
    assert cell(page, THURSDAY, 1).accessibleName().endswith("changé")
    assert page.bar.words.plain().startswith("1 changement à enregistrer")
    assert "jeudi 15 octobre" in told(page.bar.words.plain())
    assert "14 h 30 – 19 h au lieu de 14 h – 18 h" in told(page.box.effect.text.plain())
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    ((room, ask),) = asked
    assert room == ROOM
    assert ask.before == room_of(page).hours
    assert ask.week[THURSDAY] == ((870, 1140),)
    assert ask.exceptions == room_of(page).hours.exceptions
    assert page.bar.words.plain() == "Enregistrement…"
    QTest.keyClick(focused, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert len(asked) == 1
    kept = with_thursday(room_of(page).hours, (870, 1140))
    page.show_answer(ROOM, HoursSaved(room=replace(room_of(page), hours=kept)))
    assert "Les horaires sont enregistrés." in page.box.notice.plain()
    assert page.bar.words.plain() == "Rien à enregistrer."


def test_escape_closes_the_editor_and_keeps_what_was_written(page: SettingsPage) -> None:
    click(cell(page, THURSDAY, 1))
    write("15h")
    press(Qt.Key.Key_Escape)
    assert not page.box.week.editor.isVisible()
    assert words(page, THURSDAY) == ["Fermé", "15 h – 18 h"]
    assert QApplication.focusWidget() is cell(page, THURSDAY, 0)


def test_a_closed_half_day_is_opened_with_a_click(page: SettingsPage) -> None:
    click(cell(page, TUESDAY, 0))
    assert words(page, TUESDAY) == ["10 h – 12 h", "14 h – 18 h"]
    rows = page.box.week.editor.rows.rows
    assert QApplication.focusWidget() is rows[1].start.edit
    write("9 h", Qt.Key.Key_Tab)
    write("13h30", Qt.Key.Key_Return)
    # An opening across noon takes the line together with the other.
    assert words(page, TUESDAY) == ["9 h – 13 h 30", "14 h – 18 h"]
    click(rows[1].less)
    assert words(page, TUESDAY) == ["Fermé", "14 h – 18 h"]
    assert page.bar.words.plain() == "Rien à enregistrer."


def test_a_day_is_closed_and_cancelled(page: SettingsPage) -> None:
    click(cell(page, WEDNESDAY))
    click(page.box.week.editor.close_day)
    assert words(page, WEDNESDAY) == ["Fermé", "Fermé"]
    assert QApplication.focusWidget() is page.box.week.editor.rows.more
    click(page.bar.cancel)
    assert words(page, WEDNESDAY) == ["10 h – 18 h"]
    assert not page.box.week.editor.isVisible()


def test_a_day_is_copied_to_others(page: SettingsPage) -> None:
    asked = listen(page)
    click(page.box.week.copy)
    assert not page.copy.copy.isEnabled()
    click(page.copy.sources[WEDNESDAY])
    assert not page.copy.targets[WEDNESDAY].isEnabled()
    click(page.copy.targets[THURSDAY])
    click(page.copy.targets[FRIDAY])
    click(page.copy.copy)
    assert words(page, THURSDAY) == words(page, FRIDAY) == ["10 h – 18 h"]
    assert page.bar.words.plain().startswith("2 changements à enregistrer")
    click(page.bar.save)
    assert asked[0][1].week[FRIDAY] == ((600, 1080),)


def test_a_date_is_added_changed_and_taken_away(page: SettingsPage) -> None:
    asked = listen(page)
    click(page.box.dates.add)
    editor = page.box.dates.editor
    assert QApplication.focusWidget() is editor.day.edit
    write("2/1/2027", Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is editor.label.edit
    write("Inventaire", Qt.Key.Key_Return)
    click(editor.rows.more)
    write("10", Qt.Key.Key_Tab)
    write("midi", Qt.Key.Key_Return)
    click(editor.ready)
    rows = list(page.box.dates.rows.values())
    assert told(rows[-1].accessibleName()).startswith(
        "sam. 2 janvier 2027, 10 h – 12 h, Inventaire"
    )
    click(rows[1])
    click(editor.remove)
    click(page.bar.save)
    ((_room, ask),) = asked
    days = {one.day: (one.intervals, one.label) for one in ask.exceptions}
    assert days[date(2027, 1, 2)] == (((600, 720),), "Inventaire")
    assert date(2026, 11, 11) not in days
    # What is past is not shown, and not lost either.
    assert date(2026, 7, 14) in days


# ------------------------------------------------------------------------------------- faults


@pytest.mark.parametrize(
    ("start", "end", "fact", "advice"),
    [
        ("18 h", "14 h", "Cette plage finit avant de commencer.", "Échangez les deux heures"),
        ("abc", "18 h", "Cela n’est pas compris comme une heure.", "14 h 30, 14:30 ou 1430"),
    ],
)
def test_a_fault_is_said_at_its_place_and_holds_the_saving_back(
    page: SettingsPage, start: str, end: str, fact: str, advice: str
) -> None:
    asked = listen(page)
    click(cell(page, THURSDAY, 1))
    write(start, Qt.Key.Key_Tab)
    write(end, Qt.Key.Key_Return)
    row = page.box.week.editor.rows.rows[0]
    said = told(row.words.plain())
    assert said.startswith(fact)
    assert "rien n’est enregistré" in said
    assert advice in said
    assert row.start.edit.accessibleDescription().startswith(fact)
    assert fact in page.box.week.lines[THURSDAY].cells[-1].accessibleName() or start == "abc"
    assert page.bar.words.plain().startswith("1 point à corriger")
    assert not page.bar.save.isEnabled()
    page.save()
    assert asked == []
    # What was typed stays, to be mended.
    assert told(row.start.text()) in {start, "18 h"}
    row.start.edit.setFocus()
    write("16:30", Qt.Key.Key_Tab)
    write("18", Qt.Key.Key_Return)
    assert not row.fault.isVisible()
    assert page.bar.save.isEnabled()


def test_an_overlap_is_said_at_the_later_opening(page: SettingsPage) -> None:
    click(cell(page, WEDNESDAY))
    click(page.box.week.editor.rows.more)
    write("17 h", Qt.Key.Key_Tab)
    write("20 h", Qt.Key.Key_Return)
    first, second = page.box.week.editor.rows.rows
    assert not first.fault.isVisible()
    assert second.words.plain().startswith("Cette plage commence avant la fin de la précédente.")


def test_a_date_that_is_none_or_stands_twice_is_said_at_its_field(page: SettingsPage) -> None:
    click(page.box.dates.add)
    editor = page.box.dates.editor
    write("31/2", Qt.Key.Key_Return)
    assert "pas compris comme une date" in editor.day.message()
    assert editor.day.text() == "31/2"
    write("25/12/2026", Qt.Key.Key_Return)
    assert "deux fois" in editor.day.message()
    assert not page.bar.save.isEnabled()
    write("26/12/2026", Qt.Key.Key_Return)
    assert editor.day.message() == ""
    assert page.bar.save.isEnabled()


# ------------------------------------------------------------------------------- other people


def change_thursday(page: SettingsPage) -> None:
    click(cell(page, THURSDAY, 1))
    QTest.keyClick(page.box.week.editor.rows.rows[0].start.edit, Qt.Key.Key_Tab)
    write("17 h", Qt.Key.Key_Return)


def test_what_somebody_else_saved_is_compared_and_never_overwritten_unseen(
    page: SettingsPage,
) -> None:
    asked = listen(page)
    change_thursday(page)
    click(page.bar.save)
    theirs = with_thursday(room_of(page).hours, (840, 1140))
    page.show_answer(ROOM, HoursMoved(room=replace(room_of(page), hours=theirs)))
    said = told(page.box.notice.plain())
    assert said.startswith("Quelqu’un d’autre vient de changer ces horaires.")
    assert "Jeudi : enregistré 14 h – 19 h ; les vôtres 14 h – 17 h" in said
    assert words(page, THURSDAY) == ["Fermé", "14 h – 17 h"]
    assert not page.bar.save.isEnabled()
    click(page.box.mine)
    click(page.bar.save)
    assert [ask.before for _room, ask in asked] == [room_of(page).hours, theirs]
    assert asked[1][1].week[THURSDAY] == ((840, 1020),)


def test_their_hours_are_taken_over_instead(page: SettingsPage) -> None:
    change_thursday(page)
    theirs = with_thursday(room_of(page).hours, (840, 1140))
    page.show_answer(ROOM, HoursMoved(room=replace(room_of(page), hours=theirs)))
    click(page.box.theirs)
    assert words(page, THURSDAY) == ["Fermé", "14 h – 19 h"]
    assert page.bar.words.plain() == "Rien à enregistrer."
    assert not page.box.choices.isVisible()


def test_hours_told_while_nothing_is_written_are_shown_at_once(
    house: House, page: SettingsPage
) -> None:
    tell_hours(page, house, with_thursday(room_of(page).hours, (840, 1140)))
    assert words(page, THURSDAY) == ["Fermé", "14 h – 19 h"]
    assert not page.box.notice.isVisible()


def test_hours_told_while_others_are_written_are_set_against_them(
    house: House, page: SettingsPage
) -> None:
    change_thursday(page)
    tell_hours(page, house, with_thursday(room_of(page).hours, (840, 1140)))
    assert words(page, THURSDAY) == ["Fermé", "14 h – 17 h"]
    assert page.box.mine.isVisible()
    # The same hours as those that are written are nobody's quarrel.
    tell_hours(page, house, with_thursday(room_of(page).hours, (840, 1020)))
    assert page.bar.words.plain() == "Rien à enregistrer."


def test_a_save_whose_answer_was_lost_is_known_by_its_hours(page: SettingsPage) -> None:
    change_thursday(page)
    click(page.bar.save)
    page.show_answer(ROOM, Failure(Reason.TIMEOUT))
    assert "c’est peut-être enregistré" in page.box.notice.plain()
    click(page.bar.save)
    kept = with_thursday(room_of(page).hours, (840, 1020))
    page.show_answer(ROOM, HoursMoved(room=replace(room_of(page), hours=kept)))
    assert "Les horaires sont enregistrés." in page.box.notice.plain()


@pytest.mark.parametrize(
    ("answer", "fact"),
    [
        (Failure(Reason.UNREACHABLE), "Pas de connexion"),
        (Failure(Reason.PROBLEM, Problem(code=ProblemCode.NOT_ALLOWED)), "Vous ne pouvez pas"),
        (Failure(Reason.PROBLEM, Problem(code=ProblemCode.NOT_FOUND)), "n’ont pas pu"),
        (HoursFaulty(faults=()), "ne peuvent pas être gardés"),
    ],
)
def test_whatever_stands_in_the_way_the_draft_is_kept(
    page: SettingsPage, answer: object, fact: str
) -> None:
    change_thursday(page)
    click(page.bar.save)
    page.show_answer(ROOM, answer)
    said = page.box.notice.plain()
    assert fact in said
    assert "Ce que vous avez écrit reste ici." in said
    assert words(page, THURSDAY) == ["Fermé", "14 h – 17 h"]
    assert page.bar.save.isEnabled()


# ------------------------------------------------------------------------------------ leaving


def leave_by(house: House, page: SettingsPage, how: str) -> None:
    targets: dict[str, QWidget] = {
        "page": house.rail.buttons[0],
        "room": page.places.rooms.rows[f"{ROOM}-1"],
        "site": page.places.sites.rows["trapeze"],
        "out": house.rail.leave,
    }
    click(targets[how])


@pytest.mark.parametrize("how", ["page", "room", "site", "out"])
def test_leaving_with_unsaved_changes_asks_and_staying_keeps_them(
    house: House, page: SettingsPage, how: str
) -> None:
    left: list[None] = []
    house.sign_out_asked.connect(lambda: left.append(None))
    change_thursday(page)
    leave_by(house, page, how)
    assert page.question.is_open()
    assert page.question.title.plain() == "1 changement n’est pas enregistré"
    assert QApplication.focusWidget() is page.question.stay
    press(Qt.Key.Key_Escape)
    assert house.shown is page
    assert page.room_id == ROOM
    assert page.places.rooms.rows[ROOM].isChecked()
    assert words(page, THURSDAY) == ["Fermé", "14 h – 17 h"]
    leave_by(house, page, how)
    click(page.question.drop)
    assert (page.room_id != ROOM) is (how in {"room", "site"})
    assert (house.shown is not page) is (how == "page")
    assert len(left) == (how == "out")
    assert not page.is_held()


def test_leaving_without_a_change_asks_nothing(house: House, page: SettingsPage) -> None:
    click(cell(page, THURSDAY, 1))
    click(house.rail.buttons[0])
    assert house.shown is not page
    assert not page.question.is_open()


def test_a_card_that_is_passed_while_hours_are_written_ends_in_no_field(
    house: House, page: SettingsPage
) -> None:
    click(cell(page, THURSDAY, 1))
    field = page.box.week.editor.rows.rows[0].start
    before = field.text()
    for digit in "40120876":
        QTest.keyClicks(QApplication.focusWidget() or house, digit)
    press(Qt.Key.Key_Return)
    assert field.text() == before
    assert house.shown is page
    assert page.bar.words.plain() == "Rien à enregistrer."


def test_english_says_everything_again(page: SettingsPage, stage: Stage) -> None:
    click(cell(page, THURSDAY, 1))
    stage.language.use("en")
    assert words(page, THURSDAY) == ["Closed", "2 pm – 6 pm"]
    assert told(page.box.week.editor.rows.rows[0].start.text()) == "2 pm"
    assert page.box.week.names[THURSDAY].plain() == "Thursday"
    write("2:30 pm", Qt.Key.Key_Return)
    assert words(page, THURSDAY) == ["Closed", "2:30 pm – 6 pm"]
    assert page.bar.words.plain().startswith("1 change to save")
