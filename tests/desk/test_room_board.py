"""The board of a room: what it says from afar, how it takes tickets, and who it is signed in as."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from admin_console.desk.desk import Desk
from admin_console.desk.gallery_state import CODED, STATES, TAKEN, Stage, room_board
from admin_console.desk.models.board import Board
from admin_console.desk.models.estate import EstateBook
from admin_console.desk.room_board.face import room_face
from admin_console.desk.room_board.keeper import Keeper
from admin_console.desk.room_board.page import BoardPage
from admin_console.desk.room_board.panel import LEAST, Panel, write
from admin_console.desk.room_board.window import BoardWindow
from admin_console.desk.sample import NOW, QUIET, TICKETS, a_queuing_town, a_town
from admin_console.desk.ticket_desk import TicketTaker
from kiosk.hublink.client import HubClient
from kiosk.hublink.network import make_manager
from kiosk.hublink.reader import ChangeReader
from kiosk.hublink.secret import SecretsUnavailable
from kiosk.hublink.stream import ChangeStream
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.rules.slot import Ground
from kiosk.wire.change import WaitingChanged
from kiosk.wire.desk import Role
from kiosk.wire.ticket import TicketRefused
from kiosk.wire.waiting import WaitingView
from tests.desk.hand import click, told
from tests.desk.house import CLUB_ROOM
from tests.desk.hub_double import PASSWORD, DeskHub
from tests.helpers.clock import FakeClock

BOARDS = [name for name in STATES if name.startswith("board-")]
CARD = "2900000000017"


def stand(page: BoardPage, qtbot: QtBot) -> BoardPage:
    qtbot.addWidget(page)
    page.resize(1920, 1080)
    page.show()
    page.activateWindow()
    qtbot.waitExposed(page)
    qtbot.waitUntil(page.isActiveWindow)
    return page


def as_board(page: QWidget) -> BoardPage:
    assert isinstance(page, BoardPage)
    return page


def board_of(stage: Stage, qtbot: QtBot, *, quiet: bool = False) -> BoardPage:
    return stand(as_board(room_board(stage, a_town(QUIET) if quiet else a_queuing_town())), qtbot)


def asks(page: BoardPage) -> list[str]:
    asked: list[str] = []
    page.ticket_asked.connect(lambda card: asked.extend([card]))
    return asked


def scan(page: BoardPage, card: str) -> None:
    target = QApplication.focusWidget() or page
    QTest.keyClicks(target, card)
    QTest.keyClick(target, Qt.Key.Key_Return)


def said(page: BoardPage) -> str:
    return told(" | ".join(panel.accessibleName() for panel in page.findChildren(Panel)))


# ------------------------------------------------------------------------------------ the words


def test_called_tickets_stand_beside_their_seats_and_the_next_ones_beside_their_hours(
    stage: Stage, qtbot: QtBot
) -> None:
    page = board_of(stage, qtbot)
    assert told(page.call.accessibleName()) == (
        "A-17, c’est à vous : poste 6. A-18, c’est à vous : poste 4."
    )
    assert told(page.list.accessibleName()) == (
        "Ensuite, 3 personnes, A-19 au plus tard vers 14 h 36, "
        "A-20 au plus tard vers 14 h 47, A-21 revient à 14 h 50"
    )
    plates = [told(plate.accessibleName()) for plate in page.plates]
    assert plates[:6] == [
        "1, Occupé, jusqu’à 14 h 54",
        "2, Occupé, jusqu’à 15 h 10",
        "3, Bientôt fini, jusqu’à 14 h 36",
        "4, Réservé, pour A-18",
        "5, Occupé, jusqu’à 15 h 23",
        "6, Réservé, pour A-17",
    ]


@pytest.mark.parametrize("name", BOARDS)
@pytest.mark.parametrize("code", ["fr", "en"])
def test_no_board_names_staff_or_tells_why_a_seat_is_broken(
    stage: Stage, name: str, code: str, qtbot: QtBot
) -> None:
    stage.language.use("en" if code == "en" else "fr")
    page = STATES[name](stage)
    assert isinstance(page, BoardPage)
    qtbot.addWidget(page)
    words = said(page).casefold()
    for word in ("agent", "accueil", "desk", "staff", "clavier", "souris"):
        assert word not in words
    page.stop()


def test_nothing_is_written_smaller_than_what_is_read_from_afar(look: Look) -> None:
    image = QImage(400, 100, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    room = QRectF(0, 0, 90, 60)
    wide = write(painter, look, "Prochaine place", room, 60, look.colour("ink"))
    assert painter.font().pixelSize() == LEAST
    assert wide <= room.width()
    painter.end()


def test_free_seats_are_named_and_nobody_is_asked_to_wait(stage: Stage, qtbot: QtBot) -> None:
    page = board_of(stage, qtbot, quiet=True)
    assert "Places libres" in page.call.accessibleName()
    assert "Personne n’attend." in page.list.accessibleName()


def test_a_room_that_is_unknown_has_no_board() -> None:
    board = Board(EstateBook(a_town()), NOW)
    assert room_face(board, "nowhere") is None


def test_a_stale_board_says_so_and_takes_no_ticket(stage: Stage, qtbot: QtBot) -> None:
    page = board_of(stage, qtbot)
    asked = asks(page)
    page.show_lost(NOW)
    assert "Pas de nouvelles depuis 14 h 32." in said(page)
    assert not page.take.isVisible()
    scan(page, CARD)
    assert asked == []


def takes_tickets(page: BoardPage) -> bool:
    return page._face is not None and page._face.takes_tickets


def test_a_board_gives_tickets_without_a_card_also_where_nobody_is_there(
    stage: Stage, qtbot: QtBot
) -> None:
    page = stand(as_board(room_board(stage, a_town(), room="perret-room")), qtbot)
    assert page.take.isVisible()


# ------------------------------------------------------------------------------------- tickets


def test_a_card_takes_a_ticket_even_while_the_button_has_the_keyboard(
    stage: Stage, qtbot: QtBot
) -> None:
    page = board_of(stage, qtbot)
    asked = asks(page)
    page.take.setFocus()
    scan(page, CARD)
    assert asked == [CARD]
    page.show_answer(TAKEN)
    assert told(page.list.accessibleName()) == (
        "Votre ticket A-22 Au plus tard vers 15 h 10. Votre carte ouvre votre poste."
    )


def test_the_button_asks_once_until_its_answer_has_been_read(stage: Stage, qtbot: QtBot) -> None:
    page = board_of(stage, qtbot)
    asked = asks(page)
    click(page.take)
    assert not page.take.isEnabled()
    click(page.take)
    assert asked == [""]
    page.show_answer(CODED)
    assert "Code 042" in told(page.list.accessibleName())
    click(page.take)
    assert asked == [""]
    page._reply_ends.timeout.emit()
    assert "Ensuite" in page.list.accessibleName()
    click(page.take)
    assert asked == ["", ""]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (TicketRefused(ground=Ground.TOO_YOUNG, minimum_age=55), "55 ans"),
        (TicketRefused(ground=Ground.NO_AUTHORISATION), "autorisation"),
        (TicketRefused(ground=Ground.NOT_RESIDENT), "habitants"),
        (TicketRefused(ground=Ground.CARD_EXPIRED), "plus valable"),
        (TicketRefused(ground=Ground.NOT_ADMITTED), "n’ouvre pas"),
    ],
)
def test_a_board_says_why_a_room_does_not_admit_somebody(
    stage: Stage, qtbot: QtBot, answer: TicketRefused, told: str
) -> None:
    page = board_of(stage, qtbot)
    page.show_answer(answer)

    assert told in said(page)


def test_a_few_stray_digits_are_no_card(stage: Stage, qtbot: QtBot) -> None:
    page = board_of(stage, qtbot)
    asked = asks(page)
    scan(page, "12")
    scan(page, "1" * 21)
    assert asked == []


# -------------------------------------------------------------------------------- the program


class Drawer:
    """Secrets in memory; `is_shut` lets none in or out."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.is_shut = False

    def _open(self) -> None:
        if self.is_shut:
            raise SecretsUnavailable

    def read(self, name: str) -> str | None:
        self._open()
        return self.kept.get(name)

    def write(self, name: str, value: str) -> None:
        self._open()
        self.kept[name] = value

    def forget(self, name: str) -> None:
        self._open()
        self.kept.pop(name, None)


@pytest.fixture
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture
def window(
    hub: DeskHub, clock: FakeClock, look: Look, drawer: Drawer, qtbot: QtBot
) -> Iterator[BoardWindow]:
    hub.told.roles = (Role.OBSERVER,)
    manager = make_manager()
    client = HubClient(manager, hub.url, parent=manager)
    stream = ChangeStream(client, manager, pause_seconds=lambda _failures, _draw: 0.02)
    seeds = iter(range(1, 1_000_000))
    entropy = lambda length: next(seeds).to_bytes(length, "big")  # noqa: E731
    desk = Desk(client, stream, ChangeReader(client, manager), clock.wall, entropy, manager)
    taker = TicketTaker(client, CLUB_ROOM.room_id, desk.now, entropy, manager)
    window = BoardWindow(desk, taker, look, Language("fr"), Keeper(drawer), CLUB_ROOM.room_id)
    qtbot.addWidget(window)
    window.resize(1920, 1080)
    window.show()
    yield window
    window.close()
    manager.deleteLater()


def test_a_board_keeps_the_account_that_was_typed_and_signs_in_again_by_itself(
    window: BoardWindow, hub: DeskHub, drawer: Drawer, qtbot: QtBot
) -> None:
    window.begin()
    assert window.sign_in.isVisible()
    window.sign_in.sign_in_asked.emit("tableau", PASSWORD)
    qtbot.waitUntil(lambda: window.page is not None)
    assert drawer.kept == {"board_account": "tableau", "board_password": PASSWORD}
    page = window.page
    assert page is not None
    hub.forget_sessions()
    hub.change(WaitingChanged(waiting=WaitingView(room_id=CLUB_ROOM.room_id, at=NOW, letter="P",
                                                  tickets=(TICKETS[2],))))  # fmt: skip
    qtbot.waitUntil(lambda: hub.told.estates == 2)
    qtbot.waitUntil(lambda: page is window.page and takes_tickets(page))
    assert "Personne" in page.list.accessibleName()


def test_a_board_that_knows_its_account_opens_alone(
    window: BoardWindow, drawer: Drawer, qtbot: QtBot
) -> None:
    drawer.kept = {"board_account": "tableau", "board_password": PASSWORD}
    window.begin()
    qtbot.waitUntil(lambda: window.page is not None)


def test_an_account_that_is_refused_is_forgotten(
    window: BoardWindow, drawer: Drawer, qtbot: QtBot
) -> None:
    drawer.kept = {"board_account": "tableau", "board_password": "of-last-year"}
    window.begin()
    qtbot.waitUntil(lambda: drawer.kept == {})
    assert window.page is None
    assert window.sign_in.notice.isVisible()


def test_an_account_that_may_act_is_no_account_for_a_public_screen(
    window: BoardWindow, hub: DeskHub, drawer: Drawer, qtbot: QtBot
) -> None:
    hub.told.roles = (Role.AGENT,)
    window.sign_in.sign_in_asked.emit("nadia", PASSWORD)
    qtbot.waitUntil(lambda: hub.sees("DELETE", "/v1/staff/sessions"))
    assert window.page is None
    assert drawer.kept == {}
    assert "peut faire plus que regarder" in window.sign_in.notice.plain()


def test_without_a_place_for_secrets_the_account_lives_as_long_as_the_program(
    window: BoardWindow, drawer: Drawer, expect_log: Callable[..., None], qtbot: QtBot
) -> None:
    drawer.is_shut = True
    expect_log("admin_console.desk.room_board.keeper", "cannot be kept")
    window.sign_in.sign_in_asked.emit("tableau", PASSWORD)
    qtbot.waitUntil(lambda: window.page is not None)
    assert drawer.kept == {}


def test_a_ticket_whose_answer_was_lost_is_asked_for_again_under_the_same_identifier(
    window: BoardWindow, hub: DeskHub, qtbot: QtBot
) -> None:
    window.sign_in.sign_in_asked.emit("tableau", PASSWORD)
    qtbot.waitUntil(lambda: window.page is not None)
    page = window.page
    assert page is not None
    hub.told.taken_answer = TAKEN
    hub.told.loses_tickets = 1
    scan(page, CARD)
    qtbot.waitUntil(lambda: page.list.reply is not None)
    assert "A-22" in told(page.list.accessibleName())
    assert len({ask.ask_id for _room, ask in hub.told.taken}) == 1
    assert {(room, ask.card) for room, ask in hub.told.taken} == {(CLUB_ROOM.room_id, CARD)}


def test_an_unknown_card_and_a_silent_hub_are_said_apart(
    window: BoardWindow, hub: DeskHub, qtbot: QtBot
) -> None:
    window.sign_in.sign_in_asked.emit("tableau", PASSWORD)
    qtbot.waitUntil(lambda: window.page is not None)
    page = window.page
    assert page is not None
    hub.told.taken_answer = TicketRefused(unknown_card=True)
    page.ticket_asked.emit(CARD)
    qtbot.waitUntil(lambda: "Cette carte n’est pas connue" in page.list.accessibleName())
    hub.told.loses_tickets = 5
    page.ticket_asked.emit(CARD)
    qtbot.waitUntil(lambda: "Aucun ticket n’a pu être pris" in page.list.accessibleName())


def test_the_clock_of_the_board_goes_on(stage: Stage, qtbot: QtBot) -> None:
    page = board_of(stage, qtbot)
    board = Board(EstateBook(a_queuing_town()), NOW)
    board.settle(NOW + timedelta(minutes=2))
    face = room_face(board, "trapeze-room")
    assert face is not None
    page.show_face(face)
    assert "14:34" in page.band.accessibleName()
    assert page.call.called[0].hold_minutes == 1
