"""The gate as it is installed, with everything of its own below one folder of /run."""

import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psutil

from kiosk.gate.answer import Accepted
from kiosk.gate.cgroup import find_mount
from kiosk.gate.fact import Fact
from kiosk.gate.protocol import Ask, LaunchAsk, OpenAsk, Reply
from kiosk.gate.reading import read_journal
from kiosk.gate.remnant import Remnant, read_remnant
from tests.helpers.confine import FACE, VISITOR, find_python, wait_for
from tests.helpers.process import Program, Programs
from tests.stories.gate_house import GATE, GateCaller

GROUP = "creneau-session"
STAY = "open('/tmp/mine', 'w').close(); import time; time.sleep(600)"


@dataclass
class Service:
    """A gate as it is installed, below a folder of its own."""

    programs: Programs
    base: Path
    started: list[Program] = field(default_factory=list)

    def configure(
        self, backend: str = "confined", screen: str = 'screen = "xvfb"', shell: str = ""
    ) -> None:
        """Write what root sets; `screen` and `shell` are lines of the file."""
        command = ["-I", "-c", STAY]
        (self.base / "applications.toml").write_text(
            f'[[application]]\nid = "stay"\nprogram = "{find_python()}"\n'
            f"arguments = {json.dumps(command)}\n"
        )
        (self.base / "gate.toml").write_text(
            f"""
backend = "{backend}"
state = "{self.base}/state"
run = "{self.base}/run"
home = "{self.base}/home"
applications = "{self.base}/applications.toml"
[accounts]
kiosk = 0
face = {FACE.uid}
visitor = {VISITOR.uid}
[display]
{screen}
{shell}
[caps]
wipe_seconds = 1
[power]
reboot = ["/usr/bin/touch", "{self.base}/rebooted"]
"""
        )
        for name in ("applications.toml", "gate.toml"):
            (self.base / name).chmod(0o600)

    def start(self) -> Program:
        """Start the gate, as systemd would again."""
        self.started.append(self.programs.start([*GATE, self.base / "gate.toml"], name="gate"))
        self.started[-1].wait_for_line("ready$", within=30)
        return self.started[-1]

    def kill(self) -> None:
        """Kill the gate alone."""
        os.kill(self.started[-1].pid, signal.SIGKILL)
        wait_for(lambda: not self.started[-1].running)

    def ask(self, ask: Ask) -> None:
        """Ask for something that must be granted."""
        caller = GateCaller(self.base / "run" / "gate.socket")
        reply = caller.ask(ask)
        caller.close()
        assert isinstance(reply, Reply)
        assert isinstance(reply.answer, Accepted), reply

    def facts(self) -> tuple[Fact, ...]:
        """Return what the gate has written."""
        return read_journal((self.base / "state" / "journal").read_bytes()).facts

    def session(self) -> Remnant:
        """Return the session that runs."""
        found = read_remnant(self.base / "run" / "session.json")
        assert found is not None
        return found

    def inside(self, path: str) -> Path:
        """Return where a path of the session is seen from outside."""
        return Path(f"/proc/{self.session().holder.pid}/root{path}")

    def occupy(self, slot: str) -> None:
        """Open a slot and start the program that stays."""
        self.ask(OpenAsk(slot, 600, 0))
        self.launch(slot)

    def launch(self, slot: str) -> None:
        """Start the program that stays, and wait until it is there."""
        self.ask(LaunchAsk(slot, "stay", ""))
        wait_for(self.inside("/tmp/mine").exists)

    def wait_for_fact(self, kind: type) -> Fact:
        """Wait until the newest fact is of a kind."""
        wait_for(lambda: isinstance(self.facts()[-1].body, kind), kind.__name__)
        return self.facts()[-1]


def _has_ended(program: Program) -> bool:
    return not program.running


@contextmanager
def installed(programs: Programs) -> Iterator[Service]:
    """Give a gate that is not started yet, and take away what it leaves."""
    base = Path(f"/run/creneau-gate-{os.getpid()}")
    base.mkdir(0o755)
    made = Service(programs, base)
    made.configure()
    try:
        yield made
    finally:
        for one in made.started:
            if one.running:
                os.kill(one.pid, signal.SIGTERM)
            wait_for(partial(_has_ended, one))
        # What a failed test leaves, and what outlives the gate.
        group = find_mount() / GROUP / "cgroup.kill"
        if group.exists():
            group.write_text("1")
        for note in ("shell.json", "lock.json"):
            if (base / "run" / note).exists():
                with suppress(psutil.NoSuchProcess):
                    psutil.Process(json.loads((base / "run" / note).read_text())["pid"]).kill()
        for one in made.started:
            one.stop()
        for path in sorted(base.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        base.rmdir()
