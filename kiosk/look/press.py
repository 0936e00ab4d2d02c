"""Pressing with Enter as with Space, for every button that draws itself."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton


def press_with_enter(button: QAbstractButton, event: QKeyEvent) -> bool:
    """Press a button if the key is Enter; a held key presses once. Return whether it was Enter.

    Space is Qt's own. A button with `WA_Hover` is drawn again by Qt when the pointer comes or goes.
    """
    if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
        return False
    if not event.isAutoRepeat():
        button.click()
    return True
