"""The lock is on a server of its own: nothing that a visitor does on theirs is felt there."""

import json
import os
import signal

from tests.helpers.confine import needs_root, wait_for
from tests.helpers.stage import Stage
from tests.stories.breakout.attack import COVER, X11
from tests.stories.breakout.locked import Locked

pytestmark = needs_root


def test_the_locks_server_takes_no_connection_from_a_visitor(session: Stage, lock: Locked) -> None:
    found = session.run(
        f"""{X11}
number, cookie = {lock.number}, {str(lock.cookie)!r}
told["own"] = bool(own)
told["sockets"] = os.listdir("/tmp/.X11-unix")
told["cookie"] = refusal(open, cookie)
told["own cookie"] = bool(connect(f":{{number}}"))
os.environ["XAUTHORITY"] = cookie
told["copied path"] = bool(connect(f":{{number}}"))
os.environ["XAUTHORITY"] = "/dev/null"
told["no cookie"] = bool(connect(f":{{number}}"))
line = socket.socket(socket.AF_UNIX)
line.connect(f"\\0/tmp/.X11-unix/X{{number}}")
line.sendall(b"l\\0\\x0b\\0\\0\\0\\0\\0\\0\\0\\0\\0")
told["abstract"] = line.recv(1)[0]
"""
    )
    assert found == {
        "own": True,
        "sockets": ["X9"],
        "cookie": "PermissionError 13",
        "own cookie": False,
        "copied path": False,
        "no cookie": False,
        "abstract": 0,  # "failed" in the words of the protocol
    }
    lock.assert_untouched()


def test_killing_unmapping_and_destroying_the_locks_windows_by_number_does_nothing(
    session: Stage, lock: Locked
) -> None:
    windows = lock.windows()
    assert windows
    session.run(
        f"""{X11}
for window in {windows!r}:
    for name in ("XUnmapWindow", "XDestroyWindow", "XKillClient"):
        getattr(X, name)(own, window)
X.XSync(own, 0)
"""
    )
    assert lock.program.process.poll() is None
    lock.assert_untouched()


def test_keys_pictures_and_false_keys_stay_on_the_visitors_own_server(
    session: Stage, lock: Locked
) -> None:
    told = session.begin(
        f"""{X11}
keys = (ctypes.c_char * 32)()
X.XQueryKeymap.argtypes = [D, ctypes.c_void_p]
test = ctypes.CDLL("libXtst.so.6")
test.XTestFakeKeyEvent.argtypes = [D, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong]
seen = b""
deadline = time.monotonic() + 60
while not os.path.exists("/tmp/enough") and time.monotonic() < deadline:
    X.XQueryKeymap(own, keys)
    seen = max(seen, bytes(keys.raw))
    time.sleep(0.001)
told["keys"] = seen.strip(b"\\0").hex()
for code in [11, 18, 11, 10, 36]:
    test.XTestFakeKeyEvent(own, code, 1, 0)
    test.XTestFakeKeyEvent(own, code, 0, 0)
X.XSync(own, 0)
X.XGetImage.argtypes = [D, ctypes.c_ulong] + [ctypes.c_int] * 2 + [ctypes.c_uint] * 2 \
    + [ctypes.c_ulong, ctypes.c_int]
image = X.XGetImage(own, root, 0, 0, 1366, 768, 0xFFFFFFFF, 2)
X.XGetPixel.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
X.XGetPixel.restype = ctypes.c_ulong
told["colours"] = len({{X.XGetPixel(image, x, y) for x in range(0, 1366, 5)
                        for y in range(0, 768, 5)}})
"""
    )
    lock.assert_takes_a_card()
    session.outside("/tmp/enough").touch()
    wait_for(told.exists, "the attacker's word")
    heard = json.loads(told.read_text())
    assert heard["keys"] == ""
    assert heard["colours"] <= 2, "the picture shows more than an empty screen"
    assert not any(line.startswith(("sign-in", "wish")) for line in lock.program.lines)


def test_a_grabbed_and_covered_server_neither_reaches_the_lock_nor_delays_the_end(
    session: Stage, lock: Locked
) -> None:
    assert session.hear(COVER) == {"keyboard": 0}
    lock.assert_untouched()
    session.end()
    lock.assert_takes_the_code()


def test_a_hung_server_and_hung_programs_are_ended_all_the_same(
    session: Stage, lock: Locked
) -> None:
    server = session.backend._session
    assert server is not None
    told = session.hear(
        f"""{X11}
told["stop"] = refusal(os.kill, {server.server.pid}, signal.SIGSTOP)
told["end"] = refusal(os.kill, {server.server.pid}, signal.SIGKILL)
told["holder"] = refusal(os.kill, {server.holder.pid}, signal.SIGKILL)
tell()
X.XGrabServer(own)
X.XSync(own, 0)
os.kill(os.getpid(), signal.SIGSTOP)
"""
    )
    assert set(told.values()) == {"PermissionError 1"}
    # What the visitor may not do, a driver can.
    os.kill(server.server.pid, signal.SIGSTOP)
    session.end()
    assert not server.server.is_alive()
    lock.assert_takes_a_card()


def test_the_window_manager_of_a_session_answers_to_no_key(session: Stage) -> None:
    found = session.run(
        """
quiet = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True}
keys = ["super+e", "alt+F1", "alt+space", "alt+F4", "ctrl+alt+t", "alt+Tab", "ctrl+alt+Right"]
told["pressed"] = subprocess.run(["xdotool", "key", *keys], **quiet).returncode
find = ["xdotool", "search", "--onlyvisible", "--name", "."]
told["windows"] = subprocess.run(find, **quiet).stdout.split()
told["manager"] = subprocess.run(["xdotool", "get_num_desktops"], **quiet).stdout.strip()
"""
    )
    assert found == {"pressed": 0, "windows": [], "manager": "1"}
