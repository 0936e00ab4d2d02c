"""Ends a Qt program on Ctrl+C and on SIGTERM, from its event loop."""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication


def quit_on_signals(app: QApplication) -> socket.socket:
    """Let both signals quit the program; the caller closes what is returned.

    Python acts on a signal only while it runs, so the signal wakes the event loop by a socket.
    """
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno())
    # The notifier keeps the writing end alive as long as the program.
    notifier = QSocketNotifier(ours.fileno(), QSocketNotifier.Type.Read, app)
    notifier.setProperty("writing_end", theirs)
    notifier.activated.connect(app.quit)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _do_nothing)
    return ours


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """Stand in for a handler: the event loop hears of the signal by the socket."""
