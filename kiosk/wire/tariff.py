"""The price list of a site as it travels: prices, free pages, and how long credit is good.

What is written there is never changed: a newer line counts from its first day, an older one stays
to be read. Each names the deliberation of the town that decided it.
"""

from datetime import date
from typing import Annotated

import msgspec

from kiosk.rules.tariff import (
    FreeRule,
    Paper,
    Period,
    PriceLine,
    PrintJob,
    Sides,
)
from kiosk.wire.codec import Count, Id, Message, Name
from kiosk.wire.money import Cents, MoneyRefused

Pages = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
Months = Annotated[int, msgspec.Meta(ge=1, le=600)]


class PriceView(Message, frozen=True, kw_only=True):
    """A price of one page of a kind; its `line_id` was made by whoever wrote it."""

    line_id: Id
    paper: Paper
    colour: bool
    sides: Sides
    cents: Cents
    valid_from: date
    valid_until: date | None = None
    deliberation: Name

    def as_rule(self) -> PriceLine:
        """Return the price as the rules want it."""
        return PriceLine(
            self.line_id,
            self.paper,
            self.colour,
            self.sides,
            self.cents,
            self.valid_from,
            self.valid_until,
        )


class FreeView(Message, frozen=True, kw_only=True):
    """An allowance of free pages of a category, of everybody where none is named."""

    rule_id: Id
    category: Name | None = None
    pages: Pages
    period: Period
    colour: bool = False
    valid_from: date
    valid_until: date | None = None
    deliberation: Name

    def as_rule(self) -> FreeRule:
        """Return the allowance as the rules want it."""
        return FreeRule(
            self.rule_id,
            self.category,
            self.pages,
            self.period,
            self.colour,
            self.valid_from,
            self.valid_until,
        )


class LapseView(Message, frozen=True, kw_only=True):
    """From a day on, credit that moves is good for `months` more; None is for ever."""

    rule_id: Id
    months: Months | None
    valid_from: date
    deliberation: Name


class PriceList(Message, frozen=True, kw_only=True, tag="price_list"):
    """The whole list of a site, old lines and coming ones included; `today` is its local date."""

    site_id: Name
    today: date
    prices: tuple[PriceView, ...] = ()
    free: tuple[FreeView, ...] = ()
    lapses: tuple[LapseView, ...] = ()


class WritePrices(Message, frozen=True, kw_only=True):
    """Ask to add lines to a site's list. The same lines again change nothing."""

    site_id: Name
    prices: tuple[PriceView, ...] = ()
    free: tuple[FreeView, ...] = ()
    lapses: tuple[LapseView, ...] = ()


PriceListAnswer = PriceList | MoneyRefused


class JobView(Message, frozen=True, kw_only=True):
    """What is to be printed: how many copies of which pages; `colours` tells each page's."""

    paper: Paper
    sides: Sides
    copies: Annotated[int, msgspec.Meta(ge=1, le=999)]
    colours: Annotated[tuple[bool, ...], msgspec.Meta(min_length=1, max_length=2000)]

    def as_rule(self) -> PrintJob:
        """Return the job as the rules want it."""
        return PrintJob(self.paper, self.sides, self.copies, self.colours)


class QuoteView(Message, frozen=True, kw_only=True):
    """What a job costs, by which lines of the list, and how many of its pages are free."""

    job: JobView
    cents: Cents
    pages: Count
    mono: PriceView | None = None
    colour: PriceView | None = None
    free_pages: Pages = 0
    free_colour: bool = False
    free_rule_id: Id | None = None
