"""A process that the gate has forked: it holds nothing of the gate, and is never waited for long.

Whoever shares its account may stop it at any moment. A process that holds the journal while it is
stopped would keep the next gate out, and a gate that waits for it would count no time: so a child
first closes all that it was not given, and every wait here has an end.
"""

import os
import signal
import time
from collections.abc import Callable, Collection

_LOOK_AGAIN_SECONDS = 0.002
_STANDARD = 3
"""The first descriptor behind input, output and complaints."""


class Child:
    """A child of the gate.

    Attributes:
        pid: its number; nobody else gets it before `poll` or `wait` has told the end.
        returncode: what it ended with, a signal as its negative number; None while it lives.
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return what it ended with, None while it lives; 0 where somebody else was told."""
        if self.returncode is None:
            try:
                number, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:
                number, status = self.pid, 0
            if number:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, seconds: float) -> int:
        """Wait for its end, and return what it ended with.

        Raises:
            TimeoutError: it lives still.
        """
        deadline = time.monotonic() + seconds
        while (code := self.poll()) is None:
            if time.monotonic() >= deadline:
                raise TimeoutError(f"process {self.pid} does not end")
            time.sleep(_LOOK_AGAIN_SECONDS)
        return code

    def terminate(self) -> None:
        """Ask it to end."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End it, also where it is stopped."""
        self._send(signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


def fork(act: Callable[[], None], kept: Collection[int] = ()) -> Child:
    """Start a process that does one thing and ends, unless it becomes another program by it.

    Args:
        act: what it does.
        kept: descriptors that it keeps besides the three standard ones.

    Raises:
        OSError: there can be no further process.
    """
    number = os.fork()
    if number == 0:
        _live(act, kept)
    return Child(number)


def _live(act: Callable[[], None], kept: Collection[int]) -> None:  # pragma: no cover - a child
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        # Python ignores these two, and a program that is started would go on ignoring them.
        for one in (signal.SIGPIPE, signal.SIGXFSZ):
            signal.signal(one, signal.SIG_DFL)
        _close_all_but(kept)
        act()
        code = 0
    finally:
        os._exit(code)


def _close_all_but(kept: Collection[int]) -> None:  # pragma: no cover - in a child
    first = _STANDARD
    for one in sorted(kept):
        os.closerange(first, one)
        first = max(first, one + 1)
    os.closerange(first, os.sysconf("SC_OPEN_MAX"))
