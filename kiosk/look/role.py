"""What a painted part is for a screen reader.

Qt calls every widget of our own a "client", which a screen reader takes for mere layout: it skips
the name of a group and does not notice that a dialog has opened. A part says with `spoken_role` on
its class what it is.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QApplication, QStackedWidget, QWidget

Role = QAccessible.Role

_GIVEN = "spoken_roles"


class Stack(QStackedWidget):
    """Pages of which one is up; that they lie on each other is nobody's business."""

    spoken_role = Role.Client


def give_roles(app: QApplication) -> None:
    """Let the parts of a program be what they say; once is enough."""
    if not app.property(_GIVEN):
        app.setProperty(_GIVEN, True)
        QAccessible.installFactory(_describe)


def _describe(_class_name: str, thing: QObject | None) -> QAccessibleInterface | None:
    """Return how a part is described, or nothing for what Qt describes well."""
    role = getattr(thing, "spoken_role", None)
    if not isinstance(thing, QWidget) or not isinstance(role, Role):
        return None
    return QAccessibleWidget(thing, role)
