"""The routes that stations use."""

from collections.abc import Callable
from datetime import datetime

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from admin_console.hub.service.contact import Presence
from admin_console.hub.service.enrolment import Enrolment
from admin_console.hub.service.feed import Feed
from admin_console.hub.service.intake import Intake
from admin_console.hub.service.opening import Openings
from admin_console.hub.service.provision import Provisioning
from admin_console.hub.service.renewal import Renewals
from admin_console.hub.web.argument import (
    BEARER,
    SlotId,
    StationRequest,
    check_slot_id,
    problems,
)
from admin_console.hub.web.body import body_of
from admin_console.hub.web.door import Door
from admin_console.hub.web.pool import Pool
from admin_console.hub.web.problem import Refused
from kiosk.wire.event import EventBatch, EventsAnswer
from kiosk.wire.problem import ProblemCode
from kiosk.wire.station import (
    EnrolmentAnswer,
    EnrolStation,
    OpenSlot,
    RenewalAnswer,
    RenewSlot,
    ReportAnswer,
    SlotAnswer,
    SlotGranted,
    StationEnrolled,
    StationReport,
    StationSituation,
)

LONGEST_BATCH = 100


def enrolment_route(enrolment: Enrolment, door: Door, pool: Pool) -> HTTPRouteHandler:
    """Return the route by which a PC becomes the station of a seat."""

    @post(
        "/enrolments",
        status_code=200,
        dto=body_of(EnrolStation),
        return_dto=None,
        responses=problems(400, 413),
        tags=["station"],
    )
    async def enrol(data: JSONBody[EnrolStation]) -> EnrolmentAnswer:
        """Become the station of a seat, by the code of a room."""
        answer = await pool.run(enrolment.enrol, data)
        if isinstance(answer, StationEnrolled):
            # The seat may have had another station, which is nobody from now on.
            door.forget_stations()
        return answer

    return enrol


def report_route(
    presence: Presence,
    feed: Feed,
    door: Door,
    now: Callable[[], datetime],
    on_contact: Callable[[], None],
) -> HTTPRouteHandler:
    """Return the route of the sign of life, which works in memory alone."""

    @post(
        "/reports",
        status_code=200,
        dto=body_of(StationReport),
        return_dto=None,
        guards=[door.station_only],
        security=BEARER,
        responses=problems(400, 401, 403, 413),
        tags=["station"],
    )
    async def report(request: StationRequest, data: JSONBody[StationReport]) -> ReportAnswer:
        """Give a sign of life; the answer tells the hub's time and the last change to read."""
        if presence.beat(request.user, data):
            on_contact()
        return ReportAnswer(hub_time=now(), cursor=feed.latest_for(request.user))

    return report


def slot_routes(
    openings: Openings,
    renewals: Renewals,
    provisioning: Provisioning,
    door: Door,
    pool: Pool,
    slow: Pool,
) -> list[HTTPRouteHandler]:
    """Return the routes that open and renew slots; checking a code has threads of its own.

    A card whose slot was granted becomes known to its room after the answer; a hub that stops
    before that loses nothing else.
    """

    @post(
        "/slots",
        status_code=200,
        dto=body_of(OpenSlot),
        return_dto=None,
        guards=[door.station_only],
        security=BEARER,
        responses=problems(400, 401, 403, 413),
        tags=["station"],
    )
    async def open_slot(request: StationRequest, data: JSONBody[OpenSlot]) -> SlotAnswer:
        """Open a slot. The same id gets the same answer."""
        answer = await slow.run(openings.open, request.user, data)
        if isinstance(answer, SlotGranted):
            slow.leave(provisioning.remember, request.user, data)
        return answer

    @post(
        "/slots/{slot_id:str}/renewals",
        status_code=200,
        dto=body_of(RenewSlot),
        return_dto=None,
        guards=[door.station_only],
        security=BEARER,
        responses=problems(400, 401, 403, 413),
        tags=["station"],
    )
    async def renew_slot(
        request: StationRequest, slot_id: SlotId, data: JSONBody[RenewSlot]
    ) -> RenewalAnswer:
        """Renew a slot from the total that it has. The same ask gets the same answer."""
        if check_slot_id(slot_id) != data.slot_id:
            raise Refused(ProblemCode.INVALID, "the address and the body name two slots")
        return await pool.run(renewals.renew, request.user, data)

    return [open_slot, renew_slot]


def fact_routes(feed: Feed, intake: Intake, door: Door, pool: Pool) -> list[HTTPRouteHandler]:
    """Return the routes by which a station learns where it stands and tells what happened."""

    @get(
        "/situation",
        guards=[door.station_only],
        security=BEARER,
        responses=problems(401, 403),
        tags=["station"],
    )
    async def situation(request: StationRequest) -> StationSituation:
        """Return all that a station needs to act alone."""
        return await pool.run(feed.situation, request.user)

    @post(
        "/events",
        status_code=200,
        dto=body_of(EventBatch),
        return_dto=None,
        guards=[door.station_only],
        security=BEARER,
        responses=problems(400, 401, 403, 413),
        tags=["station"],
    )
    async def tell_events(request: StationRequest, data: JSONBody[EventBatch]) -> EventsAnswer:
        """Tell facts, in the station's order; one verdict for each."""
        if len(data.events) > LONGEST_BATCH:
            raise Refused(ProblemCode.INVALID, f"a batch has at most {LONGEST_BATCH} events")
        return await pool.run(intake.receive, request.user, data)

    return [situation, tell_events]
