"""*Réglages*: what others save meanwhile, what stands in the way, and leaving with changes."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_settings import (
    ROOM,
    room_of,
    settings,
)
from admin_console.desk.gallery_state import Stage
from admin_console.desk.house import House
from admin_console.desk.pages.settings_page import SettingsPage
from kiosk.hublink.failure import Failure, Reason
from kiosk.wire.hours import HoursFaulty, HoursMoved
from kiosk.wire.problem import Problem, ProblemCode
from tests.desk.hand import click, press, shown, told
from tests.desk.hourshand import (
    THURSDAY,
    cell,
    change_thursday,
    listen,
    tell_hours,
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


# ------------------------------------------------------------------------------- other people


def test_what_somebody_else_saved_is_compared_and_never_overwritten_unseen(
    page: SettingsPage,
) -> None:
    asked = listen(page)
    change_thursday(page)
    click(page.hours.bar.save)
    theirs = with_thursday(room_of(page).hours, (840, 1140))
    page.hours.show_answer(ROOM, HoursMoved(room=replace(room_of(page), hours=theirs)))
    said = told(page.hours.box.notice.plain())
    assert said.startswith("Quelqu’un d’autre vient de changer ces horaires.")
    assert "Jeudi : enregistré 14 h – 19 h ; les vôtres 14 h – 17 h" in said
    assert words(page, THURSDAY) == ["Fermé", "14 h – 17 h"]
    assert not page.hours.bar.save.isEnabled()
    click(page.hours.box.mine)
    click(page.hours.bar.save)
    assert [ask.before for _room, ask in asked] == [room_of(page).hours, theirs]
    assert asked[1][1].week[THURSDAY] == ((840, 1020),)


def test_their_hours_are_taken_over_instead(page: SettingsPage) -> None:
    change_thursday(page)
    theirs = with_thursday(room_of(page).hours, (840, 1140))
    page.hours.show_answer(ROOM, HoursMoved(room=replace(room_of(page), hours=theirs)))
    click(page.hours.box.theirs)
    assert words(page, THURSDAY) == ["Fermé", "14 h – 19 h"]
    assert page.hours.bar.words.plain() == "Rien à enregistrer."
    assert not page.hours.box.choices.isVisible()


def test_hours_told_while_nothing_is_written_are_shown_at_once(
    house: House, page: SettingsPage
) -> None:
    tell_hours(page, house, with_thursday(room_of(page).hours, (840, 1140)))
    assert words(page, THURSDAY) == ["Fermé", "14 h – 19 h"]
    assert not page.hours.box.notice.isVisible()


def test_hours_told_while_others_are_written_are_set_against_them(
    house: House, page: SettingsPage
) -> None:
    change_thursday(page)
    tell_hours(page, house, with_thursday(room_of(page).hours, (840, 1140)))
    assert words(page, THURSDAY) == ["Fermé", "14 h – 17 h"]
    assert page.hours.box.mine.isVisible()
    # The same hours as those that are written are nobody's quarrel.
    tell_hours(page, house, with_thursday(room_of(page).hours, (840, 1020)))
    assert page.hours.bar.words.plain() == "Rien à enregistrer."


def test_a_save_whose_answer_was_lost_is_known_by_its_hours(page: SettingsPage) -> None:
    change_thursday(page)
    click(page.hours.bar.save)
    page.hours.show_answer(ROOM, Failure(Reason.TIMEOUT))
    assert "c’est peut-être enregistré" in page.hours.box.notice.plain()
    click(page.hours.bar.save)
    kept = with_thursday(room_of(page).hours, (840, 1020))
    page.hours.show_answer(ROOM, HoursMoved(room=replace(room_of(page), hours=kept)))
    assert "Les horaires sont enregistrés." in page.hours.box.notice.plain()


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
    click(page.hours.bar.save)
    page.hours.show_answer(ROOM, answer)
    said = page.hours.box.notice.plain()
    assert fact in said
    assert "Ce que vous avez écrit reste ici." in said
    assert words(page, THURSDAY) == ["Fermé", "14 h – 17 h"]
    assert page.hours.bar.save.isEnabled()


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
    assert page.hours.question.is_open()
    assert page.hours.question.title.plain() == "1 changement n’est pas enregistré"
    assert QApplication.focusWidget() is page.hours.question.stay
    press(Qt.Key.Key_Escape)
    assert house.shown is page
    assert page.room_id == ROOM
    assert page.places.rooms.rows[ROOM].isChecked()
    assert words(page, THURSDAY) == ["Fermé", "14 h – 17 h"]
    leave_by(house, page, how)
    click(page.hours.question.drop)
    assert (page.room_id != ROOM) is (how in {"room", "site"})
    assert (house.shown is not page) is (how == "page")
    assert len(left) == (how == "out")
    assert not page.is_held()


def test_leaving_without_a_change_asks_nothing(house: House, page: SettingsPage) -> None:
    click(cell(page, THURSDAY, 1))
    click(house.rail.buttons[0])
    assert house.shown is not page
    assert not page.hours.question.is_open()


def test_a_card_that_is_passed_while_hours_are_written_ends_in_no_field(
    house: House, page: SettingsPage
) -> None:
    click(cell(page, THURSDAY, 1))
    field = page.hours.box.week.editor.rows.rows[0].start
    before = field.text()
    for digit in "40120876":
        QTest.keyClicks(QApplication.focusWidget() or house, digit)
    press(Qt.Key.Key_Return)
    assert field.text() == before
    assert house.shown is page
    assert page.hours.bar.words.plain() == "Rien à enregistrer."


def test_english_says_everything_again(page: SettingsPage, stage: Stage) -> None:
    click(cell(page, THURSDAY, 1))
    stage.language.use("en")
    assert words(page, THURSDAY) == ["Closed", "2 pm – 6 pm"]
    assert told(page.hours.box.week.editor.rows.rows[0].start.text()) == "2 pm"
    assert page.hours.box.week.names[THURSDAY].plain() == "Thursday"
    write("2:30 pm", Qt.Key.Key_Return)
    assert words(page, THURSDAY) == ["Closed", "2:30 pm – 6 pm"]
    assert page.hours.bar.words.plain().startswith("1 change to save")
