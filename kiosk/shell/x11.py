"""What Qt does not say to an X server: a strip kept free, presses swallowed, a key that calls.

EWMH 1.5 names the properties. The functions of libX11 are called by hand, because no maintained
binding of a free licence that fits offers them; `Desktop.reach` returns None where there is no
such server, and everything else goes on without it.
"""

import ctypes
import ctypes.util
from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, QSocketNotifier, Signal

_ATOM, _CARDINAL = 4, 6
_REPLACE = 0
_KEY_PRESS = 2
_ANY_MODIFIER = 1 << 15
_ASYNCHRONOUS = 1
_TO_PARENT = 2
_POINTER_ROOT = 1
_INPUT_ONLY = 2
_OVERRIDE_REDIRECT = 1 << 9
_EVENT_MASK = 1 << 11
_CLIENT_MESSAGE = 33
_WINDOW = 33
_FOR_MANAGERS = 1 << 19 | 1 << 20
"""SubstructureNotify and SubstructureRedirect: what a window manager hears."""

_REMOVE, _ADD, _AS_PAGER = 0, 1, 2
_MOST_NUMBERS = 1024
_PRESSES = 0b1100 | 0b11
"""KeyPress, KeyRelease, ButtonPress and ButtonRelease."""


class _Attributes(ctypes.Structure):
    """XSetWindowAttributes, in the order of Xlib.h."""

    _fields_ = (
        ("background_pixmap", ctypes.c_ulong),
        ("background_pixel", ctypes.c_ulong),
        ("border_pixmap", ctypes.c_ulong),
        ("border_pixel", ctypes.c_ulong),
        ("bit_gravity", ctypes.c_int),
        ("win_gravity", ctypes.c_int),
        ("backing_store", ctypes.c_int),
        ("backing_planes", ctypes.c_ulong),
        ("backing_pixel", ctypes.c_ulong),
        ("save_under", ctypes.c_int),
        ("event_mask", ctypes.c_long),
        ("do_not_propagate_mask", ctypes.c_long),
        ("override_redirect", ctypes.c_int),
        ("colormap", ctypes.c_ulong),
        ("cursor", ctypes.c_ulong),
    )


class _Event(ctypes.Union):
    """XEvent: its kind, and room for the largest."""

    _fields_ = (("kind", ctypes.c_int), ("room", ctypes.c_long * 24))


class _Message(ctypes.Structure):
    """XClientMessageEvent, with room for the largest event."""

    _fields_ = (
        ("kind", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("room", ctypes.c_long * 24),
    )


_Handler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


def _pass_over(_display: int, _error: int) -> int:
    """A program of the visitor may be gone by the time it gets the keyboard: no reason to end."""
    return 0


_PASS_OVER = _Handler(_pass_over)
"""Held here, because Xlib holds it for as long as the program runs."""


class Desktop(QObject):
    """A connection of its own to the X server on which the face stands; `close` gives it back.

    Signals:
        called(): the key that calls the bar was pressed, whatever program has the keyboard.
    """

    called = Signal()

    def __init__(self, x11: ctypes.CDLL, display: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._x11 = x11
        self._display: int | None = display
        self._veil: int | None = None
        self._before: int | None = None
        self._events = QSocketNotifier(
            x11.XConnectionNumber(display), QSocketNotifier.Type.Read, self
        )
        self._events.activated.connect(self._read_events)

    @classmethod
    def reach(cls, name: str) -> "Desktop | None":
        """Return the desktop of a display, None where there is no such server."""
        library = ctypes.util.find_library("X11")
        if library is None:
            return None
        x11 = ctypes.CDLL(library)
        _declare(x11)
        display = x11.XOpenDisplay(name.encode())
        if not display:
            return None
        x11.XSetErrorHandler(_PASS_OVER)
        return cls(x11, display)

    def call_by(self, key: str) -> None:
        """Let a key call the bar from everywhere; `key` is its name as X knows it, as `F12`."""
        code = self._x11.XKeysymToKeycode(self._display, self._x11.XStringToKeysym(key.encode()))
        root = self._x11.XDefaultRootWindow(self._display)
        self._x11.XGrabKey(
            self._display, code, _ANY_MODIFIER, root, 1, _ASYNCHRONOUS, _ASYNCHRONOUS
        )
        self._x11.XFlush(self._display)

    def keep_free(self, window: int, place: QRect) -> None:
        """Keep a strip at the upper edge of a monitor free of maximised programs."""
        deep = place.y() + place.height()
        partial = [0, 0, deep, 0, 0, 0, 0, 0, place.left(), max(place.right(), place.left()), 0, 0]
        self._put(window, "_NET_WM_STRUT", partial[:4])
        self._put(window, "_NET_WM_STRUT_PARTIAL", partial)

    def activate(self, window: int) -> None:
        """Give a window the keyboard; the window manager never does so for a bar by itself."""
        if self._display is None:
            return
        found, how = ctypes.c_ulong(), ctypes.c_int()
        self._x11.XGetInputFocus(self._display, ctypes.byref(found), ctypes.byref(how))
        if found.value != window:
            self._before = found.value
        self._x11.XSetInputFocus(self._display, window, _TO_PARENT, 0)
        self._x11.XFlush(self._display)

    def give_back(self) -> None:
        """Give the keyboard back to the program that had it before `activate`."""
        if self._display is not None and self._before is not None:
            self._x11.XSetInputFocus(self._display, self._before, _TO_PARENT, 0)
            self._x11.XFlush(self._display)
        self._before = None

    def let_go(self) -> None:
        """Give the keyboard to whatever lies under the pointer."""
        if self._display is not None:
            self._x11.XSetInputFocus(self._display, _POINTER_ROOT, _POINTER_ROOT, 0)
            self._x11.XFlush(self._display)
        self._before = None

    def veil(self, rect: QRect) -> None:
        """Swallow presses on a part of the screen, whatever program is there, until `unveil`."""
        self.unveil()
        if self._display is None:
            return
        given = _Attributes(event_mask=_PRESSES, override_redirect=1)
        self._veil = self._x11.XCreateWindow(
            self._display,
            self._x11.XDefaultRootWindow(self._display),
            rect.x(),
            rect.y(),
            max(rect.width(), 1),
            max(rect.height(), 1),
            0,
            0,
            _INPUT_ONLY,
            None,
            _OVERRIDE_REDIRECT | _EVENT_MASK,
            ctypes.byref(given),
        )
        self._x11.XMapRaised(self._display, self._veil)
        self._x11.XFlush(self._display)

    def unveil(self) -> None:
        """Let presses through again."""
        if self._display is not None and self._veil is not None:
            self._x11.XDestroyWindow(self._display, self._veil)
            self._x11.XFlush(self._display)
        self._veil = None

    def end_full_screen(self) -> None:
        """Let every program that has the whole screen have only what the bar leaves."""
        if self._display is None:
            return
        root = self._x11.XDefaultRootWindow(self._display)
        full = self._atom("_NET_WM_STATE_FULLSCREEN")
        large = [self._atom(f"_NET_WM_STATE_MAXIMIZED_{way}") for way in ("VERT", "HORZ")]
        for window in self._read(root, "_NET_CLIENT_LIST", _WINDOW):
            if full in self._read(window, "_NET_WM_STATE", _ATOM):
                self._change_state(root, window, _REMOVE, [full, 0])
                self._change_state(root, window, _ADD, large)
        self._x11.XFlush(self._display)

    def close(self) -> None:
        """Give the connection back; harmless to repeat."""
        self.unveil()
        self._events.setEnabled(False)
        if self._display is not None:
            self._x11.XCloseDisplay(self._display)
            self._display = None

    def _read_events(self) -> None:
        event = _Event()
        while self._display is not None and self._x11.XPending(self._display):
            self._x11.XNextEvent(self._display, ctypes.byref(event))
            if event.kind == _KEY_PRESS:
                self.called.emit()

    def _put(self, window: int, name: str, values: Sequence[int]) -> None:
        if self._display is None:
            return
        atom = self._atom(name)
        # Xlib takes numbers of 32 bits as longs, whatever their size on the machine.
        packed = (ctypes.c_long * len(values))(*values)
        self._x11.XChangeProperty(
            self._display, window, atom, _CARDINAL, 32, _REPLACE, packed, len(values)
        )
        self._x11.XFlush(self._display)

    def _atom(self, name: str) -> int:
        return int(self._x11.XInternAtom(self._display, name.encode(), 0))

    def _change_state(self, root: int, window: int, how: int, states: Sequence[int]) -> None:
        message = _Message(
            kind=_CLIENT_MESSAGE,
            window=window,
            message_type=self._atom("_NET_WM_STATE"),
            format=32,
        )
        message.data[:] = [how, *states, _AS_PAGER, 0]
        self._x11.XSendEvent(self._display, root, 0, _FOR_MANAGERS, ctypes.byref(message))

    def _read(self, window: int, name: str, kind: int) -> list[int]:
        """Return the numbers of a property, none where the window has gone or has no such."""
        found_kind, size, left = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_ulong()
        count, told = ctypes.c_ulong(), ctypes.c_void_p()
        self._x11.XGetWindowProperty(
            self._display,
            window,
            self._atom(name),
            0,
            _MOST_NUMBERS,
            0,
            kind,
            ctypes.byref(found_kind),
            ctypes.byref(size),
            ctypes.byref(count),
            ctypes.byref(left),
            ctypes.byref(told),
        )
        if told.value is None:
            return []
        numbers = ctypes.cast(told, ctypes.POINTER(ctypes.c_ulong))[: count.value]
        self._x11.XFree(told)
        return numbers


def _declare(x11: ctypes.CDLL) -> None:
    """Tell ctypes the types, without which pointers of 64 bits are cut."""
    pointer, number, window = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
    x11.XOpenDisplay.restype = pointer
    x11.XOpenDisplay.argtypes = (ctypes.c_char_p,)
    x11.XCloseDisplay.argtypes = (pointer,)
    x11.XFlush.argtypes = (pointer,)
    x11.XDefaultRootWindow.restype = window
    x11.XDefaultRootWindow.argtypes = (pointer,)
    x11.XInternAtom.restype = window
    x11.XInternAtom.argtypes = (pointer, ctypes.c_char_p, number)
    x11.XChangeProperty.argtypes = (
        pointer, window, window, window, number, number, pointer, number,
    )  # fmt: skip
    x11.XGetWindowProperty.argtypes = (
        pointer, window, window, ctypes.c_long, ctypes.c_long, number, window,
        *(pointer for _ in range(5)),
    )  # fmt: skip
    x11.XFree.argtypes = (pointer,)
    x11.XSendEvent.argtypes = (pointer, window, number, ctypes.c_long, pointer)
    x11.XSetInputFocus.argtypes = (pointer, window, number, window)
    x11.XGetInputFocus.argtypes = (
        pointer, ctypes.POINTER(window), ctypes.POINTER(number),
    )  # fmt: skip
    x11.XConnectionNumber.argtypes = (pointer,)
    x11.XPending.argtypes = (pointer,)
    x11.XNextEvent.argtypes = (pointer, pointer)
    x11.XSetErrorHandler.argtypes = (_Handler,)
    x11.XStringToKeysym.restype = window
    x11.XStringToKeysym.argtypes = (ctypes.c_char_p,)
    x11.XKeysymToKeycode.restype = ctypes.c_ubyte
    x11.XKeysymToKeycode.argtypes = (pointer, window)
    x11.XGrabKey.argtypes = (
        pointer, number, ctypes.c_uint, window, number, number, number,
    )  # fmt: skip
    x11.XMapRaised.argtypes = (pointer, window)
    x11.XDestroyWindow.argtypes = (pointer, window)
    x11.XCreateWindow.restype = window
    x11.XCreateWindow.argtypes = (
        pointer, window, number, number, ctypes.c_uint, ctypes.c_uint, ctypes.c_uint, number,
        ctypes.c_uint, pointer, ctypes.c_ulong, pointer,
    )  # fmt: skip
