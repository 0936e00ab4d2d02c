"""The program: its end when it cannot begin, said in one sentence."""

import sys
from pathlib import Path

from kiosk.gate.journal import Journal
from tests.helpers.process import Program, Programs

KIOSK = [sys.executable, "-m", "kiosk.composition.kiosk", "--windowed"]
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


def start(programs: Programs, state: Path, *words: str) -> Program:
    return programs.start(
        [*KIOSK, "--state", str(state), *words], name="kiosk", environment=OFFSCREEN
    )


def test_two_kiosks_on_one_state_are_one_too_many(programs: Programs, tmp_path: Path) -> None:
    (tmp_path / "gate").mkdir()
    held = Journal.open(tmp_path / "gate" / "journal", lambda: "journal-1")
    program = start(programs, tmp_path)
    assert program.wait_for_end(within=60) == 2
    assert any("another kiosk runs on the same state folder" in line for line in program.lines)
    held.close()


def test_a_hub_elsewhere_is_spoken_to_over_tls_only(programs: Programs, tmp_path: Path) -> None:
    program = start(programs, tmp_path, "--hub", "http://hub.example.org")
    assert program.wait_for_end(within=60) == 2
    assert any("creneau-kiosk: " in line for line in program.lines)


def test_a_state_that_cannot_be_kept_is_said(programs: Programs, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    program = start(programs, tmp_path / "file" / "kiosk")
    assert program.wait_for_end(within=60) == 2
    assert any("creneau-kiosk: " in line for line in program.lines)


def test_a_kiosk_ends_when_it_is_asked_to(programs: Programs, tmp_path: Path) -> None:
    program = start(programs, tmp_path)
    program.wait_for_line("secrets are kept in", within=60)
    assert program.stop() == 0
