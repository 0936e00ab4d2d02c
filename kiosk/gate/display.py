"""The X server of a session: fresh for each slot, with a cookie of its own, inside its cell.

It listens on one socket, in the cell's own folder: from outside it cannot be found, whatever its
number. The lock's server is another one, and nothing of the visitor can reach it.
"""

import os
import secrets
import select
import struct
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kiosk.gate.cell import Cell
from kiosk.gate.child import Child
from kiosk.gate.drop import Account, Program, SpawnFailed, spawn

NUMBER = 9
START_SECONDS = 10.0
STOP_SECONDS = 0.15
COOKIE_BYTES = 16

_COOKIE_NAME = b"MIT-MAGIC-COOKIE-1"
_ANY_ADDRESS = 0xFFFF
_TOLD_BYTES = 16


class DisplayKind(StrEnum):
    """What draws a session."""

    XORG = "xorg"
    XVFB = "xvfb"
    XEPHYR = "xephyr"


@dataclass(frozen=True, slots=True)
class ServerPlan:
    """An X server for sessions.

    Attributes:
        kind: Xorg on a terminal of its own; Xvfb for machines without a screen; Xephyr inside the
            lock's display, where the bar must not be covered.
        account: who runs it; Xorg needs root.
        program: its path.
        terminal: the virtual terminal of Xorg.
        configuration: Xorg's own file, None for its defaults.
        screen: width, height and depth of a virtual screen.
        parent: tells DISPLAY and XAUTHORITY of the display that Xephyr draws on.
    """

    kind: DisplayKind
    account: Account
    program: str
    terminal: int = 8
    configuration: Path | None = None
    screen: str = "1366x768x24"
    parent: Callable[[], Mapping[str, str]] = dict

    def arguments(self, cookie: Path, told: int) -> list[str]:
        """Return the command line; the server tells its number on the descriptor `told`."""
        common = [
            *(self.program, f":{NUMBER}", "-displayfd", str(told), "-auth", str(cookie)),
            *("-nolisten", "tcp", "-nolisten", "local", "-noreset"),
        ]
        match self.kind:
            case DisplayKind.XVFB:
                return [*common, "-screen", "0", self.screen]
            case DisplayKind.XEPHYR:
                return [*common, "-screen", self.screen, "-fullscreen", "-resizeable"]
            case DisplayKind.XORG:
                own = [] if self.configuration is None else ["-config", str(self.configuration)]
                # Only the gate switches terminals, and a session leaves no log on the disk.
                quiet = ["-logfile", "/dev/null", "-novtswitch", "-keeptty", "-dpms"]
                return [*common, f"vt{self.terminal}", *quiet, *own]


def make_cookie() -> bytes:
    """Return the content of a cookie file that counts for any display."""
    parts = (b"", b"", _COOKIE_NAME, secrets.token_bytes(COOKIE_BYTES))
    return struct.pack(">H", _ANY_ADDRESS) + b"".join(
        struct.pack(">H", len(one)) + one for one in parts
    )


def start_server(plan: ServerPlan, cell: Cell, door: Path, cookie: Path) -> Child:
    """Start the server inside the cell, and wait until it takes connections.

    Args:
        plan: which server.
        cell: where.
        door: of the group that it stands in.
        cookie: the cookie file, as a path of the inside that the server may read.

    Raises:
        SpawnFailed: it did not start, or was not ready in time.
        OSError: the parent's cookie cannot be read.
    """
    variables = {"PATH": os.defpath, **_take_parent_in(plan, cell)}
    hearing, telling = os.pipe()
    try:
        arguments = plan.arguments(cookie, telling)
        place = cell.place(door)
        server = spawn(Program(arguments, plan.account, variables, place, descriptors=(telling,)))
    except SpawnFailed:
        os.close(hearing)
        raise
    finally:
        os.close(telling)
    try:
        ready = _hear_number(hearing)
    finally:
        os.close(hearing)
    if not ready:
        stop_server(server)
        raise SpawnFailed("the X server was not ready in time")
    return server


def stop_server(server: Child, seconds: float = STOP_SECONDS) -> None:
    """Stop a server, by a kill where it does not answer: it may hang, and the end does not wait."""
    server.terminate()
    try:
        server.wait(seconds)
    except TimeoutError:
        server.kill()
        with suppress(TimeoutError):  # the kernel holds it; its group and the audit still see it
            server.wait(seconds)


def _take_parent_in(plan: ServerPlan, cell: Cell) -> Mapping[str, str]:
    """Give the server, and nobody else inside, the cookie of the display that it draws on."""
    if plan.kind is not DisplayKind.XEPHYR:
        return {}
    parent = plan.parent()
    inside = cell.plan.run / "parent.cookie"
    cell.write(inside, Path(parent["XAUTHORITY"]).read_bytes(), plan.account)
    return {"DISPLAY": parent["DISPLAY"], "XAUTHORITY": str(inside)}


def _hear_number(hearing: int) -> bool:
    """Wait for the line with the display's number; its end comes early where the server ends."""
    deadline = time.monotonic() + START_SECONDS
    told = b""
    while not told.endswith(b"\n"):
        left = max(deadline - time.monotonic(), 0.0)
        if not select.select([hearing], [], [], left)[0]:
            return False
        heard = os.read(hearing, _TOLD_BYTES)
        if not heard:
            return False
        told += heard
    return True
