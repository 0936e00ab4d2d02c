"""The checks of a window find what they are for."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.look.button import Button
from kiosk.look.dialog import Dialog
from kiosk.look.focus import FocusRing
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.theme import Theme
from kiosk.look.token import load_tokens
from kiosk.look.words import Words
from tests.helpers.fault import KIOSK, find_sight_faults
from tests.helpers.picture import Picture, contrast
from tests.helpers.sight import front, seen_texts
from tests.helpers.tab_walk import find_tab_faults, find_walk_faults, tab_stops


@pytest.fixture
def look(qapp: QApplication) -> Look:
    return Look(qapp, Theme(load_tokens()))


@pytest.fixture
def window(qtbot: QtBot, look: Look) -> QWidget:
    window = QWidget()
    window.setProperty("ground", "page")
    window.resize(600, 400)
    qtbot.addWidget(window)
    FocusRing(look, window)
    return window


def show(window: QWidget) -> list[str]:
    window.show()
    window.activateWindow()
    for _round in range(3):
        QApplication.processEvents()
    return find_sight_faults(window, KIOSK)


def placed(widget: QWidget, window: QWidget, rect: QRect) -> QWidget:
    widget.setParent(window)
    widget.setGeometry(rect)
    return widget


class Painted(QWidget):
    """Paints a text by hand."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast(0x000000, 0xFFFFFF) == pytest.approx(21)
    assert contrast(0x777777, 0xFFFFFF) == pytest.approx(4.48, abs=0.01)


def test_a_window_in_order_has_no_fault(window: QWidget, look: Look) -> None:
    layout = QVBoxLayout(window)
    layout.setSpacing(20)
    layout.addWidget(Words(look, "Bonjour"))
    layout.addWidget(Button(look, "Ouvrir"))
    layout.addWidget(Button(look, "Fermer"))
    assert show(window) == []
    assert find_walk_faults(window) == []
    assert find_tab_faults(window, look) == []


def test_a_text_painted_by_hand_is_seen_where_it_stands(window: QWidget) -> None:
    placed(Painted("47", window), window, QRect(100, 100, 200, 100))
    show(window)
    (seen,) = seen_texts(window)
    assert seen.text == "47"
    assert abs(seen.rect.center().x() - 200) < 2
    _ground, ink = Picture(window).ground_and_ink(seen.ink)
    assert contrast(ink, 0xFFFFFF) > 7


def test_a_cut_text_is_told(window: QWidget, look: Look) -> None:
    placed(Words(look, "Beaucoup trop long"), window, QRect(10, 10, 60, 40))
    assert "cut: Beaucoup trop long" in show(window)


def test_an_elided_text_is_told_unless_the_whole_can_be_heard(window: QWidget) -> None:
    painted = placed(Painted("Beauc…", window), window, QRect(10, 10, 200, 40))
    assert "elided: Beauc…" in show(window)
    painted.setAccessibleName("Beauc…")
    assert show(window) == []


def test_texts_over_each_other_are_told(window: QWidget, look: Look) -> None:
    placed(Words(look, "Un texte"), window, QRect(10, 10, 200, 40))
    placed(Words(look, "Un autre"), window, QRect(30, 14, 200, 40))
    assert any(fault.startswith("written over") for fault in show(window))


def test_a_faint_text_is_told_and_a_switched_off_one_is_exempt(window: QWidget, look: Look) -> None:
    label = QLabel("Très pâle")
    label.setFont(look.font("body"))
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, look.colour("divider"))
    label.setPalette(palette)
    placed(label, window, QRect(10, 10, 200, 40))
    assert any(fault.startswith("faint") for fault in show(window))
    label.setEnabled(False)
    assert show(window) == []


def test_a_small_target_and_close_targets_are_told(window: QWidget, look: Look) -> None:
    placed(QPushButton("x"), window, QRect(10, 10, 40, 30))
    placed(Button(look, "Un"), window, QRect(10, 100, 100, 72))
    placed(Button(look, "Deux"), window, QRect(114, 100, 100, 72))
    faults = show(window)
    assert "small, 40 × 30: QPushButton x" in faults
    assert "close: Button Un / Button Deux" in faults


def test_what_touches_a_text_is_told(window: QWidget, look: Look) -> None:
    words = placed(Words(look, "Trop près"), window, QRect(100, 100, 200, 30))
    bar = QWidget()
    bar.setAutoFillBackground(True)
    palette = bar.palette()
    palette.setColor(QPalette.ColorRole.Window, look.colour("ink"))
    bar.setPalette(palette)
    placed(bar, window, QRect(96, 100, 3, 30))
    assert any(fault.startswith("touched: Trop près") for fault in show(window))
    assert words.isVisible()


def test_behind_a_dialog_nothing_is_looked_at(window: QWidget, look: Look, guard: Guard) -> None:
    placed(Words(look, "Beaucoup trop long"), window, QRect(10, 10, 60, 40))
    dialog = Dialog(look, guard, window, spoken="Vraiment ?")
    dialog.add_answer(Button(look, "Oui"), "yes", safe=True)
    dialog.open()
    assert show(window) == []
    assert front(window) is dialog


def test_stops_out_of_order_are_told(window: QWidget, look: Look) -> None:
    first = placed(Button(look, "Haut"), window, QRect(10, 10, 200, 72))
    second = placed(Button(look, "Milieu"), window, QRect(10, 110, 200, 72))
    third = placed(Button(look, "Bas"), window, QRect(10, 210, 200, 72))
    show(window)
    assert tab_stops(window) == [first, second, third]
    QWidget.setTabOrder(first, third)
    QWidget.setTabOrder(third, second)
    # A round has no beginning: it is told once, wherever the eye starts.
    (fault,) = find_walk_faults(window)
    assert fault.startswith("jumps up")


def test_a_stop_that_holds_the_keyboard_is_told(window: QWidget, look: Look) -> None:
    class Trap(Button):
        def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
            return True

    row = QHBoxLayout(window)
    row.setSpacing(20)
    row.addWidget(Trap(look, "Ici"))
    row.addWidget(Button(look, "Là"))
    show(window)
    window.findChildren(Trap)[0].setFocus()
    assert find_walk_faults(window) == ["never reached: Button Là"]


def test_a_stop_without_a_ring_is_told(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(Button(look, "Ouvrir"))
    layout.addWidget(Words(look, "Rien autour"))
    show(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert find_tab_faults(window, look) == ["no ring: Button Ouvrir"]


@pytest.fixture
def guard(qapp: QApplication, look: Look) -> Guard:
    guard = Guard(qapp, look.tokens.behaviour, lambda: 0.0)
    qapp.removeEventFilter(guard)
    return guard
