"""The helpers for real programs keep their promises."""

import sys

import psutil
import pytest

from tests.helpers.process import DeadlinePassed, Programs, wait_until

TALKER = """
import signal
print("ready on port 4711", flush=True)
signal.pause()
"""
PARENT = """
import signal, subprocess, sys
endless = [sys.executable, "-c", "import signal; signal.pause()"]
child = subprocess.Popen(endless, start_new_session=True)
print("child", child.pid, flush=True)
signal.pause()
"""


def test_a_line_of_a_program_is_waited_for(programs: Programs) -> None:
    program = programs.start([sys.executable, "-c", TALKER], name="talker")

    match = program.wait_for_line(r"ready on port (\d+)")

    assert match[1] == "4711"
    assert program.running


def test_a_line_that_does_not_come_fails_with_the_log(programs: Programs) -> None:
    program = programs.start([sys.executable, "-c", TALKER], name="talker")
    program.wait_for_line("ready")

    with pytest.raises(DeadlinePassed, match=r"talker\| ready on port 4711"):
        program.wait_for_line("done", within=0.1)


def test_a_program_that_ended_is_not_waited_for(programs: Programs) -> None:
    program = programs.start([sys.executable, "-c", "print('bye'); raise SystemExit(3)"])

    with pytest.raises(AssertionError, match=r"ended \(3\) without 'ready'"):
        program.wait_for_line("ready", within=60)


def test_a_killed_program_takes_its_descendants_along(programs: Programs) -> None:
    program = programs.start([sys.executable, "-c", PARENT])
    child = psutil.Process(int(program.wait_for_line(r"child (\d+)")[1]))

    program.kill()

    assert not program.running
    wait_until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


def test_a_program_asked_to_end_tells_its_status(programs: Programs) -> None:
    program = programs.start(
        [
            sys.executable,
            "-c",
            "import signal, sys, threading\n"
            "signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))\n"
            "print('ready', flush=True)\n"
            "signal.pause()",
        ]
    )
    program.wait_for_line("ready")

    assert program.stop() == 7


def test_waiting_gives_back_what_came() -> None:
    answers = iter([0, None, "", 5])

    assert wait_until(lambda: next(answers)) == 5


def test_waiting_in_vain_says_for_what() -> None:
    with pytest.raises(DeadlinePassed, match=r"not within 0\.05 s: the bus"):
        wait_until(lambda: False, within=0.05, what="the bus")
