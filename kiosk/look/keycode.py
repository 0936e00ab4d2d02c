"""Which digit a key means, whatever the layout of the keyboard.

A scanner made for a US keyboard sends the keys of the digit row; under a French layout those keys
write `&é"'(-è_çà`. On X11 and Wayland the physical keys of that row carry the native codes 10 to
19, so the key is read instead of what it would write. So are the keys of the numeric pad, which
write nothing while Num Lock is off.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

DIGIT_ROW = {10 + place: str((place + 1) % 10) for place in range(10)}
"""Native code of the physical key → its digit."""

PAD = {79: "7", 80: "8", 81: "9", 83: "4", 84: "5", 85: "6", 87: "1", 88: "2", 89: "3", 90: "0"}
"""Native code of a key of the numeric pad → its digit."""

X_CODES = frozenset({"xcb", "wayland", "wayland-egl", "offscreen"})
"""Platforms whose native codes are those of X."""

SHORTCUTS = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


def digit_of(event: QKeyEvent) -> str | None:
    """Return the digit that a key press means, or None."""
    if event.modifiers() & SHORTCUTS:
        return None
    has_codes = QGuiApplication.platformName() in X_CODES
    code = event.nativeScanCode()
    if has_codes and code in DIGIT_ROW:
        return DIGIT_ROW[code]
    text = event.text()
    if len(text) == 1 and text.isascii() and text.isdigit():
        return text
    return PAD.get(code) if has_codes else None
