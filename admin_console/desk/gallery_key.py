"""USB keys that visitors have forgotten: told at the desk until they are taken."""

from datetime import timedelta

from msgspec.structs import replace

from admin_console.desk.gallery_stage import WATCHER, Build, live
from admin_console.desk.sample import NOW, QUIET, a_town
from kiosk.wire.desk import Estate

SITE = "trapeze"
LEFT = {3: timedelta(minutes=4), 7: timedelta(minutes=51)}
"""Seats where a key stands, and for how long."""


def with_keys(left: dict[int, timedelta] | None = None) -> Estate:
    """Return the sites; on seats of the Trapèze stands a forgotten key."""
    left = LEFT if left is None else left
    town = a_town(QUIET)
    first, *others = town.sites
    (room,) = first.rooms
    seats = tuple(
        replace(seat, key_left_at=NOW - left[seat.number]) if seat.number in left else seat
        for seat in room.seats
    )
    return replace(town, sites=(replace(first, rooms=(replace(room, seats=seats),)), *others))


KEYS: dict[str, Build] = {
    "live-key": lambda stage: live(stage, estate=with_keys()),
    "live-key-observer": lambda stage: live(stage, estate=with_keys(), person=WATCHER),
    "seat-key": lambda stage: live(stage, estate=with_keys(), seat=f"{SITE}-7"),
}
"""The states, by the name of their picture."""
