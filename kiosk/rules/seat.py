"""What state a seat is in, from facts that the station and the hub know apart."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.rules.slot import ENDING_SECONDS


class SeatState(StrEnum):
    """The nine states that the house shows (libre, occupé, bientôt fini, réservé, ...)."""

    FREE = "free"
    IN_USE = "in_use"
    ENDING = "ending"
    HELD = "held"
    WORKSHOP = "workshop"
    LOCKED = "locked"
    OFFLINE = "offline"
    OUT_OF_ORDER = "out_of_order"
    CLOSED = "closed"


SEATED = frozenset({SeatState.IN_USE, SeatState.ENDING, SeatState.LOCKED, SeatState.WORKSHOP})
"""The states in which somebody is seated."""


@dataclass(frozen=True, slots=True)
class SeatFacts:
    """What is known of a seat at an instant.

    `slot_ends_at` is None when no slot runs. `held` says that the seat is kept for a ticket or for
    a visitor after a power cut, `tickets_wait` that somebody waits for whom no seat is kept yet:
    then no seat of the room is free.
    """

    open_now: bool
    in_contact: bool = True
    out_of_order: bool = False
    slot_ends_at: datetime | None = None
    away: bool = False
    workshop: bool = False
    held: bool = False
    tickets_wait: bool = False


def seat_state(facts: SeatFacts, now: datetime) -> SeatState:
    """Return the state to show. A broken seat outranks a silent one, a slot outranks the hours."""
    if facts.out_of_order:
        return SeatState.OUT_OF_ORDER
    if not facts.in_contact:
        return SeatState.OFFLINE
    if facts.workshop:
        return SeatState.WORKSHOP
    if facts.slot_ends_at is not None:
        if facts.away:
            return SeatState.LOCKED
        ending = facts.slot_ends_at - now <= timedelta(seconds=ENDING_SECONDS)
        return SeatState.ENDING if ending else SeatState.IN_USE
    if not facts.open_now:
        return SeatState.CLOSED
    if facts.held or facts.tickets_wait:
        return SeatState.HELD
    return SeatState.FREE
