"""Switching terminals: the gate allows it to itself for one moment, and to nobody after."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.gate import terminal as module
from kiosk.gate.terminal import Terminals

ALLOW, FORBID, ACTIVATE = 0x560C, 0x560B, 0x5606


class Kernel:
    """Switches as the kernel does: a little later, and not at all if it is forbidden meanwhile."""

    def __init__(self, folder: Path) -> None:
        self.console = folder / "tty0"
        self.active = folder / "active"
        self.console.touch()
        self.active.write_text("tty1\n")
        self.asked: list[tuple[int, int]] = []
        self.hangs = False

    def ioctl(self, _: int, request: int, argument: int) -> None:
        self.asked.append((request, argument))
        if argument == 63:
            raise OSError(6, "no such terminal")
        if request == ACTIVATE and not self.hangs:
            self.active.write_text(f"tty{argument}\n")

    def screen(self) -> Terminals:
        return Terminals(7, self.console, self.active)


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Kernel:
    made = Kernel(tmp_path)
    monkeypatch.setattr(fcntl, "ioctl", made.ioctl)
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.01)
    return made


def test_switching_is_forbidden_to_everybody_once_the_terminal_is_in_front(kernel: Kernel) -> None:
    assert kernel.screen().show(8)
    assert kernel.screen().show(7)
    assert kernel.asked == [
        *((ALLOW, 0), (ACTIVATE, 8), (FORBID, 0)),
        *((ALLOW, 0), (ACTIVATE, 7), (FORBID, 0)),
    ]
    assert kernel.screen().front() == 7


def test_a_switch_that_takes_longer_is_not_forbidden(
    kernel: Kernel, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.gate.terminal", "not switched in time")
    kernel.hangs = True
    assert not kernel.screen().show(7)
    assert kernel.asked == [(ALLOW, 0), (ACTIVATE, 7)]
    kernel.asked.clear()
    kernel.screen().ask(7)
    assert kernel.asked == [(ALLOW, 0), (ACTIVATE, 7)]


def test_a_screen_that_cannot_be_switched_is_said_and_stops_nothing(
    kernel: Kernel, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.gate.terminal", "the screen cannot be switched: errno 6")
    kernel.screen().ask(63)
    expect_log("kiosk.gate.terminal", "the console cannot be opened: errno 2")
    kernel.console.unlink()
    kernel.screen().ask(7)


def test_the_terminal_in_front_is_what_the_kernel_says(kernel: Kernel) -> None:
    assert kernel.screen().front() == 1
    kernel.active.write_text("ttyS0\n")
    assert kernel.screen().front() is None
    kernel.active.unlink()
    assert kernel.screen().front() is None
