"""A hand that trembles presses a key twice: the second press does not count.

What counts is when a key was pressed, not when the program came to hear of it: a busy computer
delivers two honest presses at once, and would make a tremor of them. So each event brings its own
time along. Where it has none (a screen reader's press, a widget pressed by the program) the time
of hearing stands for it.
"""

from collections.abc import Callable

UNSTAMPED = 0
"""What Qt gives for an event that does not know its time."""


class PressTimer:
    """Measures from one press to the next.

    `clock` gives monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._heard_at = float("-inf")
        self._stamp = UNSTAMPED

    def seconds_since(self, stamp: int = UNSTAMPED) -> float:
        """Return the time from the remembered press to this one; infinite where there is none.

        `stamp` is the event's own time in milliseconds. Its zero is the window system's, so it
        only compares with another one.
        """
        if self._stamp != UNSTAMPED and stamp >= self._stamp:
            return (stamp - self._stamp) / 1000
        return self._clock() - self._heard_at

    def remember(self, stamp: int = UNSTAMPED) -> None:
        """Measure from this press on."""
        self._heard_at = self._clock()
        self._stamp = stamp


class RepeatRule:
    """Refuses the same key again within a delay.

    `clock` gives monotonic seconds, `milliseconds` is the delay, counted from the last press that
    counted.
    """

    def __init__(self, clock: Callable[[], float], milliseconds: int) -> None:
        self._timer = PressTimer(clock)
        self._seconds = milliseconds / 1000
        self._key = ""

    def accept(self, key: str, stamp: int = UNSTAMPED) -> bool:
        """Return whether a press counts, and remember it when it does.

        `stamp` is the own time of its event in milliseconds.
        """
        if key == self._key and self._timer.seconds_since(stamp) < self._seconds:
            return False
        self._key = key
        self._timer.remember(stamp)
        return True
