"""What has the keyboard is in view, however it got there."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.look.button import Button
from kiosk.look.look import Look
from kiosk.look.scroll import ScrollBox


@pytest.fixture
def box(look: Look, qtbot: QtBot) -> ScrollBox:
    """A box that is far too low for its twenty buttons."""
    content = QWidget()
    column = QVBoxLayout(content)
    for number in range(20):
        column.addWidget(Button(look, str(number)))
    box = ScrollBox(look)
    box.set_content(content)
    qtbot.addWidget(box)
    box.resize(300, 300)
    box.show()
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    return box


def buttons(box: ScrollBox) -> list[Button]:
    return box.findChildren(Button)


def in_view(box: ScrollBox, button: Button) -> bool:
    """Return whether the whole of a button can be seen."""
    spot = button.mapTo(box.viewport(), QPoint(0, 0))
    return box.viewport().rect().contains(QRect(spot, button.size()))


def test_what_is_given_the_keyboard_comes_into_view(box: ScrollBox) -> None:
    last = buttons(box)[-1]
    assert not in_view(box, last)
    last.setFocus(Qt.FocusReason.OtherFocusReason)
    assert in_view(box, last)
    buttons(box)[0].setFocus(Qt.FocusReason.TabFocusReason)
    assert in_view(box, buttons(box)[0])


def test_its_ring_comes_into_view_as_well(box: ScrollBox) -> None:
    low = next(one for one in buttons(box) if not in_view(box, one))
    bottom = low.mapTo(box.viewport(), QPoint(0, low.height())).y()
    # Just in view, with its lower edge on the edge of the box.
    box.verticalScrollBar().setValue(box.verticalScrollBar().value() + bottom - box.height())
    assert in_view(box, low)
    low.setFocus()
    assert low.mapTo(box.viewport(), QPoint(0, low.height())).y() <= box.height() - 7


def test_nothing_moves_under_the_hand_that_presses(box: ScrollBox) -> None:
    half_hidden = next(one for one in buttons(box) if not in_view(box, one))
    before = box.verticalScrollBar().value()
    QTest.mousePress(half_hidden, Qt.MouseButton.LeftButton)
    assert box.verticalScrollBar().value() == before
    QTest.mouseRelease(half_hidden, Qt.MouseButton.LeftButton)
