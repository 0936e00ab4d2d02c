"""Slots, their persons in rows of their own, and what was answered about them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, func, insert, or_, select, text, update

from admin_console.hub.service.record import (
    OpeningAnswer,
    RenewalAnswer,
    Seated,
    Slot,
)
from admin_console.hub.store import schema
from admin_console.hub.store.row import every, first, values
from kiosk.wire.codec import decode
from kiosk.wire.place import RoomView
from kiosk.wire.station import RenewalKind

_slot, _person, _seat, _room = schema.slot.c, schema.slot_person.c, schema.seat.c, schema.room.c
_answer, _renewal = schema.opening_answer.c, schema.renewal_answer.c

_LONGEST = timedelta(days=2)
"""More than any slot lasts with its grace."""

_SLOTS = select(schema.slot)
_ONE = _SLOTS.where(_slot.slot_id == bindparam("slot_id"))
# Written out, or SQLite does not see that the partial indexes serve.
_LIVE = text("slot.state IN ('granted', 'open')")
_GRANTED = text("slot.state = 'granted'")
_OPEN = text("slot.state = 'open'")
_LIVE_ON = _SLOTS.where(_slot.seat_id == bindparam("seat_id"), _LIVE).order_by(_slot.granted_at)
_LIVE_OF = (
    select(
        schema.slot,
        _seat.number.label("seat_number"),
        _seat.in_contact.label("seat_in_contact"),
        _seat.contact_since.label("seat_contact_since"),
        _room.body.label("room_body"),
    )
    .join(schema.slot_person, _person.slot_id == _slot.slot_id)
    .join(schema.seat, _seat.seat_id == _slot.seat_id)
    .join(schema.room, _room.room_id == _slot.room_id)
    .where(_person.reference == bindparam("person"), _LIVE)
    .order_by(_slot.granted_at)
)
_OPEN_IN = (
    _SLOTS.join(schema.seat, _seat.seat_id == _slot.seat_id)
    .where(
        _OPEN,
        _seat.site_id.in_(bindparam("site_ids", expanding=True)),
    )
    .order_by(_slot.slot_id)
)
_OF_PERSON = (
    _SLOTS.join(schema.slot_person, _person.slot_id == _slot.slot_id)
    .where(
        _person.reference == bindparam("person"),
        _slot.room_id == bindparam("room"),
        _slot.opened_at >= bindparam("since"),
    )
    .order_by(_slot.opened_at)
)
_SAVE = update(schema.slot).where(_slot.slot_id == bindparam("key"))
# `left_at` is written by whoever holds the person: it must not be undone by who holds the room.
_FIXED = ("slot_id", "seat_id", "room_id", "station_id", "granted_at", "left_at")
_ANSWER = select(schema.opening_answer).where(_answer.slot_id == bindparam("slot_id"))
_RENEWAL = select(schema.renewal_answer).where(
    _renewal.slot_id == bindparam("slot_id"), _renewal.from_total_seconds == bindparam("total")
)


class SlotRows:
    """The slots; whoever writes one holds its room."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, slot: Slot, person: str | None) -> None:
        """Keep a new slot and the reference of its person, None where nobody knows it."""
        self._connection.execute(insert(schema.slot), values(slot))
        if person is not None:
            self._connection.execute(
                insert(schema.slot_person), {"slot_id": slot.slot_id, "reference": person}
            )

    def get(self, slot_id: str) -> Slot | None:
        """Return a slot."""
        return first(self._connection, _ONE, Slot, slot_id=slot_id)

    def save(self, slot: Slot) -> None:
        """Write a slot."""
        self._connection.execute(_SAVE, {"key": slot.slot_id, **values(slot, without=_FIXED)})

    def leave(self, slot_id: str, at: datetime) -> None:
        """Write that a slot's visitor sat down elsewhere; its room need not be held."""
        self._connection.execute(
            update(schema.slot).where(_slot.slot_id == slot_id, _LIVE), {"left_at": at}
        )

    def person(self, slot_id: str) -> str | None:
        """Return the reference of a slot's person, None once purged."""
        found: str | None = self._connection.scalar(
            select(_person.reference).where(_person.slot_id == slot_id)
        )
        return found

    def live_on(self, seat_id: str) -> tuple[Slot, ...]:
        """Return the granted and open slots of a seat."""
        return every(self._connection, _LIVE_ON, Slot, seat_id=seat_id)

    def last_on(self, seat_id: str) -> Slot | None:
        """Return the slot that opened last on a seat."""
        wanted = _SLOTS.where(_slot.seat_id == seat_id, _slot.opened_at.is_not(None))
        return first(self._connection, wanted.order_by(_slot.opened_at.desc()).limit(1), Slot)

    def live_of(self, person: str) -> tuple[Seated, ...]:
        """Return the granted and open slots of a person, with their seats."""
        found = []
        for row in self._connection.execute(_LIVE_OF, {"person": person}):
            *columns, number, in_contact, contact_since, room = row
            names = (column.name for column in schema.slot.columns)
            slot = Slot(**dict(zip(names, columns, strict=True)))
            found.append(
                Seated(
                    slot=slot,
                    seat_number=number,
                    room_name=decode(room, RoomView).name,
                    lost_at=None if in_contact else contact_since or slot.granted_at,
                )
            )
        return tuple(found)

    def of_person_since(self, person: str, room_id: str, since: datetime) -> tuple[Slot, ...]:
        """Return the slots that a person opened in a room at or after an instant."""
        return every(self._connection, _OF_PERSON, Slot, person=person, room=room_id, since=since)

    def open_in(self, site_ids: Collection[str]) -> tuple[Slot, ...]:
        """Return the open slots of some sites."""
        return every(self._connection, _OPEN_IN, Slot, site_ids=list(site_ids))

    def of_seat(self, seat_id: str, start: datetime, end: datetime) -> tuple[Slot, ...]:
        """Return the slots of a seat that ran between two instants, oldest first."""
        wanted = _SLOTS.where(
            _slot.seat_id == seat_id,
            # No slot is longer: what opened before need not be looked through.
            _slot.opened_at >= start - _LONGEST,
            _slot.opened_at < end,
            or_(_slot.ended_at.is_(None), _slot.ended_at > start),
        ).order_by(_slot.opened_at)
        return every(self._connection, wanted, Slot)

    def granted_before(self, at: datetime) -> tuple[Slot, ...]:
        """Return the slots granted before an instant that have not opened."""
        wanted = _SLOTS.where(_GRANTED, _slot.granted_at < at)
        return every(self._connection, wanted.order_by(_slot.granted_at), Slot)

    def open_ending_before(self, at: datetime) -> tuple[Slot, ...]:
        """Return the open slots whose time was over before an instant."""
        wanted = _SLOTS.where(_OPEN, _slot.ends_at < at)
        return every(self._connection, wanted.order_by(_slot.ends_at), Slot)

    def answer(self, slot_id: str) -> OpeningAnswer | None:
        """Return what was answered to the opening of a slot."""
        return first(self._connection, _ANSWER, OpeningAnswer, slot_id=slot_id)

    def keep_answer(self, answer: OpeningAnswer) -> None:
        """Keep what was answered to an opening."""
        self._connection.execute(insert(schema.opening_answer), values(answer))

    def renewal(self, slot_id: str, from_total_seconds: int) -> RenewalAnswer | None:
        """Return what was answered to a renewal."""
        return first(
            self._connection, _RENEWAL, RenewalAnswer, slot_id=slot_id, total=from_total_seconds
        )

    def keep_renewal(self, answer: RenewalAnswer) -> None:
        """Keep what was answered to a renewal."""
        self._connection.execute(insert(schema.renewal_answer), values(answer))

    def renewals_granted(self, slot_id: str, below_total: int) -> int:
        """Count the renewals granted from a total below this one, the mercy left out."""
        return (
            self._connection.scalar(
                select(func.count())
                .select_from(schema.renewal_answer)
                .where(
                    _renewal.slot_id == slot_id,
                    _renewal.from_total_seconds < below_total,
                    _renewal.granted_total.is_not(None),
                    _renewal.kind != RenewalKind.MERCY,
                )
            )
            or 0
        )

    def mercy_granted(self, slot_id: str) -> bool:
        """Tell whether the minutes of mercy were granted to a slot."""
        wanted = select(_renewal.slot_id).where(
            _renewal.slot_id == slot_id, _renewal.kind == RenewalKind.MERCY
        )
        return self._connection.execute(wanted).first() is not None

    def drop_persons(self, before: datetime) -> int:
        """Forget whose the slots were that were granted before an instant."""
        old = select(_slot.slot_id).where(_slot.granted_at < before)
        gone = self._connection.execute(delete(schema.slot_person).where(_person.slot_id.in_(old)))
        return gone.rowcount

    def drop_answers(self, openings_before: datetime, renewals_before: datetime) -> int:
        """Forget the answers to openings and to renewals given before an instant each."""
        openings = self._connection.execute(
            delete(schema.opening_answer).where(_answer.at < openings_before)
        )
        renewals = self._connection.execute(
            delete(schema.renewal_answer).where(_renewal.at < renewals_before)
        )
        return openings.rowcount + renewals.rowcount
