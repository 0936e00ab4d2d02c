"""The service manager is told, where there is one."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.gate.answer import Refusal
from kiosk.gate.notify import Notifier
from kiosk.gate.power import CommandPower
from kiosk.gate.protocol import PowerKind
from tests.helpers.clock import FakeClock
from tests.helpers.process import wait_until


class Manager:
    """Listens where the service manager would."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "notify"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        self._socket.bind(str(self.path))

    def heard(self) -> list[bytes]:
        heard = []
        while True:
            try:
                heard.append(self._socket.recv(100))
            except BlockingIOError:
                return heard

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Manager]:
    made = Manager(tmp_path)
    yield made
    made.close()


def test_it_says_that_it_is_ready_and_then_that_it_lives(manager: Manager) -> None:
    clock = FakeClock()
    environment = {"NOTIFY_SOCKET": str(manager.path), "WATCHDOG_USEC": "4000000", "LANG": "C"}
    notifier = Notifier(clock, environment)
    # What is for us alone is not handed on to children.
    assert environment == {"LANG": "C"}
    notifier.tell("READY=1")
    notifier.tick()
    notifier.tick()
    assert manager.heard() == [b"READY=1", b"WATCHDOG=1"]
    assert notifier.next_deadline() == clock.boot_seconds() + 2.0
    clock.advance(2.0)
    notifier.tick()
    assert manager.heard() == [b"WATCHDOG=1"]


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"WATCHDOG_USEC": "soon"},
        {"WATCHDOG_USEC": "4000000", "WATCHDOG_PID": str(os.getpid() + 1)},
    ],
)
def test_without_a_watchdog_of_ours_nothing_is_due(manager: Manager, more: dict[str, str]) -> None:
    notifier = Notifier(FakeClock(), {"NOTIFY_SOCKET": str(manager.path), **more})
    assert notifier.next_deadline() is None
    notifier.tick()
    assert manager.heard() == []


def test_without_a_manager_nothing_is_told() -> None:
    notifier = Notifier(FakeClock(), {"WATCHDOG_USEC": "4000000"})
    notifier.tell("READY=1")
    assert notifier.next_deadline() is None


def test_a_manager_that_has_gone_ends_nothing(
    manager: Manager, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.gate.notify", "does not listen")
    notifier = Notifier(FakeClock(), {"NOTIFY_SOCKET": str(manager.path)})
    manager.close()
    notifier.tell("READY=1")


def test_an_abstract_address_begins_with_a_zero_byte() -> None:
    name = f"creneau-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0{name}")
        Notifier(FakeClock(), {"NOTIFY_SOCKET": f"@{name}"}).tell("READY=1")
        assert listening.recv(100) == b"READY=1"


def test_the_machine_is_asked_by_the_command_that_root_has_set(
    tmp_path: Path, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.gate.power", "does not start: errno 2", level=40)
    told = tmp_path / "told"
    power = CommandPower(
        {
            PowerKind.REBOOT: ("/bin/sh", "-c", f"echo once >> {told}"),
            PowerKind.POWEROFF: ("/nowhere/poweroff",),
        }
    )
    assert power.ask(PowerKind.POWEROFF) is Refusal.UNSUPPORTED
    assert power.ask(PowerKind.REBOOT) is None
    assert power._running is not None
    power._running.wait(10)
    assert told.read_text() == "once\n"
    assert CommandPower({}).ask(PowerKind.REBOOT) is Refusal.UNSUPPORTED


def test_a_command_that_runs_is_let_finish(tmp_path: Path) -> None:
    power = CommandPower({PowerKind.REBOOT: ("/bin/sleep", "60")})
    assert power.ask(PowerKind.REBOOT) is None
    first = power._running
    assert power.ask(PowerKind.REBOOT) is None
    assert power._running is first
    assert first is not None
    first.kill()
    wait_until(lambda: first.poll() is not None)
