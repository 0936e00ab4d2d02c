"""Somebody on a seat."""

from dataclasses import dataclass

from kiosk.rules.slot import Ground
from tests.simulation.demand import Visitor


@dataclass(slots=True)
class Sitting:
    """A visitor on a seat, since `since`, with a total of seconds granted.

    `bar` follows from the total alone here, for the boundary never changes; it is asked once.
    `refused` says that its visitor was told of a ticket.
    """

    visitor: Visitor
    since: float
    total: int
    renewals: int = 0
    mercy: bool = False
    bar: Ground | None = None
    refused: bool = False

    @property
    def deadline(self) -> float:
        return self.since + self.total
