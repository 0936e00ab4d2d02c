"""The routes that the staff console uses."""

from litestar import delete, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from admin_console.hub.service.answer import AskInvalid, Conflict, NotAllowed, NotFound
from admin_console.hub.service.card import Cards
from admin_console.hub.service.command import Commands
from admin_console.hub.service.day import Days
from admin_console.hub.service.feed import Feed
from admin_console.hub.service.staff import StaffDoor
from admin_console.hub.web.argument import (
    BEARER,
    MoreSeconds,
    SeatId,
    SlotId,
    StaffRequest,
    check_slot_id,
    check_text,
    problems,
)
from admin_console.hub.web.body import body_of
from admin_console.hub.web.door import Door
from admin_console.hub.web.pool import Pool
from admin_console.hub.web.problem import refuse
from kiosk.wire.command import CommandView, IssueCommand
from kiosk.wire.desk import (
    CardAnswer,
    Estate,
    FindCard,
    ForecastAnswer,
    SeatDay,
    SignInStaff,
    StaffAnswer,
)


def session_routes(
    staff: StaffDoor, door: Door, pool: Pool, strangers: Pool
) -> list[HTTPRouteHandler]:
    """Return the routes by which staff come in and go; who is not in yet has threads apart."""

    @post(
        "/staff/sessions",
        status_code=200,
        dto=body_of(SignInStaff),
        return_dto=None,
        responses=problems(400, 413),
        tags=["staff"],
    )
    async def sign_in(data: JSONBody[SignInStaff]) -> StaffAnswer:
        """Sign in at the desk; the token is told this once."""
        return await strangers.run(staff.sign_in, data)

    @delete(
        "/staff/sessions",
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(401, 403),
        tags=["staff"],
    )
    async def sign_out(request: StaffRequest) -> None:
        """End the session of the token that asks."""
        await pool.run(staff.sign_out, request.auth)
        door.forget_token(request.auth)

    return [sign_in, sign_out]


def estate_routes(feed: Feed, days: Days, door: Door, pool: Pool) -> list[HTTPRouteHandler]:
    """Return the routes that show the estate and the day of a seat."""

    @get(
        "/estate",
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(401, 403),
        tags=["staff"],
    )
    async def estate(request: StaffRequest) -> Estate:
        """Return all that the bearer may see."""
        return await pool.run(feed.estate, request.user)

    @get(
        "/seats/{seat_id:str}/day",
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404),
        tags=["staff"],
    )
    async def seat_day(request: StaffRequest, seat_id: SeatId) -> SeatDay:
        """Return the slots and the last events of a seat on its room's local date."""
        found = await pool.run(days.seat_day, request.user, check_text(seat_id, "seat_id"))
        if isinstance(found, NotFound):
            raise refuse(found)
        return found

    return [estate, seat_day]


def card_route(cards: Cards, door: Door, pool: Pool) -> HTTPRouteHandler:
    """Return the route that tells where a card sits."""

    @post(
        "/cards/search",
        status_code=200,
        dto=body_of(FindCard),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 413),
        tags=["staff"],
    )
    async def find_card(request: StaffRequest, data: JSONBody[FindCard]) -> CardAnswer:
        """Say where a card that was passed at the desk sits, never whose it is."""
        found = await pool.run(cards.find, request.user, data)
        if isinstance(found, NotAllowed):
            raise refuse(found)
        return found

    return find_card


def command_routes(commands: Commands, door: Door, pool: Pool) -> list[HTTPRouteHandler]:
    """Return the routes that reach a station, and say beforehand what that would do."""

    @post(
        "/commands",
        status_code=200,
        dto=body_of(IssueCommand),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404, 409, 413),
        tags=["staff"],
    )
    async def issue_command(request: StaffRequest, data: JSONBody[IssueCommand]) -> CommandView:
        """Send a command to the station of a seat. The same ask is answered with its state."""
        found = await pool.run(commands.issue, request.user, data)
        if isinstance(found, NotAllowed | NotFound | AskInvalid | Conflict):
            raise refuse(found)
        return found

    @get(
        "/slots/{slot_id:str}/forecast",
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404),
        tags=["staff"],
    )
    async def forecast(
        request: StaffRequest, slot_id: SlotId, seconds: MoreSeconds
    ) -> ForecastAnswer:
        """Say what more time for a slot would do, and whom it delays."""
        found = await pool.run(commands.forecast, request.user, check_slot_id(slot_id), seconds)
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    return [issue_command, forecast]
