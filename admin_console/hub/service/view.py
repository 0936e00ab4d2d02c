"""What the wire shows of the rows, and how a change of them is told."""

import msgspec

from admin_console.hub.service.bell import desk_topic, seat_topic
from admin_console.hub.service.port import Work
from admin_console.hub.service.record import CommandRecord, Seat, Slot, SlotState
from kiosk.wire.change import CommandChanged, SeatChanged
from kiosk.wire.command import CommandBody, CommandView
from kiosk.wire.place import SeatView, SlotView


def slot_view(slot: Slot) -> SlotView | None:
    """Return what is shown of an open slot, None of any other."""
    if slot.state is not SlotState.OPEN or slot.opened_at is None or slot.ends_at is None:
        return None
    return SlotView(
        slot_id=slot.slot_id,
        opened_at=slot.opened_at,
        ends_at=slot.ends_at,
        total_seconds=slot.total_seconds,
        renewals=slot.renewals,
        in_grace=slot.in_grace,
        locked=slot.locked,
        locked_since=slot.locked_since,
        series_id=slot.series_id,
    )


def seat_view(seat: Seat, slot: Slot | None) -> SeatView:
    """Return what is shown of a seat and its open slot."""
    return SeatView(
        seat_id=seat.seat_id,
        room_id=seat.room_id,
        site_id=seat.site_id,
        number=seat.number,
        label=seat.label,
        station_id=seat.station_id,
        in_contact=seat.in_contact,
        contact_since=seat.contact_since,
        out_of_order=seat.out_of_order,
        out_of_order_since=seat.out_of_order_since,
        slot=None if slot is None else slot_view(slot),
        help_asked_at=seat.help_asked_at,
        clock_trusted=seat.clock_trusted,
        key_left_at=seat.key_left_at,
    )


def open_slot(work: Work, seat_id: str) -> Slot | None:
    """Return the open slot of a seat; a seat has one at most."""
    return next(
        (slot for slot in work.slots.live_on(seat_id) if slot.state is SlotState.OPEN), None
    )


def tell_seat(work: Work, seat_id: str) -> None:
    """Tell what stands at a seat now. The room must be held, or two tellings may cross."""
    seat = work.seats.get(seat_id)
    if seat is None:
        message = "a seat that has changed is gone"
        raise LookupError(message)
    work.changes.add(
        SeatChanged(seat=seat_view(seat, open_slot(work, seat_id))),
        topic=seat_topic(seat_id),
        site_id=seat.site_id,
    )


def command_view(command: CommandRecord) -> CommandView:
    """Return what the desk sees of a command: never the words of a message."""
    return CommandView(
        command_id=command.command_id,
        seat_id=command.seat_id,
        kind=command.kind,
        state=command.state,
        issued_at=command.issued_at,
        changed_at=command.changed_at,
        code=command.code,
    )


def tell_command(work: Work, command: CommandRecord) -> None:
    """Tell the desk where a command stands now."""
    work.changes.add(
        CommandChanged(command=command_view(command)),
        topic=desk_topic(command.site_id),
        site_id=command.site_id,
    )


def encode_body(body: msgspec.Struct) -> tuple[str, bytes]:
    """Return the kind of a tagged body and its encoded form."""
    return str(type(body).__struct_config__.tag), msgspec.json.encode(body)


def decode_command(body: bytes) -> CommandBody:
    """Return the command that a row keeps."""
    found: CommandBody = msgspec.json.decode(body, type=CommandBody)
    return found
