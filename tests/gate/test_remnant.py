"""The note of a running session: found again whole, by the same processes, or not at all."""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from kiosk.gate.remnant import Known, Remnant, know, read_remnant, write_remnant
from tests.helpers.confine import wait_for


def test_a_session_is_found_again_as_it_was(tmp_path: Path) -> None:
    me = know(os.getpid())
    session = Remnant("a slot", me, Known(1, 2.5), 7, {"windows": me})
    write_remnant(tmp_path / "run" / "session.json", session)
    assert read_remnant(tmp_path / "run" / "session.json") == session
    assert (tmp_path / "run" / "session.json").stat().st_mode & 0o777 == 0o600
    assert [one.name for one in (tmp_path / "run").iterdir()] == ["session.json"]


def test_without_a_note_there_is_no_session(tmp_path: Path) -> None:
    assert read_remnant(tmp_path / "session.json") is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"slot_id": "a", "holder": 3}',
        b'{"slot_id": "a", "holder": {"pid": 1}}',
    ],
)
def test_a_note_that_cannot_be_read_is_none(
    tmp_path: Path, content: bytes, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.gate.remnant", "the note of a session cannot be read")
    (tmp_path / "session.json").write_bytes(content)
    assert read_remnant(tmp_path / "session.json") is None


def test_a_number_that_another_process_wears_now_is_not_the_session() -> None:
    me = know(os.getpid())
    assert me.is_alive()
    assert not Known(me.pid, me.started - 1).is_alive()
    assert Known(me.pid, me.started - 1).is_gone()
    assert not Known(2**22 + 1, 0.0).is_alive()
    assert not Remnant("a slot", me, Known(2**22 + 1, 0.0)).is_alive()


def test_a_process_stays_the_same_when_somebody_sets_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    me = know(os.getpid())
    # What the kernel says of the boot moves with the wall clock, and psutil counts from there.
    monkeypatch.setattr("psutil._pslinux.boot_time", lambda: 1.0)
    assert me.is_alive()
    assert not me.is_gone()
    assert 0 < me.started < time.clock_gettime(time.CLOCK_BOOTTIME)


def test_the_dead_are_not_alive() -> None:
    child = psutil.Popen([sys.executable, "-c", ""])
    known = know(child.pid)
    wait_for(lambda: not known.is_alive(), "its death")
    assert not known.is_gone()
    child.wait(10)
    assert known.is_gone()
    with pytest.raises(psutil.NoSuchProcess):
        know(child.pid)


def test_a_note_holds_nothing_but_numbers_and_the_slot(tmp_path: Path) -> None:
    me = know(os.getpid())
    write_remnant(tmp_path / "session.json", Remnant("a slot", me, me))
    assert set(json.loads((tmp_path / "session.json").read_text())) == {
        "slot_id",
        "holder",
        "server",
        "files",
        "companions",
    }
