"""What a print job costs: the price list of a site, free pages, and pages that really came out.

A page is one side that is printed. A job is charged in the order in which its pages leave the
printer, so that what came out of half a job has a price of its own. Money is whole cents.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LARGEST_JOB_PAGES = 2000
"""A job of more pages, copies included, is no visitor's."""

LARGEST_PAGE_CENTS = 20_00


class Paper(StrEnum):
    """A size of paper."""

    A4 = "a4"
    A3 = "a3"


class Sides(StrEnum):
    """On how many sides of a sheet a job is printed."""

    ONE = "one"
    TWO = "two"


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One price of a site's list. Attributes: `cents` of a page; the last day is `valid_until`."""

    line_id: str
    paper: Paper
    colour: bool
    sides: Sides
    cents: int
    valid_from: date
    valid_until: date | None = None


class Period(StrEnum):
    """For how long an allowance of free pages lasts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class FreeRule:
    """An allowance of free pages. Without `category` it is everybody's, also of those unknown.

    Attributes:
        colour: whether pages in colour are free too.
    """

    rule_id: str
    category: str | None
    pages: int
    period: Period
    colour: bool
    valid_from: date
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class PrintJob:
    """What is to be printed: for each page of the document whether it is printed in colour."""

    paper: Paper
    sides: Sides
    copies: int
    colours: tuple[bool, ...]

    @property
    def pages(self) -> int:
        """How many pages leave the printer."""
        return self.copies * len(self.colours)

    def in_order(self, printed: int) -> Iterator[bool]:
        """Tell of the first pages that leave the printer whether they are in colour."""
        for place in range(min(printed, self.pages)):
            yield self.colours[place % len(self.colours)]


@dataclass(frozen=True, slots=True)
class Quote:
    """What a job costs, and by which prices.

    Attributes:
        job: what is printed.
        mono: the price of its pages in black and white; None if it has none.
        colour: the price of its pages in colour; None if it has none.
        free_pages: so many of its pages are free, the first ones that may be.
        free_colour: whether a page in colour may be.
        rule_id: whose allowance that is, None without free pages.
    """

    job: PrintJob
    mono: PriceLine | None
    colour: PriceLine | None
    free_pages: int = 0
    free_colour: bool = False
    rule_id: str | None = None

    @property
    def cents(self) -> int:
        """What the whole job costs."""
        return self.charge(self.job.pages).cents

    def charge(self, printed: int) -> "Charge":
        """Return what is to be paid for the first pages of the job.

        Args:
            printed: how many came out; more than the job has are charged as the job.
        """
        cents = free = 0
        for colour in self.job.in_order(printed):
            line = self.colour if colour else self.mono
            if free < self.free_pages and (self.free_colour or not colour):
                free += 1
            else:
                # A quote has a price for each kind of page that its job has.
                cents += 0 if line is None else line.cents
        return Charge(cents, free)


@dataclass(frozen=True, slots=True)
class Charge:
    """What is paid for pages that came out, and how many of them were free."""

    cents: int
    free_pages: int


@dataclass(frozen=True, slots=True)
class NoPrice:
    """The site has no price for such pages: they are not printed there."""

    paper: Paper
    colour: bool
    sides: Sides


def quote_job(
    job: PrintJob,
    prices: Iterable[PriceLine],
    day: date,
    free: FreeRule | None = None,
    free_left: int = 0,
) -> Quote | NoPrice:
    """Return what a job costs on a day, or which price is missing.

    Args:
        job: what is to be printed, at least one page of it.
        prices: the price list, old and coming prices included.
        day: the site's local date.
        free: the allowance of free pages that the visitor has.
        free_left: how many pages of it are left.
    """
    known = tuple(prices)
    found: dict[bool, PriceLine] = {}
    for colour in sorted(set(job.colours)):
        line = price_of(known, job.paper, job.sides, day, colour=colour)
        if line is None:
            return NoPrice(job.paper, colour, job.sides)
        found[colour] = line
    whole = Quote(job, found.get(False), found.get(True))
    if free is None:
        return whole
    offered = Quote(job, whole.mono, whole.colour, max(0, free_left), free.colour)
    taken = offered.charge(job.pages).free_pages
    if taken == 0:
        return whole
    return Quote(job, whole.mono, whole.colour, taken, free.colour, free.rule_id)


def price_of(
    prices: Iterable[PriceLine], paper: Paper, sides: Sides, day: date, *, colour: bool
) -> PriceLine | None:
    """Return the price of a kind of page on a day: of those that hold, the one that began last."""
    holding = [
        line
        for line in prices
        if (line.paper, line.sides, line.colour) == (paper, sides, colour)
        and _holds(line.valid_from, line.valid_until, day)
    ]
    return max(holding, key=lambda line: (line.valid_from, line.line_id), default=None)


def free_rule_of(rules: Iterable[FreeRule], category: str | None, day: date) -> FreeRule | None:
    """Return the allowance of a category on a day; its own counts more than everybody's."""
    holding = [
        rule
        for rule in rules
        if rule.category in {None, category} and _holds(rule.valid_from, rule.valid_until, day)
    ]
    return max(
        holding,
        key=lambda rule: (rule.category is not None, rule.valid_from, rule.rule_id),
        default=None,
    )


def period_start(period: Period, day: date) -> date:
    """Return the first day of the period around a day; weeks begin on Monday."""
    match period:
        case Period.DAY:
            return day
        case Period.WEEK:
            return day - timedelta(days=day.weekday())
        case Period.MONTH:
            return day.replace(day=1)
        case _:
            return day.replace(month=1, day=1)


def _holds(valid_from: date, valid_until: date | None, day: date) -> bool:
    return valid_from <= day and (valid_until is None or day <= valid_until)
