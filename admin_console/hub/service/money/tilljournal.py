"""The receipts and closings of a period, for the accountant: by stewards only."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.money.pricelist import ZONE
from admin_console.hub.service.money.receipt import read_receipt
from admin_console.hub.service.money.record import TillEventKind
from admin_console.hub.service.money.right import CASHIERS, STEWARDS
from admin_console.hub.service.port import Store, Work
from kiosk.wire.codec import FIRST_YEAR, LAST_YEAR, decode
from kiosk.wire.money import MoneyFault, MoneyRefused
from kiosk.wire.till import ClosingView, TillClosed, TillJournal

LONGEST_DAYS = 400


@dataclass(frozen=True, slots=True)
class ClosedTill:
    """A closing with what its bordereau says of the place."""

    closing: TillClosed
    town: str
    site_name: str
    regie: str
    till_name: str


class TillJournals:
    """Reads what happened at the tills of a site.

    Args:
        store: where everything is kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(
        self, staff: StaffIdentity, site_id: str, since: date, until: date
    ) -> TillJournal | MoneyRefused | NotAllowed | NotFound:
        """Return the receipts and closings from a local day to another, both included."""
        if not STEWARDS & staff.roles:
            return NotAllowed()
        if site_id not in staff.site_ids:
            return NotFound()
        is_told = since.year >= FIRST_YEAR and until.year <= LAST_YEAR
        if not is_told or not 0 <= (until - since).days <= LONGEST_DAYS:
            return MoneyRefused(fault=MoneyFault.DATES_REVERSED)
        with self._store.begin(write=False) as work:
            zone = zone_of(work, site_id)
            start, end = _midnight(since, zone), _midnight(until + timedelta(days=1), zone)
            names = {one.till_id: one.name for one in work.money.tills.of_site(site_id)}
            receipts = work.money.receipts.of_site(site_id, start, end)
            closings = work.money.tills.closings(site_id, start, end)
        return TillJournal(
            site_id=site_id,
            since=since,
            until=until,
            receipts=tuple(read_receipt(one) for one in receipts),
            closings=tuple(
                ClosingView(till_name=names[one.till_id], closing=decode(one.answer, TillClosed))
                for one in closings
            ),
        )

    def closing(
        self, staff: StaffIdentity, till_id: str, session: int
    ) -> ClosedTill | NotAllowed | NotFound:
        """Return a closing: to stewards, and to the cashier who closed."""
        if not CASHIERS & staff.roles:
            return NotAllowed()
        with self._store.begin(write=False) as work:
            till = work.money.tills.get(till_id)
            if till is None or till.site_id not in staff.site_ids:
                return NotFound()
            events = work.money.tills.events(till_id, session)
            closed = [one for one in events if one.kind is TillEventKind.CLOSED]
            site = work.sites.get(till.site_id)
        if not closed or site is None:
            return NotFound()
        if not STEWARDS & staff.roles and closed[0].actor != staff.staff_id:
            return NotAllowed()
        told: TillClosed = decode(closed[0].answer, TillClosed)
        return ClosedTill(told, site.town, site.name, till.regie, till.name)

    def zone_of_till(self, till_id: str) -> str:
        """Return the time zone of a till's site."""
        with self._store.begin(write=False) as work:
            till = work.money.tills.get(till_id)
            return ZONE if till is None else zone_of(work, till.site_id)

    def zone(self, site_id: str) -> str:
        """Return the time zone of a site."""
        with self._store.begin(write=False) as work:
            return zone_of(work, site_id)


def zone_of(work: Work, site_id: str) -> str:
    """Return the time zone of a site."""
    rooms = work.rooms.of_sites([site_id])
    return rooms[0].hours.zone if rooms else ZONE


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)
