"""*Réglages*: hours changed by keys and by mouse, faults at their place, nothing lost or forced."""

from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
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
from admin_console.desk.parts.hour_cell import HourText
from kiosk.wire.desk import Role
from kiosk.wire.hours import HoursSaved
from tests.desk.hand import click, press, shown, told
from tests.desk.hourshand import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    cell,
    listen,
    with_thursday,
    words,
    write,
)


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


# ------------------------------------------------------------------------------------ reading


def test_the_week_stands_as_in_the_picture(page: SettingsPage) -> None:
    assert page.title() == "Réglages"
    assert words(page, MONDAY) == ["Fermé", "Fermé"]
    assert words(page, TUESDAY) == ["Fermé", "14 h – 18 h"]
    assert words(page, WEDNESDAY) == ["10 h – 18 h"]
    assert told(page.hours.box.week.length.plain()) == "29 h par semaine"
    assert page.hours.bar.words.plain() == "Rien à enregistrer."
    assert not page.hours.bar.save.isEnabled()
    assert told(cell(page, MONDAY, 1).accessibleName()) == "Lundi, l’après-midi, fermé"
    assert told(cell(page, TUESDAY, 1).accessibleName()) == "Mardi, 14 h – 18 h"


def test_dates_from_today_on_are_listed_with_their_reason(page: SettingsPage) -> None:
    names = [told(row.accessibleName()) for row in page.hours.box.dates.rows.values()]
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
    assert "Salle de formation" in page.hours.box.week.title.plain()
    click(page.places.sites.rows["trapeze"])
    assert page.room_id == "trapeze-room"
    assert page.places.sites.rows["trapeze"].isChecked()


def test_those_who_may_not_change_them_read_the_hours_and_are_told_why(
    stage: Stage, qtbot: QtBot
) -> None:
    house, page = settings(stage, READER)
    shown(house, qtbot)
    assert "L’informatique et les administrateurs" in page.hours.box.notice.plain()
    assert all(
        isinstance(one, HourText) for line in page.hours.box.week.lines for one in line.cells
    )
    assert not page.hours.bar.isVisible()
    assert not page.hours.box.week.copy.isVisible()
    assert not page.hours.box.dates.add.isVisible()
    rows = list(page.hours.box.dates.rows.values())
    click(rows[0])
    assert not page.hours.box.dates.editor.isVisible()


def test_an_administrator_of_another_site_reads_only(stage: Stage, qtbot: QtBot) -> None:
    other = Person("Claire Roy", frozenset({Role.ADMIN}), site_ids=frozenset({"trapeze"}))
    house, page = settings(stage, other)
    qtbot.addWidget(house)
    assert not page.hours.bar.isVisibleTo(page)
    page.show_site("trapeze")
    assert page.hours.bar.isVisibleTo(page)


# ----------------------------------------------------------------------------------- changing


def test_thursday_is_changed_and_saved_by_keys_alone(page: SettingsPage) -> None:
    asked = listen(page)
    cell(page, THURSDAY, 1).setFocus()
    press(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is page.hours.box.week.editor.rows.rows[0].start.edit
    write("1430", Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.hours.box.week.editor.rows.rows[0].end.edit
    write("19:00", Qt.Key.Key_Return)
    assert told(page.hours.box.week.editor.rows.rows[0].start.text()) == "14 h 30"
    assert words(page, THURSDAY) == ["Fermé", "14 h 30 – 19 h"]
    assert cell(page, THURSDAY, 1).accessibleName().endswith("changé")
    assert page.hours.bar.words.plain().startswith("1 changement à enregistrer")
    assert "jeudi 15 octobre" in told(page.hours.bar.words.plain())
    assert "14 h 30 – 19 h au lieu de 14 h – 18 h" in told(page.hours.box.effect.text.plain())
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    ((room, ask),) = asked
    assert room == ROOM
    assert ask.before == room_of(page).hours
    assert ask.week[THURSDAY] == ((870, 1140),)
    assert ask.exceptions == room_of(page).hours.exceptions
    assert page.hours.bar.words.plain() == "Enregistrement…"
    QTest.keyClick(focused, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert len(asked) == 1
    kept = with_thursday(room_of(page).hours, (870, 1140))
    page.hours.show_answer(ROOM, HoursSaved(room=replace(room_of(page), hours=kept)))
    assert "Les horaires sont enregistrés." in page.hours.box.notice.plain()
    assert page.hours.bar.words.plain() == "Rien à enregistrer."


def test_escape_closes_the_editor_and_keeps_what_was_written(page: SettingsPage) -> None:
    click(cell(page, THURSDAY, 1))
    write("15h")
    press(Qt.Key.Key_Escape)
    assert not page.hours.box.week.editor.isVisible()
    assert words(page, THURSDAY) == ["Fermé", "15 h – 18 h"]
    assert QApplication.focusWidget() is cell(page, THURSDAY, 0)


def test_a_closed_half_day_is_opened_with_a_click(page: SettingsPage) -> None:
    click(cell(page, TUESDAY, 0))
    assert words(page, TUESDAY) == ["10 h – 12 h", "14 h – 18 h"]
    rows = page.hours.box.week.editor.rows.rows
    assert QApplication.focusWidget() is rows[1].start.edit
    write("9 h", Qt.Key.Key_Tab)
    write("13h30", Qt.Key.Key_Return)
    # An opening across noon takes the line together with the other.
    assert words(page, TUESDAY) == ["9 h – 13 h 30", "14 h – 18 h"]
    click(rows[1].less)
    assert words(page, TUESDAY) == ["Fermé", "14 h – 18 h"]
    assert page.hours.bar.words.plain() == "Rien à enregistrer."


def test_a_day_is_closed_and_cancelled(page: SettingsPage) -> None:
    click(cell(page, WEDNESDAY))
    click(page.hours.box.week.editor.close_day)
    assert words(page, WEDNESDAY) == ["Fermé", "Fermé"]
    assert QApplication.focusWidget() is page.hours.box.week.editor.rows.more
    click(page.hours.bar.cancel)
    assert words(page, WEDNESDAY) == ["10 h – 18 h"]
    assert not page.hours.box.week.editor.isVisible()


def test_a_day_is_copied_to_others(page: SettingsPage) -> None:
    asked = listen(page)
    click(page.hours.box.week.copy)
    assert not page.hours.copy.copy.isEnabled()
    click(page.hours.copy.sources[WEDNESDAY])
    assert not page.hours.copy.targets[WEDNESDAY].isEnabled()
    click(page.hours.copy.targets[THURSDAY])
    click(page.hours.copy.targets[FRIDAY])
    click(page.hours.copy.copy)
    assert words(page, THURSDAY) == words(page, FRIDAY) == ["10 h – 18 h"]
    assert page.hours.bar.words.plain().startswith("2 changements à enregistrer")
    click(page.hours.bar.save)
    assert asked[0][1].week[FRIDAY] == ((600, 1080),)


def test_a_date_is_added_changed_and_taken_away(page: SettingsPage) -> None:
    asked = listen(page)
    click(page.hours.box.dates.add)
    editor = page.hours.box.dates.editor
    assert QApplication.focusWidget() is editor.day.edit
    write("2/1/2027", Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is editor.label.edit
    write("Inventaire", Qt.Key.Key_Return)
    click(editor.rows.more)
    write("10", Qt.Key.Key_Tab)
    write("midi", Qt.Key.Key_Return)
    click(editor.ready)
    rows = list(page.hours.box.dates.rows.values())
    assert told(rows[-1].accessibleName()).startswith(
        "sam. 2 janvier 2027, 10 h – 12 h, Inventaire"
    )
    click(rows[1])
    click(editor.remove)
    click(page.hours.bar.save)
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
    row = page.hours.box.week.editor.rows.rows[0]
    said = told(row.words.plain())
    assert said.startswith(fact)
    assert "rien n’est enregistré" in said
    assert advice in said
    assert row.start.edit.accessibleDescription().startswith(fact)
    assert fact in page.hours.box.week.lines[THURSDAY].cells[-1].accessibleName() or start == "abc"
    assert page.hours.bar.words.plain().startswith("1 point à corriger")
    assert not page.hours.bar.save.isEnabled()
    page.hours.save()
    assert asked == []
    # What was typed stays, to be mended.
    assert told(row.start.text()) in {start, "18 h"}
    row.start.edit.setFocus()
    write("16:30", Qt.Key.Key_Tab)
    write("18", Qt.Key.Key_Return)
    assert not row.fault.isVisible()
    assert page.hours.bar.save.isEnabled()


def test_an_overlap_is_said_at_the_later_opening(page: SettingsPage) -> None:
    click(cell(page, WEDNESDAY))
    click(page.hours.box.week.editor.rows.more)
    write("17 h", Qt.Key.Key_Tab)
    write("20 h", Qt.Key.Key_Return)
    first, second = page.hours.box.week.editor.rows.rows
    assert not first.fault.isVisible()
    assert second.words.plain().startswith("Cette plage commence avant la fin de la précédente.")


def test_a_date_that_is_none_or_stands_twice_is_said_at_its_field(page: SettingsPage) -> None:
    click(page.hours.box.dates.add)
    editor = page.hours.box.dates.editor
    write("31/2", Qt.Key.Key_Return)
    assert "pas compris comme une date" in editor.day.message()
    assert editor.day.text() == "31/2"
    write("25/12/2026", Qt.Key.Key_Return)
    assert "deux fois" in editor.day.message()
    assert not page.hours.bar.save.isEnabled()
    write("26/12/2026", Qt.Key.Key_Return)
    assert editor.day.message() == ""
    assert page.hours.bar.save.isEnabled()
