"""Saves the whole screen as a picture: `python -m admin_console.rehearsal.picture FILE`.

A process of its own, because the rehearsal itself is no window program.
"""

import sys

from PySide6.QtGui import QGuiApplication


def main(path: str) -> int:
    """Save the picture and return the exit status."""
    application = QGuiApplication([])
    screen = application.primaryScreen()
    return 0 if screen.grabWindow(0).save(path) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
