"""The gate's one thread: it waits for sockets, signals and deadlines, and serves them in turn."""

import selectors
from collections.abc import Callable, Sequence
from typing import Protocol

from kiosk.gate.clock import Clock

LONGEST_WAIT_SECONDS = 1.0
"""A wait stands still in a suspend: a short one finds soon afterwards what the boot clock says."""

READ = selectors.EVENT_READ
WRITE = selectors.EVENT_WRITE


class Part(Protocol):
    """Something that has deadlines. `tick` may be called at any time, and does what is due."""

    def next_deadline(self) -> float | None:
        """Return the boot second at which `tick` is due; None while nothing is to come."""
        ...

    def tick(self) -> None:
        """Do what is due."""
        ...


class WithDescriptor(Protocol):
    """A socket, or anything else that can be waited for."""

    def fileno(self) -> int:
        """Return its descriptor."""
        ...


class Loop:
    """Turns until it is stopped. Every turn ends with a tick of every part, in their order."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._selector = selectors.DefaultSelector()
        self._parts: Sequence[Part] = ()
        self._stopped = False

    def serve(self, *parts: Part) -> None:
        """Say whose deadlines count from now on."""
        self._parts = parts

    def watch(self, one: WithDescriptor, events: int, act: Callable[[int], None]) -> None:
        """Call `act` with the events that have come, now or from the next turn on."""
        if one.fileno() in self._selector.get_map():
            self._selector.modify(one.fileno(), events, act)
        else:
            self._selector.register(one.fileno(), events, act)

    def forget(self, one: WithDescriptor) -> None:
        """Wait no longer for what is about to be closed."""
        self._selector.unregister(one.fileno())

    def turn(self, longest: float | None = None) -> None:
        """Wait for the next thing to do, `longest` seconds at most, and do it."""
        for key, events in self._selector.select(self._wait(longest)):
            # What came earlier in the same turn may have closed this one.
            if self._selector.get_map().get(key.fd) is key:
                key.data(events)
        for part in self._parts:
            part.tick()

    def run(self) -> None:
        """Turn until `stop`."""
        while not self._stopped:
            self.turn()

    def stop(self) -> None:
        """Let the turn in hand be the last."""
        self._stopped = True

    def close(self) -> None:
        """Give back what it waits with."""
        self._selector.close()

    def _wait(self, longest: float | None) -> float | None:
        deadlines = [part.next_deadline() for part in self._parts]
        due = min((one for one in deadlines if one is not None), default=None)
        if due is None:
            return longest
        wait = min(max(due - self._clock.boot_seconds(), 0.0), LONGEST_WAIT_SECONDS)
        return wait if longest is None else min(wait, longest)
