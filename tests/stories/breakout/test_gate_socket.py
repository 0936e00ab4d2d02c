"""Whoever is not the shell gets nothing from the gate's socket, and cannot keep it from answering.

The attacker is Python under an account of its own; the gate is the real program.
"""

import random
import shutil
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.gate.drop import Program as Spawned
from kiosk.gate.drop import spawn
from kiosk.gate.protocol import (
    LONGEST_FRAME,
    ExtendAsk,
    FollowAsk,
    Greeting,
    HelloAsk,
    OpenAsk,
    Reply,
    dump_ask,
)
from kiosk.gate.server import MOST_PEERS
from tests.gate.fake import slot_id
from tests.helpers.confine import VISITOR, find_python, needs_root, start
from tests.helpers.process import Program, Programs, wait_until
from tests.stories.gate_house import GateCaller, greet, open_folder, start_gate

pytestmark = needs_root

A = slot_id(1)
DENIED, ANSWERED, SHUT_OUT = 3, 4, 5

CALL = f"""
import socket, struct, sys
line = socket.socket(socket.AF_UNIX)
line.settimeout(20)
try:
    line.connect(sys.argv[1])
except PermissionError:
    sys.exit({SHUT_OUT})
try:
    line.sendall(bytes.fromhex(sys.argv[2]))
    heard = line.recv(100)
except (BrokenPipeError, ConnectionResetError):
    heard = b""
sys.exit({ANSWERED} if heard else {DENIED})
"""


@dataclass
class Target:
    """A gate with a running slot, and the way to its socket."""

    gate: Program
    socket: Path

    def open_the_way(self) -> None:
        """Let everybody reach the socket, as a careless administrator might."""
        self.socket.parent.chmod(0o755)
        self.socket.chmod(0o666)

    def still_serves(self) -> bool:
        """Tell whether the shell is answered, and its slot stands as before."""
        greeting = greet(self.socket)
        return self.gate.running and (greeting.slot_id, greeting.total_seconds) == (A, 3600)


@pytest.fixture
def target(programs: Programs) -> Iterator[Target]:
    with open_folder() as ground:
        gate, path = start_gate(programs, ground / "gate")
        shell = GateCaller(path)
        assert isinstance(shell.ask(OpenAsk(A, 3600, 120)), Reply)
        shell.close()
        yield Target(gate, path)
        gate.kill()


def attack(target: Target, prefix: tuple[str, ...] = ()) -> int:
    """Let a visitor ask for ten more hours; return how it went."""
    frame = dump_ask(1, ExtendAsk(A, 36000))
    arguments = (str(target.socket), frame.hex())
    if not prefix:
        return start(CALL, arguments=arguments).wait(30)
    # A copy of the interpreter is entered by the tool that makes the namespace.
    text = "import os, sys; os.execv(sys.argv[1], sys.argv[1:])"
    command = (*prefix, find_python(), "-I", "-c", CALL, *arguments)
    return start(text, arguments=command).wait(30)


def test_a_visitor_cannot_reach_the_socket(target: Target) -> None:
    assert attack(target) == SHUT_OUT
    assert target.still_serves()


def test_a_visitor_who_reaches_the_socket_is_let_go_unheard(target: Target) -> None:
    target.open_the_way()
    assert attack(target) == DENIED
    assert target.still_serves()


def test_a_visitor_who_plays_root_in_a_namespace_of_their_own_is_still_the_visitor(
    target: Target,
) -> None:
    unshare = shutil.which("unshare")
    assert unshare is not None
    prefix = (unshare, "--user", "--map-root-user", "--")
    root = "import os, sys; sys.exit(0 if os.geteuid() == 0 else 1)"
    text = "import os, sys; os.execv(sys.argv[1], sys.argv[1:])"
    probe = start(text, arguments=(*prefix, find_python(), "-I", "-c", root))
    if probe.wait(30) != 0:
        pytest.skip("this kernel gives no user namespaces to an account")
    target.open_the_way()
    assert attack(target, prefix) == DENIED
    assert target.still_serves()


def test_nobody_takes_over_a_connection_of_the_shell(target: Target) -> None:
    """The kernel keeps the account of the connect, whoever writes afterwards."""
    target.open_the_way()
    theirs = socket.socket(socket.AF_UNIX)
    number = str(theirs.fileno())
    text = "import socket, sys; socket.socket(fileno=int(sys.argv[1])).connect(sys.argv[2])"
    command = (find_python(), "-I", "-c", text, number, str(target.socket))
    visitor = spawn(Spawned(command, VISITOR, descriptors=(theirs.fileno(),)))
    assert visitor.wait(30) == 0
    with theirs:
        theirs.settimeout(20)
        try:
            # Root writes on a connection that the visitor made: it counts as the visitor's.
            theirs.sendall(dump_ask(1, HelloAsk()))
            assert theirs.recv(100) == b""
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert target.still_serves()


def noise(count: int) -> Iterator[bytes]:
    """What nobody should send: random bytes, huge lengths, deep and wrong JSON, cut frames."""
    dice = random.Random(20)
    whole = dump_ask(1, OpenAsk(A, 3600, 120))
    for _ in range(count):
        yield dice.randbytes(dice.randrange(1, 300))
        yield struct.pack(">I", dice.randrange(2**32)) + dice.randbytes(40)
        text = dice.choice([b"[", b'{"a":', b'{"ask":1,"verb":']) * dice.randrange(1, 2000)
        text = text[:LONGEST_FRAME]
        yield struct.pack(">I", len(text)) + text
        yield whole[: dice.randrange(len(whole))]
        cut = bytearray(whole)
        cut[dice.randrange(4, len(cut))] = dice.randrange(256)
        yield bytes(cut)


def test_noise_from_the_shell_s_own_account_ends_connections_and_nothing_else(
    target: Target, count_of: Callable[[int], int]
) -> None:
    for data in noise(count_of(2000)):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(target.socket))
            try:
                line.sendall(data)
            except (BrokenPipeError, ConnectionResetError):
                continue
    assert target.still_serves()
    assert "Traceback" not in target.gate.tail(1000)


def test_ten_thousand_connections_leave_the_shell_its_answer(
    target: Target, count_of: Callable[[int], int]
) -> None:
    shell = GateCaller(target.socket)
    assert isinstance(shell.ask(HelloAsk()), Greeting)
    for place in range(count_of(10_000)):
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(str(target.socket))
        if place % 500 == 0:
            assert isinstance(shell.ask(HelloAsk()), Greeting)
    assert isinstance(shell.ask(HelloAsk()), Greeting)
    shell.close()
    assert len(target.gate.lines) < 100 + count_of(10_000) * 2


def test_a_flood_by_a_visitor_leaves_the_shell_its_answer(target: Target) -> None:
    target.open_the_way()
    flood = start(
        "import socket, sys\n"
        "while True:\n"
        "    line = socket.socket(socket.AF_UNIX)\n"
        "    line.connect(sys.argv[1])\n",
        arguments=(str(target.socket),),
    )
    try:
        target.gate.wait_for_line("connections refused so far: 256", within=60)
        assert target.still_serves()
    finally:
        flood.kill()
        flood.wait(10)
    # The log has a line for each doubling, not for each try.
    assert sum("refused so far" in line for line in target.gate.lines) < 40


def send_bytes(lines: list[socket.socket], ended: threading.Event) -> None:
    """Send a frame on each line, a byte now and then, until all is over."""
    for byte in struct.pack(">I", LONGEST_FRAME) + b"[" * LONGEST_FRAME:
        if ended.wait(0.2):
            return
        for line in lines:
            with suppress(OSError):
                line.send(bytes([byte]))


def test_connections_that_send_one_byte_now_and_then_lose_their_places(target: Target) -> None:
    with ExitStack() as lines:
        slow = [lines.enter_context(socket.socket(socket.AF_UNIX)) for _ in range(MOST_PEERS)]
        for line in slow:
            line.connect(str(target.socket))
            line.setblocking(False)
        ended = threading.Event()
        trickle = threading.Thread(target=send_bytes, args=(slow, ended))
        trickle.start()
        try:
            assert target.still_serves()
        finally:
            ended.set()
            trickle.join(10)


def test_a_follower_that_never_reads_costs_the_shell_nothing(target: Target) -> None:
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.connect(str(target.socket))
        deaf.setblocking(False)
        frame = dump_ask(1, FollowAsk(0)) + dump_ask(2, HelloAsk()) * 20

        def is_let_go() -> bool:
            try:
                deaf.send(frame)
            except BlockingIOError:
                return not target.still_serves()
            except OSError:
                return True
            return False

        wait_until(is_let_go, within=60, what="the end of patience")
    assert target.still_serves()
