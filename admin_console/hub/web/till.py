"""The routes of tills: opened, counted, closed, and their receipts."""

from datetime import date
from typing import Annotated

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody, Parameter

from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.money.cases import MoneyCases
from admin_console.hub.web.argument import BEARER, SiteId, StaffRequest, check_text, problems
from admin_console.hub.web.body import body_of
from admin_console.hub.web.door import Door
from admin_console.hub.web.pool import Pool
from admin_console.hub.web.problem import refuse
from kiosk.wire.money import (
    ReversalAnswer,
    ReversePosting,
    TopUp,
    TopUpAnswer,
)
from kiosk.wire.till import (
    CloseTill,
    ClosingAnswer,
    CopyReceipt,
    CountTill,
    OpenTill,
    ReceiptAnswer,
    ReceiptsAnswer,
    TillAnswer,
    TillJournalAnswer,
    Tills,
)

TillId = Annotated[str, Parameter(min_length=1, max_length=80, description="A till of a site.")]
Year = Annotated[int, Parameter(ge=2000, le=9998, required=True, description="Of the receipts.")]
BeforeReceipt = Annotated[
    int | None, Parameter(ge=1, le=2**53, description="Only receipts with a smaller number.")
]
Day = Annotated[date, Parameter(required=True, description="A local day of the site, included.")]

_PROBLEMS = problems(400, 401, 403, 404, 413)


def drawer_routes(money: MoneyCases, door: Door, pool: Pool) -> list[HTTPRouteHandler]:
    """Return the routes that open, count and close tills."""

    @get(
        "/sites/{site_id:str}/tills",
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404),
        tags=["staff"],
    )
    async def read_tills(request: StaffRequest, site_id: SiteId) -> Tills:
        """Return the tills of a site; what lies in one is told to who opened it, once counted."""
        found = await pool.run(money.tills.read, request.user, check_text(site_id, "site_id"))
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    @post(
        "/tills/open",
        status_code=200,
        dto=body_of(OpenTill),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 413),
        tags=["staff"],
    )
    async def open_till(request: StaffRequest, data: JSONBody[OpenTill]) -> TillAnswer:
        """Open a till with the float that was counted into it."""
        found = await pool.run(money.tills.open, request.user, data)
        if isinstance(found, NotAllowed):
            raise refuse(found)
        return found

    @post(
        "/tills/count",
        status_code=200,
        dto=body_of(CountTill),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 413),
        tags=["staff"],
    )
    async def count_till(request: StaffRequest, data: JSONBody[CountTill]) -> TillAnswer:
        """Keep what was counted in a till, and tell what should lie in it."""
        found = await pool.run(money.tills.count, request.user, data)
        if isinstance(found, NotAllowed):
            raise refuse(found)
        return found

    @post(
        "/tills/close",
        status_code=200,
        dto=body_of(CloseTill),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 413),
        tags=["staff"],
    )
    async def close_till(request: StaffRequest, data: JSONBody[CloseTill]) -> ClosingAnswer:
        """Book the difference of a counted till, and close it."""
        found = await pool.run(money.tills.close, request.user, data)
        if isinstance(found, NotAllowed):
            raise refuse(found)
        return found

    return [read_tills, open_till, count_till, close_till]


def receipt_routes(money: MoneyCases, door: Door, pool: Pool) -> list[HTTPRouteHandler]:
    """Return the routes of receipts, and what the accountant reads."""

    @get(
        "/tills/{till_id:str}/receipts",
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403),
        tags=["staff"],
    )
    async def read_receipts(
        request: StaffRequest, till_id: TillId, year: Year, before: BeforeReceipt = None
    ) -> ReceiptsAnswer:
        """Return a page of receipts of a till, the newest first."""
        till = check_text(till_id, "till_id")
        found = await pool.run(money.receipts.page, request.user, till, year, before)
        if isinstance(found, NotAllowed):
            raise refuse(found)
        return found

    @post(
        "/receipts/copy",
        status_code=200,
        dto=body_of(CopyReceipt),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 413),
        tags=["staff"],
    )
    async def copy_receipt(request: StaffRequest, data: JSONBody[CopyReceipt]) -> ReceiptAnswer:
        """Return a receipt that says that it is a copy, and which."""
        found = await pool.run(money.receipts.copy, request.user, data)
        if isinstance(found, NotAllowed):
            raise refuse(found)
        return found

    @get(
        "/sites/{site_id:str}/till-journal",
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404),
        tags=["staff"],
    )
    async def read_journal(
        request: StaffRequest, site_id: SiteId, since: Day, until: Day
    ) -> TillJournalAnswer:
        """Return the receipts and closings of a site's tills in a period."""
        site = check_text(site_id, "site_id")
        found = await pool.run(money.journal.read, request.user, site, since, until)
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    return [read_receipts, copy_receipt, read_journal]


def till_routes(money: MoneyCases, door: Door, pool: Pool) -> list[HTTPRouteHandler]:
    """Return the routes that move money at a till."""

    @post(
        "/top-ups",
        status_code=200,
        dto=body_of(TopUp),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 413),
        tags=["staff"],
    )
    async def top_up(request: StaffRequest, data: JSONBody[TopUp]) -> TopUpAnswer:
        """Put money on a print card at a till."""
        found = await pool.run(money.topups.top_up, request.user, data)
        if isinstance(found, NotAllowed):
            raise refuse(found)
        return found

    @post(
        "/postings/reverse",
        status_code=200,
        dto=body_of(ReversePosting),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=_PROBLEMS,
        tags=["staff"],
    )
    async def reverse(request: StaffRequest, data: JSONBody[ReversePosting]) -> ReversalAnswer:
        """Take back a top-up or a refund as a whole, if its credit is still there."""
        found = await pool.run(money.topups.reverse, request.user, data)
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        return found

    return [top_up, reverse]
