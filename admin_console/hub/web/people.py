"""The routes by which staff meet people at the desk and write them down.

Cards, codes and names stand in bodies only: no address and no line of the log bears one.
"""

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from admin_console.hub.service.answer import Conflict, NotAllowed, NotFound
from admin_console.hub.service.importing import Imports
from admin_console.hub.service.meeting import Meetings
from admin_console.hub.service.registry import Registry
from admin_console.hub.web.argument import BEARER, StaffRequest, problems
from admin_console.hub.web.body import body_of
from admin_console.hub.web.door import Door
from admin_console.hub.web.pool import Pool
from admin_console.hub.web.problem import refuse
from kiosk.wire.people import (
    LARGEST_IMPORT,
    ChangePerson,
    ImportAnswer,
    ImportPeople,
    MakePin,
    MeetingAnswer,
    MeetPerson,
    PersonChangeAnswer,
    PinAnswer,
    RegisterPerson,
    RegistrationAnswer,
)


def meeting_route(meetings: Meetings, door: Door, pool: Pool) -> HTTPRouteHandler:
    """Return the route that tells who holds a card."""

    @post(
        "/people/search",
        status_code=200,
        dto=body_of(MeetPerson),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404, 413),
        tags=["staff"],
    )
    async def meet_person(request: StaffRequest, data: JSONBody[MeetPerson]) -> MeetingAnswer:
        """Say who holds a card that was passed at the desk, and what a room has for them."""
        found = await pool.run(meetings.meet, request.user, data)
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    return meet_person


def import_route(imports: Imports, door: Door, files: Pool) -> HTTPRouteHandler:
    """Return the route that takes a file of members; its threads take nobody else's time."""

    @post(
        "/people/import",
        status_code=200,
        dto=body_of(ImportPeople, LARGEST_IMPORT),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 413),
        tags=["staff"],
        request_max_body_size=LARGEST_IMPORT,
    )
    async def import_people(request: StaffRequest, data: JSONBody[ImportPeople]) -> ImportAnswer:
        """Say what a file would do; write it if the digest of a dry run comes with it."""
        found = await files.run(imports.take_from_desk, request.user, data)
        if isinstance(found, NotAllowed):
            raise refuse(found)
        return found

    return import_people


def registry_routes(
    registry: Registry, door: Door, pool: Pool, slow: Pool
) -> list[HTTPRouteHandler]:
    """Return the routes that write people down; a code is hashed where it may take its time."""

    @post(
        "/people",
        status_code=200,
        dto=body_of(RegisterPerson),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 409, 413),
        tags=["staff"],
    )
    async def register_person(
        request: StaffRequest, data: JSONBody[RegisterPerson]
    ) -> RegistrationAnswer:
        """Keep a new person, none with faults; the same id gets the same answer."""
        found = await slow.run(registry.register, request.user, data)
        if isinstance(found, NotAllowed | Conflict):
            raise refuse(found)
        return found

    @post(
        "/people/change",
        status_code=200,
        dto=body_of(ChangePerson),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 413),
        tags=["staff"],
    )
    async def change_person(
        request: StaffRequest, data: JSONBody[ChangePerson]
    ) -> PersonChangeAnswer:
        """Keep other facts of a known person."""
        found = await pool.run(registry.change, request.user, data)
        if isinstance(found, NotAllowed):
            raise refuse(found)
        return found

    @post(
        "/people/pin",
        status_code=200,
        dto=body_of(MakePin),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 413),
        tags=["staff"],
    )
    async def make_pin(request: StaffRequest, data: JSONBody[MakePin]) -> PinAnswer:
        """Make a new code for a card; it is told this once, and the old one opens nothing more."""
        found = await slow.run(registry.make_pin, request.user, data)
        if isinstance(found, NotAllowed):
            raise refuse(found)
        return found

    return [register_person, change_person, make_pin]
