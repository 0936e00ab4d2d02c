"""The route by which a station learns where else one can go."""

from litestar import get
from litestar.handlers import HTTPRouteHandler

from admin_console.hub.service.guide import Guide
from admin_console.hub.web.argument import BEARER, StationRequest, problems
from admin_console.hub.web.door import Door
from admin_console.hub.web.pool import Pool
from kiosk.wire.guide import Places


def places_route(guide: Guide, door: Door, pool: Pool) -> HTTPRouteHandler:
    """Return the route of *Where can I go?*."""

    @get(
        "/places",
        guards=[door.station_only],
        security=BEARER,
        responses=problems(401, 403),
        tags=["station"],
    )
    async def places(request: StationRequest) -> Places:
        """Return the rooms of the town with their hours and free seats."""
        return await pool.run(guide.places, request.user)

    return places
