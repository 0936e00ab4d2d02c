"""The gate as the service that a workstation runs, with sessions that are confined."""

import json
import os
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import pytest

from kiosk.gate.answer import Accepted
from kiosk.gate.cgroup import PROGRAMS, find_mount
from kiosk.gate.fact import EndReason, Fact, Quarantined, SlotEnded, Wiped
from kiosk.gate.protocol import Ask, EndAsk, LaunchAsk, OpenAsk, Reply
from kiosk.gate.reading import read_journal
from kiosk.gate.remnant import Remnant, read_remnant
from tests.gate.fake import slot_id
from tests.helpers.confine import FACE, VISITOR, find_python, needs_root, wait_for
from tests.helpers.process import Program, Programs
from tests.stories.gate_house import GATE, GateCaller, greet

pytestmark = needs_root

A, B = slot_id(1), slot_id(2)
GROUP = "creneau-session"
STAY = "open('/tmp/mine', 'w').close(); import time; time.sleep(600)"


@dataclass
class Service:
    """A gate as it is installed, below a folder of its own."""

    programs: Programs
    base: Path
    started: list[Program] = field(default_factory=list)

    def configure(self, backend: str = "confined") -> None:
        """Write what root sets."""
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
screen = "xvfb"
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
        self.ask(LaunchAsk(slot, "stay", ""))
        wait_for(self.inside("/tmp/mine").exists)

    def wait_for_fact(self, kind: type) -> Fact:
        """Wait until the newest fact is of a kind."""
        wait_for(lambda: isinstance(self.facts()[-1].body, kind), kind.__name__)
        return self.facts()[-1]


@pytest.fixture
def service(programs: Programs) -> Iterator[Service]:
    base = Path(f"/run/creneau-gate-{os.getpid()}")
    base.mkdir(0o755)
    made = Service(programs, base)
    made.configure()
    yield made
    group = find_mount() / GROUP
    # What a failed test leaves.
    for one in made.started:
        one.stop()
    if (group / "cgroup.kill").exists():
        (group / "cgroup.kill").write_text("1")
    lock = base / "run" / "lock.json"
    if lock.exists():
        psutil.Process(json.loads(lock.read_text())["pid"]).kill()
    for path in sorted(base.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    base.rmdir()


def test_a_killed_gate_takes_the_session_up_and_its_end_leaves_nothing(service: Service) -> None:
    service.start()
    assert greet(service.base / "run" / "gate.socket").confines
    service.occupy(A)
    before = service.session()
    service.kill()
    service.start()
    assert service.session().holder == before.holder
    assert service.inside("/tmp/mine").exists()
    service.ask(EndAsk(A, EndReason.FINISHED))
    wiped = service.wait_for_fact(Wiped).body
    assert isinstance(wiped, Wiped)
    assert wiped.processes >= 1
    assert wiped.files >= 1
    assert not before.holder.is_alive()
    assert not (find_mount() / GROUP).exists()


def test_a_session_that_loses_its_display_ends_and_the_next_visitor_is_served(
    service: Service, programs: Programs
) -> None:
    service.start()
    service.occupy(A)
    os.kill(service.session().server.pid, signal.SIGKILL)
    service.wait_for_fact(Wiped)
    ended = [one.body for one in service.facts() if isinstance(one.body, SlotEnded)]
    assert [one.reason for one in ended] == [EndReason.FAULT]
    assert ended[0].remaining_seconds > 500
    service.occupy(B)


def test_the_window_manager_comes_back_when_the_visitor_ends_it(service: Service) -> None:
    service.start()
    service.occupy(A)
    first = service.session().companions["windows"]
    os.kill(first.pid, signal.SIGKILL)
    wait_for(lambda: service.session().companions["windows"] != first, "a new one")
    assert service.session().companions["windows"].is_alive()
    group = find_mount() / GROUP / PROGRAMS / "cgroup.procs"
    assert str(service.session().companions["windows"].pid) in group.read_text().split()


def test_what_a_wipe_cannot_remove_asks_for_one_restart_of_the_machine(service: Service) -> None:
    gate = service.start()
    service.occupy(A)
    left = Path(f"/var/tmp/creneau-left-{os.getpid()}")
    left.mkdir()
    os.chown(left, VISITOR.uid, VISITOR.gid)
    try:
        service.ask(EndAsk(A, EndReason.FINISHED))
        service.wait_for_fact(Quarantined)
        wait_for((service.base / "rebooted").exists, "the restart")
        gate.wait_for_line("restarted once", within=10)
    finally:
        left.rmdir()
    # Staff try again: nothing is left any more.
    service.ask(EndAsk(A, EndReason.STAFF))
    service.wait_for_fact(Wiped)


def test_a_session_is_drawn_inside_the_lock_where_root_wants_it(service: Service) -> None:
    if not Path("/usr/bin/Xephyr").exists():
        pytest.skip("there is no Xephyr here")
    service.configure("xephyr")
    service.start()
    service.occupy(A)
    server = psutil.Process(service.session().server.pid)
    assert server.name() == "Xephyr"
    assert (service.base / "run" / "lock.json").exists()
    service.ask(EndAsk(A, EndReason.FINISHED))
    service.wait_for_fact(Wiped)
