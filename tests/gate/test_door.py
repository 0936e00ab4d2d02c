"""The socket: who may speak, and that nobody can hold the gate up."""

import os
import resource
import socket
from collections.abc import Callable

import pytest

from kiosk.gate import server as server_module
from kiosk.gate.loop import READ
from kiosk.gate.protocol import (
    Greeting,
    HelloAsk,
    dump_ask,
)
from kiosk.gate.server import (
    ACCEPT_AGAIN_SECONDS,
    ACCEPTED_A_TURN,
    FRAME_SECONDS,
    MOST_PEERS,
)
from tests.gate.door import Caller, House, MakeHouse
from tests.gate.fake import slot_id

A, B = slot_id(1), slot_id(2)


def test_a_foreign_uid_is_let_go_before_it_can_say_anything(
    make_house: MakeHouse, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.gate.server", "connections refused so far: 1, now uid")
    house = make_house(frozenset({54321}))
    caller = Caller(house)
    assert caller.let_go


def test_the_log_of_refusals_grows_by_doublings(
    make_house: MakeHouse, expect_log: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    expect_log("kiosk.gate.server", "connections refused so far")
    house = make_house(frozenset({54321}))
    many = [socket.socket(socket.AF_UNIX) for _ in range(ACCEPTED_A_TURN + 6)]
    for one in many:
        one.connect(str(house.path))
    house.turn()
    for one in many:
        assert one.recv(1) == b""
        one.close()
    said = [record.getMessage() for record in caplog.records if "refused" in record.getMessage()]
    assert len(said) == 7


def run_short(house: House) -> None:
    """Let a turn pass in which the system gives no descriptor more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest_free = os.dup(house.listener.fileno())
    os.close(lowest_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, hard))
    try:
        house.turn()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_gate_may_close_while_its_door_is_shut(
    house: House, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.gate.server", "not accepted: errno 24")
    with socket.socket(socket.AF_UNIX) as early:
        early.connect(str(house.path))
        run_short(house)


def test_a_gate_without_a_descriptor_to_spare_takes_nobody_for_a_second(
    house: House, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.gate.server", "not accepted: errno 24")
    early = socket.socket(socket.AF_UNIX)
    early.connect(str(house.path))
    run_short(house)
    assert house.server.next_deadline() == house.clock.boot_seconds() + ACCEPT_AGAIN_SECONDS
    house.clock.advance(ACCEPT_AGAIN_SECONDS)
    house.turn()
    early.send(dump_ask(1, HelloAsk()))
    house.turn()
    assert early.recv(10)
    early.close()


def test_one_that_was_called_ready_and_has_nothing_to_say_is_left_in_peace(house: House) -> None:
    caller = Caller(house)
    (peer,) = house.server._peers
    house.server._on_ready(peer, READ)
    assert isinstance(caller.ask(HelloAsk()), Greeting)


def test_who_finds_no_place_waits_until_one_is_free(house: House) -> None:
    callers = [Caller(house) for _ in range(MOST_PEERS)]
    for caller in callers:
        assert isinstance(caller.ask(HelloAsk()), Greeting)
    late = [Caller(house) for _ in range(3)]
    for caller in late:
        caller.send(dump_ask(1, HelloAsk()))
    assert [caller.heard() for caller in late] == [[], [], []]
    assert not late[0].let_go
    for caller, leaving in zip(late, callers, strict=False):
        leaving.socket.close()
        house.turn()
        assert [type(one) for one in caller.heard()] == [Greeting]
    assert isinstance(callers[-1].ask(HelloAsk()), Greeting)


def test_one_that_sends_half_a_frame_is_dropped_after_a_moment(house: House) -> None:
    slow, shell = Caller(house), Caller(house)
    assert isinstance(shell.ask(HelloAsk()), Greeting)
    slow.send(dump_ask(1, HelloAsk())[:7])
    house.clock.advance(FRAME_SECONDS / 2)
    # One byte more does not buy more time.
    slow.send(dump_ask(1, HelloAsk())[7:8])
    house.clock.advance(FRAME_SECONDS / 2)
    house.turn()
    assert slow.let_go
    house.clock.advance(FRAME_SECONDS * 100)
    house.turn()
    assert isinstance(shell.ask(HelloAsk()), Greeting)


def test_one_that_never_says_anything_is_dropped_too(house: House) -> None:
    silent = Caller(house)
    assert house.server.next_deadline() == house.clock.boot_seconds() + FRAME_SECONDS
    house.clock.advance(FRAME_SECONDS)
    house.turn()
    assert silent.let_go
    assert house.server.next_deadline() is None


def test_a_frame_begun_behind_a_whole_one_gets_its_own_time(house: House) -> None:
    caller = Caller(house)
    house.clock.advance(FRAME_SECONDS - 1)
    frame = dump_ask(1, HelloAsk())
    caller.send(frame + frame[:5])
    house.clock.advance(FRAME_SECONDS - 1)
    caller.send(frame[5:])
    assert len(caller.heard()) == 2
    assert house.server.next_deadline() is None


def test_one_that_asks_and_never_reads_is_dropped(house: House) -> None:
    deaf = Caller(house)
    deaf.socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    frame = dump_ask(1, HelloAsk())
    for _ in range(200):
        try:
            deaf.send(frame * 50)
        except OSError:
            break
    else:
        pytest.fail("it was served for ever")
    assert isinstance(Caller(house).ask(HelloAsk()), Greeting)


def test_one_that_reads_late_gets_everything_in_order(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_module, "MOST_UNREAD_BYTES", 1 << 30)
    late = Caller(house)
    late.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    asked = 0
    for _ in range(300):
        late.send(b"".join(dump_ask(asked + place, HelloAsk()) for place in range(10)))
        asked += 10
    heard: list[int] = []
    while len(heard) < asked:
        house.turn(1)
        heard += [one.number for one in late.heard() if isinstance(one, Greeting)]
    assert heard == list(range(asked))
