"""Finds what somebody at the desk could not read, or would hear and must not."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from admin_console.desk.sample import TELEPHONE
from tests.helpers.spoken import Heard

CARD_SHOWN = "desk-card-shown"
"""Only there somebody asked for all digits of a card, which stands in the journal."""


def cut(window: QWidget) -> list[str]:
    """Return the texts that do not have the room they need."""
    lost = []
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton):
            continue
        need, has = widget.minimumSizeHint(), widget.size()
        text = widget.accessibleName() or widget.text()
        tall = need.height() > has.height() and not _scrolls(widget)
        if text and (need.width() > has.width() or tall):
            lost.append(f"{type(widget).__name__} {text!r}: {need.toTuple()} in {has.toTuple()}")
        corner = widget.mapTo(window, QPoint(widget.width(), 0))
        if corner.x() > window.width():
            lost.append(f"{type(widget).__name__} {text!r} stands outside")
    return lost


def told_secrets(parts: list[Heard], state: str) -> Iterator[str]:
    """Tell passwords that are more than dots, and cards that are whole."""
    for part in parts:
        words = re.sub(r"\s", "", part.words.replace(TELEPHONE, ""))
        if re.search(r"\d{8}", words) and state != CARD_SHOWN:
            yield f"a whole card: {part.words}"
        if part.is_password and re.search(r"[^\u2022\u25cf*]", part.value):
            yield f"not only dots: {part.name}"


def _scrolls(widget: QWidget) -> bool:
    step = widget.parentWidget()
    while step is not None:
        if isinstance(step, QScrollArea):
            return True
        step = step.parentWidget()
    return False
