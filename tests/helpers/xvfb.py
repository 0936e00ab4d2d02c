"""A screen that nobody sees: Xvfb for stories, with keys, clicks and pictures from outside.

Life cycle: `Xvfb` is a context manager; the server picks a free display number itself and tells it
through a pipe, so two of them never quarrel. It dies with the test run even if that is killed.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.helpers.process import wait_until

START_SECONDS = 15.0

# Runs in a process of its own: a test that holds an offscreen QApplication cannot open a display.
_GRAB = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication(sys.argv[:1])
sys.exit(not app.primaryScreen().grabWindow(0).save(sys.argv[1]))
"""


class Xvfb:
    """A virtual screen of `width` by `height` pixels.

    Args:
        width: in pixels.
        height: in pixels.
        cookie: a cookie file that a client must know; without it, whoever runs here may connect.

    Attributes:
        display: The name for DISPLAY, such as `:99`; empty until entered.
    """

    def __init__(self, width: int = 1366, height: int = 768, cookie: Path | None = None) -> None:
        self._cookie = cookie
        self.width = width
        self.height = height
        self.display = ""
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        program = shutil.which("Xvfb")
        assert program, "Xvfb is missing: `make test` installs it (installers/prepare.sh)"
        read_end, write_end = os.pipe()
        try:
            self._server = subprocess.Popen(
                [
                    *("setpriv", "--pdeathsig", "TERM"),
                    *(program, "-displayfd", str(write_end)),
                    *("-screen", "0", f"{self.width}x{self.height}x24"),
                    *("-nolisten", "tcp", "-noreset"),
                    *(() if self._cookie is None else ("-auth", str(self._cookie))),
                ],
                pass_fds=[write_end],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        finally:
            os.close(write_end)
        os.set_blocking(read_end, False)
        told = bytearray()

        def number_told() -> bool:
            try:
                told.extend(os.read(read_end, 16))
            except BlockingIOError:
                assert self._server is not None
                assert self._server.poll() is None, "Xvfb ended before it had a display"
            return told.endswith(b"\n")

        try:
            wait_until(number_told, within=START_SECONDS, what="the display number of Xvfb")
        except BaseException:
            self._end()
            raise
        finally:
            os.close(read_end)
        self.display = f":{told.decode().strip()}"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._end()

    def _end(self) -> None:
        if self._server is None:
            return
        self._server.terminate()
        try:
            self._server.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait(timeout=5)
        self._server = None

    @property
    def environment(self) -> dict[str, str]:
        """What a program needs to open its windows here, without a bus that would outlive it."""
        return {
            "DISPLAY": self.display,
            "QT_QPA_PLATFORM": "xcb",
            "XAUTHORITY": "/dev/null" if self._cookie is None else str(self._cookie),
            # Unset, a library would start one of its own for each display.
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
        }

    def screenshot(self, path: Path) -> Path:
        """Save the whole screen as a picture at `path`, and return the path."""
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [sys.executable, "-c", _GRAB, str(path)],
            env={**os.environ, **self.environment},
            check=True,
            timeout=30,
        )
        return path

    def _xdotool(self, *words: str) -> None:
        program = shutil.which("xdotool")
        assert program, "xdotool is missing: `make test` installs it (installers/prepare.sh)"
        subprocess.run(
            [program, *words], env={**os.environ, **self.environment}, check=True, timeout=30
        )

    def type_text(self, text: str) -> None:
        """Type `text` as a keyboard would, 12 ms from key to key."""
        self._xdotool("type", "--delay", "12", "--", text)

    def tap(self, digits: str) -> None:
        """Type a code as a hand does: the same key again within 300 ms would not count."""
        # xdotool spends half of the delay with the key down.
        self._xdotool("type", "--delay", "800", "--", digits)

    def use_layout(self, layout: str) -> None:
        """Give the keyboard another layout: `fr`, `us`."""
        program = shutil.which("setxkbmap")
        assert program, "setxkbmap is missing: it comes with Xvfb"
        subprocess.run(
            [program, layout], env={**os.environ, **self.environment}, check=True, timeout=30
        )

    def press_codes(self, codes: Sequence[int], *, gap_ms: int, held: str = "") -> None:
        """Press physical keys by their codes, as a card reader does, `gap_ms` after each other.

        `held` is a key that stays down meanwhile, such as `shift`.
        """
        words = ["key", "--delay", str(gap_ms), *map(str, codes)]
        if held:
            words = ["keydown", held, *words, "keyup", held]
        self._xdotool(*words)

    def press(self, *keys: str) -> None:
        """Press keys by their X names: `Return`, `Tab`, `ctrl+a`."""
        self._xdotool("key", "--", *keys)

    def click(self, x: int, y: int) -> None:
        """Click the left button at a place of the screen, in pixels from the top left."""
        self._xdotool("mousemove", str(x), str(y), "click", "1")
