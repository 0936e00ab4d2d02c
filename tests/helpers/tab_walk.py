"""Walks through a window with the Tab key, and tells where the walk goes wrong."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QRadioButton, QWidget

from kiosk.look.focus import FocusRing, focus_shape_of
from kiosk.look.look import Look
from tests.helpers.fault import GRAPHICS, name_of, shape_of
from tests.helpers.picture import Picture, contrast, hex_of
from tests.helpers.sight import front, seen_widgets

MOST_STOPS = 200
SAME = 1.05
"""The contrast of two colours that are the same, but for smoothing."""


def tab_stops(window: QWidget) -> list[QWidget]:
    """Return the stops of the Tab key in their order, from the first of the window.

    The keyboard goes back to where it was.
    """
    return _from_the_first(list(_walk(window)), window)


def find_walk_faults(window: QWidget) -> list[str]:
    """Return a line for each stop that is out of the order of reading, or never reached."""
    stops = tab_stops(window)
    return [*_jumps(stops, window), *_missed(stops, window)]


def find_tab_faults(window: QWidget, look: Look) -> list[str]:
    """Return the same, and a line for each stop with no ring around it, or one hard to see."""
    stops: list[QWidget] = []
    faults: list[str] = []
    for stop in _walk(window):
        stops.append(stop)
        QApplication.processEvents()
        # A number that covers the face for a moment covers its ring too.
        if front(window).isAncestorOf(stop):
            faults += _ring_faults(stop, window, look)
    if len(stops) == 1:
        # The key has left the keyboard where it was, and nothing came in.
        faults = _ring_faults_of_one(stops[0], window, look)
    stops = _from_the_first(stops, window)
    return [*_jumps(stops, window), *_missed(stops, window), *faults]


def _walk(window: QWidget) -> Iterator[QWidget]:
    """Go once round with the Tab key, and tell of each stop while it has the keyboard."""
    before = QApplication.focusWidget()
    stops: list[QWidget] = []
    for _step in range(MOST_STOPS):
        QTest.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        found = QApplication.focusWidget()
        if found is None or found in stops:
            break
        stops.append(found)
        yield found
    if before is not None:
        before.setFocus(Qt.FocusReason.OtherFocusReason)
    # The walk has scrolled what it reached into view: the eye reads from the top.
    if front(window) is window:
        for area in window.findChildren(QAbstractScrollArea):
            area.verticalScrollBar().setValue(0)


def _ring_faults_of_one(stop: QWidget, window: QWidget, look: Look) -> list[str]:
    before = QApplication.focusWidget()
    stop.clearFocus()
    stop.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(stop, Qt.Key.Key_Tab)
    QApplication.processEvents()
    is_in_front = front(window).isAncestorOf(stop)
    faults = list(_ring_faults(stop, window, look)) if is_in_front else []
    if before is not None:
        before.setFocus(Qt.FocusReason.OtherFocusReason)
    return faults


def _from_the_first(stops: list[QWidget], window: QWidget) -> list[QWidget]:
    """Return a round of stops from where it jumps least: a round has no beginning of its own."""
    rounds = [stops[start:] + stops[:start] for start in range(len(stops))]
    return min(rounds, key=lambda turned: len(list(_jumps(turned, window))), default=[])


def _jumps(stops: list[QWidget], window: QWidget) -> Iterator[str]:
    """Tell where the eye has to go back: up in the same column, or against the line."""
    is_mirrored = window.layoutDirection() == Qt.LayoutDirection.RightToLeft
    for one, two in pairwise(stops):
        first, second = _place(one, two, window), _place(two, one, window)
        if is_mirrored:
            first, second = _mirror(first, window), _mirror(second, window)
        beside = first.top() <= second.center().y() <= first.bottom() or (
            second.top() <= first.center().y() <= second.bottom()
        )
        back = beside and second.left() < first.left()
        up = second.bottom() < first.top() and second.left() < first.right()
        if back or up:
            yield f"jumps {'back' if back else 'up'}: {name_of(one)} → {name_of(two)}"


def _place(widget: QWidget, beside: QWidget, window: QWidget) -> QRect:
    """Return where a stop is seen, seen from another; what scrolls never leaves its area."""
    shape = shape_of(widget, window)
    step = widget.parentWidget()
    while step is not None and step is not window:
        if isinstance(step, QAbstractScrollArea) and not step.isAncestorOf(beside):
            low = step.mapTo(window, step.rect().bottomLeft()).y()
            high = step.mapTo(window, QPoint(0, 0)).y()
            shape.moveTop(max(high, min(shape.top(), low - shape.height())))
        step = step.parentWidget()
    return shape


def _mirror(rect: QRect, window: QWidget) -> QRect:
    return QRect(window.width() - rect.right() - 1, rect.top(), rect.width(), rect.height())


def _missed(stops: list[QWidget], window: QWidget) -> Iterator[str]:
    for widget in seen_widgets(window):
        by_tab = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if not by_tab or not widget.isEnabled() or widget in stops:
            continue
        if widget.focusProxy() is not None or _has_stop_beside(widget, stops):
            continue
        yield f"never reached: {name_of(widget)}"


def _has_stop_beside(widget: QWidget, stops: list[QWidget]) -> bool:
    """Return whether arrows lead to it from a stop, as in a group of choices."""
    return isinstance(widget, QRadioButton) and any(
        isinstance(stop, QRadioButton) and stop.parentWidget() is widget.parentWidget()
        for stop in stops
    )


def _ring_faults(stop: QWidget, window: QWidget, look: Look) -> Iterator[str]:
    rings = [ring for ring in window.findChildren(FocusRing) if ring.isVisible()]
    if not rings:
        yield f"no ring: {name_of(stop)}"
        return
    shape = focus_shape_of(stop, look)
    box = QRect(shape.widget.mapTo(window, shape.rect.topLeft()), shape.rect.size())
    theme = look.theme
    wanted = theme.colour("band_focus" if shape.on_band else "focus").rgb() & 0xFFFFFF
    reach = theme.focus_gap + theme.focus_width
    picture = Picture(window, box.adjusted(-reach - 6, -reach - 6, reach + 6, reach + 6))
    middle = box.center()
    half = theme.focus_gap + theme.focus_width // 2 + 1
    sides = {
        "left": (QPoint(box.left() - half, middle.y()), QPoint(-1, 0)),
        "right": (QPoint(box.right() + half, middle.y()), QPoint(1, 0)),
        "top": (QPoint(middle.x(), box.top() - half), QPoint(0, -1)),
        "bottom": (QPoint(middle.x(), box.bottom() + half), QPoint(0, 1)),
    }
    for side, (spot, out) in sides.items():
        beyond = spot + out * (theme.focus_width // 2 + 3)
        if not picture.area.contains(spot) or not picture.area.contains(beyond):
            # Beyond the edge of the window there is nothing to draw on.
            if window.rect().contains(beyond):
                yield f"no room for the ring {side}: {name_of(stop)}"
            continue
        found = picture.pixel(spot.x(), spot.y())
        within = spot - out * (theme.focus_width // 2 + 2)
        grounds = [picture.pixel(point.x(), point.y()) for point in (within, beyond)]
        if contrast(found, wanted) > SAME:
            yield f"no ring {side}, {hex_of(found)}: {name_of(stop)}"
        elif max(contrast(found, ground) for ground in grounds) < GRAPHICS:
            touched = " and ".join(map(hex_of, grounds))
            yield f"faint ring {side}, {hex_of(found)} on {touched}: {name_of(stop)}"
