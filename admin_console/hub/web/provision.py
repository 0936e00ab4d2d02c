"""The routes of acting alone: what stations fetch for it, guest passes, and the parked facts."""

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from admin_console.hub.service.answer import Conflict, NotAllowed, NotFound
from admin_console.hub.service.guestpass import PassDesk, PassOpenings
from admin_console.hub.service.parked import ParkedDesk
from admin_console.hub.service.provision import Provisioning
from admin_console.hub.web.argument import (
    BEARER,
    SiteId,
    StaffRequest,
    StationRequest,
    check_text,
    problems,
)
from admin_console.hub.web.body import body_of
from admin_console.hub.web.door import Door
from admin_console.hub.web.pool import Pool
from admin_console.hub.web.problem import refuse
from kiosk.wire.parked import MarkSeen, ParkedFacts
from kiosk.wire.provision import MakePass, OpenByPass, PassAnswer, Provisions
from kiosk.wire.station import SlotAnswer


def provision_routes(
    provisioning: Provisioning, openings: PassOpenings, door: Door, pool: Pool
) -> list[HTTPRouteHandler]:
    """Return the routes by which a station prepares to act alone, and opens by a pass."""

    @get(
        "/provisions",
        guards=[door.station_only],
        security=BEARER,
        responses=problems(401, 403),
        tags=["station"],
    )
    async def provisions(request: StationRequest) -> Provisions:
        """Return what lets the station take visitors while the hub is away."""
        return await pool.run(provisioning.provide, request.user)

    @post(
        "/slots/pass",
        status_code=200,
        dto=body_of(OpenByPass),
        return_dto=None,
        guards=[door.station_only],
        security=BEARER,
        responses=problems(400, 401, 403, 413),
        tags=["station"],
    )
    async def open_by_pass(request: StationRequest, data: JSONBody[OpenByPass]) -> SlotAnswer:
        """Open a slot by a guest pass. The same id gets the same answer."""
        return await pool.run(openings.open, request.user, data)

    return [provisions, open_by_pass]


def pass_route(passes: PassDesk, door: Door, pool: Pool) -> HTTPRouteHandler:
    """Return the route by which staff give out a guest pass."""

    @post(
        "/sites/{site_id:str}/passes",
        status_code=200,
        dto=body_of(MakePass),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404, 409, 413),
        tags=["staff"],
    )
    async def make_pass(
        request: StaffRequest, site_id: SiteId, data: JSONBody[MakePass]
    ) -> PassAnswer:
        """Make a guest pass of a site for today. The same id gets the same pass."""
        site = check_text(site_id, "site_id")
        found = await pool.run(passes.make, request.user, site, data)
        if isinstance(found, NotAllowed | NotFound | Conflict):
            raise refuse(found)
        return found

    return make_pass


def parked_routes(parked: ParkedDesk, door: Door, pool: Pool) -> list[HTTPRouteHandler]:
    """Return the routes that list the parked facts of a site and take them off the list."""

    @get(
        "/sites/{site_id:str}/parked",
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404),
        tags=["staff"],
    )
    async def parked_facts(request: StaffRequest, site_id: SiteId) -> ParkedFacts:
        """Return the facts of a site that contradict what the hub knows, the newest first."""
        found = await pool.run(parked.facts, request.user, check_text(site_id, "site_id"))
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    @post(
        "/sites/{site_id:str}/parked",
        status_code=200,
        dto=body_of(MarkSeen),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404, 413),
        tags=["staff"],
    )
    async def mark_seen(
        request: StaffRequest, site_id: SiteId, data: JSONBody[MarkSeen]
    ) -> ParkedFacts:
        """Take facts off the list, somebody having looked at them; returns what is left of it."""
        site = check_text(site_id, "site_id")
        found = await pool.run(parked.mark_seen, request.user, site, data)
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    return [parked_facts, mark_seen]
