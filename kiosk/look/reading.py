"""The order of reading, which is the order of the Tab key: as the layouts place things.

Qt's own chain is the order in which widgets were made, so a part that is made again would go last,
and it ends where the first stop of the next part is hidden. PySide must not be asked for it either:
each widget becomes the property of the one that is asked for its next, and the first collection of
garbage then takes living parts of the face.
"""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget

RING_ROOM = 10
"""Pixels that the focus ring takes around a control, and a little air."""


def stops_of(root: QWidget) -> list[QWidget]:
    """Return the stops of the Tab key inside a widget, in the order of reading."""
    return [widget for widget in _read(root) if _takes_tab(widget)]


def next_stop(root: QWidget, start: QWidget | None, *, forward: bool) -> QWidget | None:
    """Return the stop after `start`, or before it; after the last one comes the first."""
    stops = stops_of(root)
    if not stops:
        return None
    if start is None or start not in stops:
        return stops[0 if forward else -1]
    return stops[(stops.index(start) + (1 if forward else -1)) % len(stops)]


def move_focus(root: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to the next stop and bring it into view; False when there is none."""
    target = next_stop(root, QApplication.focusWidget(), forward=forward)
    if target is None:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    target.setFocus(reason)
    step: QWidget | None = target
    while step is not None and step is not root:
        step = step.parentWidget()
        if isinstance(step, QScrollArea):
            _bring_into_view(step, target)
    return True


def _bring_into_view(area: QScrollArea, target: QWidget) -> None:
    """Scroll until a widget is seen with its ring; of one that is too tall, until its top is."""
    content = area.widget()
    if content is None or not content.isAncestorOf(target):
        return
    top = target.mapTo(content, QPoint(0, 0)).y() - RING_ROOM
    foot = top + target.height() + 2 * RING_ROOM
    bar, tall = area.verticalScrollBar(), area.viewport().height()
    if foot > bar.value() + tall:
        bar.setValue(foot - tall)
    if top < bar.value():
        bar.setValue(top)


def _takes_tab(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    return by_tab and widget.focusProxy() is None


def _read(widget: QWidget) -> Iterator[QWidget]:
    """Return what can be used inside a widget: nothing hidden or switched off, nor what it holds.

    Most widgets of a window stand on pages that are not up.
    """
    placed: set[QWidget] = set()
    layout = widget.layout()
    if layout is not None:
        for child in _placed_by(layout):
            placed.add(child)
            if _is_usable(child):
                yield child
                yield from _read(child)
    for found in widget.children():
        if (
            isinstance(found, QWidget)
            and found not in placed
            and not found.isWindow()
            and _is_usable(found)
        ):
            yield found
            yield from _read(found)


def _is_usable(widget: QWidget) -> bool:
    return not widget.isHidden() and widget.isEnabled()


def _placed_by(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        inner, widget = item.layout(), item.widget()
        if inner is not None:
            yield from _placed_by(inner)
        elif widget is not None:
            yield widget
