"""Switching terminals: the gate allows it to itself for one moment, and to nobody after."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.gate.terminal import Terminals


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    calls: list[tuple[int, int]] = []

    def note(_: int, request: int, argument: int) -> None:
        calls.append((request, argument))
        if argument == 63:
            raise OSError(6, "no such terminal")

    monkeypatch.setattr(fcntl, "ioctl", note)
    return calls


def test_switching_is_forbidden_to_everybody_afterwards(
    asked: list[tuple[int, int]], tmp_path: Path
) -> None:
    console = tmp_path / "tty0"
    console.touch()
    screen = Terminals(7, console)
    screen.show(8)
    screen.show_lock()
    allow, forbid, activate = 0x560C, 0x560B, 0x5606
    assert asked == [
        *((allow, 0), (activate, 8), (forbid, 0)),
        *((allow, 0), (activate, 7), (forbid, 0)),
    ]


def test_a_screen_that_cannot_be_switched_is_said_and_stops_nothing(
    asked: list[tuple[int, int]], tmp_path: Path, expect_log: Callable[..., None]
) -> None:
    console = tmp_path / "tty0"
    expect_log("kiosk.gate.terminal", "the console cannot be opened: errno 2")
    Terminals(7, console).show_lock()
    assert asked == []
    console.touch()
    expect_log("kiosk.gate.terminal", "the screen cannot be switched: errno 6")
    Terminals(7, console).show(63)


def test_the_terminal_in_front_is_what_the_kernel_says(tmp_path: Path) -> None:
    active = tmp_path / "active"
    screen = Terminals(active=active)
    assert screen.front() is None
    active.write_text("tty8\n")
    assert screen.front() == 8
    active.write_text("ttyS0\n")
    assert screen.front() is None
