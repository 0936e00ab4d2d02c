"""Every page of the console in every state, without a hub.

    python -m admin_console.desk.gallery                    opens the pages one after another
    python -m admin_console.desk.gallery --pictures FOLDER  draws all of them into a folder

The states stand in `gallery_state`; they feed the tests of overflow, names and keys too.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from admin_console.desk.gallery_state import STATES, Stage
from admin_console.desk.parts.floor import SeatCard
from kiosk.look.focus import FocusRing
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look

SIZES = ((1440, 900), (1280, 800))


def stand_up(stage: Stage, name: str, size: tuple[int, int]) -> QWidget:
    """Return a state as a window that is not shown yet."""
    window = QWidget()
    window.setProperty("ground", "page")
    window.setWindowTitle(name)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    window.resize(*size)
    column.addWidget(STATES[name](stage))
    FocusRing(stage.look, window)
    return window


def take_pictures(
    app: QApplication, stage: Stage, folder: Path, names: list[str]
) -> Iterator[Path]:
    """Draw the states: all in French and light, the main ones small, English and contrasted."""
    main = ("sign-in", "live-busy", "seat-harmless", "seat-harmful", "live-lost")
    looks = [("fr", "light", SIZES[0], names)]
    few = [name for name in names if name in main]
    looks += [
        ("fr", "light", SIZES[1], few),
        ("en", "light", SIZES[0], few),
        ("fr", "high_contrast", SIZES[0], few),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for language, theme, size, chosen in looks:
        stage.language.use("en" if language == "en" else "fr")
        stage.look.use(name="high_contrast" if theme == "high_contrast" else "light")
        for name in chosen:
            window = stand_up(stage, name, size)
            window.show()
            window.activateWindow()
            app.processEvents()
            focused = app.focusWidget()
            if focused is not None and not isinstance(focused, QLineEdit | QPlainTextEdit):
                focused.clearFocus()
            for text in window.findChildren(QPlainTextEdit):
                if text.isVisible():
                    text.setFocus()
            for card in window.findChildren(SeatCard):
                if card.isChecked() and name.startswith("seat-harm"):
                    card.setFocus(Qt.FocusReason.TabFocusReason)
            for _round in range(3):
                app.processEvents()
            path = folder / f"{name}-{language}-{theme}-{size[0]}.png"
            window.grab().save(str(path))
            window.close()
            window.deleteLater()
            app.processEvents()
            yield path


def browse(app: QApplication, stage: Stage) -> int:
    """Show the states one after another, with buttons to change state, language and contrast."""
    names = list(STATES)
    place = 0
    shown: list[QWidget] = []
    bar = QWidget()
    row = QHBoxLayout(bar)

    def show(step: int) -> None:
        nonlocal place
        place = (place + step) % len(names)
        for old in shown:
            old.close()
        shown[:] = [stand_up(stage, names[place], SIZES[0])]
        shown[0].show()
        bar.raise_()

    for text, act in (
        ("<", lambda: show(-1)),
        (">", lambda: show(1)),
        ("FR / EN", lambda: stage.language.use("fr" if stage.language.code == "en" else "en")),
        (
            "Contrast",
            lambda: stage.look.use(
                name="light" if stage.look.theme.is_high_contrast else "high_contrast"
            ),
        ),
    ):
        button = QPushButton(text)
        button.clicked.connect(act)
        row.addWidget(button)
    show(0)
    bar.show()
    return app.exec()


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw or browse; return the exit code."""
    parser = argparse.ArgumentParser(prog="admin_console.desk.gallery")
    parser.add_argument("--pictures", type=Path, help="draw all states into this folder")
    parser.add_argument("--only", default="", help="draw the states whose names begin like this")
    options = parser.parse_args(arguments)
    if options.pictures is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([sys.argv[0]])
    look = Look.for_program(app, "console")
    # The clock of the guard stands still far from any change: nothing is swallowed in a gallery.
    stage = Stage(look, Language("fr"), Guard(app, look.tokens.behaviour, lambda: 0.0, app))
    if options.pictures is None:
        return browse(app, stage)
    names = [name for name in STATES if name.startswith(options.only)]
    for path in take_pictures(app, stage, options.pictures, names):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
