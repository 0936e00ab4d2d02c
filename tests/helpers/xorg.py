"""A real X server with monitors that come and go: Xorg with its dummy driver. Needs root.

Life cycle: a context manager as `Xvfb`, which it is in all that programs and tests see of it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.helpers.process import wait_until
from tests.helpers.xvfb import Xvfb

START_SECONDS = 15.0
CONFIGURATION = """
Section "Device"
    Identifier "dummy"
    Driver "dummy"
    VideoRam 65536
EndSection
Section "Monitor"
    Identifier "monitor"
    HorizSync 5.0 - 1000.0
    VertRefresh 5.0 - 200.0
EndSection
Section "Screen"
    Identifier "screen"
    Device "dummy"
    Monitor "monitor"
    DefaultDepth 24
    SubSection "Display"
        Depth 24
        Modes "1280x1024" "1024x768"
        Virtual 4096 2048
    EndSubSection
EndSection
"""

# Qt takes a picture of one monitor only; the whole screen is laid together.
_GRAB = """
import sys
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap
app = QGuiApplication(sys.argv[:1])
screens = app.screens()
far = app.primaryScreen().virtualGeometry().bottomRight()
whole = QPixmap(far.x() + 1, far.y() + 1)
whole.fill("black")
painter = QPainter(whole)
for screen in screens:
    painter.drawPixmap(screen.geometry().topLeft(), screen.grabWindow(0))
painter.end()
sys.exit(not whole.save(sys.argv[1]))
"""


class Xorg(Xvfb):
    """A screen of one monitor, `DUMMY0`, 1280 by 1024 pixels, to which others can be plugged."""

    def __init__(self, folder: Path) -> None:
        super().__init__(1280, 1024)
        self._folder = folder

    def __enter__(self) -> Self:
        program = shutil.which("Xorg")
        assert program, "Xorg is missing: `make test` installs it (installers/prepare.sh)"
        configuration = self._folder / "xorg.conf"
        configuration.write_text(CONFIGURATION, encoding="utf-8")
        read_end, write_end = os.pipe()
        try:
            self._server = subprocess.Popen(
                [
                    *("setpriv", "--pdeathsig", "TERM"),
                    *(program, "-displayfd", str(write_end)),
                    *("-config", str(configuration), "-logfile", str(self._folder / "xorg.log")),
                    *("-noreset", "-novtswitch", "-sharevts", "-nolisten", "tcp"),
                ],
                pass_fds=[write_end],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        finally:
            os.close(write_end)
        with os.fdopen(read_end, "rb") as told:
            self.display = f":{told.readline().decode().strip()}"
        wait_until(self._answers, within=START_SECONDS, what="an answer of Xorg")
        self.arrange("--output", "DUMMY0", "--mode", "1280x1024", "--primary")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, traceback)

    def screenshot(self, path: Path) -> Path:
        """Save all monitors as one picture at `path`, and return the path."""
        subprocess.run(
            [sys.executable, "-c", _GRAB, str(path)],
            env={**os.environ, **self.environment},
            check=True,
            timeout=30,
        )
        return path

    def plug(self, output: str, mode: str, *where: str) -> None:
        """Plug a monitor in: `plug("DUMMY1", "1024x768", "--right-of", "DUMMY0")`."""
        self.arrange("--addmode", output, mode)
        self.arrange("--output", output, "--mode", mode, *where)

    def unplug(self, output: str) -> None:
        """Pull a monitor out."""
        self.arrange("--output", output, "--off")

    def arrange(self, *words: str) -> None:
        """Speak to the server as xrandr does."""
        subprocess.run(
            ["xrandr", *words],
            env={**os.environ, **self.environment},
            check=True,
            capture_output=True,
            timeout=30,
        )

    def _answers(self) -> bool:
        assert self._server is not None
        assert self._server.poll() is None, "Xorg ended before it had a display"
        told = subprocess.run(
            ["xrandr"],
            env={**os.environ, **self.environment},
            check=False,
            capture_output=True,
            timeout=10,
        )
        return told.returncode == 0
