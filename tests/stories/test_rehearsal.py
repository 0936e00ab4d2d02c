"""What `make run` does where nobody watches, and how it ends."""

import os
import signal
import sys
from pathlib import Path

import psutil
import pytest
from PySide6.QtGui import QImage

from tests.helpers.process import Programs

REHEARSAL = [sys.executable, "-m", "admin_console.rehearsal"]
NO_DISPLAY = {"DISPLAY": "", "WAYLAND_DISPLAY": ""}
STEPS = [
    "lock",
    "desk",
    "sign-in",
    "rules",
    "home",
    "desk-occupied",
    "ten-minutes",
    "renewed",
    "desk-renewed",
    "ending",
    "goodbye",
    "desk-free",
]


@pytest.mark.timeout(300)
def test_without_a_display_a_visit_is_played_and_leaves_pictures(
    programs: Programs, tmp_path: Path
) -> None:
    program = programs.start(
        [*REHEARSAL, "--state", tmp_path], name="rehearsal", environment=NO_DISPLAY
    )

    assert program.wait_for_end(within=240) == 0, program.tail()

    pictures = sorted((tmp_path / "pictures").iterdir())
    assert [path.stem[3:] for path in pictures] == STEPS
    seen = set()
    for path in pictures:
        picture = QImage(str(path))
        assert not picture.isNull(), path
        seen.add(bytes(picture.convertToFormat(QImage.Format.Format_RGB32).constBits()))
    assert len(seen) == len(pictures), "two pictures are the same"
    assert str(tmp_path / "pictures") in program.lines[-1]


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_rehearsal_is_ended_whole(
    programs: Programs, tmp_path: Path, ending: signal.Signals
) -> None:
    program = programs.start(
        [*REHEARSAL, "--no-kiosk", "--no-desk", "--state", tmp_path],
        name="rehearsal",
        environment=NO_DISPLAY,
    )
    program.wait_for_line("Ctrl-C ends everything", within=60)
    assert any("20481144240031" in line for line in program.lines)
    started = psutil.Process(program.pid).children(recursive=True)
    assert started

    os.kill(program.pid, ending)

    assert program.wait_for_end(within=30) == 0, program.tail()
    assert "Everything is ended." in program.lines
    assert not any(process.is_running() for process in started)


def test_two_rehearsals_run_side_by_side(programs: Programs, tmp_path: Path) -> None:
    """The usual port is taken for the second at the latest, and each has a hub of its own."""
    hubs = set()
    for name in ("first", "second"):
        program = programs.start(
            [*REHEARSAL, "--no-kiosk", "--no-desk", "--state", tmp_path / name],
            name=name,
            environment=NO_DISPLAY,
        )
        hubs.add(program.wait_for_line(r"http://127\.0\.0\.1:\d+", within=60).group())

    assert len(hubs) == 2
