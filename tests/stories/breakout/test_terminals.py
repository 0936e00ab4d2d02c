"""Lock and session on real virtual terminals: which one is in front is the gate's word alone."""

import fcntl
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.gate.fact import EndReason, Wiped
from kiosk.gate.protocol import EndAsk, OpenAsk
from kiosk.gate.terminal import CONSOLE, Terminals
from tests.gate.fake import slot_id
from tests.helpers.confine import needs_root, wait_for
from tests.helpers.process import Programs
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
def service(programs: Programs) -> Iterator[Service]:
    front = int(ACTIVE.read_text().strip().removeprefix("tty"))
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
    Terminals(front).show_lock()
    console = os.open(CONSOLE, os.O_WRONLY | os.O_NOCTTY)
    fcntl.ioctl(console, ALLOW, 0)
    os.close(console)


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
    service.ask(EndAsk(A, EndReason.FINISHED))
    service.wait_for_fact(Wiped)
    wait_for_front(11)


def test_a_session_whose_server_hangs_gives_the_screen_back_all_the_same(
    service: Service,
) -> None:
    service.occupy(A)
    wait_for_front(12)
    # It will not answer when the kernel asks it for the screen.
    os.kill(service.session().server.pid, signal.SIGSTOP)
    service.ask(EndAsk(A, EndReason.FINISHED))
    service.wait_for_fact(Wiped)
    wait_for_front(11)
