"""What becomes of one ticket of a room, and how it is shown then."""

from dataclasses import replace
from datetime import datetime, timedelta

from admin_console.hub.service.outline import ticket_view
from admin_console.hub.service.waiting import WaitingRoom
from kiosk.rules.hours import next_opening
from kiosk.rules.ticket import Ticket, TicketState
from kiosk.rules.waiting import ListFault, Step, come_back, leave, step_away
from kiosk.wire.place import RoomView
from kiosk.wire.ticket import TicketAct
from kiosk.wire.waiting import TicketView, WaitingView


def change_step(
    found: WaitingRoom, ticket: Ticket, act: TicketAct, until: datetime | None, now: datetime
) -> Step:
    """Return the list after an act on a live ticket, or why it cannot be done."""
    match act:
        case TicketAct.LEAVE:
            return leave(found.waiting, ticket.person, now)
        case TicketAct.STEP_AWAY:
            back_at = now if until is None else until
            return step_away(found.waiting, ticket.person, back_at, now, found.closes_at)
        case TicketAct.COME_BACK:
            return come_back(found.waiting, ticket.person)
        case TicketAct.CALL_AGAIN:
            if ticket.state is not TicketState.CALLED:
                return ListFault.SEAT_NOT_FREE
            held = timedelta(seconds=found.room.rule.hold_seconds)
            return found.waiting.but([replace(ticket, hold_until=now + held)])


def shown_ticket(view: WaitingView, room: RoomView, ticket: Ticket) -> TicketView:
    """Return a ticket as the list shows it, or as it ended."""
    live = (one for one in view.tickets if one.number == ticket.number)
    return next(live, None) or ticket_view(room, ticket)


def opens_at(room: RoomView, now: datetime) -> datetime | None:
    """Return when a closed room opens next."""
    later = next_opening(room.hours.as_rule(), now)
    return None if later is None else later.start
