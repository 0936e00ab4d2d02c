"""How the desk reaches a station: rows that live for a minute."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from admin_console.hub.service.act import Whom, note
from admin_console.hub.service.allowance import boundaries, limit_instant
from admin_console.hub.service.answer import AskInvalid, Conflict, NotAllowed, NotFound
from admin_console.hub.service.bell import station_topic
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.port import Clock, Store, Work
from admin_console.hub.service.record import CommandRecord, Seat, Slot, SlotState
from admin_console.hub.service.view import command_view, encode_body, tell_command
from admin_console.hub.service.waiting import find_waiting
from kiosk.rules.allowance import adapted
from kiosk.rules.estimate import delays
from kiosk.rules.slot import Grant, Ground, Refusal, Running, extend
from kiosk.rules.ticket import ticket_label
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.change import CommandIssued
from kiosk.wire.command import (
    LIFETIME_SECONDS,
    AnswerHelp,
    ClearOutOfOrder,
    Command,
    CommandBody,
    CommandState,
    CommandView,
    EndSlot,
    ExtendSlot,
    IssueCommand,
    OpenWorkshop,
    SetOutOfOrder,
    ShortenSlot,
    ShowMessage,
)
from kiosk.wire.desk import Delay, ExtensionForecast, ExtensionRefused, ForecastAnswer, Role
from kiosk.wire.place import RoomView

COMMANDERS = frozenset({Role.AGENT, Role.TRAINER, Role.IT, Role.ADMIN})
"""The roles that may send a command."""

RECEIVED_SECONDS = 3600
"""A station that has taken a command answers when the visitor has read it, or the slot is over."""


_ACTS: Mapping[type[CommandBody], ActKind] = MappingProxyType(
    {
        ShowMessage: ActKind.MESSAGE_SENT,
        ExtendSlot: ActKind.SESSION_EXTENDED,
        EndSlot: ActKind.SESSION_ENDED,
        SetOutOfOrder: ActKind.SEAT_CLOSED,
        ClearOutOfOrder: ActKind.SEAT_REOPENED,
        AnswerHelp: ActKind.HELP_ANSWERED,
    }
)


class Commands:
    """Issues commands as rows, and says what they would do."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def issue(
        self, staff: StaffIdentity, ask: IssueCommand
    ) -> CommandView | NotAllowed | NotFound | AskInvalid | Conflict:
        """Send a command to the station of a seat. The same ask is answered with where it stands.

        A command for a slot that is over is answered as refused at once, and never sent; so is more
        time than the room has for it, by the rule that `forecast` tells.
        `Conflict`: the identifier stands for another command, or the seat has no station.
        `AskInvalid`: a command about a slot names none, or it is one that only the hub sends, for a
        series: it would open or shorten past every rule of workshops.
        """
        if not COMMANDERS & staff.roles:
            return NotAllowed()
        if isinstance(ask.body, ShortenSlot | OpenWorkshop):
            return AskInvalid("only the hub sends such a command, for a series")
        if isinstance(ask.body, ExtendSlot | EndSlot | ShowMessage) and ask.slot_id is None:
            return AskInvalid("a command about a slot names the slot")
        kind, body = encode_body(ask.body)
        with self._store.begin(write=True) as work:
            seat = work.seats.get(ask.seat_id)
            if seat is None or seat.site_id not in staff.site_ids:
                return NotFound()
            work.rooms.hold(seat.room_id)
            earlier = work.commands.get(ask.command_id)
            if earlier is not None:
                same = (earlier.staff_id, earlier.seat_id, earlier.slot_id, earlier.body)
                if same == (staff.staff_id, ask.seat_id, ask.slot_id, body):
                    return command_view(earlier)
                return Conflict("the identifier stands for another command")
            # Only now nobody can replace the station any more.
            seat = work.seats.get(ask.seat_id)
            if seat is None or seat.station_id is None:
                return Conflict("the seat has no station")
            slot = None if ask.slot_id is None else work.slots.get(ask.slot_id)
            if ask.slot_id is not None and (slot is None or slot.seat_id != seat.seat_id):
                return NotFound()
            now = self._clock.now()
            ground = None if slot is None else _hindrance(work, seat, slot, ask.body, now)
            command = CommandRecord(
                command_id=ask.command_id,
                staff_id=staff.staff_id,
                site_id=seat.site_id,
                room_id=seat.room_id,
                seat_id=seat.seat_id,
                station_id=seat.station_id,
                slot_id=ask.slot_id,
                kind=kind,
                body=body,
                state=CommandState.SENT if ground is None else CommandState.REFUSED,
                issued_at=now,
                expires_at=now + timedelta(seconds=LIFETIME_SECONDS),
                changed_at=now,
                code=ground,
            )
            work.commands.add(command)
            tell_command(work, command)
            _note(work, staff, seat, slot, ask.body, ground)
            if ground is None:
                work.changes.add(
                    CommandIssued(
                        command=Command(
                            command_id=command.command_id,
                            station_id=command.station_id,
                            slot_id=command.slot_id,
                            issued_at=command.issued_at,
                            expires_at=command.expires_at,
                            body=ask.body,
                        )
                    ),
                    topic=station_topic(command.station_id),
                    site_id=command.site_id,
                    for_staff=False,
                )
        return command_view(command)

    def forecast(
        self, staff: StaffIdentity, slot_id: str, seconds: int
    ) -> ForecastAnswer | NotAllowed | NotFound:
        """Say what `seconds` more for a slot would do."""
        if not COMMANDERS & staff.roles:
            return NotAllowed()
        with self._store.begin(write=False) as work:
            slot = work.slots.get(slot_id)
            seat = None if slot is None else work.seats.get(slot.seat_id)
            if slot is None or seat is None or seat.site_id not in staff.site_ids:
                return NotFound()
            room = work.rooms.get(slot.room_id)
            if room is None or slot.state is not SlotState.OPEN or slot.ends_at is None:
                return ExtensionRefused(ground=Ground.OVER)
            now = self._clock.now()
            found = _extend(room, seat, slot, seconds, now)
            if isinstance(found, Refusal):
                return ExtensionRefused(ground=found.ground, at=found.at)
            added = found.total_seconds - slot.total_seconds
            delayed = _delays(work, room, seat.number, added, now)
        return ExtensionForecast(
            slot_id=slot_id,
            seconds=seconds,
            added_seconds=added,
            total_seconds=found.total_seconds,
            ends_at=slot.ends_at + timedelta(seconds=added),
            delays=delayed,
            limit=None if found.limit is None else found.limit.ground,
            limit_at=limit_instant(room, found.limit),
        )

    def expire_due(self) -> int:
        """Expire the commands that nobody took or answered in time; returns how many."""
        now = self._clock.now()
        with self._store.begin(write=False) as work:
            due = work.commands.overdue(now, now - timedelta(seconds=RECEIVED_SECONDS))
        return sum(self._expire(command_id) for command_id in due)

    def _expire(self, command_id: str) -> bool:
        with self._store.begin(write=True) as work:
            command = work.commands.get(command_id)
            if command is None:
                return False
            work.rooms.hold(command.room_id)
            # The answer may have come while the room was held by another.
            command = work.commands.get(command_id)
            if command is None or command.state not in {CommandState.SENT, CommandState.RECEIVED}:
                return False
            command = replace(command, state=CommandState.EXPIRED, changed_at=self._clock.now())
            work.commands.save(command)
            tell_command(work, command)
        return True


def _note(
    work: Work,
    staff: StaffIdentity,
    seat: Seat,
    slot: Slot | None,
    body: CommandBody,
    ground: Ground | None,
) -> None:
    """Journal a command, also one that was refused at once; to find a seat is no act."""
    kind = _ACTS.get(type(body))
    if kind is None:
        return
    seconds = None
    if isinstance(body, ExtendSlot) and slot is not None:
        seconds = max(body.total_seconds - slot.total_seconds, 0)
    facts = ActFacts(room_id=seat.room_id, seat=seat.number, seconds=seconds, code=ground or "")
    person = None if slot is None else work.slots.person(slot.slot_id)
    note(work, staff, kind, seat.site_id, facts, None if person is None else Whom(person))


def _hindrance(
    work: Work, seat: Seat, slot: Slot, body: CommandBody, now: datetime
) -> Ground | None:
    """Return why a command about a slot is not sent, None if it is; the room is held."""
    if slot.state is not SlotState.OPEN:
        return Ground.OVER
    if not isinstance(body, ExtendSlot) or body.total_seconds <= slot.total_seconds:
        return None
    room = work.rooms.get(slot.room_id)
    if room is None:
        return Ground.OVER
    found = _extend(room, seat, slot, body.total_seconds - slot.total_seconds, now)
    if isinstance(found, Refusal):
        return found.ground
    if found.total_seconds >= body.total_seconds:
        return None
    return Ground.RENEWALS if found.limit is None else found.limit.ground


def _extend(room: RoomView, seat: Seat, slot: Slot, seconds: int, now: datetime) -> Grant | Refusal:
    known = boundaries(room, seat.number, now)
    if isinstance(known, Refusal):
        return known
    if slot.ends_at is None:
        return Refusal(Ground.OVER)
    left = (slot.ends_at - now).total_seconds()
    running = Running(slot.total_seconds, slot.total_seconds - left, slot.renewals)
    return extend(adapted(room.rule.as_rule(), slot.time), now, running, known, seconds)


def _delays(
    work: Work, room: RoomView, seat: int, seconds: int, now: datetime
) -> tuple[Delay, ...]:
    """Return whom more time on a seat keeps waiting, and until when."""
    found = find_waiting(work, room, now)
    if found is None:
        return ()
    return tuple(
        Delay(ticket=ticket_label(room.letter, one.ticket), until=one.after or found.closes_at)
        for one in delays(found.snapshot(), seat, seconds)
    )
