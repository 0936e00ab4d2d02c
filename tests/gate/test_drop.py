"""What a program is left with when it starts as somebody else."""

import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.gate.drop import Account, Place, ProcessLimits, Program, SpawnFailed, spawn
from kiosk.gate.sweep import find_processes, kill_accounts, strike
from tests.helpers.confine import VISITOR, account, needs_root, start, wait_for

pytestmark = needs_root

TELL = """
import json, os, resource, sys
lines = open("/proc/self/status").read().splitlines()
status = dict(line.split(":\\t", 1) for line in lines if ":\\t" in line)
mask = os.umask(0)
json.dump({
    "accounts": [status["Uid"], status["Gid"], status["Groups"]],
    "rights": [status[name] for name in ("CapInh", "CapPrm", "CapEff", "CapAmb", "NoNewPrivs")],
    "variables": dict(os.environ),
    "leader": os.getsid(0) == os.getpid(),
    "mask": mask,
    "core": resource.getrlimit(resource.RLIMIT_CORE),
    "tasks": resource.getrlimit(resource.RLIMIT_NPROC),
    "files": resource.getrlimit(resource.RLIMIT_NOFILE),
    "folder": os.getcwd(),
    "dies_first": open("/proc/self/oom_score_adj").read().strip(),
    "open": [os.readlink(f"/proc/self/fd/{one}") for one in range(3, 40)
             if os.path.islink(f"/proc/self/fd/{one}")],
}, open(sys.argv[1], "w"))
"""


def test_a_visitors_program_keeps_no_right_and_no_variable_of_the_gate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_OF_THE_GATE", "x")
    told = Path(f"/tmp/creneau-told-{os.getpid()}")
    told.touch(0o600)
    os.chown(told, VISITOR.uid, VISITOR.gid)
    try:
        with (tmp_path / "journal").open("w"):
            program = start(
                TELL,
                place=Place(folder="/var"),
                arguments=(str(told),),
                environment={"LANG": "fr_FR.UTF-8"},
                limits=ProcessLimits(tasks=50, open_files=99),
            )
            assert program.wait(20) == 0
        heard = json.loads(told.read_text())
    finally:
        told.unlink()
    uid = "\t".join([str(VISITOR.uid)] * 4)
    assert heard["accounts"] == [uid, uid, ""] or [one.strip() for one in heard["accounts"]] == [
        uid,
        uid,
        "",
    ]
    assert heard["rights"] == ["0" * 16] * 4 + ["1"]
    assert set(heard["variables"]) - {"LC_CTYPE"} == {"PATH", "LANG"}
    assert heard["leader"] is True
    assert heard["mask"] == 0o077
    assert (heard["core"], heard["tasks"], heard["files"]) == ([0, 0], [50, 50], [99, 99])
    assert (heard["folder"], heard["dies_first"]) == ("/var", "500")
    assert not any("journal" in one for one in heard["open"])


def test_an_account_keeps_the_groups_that_root_gives_it_and_no_other() -> None:
    who = Account(VISITOR.uid, VISITOR.gid, groups=(29, 44))
    assert start("import os; raise SystemExit(os.getgroups() != [29, 44])", who).wait(10) == 0


def test_a_program_of_ours_dies_in_its_own_turn_whatever_the_gate_is_spared() -> None:
    mine = Path("/proc/self/oom_score_adj")
    before = mine.read_text()
    mine.write_text("100")
    try:
        text = "raise SystemExit(open('/proc/self/oom_score_adj').read().strip() != '0')"
        assert start(text).wait(10) == 0
    finally:
        mine.write_text(before)


def test_a_fork_bomb_ends_at_the_limit_of_tasks() -> None:
    text = """
import os, time
made = 0
try:
    while made < 200:
        if os.fork() == 0:
            time.sleep(600)
        made += 1
except BlockingIOError:
    pass
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.killpg(0, signal.SIGTERM)
raise SystemExit(made)
"""
    assert start(text, account(3), limits=ProcessLimits(tasks=20)).wait(20) in range(10, 20)


def test_a_step_that_is_refused_is_said_and_nothing_runs(tmp_path: Path) -> None:
    nowhere = tmp_path / "no-group" / "cgroup.procs"
    with pytest.raises(SpawnFailed, match="No such file"):
        spawn(Program(("/bin/true",), VISITOR, place=Place(nowhere)))


def test_a_program_that_is_not_there_is_said() -> None:
    with pytest.raises(SpawnFailed, match="exec: No such file"):
        spawn(Program(("/nowhere/nothing",), VISITOR))


def test_a_folder_that_the_account_may_not_enter_is_said(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(0o700)
    with pytest.raises(SpawnFailed, match="denied"):
        spawn(Program((sys.executable,), Account(VISITOR.uid, 0), place=Place(folder=str(closed))))


STOPPER = """
import os, signal
while True:
    try:
        os.kill(-1, signal.SIGSTOP)
    except ProcessLookupError:
        pass
"""
"""Stops whatever wears its account, before it has begun."""


@pytest.fixture
def stopped() -> Iterator[None]:
    started = start(STOPPER)
    yield
    kill_accounts([VISITOR], 5)
    assert started.wait(5) == -9
    assert find_processes([VISITOR.uid]) == set()


@pytest.mark.usefixtures("stopped")
def test_a_visitor_who_stops_what_is_started_for_them_stops_nobody_else() -> None:
    children = [spawn(Program(("/bin/sleep", "60"), VISITOR)) for _ in range(20)]
    wait_for(lambda: any(is_stopped(one.pid) for one in children), "one that is stopped")
    begun = time.monotonic()
    strike(VISITOR)
    assert time.monotonic() - begun < 5
    kill_accounts([VISITOR], 5)
    assert [one.wait(5) for one in children] == [-9] * 20


@pytest.mark.usefixtures("stopped")
def test_what_is_stopped_before_it_has_begun_holds_nothing_of_the_gate(tmp_path: Path) -> None:
    with (tmp_path / "journal").open("w"):
        children = [spawn(Program(("/bin/sleep", "60"), VISITOR)) for _ in range(20)]
        held = {
            str(one.readlink())
            for child in children
            for one in Path(f"/proc/{child.pid}/fd").iterdir()
        }
    assert not any("journal" in one for one in held)
    kill_accounts([VISITOR], 5)
    assert [one.wait(5) for one in children] == [-9] * 20


def is_stopped(pid: int) -> bool:
    return "\nState:\tT" in Path(f"/proc/{pid}/status").read_text()


def test_what_is_no_word_of_a_program_is_said() -> None:
    for word in ("a\0b", "\ud800"):
        with pytest.raises(SpawnFailed):
            spawn(Program(("/bin/true", word), VISITOR))
