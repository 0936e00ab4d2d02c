"""Finds what somebody could not read, hit or reach in a window, whatever painted it.

Each function takes a window that is shown and at rest, and returns one line for each fault; an
empty list is a window in order. What stands behind an open dialog is not looked at.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from kiosk.look.button import Button
from kiosk.look.field import FieldEdit
from kiosk.look.focus import Ringed
from kiosk.look.keypad import Key
from kiosk.look.pin import PinBoxes
from kiosk.look.segment import SegmentButton
from tests.helpers.picture import Picture, contrast, hex_of
from tests.helpers.sight import CAPITAL, SeenText, is_scrolled, seen_texts, seen_widgets, view_of

TOLERANCE = 2
"""Pixels lost to rounding."""

AIR = 0.04
"""Air beside the strokes of a sign, in parts of the size of its font."""

LARGE_TEXT = 4.5
GRAPHICS = 3.0
SIDE_BY_SIDE = 14.0


@dataclass(frozen=True, slots=True)
class Measures:
    """What a program owes to the hands and eyes of its users.

    Attributes:
        target: least width and height of what is pressed, in pixels.
        gap: least distance between two of them.
        text: least contrast of text; large text owes 4.5.
        clear: pixels around a text in which nothing else is painted.
        free_text: texts that may be elided, for their whole stands in a tooltip.
        joined: whether two pressed things may stand together, as the sides of one control do.
    """

    target: int
    gap: int
    text: float = 7.0
    clear: int = 1
    free_text: frozenset[str] = frozenset()
    joined: Callable[[QWidget, QWidget], bool] = field(
        default=lambda one, two: (
            one.parentWidget() is two.parentWidget()
            and isinstance(one, SegmentButton)
            and isinstance(two, SegmentButton)
        )
    )


KIOSK = Measures(target=56, gap=12)
DESK = Measures(target=24, gap=2)


def find_sight_faults(window: QWidget, measures: Measures) -> list[str]:
    """Return all faults that need no hand: cut, touching, small, faint."""
    texts = seen_texts(window)
    picture = Picture(window)
    return [
        *cut_texts(window, texts, measures),
        *overlapping_texts(texts),
        *crowded_texts(picture, texts, measures),
        *faint_texts(picture, texts, measures),
        *overlapping_parts(window),
        *small_targets(window, measures),
        *close_targets(window, measures),
        *faint_edges(window, picture),
    ]


# --------------------------------------------------------------------------------------- texts


def cut_texts(window: QWidget, texts: Iterable[SeenText], measures: Measures) -> Iterator[str]:
    """Tell texts that end in an ellipsis nobody wrote, or beyond what shows their widget."""
    for seen in texts:
        widget = seen.widget
        if isinstance(widget, QLineEdit):
            continue
        whole = seen.text in measures.free_text or seen.text in _whole(widget)
        if seen.text.endswith("…") and not whole:
            yield f"elided: {seen.text}"
        # The air beside the strokes of a large sign may hang over the edge.
        air = TOLERANCE + round(AIR * seen.pixels)
        across = seen.rect.left() < seen.view.left() - air or (
            seen.rect.right() > seen.view.right() + 1 + air
        )
        along = seen.ink.top() < seen.view.top() - TOLERANCE or (
            seen.ink.bottom() > seen.view.bottom() + TOLERANCE
        )
        if across or (along and not is_scrolled(widget, window)):
            yield f"cut: {seen.text}"


def overlapping_texts(texts: Iterable[SeenText]) -> Iterator[str]:
    """Tell texts that are written over each other."""
    for one, two in combinations([seen for seen in texts if seen.is_visible], 2):
        shared = one.ink & two.ink
        if shared.width() > TOLERANCE and shared.height() > TOLERANCE:
            yield f"written over: {one.text} / {two.text}"


def crowded_texts(picture: Picture, texts: Iterable[SeenText], measures: Measures) -> Iterator[str]:
    """Tell texts that something else touches."""
    for text, ink in _lines(texts):
        # The round signs of a large text reach a little beyond their own room.
        reach = measures.clear + 1 + round(0.03 * ink.height() / CAPITAL)
        around = ink.adjusted(-reach, -reach, reach, reach)
        if not picture.area.contains(around):
            yield f"at the edge: {text}"
            continue
        ground = picture.ground(ink)
        for side in (
            QRect(around.left(), ink.top(), 1, ink.height()),
            QRect(around.right(), ink.top(), 1, ink.height()),
        ):
            strange = [
                colour for colour in picture.colours(side) if contrast(ground, colour) >= GRAPHICS
            ]
            if strange:
                yield f"touched: {text} by {hex_of(strange[0])}"
                break


def faint_texts(picture: Picture, texts: Iterable[SeenText], measures: Measures) -> Iterator[str]:
    """Tell texts whose pixels stand out too little; what is switched off is exempt."""
    for seen in texts:
        if not seen.widget.isEnabled() or not seen.is_visible or not _has_strokes(seen.text):
            continue
        ground, ink = picture.ground_and_ink(seen.ink)
        least = min(LARGE_TEXT, measures.text) if seen.is_large else measures.text
        found = contrast(ground, ink)
        if found < least - 0.05:
            colours = f"{hex_of(ink)} on {hex_of(ground)}"
            yield f"faint, {found:.2f} of {least}: {seen.text} ({colours})"


def _lines(texts: Iterable[SeenText]) -> list[tuple[str, QRect]]:
    """Return the pieces of one line of one widget as one."""
    lines: list[tuple[SeenText, str, QRect]] = []
    for seen in texts:
        if not seen.is_visible or isinstance(seen.widget, QLineEdit):
            continue
        if lines:
            last, text, rect = lines[-1]
            same = last.widget is seen.widget and abs(last.baseline - seen.baseline) < TOLERANCE
            if same and abs(rect.right() - seen.rect.left()) <= SIDE_BY_SIDE:
                lines[-1] = (last, text + seen.text, rect | seen.ink)
                continue
        lines.append((seen, seen.text, seen.ink))
    return [(text, rect) for _seen, text, rect in lines]


def _whole(widget: QWidget) -> str:
    told = [widget.accessibleName(), widget.accessibleDescription()]
    if isinstance(widget, QLabel | QAbstractButton):
        told.append(re.sub(r"<[^>]+>", "", widget.text()))
    return "\n".join(told)


def _has_strokes(text: str) -> bool:
    """Return whether a text has signs thick enough to be measured: a lone dot or dash has none."""
    return any(sign.isalnum() for sign in text)


# --------------------------------------------------------------------------------------- parts


def overlapping_parts(window: QWidget) -> Iterator[str]:
    """Tell neighbours that lie over each other."""
    families: dict[QWidget, list[QWidget]] = {}
    for widget in seen_widgets(window):
        parent = widget.parentWidget()
        if parent is not None and parent.layout() is not None:
            families.setdefault(parent, []).append(widget)
    for children in families.values():
        for one, two in combinations(children, 2):
            shared = one.geometry() & two.geometry()
            if shared.width() > 0 and shared.height() > 0:
                yield f"lies over: {name_of(one)} / {name_of(two)}"


def pressables(window: QWidget) -> list[QWidget]:
    """Return what can be pressed or typed into."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox)
    return [
        widget
        for widget in seen_widgets(window)
        if isinstance(widget, kinds) and not isinstance(widget.parentWidget(), kinds)
    ]


def shape_of(widget: QWidget, window: QWidget) -> QRect:
    """Return what a hand aims at, in the coordinates of the window."""
    if isinstance(widget, PinBoxes):
        return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    if isinstance(widget, Ringed):
        shape = widget.focus_shape()
        return QRect(shape.widget.mapTo(window, shape.rect.topLeft()), shape.rect.size())
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def _view_of_shape(widget: QWidget, window: QWidget) -> QRect:
    """Return the part of the window in which what a hand aims at can be seen."""
    if isinstance(widget, Ringed):
        return view_of(widget.focus_shape().widget, window)
    return view_of(widget, window)


def small_targets(window: QWidget, measures: Measures) -> Iterator[str]:
    """Tell what is too small to be hit."""
    for widget in pressables(window):
        size = shape_of(widget, window).size()
        if min(size.width(), size.height()) < measures.target:
            yield f"small, {size.width()} × {size.height()}: {name_of(widget)}"


def close_targets(window: QWidget, measures: Measures) -> Iterator[str]:
    """Tell what may be hit instead of its neighbour."""
    aims = [
        (widget, aim)
        for widget in pressables(window)
        if not (aim := shape_of(widget, window) & _view_of_shape(widget, window)).isEmpty()
    ]
    reach = measures.gap - 1
    for (one, first), (two, second) in combinations(aims, 2):
        if first.contains(second) or second.contains(first) or measures.joined(one, two):
            continue
        if first.adjusted(-reach, -reach, reach, reach).intersects(second):
            yield f"close: {name_of(one)} / {name_of(two)}"


def faint_edges(window: QWidget, picture: Picture) -> Iterator[str]:
    """Tell controls whose outline or fill stands out too little from what they touch."""
    for widget in pressables(window):
        if not _has_edge(widget) or not widget.isEnabled():
            continue
        shape = shape_of(widget, window)
        if isinstance(widget, PinBoxes):
            shape = QRect(widget.mapTo(window, QPoint(0, 0)), widget.box_rect(0).size())
        if not _view_of_shape(widget, window).contains(shape):
            continue
        found = min(_edges(picture, shape), default=21.0)
        if found < GRAPHICS:
            yield f"faint edge, {found:.2f}: {name_of(widget)}"


def _has_edge(widget: QWidget) -> bool:
    """Return whether its outline is needed to find a control: plain words need none."""
    if isinstance(widget, Button):
        return widget.kind != "quiet"
    return isinstance(widget, Key | FieldEdit | PinBoxes | QComboBox | QAbstractSpinBox)


def _edges(picture: Picture, shape: QRect) -> Iterator[float]:
    """Return the contrast across each side that can be seen: the best step within six pixels."""
    middle = shape.center()
    for start, step in (
        (QPoint(shape.left(), middle.y()), QPoint(1, 0)),
        (QPoint(shape.right(), middle.y()), QPoint(-1, 0)),
        (QPoint(middle.x(), shape.top()), QPoint(0, 1)),
        (QPoint(middle.x(), shape.bottom()), QPoint(0, -1)),
    ):
        outside, inmost = start - step * 2, start + step * 5
        if not (picture.area.contains(outside) and picture.area.contains(inmost)):
            continue
        around = picture.pixel(outside.x(), outside.y())
        spots = [start + step * depth for depth in range(-1, 6)]
        yield max(contrast(around, picture.pixel(spot.x(), spot.y())) for spot in spots)


def name_of(widget: QWidget) -> str:
    """Return a name that helps to find a widget."""
    text = widget.accessibleName()
    if isinstance(widget, QLabel | QAbstractButton) and widget.text():
        text = re.sub(r"<[^>]+>", "", widget.text())
    return f"{type(widget).__name__} {text}".strip()
