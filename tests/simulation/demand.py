"""Who comes, when, for how long, and how long they would wait: drawn once, for every policy.

Seconds throughout. The load says how many seat hours visitors want for each seat hour that is open;
arrivals are heaviest in the middle of an opening.
"""

import math
import random
from dataclasses import dataclass

MEDIAN_WANTED = 50 * 60
SPREAD = 0.6
MEAN_PATIENCE = 40 * 60
LEAST_PATIENCE = 5 * 60


@dataclass(slots=True)
class Visitor:
    """One person on one day.

    Attributes:
        name: the reference of the person.
        comes_at: when they come, in seconds of the opening.
        wanted: how long they still want to sit.
        patience: how long they wait before they give their ticket back.
        walks: how long they take to a seat that calls them.
        asks_before: how long before the end they ask to renew.
        vanishes: leaves without a word when it takes too long, instead of giving the ticket back.
        steps_away: goes for a walk while waiting, for so long; 0 stays.
        takes_turn: takes a ticket again when refused.
        takes_mercy: takes the five minutes when refused.
        first_wanted: what was wanted in the beginning.
        had: how long they have sat by now.
    """

    name: str
    comes_at: float
    wanted: float
    patience: float
    walks: float
    asks_before: float
    vanishes: bool
    steps_away: float
    takes_turn: bool
    takes_mercy: bool
    first_wanted: float
    had: float = 0.0


def draw_visitors(draw: random.Random, seconds: float, seats: int, load: float) -> list[Visitor]:
    """Return the visitors of one opening in the order of their coming."""
    mean_wanted = MEDIAN_WANTED * math.exp(SPREAD**2 / 2)
    expected = load * seats * seconds / mean_wanted
    count = _poisson(draw, expected)
    times = sorted(draw.triangular(0, seconds, seconds * 0.45) for _ in range(count))
    return [_draw_one(draw, f"{index}", at) for index, at in enumerate(times)]


def _draw_one(draw: random.Random, name: str, at: float) -> Visitor:
    wanted = min(max(draw.lognormvariate(math.log(MEDIAN_WANTED), SPREAD), 300), 4 * 3600)
    return Visitor(
        name=name,
        comes_at=at,
        wanted=wanted,
        patience=LEAST_PATIENCE + draw.expovariate(1 / (MEAN_PATIENCE - LEAST_PATIENCE)),
        walks=draw.uniform(30, 240),
        asks_before=draw.uniform(30, 590),
        vanishes=draw.random() < 0.25,
        steps_away=draw.uniform(600, 2400) if draw.random() < 0.15 else 0.0,
        takes_turn=draw.random() < 0.3,
        takes_mercy=draw.random() < 0.5,
        first_wanted=wanted,
    )


def _poisson(draw: random.Random, expected: float) -> int:
    """Return a count with that mean: how many exponential gaps fit into one unit."""
    count, reached = 0, draw.expovariate(1)
    while reached < expected:
        count += 1
        reached += draw.expovariate(1)
    return count
