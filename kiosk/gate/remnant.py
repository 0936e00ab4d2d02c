"""What the gate writes down of a running session, so that the next gate finds it again.

It lies below /run and is gone with the boot. A process is known by its number and its start, for
numbers are used again.
"""

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """A process as it was when it was started; `started` is in seconds as psutil counts them."""

    pid: int
    started: float

    def is_alive(self) -> bool:
        """Tell whether this very process still lives."""
        try:
            process = psutil.Process(self.pid)
            same = process.create_time() == self.started
            return same and process.status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False

    def is_gone(self) -> bool:
        """Tell whether the kernel has forgotten it too; of the dead it keeps a name for a while."""
        try:
            return psutil.Process(self.pid).create_time() != self.started
        except psutil.NoSuchProcess:
            return True


def know(pid: int) -> Known:
    """Note a process that lives.

    Raises:
        psutil.NoSuchProcess: it has ended already.
    """
    return Known(pid, psutil.Process(pid).create_time())


@dataclass(frozen=True, slots=True)
class Remnant:
    """A session that runs.

    Attributes:
        slot_id: whose it is.
        holder: what holds its cell.
        server: its X server.
        files: how many files the cell began with.
        companions: our own programs in it, by name.
    """

    slot_id: str
    holder: Known
    server: Known
    files: int = 0
    companions: Mapping[str, Known] = field(default_factory=dict)

    def is_alive(self) -> bool:
        """Tell whether a gate can go on with it."""
        return self.holder.is_alive() and self.server.is_alive()


def write_remnant(path: Path, remnant: Remnant) -> None:
    """Write it down whole, or not at all.

    Raises:
        OSError: the folder refuses.
    """
    path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    file = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        os.write(file, json.dumps(asdict(remnant)).encode("ascii"))
    finally:
        os.close(file)
    fresh.replace(path)


def read_remnant(path: Path) -> Remnant | None:
    """Return what stands there, or None where nothing does or nobody can read it."""
    try:
        raw = json.loads(path.read_bytes())
        return Remnant(
            str(raw["slot_id"]),
            _load_known(raw["holder"]),
            _load_known(raw["server"]),
            int(raw["files"]),
            {name: _load_known(one) for name, one in raw["companions"].items()},
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        _log.warning("the note of a session cannot be read: %s", type(error).__name__)
        return None


def _load_known(raw: dict[str, object]) -> Known:
    match raw:
        case {"pid": int(pid), "started": float(started)}:
            return Known(pid, started)
        case _:
            raise ValueError("no process")
