"""The session of windowed mode: programs in a private folder, in the developer's own account.

It confines nothing: a visitor's program may do whatever the account may. It ends what it started
and what descends from it. A program is known as the visitor's by the POSIX session it was started
in, by its ancestors, or by a mark in its environment, never by its name. The private folders live
in the system's temporary folder under short names (socket paths are limited), and links in a
folder of our own say which they are: they must outlive a killed shell, as its slot does.
"""

import logging
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psutil

from kiosk.gate.answer import Refusal
from kiosk.gate.appearance import PLAIN, Appearance
from kiosk.gate.application import find_applications
from kiosk.gate.backend import Application, SessionFailed
from kiosk.gate.fact import Proof, Residue, ResidueReason
from kiosk.gate.folder import remove_tree
from kiosk.rules.person import BrowserProfile

MARK = "CRENEAU_SESSION"
"""The variable that names the private folder to every program of the visitor."""

PREFIX = "creneau-"
KILL_SECONDS = 0.3
LOOK_AGAIN_SECONDS = 0.005

_KEPT_VARIABLES = frozenset(
    {"DISPLAY", "LANG", "LANGUAGE", "PATH", "QT_SCALE_FACTOR", "GDK_SCALE", "TERM", "TZ"}
)

_log = logging.getLogger(__name__)


class OpenBackend:
    """Sessions that confine nothing.

    Args:
        links: a folder of our own that remembers the private folders.
        environment: the variables of this program; few of them reach a visitor's.
        applications: what may be launched; None means what the table finds on this machine.
    """

    confines = False

    def __init__(
        self,
        links: Path,
        environment: Mapping[str, str],
        applications: tuple[Application, ...] | None = None,
    ) -> None:
        self._links = links
        self._environment = environment
        if applications is None:
            path = environment.get("PATH", os.defpath)
            applications = find_applications(path, as_root=os.geteuid() == 0)
        self._applications = {one.app_id: one for one in applications}
        self._leaders: list[subprocess.Popen[bytes]] = []
        self._ended: set[tuple[int, float]] = set()
        self._removed = 0

    def applications(self) -> tuple[Application, ...]:
        """Return what can be launched on this machine."""
        return tuple(self._applications.values())

    def start(self, slot_id: str) -> None:
        """Make the private folder of this slot, or find the one that it has.

        Raises:
            SessionFailed: the disk refuses.
        """
        self._ended, self._removed = set(), 0
        link = self._links / slot_id
        try:
            if self._is_ours(_target(link)):
                return
            link.unlink(missing_ok=True)
            self._links.mkdir(mode=0o700, parents=True, exist_ok=True)
            private = Path(tempfile.mkdtemp(prefix=PREFIX))
            for name in ("home", "tmp", "run", "browser"):
                (private / name).mkdir(mode=0o700)
            link.symlink_to(private)
        except OSError as error:
            raise SessionFailed(str(error)) from error

    def launch(
        self,
        slot_id: str,
        app_id: str,
        url: str,
        appearance: Appearance = PLAIN,
        profile: BrowserProfile = BrowserProfile.ADULT,
    ) -> Refusal | None:
        """Start an application in a POSIX session of its own; nothing confines it to a profile."""
        application = self._applications.get(app_id)
        if application is None:
            return Refusal.APPLICATION_UNKNOWN
        if url and not application.takes_url:
            return Refusal.URL_INVALID
        private = _target(self._links / slot_id)
        try:
            leader = subprocess.Popen(
                [*self._bus(), *application.command(str(private), url, appearance)],
                env=self._variables(private) | appearance.variables(),
                cwd=private / "home",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError as error:
            _log.warning("application %s did not start: errno %s", app_id, error.errno)
            return Refusal.SESSION_FAILED
        self._leaders.append(leader)
        return None

    def cover(self, slot_id: str, on: bool) -> None:
        """Do nothing: the shell's one window shows the lock itself."""

    def end(self, slot_id: str | None) -> None:
        """Kill every program of the visitor, then remove the private folders."""
        until = time.monotonic() + KILL_SECONDS
        while (left := self._living()) and time.monotonic() < until:
            self._kill(left)
            time.sleep(LOOK_AGAIN_SECONDS)
        self._reap()
        for link in self._known_links():
            private = _target(link)
            try:
                if self._is_ours(private):
                    self._removed += remove_tree(private)
                link.unlink()
            except OSError as error:
                _log.warning("a private folder is not removed: errno %s", error.errno)

    def audit(self, slot_id: str | None) -> Proof | Residue:
        """Look for programs and private folders that are left."""
        processes = len(self._living())
        if processes:
            return Residue(ResidueReason.PROCESSES, processes)
        folders = len(self._known_links())
        if folders:
            return Residue(ResidueReason.FILES, folders)
        return Proof(len(self._ended), self._removed)

    def close(self) -> None:
        """Let go of the programs; their mark is how the next gate finds them."""
        self._leaders.clear()

    def _bus(self) -> list[str]:
        """A bus of its own keeps a program from handing its work to one of the developer's."""
        runner = shutil.which("dbus-run-session", path=self._environment.get("PATH"))
        return [] if runner is None else [runner, "--"]

    def _variables(self, private: Path) -> dict[str, str]:
        kept = {
            name: value
            for name, value in self._environment.items()
            if name in _KEPT_VARIABLES or name.startswith("LC_")
        }
        home = private / "home"
        real_home = Path(self._environment.get("HOME", "/"))
        kept["XAUTHORITY"] = self._environment.get("XAUTHORITY", str(real_home / ".Xauthority"))
        wayland = self._environment.get("WAYLAND_DISPLAY")
        if wayland:
            # Joining keeps an absolute path, and makes a bare name one.
            runtime = Path(self._environment.get("XDG_RUNTIME_DIR", "/"))
            kept["WAYLAND_DISPLAY"] = str(runtime / wayland)
        return kept | {
            MARK: str(private),
            "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            "HOME": str(home),
            "TMPDIR": str(private / "tmp"),
            "XDG_CACHE_HOME": str(home / ".cache"),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_DATA_HOME": str(home / ".local/share"),
            "XDG_RUNTIME_DIR": str(private / "run"),
            "XDG_STATE_HOME": str(home / ".local/state"),
        }

    def _known_links(self) -> list[Path]:
        return list(self._links.iterdir()) if self._links.is_dir() else []

    def _is_ours(self, private: Path) -> bool:
        """Tell whether a link leads to a folder that we made; anything else is left alone."""
        if private.parent != Path(tempfile.gettempdir()) or not private.name.startswith(PREFIX):
            return False
        try:
            found = private.lstat()
        except FileNotFoundError:
            return False
        return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()

    def _living(self) -> list[psutil.Process]:
        """Return every program of the visitor that still runs; the dead do not count."""
        leaders = {leader.pid for leader in self._leaders if leader.returncode is None}
        marks = {str(_target(link)) for link in self._known_links()}
        if not leaders and not marks:
            return []
        families = set().union(leaders, *map(_descendants, leaders))
        return [
            process
            for process in psutil.process_iter()
            if process.pid != os.getpid() and _is_visitors(process, leaders, families, marks)
        ]

    def _kill(self, processes: list[psutil.Process]) -> None:
        for process in processes:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
            except psutil.AccessDenied:
                _log.warning("a program of the visitor cannot be killed from this account")
                continue
            self._ended.add((process.pid, process.create_time()))
        for leader in self._leaders:
            # A leader is reaped only after the kill: until then its number can be nobody else's.
            if leader.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(leader.pid, signal.SIGKILL)

    def _reap(self) -> None:
        self._leaders = [leader for leader in self._leaders if not _is_dead(leader)]


def _target(link: Path) -> Path:
    return link.readlink() if link.is_symlink() else link


def _is_dead(leader: subprocess.Popen[bytes]) -> bool:
    return leader.poll() is not None


def _descendants(pid: int) -> set[int]:
    try:
        return {one.pid for one in psutil.Process(pid).children(recursive=True)}
    except psutil.NoSuchProcess:
        return set()


def _is_visitors(
    process: psutil.Process, leaders: set[int], families: set[int], marks: set[str]
) -> bool:
    try:
        if process.status() == psutil.STATUS_ZOMBIE:
            return False
        if process.pid in families or os.getsid(process.pid) in leaders:
            return True
        return process.environ().get(MARK) in marks
    except (psutil.NoSuchProcess, psutil.AccessDenied, ProcessLookupError, PermissionError):
        return False
