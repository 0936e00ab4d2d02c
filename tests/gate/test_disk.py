"""Which disks are keys, by what /sys says of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.gate.disk import find_disks
from tests.helpers.usbkey import Port


@pytest.fixture
def port(tmp_path: Path) -> Port:
    made = Port(tmp_path / "sys")
    made.plug("sda", number="8:0", bus="pci0000:00/ata1", removable=False)
    return made


def names(port: Port) -> list[str]:
    return [disk.port.partition("#")[0] for disk in port.find()]


def test_the_machines_own_disk_is_no_key(port: Port) -> None:
    assert names(port) == []


def test_a_key_is_found_with_its_partitions_before_the_whole_of_it(port: Port) -> None:
    port.plug(parts=("8:17", "8:18"))
    (found,) = port.find()
    assert [str(one.path) for one in found.sources] == ["/dev/sdb1", "/dev/sdb2", "/dev/sdb"]
    assert [one.number for one in found.sources] == [2065, 2066, 2064]


def test_a_disk_on_usb_is_a_key_though_it_does_not_say_that_it_can_be_removed(port: Port) -> None:
    port.plug(removable=False)
    assert names(port) == ["sdb"]


def test_a_card_in_a_reader_that_is_on_no_usb_is_a_key(port: Port) -> None:
    port.plug("mmcblk0", number="179:0", bus="pci0000:00/mmc0")
    assert names(port) == ["mmcblk0"]


def test_a_reader_without_a_card_and_a_disc_are_no_keys(port: Port) -> None:
    port.plug("sdb", size=0)
    port.plug("sr0", number="11:0")
    assert names(port) == []


def test_a_key_that_is_plugged_in_again_is_another_one(port: Port) -> None:
    port.plug()
    (before,) = port.find()
    port.pull()
    assert port.find() == ()
    port.plug()
    (after,) = port.find()
    assert after.port != before.port
    assert after.sources == before.sources


def test_a_disk_that_the_machine_runs_from_is_no_key(port: Port, tmp_path: Path) -> None:
    port.plug(parts=("8:17",))
    mounts = tmp_path / "mountinfo"
    mounts.write_text("25 1 8:17 / / rw,relatime - ext4 /dev/sdb1 rw\n")
    assert find_disks(port.system, Path("/dev"), mounts) == ()


def test_a_disk_of_which_the_machine_has_made_something_else_is_no_key(port: Port) -> None:
    folder = port.plug(parts=("8:17",))
    (folder / "sdb1" / "holders" / "dm-0").mkdir(parents=True)
    assert names(port) == []


def test_a_disk_that_goes_away_while_it_is_read_is_no_key(port: Port) -> None:
    folder = port.plug()
    (folder / "diskseq").unlink()
    assert names(port) == []
    (folder / "diskseq").write_text("7")
    (folder / "dev").write_text("nothing")
    assert names(port) == []


def test_without_sys_there_are_no_keys(tmp_path: Path, expect_log: Callable[..., None]) -> None:
    expect_log("kiosk.gate.disk", "nobody can tell")
    assert find_disks(tmp_path / "none") == ()
