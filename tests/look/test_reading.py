"""The order of reading: as the layouts place things, and only what can be used."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from kiosk.look.reading import next_stop, stops_of


@pytest.fixture
def root(qtbot: QtBot) -> QWidget:
    root = QWidget()
    qtbot.addWidget(root)
    QVBoxLayout(root)
    return root


def add(parent: QWidget, *names: str) -> QWidget:
    """Put buttons into a group of their own."""
    group = QWidget()
    column = QVBoxLayout(group)
    for name in names:
        column.addWidget(QPushButton(name))
    layout = parent.layout()
    assert layout is not None
    layout.addWidget(group)
    return group


def names(root: QWidget) -> list[str]:
    return [stop.text() for stop in stops_of(root) if isinstance(stop, QPushButton)]


@pytest.mark.parametrize("is_shown", [True, False])
def test_stops_come_as_they_are_placed_and_not_as_they_were_made(
    root: QWidget, is_shown: bool
) -> None:
    late, early = QPushButton("second"), QPushButton("first")
    layout = root.layout()
    assert layout is not None
    layout.addWidget(early)
    layout.addWidget(late)
    add(root, "third")
    root.setVisible(is_shown)
    assert names(root) == ["first", "second", "third"]


def test_what_is_hidden_or_switched_off_is_no_stop_nor_anything_in_it(root: QWidget) -> None:
    add(root, "here")
    add(root, "hidden").hide()
    add(root, "off").setEnabled(False)
    root.show()
    assert names(root) == ["here"]
    root.setEnabled(False)
    assert names(root) == []


def test_of_a_stack_only_the_page_that_is_up_is_read(root: QWidget) -> None:
    stack = QStackedWidget()
    layout = root.layout()
    assert layout is not None
    layout.addWidget(stack)
    for name in ("one", "two"):
        stack.addWidget(add(root, name))
    root.show()
    assert names(root) == ["one"]
    stack.setCurrentIndex(1)
    assert names(root) == ["two"]


def test_who_hands_the_keyboard_on_is_no_stop_and_a_click_alone_makes_none(root: QWidget) -> None:
    group = add(root, "front", "behind")
    front, behind = group.findChildren(QPushButton)
    front.setFocusProxy(behind)
    note = QLineEdit(group)
    note.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    root.show()
    assert stops_of(root) == [behind]


def test_after_the_last_stop_comes_the_first_and_before_it_the_last(root: QWidget) -> None:
    first, second = add(root, "1", "2").findChildren(QPushButton)
    root.show()
    assert next_stop(root, second, forward=True) is first
    assert next_stop(root, first, forward=False) is second
    assert next_stop(root, None, forward=True) is first
    assert next_stop(root, None, forward=False) is second
