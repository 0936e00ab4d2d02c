"""A seat that staff open for a workshop or a reservation, without a card."""

from datetime import datetime

from kiosk.rules.booking import bookings_of, running_booking
from kiosk.rules.slot import Ground
from kiosk.session.effect import OpenGate
from kiosk.session.kept import Sitting, Workshop
from kiosk.session.moment import Moment
from kiosk.session.state import Decision, State, clock_trusted, takes_visitors
from kiosk.wire.command import OpenWorkshop
from kiosk.wire.event import CommandAnswered, EventBody, OpeningGivenUp, Outcome
from kiosk.wire.workshop import BookingFace


def open_seat(state: State, command_id: str, wish: OpenWorkshop, moment: Moment) -> Decision:
    """Open the gate for the slot that the hub has made, or tell at once why not."""
    seconds = wish.total_seconds
    if clock_trusted(state.kept, moment.wall):
        # The command was on its way for a while: slot and grace still end with the workshop.
        left = int((wish.until - moment.wall).total_seconds()) - wish.grace_seconds
        seconds = min(seconds, left)
    ground = _hindrance(state, seconds)
    if ground is not None:
        told = (OpeningGivenUp(slot_id=wish.slot_id), *refused(command_id, ground))
        return Decision(state, events=told)
    sitting = Sitting(
        slot_id=wish.slot_id,
        total_seconds=seconds,
        grace_seconds=wish.grace_seconds,
        workshop=Workshop(
            series_id=wish.series_id,
            ground=wish.ground,
            title=wish.title,
            until=wish.until,
            command_id=command_id,
        ),
    )
    opened = state.but(refusal=None, ticket=None, ticket_ask=None, goodbye=None, goodbye_until=None)
    return Decision(
        opened.but(renewal_refusal=None, answered_boot=None).keeping(sitting=sitting),
        effects=(OpenGate(sitting.slot_id, sitting.total_seconds, sitting.grace_seconds),),
    )


def refused(command_id: str | None, ground: Ground) -> tuple[EventBody, ...]:
    """Return what the desk is told of a seat that did not open; nothing where nobody asked."""
    if command_id is None:
        return ()
    return (CommandAnswered(command_id=command_id, outcome=Outcome.REFUSED, code=ground),)


def asked_by(sitting: Sitting) -> str | None:
    """Return the command that wished for this opening, None once it was answered."""
    return None if sitting.workshop is None else sitting.workshop.command_id


def workshop_face(sitting: Sitting, opened_at: datetime) -> BookingFace | None:
    """Return what the seat was opened for, None for a visitor with a card."""
    workshop = sitting.workshop
    if workshop is None:
        return None
    return BookingFace(
        ground=workshop.ground, title=workshop.title, start=opened_at, end=workshop.until
    )


def booking_now(state: State, moment: Moment) -> BookingFace | None:
    """Return the workshop or the reservation that takes the seat now, None if nothing does."""
    situation = state.kept.situation
    if situation is None or not clock_trusted(state.kept, moment.wall):
        return None
    room = situation.room
    booked = (
        booking
        for series in room.bookings
        for booking in bookings_of(series.as_rule(), room.hours.zone)
    )
    found = running_booking(booked, situation.seat.number, moment.wall)
    if found is None:
        return None
    titles = {series.series_id: series.title for series in room.bookings}
    return BookingFace(
        ground=found.series.ground,
        title=titles[found.series.series_id],
        start=found.start,
        end=found.end,
    )


def _hindrance(state: State, seconds: int) -> Ground | None:
    if not takes_visitors(state):
        return Ground.OUT_OF_ORDER
    wiping = state.goodbye is not None and not state.goodbye.clean
    if state.kept.sitting is not None or state.opening is not None or wiping:
        return Ground.SEAT_TAKEN
    return Ground.OVER if seconds <= 0 else None
