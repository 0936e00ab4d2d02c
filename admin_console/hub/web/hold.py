"""The routes by which a station prints for money, and those of the price list."""

from litestar import get, post
from litestar.handlers import HTTPRouteHandler
from litestar.params import JSONBody

from admin_console.hub.service.answer import NotAllowed
from admin_console.hub.service.money.cases import MoneyCases
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
from kiosk.wire.credit import ReadSeatCredit, SeatCreditAnswer
from kiosk.wire.hold import (
    AuthoriseHold,
    HoldAnswer,
    KeepHold,
    PrintQuoteAnswer,
    QuotePrint,
    ReleaseHold,
    SendHold,
    SettleHold,
)
from kiosk.wire.tariff import PriceList, PriceListAnswer, WritePrices

_PROBLEMS = problems(400, 401, 403, 413)


def hold_routes(money: MoneyCases, door: Door, pool: Pool) -> list[HTTPRouteHandler]:
    """Return the routes of a print job, in the order in which a station takes them."""

    @post(
        "/print-cards/seated",
        status_code=200,
        dto=body_of(ReadSeatCredit),
        return_dto=None,
        guards=[door.station_only],
        security=BEARER,
        responses=_PROBLEMS,
        tags=["station"],
    )
    async def seated(request: StationRequest, data: JSONBody[ReadSeatCredit]) -> SeatCreditAnswer:
        """Tell the credit of whoever sits at the station."""
        return await pool.run(money.seats.read, request.user, data)

    @post(
        "/holds/quote",
        status_code=200,
        dto=body_of(QuotePrint),
        return_dto=None,
        guards=[door.station_only],
        security=BEARER,
        responses=_PROBLEMS,
        tags=["station"],
    )
    async def quote(request: StationRequest, data: JSONBody[QuotePrint]) -> PrintQuoteAnswer:
        """Say what a job costs whoever sits at the station."""
        return await pool.run(money.holds.quote, request.user, data)

    @post(
        "/holds",
        status_code=200,
        dto=body_of(AuthoriseHold),
        return_dto=None,
        guards=[door.station_only],
        security=BEARER,
        responses=_PROBLEMS,
        tags=["station"],
    )
    async def authorise(request: StationRequest, data: JSONBody[AuthoriseHold]) -> HoldAnswer:
        """Set aside what a job costs, at the price that the visitor confirmed."""
        return await pool.run(money.holds.authorise, request.user, data)

    @post(
        "/holds/send",
        status_code=200,
        dto=body_of(SendHold),
        return_dto=None,
        guards=[door.station_only],
        security=BEARER,
        responses=_PROBLEMS,
        tags=["station"],
    )
    async def send(request: StationRequest, data: JSONBody[SendHold]) -> HoldAnswer:
        """Mark a job as being sent; only after this answer may it be."""
        return await pool.run(money.holds.send, request.user, data)

    @post(
        "/holds/keep",
        status_code=200,
        dto=body_of(KeepHold),
        return_dto=None,
        guards=[door.station_only],
        security=BEARER,
        responses=_PROBLEMS,
        tags=["station"],
    )
    async def keep(request: StationRequest, data: JSONBody[KeepHold]) -> HoldAnswer:
        """Hear that a job is still being printed."""
        return await pool.run(money.holds.keep, request.user, data)

    @post(
        "/holds/settle",
        status_code=200,
        dto=body_of(SettleHold),
        return_dto=None,
        guards=[door.station_only],
        security=BEARER,
        responses=_PROBLEMS,
        tags=["station"],
    )
    async def settle(request: StationRequest, data: JSONBody[SettleHold]) -> HoldAnswer:
        """Charge the pages that came out; the rest is back on the card."""
        return await pool.run(money.holds.settle, request.user, data)

    @post(
        "/holds/release",
        status_code=200,
        dto=body_of(ReleaseHold),
        return_dto=None,
        guards=[door.station_only],
        security=BEARER,
        responses=_PROBLEMS,
        tags=["station"],
    )
    async def release(request: StationRequest, data: JSONBody[ReleaseHold]) -> HoldAnswer:
        """Give back what was set aside for a job that was not sent."""
        return await pool.run(money.holds.release, request.user, data)

    return [seated, quote, authorise, send, keep, settle, release]


def price_routes(money: MoneyCases, door: Door, pool: Pool) -> list[HTTPRouteHandler]:
    """Return the routes of the price list."""

    @get(
        "/prices",
        guards=[door.station_only],
        security=BEARER,
        responses=problems(401, 403),
        tags=["station"],
    )
    async def prices_here(request: StationRequest) -> PriceList:
        """Return the price list of the station's site."""
        return await pool.run(money.prices.of_station, request.user)

    @get(
        "/sites/{site_id:str}/prices",
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403),
        tags=["staff"],
    )
    async def prices_of(request: StaffRequest, site_id: SiteId) -> PriceListAnswer:
        """Return the price list of a site, old and coming lines included."""
        site = check_text(site_id, "site_id")
        found = await pool.run(money.prices.read, request.user, site)
        if isinstance(found, NotAllowed):
            raise refuse(found)
        return found

    @post(
        "/prices",
        status_code=200,
        dto=body_of(WritePrices),
        return_dto=None,
        guards=[door.staff_only],
        security=BEARER,
        responses=_PROBLEMS,
        tags=["staff"],
    )
    async def write_prices(request: StaffRequest, data: JSONBody[WritePrices]) -> PriceListAnswer:
        """Add lines to a price list: all of them, or none."""
        found = await pool.run(money.prices.write, request.user, data)
        if isinstance(found, NotAllowed):
            raise refuse(found)
        return found

    return [prices_here, prices_of, write_prices]
