"""`creneau-kiosk`: the shell of a workstation.

The window paints a still page first; what is slow (both journals, the hub) comes after its first
frame.
"""

import logging
import os
import sys
import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from kiosk.composition.option import Options, read_options
from kiosk.gate.journal import JournalBusy, JournalFailed
from kiosk.look.garbage import GarbageCollector
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.quitting import quit_on_signals
from kiosk.shell.cover import Cover
from kiosk.shell.monitor import Monitors
from kiosk.shell.window import Window
from kiosk.shell.x11 import Desktop

_log = logging.getLogger(__name__)

CANNOT_START = 2


class FirstFrame(QObject):
    """Tells, once, that a window has painted.

    Signals:
        painted(): the first frame is on its way to the screen.
    """

    painted = Signal()

    def __init__(self, window: Window) -> None:
        """Watch the window until its first paint."""
        super().__init__(window)
        self._seen = False
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See the first paint go by."""
        if event.type() == QEvent.Type.Paint and not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.painted.emit)
        return False


class Program(QObject):
    """The running program: the window now, the workstation behind it after the first frame."""

    def __init__(self, app: QApplication, options: Options, window: Window) -> None:
        """Take what there is before the first frame."""
        super().__init__(app)
        self._app = app
        self._options = options
        self._window = window
        self._close: Callable[[], None] | None = None
        self._hush: Callable[[], None] | None = None

    def begin(self) -> None:
        """Put the workstation together; end the program when that cannot be."""
        _log.info("first frame painted")
        # Imported late: SQLAlchemy, Babel's data and the network are not needed to paint.
        from kiosk.composition.workstation import Workstation  # noqa: PLC0415
        from kiosk.hublink.client import AddressRefused  # noqa: PLC0415
        from kiosk.hublink.secret import SecretsUnavailable  # noqa: PLC0415
        from kiosk.look.speech import SpeechDispatcher, find_socket  # noqa: PLC0415

        try:
            workstation = Workstation(self._options, self._window, self)
            self._close = workstation.close
            workstation.start()
            socket = find_socket(os.environ)
            if socket is not None:
                voice = SpeechDispatcher(socket, self)
                self._window.use_voice(voice)
                voice.begin()
                self._hush = voice.close
        except JournalBusy:
            self._give_up("another kiosk runs on the same state folder")
        except (JournalFailed, AddressRefused, SecretsUnavailable) as error:
            self._give_up(str(error))

    def close(self) -> None:
        """Let the workstation go."""
        if self._hush is not None:
            self._hush()
        if self._close is not None:
            self._close()

    def _give_up(self, why: str) -> None:
        sys.stderr.write(f"creneau-kiosk: {why}\n")
        self._app.exit(CANNOT_START)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the workstation; return the exit code."""
    options = read_options(sys.argv[1:] if arguments is None else arguments)
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    app = QApplication([sys.argv[0]])
    app.setApplicationName("creneau-kiosk")
    look = Look.for_program(app, "kiosk")
    language = Language("en" if options.language == "en" else "fr")
    guard = Guard(app, look.tokens.behaviour, time.monotonic, app)
    window = Window(look, language, guard)
    program = Program(app, options, window)
    FirstFrame(window).painted.connect(program.begin)
    ending = quit_on_signals(app)
    cover: Cover | None = None
    desktop: Desktop | None = None
    if options.size is None and options.gate is not None:
        display = os.environ.get("DISPLAY", "")
        desktop = Desktop.reach(display)
        let_go = desktop.let_go if desktop is not None else _keep
        cover = Cover(window, look, Monitors(display, app), let_go, app)
        cover.start()
    elif options.size is None:
        window.showFullScreen()
    else:
        window.resize(*options.size)
        window.show()
    window.activateWindow()
    collector = GarbageCollector(app)
    code = app.exec()
    collector.stop()
    if cover is not None:
        cover.stop()
    if desktop is not None:
        desktop.close()
    program.close()
    window.close()
    ending.close()
    return code


def _keep() -> None:
    """Keep the keyboard, where nobody can be given it."""


if __name__ == "__main__":
    sys.exit(main())
