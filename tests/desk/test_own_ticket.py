"""Somebody's own ticket at the board of a room: seen, stepped away from, given back."""

from datetime import datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_state import GIVEN_BACK, HAS_ONE, OWN, OWN_AWAY, TAKEN, Stage
from admin_console.desk.room_board.page import BoardPage
from admin_console.desk.room_board.window import BoardWindow
from admin_console.desk.sample import NOW
from kiosk.rules.waiting import ListFault
from kiosk.wire.ticket import ChangeTicket, TicketAct, TicketRefused
from tests.desk.hand import click, told
from tests.desk.hub_double import PASSWORD, DeskHub
from tests.desk.test_room_board import CARD, board_of, drawer, said, scan, window

__all__ = ["drawer", "window"]

Change = tuple[str, TicketAct, datetime | None]


def changes(page: BoardPage) -> list[Change]:
    asked: list[Change] = []
    page.change_asked.connect(lambda *change: asked.append(change))
    return asked


def offered(page: BoardPage) -> list[str]:
    return [told(button.text()) for button in page.own.buttons if button.isVisible()]


def press(page: BoardPage, text: str) -> None:
    click(next(one for one in page.own.buttons if told(one.text()) == text and one.isVisible()))


@pytest.fixture
def page(stage: Stage, qtbot: QtBot) -> BoardPage:
    found = board_of(stage, qtbot)
    scan(found, CARD)
    found.show_answer(OWN)
    return found


def test_a_card_that_has_a_ticket_sees_where_it_stands(page: BoardPage) -> None:
    words = told(page.list.accessibleName())
    assert words == "Votre ticket A-20 1 personne est avant vous. Au plus tard vers 14 h 47."
    assert offered(page) == ["Je reviens plus tard", "Rendre mon ticket"]


def test_a_ticket_is_given_back_after_a_question(page: BoardPage) -> None:
    asked = changes(page)
    press(page, "Rendre mon ticket")
    assert "Rendre le ticket A-20" in said(page)
    press(page, "Garder mon ticket")
    assert offered(page) == ["Je reviens plus tard", "Rendre mon ticket"]
    press(page, "Rendre mon ticket")
    press(page, "Oui, le rendre")
    assert asked == [(CARD, TicketAct.LEAVE, None)]
    press(page, "Oui, le rendre")
    assert len(asked) == 1
    page.show_answer(GIVEN_BACK)
    assert offered(page) == []
    assert "rendu" in said(page)


def test_who_steps_away_chooses_when_to_be_back(page: BoardPage) -> None:
    asked = changes(page)
    press(page, "Je reviens plus tard")
    assert offered(page) == ["14 h 45", "15 h", "15 h 15", "15 h 45", "Retour"]
    press(page, "15 h")
    assert asked == [(CARD, TicketAct.STEP_AWAY, NOW + timedelta(minutes=28))]
    page.show_answer(OWN_AWAY)
    press(page, "Je suis là")
    assert asked[1:] == [(CARD, TicketAct.COME_BACK, None)]


def test_whose_ticket_it_was_is_forgotten_with_the_answer(page: BoardPage) -> None:
    asked = changes(page)
    page._reply_ends.timeout.emit()
    assert offered(page) == []
    page.own.act_asked.emit("", TicketAct.LEAVE, None)
    page.show_answer(OWN)
    assert offered(page) == []
    assert asked == []


def test_the_next_card_is_not_shown_the_ticket_of_the_last(page: BoardPage) -> None:
    scan(page, "2900000000024")
    assert offered(page) == []
    page.show_answer(TicketRefused(unknown_card=True))
    assert offered(page) == []


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (HAS_ONE, "déjà un ticket"),
        (TicketRefused(fault=ListFault.NO_TICKET), "plus dans la liste"),
        (TicketRefused(fault=ListFault.CODES_OUT), "Pas de ticket sans carte"),
    ],
)
def test_what_is_not_to_be_changed_here_is_only_told(
    page: BoardPage, answer: TicketRefused, words: str
) -> None:
    page.show_answer(answer)
    assert offered(page) == []
    assert words in told(said(page))


def test_a_time_that_is_not_possible_leaves_the_ticket_as_it_stands(page: BoardPage) -> None:
    page.show_answer(TicketRefused(fault=ListFault.AFTER_CLOSING, ticket=OWN.ticket))
    assert "pas possible" in said(page)
    assert offered(page) == ["Je reviens plus tard", "Rendre mon ticket"]


def test_a_ticket_just_taken_may_be_changed_at_once(page: BoardPage) -> None:
    page.show_answer(TAKEN)
    assert offered(page) == ["Je reviens plus tard", "Rendre mon ticket"]


def test_the_board_asks_the_hub_for_whoever_stands_there(
    window: BoardWindow, hub: DeskHub, qtbot: QtBot
) -> None:
    window.sign_in.sign_in_asked.emit("tableau", PASSWORD)
    qtbot.waitUntil(lambda: window.page is not None)
    page = window.page
    assert page is not None
    hub.told.taken_answer = OWN
    scan(page, "0007123456")
    qtbot.waitUntil(lambda: page.own.is_shown)
    (_room, taken) = hub.told.taken[0]
    assert (taken.card, taken.guest_pass) == ("0007123456", "0007123456")
    hub.told.ticket_answer = GIVEN_BACK
    press(page, "Rendre mon ticket")
    press(page, "Oui, le rendre")
    qtbot.waitUntil(lambda: not page.own.is_shown)
    wanted = ChangeTicket(card="0007123456", guest_pass="0007123456", act=TicketAct.LEAVE)
    assert hub.told.own_changes == [wanted]
