"""What a screen reader would find in a window."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

CONTROLS = frozenset(
    {
        QAccessible.Role.Button,
        QAccessible.Role.CheckBox,
        QAccessible.Role.ComboBox,
        QAccessible.Role.EditableText,
        QAccessible.Role.RadioButton,
        QAccessible.Role.Slider,
        QAccessible.Role.SpinBox,
    }
)


def spoken_controls(window: QWidget) -> list[tuple[QAccessible.Role, str]]:
    """Return role and name of every control that can be seen, in the order of the tree."""
    return [
        (found.role(), found.text(QAccessible.Text.Name).strip())
        for found in _walk(window)
        if found.role() in CONTROLS and not found.state().invisible
    ]


def nameless(window: QWidget) -> list[str]:
    """Return what a screen reader could not name: controls, and stops of the Tab key."""
    lost = [f"{role}" for role, name in spoken_controls(window) if not name]
    for widget in window.findChildren(QWidget):
        stops = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        if stops and widget.isVisible() and widget.isEnabled():
            found = QAccessible.queryAccessibleInterface(widget)
            if not found.text(QAccessible.Text.Name).strip():
                lost.append(f"{type(widget).__name__} {widget.objectName()}".strip())
    return lost


def _walk(window: QWidget) -> Iterator[QAccessibleInterface]:
    left: list[QAccessibleInterface | None] = [QAccessible.queryAccessibleInterface(window)]
    while left:
        found = left.pop(0)
        if found is not None:
            yield found
            left[:0] = [found.child(place) for place in range(found.childCount())]
