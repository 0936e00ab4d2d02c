"""Real file systems in a real session: opened, written, let go of, pulled out, left at the end."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.gate.answer import Refusal
from kiosk.gate.backend import Application
from kiosk.gate.clock import SystemClock
from kiosk.gate.confinedbackend import ConfinedBackend
from kiosk.gate.disk import Disk
from kiosk.gate.fact import EndReason, KeysFound, KeysLeft, Wiped
from kiosk.gate.journal import Journal
from kiosk.gate.keyring import Keyring, KeyState
from kiosk.gate.keywatch import KeyWatch
from kiosk.gate.service import Gate
from kiosk.rules.usbkey import OPEN_KEY, REMOVE_KEY
from tests.helpers.confine import VISITOR, find_python, needs_root, wait_for
from tests.helpers.stage import NEXT_SLOT, SLOT, Stage, open_stage
from tests.helpers.usbkey import Port, block_device, needs_loop, number_of

pytestmark = [needs_root, needs_loop]

MEDIA = Path("/media")
SHOW = "import sys; open('/tmp/shown', 'w').write(sys.argv[1])"
WRITE = """
with open('/media/USB/{name}', 'wb') as file:
    file.write(os.urandom({size}))
told['size'] = os.stat('/media/USB/{name}').st_size
"""


@pytest.fixture
def ring() -> Keyring:
    return Keyring(("vfat", "ext4"), VISITOR, MEDIA)


@pytest.fixture
def stage(ring: Keyring) -> Iterator[Stage]:
    with open_stage() as made:
        plan = replace(
            made.plan,
            cell=replace(made.plan.cell, media=MEDIA),
            applications=(Application("files", find_python(), ("-I", "-c", SHOW)),),
        )
        made.plan, made.backend = plan, ConfinedBackend(plan, ring)
        made.backend.start(SLOT)
        yield made
        made.backend.end(SLOT)
        ring.release()
        wait_for(lambda: not _listen(ring)._children, "the end of the keepers")


@pytest.fixture
def device() -> Iterator[Path]:
    with block_device(Path(f"/dev/shm/key-{os.getpid()}.img"), owner=VISITOR.uid) as made:
        yield made
    Path(f"/dev/shm/key-{os.getpid()}.img").unlink()


@pytest.fixture
def key(tmp_path: Path, device: Path) -> Disk:
    port = Port(tmp_path / "sys")
    port.plug(device.name, number=number_of(device))
    (found,) = port.find()
    return found


def _listen(ring: Keyring) -> Keyring:
    ring.listen()
    return ring


def view(stage: Stage) -> Path:
    found = stage.backend.view_of(stage.slot)
    assert found is not None
    return found


def await_state(ring: Keyring, state: KeyState) -> None:
    wait_for(lambda: _listen(ring).count()[state] == 1, f"a key that is {state}")


def plug(stage: Stage, ring: Keyring, key: Disk) -> None:
    ring.open(key, view(stage))
    await_state(ring, KeyState.READY)


def read_back(device: Path, name: str, folder: Path) -> bytes | None:
    """Return a file of a key as another computer finds it."""
    pulled = folder / "pulled"
    pulled.mkdir(exist_ok=True)
    subprocess.run(["mount", "-o", "ro", str(device), str(pulled)], check=True)
    try:
        file = pulled / name
        return file.read_bytes() if file.exists() else None
    finally:
        subprocess.run(["umount", str(pulled)], check=True)


def test_a_key_opens_in_the_session_and_nowhere_else(
    stage: Stage, ring: Keyring, key: Disk
) -> None:
    plug(stage, ring, key)
    assert ring.folder == MEDIA / "USB"
    assert stage.run(WRITE.format(name="letter", size=1000)) == {"size": 1000}
    assert not (MEDIA / "USB").exists()
    flags = stage.run(
        "told['flags'] = [line.split()[3] for line in open('/proc/self/mounts')"
        " if line.split()[1] == '/media/USB']"
    )["flags"]
    assert {"rw", "nosuid", "nodev", "noexec"} <= set(flags[0].split(","))


def test_nothing_on_a_key_can_be_started_and_beside_it_nothing_can_be_kept(
    stage: Stage, ring: Keyring, key: Disk
) -> None:
    plug(stage, ring, key)
    told = stage.run(
        "open('/media/USB/run', 'w').write('#!/bin/sh'); os.chmod('/media/USB/run', 0o4755)\n"
        "told['run'] = refusal(subprocess.run, ['/media/USB/run'])\n"
        "told['beside'] = refusal(os.mkdir, '/media/mine')\n"
        "told['away'] = refusal(os.rename, '/media/USB', '/media/mine')"
    )
    assert told["run"] == "PermissionError 13"
    assert told["beside"] == "PermissionError 13"
    assert told["away"]


def test_a_key_is_let_go_of_once_all_is_written(
    stage: Stage, ring: Keyring, key: Disk, device: Path, tmp_path: Path
) -> None:
    plug(stage, ring, key)
    stage.run(WRITE.format(name="letter", size=4_000_000))
    assert stage.backend.launch(SLOT, REMOVE_KEY, "") is None
    assert ring.count() == {KeyState.LEAVING: 1}
    await_state(ring, KeyState.OUT)
    assert not stage.outside(MEDIA / "USB").exists()
    found = read_back(device, "letter", tmp_path)
    assert found is not None
    assert len(found) == 4_000_000
    assert stage.backend.launch(SLOT, REMOVE_KEY, "") is Refusal.APPLICATION_UNKNOWN


def test_a_key_that_a_program_uses_is_not_let_go_of(stage: Stage, ring: Keyring, key: Disk) -> None:
    plug(stage, ring, key)
    stage.hear("file = open('/media/USB/letter', 'w'); tell(); time.sleep(600)")
    assert ring.let_go()
    await_state(ring, KeyState.BUSY)
    assert ring.folder == MEDIA / "USB"
    stage.started[-1].kill()
    stage.started[-1].wait(5)
    assert ring.let_go()
    await_state(ring, KeyState.OUT)


def test_what_was_written_reaches_the_key_though_the_session_ends_at_once(
    stage: Stage, ring: Keyring, key: Disk, device: Path, tmp_path: Path
) -> None:
    plug(stage, ring, key)
    stage.run(WRITE.format(name="letter", size=4_000_000))
    stage.hear("file = open('/media/USB/letter'); tell(); time.sleep(600)")
    stage.end()
    ring.release()
    wait_for(lambda: not _listen(ring)._children, "the end of the keeper")
    found = read_back(device, "letter", tmp_path)
    assert found is not None
    assert len(found) == 4_000_000


def test_the_session_after_it_sees_nothing_of_a_key(stage: Stage, ring: Keyring, key: Disk) -> None:
    plug(stage, ring, key)
    stage.end()
    ring.release()
    stage.slot = NEXT_SLOT
    stage.backend.start(NEXT_SLOT)
    assert stage.run("told['seen'] = os.listdir('/media')") == {"seen": []}
    assert stage.backend.launch(NEXT_SLOT, OPEN_KEY, "") is Refusal.APPLICATION_UNKNOWN
    stage.end()


def test_a_key_that_is_pulled_out_is_gone_and_its_place_is_free(
    stage: Stage, ring: Keyring, key: Disk
) -> None:
    plug(stage, ring, key)
    ring.forget(key.port)
    wait_for(lambda: not stage.outside(MEDIA / "USB").exists(), "the end of the mount")
    plug(stage, ring, replace(key, port="again"))
    assert ring.folder == MEDIA / "USB"


def test_the_next_gate_takes_an_open_key_up(
    stage: Stage, ring: Keyring, key: Disk, device: Path
) -> None:
    plug(stage, ring, key)
    mounts = "told['n'] = sum('/media/USB' in line for line in open('/proc/self/mounts'))"
    after = Keyring(("ext4",), VISITOR, MEDIA)
    plug(stage, after, key)
    assert stage.run(mounts) == {"n": 1}
    ring.release()
    wait_for(lambda: not _listen(ring)._children, "the end of the earlier keeper")
    assert after.let_go()
    await_state(after, KeyState.OUT)
    assert stage.run(mounts) == {"n": 0}
    wait_for(lambda: not _listen(after)._children, "the end of the keeper")


def test_a_key_whose_keeper_was_killed_is_found_again(
    stage: Stage, ring: Keyring, key: Disk
) -> None:
    plug(stage, ring, key)
    (keeper,) = ring._children
    os.kill(keeper, signal.SIGKILL)
    wait_for(lambda: not _listen(ring).ports, "word of its end")
    plug(stage, ring, key)
    assert ring.folder == MEDIA / "USB"


def test_two_keys_stand_side_by_side(
    stage: Stage, ring: Keyring, key: Disk, tmp_path: Path
) -> None:
    plug(stage, ring, key)
    with block_device(tmp_path / "other.img", owner=VISITOR.uid) as device:
        port = Port(tmp_path / "other")
        port.plug(device.name, number=number_of(device))
        ring.open(port.find()[0], view(stage))
        wait_for(lambda: _listen(ring).count()[KeyState.READY] == 2, "both keys")
        assert ring.folder == MEDIA
        assert stage.run("told['seen'] = sorted(os.listdir('/media'))") == {
            "seen": ["USB", "USB-2"]
        }
        assert ring.let_go()
        wait_for(lambda: _listen(ring).count()[KeyState.OUT] == 2, "both out")
        wait_for(lambda: not _listen(ring)._children, "the end of the keepers")


def test_the_file_manager_shows_the_key_and_no_path_comes_from_a_peer(
    stage: Stage, ring: Keyring, key: Disk
) -> None:
    assert stage.backend.launch(SLOT, OPEN_KEY, "") is Refusal.APPLICATION_UNKNOWN
    plug(stage, ring, key)
    assert stage.backend.launch(SLOT, OPEN_KEY, "https://example.org/") is Refusal.URL_INVALID
    assert stage.backend.launch(SLOT, OPEN_KEY, "") is None
    shown = stage.outside("/tmp/shown")
    wait_for(lambda: shown.exists() and bool(shown.read_text()), "the file manager")
    assert shown.read_text() == "/media/USB"


def test_a_key_without_a_file_system_is_told(stage: Stage, ring: Keyring, tmp_path: Path) -> None:
    with block_device(tmp_path / "empty.img", kind="") as device:
        port = Port(tmp_path / "sys")
        port.plug(device.name, number=number_of(device))
        ring.open(port.find()[0], view(stage))
        await_state(ring, KeyState.UNREADABLE)
        assert ring.folder is None
        assert not ring.let_go()
        wait_for(lambda: not _listen(ring)._children, "the end of the keeper")


def test_another_device_than_the_kernel_lists_is_never_mounted(
    stage: Stage, ring: Keyring, key: Disk
) -> None:
    wrong = tuple(replace(one, number=one.number + 1) for one in key.sources)
    ring.open(replace(key, sources=wrong), view(stage))
    await_state(ring, KeyState.UNREADABLE)


def test_a_file_system_that_root_does_not_allow_is_not_opened(stage: Stage, key: Disk) -> None:
    ring = Keyring(("vfat",), VISITOR, MEDIA)
    ring.open(key, view(stage))
    await_state(ring, KeyState.UNREADABLE)
    wait_for(lambda: not _listen(ring)._children, "the end of the keeper")


def test_a_key_that_may_not_be_written_opens_for_reading(
    stage: Stage, ring: Keyring, key: Disk, device: Path
) -> None:
    subprocess.run(["blockdev", "--setro", str(device)], check=True)
    try:
        plug(stage, ring, key)
        told = stage.run("told['why'] = refusal(open, '/media/USB/letter', 'w')")
        assert told == {"why": "OSError 30"}
        assert ring.let_go()
        await_state(ring, KeyState.OUT)
    finally:
        subprocess.run(["blockdev", "--setrw", str(device)], check=True)


def test_a_session_that_is_over_has_no_view(stage: Stage, ring: Keyring, key: Disk) -> None:
    gone = view(stage)
    stage.end()
    assert stage.backend.view_of(SLOT) is None
    assert stage.backend.view_of(NEXT_SLOT) is None
    ring.open(key, gone)
    await_state(ring, KeyState.UNREADABLE)


def test_more_keys_than_there_are_places_are_not_opened(
    stage: Stage, ring: Keyring, key: Disk
) -> None:
    for number in range(4):
        ring.open(replace(key, port=f"sdb#{number}"), view(stage))
    ring.open(replace(key, port="sdb#5"), view(stage))
    assert ring.count()[KeyState.UNREADABLE] == 1


def test_without_a_process_for_it_a_key_is_not_opened(
    stage: Stage,
    ring: Keyring,
    key: Disk,
    monkeypatch: pytest.MonkeyPatch,
    expect_log: Callable[..., None],
) -> None:
    expect_log("kiosk.gate.keyring", "not opened")

    def refuse() -> int:
        raise OSError(11, "no more processes")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fork", refuse)
        ring.open(key, view(stage))
    assert ring.count() == {KeyState.UNREADABLE: 1}


def test_the_gate_opens_a_key_ends_the_slot_at_once_and_tells_what_was_left(
    stage: Stage, ring: Keyring, device: Path, tmp_path: Path
) -> None:
    stage.end()
    clock, port = SystemClock(), Port(tmp_path / "sys")
    (port.system / "block").mkdir(parents=True)
    gate = Gate(clock, Journal.open(tmp_path / "journal", lambda: SLOT), stage.backend)
    gate.start()
    watch = KeyWatch(
        clock, gate, stage.backend.view_of, ring, port.find, stage.plan.cell.run / "keys.json"
    )

    def turn_until(body: KeysFound | KeysLeft) -> None:
        def is_told() -> bool:
            gate.tick()
            watch.tick()
            return any(fact.body == body for fact in gate.kept_facts)

        wait_for(is_told, str(body))

    watch.tick()
    gate.open(SLOT, 600, 0)
    watch.tick()
    port.plug(device.name, number=number_of(device))
    turn_until(KeysFound(SLOT, ready=1))
    stage.run(WRITE.format(name="letter", size=8_000_000))
    gate.end(SLOT, EndReason.FINISHED)
    gate.tick()
    # The proof of the wipe does not wait for the key, which is still being written.
    assert isinstance(gate.kept_facts[-1].body, Wiped)
    turn_until(KeysLeft(SLOT, 1))
    assert not ring.writing
    found = read_back(device, "letter", tmp_path)
    assert found is not None
    assert len(found) == 8_000_000
    port.pull(device.name)
    turn_until(KeysLeft(SLOT, 0))
    gate.close()
    (stage.plan.cell.run / "keys.json").unlink()
