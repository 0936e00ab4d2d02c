"""The house of several pages: turning by mouse and keys, what all pages hear, leaving by asking."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_state import Stage, live
from admin_console.desk.house import House
from admin_console.desk.models.board import Difference
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.person import Person
from admin_console.desk.pages.page import Page
from admin_console.desk.sample import NOW
from kiosk.wire.desk import Role
from tests.desk.hand import click, press, shown
from tests.helpers.tab_walk import tab_stops


class Second(Page):
    """A page with two buttons that remembers what it is told, and may be held."""

    icon = "settings"

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []
        self.held: list[Callable[[], object]] | None = None
        self.one, self.two = QPushButton("one", self), QPushButton("two", self)
        column = QVBoxLayout(self)
        column.addWidget(self.one)
        column.addWidget(self.two)

    def title(self) -> str:
        return "Second"

    def settle(self, difference: Difference) -> None:
        self.told.append(difference)

    def show_time(self, now: datetime) -> None:
        self.told.append(now)

    def show_freshness(self, freshness: Freshness, since: datetime | None) -> None:
        self.told.append((freshness, since))

    def is_held(self) -> bool:
        return self.held is not None

    def leave(self, go_on: Callable[[], object]) -> None:
        if self.held is None:
            go_on()
        else:
            self.held.append(go_on)


@pytest.fixture
def second() -> Second:
    return Second()


@pytest.fixture
def house(stage: Stage, second: Second, qtbot: QtBot) -> House:
    return shown(live(stage, others=(second,)), qtbot)


def test_the_rail_shows_the_pages_there_are_and_marks_the_one_that_is_shown(
    house: House, second: Second
) -> None:
    assert [button.text() for button in house.rail.buttons] == ["En direct", "Second"]
    assert [button.isChecked() for button in house.rail.buttons] == [True, False]
    click(house.rail.buttons[1])
    assert second.isVisible()
    assert not house.page.isVisible()
    assert [button.isChecked() for button in house.rail.buttons] == [False, True]
    assert house.bar.title.text() == "Second"
    assert house.bar.isVisible()
    # Pressed again it stays.
    click(house.rail.buttons[1])
    assert [button.isChecked() for button in house.rail.buttons] == [False, True]


@pytest.mark.parametrize("key", [Qt.Key.Key_2, Qt.Key.Key_Eacute])
def test_alt_and_a_digit_turn_the_page_by_either_keyboard(
    house: House, second: Second, key: Qt.Key
) -> None:
    QTest.keyClick(house, key, Qt.KeyboardModifier.AltModifier)
    assert second.isVisible()
    QTest.keyClick(house, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert house.page.isVisible()


def test_the_keyboard_comes_into_the_page_that_is_turned_to_and_back_where_it_was(
    house: House, second: Second
) -> None:
    house.page.view.focus_seat("trapeze-7")
    before = QApplication.focusWidget()
    QTest.keyClick(house, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is second.one
    QTest.keyClick(house, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert QApplication.focusWidget() is before


def test_f6_and_tab_go_through_rail_bar_and_the_page_that_is_shown(
    house: House, second: Second
) -> None:
    house.rail.buttons[1].setFocus()
    click(house.rail.buttons[1])
    press(Qt.Key.Key_F6, house)
    assert QApplication.focusWidget() is house.bar.search.edit
    press(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is second.one
    press(Qt.Key.Key_F6)
    assert QApplication.focusWidget() is house.rail.buttons[0]
    stops = tab_stops(house)
    rail = [*house.rail.buttons, house.rail.display, house.rail.leave]
    inside = [house.bar.search.edit, second.one, second.two]
    assert stops == [*rail, *inside]


def test_every_page_hears_what_happens_whichever_is_shown(house: House, second: Second) -> None:
    second.told.clear()
    difference = Difference(seats=frozenset({"trapeze-7"}))
    house.settle(difference)
    later = NOW + timedelta(minutes=1)
    house.show_time(later)
    house.show_freshness(Freshness.LOST, NOW)
    assert second.told == [difference, later, (Freshness.LOST, NOW)]
    assert house.bar.clock.text() == "14:33"


def test_a_seat_that_is_looked_for_on_another_page_is_shown_on_its_floor(
    house: House, second: Second
) -> None:
    click(house.rail.buttons[1])
    house.bar.focus_search()
    QTest.keyClicks(house.bar.search.edit, "7")
    press(Qt.Key.Key_Return)
    assert house.page.isVisible()
    assert house.page.seat_id == "trapeze-7"
    assert QApplication.focusWidget() is house.page.view.floor.cards["trapeze-7"]


def test_a_page_that_holds_something_is_asked_before_it_is_left(
    house: House, second: Second
) -> None:
    click(house.rail.buttons[1])
    second.held = []
    left: list[None] = []
    house.sign_out_asked.connect(lambda: left.append(None))
    click(house.rail.buttons[0])
    assert second.isVisible()
    assert [button.isChecked() for button in house.rail.buttons] == [False, True]
    click(house.rail.leave)
    assert house.is_held()
    assert left == []
    turn, leave = second.held
    turn()
    assert house.page.isVisible()
    leave()
    assert left == [None]


def test_another_language_names_the_page_again(house: House, stage: Stage) -> None:
    stage.language.use("en")
    assert house.bar.title.text() == "Live"
    assert house.rail.buttons[0].text() == "Live"


@pytest.mark.parametrize(
    ("role", "acts", "sets"),
    [
        (Role.OBSERVER, False, False),
        (Role.AGENT, True, False),
        (Role.TRAINER, True, False),
        (Role.CASHIER, False, False),
        (Role.REGISSEUR, False, False),
        (Role.IT, True, True),
        (Role.ADMIN, True, True),
    ],
)
def test_what_is_offered_follows_the_role(role: Role, acts: bool, sets: bool) -> None:
    person = Person("Nadia", frozenset({role}), site_ids=frozenset({"trapeze"}))
    assert (person.may_act, person.may_set("trapeze")) == (acts, sets)
    assert not person.may_set("landowski")
