"""The price list of a site: written by stewards, read by whoever quotes a job. It only grows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from admin_console.hub.service.act import note
from admin_console.hub.service.answer import NotAllowed
from admin_console.hub.service.identity import StaffIdentity, StationIdentity
from admin_console.hub.service.money.record import Price
from admin_console.hub.service.money.right import CASHIERS, STEWARDS
from admin_console.hub.service.port import Clock, Store, Work
from kiosk.rules.hours import local_date
from kiosk.rules.signin import SignIn
from kiosk.rules.tariff import LARGEST_PAGE_CENTS
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.codec import decode, encode
from kiosk.wire.money import MoneyFault, MoneyRefused
from kiosk.wire.tariff import (
    FreeView,
    LapseView,
    PriceList,
    PriceListAnswer,
    PriceView,
    WritePrices,
)

Line = PriceView | FreeView | LapseView
_KINDS: dict[str, type[Line]] = {"price": PriceView, "free": FreeView, "lapse": LapseView}
ZONE = "Europe/Paris"
"""Of a site without rooms, which has no opening hours."""


def site_date(work: Work, site_id: str, clock: Clock) -> date:
    """Return the local date of a site."""
    rooms = work.rooms.of_sites([site_id])
    return local_date(clock.now(), rooms[0].hours.zone if rooms else ZONE)


def read_list(work: Work, site_id: str, today: date) -> PriceList:
    """Return the list of a site, old and coming lines included."""
    found: dict[str, list[Line]] = {kind: [] for kind in _KINDS}
    for line in work.money.prices.of_site(site_id):
        found[line.kind].append(decode(line.body, _KINDS[line.kind]))
    return PriceList(
        site_id=site_id,
        today=today,
        prices=tuple(one for one in found["price"] if isinstance(one, PriceView)),
        free=tuple(one for one in found["free"] if isinstance(one, FreeView)),
        lapses=tuple(one for one in found["lapse"] if isinstance(one, LapseView)),
    )


def months_of(prices: PriceList) -> int | None:
    """Return for how many months credit that moves today is good, None for ever."""
    holding = [one for one in prices.lapses if one.valid_from <= prices.today]
    last = max(holding, key=lambda one: (one.valid_from, one.rule_id), default=None)
    return None if last is None else last.months


@dataclass(frozen=True, slots=True)
class _Named:
    """A line with its id and its first and last day."""

    line_id: str
    kind: str
    line: Line
    first: date
    last: date | None


class PriceLists:
    """Reads and writes price lists.

    Args:
        store: where they are kept.
        clock: says which day it is.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def of_station(self, station: StationIdentity) -> PriceList:
        """Return the list of a station's site."""
        with self._store.begin(write=False) as work:
            return read_list(work, station.site_id, site_date(work, station.site_id, self._clock))

    def read(self, staff: StaffIdentity, site_id: str) -> PriceListAnswer | NotAllowed:
        """Return the list of a site."""
        if not CASHIERS & staff.roles:
            return NotAllowed()
        if site_id not in staff.site_ids:
            return MoneyRefused(fault=MoneyFault.SITE_UNKNOWN)
        with self._store.begin(write=False) as work:
            return read_list(work, site_id, site_date(work, site_id, self._clock))

    def write(self, staff: StaffIdentity, ask: WritePrices) -> PriceListAnswer | NotAllowed:
        """Add lines to a list: all of them, or none. Lines that stand there already are the same.

        A line counts from a day that has not begun: what is printed today has the price that was
        on the wall this morning. The very first lines of a site may count from today.
        """
        if not STEWARDS & staff.roles:
            return NotAllowed()
        if ask.site_id not in staff.site_ids:
            return MoneyRefused(fault=MoneyFault.SITE_UNKNOWN)
        with self._store.begin(write=True) as work:
            hold_prices(work, ask.site_id)
            today = site_date(work, ask.site_id, self._clock)
            first = not work.money.prices.of_site(ask.site_id)
            earliest = today if first else today + timedelta(days=1)
            fresh: list[Price] = []
            for named in _named(ask):
                body = encode(named.line)
                known = work.money.prices.get(named.line_id)
                if known is not None:
                    if (known.site_id, known.kind, known.body) != (ask.site_id, named.kind, body):
                        return MoneyRefused(fault=MoneyFault.ASK_REUSED)
                    continue
                if fault := _fault(named, earliest):
                    return MoneyRefused(fault=fault)
                fresh.append(
                    Price(
                        named.line_id,
                        ask.site_id,
                        named.kind,
                        staff.staff_id,
                        self._clock.now(),
                        body,
                    )
                )
            if len({one.line_id for one in fresh}) < len(fresh):
                return MoneyRefused(fault=MoneyFault.ASK_REUSED)
            if not asks_money(work, ask.site_id, today) and _by_card_alone(work, ask):
                return MoneyRefused(fault=MoneyFault.CARD_ALONE)
            for line in fresh:
                work.money.prices.add(line)
            if fresh:
                facts = ActFacts(count=len(fresh))
                note(work, staff, ActKind.PRICES_WRITTEN, ask.site_id, facts)
            return read_list(work, ask.site_id, today)


def hold_prices(work: Work, site_id: str) -> None:
    """Hold the list of a site: nobody else writes it until the unit of work ends."""
    work.hold(f"prices:{site_id}")


def asks_money(work: Work, site_id: str, today: date) -> bool:
    """Tell whether pages cost something at a site, today or from a later day on."""
    return any(
        price.cents > 0 and (price.valid_until is None or price.valid_until >= today)
        for price in read_list(work, site_id, today).prices
    )


def _by_card_alone(work: Work, ask: WritePrices) -> bool:
    """Tell whether pages are to cost something where a card without its code opens a session."""
    rooms = work.rooms.of_sites([ask.site_id])
    costs = any(price.cents > 0 for price in ask.prices)
    return costs and any(room.sign_in is SignIn.CARD for room in rooms)


def _named(ask: WritePrices) -> Iterable[_Named]:
    for price in ask.prices:
        yield _Named(price.line_id, "price", price, price.valid_from, price.valid_until)
    for free in ask.free:
        yield _Named(free.rule_id, "free", free, free.valid_from, free.valid_until)
    for lapse in ask.lapses:
        yield _Named(lapse.rule_id, "lapse", lapse, lapse.valid_from, None)


def _fault(named: _Named, earliest: date) -> MoneyFault | None:
    if isinstance(named.line, PriceView):
        if named.line.cents < 0:
            return MoneyFault.AMOUNT_NOT_POSITIVE
        if named.line.cents > LARGEST_PAGE_CENTS:
            return MoneyFault.AMOUNT_TOO_LARGE
    if named.first < earliest:
        return MoneyFault.DATE_PAST
    if named.last is not None and named.last < named.first:
        return MoneyFault.DATES_REVERSED
    return None
