"""Whose public holidays a room keeps, as it stands beside the room."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class HolidayPlan:
    """Whose holidays a room keeps, and up to which date they were entered.

    Without `country` it keeps none; without `until` nothing was entered yet.
    """

    room_id: str
    country: str
    until: date | None = None


class HolidayPlans(Protocol):
    """The plans; whoever writes one holds its room."""

    def all(self) -> dict[str, HolidayPlan]:
        """Return the plans by room; a room may have none."""

    def get(self, room_id: str) -> HolidayPlan | None:
        """Return the plan of a room."""

    def save(self, plan: HolidayPlan) -> None:
        """Keep the plan of a room."""
