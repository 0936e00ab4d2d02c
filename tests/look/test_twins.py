"""The pictures of the design beside their twins: all there, small, and listed."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter

from admin_console.desk.gallery_state import STATES
from kiosk.look.gallery import SHEETS
from kiosk.shell.sample_page import samples
from tests.look.twins import (
    COLOURS,
    FOLDER,
    GAP,
    MOST_BYTES,
    TWINS,
    WIDTH,
    lay_side_by_side,
    page_of,
    reduce_colours,
)


def test_every_twin_is_there_and_nothing_else_is() -> None:
    there = {path.stem for path in FOLDER.glob("*.png")}
    assert there == {twin.mockup for twin in TWINS}


def test_all_twins_together_are_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < MOST_BYTES


def test_the_page_says_what_is_there() -> None:
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == page_of(TWINS)


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.mockup)
def test_a_twin_is_a_picture_of_both_halves(twin: object) -> None:
    name = getattr(twin, "mockup", "")
    picture = QImage(str(FOLDER / f"{name}.png"))
    assert picture.width() == 2 * WIDTH + GAP
    assert picture.height() > WIDTH // 3


def test_every_twin_is_a_view_of_a_gallery() -> None:
    known = {
        "kiosk": {sample.name for sample in samples()},
        "desk": set(STATES),
        "parts": set(SHEETS),
    }
    wanted = {(twin.kind, name) for twin in TWINS for name in twin.samples}
    assert {pair for pair in wanted if pair[1] not in known[pair[0]]} == set()


def test_both_halves_get_the_same_width() -> None:
    sheet = lay_side_by_side(_painted(QSize(1920, 1080)), _painted(QSize(1440, 900)))
    assert sheet.size() == QSize(2 * WIDTH + GAP, round(WIDTH * 900 / 1440))


def test_few_colours_keep_the_flat_grounds_and_stay_near_elsewhere() -> None:
    picture = _painted(QSize(400, 100))
    few = reduce_colours(picture)
    assert len(few.colorTable()) <= COLOURS
    assert few.pixelColor(5, 5) == picture.pixelColor(5, 5)
    for across in range(0, 400, 7):
        one, two = few.pixelColor(across, 60), picture.pixelColor(across, 60)
        assert abs(one.red() - two.red()) + abs(one.blue() - two.blue()) < 12


def _painted(size: QSize) -> QImage:
    """Return a flat half and one of more colours than a palette has."""
    picture = QImage(size, QImage.Format.Format_RGB32)
    picture.fill(QColor("#0f4c5c"))
    painter = QPainter(picture)
    for across in range(size.width()):
        for down in range(size.height() // 2, size.height()):
            painter.setPen(QColor.fromHsv(0, 0, across % 256))
            painter.drawPoint(across, down)
    painter.end()
    return picture
