"""Who asks: a station or a member of staff, as the hub knows them by their bearer token."""

from dataclasses import dataclass

from kiosk.wire.desk import Role


@dataclass(frozen=True, slots=True)
class StationIdentity:
    """A station and where it stands."""

    station_id: str
    seat_id: str
    room_id: str
    site_id: str


@dataclass(frozen=True, slots=True)
class StaffIdentity:
    """A member of staff, what they may do and the sites they may see."""

    staff_id: str
    name: str
    display_name: str
    roles: frozenset[Role]
    site_ids: tuple[str, ...]


Reader = StationIdentity | StaffIdentity
"""Whoever reads changes."""
