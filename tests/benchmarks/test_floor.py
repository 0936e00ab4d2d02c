"""How smoothly the desk paints: a full floor whose 48 stations all change in every picture."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from zoneinfo import ZoneInfo

import msgspec
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.models.board import Board
from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.parts.top_bar import TopBar
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.phrase import Phrase
from kiosk.wire.change import Change, ChangesPage, SeatChanged
from kiosk.wire.codec import LARGEST_ANSWER, decode, encode
from tests.benchmarks.table import Table, quantile
from tests.desk.house import NOW, a_slot
from tests.desk.test_painting import SEATS, big_town

PICTURES = 300
BUDGET_RATE = 60
BUDGET_WORST = 0.050
SCREEN = (1920, 1200)
"""Large enough for all cards at once: what is scrolled away would cost nothing."""


@contextmanager
def one_core() -> Iterator[None]:
    """Run on one core of those this process may use."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def test_pictures_of_the_live_floor(qapp: QApplication, qtbot: QtBot, table: Table) -> None:
    look = Look.for_program(qapp, "console")
    guard = Guard(qapp, look.tokens.behaviour, time.monotonic)
    language = Language("fr")
    board = Board(EstateBook(big_town()), NOW)
    wording = Wording(language, Phrase(language, ZoneInfo("Europe/Paris")))
    bar = TopBar(look, language, wording.phrase)
    qtbot.addWidget(bar)
    page = LivePage(look, guard, wording, board, bar, may_act=True)
    qtbot.addWidget(page)
    page.resize(*SCREEN)
    page.show()
    qtbot.waitExposed(page)
    qapp.processEvents()
    cards = list(page.view.floor.cards.values())
    assert len(cards) == SEATS
    assert not any(card.visibleRegion().isEmpty() for card in cards)

    for name, moving in (("all change", SEATS), ("one changes", 1)):
        pages = list(news(board, moving))
        seconds = []
        with one_core():
            for body in pages:
                started = time.perf_counter()
                show(page, board, body)
                qapp.processEvents()
                seconds.append(time.perf_counter() - started)
        rate = len(seconds) / sum(seconds)
        worst = max(seconds)
        table.add(
            f"pictures of a floor of {SEATS} stations, {name} in each",
            f"{rate:.0f}/s on one core ({rate / BUDGET_RATE:.1f} of budget)",
            "≥ 60/s on one core",
        )
        table.add(
            "  from the bytes of the hub to the painted picture",
            f"p50 {quantile(seconds, 0.5) * 1000:.1f} ms, worst {worst * 1000:.1f} ms"
            f" ({worst / BUDGET_WORST:.2f} of budget)",
            "none over 50 ms",
        )
    qapp.removeEventFilter(guard)
    guard.deleteLater()
    qapp.setStyleSheet("")


def news(board: Board, moving: int) -> Iterator[bytes]:
    """Yield pages of changes in which so many stations have another minute left."""
    n = board.book.cursor
    for picture in range(PICTURES):
        changes = []
        for step in range(moving):
            number = 1 + (picture + step) % SEATS
            seat = board.book.seat(f"big/salle/{number}")
            assert seat is not None
            slot = a_slot(5.5 + (picture * 7 + step) % 54, number=number)
            n += 1
            body = SeatChanged(seat=msgspec.structs.replace(seat, slot=slot))
            changes.append(Change(n=n, at=NOW + timedelta(seconds=picture), body=body))
        yield encode(ChangesPage(changes=tuple(changes), cursor=n))


def show(page: LivePage, board: Board, body: bytes) -> None:
    """Take a page of changes in, as the desk does."""
    told: ChangesPage = decode(body, ChangesPage, LARGEST_ANSWER)
    board.touch(board.book.apply_page(told))
    page.settle(board.settle(NOW))
