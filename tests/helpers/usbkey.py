"""USB keys for tests: a tree shaped like /sys, and real file systems on loop devices.

A container has no USB port. What the gate reads of one is a folder tree, which a test can write;
what it mounts is a block device, and a loop device is a real one.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from kiosk.gate.disk import Disk, Source, find_disks

_comings = count(1)


def _missing() -> str:
    if os.geteuid() != 0:
        return "only root can make a block device of a file"
    if shutil.which("losetup") is None or shutil.which("mkfs.ext4") is None:
        return "losetup or mkfs.ext4 is not installed"
    found = subprocess.run(["losetup", "-f"], capture_output=True, check=False)
    return "this container has no loop devices" if found.returncode else ""


MISSING = _missing()
needs_loop = pytest.mark.skipif(bool(MISSING), reason=MISSING or "-")


@dataclass(frozen=True)
class Port:
    """A folder tree shaped like /sys, where disks are plugged in and pulled out."""

    system: Path

    def plug(
        self,
        name: str = "sdb",
        *,
        number: str = "8:16",
        parts: tuple[str, ...] = (),
        bus: str = "pci0000:00/0000:00:14.0/usb1/1-2",
        removable: bool = True,
        size: int = 4096,
    ) -> Path:
        """Plug a disk in; `parts` are the numbers of the devices of its partitions."""
        folder = self.system / "devices" / bus / "block" / name
        _write(folder, removable=int(removable), size=size, dev=number, diskseq=next(_comings))
        for place, part in enumerate(parts, 1):
            _write(folder / f"{name}{place}", partition=place, dev=part)
        block = self.system / "block"
        block.mkdir(parents=True, exist_ok=True)
        (block / name).symlink_to(folder)
        return folder

    def pull(self, name: str = "sdb") -> None:
        """Pull a disk out."""
        link = self.system / "block" / name
        shutil.rmtree(link.resolve())
        link.unlink()

    def find(self) -> tuple[Disk, ...]:
        """Return what the gate finds there, of a machine that uses none of it."""
        nothing = self.system / "mountinfo"
        nothing.touch()
        return find_disks(self.system, Path("/dev"), nothing)


def disk(port: str = "sdb#1") -> Disk:
    """Return a key of which nothing is real."""
    return Disk(port, (Source(Path("/dev/null"), 0),))


@contextmanager
def block_device(image: Path, kind: str = "ext4", owner: int | None = None) -> Iterator[Path]:
    """Make a block device with a file system whose root belongs to an account, or with none."""
    with image.open("wb") as file:
        file.truncate(16 << 20)
    if kind:
        owned = [] if owner is None else ["-E", f"root_owner={owner}:{owner}"]
        subprocess.run(["mkfs.ext4", "-q", *owned, str(image)], check=True)
    made = subprocess.run(
        ["losetup", "-f", "--show", str(image)], check=True, capture_output=True, text=True
    )
    device = Path(made.stdout.strip())
    try:
        yield device
    finally:
        subprocess.run(["losetup", "-d", str(device)], check=True)


def number_of(device: Path) -> str:
    """Return the number of a device, as /sys writes it."""
    found = device.stat().st_rdev
    return f"{os.major(found)}:{os.minor(found)}"


def _write(folder: Path, **values: int | str) -> None:
    folder.mkdir(parents=True)
    for name, value in values.items():
        (folder / name).write_text(f"{value}\n", "ascii")
