"""Every page of the console in every state, without a hub.

python -m admin_console.desk.gallery                      turn the pages by hand, Page down and up
python -m admin_console.desk.gallery --pictures DIR       pictures of the usual set
python -m admin_console.desk.gallery --pictures DIR --all every language, size, contrast, screen
python -m admin_console.desk.gallery --only seat          names that begin so

The states stand in `gallery_state`; the views made here of them feed the tests of the pages too.
"""

import argparse
import itertools
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from admin_console.desk.gallery_state import STATES, Stage
from admin_console.desk.parts.floor import SeatCard
from kiosk.look.dialog import Dialog
from kiosk.look.focus import FocusRing
from kiosk.look.guard import Guard
from kiosk.look.language import Language, LanguageCode
from kiosk.look.look import Look
from kiosk.look.token import ThemeName

SIZES = ((1440, 900), (1280, 800))
BOARD = (1920, 1080)
SCALES = (1.0, 1.25, 1.5)
THEMES: tuple[ThemeName, ...] = ("light", "high_contrast")
LANGUAGES: tuple[LanguageCode, ...] = ("fr", "en")
USUAL = ("sign-in", "live-busy", "seat-harmless", "seat-harmful", "live-lost", "live-list")
"""The states that the usual set shows in every manner."""


@dataclass(frozen=True, slots=True)
class View:
    """A state, and how it is looked at; `size` is that of the window in pixels."""

    state: str
    language: LanguageCode = "fr"
    scale: float = 1.0
    theme: ThemeName = "light"
    size: tuple[int, int] = SIZES[0]

    @property
    def name(self) -> str:
        """The name of the picture, without its ending."""
        wide, high = self.size
        parts = [self.state, self.language, f"{self.scale * 100:.0f}", f"{wide}x{high}"]
        if self.theme == "high_contrast":
            parts.append("contrast")
        return "_".join(parts)


def usual_views() -> Iterator[View]:
    """Return every state once, and the main ones in every manner by itself."""
    for state in STATES:
        yield View(state, size=BOARD if state.startswith("board-") else SIZES[0])
        if state in USUAL:
            yield View(state, language="en")
            yield View(state, theme="high_contrast")
            yield View(state, size=SIZES[1])
            yield View(state, scale=1.25)
            yield View(state, scale=1.5, size=SIZES[1])


def all_views() -> Iterator[View]:
    """Return every state in every language, size, contrast and window."""
    for state, language, scale, theme, size in itertools.product(
        STATES, LANGUAGES, SCALES, THEMES, SIZES
    ):
        yield View(state, language, scale, theme, size)


def stand_up(stage: Stage, view: View) -> QWidget:
    """Return a view as a window that is not shown yet; the stage takes its manner."""
    stage.language.use(view.language)
    stage.look.use(name=view.theme, text_scale=view.scale)
    window = STATES[view.state](stage)
    window.setWindowTitle(view.name)
    window.resize(*view.size)
    FocusRing(stage.look, window)
    return window


def present(app: QApplication, window: QWidget, view: View) -> None:
    """Show a window, with the keyboard where the picture of its state wants it."""
    window.show()
    window.activateWindow()
    settle(app)
    focused = app.focusWidget()
    covered = any(dialog.is_open() for dialog in window.findChildren(Dialog))
    if focused is not None and (covered or not isinstance(focused, QLineEdit | QPlainTextEdit)):
        focused.clearFocus()
    for text in window.findChildren(QPlainTextEdit):
        if text.isVisible():
            text.setFocus()
    for card in window.findChildren(SeatCard):
        if card.isChecked() and view.state.startswith("seat-harm"):
            card.setFocus(Qt.FocusReason.TabFocusReason)
    for dialog in window.findChildren(Dialog):
        if dialog.is_open():
            dialog.take_focus()
    settle(app)


def settle(app: QApplication) -> None:
    """Let layouts and focus come to rest."""
    for _round in range(3):
        app.processEvents()


def drop(app: QApplication, window: QWidget) -> None:
    """Close a window for good."""
    window.close()
    window.deleteLater()
    settle(app)


def take_pictures(
    app: QApplication, stage: Stage, folder: Path, views: Sequence[View]
) -> Iterator[Path]:
    """Draw views into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for view in views:
        window = stand_up(stage, view)
        present(app, window, view)
        path = folder / f"{view.name}.png"
        window.grab().save(str(path))
        drop(app, window)
        yield path


class Browser(QObject):
    """Turns the pages by hand: Page down and Page up, for the arrows belong to the pages."""

    def __init__(self, app: QApplication, stage: Stage, views: Sequence[View]) -> None:
        super().__init__()
        self._app, self._stage, self._views, self._at = app, stage, views, 0
        self._window: QWidget | None = None
        self._turn(0)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn a page, once for the window that the key went to."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()))
            if step is not None:
                if watched is self._window:
                    self._turn(step)
                return True
        return False

    def _turn(self, step: int) -> None:
        self._at = (self._at + step) % len(self._views)
        if self._window is not None:
            self._window.hide()
            self._window.deleteLater()
        view = self._views[self._at]
        self._window = stand_up(self._stage, view)
        self._window.show()


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw or browse; return the exit code."""
    parser = argparse.ArgumentParser(prog="admin_console.desk.gallery", description=__doc__)
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="write pictures there")
    parser.add_argument("--only", metavar="NAME", default="", help="states whose name begins so")
    parser.add_argument("--all", action="store_true", help="every language, size and contrast")
    options = parser.parse_args(arguments)
    views = list(all_views() if options.all else usual_views())
    views = [view for view in views if view.state.startswith(options.only)]
    if not views:
        parser.error(f"no state begins with {options.only}")
    if options.pictures is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([sys.argv[0]])
    look = Look.for_program(app, "console")
    # The clock of the guard stands still far from any change: nothing is swallowed in a gallery.
    stage = Stage(look, Language("fr"), Guard(app, look.tokens.behaviour, lambda: 0.0, app))
    if options.pictures is not None:
        for path in take_pictures(app, stage, options.pictures, views):
            print(path)
        return 0
    browser = Browser(app, stage, views)
    code = app.exec()
    browser.deleteLater()
    return code


if __name__ == "__main__":
    sys.exit(main())
