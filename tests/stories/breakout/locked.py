"""The lock that visitors attack, and the two eyes that watch it from outside: its picture, its ear.

Neither asks the lock's program how it feels: a program whose windows are gone still thinks that
they are there.
"""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QImage

from tests.helpers.process import Program, Programs
from tests.helpers.xvfb import Xvfb
from tests.stories.house import pause

STAND = [sys.executable, "-m", "tests.stories.lock_stand"]
GUARD_SECONDS = 0.8
CARD_KEYS = [11, 18, 11, 13, 14, 13, 14, 14, 15, 16, 17, 19, 10, 11]
CODE_KEYS = [11, 16, 10, 17]
"""Physical keys of the digits of a card, and of a code."""


@dataclass
class Locked:
    """A lock on its own X server."""

    screen: Xvfb
    program: Program
    folder: Path
    cookie: Path
    untouched: QImage

    @classmethod
    def stand(cls, screen: Xvfb, programs: Programs, folder: Path, cookie: Path) -> "Locked":
        """Start it and remember how it looks."""
        program = programs.start(STAND, name="lock", environment=dict(screen.environment))
        program.wait_for_line("^standing$", within=60)
        made = cls(screen, program, folder, cookie, QImage())
        # Until nothing moves: the page fades in.
        before, now = QImage(), made.picture()
        while difference(before, now) > 0.001:
            before, now = now, made.picture()
        made.untouched = now
        # Keys that come with a face are swallowed.
        pause(GUARD_SECONDS)
        return made

    @property
    def number(self) -> int:
        """The number of its display."""
        return int(self.screen.display[1:])

    def picture(self) -> QImage:
        """Return what the screen shows now."""
        return QImage(str(self.screen.screenshot(self.folder / "lock.png")))

    def windows(self) -> list[int]:
        """Return the ids of its windows, as its own server knows them."""
        program = shutil.which("xdotool")
        assert program
        words = [program, "search", "--name", "."]
        told = subprocess.run(
            words, env=self.screen.environment, capture_output=True, text=True, check=True
        )
        return [int(word) for word in told.stdout.split()]

    def assert_untouched(self) -> None:
        """Hold that every pixel is as it was, and that it still takes a card."""
        # The clock may have gone on by a minute.
        assert difference(self.untouched, self.picture()) < 0.02
        self.assert_takes_a_card()

    def assert_takes_a_card(self) -> None:
        """Hold that keys reach it."""
        self.screen.press_codes(CARD_KEYS, gap_ms=5)
        self.screen.press("Return")
        self.program.wait_for_line("card taken", within=20)

    def assert_takes_the_code(self) -> None:
        """Hold that keys still reach it, once the card is in."""
        # A hand is slower than a bouncing key.
        self.screen.press_codes(CODE_KEYS, gap_ms=400)
        self.screen.press("Return")
        self.program.wait_for_line("^sign-in", within=20)


def difference(one: QImage, other: QImage) -> float:
    """Return the part of the pixels that differ; 1 where the pictures cannot be compared."""
    if one.isNull() or one.size() != other.size():
        return 1.0
    kind = QImage.Format.Format_RGB32
    first, second = (bytes(image.convertToFormat(kind).constBits()) for image in (one, other))
    if first == second:
        return 0.0
    pairs = zip(memoryview(first).cast("I"), memoryview(second).cast("I"), strict=True)
    return sum(1 for a, b in pairs if a != b) / (len(first) // 4)
