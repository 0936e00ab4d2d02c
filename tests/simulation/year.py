"""A year of the sample estate under one policy."""

import copy
import random
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from msgspec.structs import replace

from admin_console.hub.service.holiday import entered
from admin_console.hub.service.sample import read_sample, room_view
from kiosk.rules.hours import openings_on
from kiosk.rules.slot import closing_boundary
from kiosk.wire.place import RoomView
from tests.simulation.afternoon import Afternoon
from tests.simulation.demand import draw_visitors
from tests.simulation.policy import Policy
from tests.simulation.tally import Tally

ESTATE = Path(__file__).parent.parent.parent / "assets" / "sample" / "estate.toml"
YEAR = 2026


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the estate and the number of its seats."""

    view: RoomView
    seats: int


def read_rooms(year: int = YEAR) -> tuple[Room, ...]:
    """Return the rooms of the sample estate, closed on public holidays."""
    sample = read_sample(ESTATE.read_text(encoding="utf-8"))
    before, last = date(year - 1, 12, 31), date(year, 12, 31)

    def closing(view: RoomView) -> RoomView:
        return replace(view, hours=entered(view.hours, sample.holidays, before, last))

    return tuple(
        Room(closing(room_view(sample, site, room, always_open=False)), room.seats)
        for site in sample.site
        for room in site.room
    )


def play(
    rooms: tuple[Room, ...],
    policies: tuple[Policy, ...],
    load: float,
    days: int = 365,
    seed: int = 1,
) -> dict[str, Tally]:
    """Return what each policy comes to; all meet the same visitors.

    Args:
        rooms: the rooms to play.
        policies: the policies to play them under.
        load: seat hours wanted for each seat hour open.
        days: how many days from the first of January.
        seed: what the draws follow from.
    """
    tallies = {policy.name: Tally() for policy in policies}
    for room in rooms:
        rule, hours = room.view.rule.as_rule(), room.view.hours.as_rule()
        draw = random.Random(f"{seed} {room.view.room_id}")
        for offset in range(days):
            for opening in openings_on(hours, date(YEAR, 1, 1) + timedelta(days=offset)):
                seconds = (opening.end - opening.start).total_seconds()
                visitors = draw_visitors(draw, seconds, room.seats, load)
                boundary = closing_boundary(rule, opening.end)
                for policy in policies:
                    afternoon = Afternoon(
                        opening.start, boundary, rule, room.seats, policy, tallies[policy.name]
                    )
                    afternoon.play(copy.deepcopy(visitors))
    return tallies
