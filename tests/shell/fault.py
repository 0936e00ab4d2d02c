"""Finds what a visitor could not read, reach or hear on a face."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QFontMetricsF, QTextDocument
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QLineEdit, QWidget

from kiosk.look.button import Button
from kiosk.look.card import Chip
from kiosk.look.segment import SegmentButton
from kiosk.look.shelf import Shelf
from kiosk.look.tile import Tile

TOLERANCE = 2
"""Pixels lost to rounding."""

PRESSED = frozenset(
    {
        QAccessible.Role.Button,
        QAccessible.Role.CheckBox,
        QAccessible.Role.RadioButton,
        QAccessible.Role.EditableText,
        QAccessible.Role.PushButton,
    }
)


def find_faults(window: QWidget) -> list[str]:
    """Return a line for each thing that is cut, hidden or nameless."""
    return [*_cut(window), *_nameless(window)]


def _cut(window: QWidget) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window) or isinstance(widget, Shelf):
            continue
        if isinstance(widget, Tile):
            if widget.height() < widget.least_height(widget.width()) - TOLERANCE:
                yield f"tile too small: {widget.text()}"
        elif isinstance(widget, Button | SegmentButton | Chip):
            wanted = widget.sizeHint()
            if wanted.width() > widget.width() + TOLERANCE:
                yield f"cut: {widget.text()}"
        elif isinstance(widget, QLabel):
            yield from _cut_label(widget)
        elif isinstance(widget, QLineEdit):
            hint = QFontMetricsF(widget.font()).horizontalAdvance(widget.placeholderText())
            if hint > widget.width():
                yield f"hint cut: {widget.placeholderText()}"
        if not _is_inside(widget, window):
            yield f"beyond the edge: {_name(widget)}"


def _cut_label(label: QLabel) -> Iterator[str]:
    if not label.text():
        return
    if not label.wordWrap():
        if label.sizeHint().width() > label.width() + TOLERANCE:
            yield f"cut: {_name(label)}"
        return
    if label.heightForWidth(label.width()) > label.height() + TOLERANCE:
        yield f"lines cut: {_name(label)}"
    document = QTextDocument()
    document.setDefaultFont(label.font())
    document.setDocumentMargin(0)
    document.setHtml(label.text())
    document.setTextWidth(label.width())
    if document.idealWidth() > label.width() + TOLERANCE:
        yield f"word cut: {_name(label)}"


def _is_inside(widget: QWidget, window: QWidget) -> bool:
    """Return whether all of a widget can be seen, by scrolling upright if need be."""
    step: QWidget | None = widget
    while step is not None and step is not window:
        parent = step.parentWidget()
        if parent is None:
            return True
        rect, around = step.geometry(), parent.rect()
        if isinstance(parent, QAbstractScrollArea) and step is parent.viewport():
            step = parent
            continue
        holder = parent.parentWidget()
        if isinstance(holder, QAbstractScrollArea) and holder.viewport() is parent:
            around = QRect(around.left(), rect.top(), around.width(), rect.height())
        around = around.adjusted(-TOLERANCE, -TOLERANCE, TOLERANCE, TOLERANCE)
        if not around.contains(rect):
            return False
        step = parent
    return True


def _nameless(window: QWidget) -> Iterator[str]:
    root = QAccessible.queryAccessibleInterface(window)
    yield from _walk(root)


def _walk(item: QAccessibleInterface) -> Iterator[str]:
    if item.state().invisible and item.role() is not QAccessible.Role.Client:
        return
    if item.role() in PRESSED and not item.text(QAccessible.Text.Name).strip():
        yield f"nameless: {item.object()!r}"
    for place in range(item.childCount()):
        child = item.child(place)
        if child is not None:
            yield from _walk(child)


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel) else widget.accessibleName()
    return re.sub(r"<[^>]+>", "", text) or type(widget).__name__
