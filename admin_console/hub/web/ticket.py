"""The routes of the waiting list, for stations and for staff."""

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from admin_console.hub.service.answer import AskInvalid, Conflict, NotAllowed, NotFound
from admin_console.hub.service.ticket import Tickets
from admin_console.hub.web.argument import (
    BEARER,
    RoomId,
    StaffRequest,
    StationRequest,
    TicketNumber,
    check_text,
    problems,
)
from admin_console.hub.web.body import body_of
from admin_console.hub.web.door import Door
from admin_console.hub.web.pool import Pool
from admin_console.hub.web.problem import refuse
from kiosk.wire.ticket import (
    ChangeAnswer,
    ChangeRoomTicket,
    ChangeTicket,
    TakeTicket,
    TicketAnswer,
)


def own_ticket_routes(tickets: Tickets, door: Door, pool: Pool) -> list[HTTPRouteHandler]:
    """Return the routes by which the holder of a card takes and changes a ticket at a station."""

    @post(
        "/tickets",
        status_code=200,
        dto=body_of(TakeTicket),
        return_dto=None,
        guards=[door.station_only],
        security=BEARER,
        responses=problems(400, 401, 403, 409, 413),
        tags=["station"],
    )
    async def take_ticket(request: StationRequest, data: JSONBody[TakeTicket]) -> TicketAnswer:
        """Take a ticket of the station's room for a card. The same ask gets the same answer."""
        found = await pool.run(tickets.take_at_station, request.user, data)
        if isinstance(found, AskInvalid | Conflict):
            raise refuse(found)
        return found

    @post(
        "/tickets/own",
        status_code=200,
        dto=body_of(ChangeTicket),
        return_dto=None,
        guards=[door.station_only],
        security=BEARER,
        responses=problems(400, 401, 403, 409, 413),
        tags=["station"],
    )
    async def change_ticket(request: StationRequest, data: JSONBody[ChangeTicket]) -> ChangeAnswer:
        """Leave the list, step away or come back, for the holder of a card."""
        found = await pool.run(tickets.change_own, request.user, data)
        if isinstance(found, AskInvalid | Conflict):
            raise refuse(found)
        return found

    return [take_ticket, change_ticket]


def room_ticket_routes(tickets: Tickets, door: Door, pool: Pool) -> list[HTTPRouteHandler]:
    """Return the routes by which staff, and a board signed in as one of them, do the same."""

    @post(
        "/rooms/{room_id:str}/tickets",
        status_code=200,
        dto=body_of(TakeTicket),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404, 409, 413),
        tags=["staff"],
    )
    async def take_room_ticket(
        request: StaffRequest, room_id: RoomId, data: JSONBody[TakeTicket]
    ) -> TicketAnswer:
        """Take a ticket of a room for a card, or for whoever gets the code that is answered."""
        room = check_text(room_id, "room_id")
        found = await pool.run(tickets.take_at_desk, request.user, room, data)
        if isinstance(found, NotAllowed | NotFound | Conflict):
            raise refuse(found)
        return found

    @post(
        "/rooms/{room_id:str}/tickets/{number:int}",
        status_code=200,
        dto=body_of(ChangeRoomTicket),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404, 413),
        tags=["staff"],
    )
    async def change_room_ticket(
        request: StaffRequest,
        room_id: RoomId,
        number: TicketNumber,
        data: JSONBody[ChangeRoomTicket],
    ) -> ChangeAnswer:
        """Take a ticket of today off the list, let its holder step away or back, or call again."""
        room = check_text(room_id, "room_id")
        found = await pool.run(tickets.change_at_desk, request.user, room, number, data)
        if isinstance(found, NotAllowed | NotFound | AskInvalid):
            raise refuse(found)
        return found

    @post(
        "/rooms/{room_id:str}/tickets/own",
        status_code=200,
        dto=body_of(ChangeTicket),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404, 413),
        tags=["board"],
    )
    async def change_holders_ticket(
        request: StaffRequest, room_id: RoomId, data: JSONBody[ChangeTicket]
    ) -> ChangeAnswer:
        """Leave the list, step away or come back, for whoever passes a card at a board."""
        room = check_text(room_id, "room_id")
        found = await pool.run(tickets.change_at_board, request.user, room, data)
        if isinstance(found, NotAllowed | NotFound | AskInvalid):
            raise refuse(found)
        return found

    return [take_room_ticket, change_room_ticket, change_holders_ticket]
