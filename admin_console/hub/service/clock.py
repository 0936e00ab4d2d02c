"""The clock of the machine that the hub runs on."""

import time
from datetime import UTC, datetime


class SystemClock:
    """Wall time to stamp with, and boot time to count durations with."""

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        return datetime.now(UTC)

    def boot_seconds(self) -> float:
        """Return seconds since the machine started, suspend included; never goes back."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)
