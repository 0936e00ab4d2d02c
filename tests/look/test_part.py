"""Every part, in every sheet: named for screen readers, drawn from the theme, reached by keys."""

from typing import get_args

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.look.banner import Banner
from kiosk.look.button import Button, Kind
from kiosk.look.gallery import SHEETS, View, build
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.ring import Ring, settle
from kiosk.look.scroll import ScrollBox
from kiosk.look.seat_cell import SeatStrip
from kiosk.look.segment import Choice, Segment
from kiosk.look.station_card import StationCard, StationFace
from kiosk.look.tile import Tile
from kiosk.look.token import ThemeName
from kiosk.look.words import Words
from kiosk.rules.seat import SeatState
from tests.helpers.spoken import nameless, spoken_controls
from tests.look.conftest import MakeLook, show
from tests.look.key import Count, press


@pytest.mark.parametrize("name", get_args(ThemeName))
@pytest.mark.parametrize("sheet", SHEETS)
def test_every_control_has_a_name(
    qtbot: QtBot, qapp: QApplication, sheet: str, name: ThemeName
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    page = build(qapp, View(sheet, name, 1.0, "fr"), owner)
    qtbot.addWidget(page)
    show(qtbot, page)
    assert len(spoken_controls(page)) >= 2
    assert nameless(page) == []


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
@pytest.mark.parametrize("sheet", SHEETS)
def test_no_control_is_smaller_than_its_words(
    qtbot: QtBot, qapp: QApplication, sheet: str, scale: float
) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    page = build(qapp, View(sheet, "light", scale, "fr"), owner)
    qtbot.addWidget(page)
    page.show()
    for control in page.findChildren(QAbstractButton):
        if control.isVisible():
            least = control.minimumSizeHint()
            assert control.width() >= least.width(), control.text()
            assert control.height() >= least.height(), control.text()


@pytest.mark.parametrize("kind", get_args(Kind))
def test_enter_and_space_press_every_button_once(
    qtbot: QtBot, look: Look, window: QWidget, kind: Kind
) -> None:
    button = Button(look, "Continuer", kind, parent=window)
    count = Count(button)
    show(qtbot, window)
    press(button, Qt.Key.Key_Return)
    press(button, Qt.Key.Key_Return, repeated=True)
    press(button, Qt.Key.Key_Space, " ")
    assert count.clicks == 2


def test_a_button_acts_when_it_is_let_go_and_not_when_the_hand_slips_off(
    qtbot: QtBot, look: Look, window: QWidget
) -> None:
    button = Button(look, "Continuer", parent=window)
    count = Count(button)
    show(qtbot, window)
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    assert count.clicks == 0
    QTest.mouseMove(button, QPoint(-50, -50))
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=QPoint(-50, -50))
    assert count.clicks == 0
    QTest.mousePress(button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert count.clicks == 1


def test_buttons_have_the_sizes_of_the_design(make_look: MakeLook, qtbot: QtBot) -> None:
    for program, kind, size, height in (
        ("kiosk", "primary", "main", 92),
        ("kiosk", "secondary", "normal", 72),
        ("kiosk", "quiet", "small", 56),
        ("kiosk", "tool", "normal", 68),
        ("kiosk", "call", "normal", 68),
        ("console", "primary", "main", 44),
        ("console", "secondary", "normal", 36),
        ("console", "secondary", "small", 32),
    ):
        look = make_look(program=program)
        button = Button(look, "Continuer", kind, size=size)  # type: ignore[arg-type]
        qtbot.addWidget(button)
        assert button.sizeHint().height() == height


def test_a_compact_button_keeps_its_words_for_those_who_listen(qtbot: QtBot, look: Look) -> None:
    button = Button(look, "Contraste", "tool", icon="contrast")
    qtbot.addWidget(button)
    wide = button.sizeHint().width()
    button.set_compact(True)
    found = QAccessible.queryAccessibleInterface(button)
    assert found is not None
    assert found.text(QAccessible.Text.Name) == "Contraste"
    assert button.toolTip() == "Contraste"
    assert button.sizeHint().width() == button.sizeHint().height() < wide


@pytest.mark.parametrize(
    ("seconds", "shown", "colour"),
    [
        (3600, 60, "ring_value"),
        (601, 11, "ring_value"),
        (600, 10, "ring_warning"),
        (121, 3, "ring_warning"),
        (120, 2, "ring_danger"),
        (61, 2, "ring_danger"),
        (1, 1, "ring_danger"),
        (0, 0, "ring_danger"),
        (-5, 0, "ring_danger"),
    ],
)
def test_the_ring_says_minutes_and_urgency(
    qtbot: QtBot, look: Look, seconds: int, shown: int, colour: str
) -> None:
    ring = Ring(look)
    qtbot.addWidget(ring)
    ring.show_time(seconds, unit="minutes", spoken=f"{shown} minutes")
    assert ring.minutes() == shown
    assert ring.colours()[0] == look.colour(colour)  # type: ignore[arg-type]
    assert ring.accessibleName() == f"{shown} minutes"


def test_the_ring_moves_once_a_minute_and_then_every_ten_seconds() -> None:
    assert len({settle(seconds) for seconds in range(121, 3601)}) == 58
    assert [settle(seconds) for seconds in (120, 111, 110, 9, 0)] == [120, 120, 110, 10, 0]


def test_a_choice_is_told_when_a_hand_makes_it(qtbot: QtBot, look: Look, window: QWidget) -> None:
    choices = [Choice("fr", "Français"), Choice("en", "English")]
    segment = Segment(look, choices, spoken="Langue", parent=window)
    told: list[str] = []
    segment.chosen.connect(told.append)
    segment.set_value("fr")
    show(qtbot, window)
    assert told == []
    QTest.mouseClick(segment.buttons[1], Qt.MouseButton.LeftButton)
    assert told == ["en"]
    press(segment.buttons[0], Qt.Key.Key_Return)
    assert told == ["en", "fr"]
    segment.set_choices([Choice("fr", "French"), Choice("en", "English")], "Language")
    assert segment.value() == "fr"
    assert segment.accessibleName() == "Language"


def test_a_banner_says_what_is_foreign_as_it_is(qtbot: QtBot, look: Look) -> None:
    banner = Banner(look, "danger")
    qtbot.addWidget(banner)
    banner.tell("<script>", "a < b")
    assert banner.plain() == "<script> a < b"
    assert "&lt;script&gt;" in banner._words.text()


def test_a_tile_is_named_by_its_title_and_described_by_its_line(qtbot: QtBot, look: Look) -> None:
    tile = Tile(look, "printer", "print", "Imprimer", "1 document vous attend")
    qtbot.addWidget(tile)
    found = QAccessible.queryAccessibleInterface(tile)
    assert found is not None
    assert found.text(QAccessible.Text.Name) == "Imprimer"
    assert found.text(QAccessible.Text.Description) == "1 document vous attend"


@pytest.mark.parametrize("state", SeatState)
def test_a_station_card_says_its_state_in_the_language(
    qtbot: QtBot, make_look: MakeLook, language: Language, state: SeatState
) -> None:
    look = make_look(program="console")
    card = StationCard(look, language)
    qtbot.addWidget(card)
    card.show_station(StationFace("7", state, minutes="47 min", line="fin 15 h 19"))
    french = card.accessibleName()
    language.use("en")
    assert french.startswith("7, ")
    assert card.accessibleName() != french
    card.show_station(StationFace("7", state, spoken="Poste 7, occupé"))
    assert card.accessibleName() == "Poste 7, occupé"


def test_the_nine_station_cards_look_different_without_colour(
    qtbot: QtBot, make_look: MakeLook, language: Language
) -> None:
    look = make_look(program="console")
    pictures: list[QImage] = []
    for state in SeatState:
        card = StationCard(look, language)
        qtbot.addWidget(card)
        card.resize(160, 133)
        card.show_station(StationFace("7", state))
        grey = card.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        assert all(grey != other for other in pictures)
        pictures.append(grey)


def test_a_strip_of_seats_breaks_into_lines(qtbot: QtBot, look: Look) -> None:
    strip = SeatStrip(look)
    qtbot.addWidget(strip)
    strip.show_seats([SeatState.FREE] * 17, "17 libres")
    assert strip.heightForWidth(17 * 20 - 6) == 18
    assert strip.heightForWidth(195) == 18 * 2 + 5
    assert strip.accessibleName() == "17 libres"


def test_a_sheet_follows_a_change_of_theme_and_size(
    qtbot: QtBot, look: Look, window: QWidget
) -> None:
    button = Button(look, "Continuer", "primary", parent=window)
    button.move(200, 200)
    show(qtbot, window)
    before = button.sizeHint().width()
    look.use(name="high_contrast", text_scale=1.5)
    assert button.sizeHint().width() > before
    button.resize(button.sizeHint())
    assert button.grab().toImage().pixelColor(20, 10) == look.colour("primary")


def test_a_scroll_bar_that_came_for_a_moment_goes_again(
    qtbot: QtBot, window: QWidget, look: Look
) -> None:
    words = Words(look, "Une phrase un peu longue qui tient tout juste en quatre lignes", wrap=True)
    content = QWidget()
    column = QVBoxLayout(content)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(words)
    box = ScrollBox(look, window)
    box.set_content(content)
    show(qtbot, window)
    tall = box.heightForWidth(200)
    width = next(w for w in range(100, 201) if box.heightForWidth(w) == tall)
    assert box.heightForWidth(width - box.verticalScrollBar().sizeHint().width()) > tall
    box.setGeometry(0, 0, width, tall - 4)
    box.show()
    QApplication.processEvents()
    assert box.verticalScrollBar().isVisible()
    box.setGeometry(0, 0, width, tall)
    QApplication.processEvents()
    assert not box.verticalScrollBar().isVisible()
    assert words.width() == width


def test_the_tab_key_comes_in_at_the_choice_that_holds(
    qtbot: QtBot, look: Look, window: QWidget
) -> None:
    segment = Segment(
        look, [Choice("fr", "Français"), Choice("en", "English")], spoken="Langue", parent=window
    )
    segment.set_value("en")
    show(qtbot, window)
    QTest.keyClick(window, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is segment.buttons[1]
