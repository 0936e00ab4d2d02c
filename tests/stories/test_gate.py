"""The root service, the shell that it keeps, and either of them killed in the middle of an hour."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.gate.protocol import OpenAsk, Reply
from kiosk.wire.place import SeatView
from tests.gate.fake import slot_id
from tests.helpers.process import Programs, wait_until
from tests.helpers.xvfb import Xvfb
from tests.stories.conftest import SEAT
from tests.stories.gate_house import (
    GATE,
    GateCaller,
    GuardedKiosk,
    greet,
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
