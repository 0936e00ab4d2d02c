"""USB keys as the kernel lists them: disks that can be plugged in and the machine does not use.

Nothing is read but what /sys says of a disk; its maker and its label are never looked at.
"""

import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SYSTEM = Path("/sys")
DEVICES = Path("/dev")
MOUNTS = Path("/proc/self/mountinfo")

_NEVER_KEYS = ("sr", "fd")
"""Drives whose media can be removed, and that are no keys: optical ones and floppies."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Source:
    """What may hold a file system: a partition, or a disk without any. `number` is its device's."""

    path: Path
    number: int


@dataclass(frozen=True, slots=True)
class Disk:
    """A key that is plugged in.

    `port` is the kernel's name for it and the count of the disks that have come: a key that is
    plugged in again, or a card put back into its reader, is another one.
    Its partitions come first, for what holds partitions holds a file system rarely.
    """

    port: str
    sources: tuple[Source, ...]


def find_disks(
    system: Path = SYSTEM, devices: Path = DEVICES, mounts: Path = MOUNTS
) -> tuple[Disk, ...]:
    """Return the keys that are plugged in, by their names."""
    try:
        folders = sorted((system / "block").iterdir())
        used = {line.split(" ")[2] for line in mounts.read_text("utf-8").splitlines()}
    except OSError as error:
        _log.warning("nobody can tell which keys are plugged in: errno %s", error.errno)
        return ()
    found = (_read_disk(folder, devices, used) for folder in folders)
    return tuple(disk for disk in found if disk is not None)


def _read_disk(folder: Path, devices: Path, used: set[str]) -> Disk | None:
    """Return a disk as a key; None for one that is none, or that goes away just now."""
    try:
        if not _can_be_plugged(folder) or _read(folder / "size") == "0":
            return None
        parts = [folder, *_partitions(folder)]
        numbers = [_read(part / "dev") for part in parts]
        if used.intersection(numbers) or any(_is_held(part) for part in parts):
            return None
        sources = tuple(
            Source(devices / part.name, _device(number))
            for part, number in zip(parts, numbers, strict=True)
        )
        port = f"{folder.name}#{_read(folder / 'diskseq')}"
    except (OSError, ValueError):
        return None
    return Disk(port, (*sources[1:], sources[0]))


def _can_be_plugged(folder: Path) -> bool:
    if folder.name.startswith(_NEVER_KEYS):
        return False
    on_usb = any(part.startswith("usb") for part in folder.resolve().parts)
    return on_usb or _read(folder / "removable") == "1"


def _partitions(folder: Path) -> Iterator[Path]:
    numbered = [one.parent for one in folder.glob("*/partition")]
    yield from sorted(numbered, key=lambda one: int(_read(one / "partition")))


def _is_held(part: Path) -> bool:
    """Tell whether the machine has made something else of it: an encrypted disk, a volume."""
    holders = part / "holders"
    return holders.is_dir() and any(holders.iterdir())


def _device(number: str) -> int:
    major, _, minor = number.partition(":")
    return os.makedev(int(major), int(minor))


def _read(path: Path) -> str:
    return path.read_text("ascii").strip()
