"""A clock that moves only when told."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)


class FakeClock:
    """The boot clock, the wall clock and the boot's name, all in the hands of the test."""

    def __init__(self, wall: datetime = START, boot_seconds: float = 1000.0) -> None:
        self._wall = wall
        self._boot_seconds = boot_seconds
        self._boots = 1

    def boot_seconds(self) -> float:
        return self._boot_seconds

    def wall(self) -> datetime:
        return self._wall

    def now(self) -> datetime:
        """Return the wall clock under the name that the hub's port gives it."""
        return self._wall

    def boot_id(self) -> str:
        return f"boot-{self._boots}"

    def advance(self, seconds: float) -> None:
        """Let time pass; both clocks see it."""
        self._boot_seconds += seconds
        self._wall += timedelta(seconds=seconds)

    def suspend(self, seconds: float) -> None:
        """Sleep: both clocks count it, and no program runs meanwhile."""
        self.advance(seconds)

    def set_wall(self, wall: datetime) -> None:
        """Set the wall clock, as an operator or a dead battery would."""
        self._wall = wall

    def reboot(self, seconds: float = 40.0) -> None:
        """Cut the power and come up again `seconds` later, as another boot."""
        self._boots += 1
        self._wall += timedelta(seconds=seconds)
        self._boot_seconds = 5.0
