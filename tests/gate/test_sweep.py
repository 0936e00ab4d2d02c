"""The sweep after a session: programs, files, shared memory and print jobs of an account."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.gate.drop import Account
from kiosk.gate.sweep import (
    cancel_print_jobs,
    find_ipc,
    find_processes,
    is_left_by,
    kill_accounts,
    remove_ipc,
    remove_spooled,
)
from tests.helpers.confine import COMET, STRANGER, STUBBORN, VISITOR, needs_root, start, wait_for
from tests.helpers.cups import PrintSystem, is_here
from tests.helpers.leak import LeakGuard
from tests.helpers.process import wait_until


@pytest.fixture
def nobody_left() -> Iterator[None]:
    yield
    for one in (VISITOR, STRANGER):
        kill_accounts([one], 5)
        assert find_processes([one.uid]) == set()


@needs_root
@pytest.mark.usefixtures("nobody_left")
def test_every_process_of_the_account_dies_and_none_of_another() -> None:
    stranger = start("import time; time.sleep(600)", STRANGER)
    stubborn = start(STUBBORN.format(count=20))
    comets = [start(COMET) for _ in range(2)]
    wait_for(lambda: len(find_processes([VISITOR.uid])) >= 21)
    assert len(kill_accounts([VISITOR], 5)) >= 0
    assert find_processes([VISITOR.uid]) == set()
    assert stranger.poll() is None
    for one in (stubborn, *comets):
        one.wait(5)
    stranger.kill()
    stranger.wait(5)


@needs_root
@pytest.mark.usefixtures("nobody_left")
def test_a_process_is_found_by_any_of_its_accounts() -> None:
    # Only root can wear three: what a setuid program of the visitor would look like.
    text = f"import os, time; os.setresuid({VISITOR.uid}, 0, 0); time.sleep(600)"
    mixed = start(text, Account(0, 0))
    wait_for(lambda: mixed.pid in find_processes([VISITOR.uid]))
    mixed.kill()
    mixed.wait(5)


@needs_root
@pytest.mark.usefixtures("nobody_left")
def test_a_child_in_a_user_namespace_with_another_number_dies_too() -> None:
    # As newuidmap would map it for an account with subordinate numbers.
    text = """
import ctypes, os, time
ctypes.CDLL(None).unshare(0x10000000)
while open("/proc/self/uid_map").read() == "":
    time.sleep(0.01)
os.setresuid(1, 1, 1)
time.sleep(600)
"""
    hidden = start(text)
    other = VISITOR.uid + 5
    uid_map = Path(f"/proc/{hidden.pid}/uid_map")

    def mapped() -> bool:
        try:
            uid_map.write_text(f"0 {VISITOR.uid} 1\n1 {other} 1\n")
        except OSError:
            return False
        return True

    wait_for(mapped)
    wait_for(lambda: find_processes([other]) == {hidden.pid})
    assert find_processes([VISITOR.uid]) == set()
    kill_accounts([VISITOR], 5)
    assert hidden.wait(5) == -9


@needs_root
def test_spooled_files_of_the_visitor_go_and_nothing_else_does(tmp_path: Path) -> None:
    spool, precious = tmp_path / "spool", tmp_path / "precious"
    spool.mkdir()
    precious.write_text("of somebody else")
    (spool / "job").write_text("x")
    (spool / "strangers").write_text("x")
    (spool / "link").symlink_to(precious)
    (spool / "tree").mkdir()
    (spool / "tree" / "inside").write_text("x")
    for name in ("job", "link", "tree"):
        os.chown(spool / name, VISITOR.uid, VISITOR.gid, follow_symlinks=False)
    assert remove_spooled(VISITOR, [spool, tmp_path / "nothing"]) == 2
    assert sorted(one.name for one in spool.iterdir()) == ["strangers", "tree"]
    assert precious.read_text() == "of somebody else"


@needs_root
def test_a_folder_that_the_visitor_owns_or_swaps_for_a_link_is_not_entered(tmp_path: Path) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    for folder in (own, other):
        folder.mkdir()
        (folder / "file").write_text("x")
        os.chown(folder / "file", VISITOR.uid, VISITOR.gid)
    os.chown(own, VISITOR.uid, VISITOR.gid)
    (tmp_path / "link").symlink_to(other)
    assert remove_spooled(VISITOR, [own, tmp_path / "link"]) == 0
    assert (own / "file").exists()
    assert (other / "file").exists()


def test_a_spool_names_files_after_accounts() -> None:
    named = Account(4001, 4001, "visiteur")
    assert is_left_by(named, "visiteur", 0)
    assert is_left_by(named, "anything", 4001)
    assert not is_left_by(named, "root", 0)
    assert not is_left_by(Account(4001, 4001), "", 0)


def test_a_spool_that_cannot_be_read_is_said_by_its_number_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[..., None]
) -> None:
    def refuse(path: object, *_: object, **__: object) -> int:
        raise PermissionError(13, "denied", str(path))

    monkeypatch.setattr(os, "listdir", refuse)
    expect_log("kiosk.gate.sweep", "a spool folder is not swept: errno 13")
    assert remove_spooled(VISITOR, [tmp_path]) == 0


@needs_root
@pytest.mark.usefixtures("nobody_left")
def test_shared_memory_of_the_visitor_goes() -> None:
    text = """
import ctypes
libc = ctypes.CDLL(None)
made = [libc.shmget(0, 4096, 0o600), libc.msgget(0, 0o600), libc.semget(0, 1, 0o600)]
raise SystemExit(min(made) < 0)
"""
    assert start(text).wait(10) == 0
    kinds = ("shm", "msg", "sem")
    assert [len(list(find_ipc(kind, VISITOR.uid))) for kind in kinds] == [1, 1, 1]
    assert remove_ipc(VISITOR.uid) == 3
    assert [len(list(find_ipc(kind, VISITOR.uid))) for kind in kinds] == [0, 0, 0]
    assert remove_ipc(VISITOR.uid) == 0


@pytest.fixture
def cancel(tmp_path: Path) -> Path:
    program = tmp_path / "cancel"
    program.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/asked\nexit 3\n')
    program.chmod(0o755)
    return program


def test_print_jobs_of_the_account_are_cancelled_with_their_history(
    cancel: Path, tmp_path: Path, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.gate.sweep", "print jobs are not cancelled: CalledProcessError")
    cancel_print_jobs(Account(4001, 4001, "visiteur"), str(cancel))
    assert (tmp_path / "asked").read_text() == "-a -x -u visiteur\n"


@pytest.fixture
def print_system(leak_guard: LeakGuard) -> Iterator[PrintSystem]:
    made = PrintSystem()
    try:
        made.start()
        leak_guard.expect_process(made.pid)
        yield made
    finally:
        made.stop()


@needs_root
@pytest.mark.skipif(not is_here(), reason="there is no cupsd here")
def test_a_real_print_system_keeps_nothing_of_the_visitor_and_all_of_others(
    print_system: PrintSystem, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear sir or madam\n")
    for held in (True, True, False):
        print_system.send("visiteur", letter, held=held)
    print_system.send("autre", letter, held=True)
    assert print_system.jobs("visiteur") >= 2

    cancel_print_jobs(Account(4001, 4001, "visiteur"), str(print_system.make_order("cancel")))

    wait_until(lambda: print_system.jobs("visiteur") == 0, within=20, what="an empty queue")
    wait_until(lambda: print_system.documents() == 1, within=20, what="only the other's letter")
    assert print_system.jobs("autre") == 1


def test_without_a_name_or_a_print_system_there_is_nothing_to_cancel(
    cancel: Path, tmp_path: Path
) -> None:
    cancel_print_jobs(Account(4001, 4001), str(cancel))
    cancel_print_jobs(Account(4001, 4001, "visiteur"), str(tmp_path / "nothing"))
    assert not (tmp_path / "asked").exists()


@needs_root
@pytest.mark.usefixtures("nobody_left")
@pytest.mark.parametrize("lasting", [False, True])
def test_keys_that_the_kernel_kept_for_the_account_are_forgotten(lasting: bool) -> None:
    # The lasting keyring of an account outlives all its processes, by days.
    text = f"""
import ctypes, platform
call = ctypes.CDLL(None).syscall
keyctl, add = {{"x86_64": (250, 248), "aarch64": (219, 217)}}[platform.machine()]
ring = call(keyctl, 22, -1, -2, 0, 0) if {lasting} else -4
raise SystemExit(call(add, b"user", b"secret", b"x", 1, ring) < 0)
"""
    if start(text).wait(10) != 0:
        pytest.skip("the kernel gives no keyrings here")

    def count() -> int:
        users = Path("/proc/key-users").read_text().splitlines()
        mine = [line.split() for line in users if line.strip().startswith(f"{VISITOR.uid}:")]
        return int(mine[0][3].split("/")[0]) if mine else 0

    before = count()
    kill_accounts([VISITOR], 5)
    wait_for(lambda: count() < before or count() == 0, "the key's end")
