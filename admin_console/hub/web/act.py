"""The routes of the journal of acts: an administrator reads it, and a card is shown for a line."""

from litestar import post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from admin_console.hub.service.act import ActJournal
from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.card import Cards
from admin_console.hub.web.argument import BEARER, StaffRequest, problems
from admin_console.hub.web.body import body_of
from admin_console.hub.web.door import Door
from admin_console.hub.web.pool import Pool
from admin_console.hub.web.problem import refuse
from kiosk.wire.act import ActsPage, ReadActs, ShowCard
from kiosk.wire.desk import ShowAnswer


def act_routes(journal: ActJournal, cards: Cards, door: Door, pool: Pool) -> list[HTTPRouteHandler]:
    """Return the routes."""

    @post(
        "/acts/search",
        status_code=200,
        dto=body_of(ReadActs),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 413),
        tags=["staff"],
    )
    async def read_acts(request: StaffRequest, data: JSONBody[ReadActs]) -> ActsPage:
        """Return what staff did in some time, the newest first."""
        found = await pool.run(journal.read, request.user, data)
        if isinstance(found, NotAllowed):
            raise refuse(found)
        return found

    @post(
        "/cards/show",
        status_code=200,
        dto=body_of(ShowCard),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404, 413),
        tags=["staff"],
    )
    async def show_card(request: StaffRequest, data: JSONBody[ShowCard]) -> ShowAnswer:
        """Write down that all digits of a card are looked at, before they are."""
        found = await pool.run(cards.show, request.user, data)
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    return [read_acts, show_card]
