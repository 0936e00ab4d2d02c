"""The receipts and closings of a period, for the accountant: by stewards only."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.money.pricelist import ZONE
from admin_console.hub.service.money.receipt import read_receipt
from admin_console.hub.service.money.right import STEWARDS
from admin_console.hub.service.port import Store, Work
from kiosk.wire.codec import decode
from kiosk.wire.money import MoneyFault, MoneyRefused
from kiosk.wire.till import ClosingView, TillClosed, TillJournal

LONGEST_DAYS = 400


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
        if not since <= until <= since + timedelta(days=LONGEST_DAYS):
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
