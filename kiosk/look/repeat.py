"""A hand that trembles presses a key twice: the second press does not count.

What counts is when a key was pressed, not when the program came to hear of it: a busy computer
delivers two honest presses at once, and would make a tremor of them. So each event brings its own
time along. Where it has none (a screen reader's press, a widget pressed by the program) the time
of hearing stands for it.
"""

from collections.abc import Callable

UNSTAMPED = 0
"""What Qt gives for an event that does not know its time."""

FASTEST_HAND_SECONDS = 0.05
"""No finger presses one key again as fast as this, trembling or not; a card reader always does."""


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


class BounceRule:
    """Refuses the press that a trembling hand adds to the one it meant.

    The delay begins anew when what counted is let go, so that a key that was held long does not
    bounce at its end. Another key in between shows a hand that knows what it does.

    `clock` gives monotonic seconds, `milliseconds` is the delay.
    """

    def __init__(self, clock: Callable[[], float], milliseconds: int) -> None:
        self._seconds = milliseconds / 1000
        self._pressed = PressTimer(clock)
        self._moved = PressTimer(clock)
        self._key: int | None = None

    def is_bounce(self, key: int, stamp: int = UNSTAMPED, *, may_be_reader: bool = False) -> bool:
        """Return whether a press of `key` is too soon after its last one.

        `stamp` is the own time of its event in milliseconds. `may_be_reader` is for what a card
        reader types: it gives a number with two equal digits faster than any hand could.
        """
        if key != self._key:
            return False
        if may_be_reader and self._pressed.seconds_since(stamp) < FASTEST_HAND_SECONDS:
            return False
        return self._moved.seconds_since(stamp) < self._seconds

    def press(self, key: int, stamp: int = UNSTAMPED) -> None:
        """Remember a press that counted."""
        self._key = key
        self._pressed.remember(stamp)
        self._moved.remember(stamp)

    def release(self, key: int, stamp: int = UNSTAMPED) -> None:
        """Remember that what counted was let go."""
        if key == self._key:
            self._moved.remember(stamp)
