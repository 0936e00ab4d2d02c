"""The monitors of an X server, as the server itself tells them.

Qt does not notice when a monitor is only moved, so that a strip beside the lock would stay bare.
The extension RandR 1.5 knows of every change; without it, or without an X server, Qt's list serves.
"""

import ctypes
import ctypes.util

from PySide6.QtCore import QObject, QRect, QSocketNotifier, Signal
from PySide6.QtGui import QGuiApplication, QScreen

_EVERY_CHANGE = 0b111
"""Of the screen, of what drives a monitor, and of its plug."""


class _Monitor(ctypes.Structure):
    """XRRMonitorInfo, in the order of Xrandr.h."""

    _fields_ = (
        ("name", ctypes.c_ulong),
        ("primary", ctypes.c_int),
        ("automatic", ctypes.c_int),
        ("outputs", ctypes.c_int),
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
        ("width", ctypes.c_int),
        ("height", ctypes.c_int),
        ("millimetres_wide", ctypes.c_int),
        ("millimetres_high", ctypes.c_int),
        ("output_list", ctypes.c_void_p),
    )


class _Server:
    """A connection to an X server with RandR 1.5, of its own."""

    def __init__(self, x11: ctypes.CDLL, randr: ctypes.CDLL, display: int) -> None:
        self._x11, self._randr, self._display = x11, randr, display
        self._root = x11.XDefaultRootWindow(display)
        randr.XRRSelectInput(display, self._root, _EVERY_CHANGE)
        x11.XFlush(display)
        self.descriptor = int(x11.XConnectionNumber(display))

    @classmethod
    def reach(cls, name: str) -> "_Server | None":
        """Return the server of a display, None where there is none, or none that tells."""
        if not name or QGuiApplication.platformName() != "xcb":
            return None
        x11_name, randr_name = ctypes.util.find_library("X11"), ctypes.util.find_library("Xrandr")
        if x11_name is None or randr_name is None:
            return None
        x11, randr = ctypes.CDLL(x11_name), ctypes.CDLL(randr_name)
        _declare(x11, randr)
        display = x11.XOpenDisplay(name.encode())
        return cls(x11, randr, display) if display else None

    def places(self) -> list[QRect]:
        """Return where the monitors are, the first one's place before the others."""
        count = ctypes.c_int()
        told = self._randr.XRRGetMonitors(self._display, self._root, 1, ctypes.byref(count))
        if not told:
            return []
        monitors = sorted((told[n] for n in range(count.value)), key=lambda one: not one.primary)
        found = [QRect(one.x, one.y, one.width, one.height) for one in monitors]
        self._randr.XRRFreeMonitors(told)
        return found

    def drain(self) -> None:
        """Read the events that have come; what they say is asked anew."""
        room = (ctypes.c_long * 24)()
        while self._x11.XPending(self._display):
            self._x11.XNextEvent(self._display, ctypes.byref(room))

    def close(self) -> None:
        """Give the connection back."""
        self._x11.XCloseDisplay(self._display)


class Monitors(QObject):
    """What monitors there are.

    Signals:
        changed(): one came, went, moved, turned or changed its size.
    """

    changed = Signal()

    def __init__(self, display_name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self._on_screen)
            app.screenRemoved.connect(self._on_screen)
            app.primaryScreenChanged.connect(self._on_screen)
        self._server = _Server.reach(display_name)
        self._events: QSocketNotifier | None = None
        if self._server is not None:
            kind = QSocketNotifier.Type.Read
            self._events = QSocketNotifier(self._server.descriptor, kind, self)
            self._events.activated.connect(self._on_events)

    def places(self) -> list[QRect]:
        """Return where they are, in pixels, the first one's place before the others."""
        told = [] if self._server is None else self._server.places()
        found = told or _qt_places()
        kept: list[QRect] = []
        for place in found:
            # Two that show the same, or a part of it, are one place.
            larger = [one for one in found if one != place and one.contains(place)]
            if place not in kept and not larger:
                kept.append(place)
        return kept

    def close(self) -> None:
        """Give the connection back; harmless to repeat."""
        if self._server is not None and self._events is not None:
            self._events.setEnabled(False)
            self._server.close()
            self._server = None

    def _on_events(self) -> None:
        if self._server is not None:
            self._server.drain()
            self.changed.emit()

    def _on_screen(self, _screen: QScreen) -> None:
        self.changed.emit()


def _qt_places() -> list[QRect]:
    primary = QGuiApplication.primaryScreen()
    screens = sorted(QGuiApplication.screens(), key=lambda one: one is not primary)
    return [one.geometry() for one in screens]


def _declare(x11: ctypes.CDLL, randr: ctypes.CDLL) -> None:
    """Tell ctypes the types, without which pointers of 64 bits are cut."""
    pointer, number, window = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
    x11.XOpenDisplay.restype = pointer
    x11.XOpenDisplay.argtypes = (ctypes.c_char_p,)
    x11.XCloseDisplay.argtypes = (pointer,)
    x11.XDefaultRootWindow.restype = window
    x11.XDefaultRootWindow.argtypes = (pointer,)
    x11.XConnectionNumber.argtypes = (pointer,)
    x11.XPending.argtypes = (pointer,)
    x11.XFlush.argtypes = (pointer,)
    x11.XNextEvent.argtypes = (pointer, pointer)
    randr.XRRSelectInput.argtypes = (pointer, window, number)
    randr.XRRGetMonitors.restype = ctypes.POINTER(_Monitor)
    randr.XRRGetMonitors.argtypes = (pointer, window, number, ctypes.POINTER(number))
    randr.XRRFreeMonitors.argtypes = (ctypes.POINTER(_Monitor),)
