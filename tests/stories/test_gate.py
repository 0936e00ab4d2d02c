"""The root service, the shell that it keeps, and either of them killed in the middle of an hour."""

import ast
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from kiosk.gate.protocol import OpenAsk, Reply
from kiosk.wire.place import SeatView
from tests.gate.fake import slot_id
from tests.helpers.confine import STRANGER, find_python, needs_root
from tests.helpers.process import Program, Programs, wait_until
from tests.helpers.xvfb import Xvfb
from tests.stories.conftest import SEAT
from tests.stories.gate_house import (
    GATE,
    GateCaller,
    GuardedKiosk,
    end_shell,
    greet,
    open_folder,
    start_gate,
    write_configuration,
)
from tests.stories.house import House


def in_use(seat: SeatView) -> bool:
    return seat.slot is not None


def free(seat: SeatView) -> bool:
    return seat.slot is None


@pytest.fixture
def kiosk(house: House, display: Xvfb) -> Iterator[GuardedKiosk]:
    made = GuardedKiosk(house, display, SEAT)
    made.start(enrol=True)
    made.wait_for_face("lock", within=40)
    yield made
    made.close()


def test_gate_and_shell_are_killed_in_turn_and_the_hour_goes_on(
    house: House, kiosk: GuardedKiosk
) -> None:
    kiosk.sit_down(house.members[0])
    seat = house.until(SEAT, "in use", in_use)
    assert seat.slot is not None
    deadline = kiosk.deadline()
    first_shell = kiosk.shell_pid()

    told = kiosk.program
    assert told is not None
    lines = len(told.lines)
    kiosk.kill_gate()
    gate = kiosk.restart_gate()
    told.wait_for_line("the gate is there", after=lines)
    gate.wait_for_line("the shell still runs")
    assert kiosk.shell_pid() == first_shell
    assert kiosk.deadline() == pytest.approx(deadline, abs=1.0)
    assert greet(kiosk.socket).slot_id == seat.slot.slot_id

    kiosk.kill_shell()
    kiosk.wait_for_face("session", within=40)
    assert kiosk.shell_pid() != first_shell
    assert kiosk.deadline() == pytest.approx(deadline, abs=1.0)
    again = house.until(SEAT, "still in use", in_use)
    assert again.slot is not None
    assert again.slot.slot_id == seat.slot.slot_id

    kiosk.end_session()
    kiosk.wait_for_face("goodbye")
    house.until(SEAT, "free", free)
    assert greet(kiosk.socket).slot_id is None


def test_a_gate_that_is_asked_to_end_leaves_the_slot_to_the_next(
    programs: Programs, tmp_path: Path
) -> None:
    gate, socket = start_gate(programs, tmp_path / "gate")
    caller = GateCaller(socket)
    slot = slot_id(1)
    answer = caller.ask(OpenAsk(slot, 3600, 120))
    assert isinstance(answer, Reply)
    assert gate.stop() == 0
    with pytest.raises(ConnectionError):
        caller.ask(OpenAsk(slot, 3600, 120))
    caller.close()
    _, socket = start_gate(programs, tmp_path / "gate")
    assert greet(socket).slot_id == slot


def test_a_second_gate_on_the_same_folder_gives_up_with_a_sentence(
    programs: Programs, tmp_path: Path
) -> None:
    start_gate(programs, tmp_path / "gate")
    second = programs.start([*GATE, tmp_path / "gate" / "gate.toml"], name="second")
    assert second.wait_for_end(within=30) == 2
    assert "another gate runs" in second.tail()


def test_a_configuration_that_others_may_write_is_refused_with_a_sentence(
    programs: Programs, tmp_path: Path
) -> None:
    path = tmp_path / "gate.toml"
    path.write_text("[accounts]\nkiosk = 1\n")
    path.chmod(0o666)
    gate = programs.start([*GATE, path], name="gate")
    assert gate.wait_for_end(within=30) == 2
    assert "may be written by others" in gate.tail()


def test_the_gate_imports_nothing_that_is_not_its_own(programs: Programs) -> None:
    """What runs as root is small: no Qt, no SQL, no network library comes in with the program."""
    found = programs.start(
        [
            sys.executable,
            "-c",
            "import sys, kiosk.composition.gate\n"
            "print('roots', sorted({n.partition('.')[0] for n in sys.modules}"
            " & {'PySide6', 'sqlalchemy', 'msgspec', 'ssl', 'asyncio', 'litestar'}))",
        ],
        name="imports",
    )
    assert found.wait_for_end(within=30) == 0
    assert "roots []" in found.tail()


def test_a_shell_that_keeps_crashing_is_not_started_without_a_pause(
    programs: Programs, tmp_path: Path
) -> None:
    folder = tmp_path / "gate"
    folder.mkdir()
    told = tmp_path / "starts"
    text = f"open({str(told)!r}, 'a').write('x'); raise SystemExit(2)"
    path = write_configuration(folder, [sys.executable, "-I", "-c", text])
    gate = programs.start([*GATE, path], name="gate")
    gate.wait_for_line("3 times in a minute; again in 1 s", within=30)
    wait_until(lambda: told.read_text() == "xxxx", within=30, what="a fourth start")
    gate.wait_for_line("4 times in a minute; again in 2 s", within=30)
    # Whoever speaks to the gate meanwhile is answered.
    assert greet(folder / "run" / "gate.socket").slot_id is None
    os.kill(gate.pid, signal.SIGTERM)
    assert gate.wait_for_end(within=30) == 0


DRAW = """
import os, subprocess, sys, time
command = ["xdotool", "getdisplaygeometry"]
drawn = subprocess.run(command, capture_output=True, text=True).stdout.split()
with open(sys.argv[1], "a") as told:
    who = (os.getuid(), os.getgid(), os.getgroups())
    told.write(repr((*who, os.environ["DISPLAY"], drawn)) + "\\n")
if len(sys.argv) > 2:
    time.sleep(600)
"""


def end_both(gate: Program, folder: Path) -> None:
    """End a gate, then the shell that it leaves."""
    gate.process.terminate()
    wait_until(lambda: not gate.running, what="the end of the gate")
    end_shell(folder)


def server_pid(folder: Path) -> int:
    return int(json.loads((folder / "run" / "lock.json").read_text())["pid"])


def end_server(folder: Path) -> None:
    """End the display that a gate has left: it outlives the gate, as it should."""
    with suppress(FileNotFoundError, psutil.NoSuchProcess):
        server = psutil.Process(server_pid(folder))
        server.terminate()
        psutil.wait_procs([server], 10)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for a gate, with a file in which a shell of another account may tell."""
    with open_folder() as ground:
        (ground / "told").touch()
        (ground / "told").chmod(0o666)
        (ground / "gate").mkdir()
        yield ground / "gate"
        end_server(ground / "gate")


@needs_root
def test_the_shell_draws_on_the_lock_s_display_under_its_own_account(
    programs: Programs, place: Path
) -> None:
    told = place.parent / "told"
    shell = [find_python(), "-I", "-c", DRAW, str(told), "and stay"]
    path = write_configuration(place, shell, kiosk=STRANGER.uid, screen="xvfb")
    first = programs.start([*GATE, path], name="gate")
    first.wait_for_line("ready$", within=30)
    wait_until(told.read_text, within=30, what="a word of the shell")
    uid, gid, groups, display, drawn = ast.literal_eval(told.read_text())
    assert (uid, gid, groups) == (STRANGER.uid, STRANGER.gid, [])
    assert drawn == ["1366", "768"]

    # Display and shell outlive the gate, and the next one takes both up.
    server = server_pid(place)
    os.kill(first.pid, signal.SIGKILL)
    wait_until(lambda: not first.running, what="a dead gate")
    second = programs.start([*GATE, path], name="gate-again")
    second.wait_for_line("the shell still runs", within=30)
    second.wait_for_line("ready$", within=30)
    noted = json.loads((place / "run" / "shell.json").read_text())
    psutil.Process(noted["pid"]).kill()
    wait_until(lambda: told.read_text().count("\n") == 2, within=30, what="the next shell")
    assert server_pid(place) == server
    assert ast.literal_eval(told.read_text().splitlines()[1])[3] == display
    end_both(second, place)


CLIENT = """
import ctypes, ctypes.util, os, sys, time
x11 = ctypes.CDLL(ctypes.util.find_library("X11"))
x11.XOpenDisplay.restype = ctypes.c_void_p
display = x11.XOpenDisplay(None)
with open(sys.argv[1], "a") as told:
    told.write(repr((os.environ["DISPLAY"], bool(display))) + "\\n")
while display:
    x11.XSync(ctypes.c_void_p(display), 0)
    time.sleep(0.02)
"""


@needs_root
def test_a_lock_s_display_that_dies_is_back_with_its_shell(programs: Programs, place: Path) -> None:
    told = place.parent / "told"
    shell = [find_python(), "-I", "-c", CLIENT, str(told)]
    path = write_configuration(place, shell, kiosk=STRANGER.uid, screen="xvfb")
    gate = programs.start([*GATE, path], name="gate")
    gate.wait_for_line("ready$", within=30)
    wait_until(told.read_text, within=30, what="a word of the shell")
    first = server_pid(place)
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: told.read_text().count("\n") == 2, within=30, what="the next shell")
    assert [ast.literal_eval(line)[1] for line in told.read_text().splitlines()] == [True, True]
    assert server_pid(place) != first
    end_both(gate, place)


@needs_root
def test_a_shell_that_keeps_crashing_gets_a_new_display(programs: Programs, place: Path) -> None:
    told = place.parent / "told"
    shell = [find_python(), "-I", "-c", DRAW, str(told)]
    path = write_configuration(place, shell, kiosk=STRANGER.uid, screen="xvfb")
    gate = programs.start([*GATE, path], name="gate")
    gate.wait_for_line("4 times in a minute", within=60)
    server = server_pid(place)
    gate.wait_for_line("its display is ended with it", within=60)
    wait_until(lambda: not psutil.pid_exists(server), within=30, what="the end of the display")
    wait_until(lambda: told.read_text().count("\n") == 6, within=60, what="a sixth start")
    assert server_pid(place) != server
    assert ast.literal_eval(told.read_text().splitlines()[-1])[4] == ["1366", "768"]
    gate.stop()
