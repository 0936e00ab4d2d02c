"""Three answers to "may this visitor renew while people wait?", from the same snapshot."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.rules.cover import SeatAnswer, standing_answers, standing_refusals
from kiosk.rules.room import RoomSnapshot, StandingRefusal, TicketStanding, counts

Answers = Callable[[RoomSnapshot], tuple[SeatAnswer, ...]]
Kept = Callable[[RoomSnapshot], tuple[StandingRefusal, ...]]


@dataclass(frozen=True, slots=True)
class Policy:
    """A name, the answers that it gives, and those that it keeps from one moment to the next.

    `estimates` says that the house's estimates are made for this policy.
    """

    name: str
    answers: Answers
    kept: Kept
    estimates: bool = False


def _keep_nothing(_room: RoomSnapshot) -> tuple[StandingRefusal, ...]:
    return ()


def _waiting(room: RoomSnapshot) -> list[TicketStanding]:
    held = {seat.held_for for seat in room.seats}
    return [one for one in room.tickets if one.number not in held and counts(room, one)]


def _refuse_everyone(room: RoomSnapshot) -> tuple[SeatAnswer, ...]:
    waiting = _waiting(room)
    first = waiting[0].number if waiting else None
    since = waiting[0].taken_at if waiting else None
    return tuple(
        SeatAnswer(seat.number, seat.occupant.slot_id, ticket=first, waiting_since=since, told=True)
        for seat in room.seats
        if seat.occupant is not None
    )


def _longest_gives_way(room: RoomSnapshot) -> tuple[SeatAnswer, ...]:
    waiting = _waiting(room)
    by_minutes = sorted(
        ((seat, seat.occupant) for seat in room.seats if seat.occupant is not None),
        key=lambda pair: (-pair[1].used_today_seconds, pair[0].number),
    )
    answers = []
    for index, (seat, occupant) in enumerate(by_minutes):
        ticket = waiting[index] if index < len(waiting) else None
        answers.append(
            SeatAnswer(
                seat.number,
                occupant.slot_id,
                ticket=None if ticket is None else ticket.number,
                waiting_since=None if ticket is None else ticket.taken_at,
                told=True,
            )
        )
    return tuple(answers)


HOUSE = Policy("this rule", standing_answers, standing_refusals, estimates=True)
EVERYONE = Policy("refuse everyone while anyone waits", _refuse_everyone, _keep_nothing)
LONGEST = Policy("the one who sat longest gives way", _longest_gives_way, _keep_nothing)
POLICIES = (HOUSE, EVERYONE, LONGEST)
