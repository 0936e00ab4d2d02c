"""A screen where there is none: Xvfb, with keys pressed and pictures taken from outside.

Xvfb chooses a free number itself and tells it. There is no window manager: a program's window
stands where it puts itself, and hears the keys while the pointer is over it.
"""

import asyncio
import os
import sys
from pathlib import Path

from admin_console.rehearsal.program import ProgramFailed, Programs, find

START_SECONDS = 15.0
SCANNER_MILLISECONDS = 25
FINGER_MILLISECONDS = 800
"""A code is typed by a hand: the same key again within 300 ms would not count. xdotool waits half
of it with the key down."""


def has_display() -> bool:
    """Tell whether windows can be shown here."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


class Screen:
    """One virtual screen.

    Args:
        programs: the commands that press keys and take pictures run among these.
        display: its name, such as `:99`.
    """

    def __init__(self, programs: Programs, display: str) -> None:
        self._programs = programs
        self.environment = {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "WAYLAND_DISPLAY": "",
            "XAUTHORITY": os.devnull,
        }

    async def type(self, text: str) -> None:
        """Type as fast as a scanner does."""
        await self._xdotool("type", "--delay", str(SCANNER_MILLISECONDS), "--", text)

    async def tap(self, digits: str) -> None:
        """Type a code as a hand does."""
        await self._xdotool("type", "--delay", str(FINGER_MILLISECONDS), "--", digits)

    async def press(self, *keys: str) -> None:
        """Press keys by their X names, one after the other: `Return`, `Tab`, `shift+Tab`."""
        for key in keys:
            await self._xdotool("key", "--", key)

    async def photograph(self, path: Path) -> Path:
        """Save the whole screen as a picture."""
        path.parent.mkdir(parents=True, exist_ok=True)
        await self._programs.run(
            [sys.executable, "-m", "admin_console.rehearsal.picture", str(path)], self.environment
        )
        return path

    async def _xdotool(self, *words: str) -> None:
        await self._programs.run(["xdotool", *words], self.environment)


async def open_screen(programs: Programs, name: str, width: int, height: int) -> Screen:
    """Start Xvfb with a screen of so many pixels; it ends with the programs.

    Raises:
        ProgramFailed: it is not installed or does not start.
    """
    read_end, write_end = os.pipe()
    try:
        program = await programs.start(
            name,
            [
                *(find("Xvfb"), "-displayfd", str(write_end)),
                *("-screen", "0", f"{width}x{height}x24"),
                *("-nolisten", "tcp", "-noreset"),
            ],
            keep_open=(write_end,),
        )
    finally:
        os.close(write_end)
    reader = asyncio.StreamReader()
    transport, _ = await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), os.fdopen(read_end, "rb")
    )
    try:
        number = await asyncio.wait_for(reader.readline(), START_SECONDS)
    except TimeoutError:
        number = b""
    finally:
        transport.close()
    if not number.strip():
        raise ProgramFailed(f"Xvfb did not start\n{program.tail()}")
    return Screen(programs, f":{number.decode().strip()}")
