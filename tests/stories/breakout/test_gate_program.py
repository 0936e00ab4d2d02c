"""The gate as the service that a workstation runs, with sessions that are confined."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from kiosk.gate.cgroup import PROGRAMS, find_mount
from kiosk.gate.fact import EndReason, Quarantined, SlotEnded, Wiped
from kiosk.gate.protocol import EndAsk
from tests.gate.fake import slot_id
from tests.helpers.confine import VISITOR, alone_on_the_machine, needs_root, wait_for
from tests.helpers.process import Programs
from tests.stories.breakout.service import GROUP, Service, installed
from tests.stories.gate_house import greet

pytestmark = needs_root

A, B = slot_id(1), slot_id(2)


@pytest.fixture
def service(programs: Programs) -> Iterator[Service]:
    with alone_on_the_machine(), installed(programs) as made:
        yield made


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
    service: Service,
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
