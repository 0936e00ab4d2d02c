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

_STATE, _START = 0, 19
"""Their places behind the name."""

_TICKS = os.sysconf("SC_CLK_TCK")
_DEAD = ("Z", "X")

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Known:
    """A process as it was when it was started.

    `started` is in seconds since the boot: by the wall clock it would be another process as soon as
    somebody sets that clock.
    """

    pid: int
    started: float

    def is_alive(self) -> bool:
        """Tell whether this very process still lives."""
        try:
            state, started = _look_at(self.pid)
        except psutil.NoSuchProcess:
            return False
        return started == self.started and state not in _DEAD

    def is_gone(self) -> bool:
        """Tell whether the kernel has forgotten it too; of the dead it keeps a name for a while."""
        try:
            return _look_at(self.pid)[1] != self.started
        except psutil.NoSuchProcess:
            return True


def know(pid: int) -> Known:
    """Note a process that lives.

    Raises:
        psutil.NoSuchProcess: it has ended already.
    """
    return Known(pid, _look_at(pid)[1])


def _look_at(pid: int) -> tuple[str, float]:
    """Return the state of a process and its start in seconds since the boot (proc_pid_stat(5)).

    Raises:
        psutil.NoSuchProcess: there is none.
    """
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except (FileNotFoundError, ProcessLookupError) as error:
        raise psutil.NoSuchProcess(pid) from error
    # Its name stands in brackets, and may hold anything.
    words = text.rpartition(")")[2].split()
    return words[_STATE], int(words[_START]) / _TICKS


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
