"""The waiting lists: tickets, whose they are, what was answered, what was last told of a room."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, text, update

from admin_console.hub.service.record import Elsewhere, TicketAnswerRecord, Waiting
from admin_console.hub.store import schema
from admin_console.hub.store.row import first, values
from kiosk.rules.ticket import LIVE, Ticket
from kiosk.rules.waiting import WaitingList
from kiosk.wire.codec import LARGEST_ANSWER, decode, encode
from kiosk.wire.place import RoomView
from kiosk.wire.waiting import WaitingView

_ticket, _person, _answer = schema.ticket.c, schema.ticket_person.c, schema.ticket_answer.c
_waiting, _room = schema.waiting.c, schema.room.c

NOBODY = ""
"""Stands for the person of a ticket after the purge."""

_SAME = (
    (_person.room_id == _ticket.room_id)
    & (_person.day == _ticket.day)
    & (_person.number == _ticket.number)
)
_FIELDS: tuple[Any, ...] = (
    _ticket.number,
    _ticket.taken_at,
    _ticket.place,
    _ticket.state,
    _ticket.seat,
    _ticket.hold_until,
    _ticket.missed,
    _ticket.back_at,
    _ticket.ended_at,
    _ticket.coded,
)
_OF_DAY = (
    select(*_FIELDS, _person.reference)
    .outerjoin(schema.ticket_person, _SAME)
    .where(_ticket.room_id == bindparam("room_id"), _ticket.day == bindparam("day"))
    .order_by(_ticket.number)
)
_ELSEWHERE = (
    select(*_FIELDS, _person.reference, _room.body)
    .join(schema.ticket_person, _SAME)
    .join(schema.room, _room.room_id == _ticket.room_id)
    .where(
        _person.reference == bindparam("person"),
        _ticket.room_id != bindparam("room_id"),
        _ticket.state.in_(sorted(LIVE)),
    )
    .order_by(_ticket.taken_at)
)
_AT = (
    _ticket.room_id == bindparam("key_room"),
    _ticket.day == bindparam("key_day"),
    _ticket.number == bindparam("key_number"),
)
_PERSON_AT = (
    _person.room_id == bindparam("key_room"),
    _person.day == bindparam("key_day"),
    _person.number == bindparam("key_number"),
)
_WAITING = select(schema.waiting)
# Written out, or SQLite does not see that the partial index serves.
_DUE = (
    select(_waiting.room_id)
    .where(text("waiting.look_at IS NOT NULL"), _waiting.look_at <= bindparam("now"))
    .order_by(_waiting.look_at)
)


class TicketRows:
    """The tickets; whoever writes one holds its room."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_day(self, room_id: str, day: date) -> WaitingList:
        """Return the waiting list of a room on a local date."""
        rows = self._connection.execute(_OF_DAY, {"room_id": room_id, "day": day})
        return WaitingList(day, tuple(_ticket_of(row) for row in rows))

    def save(self, room_id: str, before: WaitingList, after: WaitingList) -> None:
        """Write what became of a list; tickets are added and changed, never taken away."""
        for ticket in after.tickets:
            earlier = before.ticket(ticket.number)
            if earlier is None:
                self._add(room_id, after.day, ticket)
            elif earlier != ticket:
                self._change(room_id, after.day, earlier, ticket)

    def elsewhere(self, person: str, room_id: str) -> Elsewhere | None:
        """Return the live ticket that a person has of another room."""
        row = self._connection.execute(_ELSEWHERE, {"person": person, "room_id": room_id}).first()
        return None if row is None else Elsewhere(decode(row.body, RoomView), _ticket_of(row))

    def answer(self, ask_id: str) -> TicketAnswerRecord | None:
        """Return what was answered to an ask."""
        wanted = select(schema.ticket_answer).where(_answer.ask_id == ask_id)
        return first(self._connection, wanted, TicketAnswerRecord)

    def keep_answer(self, answer: TicketAnswerRecord) -> None:
        """Keep what was answered to an ask."""
        self._connection.execute(insert(schema.ticket_answer), values(answer))

    def drop_answers(self, before: datetime) -> int:
        """Forget the answers given before an instant."""
        gone = self._connection.execute(delete(schema.ticket_answer).where(_answer.at < before))
        return gone.rowcount

    def drop_persons(self, before: date) -> int:
        """Forget whose the tickets were that were taken before a date."""
        gone = self._connection.execute(delete(schema.ticket_person).where(_person.day < before))
        return gone.rowcount

    def _add(self, room_id: str, day: date, ticket: Ticket) -> None:
        key = {"room_id": room_id, "day": day}
        self._connection.execute(
            insert(schema.ticket), {**key, **values(ticket, without=("person",))}
        )
        self._connection.execute(
            insert(schema.ticket_person),
            {**key, "number": ticket.number, "reference": ticket.person},
        )

    def _change(self, room_id: str, day: date, earlier: Ticket, ticket: Ticket) -> None:
        key = {"key_room": room_id, "key_day": day, "key_number": ticket.number}
        self._connection.execute(
            update(schema.ticket).where(*_AT),
            {**key, **values(ticket, without=("number", "person", "taken_at"))},
        )
        if earlier.person != ticket.person:
            self._connection.execute(
                update(schema.ticket_person).where(*_PERSON_AT).values(reference=ticket.person),
                key,
            )


class WaitingRows:
    """What was last told of the rooms' lists; whoever writes it holds the room."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, room_id: str) -> Waiting | None:
        """Return what was last told of a room, None if nobody has ever waited there."""
        row = self._connection.execute(_WAITING.where(_waiting.room_id == room_id)).first()
        return None if row is None else _waiting_of(row)

    def of_rooms(self, room_ids: Collection[str]) -> dict[str, Waiting]:
        """Return what was last told of some rooms, by room."""
        rows = self._connection.execute(_WAITING.where(_waiting.room_id.in_(room_ids)))
        return {row.room_id: _waiting_of(row) for row in rows}

    def due(self, now: datetime) -> tuple[str, ...]:
        """Return the rooms whose list is to be looked at by now, the longest due first."""
        return tuple(self._connection.scalars(_DUE, {"now": now}))

    def save(self, waiting: Waiting) -> None:
        """Write what is told of a room's list."""
        given = {
            "day": waiting.day,
            "look_at": waiting.look_at,
            "body": encode(waiting.view),
        }
        changed = self._connection.execute(
            update(schema.waiting).where(_waiting.room_id == waiting.room_id).values(given)
        )
        if changed.rowcount == 0:
            self._connection.execute(
                insert(schema.waiting).values(room_id=waiting.room_id, **given)
            )


def _ticket_of(row: Any) -> Ticket:
    return Ticket(
        number=row.number,
        person=NOBODY if row.reference is None else row.reference,
        taken_at=row.taken_at,
        place=row.place,
        state=row.state,
        seat=row.seat,
        hold_until=row.hold_until,
        missed=row.missed,
        back_at=row.back_at,
        ended_at=row.ended_at,
        coded=row.coded,
    )


def _waiting_of(row: Row[Any]) -> Waiting:
    view: WaitingView = decode(row.body, WaitingView, LARGEST_ANSWER)
    return Waiting(row.room_id, row.day, row.look_at, view)
