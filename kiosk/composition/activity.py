"""How long ago the visitor used keyboard or pointer, as the station can know it.

On an X server its own screen-saver extension knows of every input, whichever program it went to.
Elsewhere only the faces' own windows tell, and nothing is said while programs run beside them:
whoever types a letter is not to be asked whether they are there. Sound and video are not heard yet.
"""

import ctypes
import ctypes.util
import logging
from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QObject

_log = logging.getLogger(__name__)

INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.KeyRelease,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
    }
)


class IdleSource(Protocol):
    """Something that knows of every input on the display."""

    def seconds(self) -> float | None:
        """Return how long ago the last input was, None where it does not say."""

    def close(self) -> None:
        """Give back what it holds."""


class _ScreenSaverInfo(ctypes.Structure):
    """What the extension answers, in the order of its own header."""

    _fields_ = (
        ("window", ctypes.c_ulong),
        ("state", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("til_or_since", ctypes.c_ulong),
        ("idle", ctypes.c_ulong),
        ("event_mask", ctypes.c_ulong),
    )


class ServerIdle:
    """Asks an X server, on a connection of its own; `close` gives it back."""

    def __init__(self, x11: ctypes.CDLL, saver: ctypes.CDLL, display: int) -> None:
        self._x11, self._saver = x11, saver
        self._display: int | None = display
        self._root = x11.XDefaultRootWindow(display)
        self._info = _ScreenSaverInfo()

    @classmethod
    def connect(cls, name: str) -> "ServerIdle | None":
        """Return the idle time of a display, None where there is no such server or extension."""
        x11_name, saver_name = ctypes.util.find_library("X11"), ctypes.util.find_library("Xss")
        if x11_name is None or saver_name is None:
            return None
        x11, saver = ctypes.CDLL(x11_name), ctypes.CDLL(saver_name)
        _declare(x11, saver)
        display = x11.XOpenDisplay(name.encode())
        if not display:
            return None
        first, second = ctypes.c_int(), ctypes.c_int()
        if saver.XScreenSaverQueryExtension(display, ctypes.byref(first), ctypes.byref(second)):
            return cls(x11, saver, display)
        x11.XCloseDisplay(display)
        return None

    def seconds(self) -> float | None:
        """Return how long ago the last input was, None where the server does not say."""
        if self._display is None:
            return None
        info = ctypes.byref(self._info)
        told = self._saver.XScreenSaverQueryInfo(self._display, self._root, info)
        return float(self._info.idle) / 1000 if told else None

    def close(self) -> None:
        """Give the connection back; harmless to repeat."""
        if self._display is not None:
            self._x11.XCloseDisplay(self._display)
            self._display = None


class SeatActivity(QObject):
    """The activity of a workstation: the X server's where there is one, else the faces' own.

    Args:
        app: the program, whose input is seen.
        clock: boot seconds.
        server: the X server's knowledge, None where there is none.
        parent: who owns it.
    """

    def __init__(
        self,
        app: QCoreApplication | None,
        clock: Callable[[], float],
        server: IdleSource | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._server = server
        self._touched = clock()
        if app is not None:
            app.installEventFilter(self)

    def quiet_seconds(self, *, programs_run: bool) -> float | None:
        """Return how long ago keyboard or pointer were last used; None where nothing tells."""
        quiet = max(self._clock() - self._touched, 0.0)
        told = None if self._server is None else self._server.seconds()
        if told is None:
            return None if programs_run else quiet
        return told

    def close(self) -> None:
        """Give the server's connection back."""
        if self._server is not None:
            self._server.close()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See input go by."""
        if event.type() in INPUT:
            self._touched = self._clock()
        return False


def find_server(environment: Mapping[str, str], platform: str) -> ServerIdle | None:
    """Return the X server that the program draws on, None where it draws elsewhere.

    Args:
        environment: the program's own.
        platform: the name of Qt's platform.
    """
    name = environment.get("DISPLAY", "")
    if platform != "xcb" or not name:
        return None
    found = ServerIdle.connect(name)
    if found is None:
        _log.info("the X server tells no idle time: only this window's own input counts")
    return found


def _declare(x11: ctypes.CDLL, saver: ctypes.CDLL) -> None:
    """Tell ctypes the types, without which pointers of 64 bits are cut."""
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XOpenDisplay.argtypes = (ctypes.c_char_p,)
    x11.XDefaultRootWindow.restype = ctypes.c_ulong
    x11.XDefaultRootWindow.argtypes = (ctypes.c_void_p,)
    x11.XCloseDisplay.argtypes = (ctypes.c_void_p,)
    number = ctypes.POINTER(ctypes.c_int)
    saver.XScreenSaverQueryExtension.argtypes = (ctypes.c_void_p, number, number)
    info = ctypes.POINTER(_ScreenSaverInfo)
    saver.XScreenSaverQueryInfo.argtypes = (ctypes.c_void_p, ctypes.c_ulong, info)
