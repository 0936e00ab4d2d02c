"""From tokens to Qt: stylesheet, palette, fonts, icons."""

import re
from pathlib import Path
from typing import get_args

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontInfo, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk.look.asset import AssetMissing, find_asset
from kiosk.look.font import TEXT_ROLES
from kiosk.look.icon import IconStore, icon_names
from kiosk.look.look import Look
from kiosk.look.theme import Theme
from kiosk.look.token import Program, ThemeName, load_tokens
from tests.look.conftest import MakeLook

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("program", get_args(Program))
@pytest.mark.parametrize("name", get_args(ThemeName))
def test_the_stylesheet_has_no_open_place(name: ThemeName, program: Program) -> None:
    sheet = Theme(load_tokens(), name, 1.25, program).stylesheet()
    assert "$" not in sheet
    assert sheet.count("{") == sheet.count("}") > 10


def test_no_colour_is_written_outside_the_table() -> None:
    literal = re.compile(r"""["'(: ]#[0-9A-Fa-f]{6}\b""")
    files = [
        *(ROOT / "kiosk").rglob("*.py"),
        *(ROOT / "kiosk").rglob("*.qss"),
        *(ROOT / "admin_console" / "desk").rglob("*.py"),
    ]
    guilty = [path for path in files if literal.search(path.read_text(encoding="utf-8"))]
    assert guilty == []


def test_the_palette_follows_the_theme(make_look: MakeLook, qapp: QApplication) -> None:
    look = make_look()
    assert qapp.palette().color(QPalette.ColorRole.Window) == look.colour("ground")
    look.use(name="high_contrast")
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor("black")


def test_a_change_of_look_is_told_once(make_look: MakeLook, qtbot: QtBot) -> None:
    look = make_look()
    with qtbot.waitSignal(look.changed):
        look.use(text_scale=1.5)
    with qtbot.assertNotEmitted(look.changed):
        look.use(text_scale=1.5)


def test_only_fonts_grow_with_the_text_size(make_look: MakeLook) -> None:
    small, large = make_look(), make_look(scale=1.5)
    assert large.font("body").pixelSize() == 1.5 * small.font("body").pixelSize()
    assert large.font("clock").pixelSize() == small.font("clock").pixelSize()
    assert large.theme.control_radius == small.theme.control_radius
    assert large.theme.focus_width == small.theme.focus_width


@pytest.mark.parametrize("program", get_args(Program))
def test_every_role_is_written_in_the_shipped_family(make_look: MakeLook, program: Program) -> None:
    look = make_look(program=program)
    least = look.tokens.type.kiosk.min_px if program == "kiosk" else look.tokens.type.console.min_px
    for role in TEXT_ROLES:
        font = look.font(role)
        assert QFontInfo(font).family() == look.tokens.type.family
        assert font.pixelSize() >= least


def test_fewer_movements_mean_no_fade(look: Look) -> None:
    assert look.theme.duration(200) == 200
    look.use(reduced_motion=True)
    assert look.theme.duration(200) == 0


def test_the_caret_does_not_blink(look: Look, qapp: QApplication) -> None:
    assert qapp.cursorFlashTime() == 0


@pytest.mark.parametrize("name", icon_names())
def test_every_icon_is_drawn_in_the_colour_asked(qapp: QApplication, name: str) -> None:
    image = QImage(48, 48, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    IconStore().paint(painter, name, QRectF(0, 0, 48, 48), QColor("red"))
    painter.end()
    seen = {image.pixelColor(x, y).rgb() for x in range(48) for y in range(48)}
    assert QColor("red").rgb() in seen
    # Nothing but red mixed with the white ground: no stroke kept a colour of its own.
    assert all(QColor(value).red() == 255 for value in seen)


def test_an_icon_is_kept_once_rendered(qapp: QApplication) -> None:
    store = IconStore()
    first = store.pixmap("globe", QColor("red"), 28, 2.0)
    assert first.width() == 56
    assert store.pixmap("globe", QColor("red"), 28, 2.0) is first
    assert store.pixmap("globe", QColor("blue"), 28, 2.0) is not first


def test_a_missing_file_is_named() -> None:
    with pytest.raises(AssetMissing, match=r"assets/icons/unicorn\.svg"):
        find_asset("icons", "unicorn.svg")
