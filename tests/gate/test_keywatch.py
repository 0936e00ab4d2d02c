"""Whose a key is, as the gate watches it: by a tree like /sys, and by keys that only count."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.gate.disk import Disk
from kiosk.gate.fact import EndReason, KeysFound, KeysLeft
from kiosk.gate.keyring import KeyState
from kiosk.gate.keywatch import LOOK_SECONDS, KeyWatch
from tests.gate.fake import Station, slot_id
from tests.helpers.clock import FakeClock
from tests.helpers.usbkey import Port, disk

A, B = slot_id(1), slot_id(2)
VIEW = Path("/proc/1/ns/mnt")


class FakeRing:
    """Keys that are open at once, unless they are `faulty`."""

    def __init__(self) -> None:
        self.states: dict[str, KeyState] = {}
        self.opened: list[str] = []
        self.faulty: set[str] = set()
        self.releases = 0
        self.writing = 0

    @property
    def ports(self) -> frozenset[str]:
        return frozenset(self.states)

    def count(self) -> Counter[KeyState]:
        return Counter(self.states.values())

    def open(self, disk: Disk, namespace: Path) -> None:
        assert namespace == VIEW
        assert disk.port not in self.states
        faulty = disk.port in self.faulty
        self.states[disk.port] = KeyState.UNREADABLE if faulty else KeyState.READY
        self.opened.append(disk.port)

    def forget(self, port: str) -> None:
        del self.states[port]

    def release(self) -> None:
        self.releases += 1
        self.states.clear()

    def listen(self) -> None:
        pass


class House:
    """A gate that watches keys which a test plugs in and pulls out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = FakeClock()
        self.station = Station(folder, self.clock)
        self.ring = FakeRing()
        self.disks: list[str] = []
        self.view: Path | None = VIEW
        self.watch = self.make_watch()

    def make_watch(self) -> KeyWatch:
        return KeyWatch(
            self.clock,
            self.station.gate,
            lambda _slot: self.view,
            self.ring,
            lambda: tuple(disk(port) for port in sorted(self.disks)),
            self.folder / "keys.json",
        )

    def restart(self, *, forgetting: bool = False) -> None:
        """Let another gate come up; an earlier boot's notes are lost with it."""
        if forgetting:
            (self.folder / "keys.json").unlink()
        self.ring = FakeRing()
        self.watch = self.make_watch()
        self.look()

    def look(self, seconds: float = LOOK_SECONDS) -> None:
        self.clock.advance(seconds)
        self.station.gate.tick()
        self.watch.tick()

    def open(self, slot: str = A) -> None:
        self.look()
        self.station.gate.open(slot, 3600, 0)
        self.watch.tick()

    def end(self, slot: str = A) -> None:
        self.station.gate.end(slot, EndReason.FINISHED)
        self.look()
        self.look()

    def found(self) -> KeysFound | None:
        told = [one.body for one in self.station.gate.kept_facts]
        return next((one for one in reversed(told) if isinstance(one, KeysFound)), None)

    def left(self) -> list[KeysLeft]:
        told = [one.body for one in self.station.gate.kept_facts]
        return [one for one in told if isinstance(one, KeysLeft)]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_nobody_looks_while_nobody_sits(house: House) -> None:
    house.watch.tick()
    assert house.watch.next_deadline() is None
    house.disks = ["sdb#1"]
    house.look()
    assert house.found() is None
    assert house.left() == []
    house.open()
    assert house.watch.next_deadline() is not None


def test_a_key_that_is_plugged_in_during_the_slot_opens(house: House) -> None:
    house.open()
    assert house.found() is None
    house.disks = ["sdb#1"]
    house.look()
    assert house.ring.opened == ["sdb#1"]
    assert house.found() == KeysFound(A, ready=1)
    number = house.station.gate.hello().last_fact
    house.look()
    assert house.station.gate.hello().last_fact == number
    house.disks = []
    house.look()
    assert house.found() == KeysFound(A)


def test_a_key_from_before_the_slot_opens_only_once_it_is_plugged_in_again(house: House) -> None:
    house.disks = ["sdb#1"]
    house.open()
    house.look()
    assert house.ring.opened == []
    assert house.found() == KeysFound(A, earlier=1)
    house.disks = []
    house.look()
    house.disks = ["sdb#2"]
    house.look()
    assert house.ring.opened == ["sdb#2"]
    assert house.found() == KeysFound(A, ready=1)


def test_a_key_that_is_swapped_between_two_looks_is_another_one(house: House) -> None:
    house.disks = ["sdb#1"]
    house.open()
    house.disks = ["sdb#2"]
    house.look()
    assert house.ring.opened == ["sdb#2"]


def test_a_key_that_cannot_be_read_is_told_and_not_tried_again(house: House) -> None:
    house.ring.faulty = {"sdb#1"}
    house.open()
    house.disks = ["sdb#1"]
    house.look()
    house.look()
    assert house.found() == KeysFound(A, unreadable=1)
    assert house.ring.opened == ["sdb#1"]


def test_how_keys_stand_is_told_when_it_changes(house: House) -> None:
    house.open()
    house.disks = ["sdb#1"]
    house.look()
    for state, told in (
        (KeyState.LEAVING, KeysFound(A, leaving=1)),
        (KeyState.BUSY, KeysFound(A, busy=1)),
        (KeyState.OUT, KeysFound(A, out=1)),
    ):
        house.ring.states["sdb#1"] = state
        house.look()
        assert house.found() == told


def test_a_key_left_behind_is_told_until_it_is_taken(house: House) -> None:
    house.open()
    house.disks = ["sdb#1", "sdc#2"]
    house.look()
    house.end()
    assert house.ring.releases == 1
    assert house.left() == [KeysLeft(A, 2)]
    house.disks = ["sdc#2"]
    house.look()
    house.disks = []
    house.look()
    assert house.left() == [KeysLeft(A, 2), KeysLeft(A, 1), KeysLeft(A, 0)]
    house.look()
    assert house.watch.next_deadline() is None
    assert len(house.left()) == 3


def test_a_key_that_is_being_written_is_told_until_all_is_there(house: House) -> None:
    house.open()
    house.disks = ["sdb#1"]
    house.look()
    house.ring.writing = 2
    house.end()
    house.ring.writing = 0
    house.look()
    assert house.left() == [KeysLeft(A, 1, 1), KeysLeft(A, 1, 0)]


def test_a_stranger_is_nobodys_forgotten_key(house: House) -> None:
    house.disks = ["sdb#1"]
    house.open()
    house.end()
    assert house.left() == []


def test_a_key_left_behind_stays_so_through_the_next_slot(house: House) -> None:
    house.open()
    house.disks = ["sdb#1"]
    house.look()
    house.end()
    house.open(B)
    assert house.found() == KeysFound(B, earlier=1)
    house.disks = ["sdb#1", "sdc#2"]
    house.look()
    house.end(B)
    assert house.left() == [KeysLeft(A, 1), KeysLeft(B, 2)]
    house.disks = []
    house.look()
    assert house.left()[-1] == KeysLeft(B, 0)


def test_the_next_gate_of_this_boot_knows_whose_a_key_is(house: House) -> None:
    house.disks = ["sdb#1"]
    house.open()
    house.disks = ["sdb#1", "sdc#2"]
    house.look()
    number = house.station.gate.hello().last_fact
    house.restart()
    assert house.ring.opened == ["sdc#2"]
    assert house.station.gate.hello().last_fact == number
    house.end()
    assert house.left() == [KeysLeft(A, 1)]


def test_a_gate_that_was_away_at_the_end_still_finds_what_was_left(house: House) -> None:
    house.open()
    house.disks = ["sdb#1"]
    house.look()
    house.station.gate.end(A, EndReason.FINISHED)
    house.restart()
    assert house.left() == [KeysLeft(A, 1)]


def test_after_a_reboot_the_keys_that_stand_there_are_those_that_were_left(house: House) -> None:
    house.open()
    house.disks = ["sdb#1", "sdc#2"]
    house.look()
    house.end()
    house.disks = ["sda#1"]
    house.restart(forgetting=True)
    assert house.left()[-1] == KeysLeft(A, 1)
    house.disks = []
    house.look()
    assert house.left()[-1] == KeysLeft(A, 0)
    house.restart(forgetting=True)
    assert len(house.left()) == 3


def test_a_note_of_another_boot_is_not_believed(house: House) -> None:
    house.open()
    house.disks = ["sdb#1"]
    house.look()
    path = house.folder / "keys.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"boot": "another"}))
    house.restart()
    # Nobody knows since when it is there: it is plugged in again.
    assert house.found() == KeysFound(A, earlier=1)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"boot": 1}'])
def test_a_note_that_cannot_be_read_is_none(
    house: House, text: str, expect_log: Callable[..., None]
) -> None:
    if text in {"", "{"}:
        expect_log("kiosk.gate.keywatch", "cannot be read")
    (house.folder / "keys.json").write_text(text)
    house.look()
    house.open()
    house.disks = ["sdb#1"]
    house.look()
    assert house.found() == KeysFound(A, ready=1)


def test_where_nothing_can_be_noted_keys_open_all_the_same(
    house: House, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.gate.keywatch", "not noted")
    (house.folder / "keys.new").mkdir()
    house.open()
    house.disks = ["sdb#1"]
    house.look()
    assert house.found() == KeysFound(A, ready=1)


def test_a_session_that_has_no_view_yet_opens_its_key_later(house: House) -> None:
    house.view = None
    house.open()
    house.disks = ["sdb#1"]
    house.look()
    assert house.found() is None
    house.view = VIEW
    house.look()
    assert house.found() == KeysFound(A, ready=1)


def test_between_two_looks_nothing_is_read(house: House, tmp_path: Path) -> None:
    house.open()
    house.disks = ["sdb#1"]
    house.look(LOOK_SECONDS / 2)
    assert house.found() is None


def test_the_tree_of_the_kernel_serves_as_well(house: House, tmp_path: Path) -> None:
    port = Port(tmp_path / "sys")
    port.plug("sdb")
    house.watch = KeyWatch(
        house.clock,
        house.station.gate,
        lambda _slot: VIEW,
        house.ring,
        port.find,
        tmp_path / "tree.json",
    )
    house.open()
    house.look()
    assert house.found() == KeysFound(A, earlier=1)
    port.pull("sdb")
    port.plug("sdb")
    house.look()
    assert house.found() == KeysFound(A, ready=1)


STEPS = st.lists(
    st.sampled_from(["plug", "pull", "open", "end", "look", "restart", "swap"]), max_size=30
)


@given(steps=STEPS)
def test_no_key_from_before_a_slot_is_ever_opened_in_it(
    steps: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    house = House(tmp_path_factory.mktemp("keys"))
    sitting, comings, slots = "", 0, 0
    before: set[str] = set()
    own: set[str] = set()
    house.look()
    for step in steps:
        if step == "plug" or (step == "swap" and house.disks):
            if step == "swap":
                house.disks.pop()
            comings += 1
            house.disks.append(f"sd#{comings:03}")
        elif step == "pull" and house.disks:
            house.disks.pop(0)
        elif step == "open" and not sitting:
            slots += 1
            sitting = slot_id(slots)
            before = set(house.disks)
            house.ring.opened.clear()
            house.open(sitting)
        elif step == "end" and sitting:
            house.look()
            own = set(house.disks) - before
            by = sitting
            house.end(sitting)
            sitting = ""
            if own:
                assert house.left()[-1].slot_id == by
                assert house.left()[-1].count >= len(own)
        elif step == "restart":
            house.restart()
        house.look()
        if sitting:
            assert not before.intersection(house.ring.opened)
            assert house.ring.ports == set(house.disks) - before
            told = house.found() or KeysFound(sitting)
            earlier = before.intersection(house.disks)
            shown = told if told.slot_id == sitting else KeysFound(sitting)
            assert (shown.ready, shown.earlier) == (len(house.ring.ports), len(earlier))
        if house.left():
            assert house.left()[-1].count <= len(house.disks)
