"""Who waits, as the desk shows it: tickets, held seats, the next place, and what staff may do."""

from datetime import timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.desk import Desk
from admin_console.desk.gallery_state import WATCHER, Stage, live
from admin_console.desk.models.board import Board
from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.notice import next_free
from admin_console.desk.models.ticket_stand import how_many_wait
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.sample import NOW, TICKETS, a_queuing_town, a_ticket, a_town
from admin_console.desk.window import DeskWindow
from kiosk.hublink.failure import Failure, Reason
from kiosk.rules.seat import SeatState
from kiosk.rules.ticket import TicketState
from kiosk.rules.waiting import ListFault
from kiosk.wire.change import Change, WaitingChanged
from kiosk.wire.problem import ProblemCode
from kiosk.wire.ticket import TicketAct, TicketChanged, TicketRefused
from kiosk.wire.waiting import TicketView, WaitingView
from tests.desk.hand import click, press, shown, told
from tests.desk.house import CLUB_ROOM
from tests.desk.hub_double import PASSWORD, DeskHub

ROOM = "trapeze-room"
MINUTE = timedelta(minutes=1)


def a_list(*tickets: TicketView, room_id: str = ROOM) -> WaitingView:
    return WaitingView(room_id=room_id, at=NOW, letter="A", tickets=tickets)


def tell(board: Board, *tickets: TicketView) -> None:
    body = WaitingChanged(waiting=a_list(*tickets))
    board.touch(board.book.apply(Change(n=board.book.cursor + 1, at=NOW, body=body)))


@pytest.fixture
def board() -> Board:
    return Board(EstateBook(a_queuing_town()), NOW)


@pytest.fixture
def queuing(stage: Stage, qtbot: QtBot) -> LivePage:
    return shown(live(stage, estate=a_queuing_town()), qtbot).page


Asked = list[tuple[str, int, TicketAct]]


def wishes(page: LivePage) -> Asked:
    asked: Asked = []
    page.ticket_asked.connect(lambda *one: asked.append(one))
    return asked


# -------------------------------------------------------------------------------------- models


def test_a_held_seat_names_its_ticket_and_counts_its_minutes_down(board: Board) -> None:
    held = board.seat("trapeze-6")
    assert held is not None
    assert (held.state, held.ticket, held.hold_minutes) == (SeatState.HELD, "A-17", 3)
    due = board.next_change()
    assert due is not None
    assert due <= NOW + MINUTE
    difference = board.settle(NOW + MINUTE)
    assert {"trapeze-4", "trapeze-6"} <= difference.seats
    later = board.seat("trapeze-6")
    assert later is not None
    assert later.hold_minutes == 2


def test_no_seat_is_free_while_a_ticket_waits_without_one() -> None:
    places = a_town().sites[0].rooms[0].seats
    assert len(places) == 12
    board = Board(EstateBook(a_queuing_town((a_ticket(1, 5),))), NOW)
    states = [stand.state for stand in board.seats_of("trapeze")]
    assert SeatState.FREE not in states
    assert states.count(SeatState.HELD) == 2
    tell(board)
    board.settle(NOW)
    assert [s.state for s in board.seats_of("trapeze")].count(SeatState.FREE) == 2


def test_who_is_away_for_longer_leaves_the_seats_free_until_ten_minutes_before_the_return() -> None:
    board = Board(EstateBook(a_queuing_town((a_ticket(1, 5, back=18),))), NOW)
    assert board.seat("trapeze-4").state is SeatState.FREE  # type: ignore[union-attr]
    board.settle(NOW + 8 * MINUTE)
    assert board.seat("trapeze-4").state is SeatState.HELD  # type: ignore[union-attr]


def test_a_ticket_whose_holder_still_sits_keeps_no_seat_from_being_free() -> None:
    seated = msgspec.structs.replace(a_ticket(1, 5), sits_until=NOW + 4 * MINUTE)
    board = Board(EstateBook(a_queuing_town((seated,))), NOW)
    assert board.seat("trapeze-4").state is SeatState.FREE  # type: ignore[union-attr]


def test_called_tickets_come_first_and_only_the_others_wait(board: Board) -> None:
    tell(board, a_ticket(1, 50, expected=9, at_seat=1), a_ticket(2, 40, seat=6, held=9))
    difference = board.settle(NOW)
    assert difference.waiting == {"trapeze"}
    (stands,) = board.tickets_of("trapeze")
    assert [stand.label for stand in stands] == ["A-02", "A-01"]
    assert how_many_wait(stands) == 1
    tally = board.site("trapeze")
    assert tally is not None
    assert tally.waiting == 1


def test_an_estimate_that_moves_is_news_and_the_same_list_is_none(board: Board) -> None:
    tell(board, *TICKETS[:-1], a_ticket(21, 12, expected=40, at_seat=2, back=18))
    assert board.settle(NOW).waiting == {"trapeze"}
    tell(board, *TICKETS[:-1], a_ticket(21, 12, expected=40, at_seat=2, back=18))
    assert not board.settle(NOW)


def test_the_next_free_place_is_the_one_that_the_first_ticket_may_expect(board: Board) -> None:
    found = next_free(board, "trapeze")
    assert found is not None
    assert found.ending is not None
    assert found.ticket is not None
    assert (found.ending.number, found.ticket.label, found.minutes) == (3, "A-19", 4)


def test_a_hub_that_tells_no_waiting_list_leaves_everything_as_it_was() -> None:
    estate = a_queuing_town()
    site = estate.sites[0]
    room = msgspec.structs.replace(site.rooms[0], waiting=None)
    bare = msgspec.structs.replace(
        estate, sites=(msgspec.structs.replace(site, rooms=(room,)), *estate.sites[1:])
    )
    board = Board(EstateBook(bare), NOW)
    assert board.tickets_of("trapeze") == ()
    assert board.seat("trapeze-4").state is SeatState.FREE  # type: ignore[union-attr]


# ---------------------------------------------------------------------------------------- page


def test_the_panel_tells_each_ticket_and_the_site_how_many_wait(queuing: LivePage) -> None:
    rows = queuing.overview.waiting.rows
    assert [(told(r.head.fact.plain()), told(r.head.line.plain())) for r in rows.values()] == [
        ("Appelé, poste 6", "gardé encore 3 min"),
        ("Appelé, poste 4", "gardé encore 10 min"),
        ("vers 14 h 36", "attend depuis 27 min"),
        ("vers 14 h 47", "attend depuis 20 min"),
        ("vers 14 h 54", "revient à 14 h 50"),
    ]
    assert queuing.overview.waiting.count.text == "3 attendent"
    assert "3 attendent" in queuing.sites.cards["trapeze"].accessibleName()
    assert told(queuing.overview.next.line.plain()) == "vers 14 h 36, pour A-19"


def test_the_first_called_ticket_shows_what_can_be_done(queuing: LivePage) -> None:
    asked = wishes(queuing)
    row = queuing.overview.waiting.rows[ROOM, 17]
    click(row.again)
    assert asked == [(ROOM, 17, TicketAct.CALL_AGAIN)]
    assert not row.again.isEnabled(), "the same wish goes once until it is answered"


def test_a_ticket_leaves_the_list_only_after_a_question(queuing: LivePage) -> None:
    asked = wishes(queuing)
    row = queuing.overview.waiting.rows[ROOM, 19]
    row.head.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Return)
    assert not queuing.overview.waiting.rows[ROOM, 17].gone.isVisible()
    click(row.gone)
    assert asked == []
    assert QApplication.focusWidget() is row.keep
    press(Qt.Key.Key_Space)
    assert asked == []
    click(row.gone)
    click(row.confirm)
    assert asked == [(ROOM, 19, TicketAct.LEAVE)]


def test_who_is_away_can_be_told_back(queuing: LivePage) -> None:
    asked = wishes(queuing)
    row = queuing.overview.waiting.rows[ROOM, 21]
    click(row.head)
    assert not row.again.isVisible()
    click(row.back)
    assert asked == [(ROOM, 21, TicketAct.COME_BACK)]


def test_an_observer_sees_the_list_and_can_do_nothing(stage: Stage, qtbot: QtBot) -> None:
    page = shown(live(stage, estate=a_queuing_town(), person=WATCHER), qtbot).page
    asked = wishes(page)
    for row in page.overview.waiting.rows.values():
        click(row.head)
        assert not row.gone.isVisible()
        assert row.tab_stops() == []
    assert asked == []


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (TicketRefused(fault=ListFault.SEAT_NOT_FREE), "Aucun poste n’est gardé pour A-17"),
        (TicketRefused(fault=ListFault.NO_TICKET), "A-17 n’est plus sur la liste"),
        (Failure(Reason.TIMEOUT), "peut-être rien n’a été fait pour A-17"),
    ],
)
def test_what_did_not_work_is_said_and_may_be_tried_again(
    queuing: LivePage, answer: object, says: str
) -> None:
    row = queuing.overview.waiting.rows[ROOM, 17]
    click(row.again)
    queuing.show_ticket_answer(ROOM, 17, answer)
    trouble = queuing.overview.waiting.trouble
    assert trouble.isVisible()
    assert says in told(trouble.plain())
    assert row.again.isEnabled()
    queuing.show_site("landowski")
    queuing.show_site("trapeze")
    assert not trouble.isVisible()


def test_the_keyboard_stays_in_the_list_when_its_ticket_goes(queuing: LivePage) -> None:
    rows = queuing.overview.waiting.rows
    rows[ROOM, 19].head.setFocus(Qt.FocusReason.TabFocusReason)
    board = queuing.board
    tell(board, *(one for one in TICKETS if one.number != 19))
    queuing.settle(board.settle(NOW))
    assert QApplication.focusWidget() is queuing.overview.waiting.rows[ROOM, 20].head


def test_the_list_goes_when_nobody_waits_any_more(queuing: LivePage) -> None:
    tell(queuing.board)
    queuing.settle(queuing.board.settle(NOW))
    assert not queuing.overview.waiting.isVisible()
    assert queuing.overview.heading.isVisible()


# ---------------------------------------------------------------------------------- the program


def test_a_wish_goes_to_the_hub_and_the_list_comes_back_by_its_changes(
    desk: Desk, window: DeskWindow, hub: DeskHub, qtbot: QtBot
) -> None:
    room_id = CLUB_ROOM.room_id
    hub.change(WaitingChanged(waiting=a_list(a_ticket(3, 9, seat=1, held=4), room_id=room_id)))
    desk.sign_in("nadia", PASSWORD)
    qtbot.waitUntil(lambda: window.page is not None)
    page = window.page
    assert page is not None
    hub.change(WaitingChanged(waiting=a_list(a_ticket(3, 9, seat=1, held=4), room_id=room_id)))
    page.show_site("perret")
    qtbot.waitUntil(lambda: (room_id, 3) in page.overview.waiting.rows)
    ticket = a_ticket(3, 9, seat=1, held=10)
    hub.told.ticket_answer = TicketChanged(ticket=ticket)
    click(page.overview.waiting.rows[room_id, 3].again)
    qtbot.waitUntil(lambda: hub.told.ticket_acts == [(room_id, 3, TicketAct.CALL_AGAIN)])
    hub.change(WaitingChanged(waiting=a_list(ticket, room_id=room_id)))
    row = page.overview.waiting.rows[room_id, 3]
    qtbot.waitUntil(lambda: row.ticket.hold_minutes == 10)
    assert row.ticket.state is TicketState.CALLED
    assert row.again.isEnabled()


def test_a_refusal_of_the_hub_is_said_and_an_expired_session_leaves(
    desk: Desk, window: DeskWindow, hub: DeskHub, qtbot: QtBot
) -> None:
    desk.sign_in("nadia", PASSWORD)
    qtbot.waitUntil(lambda: window.page is not None)
    page = window.page
    assert page is not None
    answers: list[object] = []
    desk.tickets.answered.connect(lambda _room, _number, answer: answers.append(answer))
    hub.told.ticket_problem = ProblemCode.NOT_ALLOWED
    desk.tickets.change(CLUB_ROOM.room_id, 3, TicketAct.LEAVE)
    desk.tickets.change(CLUB_ROOM.room_id, 3, TicketAct.LEAVE)
    qtbot.waitUntil(lambda: len(answers) == 1)
    assert isinstance(answers[0], Failure)
    assert len(hub.told.ticket_acts) == 1
    hub.forget_sessions()
    desk.tickets.change(CLUB_ROOM.room_id, 3, TicketAct.LEAVE)
    qtbot.waitUntil(lambda: window.page is None)
