"""A workstation as it stands in a room: the root service keeps the shell, on a virtual screen."""

import json
import os
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from kiosk.gate.clock import SystemClock
from kiosk.gate.protocol import Ask, Frames, Greeting, HelloAsk, Message, dump_ask, load_message
from tests.helpers.process import Program, Programs, wait_until
from tests.helpers.xvfb import Xvfb
from tests.stories.house import KIOSK, House, Kiosk

GATE = [sys.executable, "-m", "kiosk.composition.gate", "serve", "--configuration"]
ROOT = Path(__file__).parents[2]
HANDED_ON = ("PYTHON_KEYRING_BACKEND", "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")


class GateCaller:
    """Somebody who speaks to the gate over its socket, and waits for what it says."""

    def __init__(self, path: Path) -> None:
        self._frames = Frames()
        self._heard: list[Message] = []
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.settimeout(20)
        wait_until(lambda: self._connects(path), within=20, what="room before the gate's door")

    def ask(self, ask: Ask) -> Message:
        """Ask, and return the next thing that is said."""
        self.socket.sendall(dump_ask(1, ask))
        return self.hear()

    def hear(self) -> Message:
        """Return the next thing that is said."""
        while not self._heard:
            data = self.socket.recv(65536)
            if not data:
                raise ConnectionResetError("let go")
            self._heard += [load_message(frame) for frame in self._frames.feed(data)]
        return self._heard.pop(0)

    def close(self) -> None:
        self.socket.close()

    def _connects(self, path: Path) -> bool:
        try:
            self.socket.connect(str(path))
        except BlockingIOError:
            return False
        return True


def greet(path: Path) -> Greeting:
    """Return what a gate says of itself."""
    caller = GateCaller(path)
    try:
        greeting = caller.ask(HelloAsk())
    finally:
        caller.close()
    assert isinstance(greeting, Greeting)
    return greeting


class GuardedKiosk(Kiosk):
    """A kiosk that a gate has started, and starts again."""

    def __init__(self, house: House, screen: Xvfb, seat: int) -> None:
        super().__init__(house, screen, seat)
        self.folder = house.folder / "gate"
        self.gate: Program | None = None

    @property
    def socket(self) -> Path:
        return self.folder / "run" / "gate.socket"

    def start(self, *, enrol: bool = False) -> Program:
        """Start the gate, which starts the kiosk."""
        words = ["--hub", f"http://127.0.0.1:{self._house.port}", "--state", str(self.state)]
        words += ["--gate", str(self.socket), "--seat", str(self.seat), "--size", "1366x768"]
        variables = {
            **{name: os.environ[name] for name in HANDED_ON if name in os.environ},
            **self.screen.environment,
            "SPEECHD_ADDRESS": "unix_socket:/dev/null",
            "PYTHONUNBUFFERED": "1",
            # The gate starts it in /, where the product is found only if it is installed.
            "PYTHONPATH": str(ROOT),
        }
        if enrol:
            variables["CRENEAU_ENROL_CODE"] = self._house.code()
        self.folder.mkdir(exist_ok=True)
        path = write_configuration(self.folder, [*KIOSK, *words], variables)
        self.gate = self.program = self._house.programs.start([*GATE, path], name="gate")
        self._seen = 0
        return self.gate

    def kill_gate(self) -> None:
        """Kill the gate alone, as only the kernel can."""
        assert self.gate is not None
        os.kill(self.gate.pid, signal.SIGKILL)
        wait_until(lambda: self.gate is not None and not self.gate.running, what="a dead gate")

    def restart_gate(self) -> Program:
        """Start the gate as the service manager would; the kiosk goes on telling the old log."""
        path = self.folder / "gate.toml"
        self.gate = self._house.programs.start([*GATE, path], name="gate-again")
        self.gate.wait_for_line("ready$", within=30)
        return self.gate

    def shell_pid(self) -> int:
        """The number of the kiosk's process."""
        noted = json.loads((self.folder / "run" / "shell.json").read_text())
        return int(noted["pid"])

    def kill_shell(self) -> None:
        """Kill the kiosk, and listen to the gate that starts the next one."""
        os.kill(self.shell_pid(), signal.SIGKILL)
        self.program = self.gate
        assert self.gate is not None
        self._seen = len(self.gate.lines)

    def deadline(self) -> float:
        """The boot second at which the running slot ends, as the gate says."""
        greeting = greet(self.socket)
        assert greeting.slot_id is not None
        return SystemClock().boot_seconds() + greeting.remaining_seconds

    def close(self) -> None:
        """End gate and kiosk; the gate would start another one."""
        if self.gate is not None:
            self.gate.process.terminate()
            wait_until(lambda: self.gate is None or not self.gate.running, what="an ended gate")
        end_shell(self.folder)


def end_shell(folder: Path) -> None:
    """End the shell that a gate has left: it outlives the gate, as it should."""
    with suppress(FileNotFoundError, psutil.NoSuchProcess):
        noted = json.loads((folder / "run" / "shell.json").read_text())
        shell = psutil.Process(int(noted["pid"]))
        shell.kill()
        psutil.wait_procs([shell], 10)


@contextmanager
def open_folder() -> Iterator[Path]:
    """Give a folder that every account may walk to; the one of the test run is closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="creneau-gate-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def write_configuration(
    folder: Path,
    shell: list[str] | None = None,
    variables: Mapping[str, str] | None = None,
    kiosk: int | None = None,
    screen: str = "given",
) -> Path:
    """Write what root would have set for a trial, and return where it stands."""
    lines = [
        'backend = "open"',
        f'state = "{folder / "state"}"',
        f'run = "{folder / "run"}"',
        "[accounts]",
        f"kiosk = {os.geteuid() if kiosk is None else kiosk}",
        "face = 65533",
        "visitor = 65532",
        "[display]",
        f'screen = "{screen}"',
    ]
    if shell:
        lines += ["[shell]", f"program = {json.dumps(shell)}", "[shell.environment]"]
        lines += [f"{name} = {json.dumps(value)}" for name, value in (variables or {}).items()]
    path = folder / "gate.toml"
    path.write_text("\n".join(lines), "utf-8")
    path.chmod(0o600)
    return path


def start_gate(programs: Programs, folder: Path, kiosk: int | None = None) -> tuple[Program, Path]:
    """Start a gate alone, and return it and its socket once it serves."""
    folder.mkdir(exist_ok=True)
    gate = programs.start([*GATE, write_configuration(folder, kiosk=kiosk)], name="gate")
    gate.wait_for_line("ready$", within=30)
    return gate, folder / "run" / "gate.socket"
