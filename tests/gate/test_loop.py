"""The one thread of the gate: what it waits for, and in which order it serves."""

import socket
from collections.abc import Iterator

import pytest

from kiosk.gate.loop import LONGEST_WAIT_SECONDS, READ, WRITE, Loop
from tests.helpers.clock import FakeClock


class Alarm:
    """A part that is due at some second, and stops the loop after some ticks."""

    def __init__(self, loop: Loop, due: float | None, ticks: int) -> None:
        self._loop = loop
        self._due = due
        self.left = ticks

    def next_deadline(self) -> float | None:
        return self._due

    def tick(self) -> None:
        self.left -= 1
        if self.left == 0:
            self._loop.stop()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def loop(clock: FakeClock) -> Iterator[Loop]:
    made = Loop(clock)
    yield made
    made.close()


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


def test_it_turns_until_it_is_stopped(loop: Loop, clock: FakeClock) -> None:
    first, second = Alarm(loop, clock.boot_seconds(), 3), Alarm(loop, None, 100)
    loop.serve(first, second)
    loop.run()
    # The turn in hand is finished: whoever comes later in it has its tick, too.
    assert (first.left, second.left) == (0, 97)


def test_it_waits_no_longer_than_a_suspend_may_hide(loop: Loop, clock: FakeClock) -> None:
    assert loop._wait(None) is None
    loop.serve(Alarm(loop, None, 1), Alarm(loop, clock.boot_seconds() + 3600, 1))
    assert loop._wait(None) == LONGEST_WAIT_SECONDS
    assert loop._wait(0.25) == 0.25
    loop.serve(Alarm(loop, clock.boot_seconds() - 5, 1))
    assert loop._wait(None) == 0.0


def test_what_is_closed_in_a_turn_is_not_served_in_it(
    loop: Loop, pair: tuple[socket.socket, socket.socket]
) -> None:
    ours, theirs = pair
    served: list[str] = []

    def serve(name: str, other: socket.socket) -> None:
        served.append(name)
        loop.forget(other)

    loop.watch(ours, WRITE, lambda _: serve("ours", theirs))
    loop.watch(theirs, WRITE, lambda _: serve("theirs", ours))
    loop.turn(0)
    assert len(served) == 1


def test_what_is_watched_again_is_watched_for_the_new_thing_alone(
    loop: Loop, pair: tuple[socket.socket, socket.socket]
) -> None:
    ours, _ = pair
    served: list[int] = []
    loop.watch(ours, WRITE, served.append)
    loop.turn(0)
    loop.watch(ours, READ, served.append)
    loop.turn(0)
    assert served == [WRITE]
