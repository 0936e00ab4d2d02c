"""`creneau-gate`: the root service of a workstation."""

import argparse
import logging
import os
import secrets
import signal
import socket
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import FrameType

from kiosk.composition.gateplan import (
    make_backend,
    make_keeper,
    make_key_watch,
    make_keyring,
    make_lock_display,
    make_supervisor,
)
from kiosk.gate.aftermath import Aftermath
from kiosk.gate.clock import SystemClock
from kiosk.gate.configuration import DEFAULT_PATH, Configuration, read_configuration
from kiosk.gate.doctor.report import examine_here, is_fit, printed_report
from kiosk.gate.journal import Journal, JournalBusy, JournalFailed
from kiosk.gate.loop import READ, Loop
from kiosk.gate.notify import Notifier
from kiosk.gate.power import CommandPower
from kiosk.gate.server import Server, open_listener
from kiosk.gate.service import Gate
from kiosk.gate.trusted import NotTrusted
from kiosk.rules.identifier import make_id

CANNOT_START = 2
ASSETS = Path(__file__).parents[2] / "assets"

_log = logging.getLogger(__name__)


def make_parser() -> argparse.ArgumentParser:
    """Return the parser; docs/operations.md tells each flag."""
    parser = argparse.ArgumentParser(
        prog="creneau-gate", description="The root service of a public workstation."
    )
    orders = parser.add_subparsers(dest="order", required=True)
    serve = orders.add_parser("serve", help="keep the slot, the visitor's programs and the shell")
    doctor = orders.add_parser("doctor", help="look whether this machine is fit for visitors")
    for one in (serve, doctor):
        one.add_argument(
            "--configuration",
            type=Path,
            default=DEFAULT_PATH,
            help=f"the file that root has set (default: {DEFAULT_PATH})",
        )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the gate until it is asked to end; return the exit code."""
    found = make_parser().parse_args(arguments)
    logging.basicConfig(
        stream=sys.stdout, level=logging.INFO, format="%(levelname)s %(name)s %(message)s"
    )
    if found.order == "doctor":
        return look_at_machine(found.configuration)
    try:
        serve(read_configuration(found.configuration, os.geteuid()))
    except JournalBusy:
        return _give_up("another gate runs on the same state folder")
    except (NotTrusted, JournalFailed, OSError) as error:
        return _give_up(str(error))
    return 0


def look_at_machine(configuration: Path) -> int:
    """Print what the doctor finds; return 1 when a visitor may not be let in."""
    findings = examine_here(configuration, ASSETS)
    sys.stdout.write(printed_report(findings) + "\n")
    return 0 if is_fit(findings) else 1


def serve(configuration: Configuration) -> None:
    """Serve until SIGTERM or SIGINT; a running slot, and the shell, are left to the next gate.

    Raises:
        JournalBusy: another gate runs here.
        JournalFailed: the disk refuses.
        NotTrusted: the configuration asks for what this machine has not.
        OSError: the socket cannot be made.
    """
    clock = SystemClock()
    notifier = Notifier(clock, os.environ)
    journal = Journal.open(configuration.state / "journal", _new_id)
    lock = make_lock_display(configuration)
    keys = make_keyring(configuration)
    backend = make_backend(configuration, lock, keys)
    gate = Gate(clock, journal, backend, configuration.caps)
    power = CommandPower(configuration.power)
    loop = Loop(clock)
    configuration.run.mkdir(mode=0o750, parents=True, exist_ok=True)
    os.chown(configuration.run, -1, configuration.kiosk.gid)
    if configuration.face_program:
        # The shell makes its socket there; only its own account and the face's may come in. What
        # is made in it belongs to the face's group.
        configuration.face_folder.mkdir(mode=0o700, exist_ok=True)
        os.chown(configuration.face_folder, configuration.kiosk.uid, configuration.face.gid)
        configuration.face_folder.chmod(0o2750)
    # The lock stands on its display before anything of an earlier visitor is looked at.
    supervisor = make_supervisor(configuration, clock, lock)
    if supervisor is not None:
        supervisor.start()
    gate.start()
    server = Server(
        open_listener(configuration.socket, configuration.kiosk.gid),
        loop,
        gate,
        clock,
        power,
        frozenset({configuration.kiosk.uid}),
    )
    aftermath = Aftermath(gate, power, clock.boot_id())
    watch = make_key_watch(configuration, clock, gate, backend, keys)
    # What is told of keys reaches the shell in the same turn: the server comes after the watch.
    parts = (gate, *make_keeper(gate, backend, clock), *watch, aftermath, server, notifier)
    loop.serve(*parts) if supervisor is None else loop.serve(*parts, supervisor)
    ours, theirs = _wake_on_signals(loop)
    notifier.tell("READY=1")
    _log.info("ready")
    try:
        loop.run()
    finally:
        notifier.tell("STOPPING=1")
        server.close()
        gate.close()
        signal.set_wakeup_fd(-1)
        ours.close()
        theirs.close()
        loop.close()


def _wake_on_signals(loop: Loop) -> tuple[socket.socket, socket.socket]:
    """End the loop on SIGTERM and SIGINT, and let the end of a child wake it."""
    ours, theirs = socket.socketpair()
    for end in (ours, theirs):
        end.setblocking(False)
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, partial(_stop, loop))
    signal.signal(signal.SIGCHLD, _do_nothing)

    def drain(_events: int) -> None:
        ours.recv(4096)

    loop.watch(ours, READ, drain)
    return ours, theirs


def _stop(loop: Loop, _number: int, _frame: FrameType | None) -> None:
    loop.stop()


def _do_nothing(_number: int, _frame: FrameType | None) -> None:
    """Stand in for a handler: the loop is woken by the socket."""


def _new_id() -> str:
    return make_id(datetime.now(UTC), secrets.token_bytes)


def _give_up(why: str) -> int:
    sys.stderr.write(f"creneau-gate: {why}\n")
    return CANNOT_START


if __name__ == "__main__":
    sys.exit(main())
