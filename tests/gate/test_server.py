"""The socket: what is asked, what is answered, what is told."""

import os
import socket
import stat
import struct
from pathlib import Path

import pytest

from kiosk.gate.answer import Accepted, Refusal, Refused
from kiosk.gate.fact import EndReason, SlotEnded, SlotOpened, Wiped
from kiosk.gate.protocol import (
    AwayAsk,
    EndAsk,
    ExtendAsk,
    FollowAsk,
    Greeting,
    HelloAsk,
    LaunchAsk,
    OpenAsk,
    PowerAsk,
    PowerKind,
    Reply,
    ShortenAsk,
    Told,
    dump_ask,
)
from kiosk.gate.server import (
    open_listener,
)
from tests.gate.door import Caller, House
from tests.gate.fake import slot_id

A, B = slot_id(1), slot_id(2)


def test_the_socket_is_for_root_and_one_group(house: House) -> None:
    found = house.path.stat()
    assert stat.S_IMODE(found.st_mode) == 0o660
    assert stat.S_IMODE(house.path.parent.stat().st_mode) == 0o750
    assert found.st_gid == os.getgid()


def test_a_socket_of_a_gate_that_is_gone_is_replaced_and_nothing_else_is(tmp_path: Path) -> None:
    path = tmp_path / "gate.socket"
    open_listener(path, os.getgid()).close()
    open_listener(path, os.getgid()).close()
    path.unlink()
    path.write_text("a file of somebody")
    with pytest.raises(OSError, match="in use"):
        open_listener(path, os.getgid())
    assert path.read_text() == "a file of somebody"


def test_every_verb_is_carried_out_and_answered_under_its_number(house: House) -> None:
    caller = Caller(house)
    greeting = caller.ask(HelloAsk(), 1)
    assert isinstance(greeting, Greeting)
    assert (greeting.number, greeting.slot_id, greeting.last_fact) == (1, None, 0)
    assert caller.ask(OpenAsk(A, 3600, 120), 2) == Reply(2, Accepted(1, 3600), True)
    assert caller.ask(OpenAsk(A, 3600, 120), 3) == Reply(3, Accepted(1, 3600), False)
    assert caller.ask(OpenAsk(B, 3600, 120), 4) == Reply(4, Refused(Refusal.OTHER_SLOT))
    assert caller.ask(ExtendAsk(A, 7200), 5) == Reply(5, Accepted(2, 7200), True)
    assert caller.ask(ShortenAsk(A, 1800), 6) == Reply(6, Accepted(3, 1800), True)
    assert caller.ask(AwayAsk(A, True), 7) == Reply(7, Accepted(4, 1800), False)
    assert caller.ask(AwayAsk(A, False), 8) == Reply(8, Accepted(5, 1800), False)
    page = "https://example.org"
    assert caller.ask(LaunchAsk(A, "internet", page), 9) == Reply(9, Accepted(5, 1800), False)
    assert house.station.backend.sessions[A] == [page]
    ended = caller.ask(EndAsk(A, EndReason.FINISHED), 10)
    assert ended == Reply(10, Accepted(6), True)


def test_a_slot_opened_during_a_wipe_is_refused_with_its_reason(house: House) -> None:
    house.station.backend.stubborn = 3
    caller = Caller(house)
    caller.ask(OpenAsk(A, 3600, 120))
    caller.ask(EndAsk(A, EndReason.FINISHED))
    assert caller.ask(OpenAsk(B, 3600, 120), 3) == Reply(3, Refused(Refusal.WIPING))


def test_the_machine_is_restarted_only_when_nobody_sits_and_root_has_set_how(house: House) -> None:
    caller = Caller(house)
    assert caller.ask(PowerAsk(PowerKind.REBOOT), 1) == Reply(1, Accepted(0), True)
    assert caller.ask(PowerAsk(PowerKind.POWEROFF), 2) == Reply(2, Refused(Refusal.UNSUPPORTED))
    caller.ask(OpenAsk(A, 3600, 120))
    assert caller.ask(PowerAsk(PowerKind.REBOOT), 4) == Reply(4, Refused(Refusal.IN_USE))
    assert house.power.asked == [PowerKind.REBOOT]


def test_a_follower_is_told_what_there_is_and_what_comes(house: House) -> None:
    shell, watcher = Caller(house), Caller(house)
    shell.ask(OpenAsk(A, 3600, 120))
    watcher.send(dump_ask(1, FollowAsk(0)))
    first = watcher.heard()
    assert [type(one) for one in first] == [Reply, Told]
    assert [type(one.fact.body) for one in first[1:]] == [SlotOpened]  # type: ignore[union-attr]
    shell.ask(EndAsk(A, EndReason.FINISHED))
    later = watcher.heard()
    assert [type(one.fact.body) for one in later] == [SlotEnded, Wiped]  # type: ignore[union-attr]
    watcher.send(dump_ask(2, FollowAsk(2)))
    assert [one.number for one in watcher.heard() if isinstance(one, Told)] == [3]


def test_a_follower_has_heard_what_an_answer_rests_on(house: House) -> None:
    caller = Caller(house)
    caller.ask(FollowAsk(0))
    caller.send(dump_ask(2, OpenAsk(A, 3600, 120)))
    assert [type(one) for one in caller.heard()] == [Told, Reply]


def test_many_facts_reach_a_follower_that_reads_slowly(house: House) -> None:
    gate = house.station.gate
    gate.open(A, 3600, 120)
    for place in range(600):
        gate.away(A, place % 2 == 0)
    caller = Caller(house)
    caller.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    caller.send(dump_ask(1, FollowAsk(0)))
    told: list[int] = []
    while len(told) < 601:
        house.turn(1)
        told += [one.number for one in caller.heard() if isinstance(one, Told)]
    assert told == list(range(1, 602))


@pytest.mark.parametrize(
    "noise", [struct.pack(">I", 2**31), b"GET / HTTP/1.1\r\n\r\n", struct.pack(">I", 4) + b"[[[["]
)
def test_noise_ends_the_connection_and_nothing_else(house: House, noise: bytes) -> None:
    shell, noisy = Caller(house), Caller(house)
    noisy.send(noise)
    assert noisy.let_go
    assert isinstance(shell.ask(HelloAsk()), Greeting)


def test_an_ask_without_sense_is_refused_and_the_next_one_answered(house: House) -> None:
    caller = Caller(house)
    text = b'{"ask":4,"verb":"exec","program":"/bin/sh"}'
    caller.send(struct.pack(">I", len(text)) + text)
    assert caller.heard() == [Reply(4, Refused(Refusal.VERB_UNKNOWN))]
    assert isinstance(caller.ask(HelloAsk()), Greeting)


def test_an_idle_gate_waits_for_nothing_and_a_running_one_for_its_deadline(house: House) -> None:
    assert house.loop._wait(None) is None
    assert house.loop._wait(5.0) == 5.0
    house.station.gate.open(A, 3600, 120)
    wait = house.loop._wait(None)
    assert wait is not None
    assert 0 < wait <= 1.0
    house.clock.advance(10)
    assert house.loop._wait(None) == 0.0
    assert house.loop._wait(0.0) == 0.0


def test_time_passes_in_the_same_loop(house: House) -> None:
    caller = Caller(house)
    caller.ask(FollowAsk(0))
    caller.ask(OpenAsk(A, 600, 0))
    caller.heard()
    house.clock.advance(601)
    house.turn()
    told = [one.fact.body for one in caller.heard() if isinstance(one, Told) and one.fact]
    assert isinstance(told[-1], Wiped)
