"""A visitor's program: one colour, as large as the desktop lets it be; says which keys it gets.

F11 gives it the whole screen, as a browser does; with the word `full` it begins so.
"""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QApplication, QWidget

COLOUR = "#ff00ff"


class Stand(QWidget):
    """The program."""

    def __init__(self) -> None:
        super().__init__()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor(COLOUR))
        self.setPalette(palette)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Say the key, or take the whole screen."""
        if event.key() == Qt.Key.Key_F11:
            self.showFullScreen()
            return
        print(f"key {event.text()}", flush=True)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Say that it was pressed."""
        print("pressed", flush=True)


def main() -> int:
    """Stand until the test ends."""
    app = QApplication(sys.argv[:1])
    stand = Stand()
    if "full" in sys.argv:
        stand.showFullScreen()
    else:
        stand.showMaximized()
    print("standing", flush=True)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
