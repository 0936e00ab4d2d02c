"""The focus ring: outside the control, whole, and always there."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from kiosk.look.button import Button
from kiosk.look.field import Field
from kiosk.look.focus import FocusRing
from kiosk.look.look import Look
from kiosk.look.scroll import ScrollBox
from kiosk.look.token import Program
from tests.look.conftest import MakeLook, show


def place(window: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def picture(window: QWidget) -> QImage:
    return window.grab().toImage()


@pytest.mark.parametrize(("program", "width", "gap"), [("kiosk", 4, 3), ("console", 3, 2)])
def test_the_ring_is_painted_outside_with_its_gap(
    qtbot: QtBot, make_look: MakeLook, window: QWidget, program: Program, width: int, gap: int
) -> None:
    look = make_look(program=program)
    button = Button(look, "Continuer", "primary")
    column = QVBoxLayout(window)
    column.addStretch(1)
    column.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
    column.addStretch(1)
    FocusRing(look, window)
    show(qtbot, window)
    button.setFocus()
    box, image = place(window, button), picture(window)
    middle = box.center().y()
    for out in range(1, gap + 1):
        assert image.pixelColor(box.left() - out, middle) == look.colour("ground")
    for out in range(gap + 1, gap + width + 1):
        assert image.pixelColor(box.left() - out, middle) == look.colour("focus")
        assert image.pixelColor(box.center().x(), box.top() - out) == look.colour("focus")
    assert image.pixelColor(box.left() - gap - width - 1, middle) == look.colour("ground")
    assert image.pixelColor(box.left() + 4, middle) == look.colour("primary")


def test_the_ring_follows_the_focus_and_the_control(
    qtbot: QtBot, look: Look, window: QWidget
) -> None:
    one, two = Button(look, "Un", parent=window), Button(look, "Deux", parent=window)
    for place_, button in enumerate((one, two)):
        button.setGeometry(100, 100 + 200 * place_, 200, 72)
    ring = FocusRing(look, window)
    show(qtbot, window)
    one.setFocus()
    assert ring.geometry() == one.geometry().adjusted(-7, -7, 7, 7)
    two.setFocus()
    assert ring.geometry() == two.geometry().adjusted(-7, -7, 7, 7)
    two.move(300, 20)
    assert ring.geometry() == two.geometry().adjusted(-7, -7, 7, 7)
    two.hide()
    assert two.isHidden()
    assert ring.isHidden() or ring.geometry() == one.geometry().adjusted(-7, -7, 7, 7)


def test_the_ring_goes_around_the_frame_of_a_field(
    qtbot: QtBot, look: Look, window: QWidget
) -> None:
    field = Field(look, "Numéro de carte", icon="scan-barcode")
    QVBoxLayout(window).addWidget(field)
    ring = FocusRing(look, window)
    show(qtbot, window)
    field.setFocus()
    assert ring.geometry() == place(window, field.frame).adjusted(-7, -7, 7, 7)


@pytest.mark.parametrize("kind", [QPushButton, QComboBox])
def test_widgets_of_qt_get_the_same_ring(
    qtbot: QtBot, look: Look, window: QWidget, kind: type[QWidget]
) -> None:
    plain = kind(window)
    plain.setGeometry(50, 50, 200, 60)
    ring = FocusRing(look, window)
    show(qtbot, window)
    plain.setFocus()
    assert ring.geometry() == plain.geometry().adjusted(-7, -7, 7, 7)


def test_the_ring_is_saffron_on_petrol(qtbot: QtBot, look: Look, window: QWidget) -> None:
    window.setProperty("ground", "band")
    button = Button(look, "Accueil", "quiet", size="small", on_band=True, parent=window)
    button.setGeometry(100, 100, 200, 56)
    FocusRing(look, window)
    show(qtbot, window)
    button.setFocus()
    assert picture(window).pixelColor(95, 128) == look.colour("focus_on_primary")


def test_the_ring_never_takes_a_click(qtbot: QtBot, look: Look, window: QWidget) -> None:
    button = Button(look, "Continuer", parent=window)
    button.setGeometry(100, 100, 200, 72)
    FocusRing(look, window)
    show(qtbot, window)
    button.setFocus()
    assert window.childAt(150, 130) is button


def test_the_ring_is_cut_where_its_control_scrolls_away(
    qtbot: QtBot, look: Look, window: QWidget
) -> None:
    content = QWidget()
    column = QVBoxLayout(content)
    tall = QLabel()
    tall.setFixedHeight(900)
    button = Button(look, "Continuer")
    column.addWidget(button)
    column.addWidget(tall)
    box = ScrollBox(look, window)
    box.set_content(content)
    box.setGeometry(0, 100, 600, 300)
    ring = FocusRing(look, window)
    show(qtbot, window)
    button.setFocus()
    box.verticalScrollBar().setValue(40)
    assert ring.geometry().top() >= 100
    assert box.geometry().contains(ring.geometry())


def test_a_change_of_theme_changes_the_ring(qtbot: QtBot, look: Look, window: QWidget) -> None:
    button = Button(look, "Continuer", parent=window)
    button.setGeometry(100, 100, 200, 72)
    FocusRing(look, window)
    show(qtbot, window)
    button.setFocus()
    look.use(name="high_contrast")
    assert picture(window).pixelColor(95, 136) == look.colour("focus")


def test_a_window_that_is_destroyed_while_it_shows_takes_its_ring_along(
    qtbot: QtBot, look: Look
) -> None:
    window = QWidget()
    button = Button(look, "Continuer", parent=window)
    FocusRing(look, window)
    show(qtbot, window)
    button.setFocus()
    with qtbot.captureExceptions() as exceptions:
        Shiboken.delete(window)
    assert exceptions == []


def test_a_control_that_is_destroyed_loses_its_ring(
    qtbot: QtBot, look: Look, window: QWidget
) -> None:
    button = Button(look, "Continuer", parent=window)
    ring = FocusRing(look, window)
    show(qtbot, window)
    button.setFocus()
    assert ring.isVisible()
    with qtbot.captureExceptions() as exceptions:
        Shiboken.delete(button)
        look.use(text_scale=1.25)
    assert exceptions == []
    assert ring.isHidden()
