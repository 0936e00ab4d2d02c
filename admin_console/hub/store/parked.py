"""The parked facts that nobody has looked at yet."""

from collections.abc import Collection

from sqlalchemy import Connection, bindparam, delete, select

from admin_console.hub.service.provisionbook import ParkedRow
from admin_console.hub.store import schema
from admin_console.hub.store.row import every

_event, _parked, _seat = schema.event.c, schema.parked_event.c, schema.seat.c


class ParkedRows:
    """The list; a fact that was looked at stays in the journal."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_site(self, site_id: str, limit: int) -> tuple[ParkedRow, ...]:
        """Return the newest ones of a site, newest first."""
        wanted = (
            select(
                _event.event_id,
                _seat.room_id,
                _event.seat_id,
                _event.at,
                _parked.received_at,
                _event.kind,
                _event.code,
            )
            .join(schema.parked_event, _parked.event_id == _event.event_id)
            .join(schema.seat, _seat.seat_id == _event.seat_id)
            .where(_seat.site_id == site_id)
            .order_by(_parked.received_at.desc(), _event.seq.desc())
            .limit(limit)
        )
        return every(self._connection, wanted, ParkedRow)

    def take_off(self, site_id: str, event_ids: Collection[str]) -> int:
        """Take facts of a site off the list; returns how many stood there."""
        there = (
            select(_event.event_id)
            .join(schema.seat, _seat.seat_id == _event.seat_id)
            .where(
                _seat.site_id == site_id,
                _event.event_id.in_(bindparam("event_ids", expanding=True)),
            )
        )
        gone = self._connection.execute(
            delete(schema.parked_event).where(_parked.event_id.in_(there)),
            {"event_ids": list(event_ids)},
        )
        return gone.rowcount
