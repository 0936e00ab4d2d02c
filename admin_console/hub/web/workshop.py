"""The routes by which staff write workshops and reservations, and run them."""

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.series import SeriesBook
from admin_console.hub.service.workshop import Workshops
from admin_console.hub.web.argument import BEARER, RoomId, StaffRequest, check_text, problems
from admin_console.hub.web.body import body_of
from admin_console.hub.web.door import Door
from admin_console.hub.web.pool import Pool
from admin_console.hub.web.problem import refuse
from kiosk.wire.workshop import RunWorkshop, SeriesAnswer, SetSeries, WorkshopAnswer


def workshop_routes(
    series: SeriesBook, workshops: Workshops, door: Door, pool: Pool
) -> list[HTTPRouteHandler]:
    """Return the routes."""

    @post(
        "/rooms/{room_id:str}/series",
        status_code=200,
        dto=body_of(SetSeries),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404, 413),
        tags=["staff"],
    )
    async def set_series(
        request: StaffRequest, room_id: RoomId, data: JSONBody[SetSeries]
    ) -> SeriesAnswer:
        """Keep a workshop or a reservation, or ask first about what it runs into."""
        room = check_text(room_id, "room_id")
        found = await pool.run(series.set_series, request.user, room, data)
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    @post(
        "/rooms/{room_id:str}/workshops",
        status_code=200,
        dto=body_of(RunWorkshop),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404, 413),
        tags=["staff"],
    )
    async def run_workshop(
        request: StaffRequest, room_id: RoomId, data: JSONBody[RunWorkshop]
    ) -> WorkshopAnswer:
        """Open all the seats of a series without cards, or end them."""
        room = check_text(room_id, "room_id")
        found = await pool.run(workshops.run, request.user, room, data)
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    return [set_series, run_workshop]
