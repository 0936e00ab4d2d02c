"""How soon the root service answers, whoever else stands before its door, and what it costs."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import psutil
import pytest

from kiosk.gate.child import Child
from kiosk.gate.clock import SystemClock
from kiosk.gate.protocol import ExtendAsk, FollowAsk, HelloAsk, OpenAsk, Told
from kiosk.gate.server import MOST_PEERS
from tests.benchmarks.table import Table, milliseconds
from tests.gate.fake import slot_id
from tests.helpers.confine import needs_root, start
from tests.helpers.process import Program, Programs, wait_until
from tests.stories.gate_house import (
    GATE,
    GateCaller,
    end_shell,
    greet,
    open_folder,
    start_gate,
    write_configuration,
)

HELLOS = 2000
EXTENSIONS = 300
KILLS = 10
IDLE_SECONDS = 10.0
ANSWER_BUDGET = "< 1 s, always"
BACK_BUDGET = "< 1 s"

A = slot_id(1)

FLOOD = """
import socket, sys
while True:
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(sys.argv[1])
        except OSError:
            continue
"""


@pytest.fixture
def ground() -> Iterator[Path]:
    with open_folder() as folder:
        yield folder


def hellos(socket: Path, count: int = HELLOS) -> list[float]:
    """Return how long each of many hellos took, on a connection that stands."""
    caller = GateCaller(socket)
    seconds = []
    for _ in range(count):
        began = time.perf_counter()
        caller.ask(HelloAsk())
        seconds.append(time.perf_counter() - began)
    caller.close()
    return seconds


def new_lines(socket: Path, count: int) -> list[float]:
    """Return how long it took from a connect to the answer, each time anew."""
    seconds = []
    for _ in range(count):
        began = time.perf_counter()
        greet(socket)
        seconds.append(time.perf_counter() - began)
    return seconds


def shown(seconds: list[float]) -> str:
    return f"{milliseconds(seconds)}, worst {max(seconds) * 1000:.1f} ms"


@contextmanager
def running(begin: Callable[[], Child]) -> Iterator[None]:
    process = begin()
    try:
        yield
    finally:
        process.kill()
        process.wait(10)


def test_answers_of_the_gate(programs: Programs, ground: Path, table: Table) -> None:
    _, socket = start_gate(programs, ground / "gate")
    table.add("gate: hello", shown(hellos(socket)), ANSWER_BUDGET)
    table.add("gate: connect and hello", shown(new_lines(socket, 200)), ANSWER_BUDGET)
    caller = GateCaller(socket)
    caller.ask(OpenAsk(A, 3600, 120))
    seconds = []
    for place in range(EXTENSIONS):
        began = time.perf_counter()
        caller.ask(ExtendAsk(A, 3601 + place))
        seconds.append(time.perf_counter() - began)
    table.add("gate: a fact on the disk, and answered", shown(seconds))
    caller.close()
    began = time.perf_counter()
    follower = GateCaller(socket)
    follower.ask(FollowAsk(0))
    told = 0
    while told < EXTENSIONS + 1:
        told += isinstance(follower.hear(), Told)
    elapsed = time.perf_counter() - began
    table.add(f"gate: {EXTENSIONS + 1} facts told anew", f"{elapsed * 1000:.0f} ms")
    follower.close()


@needs_root
def test_answers_of_the_gate_under_attack(programs: Programs, ground: Path, table: Table) -> None:
    gate, socket = start_gate(programs, ground / "gate")
    socket.parent.chmod(0o755)
    socket.chmod(0o666)
    visitors = partial(start, FLOOD, arguments=(str(socket),))
    with running(visitors), running(visitors):
        gate.wait_for_line("refused so far: 64", within=30)
        table.add(
            "gate: hello, two visitors connect for ever", shown(hellos(socket)), ANSWER_BUDGET
        )
    with ExitStack() as lines:
        for _ in range(MOST_PEERS - 1):
            slow = GateCaller(socket)
            lines.callback(slow.close)
            slow.socket.send(b"\0")
        table.add(
            "gate: hello, half frames on all other lines", shown(hellos(socket, 200)), ANSWER_BUDGET
        )


def test_gate_and_shell_come_back(programs: Programs, ground: Path, table: Table) -> None:
    folder = ground / "gate"
    folder.mkdir()
    told = folder / "starts"
    text = (
        f"import time\nopen({str(told)!r}, 'a').write(repr(time.clock_gettime(7)) + chr(10))\n"
        "while True: time.sleep(60)"
    )
    shell = [sys.executable, "-I", "-S", "-c", text]
    path = write_configuration(folder, shell)
    gate = programs.start([*GATE, path], name="gate")
    gate.wait_for_line("ready$", within=30)
    socket = folder / "run" / "gate.socket"
    caller = GateCaller(socket)
    caller.ask(OpenAsk(A, 3600, 120))
    caller.close()
    clock = SystemClock()
    began = clock.boot_seconds()
    os.kill(shell_of(folder), signal.SIGKILL)
    wait_until(lambda: len(told.read_text().split()) == 2, what="the next shell")
    back = float(told.read_text().split()[1]) - began
    table.add("gate: shell killed, the next one runs", f"{back * 1000:.0f} ms", BACK_BUDGET)

    seconds, drift = [], []
    for _ in range(KILLS):
        deadline = clock.boot_seconds() + greet(socket).remaining_seconds
        began = clock.boot_seconds()
        gate = restart(programs, gate, path)
        seconds.append(clock.boot_seconds() - began)
        drift.append(abs(clock.boot_seconds() + greet(socket).remaining_seconds - deadline))
    table.add("gate: killed, the next one serves", shown(seconds), "", "with Python's own start")
    table.add("gate: error of the countdown over a kill", f"{max(drift) * 1000:.1f} ms", "< 1 s")

    process = psutil.Process(gate.pid)
    before = process.cpu_times()
    wait_until(partial(passed, time.monotonic() + IDLE_SECONDS), within=IDLE_SECONDS + 10)
    after = process.cpu_times()
    used = (after.user + after.system - before.user - before.system) / IDLE_SECONDS
    table.add("gate: processor while a slot runs", f"{used * 100:.2f} % of a core", "< 0.5 %")
    table.add(
        "gate: memory", f"{process.memory_info().rss / 1e6:.0f} MB", "300 MB with shell, face"
    )
    gate.process.terminate()
    wait_until(lambda: not gate.running, what="the end of the gate")
    end_shell(folder)


def restart(programs: Programs, gate: Program, path: Path) -> Program:
    os.kill(gate.pid, signal.SIGKILL)
    again = programs.start([*GATE, path], name="gate")
    again.wait_for_line("ready$", within=30)
    return again


def passed(end: float) -> bool:
    return time.monotonic() >= end


def shell_of(folder: Path) -> int:
    noted = (folder / "run" / "shell.json").read_text()
    return int(noted.split(":")[1].split(",")[0])
