"""The cell of a session: a view of the machine where only fresh memory can be written.

A small process of root holds the cell's namespaces; programs enter them one by one. Inside,
everything of the machine is unwritable and no setuid bit counts; home, the temporary folders and
shared memory are new file systems of limited size and number of files; the gate's own folder is
covered; /proc shows each account its own processes; System V objects and message queues begin
empty. When the last process is gone the kernel takes all of it back: nothing needs to be removed.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from kiosk.gate import kernel
from kiosk.gate.child import Child
from kiosk.gate.documents import Documents
from kiosk.gate.drop import Account, Place, Program, spawn

HOLDER = ("/bin/sleep", "infinity")
SPOOL_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm")
SOCKET_FOLDERS = ("/tmp/.X11-unix", "/tmp/.ICE-unix")

_FLAGS = kernel.NO_SETUID | kernel.NO_DEVICES
_ROOT = Account(0, 0)


@dataclass(frozen=True, slots=True)
class CellLimits:
    """How much may be written: bytes of each file system, and files in each."""

    home_bytes: int = 2 << 30
    spool_bytes: int = 512 << 20
    files: int = 200_000


def share_of(memory_bytes: int) -> CellLimits:
    """Return what a session may write on a machine with this much memory.

    All of it together stays below the machine's memory: a quarter for the home, and no more files
    than the kernel can keep in another tenth.
    """
    return CellLimits(
        home_bytes=memory_bytes // 4,
        spool_bytes=memory_bytes // 16,
        files=min(200_000, memory_bytes >> 16),
    )


@dataclass(frozen=True, slots=True)
class CellPlan:
    """What a session sees.

    Attributes:
        visitor: whose home it is.
        face: who draws the time bar inside.
        home: the visitor's home; it exists only in a cell.
        run: the gate's folder below /run, covered inside by the cell's own.
        hidden: folders that show nothing inside.
        shown: folders below hidden ones that are needed all the same, such as a socket's.
        documents: what lies in the home at the start, None for nothing.
        media: where USB keys appear, None where none do; what the machine has there is covered.
        limits: how much may be written.
    """

    visitor: Account
    face: Account
    home: Path
    run: Path
    hidden: tuple[Path, ...] = ()
    shown: tuple[Path, ...] = ()
    documents: Documents | None = None
    media: Path | None = None
    limits: CellLimits = CellLimits()

    @property
    def private(self) -> Path:
        """A folder of the visitor's home for what programs keep and nobody looks at."""
        return self.home / ".creneau"

    @property
    def runtime(self) -> Path:
        """The visitor's runtime folder inside."""
        return self.run / "visitor"

    @property
    def face_runtime(self) -> Path:
        """The face's runtime folder inside."""
        return self.run / "face"

    @property
    def covered(self) -> tuple[Path, ...]:
        """Folders of the machine over which lie small ones that only root can write."""
        media = () if self.media is None else (self.media,)
        return (self.run, *media, *self.hidden)

    @property
    def places(self) -> tuple[Path, ...]:
        """What is a file system of its own inside, and must never be one outside."""
        return (self.home, self.runtime, self.face_runtime)


class Cell:
    """A cell, known by the process that holds it."""

    def __init__(self, plan: CellPlan, holder: int) -> None:
        self.plan = plan
        self.holder = holder

    @property
    def namespaces(self) -> tuple[Path, ...]:
        """What a program enters to be inside."""
        return tuple(Path(f"/proc/{self.holder}/ns/{kind}") for kind in ("ipc", "mnt"))

    @property
    def view(self) -> Path:
        """What stands for its view of the machine."""
        return Path(f"/proc/{self.holder}/ns/mnt")

    def seen_from_outside(self, path: Path) -> Path:
        """Return where the gate finds a path of the inside."""
        return Path(f"/proc/{self.holder}/root") / path.relative_to("/")

    def place(self, door: Path, folder: str = "/") -> Place:
        """Return the place of a program inside, in the group with this door."""
        return Place(door, self.namespaces, folder)

    def write(self, path: Path, content: bytes, owner: Account) -> None:
        """Put a file into the cell's own run folder, readable by its owner alone.

        Raises:
            OSError: the cell is gone.
        """
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        file = os.open(self.seen_from_outside(path), flags, 0o400)
        try:
            os.write(file, content)
            os.fchown(file, owner.uid, owner.gid)
        finally:
            os.close(file)

    def count_files(self) -> int:
        """Return how many files the visitor has now, by the file systems' own books."""
        total = 0
        for place in (*map(Path, SPOOL_FOLDERS), *self.plan.places):
            try:
                books = os.statvfs(self.seen_from_outside(place))
            except OSError:
                return total
            total += max(books.f_files - books.f_ffree - 1, 0)
        return total


def make_cell(plan: CellPlan, door: Path) -> tuple[Cell, Child]:
    """Make a cell, held by a process in the group with this door; return that process too.

    Raises:
        SpawnFailed: the kernel refuses a step.
        OSError: a folder to mount on cannot be made.
    """
    for place in (plan.home, *plan.covered):
        place.mkdir(mode=0o755, parents=True, exist_ok=True)
    holder = spawn(Program(HOLDER, _ROOT, place=Place(door)), lambda: _furnish(plan))
    return Cell(plan, holder.pid), holder


def _furnish(plan: CellPlan) -> None:
    """Turn the machine into the cell, seen from this process."""
    os.umask(0o022)
    kernel.leave_namespaces(kernel.MOUNT_NAMESPACE | kernel.IPC_NAMESPACE)
    kernel.keep_mounts_inside()
    # What is hidden next is still reachable through what is open now.
    shown = [(path, os.open(path, os.O_PATH | os.O_DIRECTORY)) for path in plan.shown]
    kernel.lock_tree()
    limits = plan.limits
    for folder in SPOOL_FOLDERS:
        _mount_memory(Path(folder), 0o1777, _ROOT, limits.spool_bytes, limits.files)
    for path in plan.covered:
        _mount_memory(path, 0o755, _ROOT, 1 << 20, 100)
    for path, descriptor in shown:
        path.mkdir(mode=0o755, parents=True, exist_ok=True)
        kernel.mount(f"/proc/self/fd/{descriptor}", str(path), None, kernel.BIND)
        os.close(descriptor)
    for path, owner, size in (
        (plan.home, plan.visitor, limits.home_bytes),
        (plan.runtime, plan.visitor, limits.spool_bytes),
        (plan.face_runtime, plan.face, limits.spool_bytes),
    ):
        path.mkdir(mode=0o755, parents=True, exist_ok=True)
        _mount_memory(path, 0o700, owner, size, limits.files)
    plan.private.mkdir(0o700)
    os.chown(plan.private, plan.visitor.uid, plan.visitor.gid)
    if plan.documents is not None:
        plan.documents.lay(plan.home, plan.visitor)
    for folder in SOCKET_FOLDERS:
        Path(folder).mkdir(exist_ok=True)
        Path(folder).chmod(0o1777)
    if Path("/dev/mqueue").is_dir():
        kernel.mount("mqueue", "/dev/mqueue", "mqueue", _FLAGS | kernel.NO_PROGRAMS)
    kernel.mount("proc", "/proc", "proc", _FLAGS | kernel.NO_PROGRAMS, "hidepid=2")


def _mount_memory(path: Path, mode: int, owner: Account, size: int, files: int) -> None:
    options = f"mode={mode:o},uid={owner.uid},gid={owner.gid},size={size},nr_inodes={files}"
    kernel.mount("tmpfs", str(path), "tmpfs", _FLAGS, options)
