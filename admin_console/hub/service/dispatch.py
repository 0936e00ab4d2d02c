"""How a command becomes a row for its station, whoever wishes it."""

from datetime import datetime, timedelta

from admin_console.hub.service.bell import station_topic
from admin_console.hub.service.port import Work
from admin_console.hub.service.record import CommandRecord, Seat
from admin_console.hub.service.view import encode_body, tell_command
from kiosk.wire.change import CommandIssued
from kiosk.wire.command import LIFETIME_SECONDS, Command, CommandBody, CommandState


def send(
    work: Work,
    staff_id: str,
    seat: Seat,
    command_id: str,
    body: CommandBody,
    now: datetime,
    slot_id: str | None = None,
) -> CommandRecord:
    """Send a new command to the station of a seat; the room must be held.

    Args:
        work: the unit of work.
        staff_id: who wishes it.
        seat: a seat that has a station.
        command_id: an identifier that nobody has used.
        body: what is wished.
        now: the present instant.
        slot_id: the slot that it is for, None for whoever sits there.

    Raises:
        ValueError: the seat has no station.
    """
    if seat.station_id is None:
        message = "a seat without a station takes no command"
        raise ValueError(message)
    kind, encoded = encode_body(body)
    command = CommandRecord(
        command_id=command_id,
        staff_id=staff_id,
        site_id=seat.site_id,
        room_id=seat.room_id,
        seat_id=seat.seat_id,
        station_id=seat.station_id,
        slot_id=slot_id,
        kind=kind,
        body=encoded,
        state=CommandState.SENT,
        issued_at=now,
        expires_at=now + timedelta(seconds=LIFETIME_SECONDS),
        changed_at=now,
    )
    work.commands.add(command)
    tell_command(work, command)
    issued = Command(
        command_id=command_id,
        station_id=seat.station_id,
        slot_id=slot_id,
        issued_at=command.issued_at,
        expires_at=command.expires_at,
        body=body,
    )
    work.changes.add(
        CommandIssued(command=issued),
        topic=station_topic(seat.station_id),
        site_id=seat.site_id,
        for_staff=False,
    )
    return command
