"""The socket: who may speak, what is answered, and that nobody can hold the gate up."""

import os
import socket
import stat
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.gate import server as server_module
from kiosk.gate.answer import Accepted, Refusal, Refused
from kiosk.gate.fact import EndReason, SlotEnded, SlotOpened, Wiped
from kiosk.gate.loop import Loop
from kiosk.gate.protocol import (
    Ask,
    AwayAsk,
    EndAsk,
    ExtendAsk,
    FollowAsk,
    Frames,
    Greeting,
    HelloAsk,
    LaunchAsk,
    Message,
    OpenAsk,
    PowerAsk,
    PowerKind,
    Reply,
    ShortenAsk,
    Told,
    dump_ask,
    load_message,
)
from kiosk.gate.server import FRAME_SECONDS, MOST_PEERS, Server, open_listener
from tests.gate.fake import Station, slot_id
from tests.gatelink.served import RecordedPower
from tests.helpers.clock import FakeClock

A, B = slot_id(1), slot_id(2)


class Caller:
    """One that connects, and reads what has come when asked."""

    def __init__(self, house: "House") -> None:
        self._house = house
        self._frames = Frames()
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.connect(str(house.path))
        self.socket.setblocking(False)
        house.callers.append(self)
        house.turn()

    def send(self, data: bytes) -> None:
        self.socket.send(data)
        self._house.turn()

    def ask(self, ask: Ask, number: int = 1) -> Message:
        self.send(dump_ask(number, ask))
        return self.heard()[-1]

    def heard(self) -> list[Message]:
        try:
            data = self.socket.recv(1 << 20)
        except BlockingIOError:
            return []
        return [load_message(frame) for frame in self._frames.feed(data)]

    @property
    def let_go(self) -> bool:
        try:
            return self.socket.recv(1 << 20) == b""
        except BlockingIOError:
            return False
        except ConnectionResetError:
            return True


class House:
    """The server, its gate and their loop, turned by hand."""

    def __init__(self, folder: Path, uids: frozenset[int]) -> None:
        self.clock = FakeClock()
        self.station = Station(folder, self.clock)
        self.path = folder / "run" / "gate.socket"
        self.power = RecordedPower()
        self.loop = Loop(self.clock)
        self.listener = open_listener(self.path, os.getgid())
        self.server = Server(
            self.listener, self.loop, self.station.gate, self.clock, self.power, uids
        )
        self.loop.serve(self.station.gate, self.server)
        self.callers: list[Caller] = []

    def turn(self, times: int = 3) -> None:
        for _ in range(times):
            self.loop.turn(0)

    def close(self) -> None:
        for caller in self.callers:
            caller.socket.close()
        self.server.close()
        self.loop.close()
        self.station.kill()


MakeHouse = Callable[..., House]


@pytest.fixture
def make_house(tmp_path: Path) -> Iterator[MakeHouse]:
    made: list[House] = []

    def make(uids: frozenset[int] = frozenset({os.getuid()})) -> House:
        made.append(House(tmp_path, uids))
        return made[-1]

    yield make
    for house in made:
        house.close()


@pytest.fixture
def house(make_house: MakeHouse) -> House:
    return make_house()


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


def test_a_foreign_uid_is_let_go_before_it_can_say_anything(
    make_house: MakeHouse, expect_log: Callable[..., None]
) -> None:
    expect_log("kiosk.gate.server", "connections refused so far: 1, now uid")
    house = make_house(frozenset({54321}))
    caller = Caller(house)
    assert caller.let_go


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
