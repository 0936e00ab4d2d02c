"""A card or a seat number typed anywhere on a page leads to its seat; a message keeps its words."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from admin_console.desk.desk import Desk
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.window import DeskWindow
from kiosk.wire.desk import CardElsewhere, CardIdle, CardSeated, CardUnknown, Role
from tests.desk.hand import told
from tests.desk.hub_double import DeskHub
from tests.desk.test_window import come_in
from tests.look.key import AZERTY, press

CARD = "20481000000011"
SEVENTH = "trapeze/salle/7"
CLUB = "perret/salle/2"
HAND, READER, SLOW_READER = 140, 4, 45
"""Milliseconds from key to key."""


class Keyboard:
    """Presses keys where the keyboard is, with the times of its own clock."""

    def __init__(self, window: QWidget, *, azerty: bool = False) -> None:
        self._window, self._azerty = window, azerty
        self._now = 10_000

    def key(self, key: Qt.Key, text: str = "", *, after: int = HAND) -> None:
        self._now += after
        press(QApplication.focusWidget() or self._window, key, text, at=self._now)

    def digits(self, digits: str, *, gap: int) -> None:
        for place, digit in enumerate(digits):
            self._now += gap if place else 1000
            spot = (int(digit) - 1) % 10
            text = AZERTY[spot] if self._azerty else digit
            target = QApplication.focusWidget() or self._window
            press(target, text=text, scan_code=10 + spot, at=self._now)

    def scan(self, card: str = CARD, *, gap: int = READER, enter: bool = True) -> None:
        self.digits(card, gap=gap)
        if enter:
            self.key(Qt.Key.Key_Return, "\r", after=gap)


@pytest.fixture
def page(window: DeskWindow, desk: Desk, qtbot: QtBot) -> LivePage:
    found = come_in(window, desk, qtbot)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return found


@pytest.fixture(params=[False, True], ids=["qwerty", "azerty"])
def keyboard(window: DeskWindow, request: pytest.FixtureRequest) -> Keyboard:
    return Keyboard(window, azerty=request.param)


def rows(page: LivePage) -> list[str]:
    matches = page.bar.matches
    return [] if matches.isHidden() else [matches.item(n).text() for n in range(matches.count())]


def places(page: LivePage) -> Iterator[QWidget]:
    """Yield where the keyboard may be on the page, each once a kind."""
    yield page.view.floor.cards[SEVENTH]
    yield page.sites.cards["perret"]
    yield page.view.switch.buttons[0]
    yield page.overview.lines[0].words
    action = page.overview.lines[0].action
    assert action is not None
    yield action
    yield page.bar.search.edit


@pytest.mark.parametrize("gap", [READER, SLOW_READER])
def test_a_card_passed_anywhere_opens_its_seat(
    page: LivePage, hub: DeskHub, keyboard: Keyboard, qtbot: QtBot, gap: int
) -> None:
    hub.told.card_answers[CARD] = CardSeated(seat_id=CLUB, site_id="perret")
    for count, place in enumerate(places(page), 1):
        page.close_seat()
        page.show_site("trapeze")
        place.setFocus()
        keyboard.scan(gap=gap)
        qtbot.waitUntil(lambda: page.seat_id == CLUB)
        assert hub.told.cards == [CARD] * count
        assert page.view.floor.cards[CLUB].hasFocus()
    assert hub.told.asks == []


def test_a_card_reader_without_enter_proposes_and_enter_takes(
    page: LivePage, hub: DeskHub, keyboard: Keyboard, qtbot: QtBot
) -> None:
    hub.told.card_answers[CARD] = CardSeated(seat_id=SEVENTH, site_id="trapeze")
    page.view.floor.cards[SEVENTH].setFocus()

    keyboard.scan(enter=False)

    said = "Cette carte est au poste 7 · Médiathèque du Trapèze"
    qtbot.waitUntil(lambda: [told(row) for row in rows(page)] == [said])
    assert page.seat_id == ""
    keyboard.key(Qt.Key.Key_Return, "\r")
    assert page.seat_id == SEVENTH


@pytest.mark.parametrize("answer", [CardIdle(), CardUnknown()])
def test_a_card_that_sits_nowhere_is_met_at_the_front_desk(
    page: LivePage, window: DeskWindow, hub: DeskHub, keyboard: Keyboard, qtbot: QtBot,
    answer: CardIdle | CardUnknown,
) -> None:  # fmt: skip
    hub.told.card_answers[CARD] = answer
    keyboard.scan()
    qtbot.waitUntil(lambda: hub.told.met == [(CARD, "trapeze/salle")])
    assert not page.isVisible()
    assert window.isActiveWindow()
    assert page.bar.title.text() == "Accueil"


def test_a_card_at_a_seat_of_another_place_says_so(
    page: LivePage, hub: DeskHub, keyboard: Keyboard, qtbot: QtBot
) -> None:
    said = "Cette carte est à un poste d’un autre lieu."
    hub.told.card_answers[CARD] = CardElsewhere()
    keyboard.scan()
    qtbot.waitUntil(lambda: rows(page) == [said])
    keyboard.key(Qt.Key.Key_Return, "\r")
    assert rows(page) == [said]
    assert page.seat_id == ""


def test_a_hub_that_does_not_answer_asks_for_the_card_again(
    page: LivePage, hub: DeskHub, keyboard: Keyboard, qtbot: QtBot
) -> None:
    hub.told.says_nothing_of_cards = True
    keyboard.scan()
    qtbot.waitUntil(lambda: rows(page) == ["Pas de réponse. Repassez la carte."])


def test_a_card_is_masked_as_soon_as_it_is_read(
    page: LivePage, hub: DeskHub, keyboard: Keyboard, qtbot: QtBot
) -> None:
    hub.told.card_answers[CARD] = CardElsewhere()
    keyboard.scan()
    assert page.bar.search.text() == "•••• 0011"
    qtbot.waitUntil(lambda: rows(page) == ["Cette carte est à un poste d’un autre lieu."])
    assert page.bar.search.text() == "•••• 0011"
    assert not any(CARD in one.path for one in hub.seen)
    # The next card takes its place.
    keyboard.scan("20481000000029")
    qtbot.waitUntil(lambda: hub.told.cards == [CARD, "20481000000029"])


def test_the_number_of_a_seat_typed_anywhere_leads_to_it(
    page: LivePage, hub: DeskHub, keyboard: Keyboard
) -> None:
    page.sites.cards["perret"].setFocus()
    keyboard.digits("12", gap=HAND)
    assert page.bar.search.text() == "12"
    assert told(rows(page)[0]) == "Poste 12 · Médiathèque du Trapèze · Occupé"
    keyboard.key(Qt.Key.Key_Return, "\r")
    assert page.seat_id == "trapeze/salle/12"
    assert hub.told.cards == []


def test_escape_leads_back_to_where_the_keyboard_was(page: LivePage, keyboard: Keyboard) -> None:
    card = page.sites.cards["perret"]
    card.setFocus()
    keyboard.digits("3", gap=HAND)
    keyboard.key(Qt.Key.Key_Escape)
    keyboard.key(Qt.Key.Key_Escape)
    assert page.bar.search.text() == ""
    assert card.hasFocus()


def test_a_card_passed_while_a_message_is_written_is_neither_in_it_nor_lost(
    page: LivePage, hub: DeskHub, keyboard: Keyboard, qtbot: QtBot
) -> None:
    hub.told.card_answers[CARD] = CardSeated(seat_id=CLUB, site_id="perret")
    page.show_seat(SEVENTH)
    page.panel.acts.message.click()
    text = page.panel.message.text
    text.setPlainText("Bonjour, au ")
    text.moveCursor(text.textCursor().MoveOperation.End)
    keyboard.digits("3", gap=HAND)
    written = text.toPlainText()
    assert written.startswith("Bonjour, au ")
    assert len(written) == len("Bonjour, au ") + 1

    keyboard.scan()

    assert text.toPlainText() == written
    assert page.bar.search.edit.hasFocus()
    qtbot.waitUntil(lambda: bool(rows(page)) and "poste 2" in told(rows(page)[0]))
    # The key of the reader takes nothing: a message is being written to somebody else.
    assert page.seat_id == SEVENTH
    assert not page.panel.message.isHidden()
    keyboard.key(Qt.Key.Key_Escape)
    keyboard.key(Qt.Key.Key_Escape)
    assert text.hasFocus()
    assert text.toPlainText() == written
    assert hub.told.asks == []


def test_digits_typed_by_hand_stay_in_a_message(
    page: LivePage, hub: DeskHub, window: DeskWindow
) -> None:
    page.show_seat(SEVENTH)
    page.panel.acts.message.click()
    Keyboard(window).digits("0146123456", gap=HAND)
    assert page.panel.message.sentence() == "0146123456"
    assert page.bar.search.text() == ""


def test_a_card_passed_at_a_question_answers_nothing(
    page: LivePage, hub: DeskHub, keyboard: Keyboard
) -> None:
    page.show_seat(SEVENTH)
    page.panel.acts.end.click()
    assert page.question.stay.hasFocus()
    keyboard.scan()
    assert page.question.is_open()
    assert page.question.stay.hasFocus()
    assert hub.told.cards == []


def test_an_observer_may_pass_no_card(
    window: DeskWindow, desk: Desk, hub: DeskHub, qtbot: QtBot, keyboard: Keyboard
) -> None:
    hub.told.roles = (Role.OBSERVER,)
    page = come_in(window, desk, qtbot)
    assert page.bar.search.edit.accessibleName() == "Chercher un poste"
    keyboard.scan()
    assert page.bar.search.frame.is_wrong
    assert hub.told.cards == []
    page.view.floor.cards[SEVENTH].setFocus()
    keyboard.digits("7", gap=HAND)
    assert "Poste 7" in told(rows(page)[0])


def test_what_was_looked_for_before_is_not_taken_for_the_next_card(
    page: LivePage, hub: DeskHub, keyboard: Keyboard, qtbot: QtBot
) -> None:
    hub.told.card_answers[CARD] = CardSeated(seat_id=SEVENTH, site_id="trapeze")
    keyboard.scan(enter=False)
    qtbot.waitUntil(lambda: hub.told.cards == [CARD])
    keyboard.digits("2", gap=HAND)
    page.show_card(CardSeated(seat_id=SEVENTH, site_id="trapeze"))
    assert told(rows(page)[0]).startswith("Poste 2")
