"""`creneau-face`: the session's face on the visitor's display, started by the gate for one slot.

It holds the visitor's powers and no more: what it shows comes from the shell over a socket, what is
pressed goes back the same way, and without it the slot goes on.
"""

import argparse
import logging
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from kiosk.composition.activity import IdleSource, Playback, find_server, with_sound
from kiosk.look.garbage import GarbageCollector
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.quitting import quit_on_signals
from kiosk.look.speech import SpeechDispatcher, find_socket
from kiosk.rules.identifier import is_id
from kiosk.shell.face_link import FaceLink
from kiosk.shell.monitor import Monitors
from kiosk.shell.session_window import SessionWindow
from kiosk.shell.x11 import Desktop
from kiosk.wire.face import Wish
from kiosk.wire.facelink import Appearance, QuietTold, SessionWish

TELL_QUIET_MS = 5000


@dataclass(frozen=True, slots=True)
class FaceOptions:
    """What the gate tells the face: the shell's socket and the slot it stands for."""

    socket: str
    slot_id: str


def read_options(arguments: Sequence[str]) -> FaceOptions:
    """Read the command line; argparse ends the program on one that makes no sense."""
    parser = argparse.ArgumentParser(
        prog="creneau-face", description="The session face of a workstation; the gate starts it."
    )
    parser.add_argument("--socket", required=True, help="the shell's socket for session faces")
    parser.add_argument("--slot", required=True, help="id of the slot that it stands for")
    found = parser.parse_args(arguments)
    if not is_id(found.slot):
        parser.error("--slot is the id of a slot")
    return FaceOptions(found.socket, found.slot)


class FaceProgram:
    """The window, its line to the shell, and the activity that it tells."""

    def __init__(self, app: QApplication, options: FaceOptions) -> None:
        look = Look.for_program(app, "kiosk")
        guard = Guard(app, look.tokens.behaviour, time.monotonic, app)
        name = os.environ.get("DISPLAY", "")
        is_x11 = QGuiApplication.platformName() == "xcb"
        self._desktop = Desktop.reach(name) if is_x11 else None
        self.window = SessionWindow(look, Language("fr"), guard, self._desktop)
        self._link = FaceLink(options.socket, options.slot_id, app)
        self._link.shown.connect(self.window.show_snapshot)
        self._link.appearance_told.connect(self.window.display.wear)
        self.window.wished.connect(self._send)
        self.window.display.chosen.connect(self._send_choice)
        self._server: IdleSource | None = find_server(os.environ, QGuiApplication.platformName())
        self._sound: IdleSource = Playback(time.monotonic)
        self._telling = QTimer(app)
        self._telling.setInterval(TELL_QUIET_MS)
        self._telling.timeout.connect(self._tell_quiet)
        self._monitors = Monitors(name, app)
        self._voice: SpeechDispatcher | None = None

    def begin(self) -> None:
        """Cover the first monitor, whichever that will be, and ask the shell what to show."""
        self._stand()
        self._monitors.changed.connect(self._stand)
        self.window.show()
        self._link.start()
        self._telling.start()
        socket = find_socket(os.environ)
        if socket is not None:
            self._voice = SpeechDispatcher(socket, self.window)
            self.window.use_voice(self._voice)
            self._voice.begin()

    def close(self) -> None:
        """Let everything go."""
        self._telling.stop()
        self._link.close()
        self._monitors.close()
        if self._voice is not None:
            self._voice.close()
        self.window.close()
        if self._desktop is not None:
            self._desktop.close()
        if self._server is not None:
            self._server.close()

    def _stand(self) -> None:
        # While the last monitor is being changed for another there may be none.
        for place in self._monitors.places()[:1]:
            self.window.setGeometry(place)

    def _send(self, wish: Wish) -> None:
        # The lock's wishes come from no page that this window has; the shell would refuse them.
        if isinstance(wish, SessionWish):
            self._link.send(wish)

    def _send_choice(self, appearance: Appearance) -> None:
        self._link.send(appearance)

    def _tell_quiet(self) -> None:
        told = None if self._server is None else self._server.seconds()
        seconds = with_sound(told, self._sound.seconds())
        if seconds is not None:
            self._link.send(QuietTold(seconds=seconds))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the face until its display goes away; return the exit code."""
    options = read_options(sys.argv[1:] if arguments is None else arguments)
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(message)s"
    )
    app = QApplication([sys.argv[0]])
    app.setApplicationName("creneau-face")
    program = FaceProgram(app, options)
    ending = quit_on_signals(app)
    program.begin()
    collector = GarbageCollector(app)
    code = app.exec()
    collector.stop()
    program.close()
    ending.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
