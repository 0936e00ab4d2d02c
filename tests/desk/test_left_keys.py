"""A forgotten USB key: told at the desk since when, at its seat, until it is taken."""

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_key import SITE, with_keys
from admin_console.desk.gallery_stage import Stage, live
from admin_console.desk.models.board import Board
from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.notice import NoticeKind, notices
from admin_console.desk.sample import NOW
from tests.desk.hand import shown


@pytest.fixture
def board() -> Board:
    return Board(EstateBook(with_keys()), NOW)


def test_each_forgotten_key_is_a_line_the_oldest_first(board: Board) -> None:
    found = notices(board, SITE)
    assert [(one.kind, one.numbers) for one in found] == [
        (NoticeKind.KEY, (7,)),
        (NoticeKind.KEY, (3,)),
    ]
    assert NoticeKind.KEY not in {one.kind for one in notices(board, "landowski")}


def test_a_key_that_was_taken_is_told_no_more(board: Board) -> None:
    for number in (3, 7):
        seat = board.book.seat(f"{SITE}-{number}")
        assert seat is not None
        board.book._take_seat(replace(seat, key_left_at=None))
    assert notices(Board(board.book, NOW), SITE) == ()


def test_the_line_says_since_when_and_the_seat_says_it_too(stage: Stage, qtbot: QtBot) -> None:
    stage.language.use("fr")
    house = shown(live(stage, estate=with_keys(), seat=f"{SITE}-7"), qtbot)
    (first, _second) = house.page.overview.lines
    said = first.words.accessibleName().replace("\u00a0", " ")
    assert said.startswith("Poste 7 : une clé USB est oubliée, depuis ")
    panel = house.page.panel
    assert "Une clé USB est oubliée ici." in panel.key.plain()
    assert panel.key.isVisible()
    assert "clé USB oubliée" in panel.accessibleName()
    house.page.show_seat(f"{SITE}-6")
    assert not panel.key.isVisible()
