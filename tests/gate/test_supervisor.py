"""The shell is kept alive: by a launcher of the test first, then as real processes."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.gate.drop import Account
from kiosk.gate.lockdisplay import GivenDisplay
from kiosk.gate.remnant import know
from kiosk.gate.shellprocess import ShellLauncher
from kiosk.gate.supervisor import (
    DEATHS_FOR_A_NEW_DISPLAY,
    LOOK_SECONDS,
    PAUSES_SECONDS,
    Supervisor,
)
from tests.helpers.clock import FakeClock
from tests.helpers.process import wait_until

ME = Account(os.geteuid(), os.getegid())


class Shell:
    def __init__(self, *, is_child: bool = True) -> None:
        self.is_child = is_child
        self.dead = False

    def ended(self) -> bool:
        return self.dead


class Launcher:
    """Starts shells that die when told; a `broken` one starts none."""

    def __init__(self) -> None:
        self.left: Shell | None = None
        self.shells: list[Shell] = []
        self.displays_dropped = 0
        self.broken = False

    def take_back(self) -> Shell | None:
        return self.left

    def start(self) -> Shell:
        if self.broken:
            raise FileNotFoundError(2, "No such file or directory")
        self.shells.append(Shell())
        return self.shells[-1]

    def drop_display(self) -> None:
        self.displays_dropped += 1


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def launcher() -> Launcher:
    return Launcher()


@pytest.fixture
def supervisor(clock: FakeClock, launcher: Launcher, expect_log: Callable[..., None]) -> Supervisor:
    return Supervisor(clock, launcher)


def let_it_die(supervisor: Supervisor, launcher: Launcher) -> None:
    launcher.shells[-1].dead = True
    supervisor.tick()


def test_a_shell_is_started_and_looked_after_by_signals_alone(
    supervisor: Supervisor, launcher: Launcher
) -> None:
    supervisor.start()
    supervisor.tick()
    assert len(launcher.shells) == 1
    assert supervisor.next_deadline() is None


def test_a_shell_that_dies_is_back_at_once(
    supervisor: Supervisor,
    launcher: Launcher,
    clock: FakeClock,
    expect_log: Callable[..., None],
) -> None:
    expect_log("kiosk.gate.supervisor", "1 times in a minute; again in 0.1 s")
    supervisor.start()
    let_it_die(supervisor, launcher)
    due = supervisor.next_deadline()
    assert due == clock.boot_seconds() + PAUSES_SECONDS[0]
    supervisor.tick()
    assert len(launcher.shells) == 1
    clock.advance(PAUSES_SECONDS[0])
    supervisor.tick()
    assert len(launcher.shells) == 2


def test_a_shell_that_keeps_dying_is_given_longer_pauses_and_once_a_new_display(
    supervisor: Supervisor,
    launcher: Launcher,
    clock: FakeClock,
    expect_log: Callable[..., None],
) -> None:
    expect_log("kiosk.gate.supervisor")
    supervisor.start()
    pauses = []
    for _ in range(9):
        let_it_die(supervisor, launcher)
        due = supervisor.next_deadline()
        assert due is not None
        pauses.append(round(due - clock.boot_seconds(), 3))
        clock.advance(due - clock.boot_seconds())
        supervisor.tick()
    assert tuple(pauses[: len(PAUSES_SECONDS)]) == PAUSES_SECONDS
    assert max(pauses) == PAUSES_SECONDS[-1]
    assert launcher.displays_dropped == 1
    assert len(PAUSES_SECONDS) > DEATHS_FOR_A_NEW_DISPLAY


def test_a_shell_that_has_lived_for_a_minute_is_forgiven(
    supervisor: Supervisor,
    launcher: Launcher,
    clock: FakeClock,
    expect_log: Callable[..., None],
) -> None:
    expect_log("kiosk.gate.supervisor")
    supervisor.start()
    for _ in range(4):
        let_it_die(supervisor, launcher)
        clock.advance(61)
        supervisor.tick()
    let_it_die(supervisor, launcher)
    assert supervisor.next_deadline() == clock.boot_seconds() + PAUSES_SECONDS[0]
    assert launcher.displays_dropped == 0


def test_a_shell_that_cannot_be_started_is_tried_again(
    supervisor: Supervisor,
    launcher: Launcher,
    clock: FakeClock,
    expect_log: Callable[..., None],
) -> None:
    expect_log("kiosk.gate.supervisor", "does not start", level=40)
    expect_log("kiosk.gate.supervisor", "again in")
    launcher.broken = True
    supervisor.start()
    launcher.broken = False
    clock.advance(PAUSES_SECONDS[0])
    supervisor.tick()
    assert len(launcher.shells) == 1


def test_the_shell_of_an_earlier_gate_is_taken_up_and_looked_for(
    supervisor: Supervisor,
    launcher: Launcher,
    clock: FakeClock,
    expect_log: Callable[..., None],
) -> None:
    expect_log("kiosk.gate.supervisor", "has ended")
    launcher.left = Shell(is_child=False)
    supervisor.start()
    assert launcher.shells == []
    assert supervisor.next_deadline() == clock.boot_seconds() + LOOK_SECONDS
    launcher.left.dead = True
    supervisor.tick()
    clock.advance(PAUSES_SECONDS[0])
    supervisor.tick()
    assert len(launcher.shells) == 1


# -- as real processes ------------------------------------------------------------------------

ENDLESS = "import time\nwhile True: time.sleep(60)"


@pytest.fixture
def started() -> Iterator[list[int]]:
    pids: list[int] = []
    yield pids
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        except (ProcessLookupError, ChildProcessError):
            continue


def make(folder: Path, text: str = ENDLESS, account: Account = ME) -> ShellLauncher:
    program = (sys.executable, "-I", "-c", text, str(folder / "told"))
    return ShellLauncher(program, account, {"TOLD": "yes"}, folder / "shell.json", GivenDisplay())


def pid_of(folder: Path) -> int:
    noted = (folder / "shell.json").read_text()
    return int(noted.split(":")[1].split(",")[0])


def test_a_real_shell_gets_its_variables_and_nothing_of_the_gate_s(
    tmp_path: Path, started: list[int]
) -> None:
    write = "import os, sys; open(sys.argv[1], 'w').write(repr(sorted(os.environ)) + NEW)"
    write = write.replace("NEW", "open('/proc/self/status').read()")
    shell = make(tmp_path, write).start()
    wait_until(shell.ended, what="the end of the shell")
    told = (tmp_path / "told").read_text()
    assert "TOLD" in told
    assert "HOME" not in told
    # Neither sudo nor any other program can give it more than it has.
    assert "NoNewPrivs:\t1" in told


def test_a_real_shell_that_is_killed_is_seen_to_have_ended(
    tmp_path: Path, started: list[int]
) -> None:
    shell = make(tmp_path).start()
    started.append(pid_of(tmp_path))
    assert shell.is_child
    assert not shell.ended()
    os.kill(started[0], signal.SIGKILL)
    wait_until(shell.ended, what="the end of the shell")


def test_the_next_gate_finds_the_real_shell_of_the_last_one(
    tmp_path: Path, started: list[int]
) -> None:
    assert make(tmp_path).take_back() is None
    child = make(tmp_path).start()
    started.append(pid_of(tmp_path))
    found = make(tmp_path).take_back()
    assert found is not None
    assert not found.is_child
    assert not found.ended()
    os.kill(started[0], signal.SIGKILL)
    wait_until(found.ended, what="the end of the shell")
    assert make(tmp_path).take_back() is None
    wait_until(child.ended)


def test_a_process_that_only_has_the_number_of_the_shell_is_none(
    tmp_path: Path, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.gate.shellprocess", "cannot be read")
    record = tmp_path / "shell.json"
    known = know(os.getpid())
    record.write_text(f'{{"pid": {known.pid}, "started": {known.started - 1}}}')
    assert make(tmp_path).take_back() is None
    record.write_text("{")
    assert make(tmp_path).take_back() is None


def test_a_program_that_is_not_there_cannot_be_started(tmp_path: Path) -> None:
    launcher = ShellLauncher(("/nowhere/kiosk",), ME, {}, tmp_path / "shell.json", GivenDisplay())
    with pytest.raises(OSError, match="No such file"):
        launcher.start()
    launcher.drop_display()
