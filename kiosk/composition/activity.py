"""How long ago the visitor used keyboard or pointer, or something played, as far as is known.

On an X server its own screen-saver extension knows of every input, whichever program it went to.
Elsewhere only the faces' own windows tell, and nothing is said while programs run beside them:
whoever types a letter is not to be asked whether they are there. Whoever follows a lesson touches
nothing: while sound plays, somebody is there (docs/decisions/0035).
"""

import ctypes
import ctypes.util
import logging
from collections.abc import Callable, Mapping
from pathlib import Path
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


SOUND_CARDS = Path("/proc/asound")
LISTEN_SECONDS = 1.0
"""The sound cards are asked again after this long at the earliest."""


class IdleSource(Protocol):
    """Something that knows of every input on the display, or of every sound."""

    def seconds(self) -> float | None:
        """Return how long ago the last one was, None where it does not say."""

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


class Playback:
    """Listens whether a sound card plays, by what the kernel's ALSA says of its streams.

    Whatever mixes the sound of programs (PipeWire, PulseAudio) closes the card's stream a few
    seconds after the last of them has fallen silent. A sound is as old as the last look at it.

    Args:
        clock: boot seconds.
        cards: the folder in which the kernel tells of its sound cards.
    """

    def __init__(self, clock: Callable[[], float], cards: Path = SOUND_CARDS) -> None:
        self._clock = clock
        self._cards = cards
        self._looked: float | None = None
        self._heard: float | None = None

    def seconds(self) -> float | None:
        """Return how long ago something played, None if nothing ever did."""
        now = self._clock()
        if self._looked is None or now - self._looked >= LISTEN_SECONDS:
            self._looked = now
            if any(_runs(status) for status in self._cards.glob("card*/pcm*p/sub*/status")):
                self._heard = now
                return 0.0
        return None if self._heard is None else now - self._heard

    def close(self) -> None:
        """Nothing is held."""


class SeatActivity(QObject):
    """The activity of a workstation: the X server's where there is one, else the faces' own.

    Sound counts as well, wherever it comes from.

    Args:
        app: the program, whose input is seen.
        clock: boot seconds.
        server: the X server's knowledge, None where there is none.
        sound: what knows of sounds, None where nothing listens.
        parent: who owns it.
    """

    def __init__(
        self,
        app: QCoreApplication | None,
        clock: Callable[[], float],
        server: IdleSource | None,
        parent: QObject | None = None,
        *,
        sound: IdleSource | None = None,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._server = server
        self._sound = sound
        self._touched = clock()
        self._told: float | None = None
        if app is not None:
            app.installEventFilter(self)

    def quiet_seconds(self, *, programs_run: bool) -> float | None:
        """Return how long ago somebody was there; None where nothing tells."""
        if self._told is not None:
            told: float | None = max(self._clock() - self._told, 0.0)
            return with_sound(told, None if self._sound is None else self._sound.seconds())
        told = None if self._server is None else self._server.seconds()
        if told is None and not programs_run:
            told = max(self._clock() - self._touched, 0.0)
        return with_sound(told, None if self._sound is None else self._sound.seconds())

    def hear(self, quiet_seconds: float) -> None:
        """Take what a session face tells of a display that this program cannot ask."""
        self._told = self._clock() - max(quiet_seconds, 0.0)

    def forget(self) -> None:
        """The session face is gone: what it told is true no longer."""
        self._told = None

    def close(self) -> None:
        """Give the server's connection back."""
        if self._server is not None:
            self._server.close()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See input go by."""
        if event.type() in INPUT:
            self._touched = self._clock()
        return False


def with_sound(quiet: float | None, heard: float | None) -> float | None:
    """Return how long ago somebody was there, by input and by sound; both in seconds.

    Where nothing tells of input, only a sound that plays now says something: once it is over, its
    listener may be typing.
    """
    if quiet is None:
        return 0.0 if heard is not None and heard < LISTEN_SECONDS else None
    return quiet if heard is None else min(quiet, heard)


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


def _runs(status: Path) -> bool:
    """Tell whether a stream plays; one that is closed meanwhile does not."""
    try:
        return "state: RUNNING" in status.read_text(encoding="ascii", errors="replace")
    except OSError:
        return False


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
