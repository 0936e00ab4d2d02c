"""The routes of what is printed and taken along: receipts, bordereau, accountant's files."""

from enum import StrEnum
from typing import Annotated
from zoneinfo import ZoneInfo

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter

from admin_console.hub.paper.accountant import journal_csv, journal_xlsx
from admin_console.hub.paper.bordereau import bordereau_pdf
from admin_console.hub.paper.receipt import receipt_pdf
from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.money.cases import MoneyCases
from admin_console.hub.web.argument import BEARER, SiteId, StaffRequest, check_text, problems
from admin_console.hub.web.door import Door
from admin_console.hub.web.pool import Pool
from admin_console.hub.web.problem import Refused, refuse
from admin_console.hub.web.till import Day, TillId, Year
from kiosk.wire.money import MoneyRefused
from kiosk.wire.problem import ProblemCode
from kiosk.wire.till import PaperForm, TillJournal

PDF = "application/pdf"


class Export(StrEnum):
    """A file for the accountant."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"
    """The bordereau of the newest closing of the period."""


_TYPES = {
    Export.PDF: PDF,
    Export.CSV: "text/csv; charset=utf-8",
    Export.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
Number = Annotated[int, Parameter(ge=1, le=2**53, description="The number of a receipt.")]
Form = Annotated[PaperForm, Parameter(required=True, description="On a roll or on a sheet.")]
Table = Annotated[Export, Parameter(required=True, description="Which file.")]
Session = Annotated[int, Parameter(ge=1, le=2**31, description="Which opening of the till.")]


def paper_routes(money: MoneyCases, door: Door, pool: Pool) -> list[HTTPRouteHandler]:
    """Return the routes that answer with a file."""

    def read_journal(staff: StaffIdentity, ask: tuple[str, Day, Day]) -> TillJournal:
        found = money.journal.read(staff, *ask)
        if isinstance(found, NotAllowed | NotFound):
            raise refuse(found)
        if isinstance(found, MoneyRefused):
            raise Refused(ProblemCode.INVALID, "the period ends before it begins, or is too long")
        return found

    @get(
        "/receipts/{till_id:str}/{year:int}/{number:int}/paper",
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404),
        tags=["staff"],
        media_type=PDF,
    )
    async def receipt_paper(
        request: StaffRequest, till_id: TillId, year: Year, number: Number, form: Form
    ) -> Response[bytes]:
        """Return a receipt to print; once a copy was asked for, it says so."""
        till = check_text(till_id, "till_id")

        def make() -> bytes:
            found = money.receipts.one(request.user, till, year, number)
            if isinstance(found, NotAllowed | NotFound):
                raise refuse(found)
            return receipt_pdf(found, form, ZoneInfo(money.journal.zone_of_till(till)))

        return Response(await pool.run(make), media_type=PDF)

    @get(
        "/tills/{till_id:str}/closings/{session:int}/paper",
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404),
        tags=["staff"],
        media_type=PDF,
    )
    async def closing_paper(
        request: StaffRequest, till_id: TillId, session: Session
    ) -> Response[bytes]:
        """Return the bordereau of what was paid in at a closing."""
        till = check_text(till_id, "till_id")

        made = await pool.run(_bordereau, money, request.user, till, session)
        return Response(made, media_type=PDF)

    @get(
        "/sites/{site_id:str}/till-journal/export",
        guards=[door.staff_only],
        security=BEARER,
        responses=problems(400, 401, 403, 404),
        tags=["staff"],
    )
    async def export_journal(
        request: StaffRequest, site_id: SiteId, since: Day, until: Day, form: Table
    ) -> Response[bytes]:
        """Return the receipts and closings of a period as a table."""
        site = check_text(site_id, "site_id")

        def make() -> bytes:
            journal = read_journal(request.user, (site, since, until))
            zone = ZoneInfo(money.journal.zone(site))
            if form is Export.PDF:
                return _newest_bordereau(money, request.user, journal)
            write = journal_csv if form is Export.CSV else journal_xlsx
            return write(journal, zone)

        return Response(await pool.run(make), media_type=_TYPES[form])

    return [receipt_paper, closing_paper, export_journal]


def _bordereau(money: MoneyCases, staff: StaffIdentity, till_id: str, session: int) -> bytes:
    found = money.journal.closing(staff, till_id, session)
    if isinstance(found, NotAllowed | NotFound):
        raise refuse(found)
    zone = ZoneInfo(money.journal.zone_of_till(till_id))
    place = (found.town, found.site_name, found.regie)
    return bordereau_pdf(found.closing, *place, zone, till_name=found.till_name)


def _newest_bordereau(money: MoneyCases, staff: StaffIdentity, journal: TillJournal) -> bytes:
    if not journal.closings:
        raise refuse(NotFound())
    newest = max((one.closing for one in journal.closings), key=lambda one: one.at)
    return _bordereau(money, staff, newest.till_id, newest.session)
