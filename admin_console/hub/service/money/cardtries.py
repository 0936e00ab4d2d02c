"""Tries of print cards at a station: a number can be guessed, so unknown ones are counted.

After three of them no number is looked for at that station for a while, whichever way it is asked.
"""

from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.port import Clock, Store, Work
from admin_console.hub.service.tries import count_failure, wait_of


def card_wait(work: Work, station: StationIdentity, clock: Clock) -> int:
    """Return how many seconds no number is looked for at a station; 0 means that one is now."""
    return wait_of(work, (_subject(station),), clock.now())


def count_unknown_card(store: Store, station: StationIdentity, clock: Clock) -> None:
    """Count that a number was passed that no card has, in a unit of work of its own."""
    with store.begin(write=True) as work:
        work.hold(_subject(station))
        count_failure(work, (_subject(station),), clock.now())


def _subject(station: StationIdentity) -> str:
    return f"print cards:{station.station_id}"
