"""Who sits: the live slots of a room or of some persons, and what a room's day has used."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select, text

from admin_console.hub.service.record import Sitter, Slot, SlotState
from admin_console.hub.store import schema
from kiosk.wire.station import RenewalKind

_slot, _person, _seat, _renewal = (
    schema.slot.c,
    schema.slot_person.c,
    schema.seat.c,
    schema.renewal_answer.c,
)
# Written out, or SQLite does not see that the partial index serves.
_LIVE = text("slot.state IN ('granted', 'open')")
_GRANTED = (
    select(func.max(_renewal.granted_total))
    .where(_renewal.slot_id == _slot.slot_id)
    .correlate(schema.slot)
    .scalar_subquery()
    .label("granted")
)
_MERCY = (
    select(_renewal.slot_id)
    .where(_renewal.slot_id == _slot.slot_id, _renewal.kind == RenewalKind.MERCY)
    .correlate(schema.slot)
    .exists()
    .label("granted_mercy")
)
_FIELDS = (
    schema.slot,
    _person.reference,
    _seat.in_contact.label("contact"),
    _seat.contact_since.label("contact_since"),
    _GRANTED,
    _MERCY,
)
_IN_ROOM = (
    select(*_FIELDS)
    .outerjoin(schema.slot_person, _person.slot_id == _slot.slot_id)
    .join(schema.seat, _seat.seat_id == _slot.seat_id)
    .where(_slot.room_id == bindparam("room_id"), _LIVE)
    .order_by(_slot.granted_at)
)
# Found by person: the partial index would lead through all live slots of the town.
_OF_PERSONS = (
    select(*_FIELDS)
    .join(schema.slot_person, _person.slot_id == _slot.slot_id)
    .join(schema.seat, _seat.seat_id == _slot.seat_id)
    .where(
        _person.reference.in_(bindparam("persons", expanding=True)),
        _slot.state.in_([SlotState.GRANTED, SlotState.OPEN]),
    )
    .order_by(_slot.granted_at)
)
_SINCE = (
    select(schema.slot, _person.reference)
    .join(schema.slot_person, _person.slot_id == _slot.slot_id)
    .where(_slot.room_id == bindparam("room_id"), _slot.opened_at >= bindparam("since"))
)


class SitterRows:
    """Who sits; read only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def in_room(self, room_id: str) -> tuple[Sitter, ...]:
        """Return the granted and open slots of a room."""
        rows = self._connection.execute(_IN_ROOM, {"room_id": room_id})
        return tuple(_sitter(row) for row in rows)

    def of_persons(self, persons: Collection[str]) -> tuple[Sitter, ...]:
        """Return the granted and open slots of some persons, wherever they sit."""
        if not persons:
            return ()
        rows = self._connection.execute(_OF_PERSONS, {"persons": list(persons)})
        return tuple(_sitter(row) for row in rows)

    def opened_since(self, room_id: str, since: datetime) -> tuple[tuple[str, Slot], ...]:
        """Return the slots that opened in a room at or after an instant, each with its person."""
        rows = self._connection.execute(_SINCE, {"room_id": room_id, "since": since})
        return tuple((row.reference, _slot_of(row)) for row in rows)


def _sitter(row: Row[Any]) -> Sitter:
    slot = _slot_of(row)
    lost_at = None if row.contact else row.contact_since or slot.granted_at
    return Sitter(slot, row.reference, lost_at, row.granted, bool(row.granted_mercy))


def _slot_of(row: Row[Any]) -> Slot:
    kept = row._mapping
    return Slot(**{column.name: kept[column] for column in schema.slot.columns})
