"""Lock and session on real virtual terminals: which one is in front is the gate's word alone."""

import fcntl
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.gate.confinedbackend import ConfinedBackend
from kiosk.gate.display import DisplayKind, ServerPlan
from kiosk.gate.drop import Account
from kiosk.gate.fact import EndReason, Wiped
from kiosk.gate.protocol import AwayAsk, EndAsk, OpenAsk
from kiosk.gate.terminal import CONSOLE, Terminals
from tests.gate.fake import slot_id
from tests.helpers.confine import alone_on_the_machine, find_python, needs_root, wait_for
from tests.helpers.process import Programs
from tests.helpers.stage import SLOT, open_stage
from tests.helpers.xorg import CONFIGURATION
from tests.stories.breakout.service import Service, installed

ACTIVE = Path("/sys/class/tty/tty0/active")
A = slot_id(1)
ACTIVATE, ALLOW = 0x5606, 0x560C


def _missing() -> str:
    if shutil.which("Xorg") is None:
        return "there is no Xorg on this machine"
    if not ACTIVE.exists() or not os.access(CONSOLE, os.W_OK):
        return "this machine has no virtual terminals"
    return ""


pytestmark = [needs_root, pytest.mark.skipif(bool(_missing()), reason=_missing() or "-")]


@pytest.fixture
def give_back() -> Iterator[None]:
    """Put in front what was there before, and let the kernel switch again."""
    with alone_on_the_machine():
        front = Terminals().front()
        yield
        Terminals().show(front or 1)
        console = os.open(CONSOLE, os.O_WRONLY | os.O_NOCTTY)
        fcntl.ioctl(console, ALLOW, 0)
        os.close(console)


@pytest.fixture
def service(programs: Programs, give_back: None) -> Iterator[Service]:
    with installed(programs) as made:
        screen = f"""screen = "xorg"
configuration = "{made.base}/xorg.conf"
lock_terminal = 11
session_terminal = 12"""
        shell = """[shell]
program = ["/bin/sleep", "600"]"""
        (made.base / "xorg.conf").write_text(CONFIGURATION)
        made.configure(screen=screen, shell=shell)
        made.start()
        yield made


def wait_for_front(terminal: int) -> None:
    wait_for(lambda: ACTIVE.read_text().strip() == f"tty{terminal}", f"terminal {terminal}")


def test_a_session_comes_to_the_front_and_its_end_gives_the_lock_back(service: Service) -> None:
    wait_for_front(11)
    service.ask(OpenAsk(A, 600, 0))
    wait_for_front(12)
    console = os.open(CONSOLE, os.O_WRONLY | os.O_NOCTTY)
    # Even root's own switch is refused meanwhile: the kernel leaves the screen where it is.
    fcntl.ioctl(console, ACTIVATE, 11)
    os.close(console)
    service.launch(A)
    assert ACTIVE.read_text().strip() == "tty12"
    service.ask(AwayAsk(A, True))
    wait_for_front(11)
    service.ask(AwayAsk(A, False))
    wait_for_front(12)
    service.ask(EndAsk(A, EndReason.FINISHED))
    service.wait_for_fact(Wiped)
    wait_for_front(11)


# Takes the terminal as Xorg does on a graphics card, and never hears that it is asked for it.
KEEPS_THE_SCREEN = """#!{python} -I
import fcntl, os, signal, struct, sys
terminal = os.open("/dev/tty12", os.O_RDWR | os.O_NOCTTY)
os.set_inheritable(terminal, True)
fcntl.ioctl(terminal, 0x5602, struct.pack("bbhhh", 1, 0, signal.SIGWINCH, 0, 0))
os.execv("/usr/bin/Xvfb", ["Xvfb", *(one for one in sys.argv[1:-6]), "-screen", "0", "800x600x24"])
"""


def test_a_server_that_never_gives_the_screen_back_loses_it_with_the_end(
    give_back: None, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.gate.terminal", "not switched in time")
    with open_stage(terminals=Terminals(11)) as stage:
        program = stage.plan.cell.home.parent / "server"
        program.write_text(KEEPS_THE_SCREEN.format(python=find_python()))
        program.chmod(0o755)
        server = ServerPlan(DisplayKind.XORG, Account(0, 0), str(program), 12)
        stage.plan = replace(stage.plan, server=server)
        stage.backend = ConfinedBackend(stage.plan)
        stage.backend.cover(SLOT, True)
        Terminals().show(11)
        wait_for_front(11)
        stage.backend.start(SLOT)
        wait_for_front(12)
        # The kernel asks the server for the screen, and waits for its answer.
        stage.backend.cover(SLOT, True)
        assert ACTIVE.read_text().strip() == "tty12"
        session = stage.backend._session
        assert session is not None
        os.kill(session.server.pid, signal.SIGSTOP)
        stage.end()
        program.unlink()
        wait_for_front(11)
