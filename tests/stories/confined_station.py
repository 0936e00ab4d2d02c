"""A workstation as it stands in a room: root's gate, the shell and the session face, each under an
account of its own, the lock and the session on displays of their own.

The product is laid where other accounts may read it, as an installation would.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil

from tests.helpers.process import Program, wait_until
from tests.helpers.xvfb import Xvfb
from tests.stories.gate_house import greet
from tests.stories.house import GUARD_SECONDS, House, Kiosk, pause

ROOT = Path(__file__).parents[2]
PYTHON = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
SITE = Path(sysconfig.get_path("purelib")).resolve()
KIOSK_UID, VISITOR_UID, FACE_UID = 23001, 23002, 23003
BOOTED = [sys.executable, "-m", "tests.stories.booted_gate"]

_GRAB = """
import sys
from PySide6.QtCore import QBuffer
from PySide6.QtGui import QGuiApplication
app = QGuiApplication(sys.argv[:1])
picture = QBuffer()
app.primaryScreen().grabWindow(0).save(picture, "PNG")
sys.stdout.buffer.write(picture.data().data())
"""


def reason_to_skip() -> str:
    """Return why such a workstation cannot stand here, empty where it can."""
    if os.geteuid() != 0:
        return "only root can confine a session"
    if not Path(PYTHON).is_file():
        return f"other accounts need a Python of the system, and {PYTHON} is missing"
    if not _may_be_read(SITE):
        return "other accounts may not read the libraries of this environment"
    return ""


def _may_be_read(path: Path) -> bool:
    return all(one.stat().st_mode & 0o001 for one in (path, *path.parents))


class Screen(Xvfb):
    """A display that the gate has made, seen by root from outside or from inside its cell."""

    def __init__(self, display: str, cookie: Path, within: int | None = None) -> None:
        super().__init__()
        self.display = display
        self._cookie_file = cookie
        self._within = [] if within is None else ["nsenter", "--target", str(within), "--mount"]

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "XAUTHORITY": str(self._cookie_file)}

    def screenshot(self, path: Path) -> Path:
        told = subprocess.run(
            [*self._within, PYTHON, "-c", _GRAB],
            env={**os.environ, **self.environment, "PYTHONPATH": str(SITE)},
            check=True,
            capture_output=True,
            timeout=60,
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(told.stdout)
        return path

    def press_last(self, key: str) -> None:
        """Press what ends the session: the display may go before xdotool has let the key go."""
        with suppress(subprocess.CalledProcessError):
            self.press(key)

    def _xdotool(self, *words: str) -> None:
        subprocess.run(
            [*self._within, "xdotool", *words],
            env={**os.environ, **self.environment},
            check=True,
            timeout=30,
        )


class ConfinedStation(Kiosk):
    """A kiosk that a gate keeps, with sessions that it confines."""

    def __init__(self, house: House, seat: int) -> None:
        super().__init__(house, Xvfb(), seat)
        self.folder = Path(tempfile.mkdtemp(prefix="creneau-", dir="/srv"))
        self.folder.chmod(0o755)
        self.run = Path("/run") / self.folder.name
        for part in ("kiosk", "assets"):
            shutil.copytree(
                ROOT / part, self.folder / part, ignore=shutil.ignore_patterns("__pycache__")
            )
        self.state = self.folder / "state"
        self.state.mkdir(0o700)
        os.chown(self.state, KIOSK_UID, KIOSK_UID)
        self.gate: Program | None = None
        self._boots = 0

    def start(self, *, enrol: bool = False) -> Program:
        """Start the gate, which starts everything else."""
        path = self.folder / "gate.toml"
        path.write_text(self._configuration(enrol=enrol), encoding="utf-8")
        path.chmod(0o600)
        self.gate = self.program = self._start_gate()
        self._seen = 0
        self.screen = self.lock_screen()
        return self.gate

    def _start_gate(self) -> Program:
        path = self.folder / "gate.toml"
        gate = self._house.programs.start(
            [*BOOTED, str(self._boots), "--configuration", str(path)],
            name="gate",
            environment={"PYTHONPATH": f"{self.folder}:{ROOT}"},
        )
        gate.wait_for_line("ready$", within=60)
        return gate

    def _configuration(self, *, enrol: bool) -> str:
        libraries = f"{self.folder}:{SITE}"
        shell = [PYTHON, "-m", "kiosk.composition.kiosk", "--gate", str(self.run / "gate.socket")]
        shell += ["--face-socket", f"{self.run}-face/socket", "--face-account", str(FACE_UID)]
        shell += ["--hub", f"http://127.0.0.1:{self._house.port}", "--seat", str(self.seat)]
        shell += ["--state", str(self.state)]
        variables = {
            "PYTHONPATH": libraries,
            "PYTHONUNBUFFERED": "1",
            "QT_QPA_PLATFORM": "xcb",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
            "SPEECHD_ADDRESS": "unix_socket:/dev/null",
            "HOME": str(self.state),
        }
        if enrol:
            variables["CRENEAU_ENROL_CODE"] = self._house.code()
        lines = [
            f'state = "{self.folder / "gate"}"',
            f'run = "{self.run}"',
            "[accounts]",
            f"kiosk = {KIOSK_UID}",
            f"face = {FACE_UID}",
            f"visitor = {VISITOR_UID}",
            "[display]",
            'screen = "xvfb"',
            "[shell]",
            f"program = {json.dumps(shell)}",
            "[shell.environment]",
            *(f"{name} = {json.dumps(value)}" for name, value in variables.items()),
            "[face]",
            f"program = {json.dumps([PYTHON, '-m', 'kiosk.composition.face'])}",
            "[face.environment]",
            f"PYTHONPATH = {json.dumps(libraries)}",
            'SPEECHD_ADDRESS = "unix_socket:/dev/null"',
        ]
        return "\n".join(lines)

    def lock_screen(self) -> Screen:
        """The display of the lock."""
        noted = wait_until(lambda: _read(self.run / "lock.json"), within=30, what="a lock display")
        assert noted is not None
        return Screen(f":{noted['number']}", self.run / "lock.cookie")

    def session_screen(self) -> Screen:
        """The display of the session."""
        noted = wait_until(lambda: _read(self.run / "session.json"), within=30, what="a session")
        assert noted is not None
        holder = noted["holder"]["pid"]
        return Screen(":9", self.run / f"{FACE_UID}.cookie", within=holder)

    def pid_of(self, name: str) -> int | None:
        """The process of a companion of the session, such as `face`."""
        noted = _read(self.run / "session.json") or {}
        known = noted.get("companions", {}).get(name)
        return None if known is None else int(known["pid"])

    def server_pid(self) -> int:
        """The X server of the session, 0 while there is none."""
        noted = _read(self.run / "session.json") or {}
        return int(noted.get("server", {}).get("pid", 0))

    def kill_gate(self) -> None:
        """Kill the gate alone, as only the kernel can."""
        assert self.gate is not None
        os.kill(self.gate.pid, signal.SIGKILL)
        gate = self.gate
        wait_until(lambda: not gate.running, what="a dead gate")

    def restart_gate(self) -> None:
        """Start the gate as the service manager would; the shell goes on."""
        self.gate = self._start_gate()

    def cut_power(self) -> None:
        """Kill everything at once, and let the gate believe that the machine has started anew."""
        self.kill_gate()
        self._kill_everything()
        for folder in (self.run, self.run.with_name(f"{self.run.name}-face")):
            shutil.rmtree(folder, ignore_errors=True)
        self._boots += 1

    def shell_pid(self) -> int:
        noted = _read(self.run / "shell.json")
        assert noted
        return int(noted["pid"])

    def remaining(self) -> float:
        """Seconds left of the running slot, as the gate says."""
        # The gate hears one account, root's own no more than another.
        os.setegid(KIOSK_UID)
        os.seteuid(KIOSK_UID)
        try:
            seconds: float = greet(self.run / "gate.socket").remaining_seconds
        finally:
            os.seteuid(0)
            os.setegid(0)
        return seconds

    def processes_of(self, *uids: int) -> list[psutil.Process]:
        """Whatever runs under some accounts."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.uids().real in uids and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except psutil.NoSuchProcess:
                continue
        return found

    def settle(self) -> None:
        """Let pass the moment in which a new face swallows presses."""
        pause(GUARD_SECONDS)

    def close(self) -> None:
        """End the gate and everything it keeps, and take the installation away."""
        if self.gate is not None:
            self.gate.stop()
        self._kill_everything()
        for folder in (self.folder, self.run, self.run.with_name(f"{self.run.name}-face")):
            shutil.rmtree(folder, ignore_errors=True)

    def _kill_everything(self) -> None:
        ours = self.processes_of(KIOSK_UID, VISITOR_UID, FACE_UID)
        for name in ("lock.json", "session.json"):
            noted = _read(self.run / name) or {}
            for pid in (noted.get("pid"), noted.get("holder", {}).get("pid")):
                if pid is not None and psutil.pid_exists(pid):
                    ours.append(psutil.Process(pid))
        for process in ours:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(ours, 10)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found
