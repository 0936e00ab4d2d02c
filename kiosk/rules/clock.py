"""Whether a station's wall clock may be believed.

It is the station's own clock plus the hub's offset. Earlier than the last stamp that the station
wrote down, it is not trusted: slots are full, no closing is known, and the desk is told.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

TOLERANCE_SECONDS = 5
"""A step back smaller than this is the hub's offset settling, not a fault; in seconds."""


@dataclass(frozen=True, slots=True)
class WallClock:
    """The wall time of a station (aware UTC) and whether it is trusted."""

    at: datetime
    trusted: bool

    def not_before(self, last_stamp: datetime | None) -> datetime:
        """Return the earliest instant that it can really be."""
        return self.at if last_stamp is None else max(self.at, last_stamp)


def wall_clock(own: datetime, offset_seconds: float, last_stamp: datetime | None) -> WallClock:
    """Return the wall time of a station.

    Args:
        own: the station's own clock, aware.
        offset_seconds: hub time less station time, as the hub's last answer taught it; 0 without.
        last_stamp: the latest stamp that the station wrote down, None if it wrote none.
    """
    at = own + timedelta(seconds=offset_seconds)
    if last_stamp is None:
        return WallClock(at, trusted=True)
    return WallClock(at, trusted=at >= last_stamp - timedelta(seconds=TOLERANCE_SECONDS))
