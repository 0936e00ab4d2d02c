"""The states of a visitor's USB keys, for the gallery."""

from collections.abc import Iterator

from msgspec.structs import replace

from kiosk.shell.sample import Sample, club, goodbye, session
from kiosk.wire.goodbye import GoodbyeFace
from kiosk.wire.keyface import KeysFace

KEYS = {
    "home-key": KeysFace(ready=1),
    "home-keys": KeysFace(ready=2),
    "home-key-leaving": KeysFace(leaving=1),
    "home-key-out": KeysFace(out=1),
    "home-key-busy": KeysFace(busy=1),
    "home-key-unreadable": KeysFace(unreadable=1),
    "home-key-earlier": KeysFace(earlier=1),
}


def key_samples() -> Iterator[Sample]:
    """Return the home with keys, and the leave of somebody who forgets one."""
    for name, keys in KEYS.items():
        yield Sample(name, session(47, keys=keys))
    full = ("internet", "writer", "files", "scanner")
    crowded = session(10, keys=KeysFace(ready=1), applications=full, running_applications=2)
    yield Sample("home-key-10", crowded)
    busy = session(10, keys=KeysFace(busy=1), running_applications=2)
    yield Sample("home-key-10-busy", busy)
    yield Sample("home-key-club", club(session(47, keys=KeysFace(earlier=1))))
    for name, is_clean, is_writing in (
        ("goodbye-key", False, False),
        ("goodbye-key-writing", True, True),
        ("goodbye-key-left", True, False),
    ):
        face = GoodbyeFace(
            programs_closed=True, clean=is_clean, key_left=True, key_writing=is_writing
        )
        yield Sample(name, replace(goodbye(closed=True, clean=is_clean), goodbye=face))
