"""A hand that trembles presses a key twice: the second press does not count."""

from collections.abc import Callable


class RepeatRule:
    """Refuses the same key again within a delay.

    `clock` gives monotonic seconds, `milliseconds` is the delay, counted from the last press that
    counted.
    """

    def __init__(self, clock: Callable[[], float], milliseconds: int) -> None:
        self._clock = clock
        self._seconds = milliseconds / 1000
        self._key = ""
        self._pressed_at = float("-inf")

    def accept(self, key: str) -> bool:
        """Return whether a press counts, and remember it when it does."""
        now = self._clock()
        if key == self._key and now - self._pressed_at < self._seconds:
            return False
        self._key, self._pressed_at = key, now
        return True
