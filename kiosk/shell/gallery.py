"""Every page in every state, to be looked at and to be tested.

python -m kiosk.shell.gallery                      turn the pages by hand, with Page down and up
python -m kiosk.shell.gallery --pictures DIR       pictures of the usual set
python -m kiosk.shell.gallery --pictures DIR --all every language, size, contrast and screen
python -m kiosk.shell.gallery --only lock          names that begin so
"""

import argparse
import itertools
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.look.guard import Guard
from kiosk.look.language import Language, LanguageCode
from kiosk.look.look import Look
from kiosk.look.token import ThemeName
from kiosk.look.voice import Voice
from kiosk.shell.digit_page import DigitPage
from kiosk.shell.face import Face
from kiosk.shell.home_page import HomePage
from kiosk.shell.lock_page import LockPage
from kiosk.shell.question import Question
from kiosk.shell.sample import Sample
from kiosk.shell.sample_credit import credit_samples
from kiosk.shell.sample_key import key_samples
from kiosk.shell.sample_page import samples
from kiosk.shell.sample_pass import SENT
from kiosk.shell.sample_turned import turned_samples
from kiosk.shell.ticket_dialog import TicketDialog
from kiosk.shell.window import Window

SCREENS = {
    "1920x1080": QSize(1920, 1080),
    "1366x768": QSize(1366, 768),
    "1280x1024": QSize(1280, 1024),
}
SCALES = (1.0, 1.25, 1.5)
THEMES: tuple[ThemeName, ...] = ("light", "high_contrast")
LANGUAGES: tuple[LanguageCode, ...] = ("fr", "en")
USUAL = (
    "lock-card", "home", "home-10", "bar-10", "grace", "offer", "options", "ending", "closed",
    "lock-display", "bar-display", "options-mercy", "lock-kept",
    "home-credit", "bar-credit", "credit",
    "home-key", "home-key-10", "home-key-10-busy", "goodbye-key-left",
    "away", "idle", "places-told", "welcome", "welcome-rules",
)  # fmt: skip
"""The samples that the usual set shows at every size and contrast."""


@dataclass(frozen=True, slots=True)
class View:
    """A sample, and how it is looked at."""

    sample: Sample
    language: LanguageCode = "fr"
    scale: float = 1.0
    theme: ThemeName = "light"
    screen: str = "1920x1080"

    @property
    def name(self) -> str:
        """The name of the picture, without its ending."""
        parts = [self.sample.name, self.language, f"{self.scale * 100:.0f}", self.screen]
        if self.theme == "high_contrast":
            parts.append("contrast")
        return "_".join(parts)


def every_sample() -> list[Sample]:
    """Return every page and every dialog in every state."""
    return [*samples(), *turned_samples(), *credit_samples(), *key_samples()]


def usual_views() -> Iterator[View]:
    """Return every sample once, and the main ones at every screen, size and contrast."""
    for sample in every_sample():
        yield View(sample)
        if sample.name in USUAL:
            yield View(sample, language="en")
            yield View(sample, theme="high_contrast")
            yield View(sample, screen="1366x768")
            yield View(sample, screen="1280x1024")
            yield View(sample, scale=1.5)
            yield View(sample, scale=1.5, screen="1366x768")
            yield View(sample, scale=1.25, screen="1280x1024")


def all_views() -> Iterator[View]:
    """Return every sample in every language, size, contrast and screen."""
    for sample, language, scale, theme, screen in itertools.product(
        every_sample(), LANGUAGES, SCALES, THEMES, SCREENS
    ):
        yield View(sample, language, scale, theme, screen)


class SilentVoice(Voice):
    """Speaks without a sound, until it is stopped."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.text = ""

    def can_speak(self) -> bool:
        """Return true: the button stands in the pictures."""
        return True

    def is_speaking(self) -> bool:
        """Return whether a text is being read."""
        return bool(self.text)

    def say(self, text: str, language: LanguageCode) -> None:
        """Hold a text."""
        self.text = text
        self.changed.emit()

    def stop(self) -> None:
        """Let it go."""
        if self.text:
            self.text = ""
            self.changed.emit()


class Stand:
    """Shows one view after the other, each in a fresh window; the caller closes the last one."""

    def __init__(self, app: QApplication, look: Look) -> None:
        self._app = app
        self._look = look
        self._language = Language("fr")
        # The gallery answers to no hand: nothing is swallowed and every dialog opens at once.
        self._guard = Guard(app, look.tokens.behaviour, time.monotonic, app)

    def build(self, view: View) -> Window:
        """Return a window that shows a view."""
        self._language.use(view.language)
        self._look.use(name=view.theme, text_scale=view.scale)
        window = Window(self._look, self._language, self._guard)
        window.use_voice(SilentVoice(window))
        window.resize(SCREENS[view.screen])
        window.show()
        window.activateWindow()
        show_sample(window, view.sample)
        settle(self._app)
        return window


def show_sample(window: Window, sample: Sample) -> None:
    """Bring a window to the state of a sample."""
    if sample.enrolment is not None:
        window.show_enrolment(sample.enrolment)
    if sample.snapshot is None:
        return
    if sample.wants_program:
        window.want_program()
    window.show_snapshot(sample.snapshot)
    if sample.wants_pass:
        window.want_pass()
    if sample.sent:
        window.sit(SENT)
    page = window.page(window.face or Face.STARTING)
    if isinstance(page, LockPage):
        page.form.fill(*sample.typed)
    if isinstance(page, DigitPage):
        page.fill(sample.typed[1])
    if isinstance(page, HomePage) and sample.shows_help:
        page.show_help()
    window.display.use_calm(sample.calm)
    window.display.use_reduced(sample.reduced)
    if sample.question is Question.DISPLAY:
        window.open_display()
    elif sample.question is not None:
        window.questions.open_now(sample.question)
        ticket = window.questions.dialog(sample.question)
        if isinstance(ticket, TicketDialog):
            ticket.show_number(SENT.card)
            ticket.acts.turn(sample.mode)
    if sample.later is not None:
        window.show_snapshot(sample.later)
    # What is looked at is what has come, and not what goes.
    window.fade.finish()


def settle(app: QApplication) -> None:
    """Let layouts and focus come to rest."""
    for _round in range(3):
        app.processEvents()


def drop(window: QWidget, app: QApplication) -> None:
    """Close a window for good."""
    window.close()
    window.deleteLater()
    settle(app)


def take_pictures(app: QApplication, look: Look, folder: Path, views: list[View]) -> None:
    """Write a picture of each view."""
    folder.mkdir(parents=True, exist_ok=True)
    stand = Stand(app, look)
    for view in views:
        window = stand.build(view)
        window.grab().save(str(folder / f"{view.name}.png"))
        drop(window, app)
    print(f"{len(views)} pictures in {folder}")


class Browser(QObject):
    """Turns the pages by hand: Page down and Page up, for the arrows belong to the faces."""

    def __init__(self, app: QApplication, look: Look, views: list[View]) -> None:
        super().__init__()
        self._app, self._views, self._at = app, views, 0
        self._stand = Stand(app, look)
        self._window: Window | None = None
        self._turn(0)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn a page."""
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
        self._window = self._stand.build(view)
        self._window.setWindowTitle(view.name)


def main(arguments: list[str] | None = None) -> int:
    """Show the gallery or take its pictures; return the exit code."""
    parser = argparse.ArgumentParser(prog="kiosk.shell.gallery", description=__doc__)
    parser.add_argument("--pictures", type=Path, metavar="DIR", help="write pictures there")
    parser.add_argument("--only", metavar="NAME", default="", help="samples whose name begins so")
    parser.add_argument("--all", action="store_true", help="every language, size and screen")
    chosen = parser.parse_args(arguments)
    views = list(all_views() if chosen.all else usual_views())
    views = [view for view in views if view.sample.name.startswith(chosen.only)]
    if not views:
        parser.error(f"no sample begins with {chosen.only}")
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    look = Look.for_program(app, "kiosk")
    if chosen.pictures is not None:
        take_pictures(app, look, chosen.pictures, views)
        return 0
    browser = Browser(app, look, views)
    code = app.exec()
    browser.deleteLater()
    return code


if __name__ == "__main__":
    sys.exit(main())
