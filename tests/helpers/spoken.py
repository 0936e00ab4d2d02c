"""What a screen reader would find in a window."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QWidget

Role = QAccessible.Role

CONTROLS = frozenset(
    {
        Role.Button,
        Role.CheckBox,
        Role.ComboBox,
        Role.EditableText,
        Role.RadioButton,
        Role.Slider,
        Role.SpinBox,
    }
)


@dataclass(frozen=True, slots=True)
class Heard:
    """A part that can be seen, as a screen reader gets it.

    Attributes:
        within: the role and name of the groups and dialogs around it, the nearest last.
    """

    role: QAccessible.Role
    name: str
    description: str
    value: str
    is_focusable: bool
    is_focused: bool
    is_checked: bool
    is_password: bool
    within: tuple[tuple[QAccessible.Role, str], ...]
    widget: QWidget | None

    @property
    def is_control(self) -> bool:
        """Whether it can be used."""
        return self.role in CONTROLS

    @property
    def words(self) -> str:
        """All that is said of it."""
        return " ".join(filter(None, (self.name, self.value, self.description)))


def listen(window: QWidget) -> list[Heard]:
    """Return what can be seen of a window, in reading order."""
    return list(_listen(QAccessible.queryAccessibleInterface(window), ()))


def spoken_controls(window: QWidget) -> list[tuple[QAccessible.Role, str]]:
    """Return role and name of every control that can be seen, in the order of the tree."""
    return [(heard.role, heard.name) for heard in listen(window) if heard.is_control]


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


def find_garbage(parts: list[Heard]) -> list[str]:
    """Return what would be heard wrongly: names nobody reads, markup, the same thing twice.

    The first part is the window itself.
    """
    faults = []
    before = ""
    for heard in parts:
        if heard.role is Role.Client and heard.name and heard is not parts[0]:
            faults.append(f"a name on mere layout: {heard.name!r}")
        if heard.role in {Role.Grouping, Role.Dialog} and not heard.name:
            faults.append(f"{heard.role.name} without a name: {type(heard.widget).__name__}")
        if heard.role is Role.RadioButton and Role.Grouping not in dict(heard.within):
            faults.append(f"a choice outside a group: {heard.name!r}")
        if "<" in heard.words or "&" in heard.words:
            faults.append(f"markup: {heard.words!r}")
        if heard.role in {Role.StaticText, Role.Graphic, Role.Heading} and heard.name:
            if heard.name == before:
                faults.append(f"twice: {heard.name!r}")
            before = heard.name
    return faults


def find_other_names(parts: list[Heard]) -> list[str]:
    """Return the buttons whose name does not hold the words that are written on them."""
    return [
        f"{heard.widget.text()!r} is called {heard.name!r}"
        for heard in parts
        if isinstance(heard.widget, QAbstractButton)
        and heard.widget.text().strip(" \N{NO-BREAK SPACE}…+").casefold()
        not in heard.name.casefold()
    ]


def _listen(
    found: QAccessibleInterface, within: tuple[tuple[QAccessible.Role, str], ...]
) -> Iterator[Heard]:
    state, thing = found.state(), found.object()
    if state.invisible:
        return
    role, name = found.role(), found.text(QAccessible.Text.Name).strip()
    yield Heard(
        role=role,
        name=name,
        description=found.text(QAccessible.Text.Description).strip(),
        value=found.text(QAccessible.Text.Value).strip(),
        is_focusable=bool(state.focusable),
        is_focused=bool(state.focused),
        is_checked=bool(state.checked),
        is_password=bool(state.passwordEdit),
        within=within,
        widget=thing if isinstance(thing, QWidget) else None,
    )
    if role in {Role.Grouping, Role.Dialog}:
        within = (*within, (role, name))
    for place in range(found.childCount()):
        child = found.child(place)
        if child is not None:
            yield from _listen(child, within)
