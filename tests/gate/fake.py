"""A backend whose programs and files are counters, and a file that dies or refuses when told."""

import itertools
from pathlib import Path

from kiosk.gate.answer import Refusal
from kiosk.gate.appearance import PLAIN, Appearance
from kiosk.gate.backend import Application, SessionFailed
from kiosk.gate.clock import Clock
from kiosk.gate.fact import Proof, Residue, ResidueReason
from kiosk.gate.journal import Journal, LineFile
from kiosk.gate.machine import Caps
from kiosk.gate.service import Gate
from kiosk.rules.identifier import make_id
from kiosk.rules.person import BrowserProfile
from tests.helpers.clock import START


def slot_id(number: int = 1) -> str:
    return make_id(START, number.to_bytes)


class FakeBackend:
    """Sessions of pretended programs. `stubborn` of them survive every end; `broken` gives none."""

    confines = False

    def __init__(self) -> None:
        self.sessions: dict[str, list[str]] = {}
        self.stubborn = 0
        self.broken = False
        self.covered = False
        self.ends = 0
        self.appearance = PLAIN
        self.profile = BrowserProfile.ADULT
        self._ended = 0

    def applications(self) -> tuple[Application, ...]:
        return (Application("internet", "/usr/bin/browser", takes_url=True),)

    def start(self, slot_id: str) -> None:
        if self.broken:
            raise SessionFailed("no display")
        self.sessions.setdefault(slot_id, [])

    def launch(
        self,
        slot_id: str,
        app_id: str,
        url: str,
        appearance: Appearance = PLAIN,
        profile: BrowserProfile = BrowserProfile.ADULT,
    ) -> Refusal | None:
        if app_id != "internet":
            return Refusal.APPLICATION_UNKNOWN
        self.sessions[slot_id].append(url)
        self.appearance = appearance
        self.profile = profile
        return None

    def cover(self, slot_id: str, on: bool) -> None:
        self.covered = on

    def end(self, slot_id: str | None) -> None:
        self.ends += 1
        self._ended += sum(len(programs) for programs in self.sessions.values())
        self.sessions.clear()

    def audit(self, slot_id: str | None) -> Proof | Residue:
        if self.stubborn:
            return Residue(ResidueReason.PROCESSES, self.stubborn)
        proof, self._ended = Proof(self._ended, 0), 0
        return proof

    def close(self) -> None:
        pass


class Killed(BaseException):
    """The process died here."""


class Disk:
    """Opens line files, and says what happens to the bytes that are written to them.

    After `die_after` bytes the process is killed in the middle of a write; a `full` disk refuses
    every write, one with `no_new_files` takes no new file.
    """

    def __init__(self) -> None:
        self.die_after: int | None = None
        self.full = False
        self.no_new_files = False

    def __call__(self, path: Path, *, fresh: bool = False) -> LineFile:
        if fresh and self.no_new_files:
            raise OSError(28, "No space left on device")
        return _TestFile(self, path, fresh=fresh)


class _TestFile(LineFile):
    def __init__(self, disk: Disk, path: Path, *, fresh: bool) -> None:
        super().__init__(path, fresh=fresh)
        self._disk = disk

    def write(self, data: bytes) -> None:
        disk = self._disk
        if disk.full:
            super().write(data[: len(data) // 2])
            raise OSError(28, "No space left on device")
        if disk.die_after is not None and len(data) >= disk.die_after:
            super().write(data[: disk.die_after])
            disk.die_after = None
            raise Killed
        super().write(data)
        if disk.die_after is not None:
            disk.die_after -= len(data)


class Station:
    """A machine with one gate that can be killed and started again on the same journal."""

    def __init__(self, folder: Path, clock: Clock, caps: Caps | None = None) -> None:
        self.path = folder / "gate" / "journal"
        self.clock = clock
        self.caps = caps or Caps()
        self.disk = Disk()
        self.backend = FakeBackend()
        self._names = itertools.count(1)
        self._journal: Journal | None = None
        self.start()

    def start(self) -> None:
        self._journal = Journal.open(self.path, lambda: f"journal-{next(self._names)}", self.disk)
        self.gate = Gate(self.clock, self._journal, self.backend, self.caps)
        self.gate.start()

    @property
    def journal(self) -> Journal:
        assert self._journal is not None
        return self._journal

    def kill(self) -> None:
        """End the gate as a kill does: it writes nothing more, and the system frees its files."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def restart(self) -> None:
        self.kill()
        self.start()
