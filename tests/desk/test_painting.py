"""What a burst of changes costs: only the cards that look different paint again."""

from collections import Counter
from zoneinfo import ZoneInfo

import msgspec
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_state import Stage
from admin_console.desk.models.board import Board
from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.parts.floor import SeatCard
from admin_console.desk.parts.sites_column import SiteCard
from admin_console.desk.parts.top_bar import TopBar
from kiosk.look.phrase import Phrase
from kiosk.wire.change import Change, ChangesPage, SeatChanged
from kiosk.wire.desk import Estate, RoomEstate, SiteEstate
from tests.desk.house import NOW, a_room, a_seat, a_site, a_slot

SEATS = 48
BURST = 500
MOVED = (3, 17, 40)


class Painted(QObject):
    """Counts the paint events of cards."""

    def __init__(self) -> None:
        super().__init__()
        self.times: Counter[str] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            if isinstance(watched, SeatCard):
                self.times[watched.seat_id] += 1
            elif isinstance(watched, SiteCard):
                self.times[watched.site_id] += 1
        return False


def big_town() -> Estate:
    room, other = a_room("big"), a_room("other")
    seats = tuple(
        a_seat(room, number, slot=a_slot(20.5 + number, number=number))
        for number in range(1, SEATS + 1)
    )
    return Estate(
        cursor=0,
        hub_time=NOW,
        sites=(
            SiteEstate(
                site=a_site("big", "Grande salle"), rooms=(RoomEstate(room=room, seats=seats),)
            ),
            SiteEstate(
                site=a_site("other", "Autre"),
                rooms=(RoomEstate(room=other, seats=(a_seat(other, 1),)),),
            ),
        ),
    )


def test_a_burst_of_500_changes_paints_three_cards_once(stage: Stage, qtbot: QtBot) -> None:
    board = Board(EstateBook(big_town()), NOW)
    wording = Wording(stage.language, Phrase(stage.language, ZoneInfo("Europe/Paris")))
    bar = TopBar(stage.look, stage.language, wording.phrase)
    qtbot.addWidget(bar)
    page = LivePage(stage.look, stage.guard, wording, board, bar, may_act=True)
    qtbot.addWidget(page)
    # High enough for all cards: what is scrolled away would paint nothing anyway.
    page.resize(1440, 2400)
    page.show()
    qtbot.waitExposed(page)
    QApplication.processEvents()
    painted = Painted()
    watched = [*page.view.floor.cards.values(), *page.sites.cards.values()]
    for widget in watched:
        widget.installEventFilter(painted)
    # Nearly all of the burst repeats what is known: reports without news.
    changes = []
    for n in range(1, BURST + 1):
        number = 1 + n % SEATS
        seat = board.book.seat(f"big/salle/{number}")
        assert seat is not None
        if number in MOVED and n > BURST - SEATS:
            seat = msgspec.structs.replace(seat, slot=None)
        changes.append(Change(n=n, at=NOW, body=SeatChanged(seat=seat)))
    for start in range(0, BURST, 100):
        part = changes[start : start + 100]
        board.touch(board.book.apply_page(ChangesPage(changes=tuple(part), cursor=part[-1].n)))
        page.settle(board.settle(NOW))
    QApplication.processEvents()
    assert board.book.cursor == BURST
    assert painted.times == {
        **{f"big/salle/{number}": 1 for number in MOVED},
        "big": 1,
    }


def test_nothing_new_paints_nothing(stage: Stage, qtbot: QtBot) -> None:
    board = Board(EstateBook(big_town()), NOW)
    wording = Wording(stage.language, Phrase(stage.language, ZoneInfo("Europe/Paris")))
    bar = TopBar(stage.look, stage.language, wording.phrase)
    qtbot.addWidget(bar)
    page = LivePage(stage.look, stage.guard, wording, board, bar, may_act=True)
    qtbot.addWidget(page)
    page.resize(1440, 900)
    page.show()
    qtbot.waitExposed(page)
    QApplication.processEvents()
    painted = Painted()
    for widget in (*page.view.floor.cards.values(), *page.sites.cards.values()):
        widget.installEventFilter(painted)
    page.show_time(NOW)
    page.settle(board.settle(NOW))
    QApplication.processEvents()
    assert painted.times == {}
