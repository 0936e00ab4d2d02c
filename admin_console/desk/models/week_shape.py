"""How the intervals of a day stand in the week: in the morning, in the afternoon, or across both.

An interval that ends by one o'clock is of the morning, one that starts at noon or later is of the
afternoon, any other takes the whole line. Half a day without an interval is closed, and is where
another one is added.
"""

from dataclasses import dataclass

from admin_console.desk.models.hours_draft import Times, Typed

NOON = 12 * 60
LUNCH = 13 * 60

HOUR = 60
LATEST = 23 * HOUR

MORNING, AFTERNOON = 0, 1

USUAL: tuple[Typed, Typed] = ((10 * HOUR, NOON), (14 * HOUR, 18 * HOUR))
"""What is proposed where half a day is closed; a hand writes over it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a day. `index` is its interval, None where it is closed.

    `halves` are the columns that it takes: the first, the second, or both.
    """

    halves: tuple[int, ...]
    index: int | None = None


def cells_of(times: Times) -> tuple[Cell, ...]:
    """Return the cells of a day, from left to right."""
    places = sorted(range(len(times)), key=lambda one: (times[one][0] or 0, one))
    halves = {one: _halves(times[one]) for one in places}
    if any(len(taken) > 1 for taken in halves.values()):
        return tuple(Cell((MORNING, AFTERNOON), one) for one in places)
    cells: list[Cell] = []
    for half in (MORNING, AFTERNOON):
        mine = [Cell((half,), one) for one in places if halves[one] == (half,)]
        cells += mine or [Cell((half,))]
    return tuple(cells)


def proposed(times: Times, half: int = AFTERNOON) -> Typed:
    """Return what to begin one more opening with: the usual hours, or one after the last."""
    ends = [end for _start, end in times if end is not None]
    start, end = USUAL[half]
    free = all(
        opens is None or closes is None or closes <= (start or 0) or (end or 0) <= opens
        for opens, closes in times
    )
    if free or not ends:
        return start, end
    begins = min(max(ends) + HOUR, LATEST)
    return begins, begins + HOUR


def _halves(typed: tuple[int | None, int | None]) -> tuple[int, ...]:
    start, end = typed
    if start is not None and start >= NOON:
        return (AFTERNOON,)
    if end is not None and end <= LUNCH:
        return (MORNING,)
    if start is None or end is None:
        return (MORNING,) if start is not None else (AFTERNOON,)
    return (MORNING, AFTERNOON)
