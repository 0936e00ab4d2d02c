"""What a job costs whoever sits at a station, by the site's list and their free pages."""

from dataclasses import dataclass

import msgspec

from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.money.cardview import fault_of
from admin_console.hub.service.money.port import MoneyKeys
from admin_console.hub.service.money.pricelist import read_list, site_date
from admin_console.hub.service.money.record import PrintCard
from admin_console.hub.service.port import Clock, Work
from kiosk.rules.tariff import (
    LARGEST_JOB_PAGES,
    NoPrice,
    PriceLine,
    Quote,
    free_rule_of,
    period_start,
    quote_job,
)
from kiosk.wire.money import MoneyFault, MoneyRefused
from kiosk.wire.tariff import JobView, PriceList, PriceView, QuoteView


@dataclass(frozen=True, slots=True)
class Payer:
    """Who prints: the card that was passed, and for whom free pages count.

    `holder` is None for somebody of whom nothing is known: they have no free pages.
    """

    card: PrintCard | None
    holder: str | None
    category: str | None


def find_payer(
    work: Work, station: StationIdentity, slot_id: str, number: str | None, keys: MoneyKeys
) -> Payer | MoneyRefused:
    """Return who prints, or why the card that was passed is good for nothing."""
    card = None
    if number is not None:
        card = work.money.cards.by_number(keys.number(number))
        fault = fault_of(card)
        if fault is not None:
            return MoneyRefused(fault=fault)
    slot = work.slots.get(slot_id)
    here = slot is not None and slot.station_id == station.station_id
    person = work.slots.person(slot_id) if here else None
    if card is not None and card.member not in {None, person}:
        # Numbers of cards can be read over a shoulder: a member's card pays for that member.
        return MoneyRefused(fault=MoneyFault.CARD_OF_ANOTHER)
    if person is not None:
        member = work.members.get(person)
        return Payer(card, person, None if member is None else member.category)
    return Payer(card, None if card is None else f"card:{card.card_id}", None)


def quote_for(
    work: Work, site_id: str, payer: Payer, job: JobView, clock: Clock
) -> QuoteView | MoneyRefused:
    """Return what a job costs somebody today."""
    wanted = job.as_rule()
    if wanted.pages > LARGEST_JOB_PAGES:
        return MoneyRefused(fault=MoneyFault.JOB_TOO_LARGE)
    prices = read_list(work, site_id, site_date(work, site_id, clock))
    rule = None
    left = 0
    if payer.holder is not None:
        rules = [one.as_rule() for one in prices.free]
        rule = free_rule_of(rules, payer.category, prices.today)
    if rule is not None and payer.holder is not None:
        since = period_start(rule.period, prices.today)
        left = rule.pages - work.money.holds.free_pages(payer.holder, since)
    lines = [one.as_rule() for one in prices.prices]
    found = quote_job(wanted, lines, prices.today, rule, left)
    if isinstance(found, NoPrice):
        return MoneyRefused(fault=MoneyFault.NO_PRICE)
    return _view(found, job, prices)


def as_quote(view: QuoteView) -> Quote:
    """Return a quote as the rules want it."""
    return Quote(
        job=view.job.as_rule(),
        mono=None if view.mono is None else view.mono.as_rule(),
        colour=None if view.colour is None else view.colour.as_rule(),
        free_pages=view.free_pages,
        free_colour=view.free_colour,
        rule_id=view.free_rule_id,
    )


def kept_quote(detail: bytes) -> Quote:
    """Return the quote that stands in the posting of a hold."""
    return as_quote(msgspec.json.decode(detail, type=QuoteView))


def _view(quote: Quote, job: JobView, prices: PriceList) -> QuoteView:
    def line(found: PriceLine | None) -> PriceView | None:
        if found is None:
            return None
        return next(one for one in prices.prices if one.line_id == found.line_id)

    return QuoteView(
        job=job,
        cents=quote.cents,
        pages=quote.job.pages,
        mono=line(quote.mono),
        colour=line(quote.colour),
        free_pages=quote.free_pages,
        free_colour=quote.free_colour,
        free_rule_id=quote.rule_id,
    )
