"""A switch says whether it is on to eyes that see no colour, and to ears."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.look.focus import FocusRing
from kiosk.look.look import Look
from kiosk.look.switch import KNOB, LINE, TRACK, Switch
from kiosk.look.token import ThemeName
from tests.look.conftest import MakeLook, show
from tests.look.key import Count, press
from tests.look.test_token import contrast


@pytest.fixture
def switch(qtbot: QtBot, look: Look, window: QWidget) -> Switch:
    switch = Switch(look, "Gestes calmes")
    QVBoxLayout(window).addWidget(switch)
    show(qtbot, window)
    return switch


def picture(look: Look, *, on: bool) -> QImage:
    """Return a switch on the ground it stands on."""
    switch = Switch(look, "Contraste")
    switch.setChecked(on)
    switch.resize(TRACK)
    image = QImage(TRACK, QImage.Format.Format_RGB32)
    image.fill(look.colour("surface"))
    switch.render(image)
    switch.deleteLater()
    return image


def test_it_is_pressed_by_mouse_space_and_enter(switch: Switch) -> None:
    count = Count(switch)
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert switch.isChecked()
    press(switch, Qt.Key.Key_Space, " ")
    assert not switch.isChecked()
    press(switch, Qt.Key.Key_Return, "\r")
    press(switch, Qt.Key.Key_Return, "\r", repeated=True)
    assert switch.isChecked()
    assert count.clicks == 3


def test_all_of_it_answers_to_a_finger(switch: Switch, look: Look) -> None:
    assert switch.sizeHint().height() >= look.tokens.target.kiosk_min
    for spot in (switch.rect().topLeft(), switch.rect().bottomRight()):
        before = switch.isChecked()
        QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=spot)
        assert switch.isChecked() is not before


def test_a_screen_reader_finds_a_check_box_with_name_and_state(switch: Switch) -> None:
    found = QAccessible.queryAccessibleInterface(switch)
    assert found.role() is QAccessible.Role.CheckBox
    assert found.text(QAccessible.Text.Name) == "Gestes calmes"
    assert not found.state().checked
    switch.setChecked(True)
    assert found.state().checked


def test_the_ring_goes_around_the_track(switch: Switch, look: Look, window: QWidget) -> None:
    ring = FocusRing(look, window)
    switch.setFocus()
    reach = look.theme.focus_gap + look.theme.focus_width
    assert ring.isVisible()
    assert ring.width() == TRACK.width() + 2 * reach


@pytest.mark.parametrize("name", ["light", "high_contrast"])
def test_on_and_off_differ_in_shape(make_look: MakeLook, name: ThemeName) -> None:
    """Turned into black and white, the knob still stands on the other side."""
    look = make_look(name)
    edge = round((TRACK.height() - KNOB) / 2) + KNOB // 4
    middle = TRACK.height() // 2
    # Beside the tick, which stands in the middle of the knob.
    left, right = (edge - 4, middle), (TRACK.width() - edge + 3, middle)
    for on, knob, empty in ((False, left, right), (True, right, left)):
        image = picture(look, on=on)
        shown, rest = image.pixelColor(*knob).name(), image.pixelColor(*empty).name()
        assert contrast(shown, rest) >= 3


@pytest.mark.parametrize("name", ["light", "high_contrast"])
@pytest.mark.parametrize("on", [False, True])
def test_the_track_stands_out_from_its_ground(
    make_look: MakeLook, name: ThemeName, on: bool
) -> None:
    look = make_look(name)
    image = picture(look, on=on)
    line = image.pixelColor(TRACK.width() // 2, round(LINE / 2))
    assert contrast(line.name(), look.colour("surface").name()) >= 3


def test_the_tick_stands_out_from_the_knob(look: Look) -> None:
    image = picture(look, on=True)
    knob = look.colour("ink_on_primary").name()
    left = TRACK.width() - (TRACK.height() - KNOB) // 2 - KNOB
    colours = {
        QColor(image.pixelColor(across, down)).name()
        for across in range(left + 8, left + KNOB - 8)
        for down in range(14, TRACK.height() - 14)
    }
    assert max(contrast(colour, knob) for colour in colours) >= 4.5
