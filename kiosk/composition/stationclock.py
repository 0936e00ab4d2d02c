"""The clock of a station's shell: its own, plus the offset that the hub's answers teach."""

import time
from datetime import UTC, datetime, timedelta


class StationClock:
    """Wall time as the hub has it, boot time as the machine has it."""

    def __init__(self) -> None:
        """Begin without an offset."""
        self._offset = timedelta(0)

    def wall(self) -> datetime:
        """Return aware UTC with the offset."""
        return datetime.now(UTC) + self._offset

    def boot_seconds(self) -> float:
        """Return seconds since the machine started, suspend included."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

    def learn(self, hub_time: datetime, asked_boot: float) -> None:
        """Take the hub's time, told in an answer to a question asked at that boot second.

        The hub is taken to have answered half way: the error is at most half the journey.
        """
        half = timedelta(seconds=(self.boot_seconds() - asked_boot) / 2)
        self._offset = hub_time + half - datetime.now(UTC)
