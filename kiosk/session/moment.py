"""The time that comes in through the door."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant of decision.

    Attributes:
        wall: aware UTC, the station's clock with the hub's offset.
        boot: seconds since the machine started, suspend included.
        fresh_id: an identifier that nobody has used, for what this decision may create.
        quiet_seconds: how long ago the last input or sound was; None where nothing tells.
    """

    wall: datetime
    boot: float
    fresh_id: str = ""
    quiet_seconds: float | None = None

    def wall_in(self, seconds: float) -> datetime:
        """Return the wall time in so many seconds."""
        return self.wall + timedelta(seconds=seconds)
