"""The routes by which staff look after print credit: cards, top-ups, refunds, what is doubtful.

The number of a card stands in bodies only. Whoever asks sends the id of the ask along: sent again
after a lost answer it is not done twice.
"""

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.money.cases import MoneyCases
from admin_console.hub.web.argument import BEARER, SiteId, StaffRequest, check_text, problems
from admin_console.hub.web.body import body_of
from admin_console.hub.web.door import Door
from admin_console.hub.web.pool import Pool
from admin_console.hub.web.problem import refuse
from kiosk.wire.hold import (
    DoubtfulHolds,
    HoldAnswer,
    OutstandingCredit,
    ReadDoubts,
    RefundAnswer,
    RefundPages,
    SettleDoubt,
)
from kiosk.wire.money import (
    FindPrintCard,
    IssueCard,
    MarkCard,
    PrintCardAnswer,
    ReadStatement,
    ReplaceCard,
    StatementAnswer,
)

_PROBLEMS = problems(400, 401, 403, 404, 413)


def print_card_routes(money: MoneyCases, door: Door, pool: Pool) -> list[HTTPRouteHandler]:
    """Return the routes of print cards at the desk."""

    @post(
        "/print-cards",
        status_code=200,
        dto=body_of(IssueCard),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=_PROBLEMS,
        tags=["staff"],
    )
    async def issue_card(request: StaffRequest, data: JSONBody[IssueCard]) -> PrintCardAnswer:
        """Make a print card of a number that no card has."""
        found = await pool.run(money.cards.issue, request.user, data)
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    @post(
        "/print-cards/search",
        status_code=200,
        dto=body_of(FindPrintCard),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 413),
        tags=["staff"],
    )
    async def find_card(request: StaffRequest, data: JSONBody[FindPrintCard]) -> PrintCardAnswer:
        """Say how a print card stands that was passed at the desk."""
        found = await pool.run(money.cards.find, request.user, data)
        if isinstance(found, NotAllowed):
            raise refuse(found)
        return found

    @post(
        "/print-cards/mark",
        status_code=200,
        dto=body_of(MarkCard),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=_PROBLEMS,
        tags=["staff"],
    )
    async def mark_card(request: StaffRequest, data: JSONBody[MarkCard]) -> PrintCardAnswer:
        """Block a print card, or unblock it."""
        found = await pool.run(money.cards.mark, request.user, data)
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    @post(
        "/print-cards/replace",
        status_code=200,
        dto=body_of(ReplaceCard),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=_PROBLEMS,
        tags=["staff"],
    )
    async def replace_card(request: StaffRequest, data: JSONBody[ReplaceCard]) -> PrintCardAnswer:
        """Put a new print card in the place of a lost one; its credit goes over."""
        found = await pool.run(money.cards.replace, request.user, data)
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    @post(
        "/print-cards/statement",
        status_code=200,
        dto=body_of(ReadStatement),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 413),
        tags=["staff"],
    )
    async def statement(request: StaffRequest, data: JSONBody[ReadStatement]) -> StatementAnswer:
        """Return a page of what moved on a print card, the newest first."""
        found = await pool.run(money.cards.statement, request.user, data)
        if isinstance(found, NotAllowed):
            raise refuse(found)
        return found

    return [issue_card, find_card, mark_card, replace_card, statement]


def doubt_routes(money: MoneyCases, door: Door, pool: Pool) -> list[HTTPRouteHandler]:
    """Return the routes of doubtful jobs, refunds, and what is owed."""

    @get(
        "/sites/{site_id:str}/doubts",
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404),
        tags=["staff"],
    )
    async def doubts(request: StaffRequest, site_id: SiteId) -> DoubtfulHolds:
        """Return the jobs of a site of which nobody knows whether they came out."""
        ask = ReadDoubts(site_id=check_text(site_id, "site_id"))
        found = await pool.run(money.doubts.read, request.user, ask)
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    @post(
        "/doubts/settle",
        status_code=200,
        dto=body_of(SettleDoubt),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=_PROBLEMS,
        tags=["staff"],
    )
    async def settle_doubt(request: StaffRequest, data: JSONBody[SettleDoubt]) -> HoldAnswer:
        """Settle a doubtful job by what somebody saw at the printer."""
        found = await pool.run(money.doubts.settle, request.user, data)
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    @post(
        "/refunds",
        status_code=200,
        dto=body_of(RefundPages),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=_PROBLEMS,
        tags=["staff"],
    )
    async def refund(request: StaffRequest, data: JSONBody[RefundPages]) -> RefundAnswer:
        """Give pages of a job back as credit."""
        found = await pool.run(money.doubts.refund, request.user, data)
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    @get(
        "/credit",
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(401, 403),
        tags=["staff"],
    )
    async def credit(request: StaffRequest) -> OutstandingCredit:
        """Return what the town owes to the holders of print cards."""
        found = await pool.run(money.lapses.owed, request.user)
        if isinstance(found, NotAllowed):
            raise refuse(found)
        return found

    return [doubts, settle_doubt, refund, credit]
