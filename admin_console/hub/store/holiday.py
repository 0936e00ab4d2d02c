"""Whose public holidays each room keeps, and up to which date they were entered."""

from sqlalchemy import Column, Connection, Date, ForeignKey, String, Table, insert, select, update

from admin_console.hub.service.holidayplan import HolidayPlan
from admin_console.hub.store import schema
from admin_console.hub.store.row import every, first, values

holiday_plan = Table(
    "holiday_plan",
    schema.metadata,
    Column("room_id", schema.NAME, ForeignKey("room.room_id"), primary_key=True),
    Column("country", String(16), nullable=False),
    Column("until", Date),
)

_plan = holiday_plan.c


class HolidayRows:
    """The plans."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> dict[str, HolidayPlan]:
        """Return the plans by room."""
        found = every(self._connection, select(holiday_plan), HolidayPlan)
        return {one.room_id: one for one in found}

    def get(self, room_id: str) -> HolidayPlan | None:
        """Return the plan of a room."""
        wanted = select(holiday_plan).where(_plan.room_id == room_id)
        return first(self._connection, wanted, HolidayPlan)

    def save(self, plan: HolidayPlan) -> None:
        """Keep the plan of a room."""
        changed = self._connection.execute(
            update(holiday_plan).where(_plan.room_id == plan.room_id).values(values(plan))
        )
        if changed.rowcount == 0:
            self._connection.execute(insert(holiday_plan).values(values(plan)))
