"""A job has a price, and so has what came out of it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.credit import last_day
from kiosk.rules.tariff import (
    Charge,
    FreeRule,
    NoPrice,
    Paper,
    Period,
    PriceLine,
    PrintJob,
    Quote,
    Sides,
    free_rule_of,
    period_start,
    price_of,
    quote_job,
)

DAY = date(2026, 3, 10)
SPRING = date(2026, 3, 1)
MONO = PriceLine("mono", Paper.A4, False, Sides.ONE, 10, SPRING)
COLOUR = PriceLine("colour", Paper.A4, True, Sides.ONE, 50, SPRING)
PRICES = (MONO, COLOUR)
FREE = FreeRule("free", None, 15, Period.MONTH, False, SPRING)


def job(*colours: bool, copies: int = 1) -> PrintJob:
    return PrintJob(Paper.A4, Sides.ONE, copies, colours)


def quoted(wanted: PrintJob, free: FreeRule | None = None, left: int = 0) -> Quote:
    found = quote_job(wanted, PRICES, DAY, free, left)
    assert isinstance(found, Quote)
    return found


def test_a_quote_names_the_prices_that_it_used() -> None:
    found = quoted(job(False, True, False, copies=2))

    assert (found.cents, found.mono, found.colour) == (140, MONO, COLOUR)
    assert quoted(job(False)).colour is None


def test_what_came_out_is_charged_in_the_order_of_the_printer() -> None:
    found = quoted(job(False, True, False, copies=2))

    assert [found.charge(pages).cents for pages in range(8)] == [0, 10, 60, 70, 80, 130, 140, 140]


def test_a_kind_of_page_without_a_price_is_not_printed() -> None:
    assert quote_job(job(True), (MONO,), DAY) == NoPrice(Paper.A4, True, Sides.ONE)
    wanted = PrintJob(Paper.A3, Sides.TWO, 1, (False,))
    assert quote_job(wanted, PRICES, DAY) == NoPrice(Paper.A3, False, Sides.TWO)


def test_of_the_prices_that_hold_the_one_that_began_last_counts() -> None:
    newer = PriceLine("newer", Paper.A4, False, Sides.ONE, 12, DAY)
    ended = PriceLine("ended", Paper.A4, False, Sides.ONE, 5, DAY, DAY)
    prices = (MONO, newer, ended)

    def cents(day: date) -> int | None:
        found = price_of(prices, Paper.A4, Sides.ONE, day, colour=False)
        return None if found is None else found.cents

    assert cents(date(2026, 2, 28)) is None
    assert cents(SPRING) == 10
    assert cents(DAY) == 12
    assert cents(date(2026, 3, 11)) == 12
    assert price_of((ended,), Paper.A4, Sides.ONE, date(2026, 3, 11), colour=False) is None


def test_the_first_pages_in_black_and_white_are_free() -> None:
    found = quoted(job(True, False, False, False), FREE, 2)

    assert (found.cents, found.free_pages, found.rule_id) == (60, 2, "free")
    assert [found.charge(pages) for pages in (1, 2, 3, 4)] == [
        Charge(50, 0), Charge(50, 1), Charge(50, 2), Charge(60, 2),
    ]  # fmt: skip


@pytest.mark.parametrize("left", [0, -3])
def test_without_pages_left_nothing_is_free(left: int) -> None:
    found = quoted(job(False), FREE, left)

    assert (found.cents, found.rule_id) == (10, None)


def test_a_rule_may_give_colour_away_too() -> None:
    generous = FreeRule("all", None, 15, Period.DAY, True, SPRING)

    assert quoted(job(True, True), generous, 1).cents == 50
    assert quoted(job(True, True), FREE, 1).cents == 100


def test_the_allowance_of_a_category_counts_more_than_everybody_s() -> None:
    young = FreeRule("young", "young", 30, Period.WEEK, False, SPRING)
    old = FreeRule("old", "young", 99, Period.WEEK, False, SPRING, SPRING)
    rules = (young, FREE, old)

    assert free_rule_of(rules, "young", DAY) == young
    assert free_rule_of(rules, "adult", DAY) == FREE
    assert free_rule_of(rules, None, DAY) == FREE
    assert free_rule_of((young,), "adult", DAY) is None


def test_a_period_begins_on_its_first_day() -> None:
    starts = {period: period_start(period, DAY) for period in Period}

    assert starts == {
        Period.DAY: DAY,
        Period.WEEK: date(2026, 3, 9),
        Period.MONTH: date(2026, 3, 1),
        Period.YEAR: date(2026, 1, 1),
    }


def test_credit_is_good_until_the_same_day_some_months_later() -> None:
    assert last_day(date(2026, 3, 10), 24) == date(2028, 3, 10)
    assert last_day(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert last_day(date(2026, 12, 31), 2) == date(2027, 2, 28)


@given(
    st.lists(st.booleans(), min_size=1, max_size=8),
    st.integers(1, 4),
    st.integers(0, 12),
    st.booleans(),
    st.integers(0, 40),
)
def test_more_pages_never_cost_less_and_a_part_never_more_than_the_job(
    colours: list[bool], copies: int, left: int, colour_free: bool, printed: int
) -> None:
    free = FreeRule("free", None, 15, Period.DAY, colour_free, SPRING)
    found = quoted(job(*colours, copies=copies), free, left)

    charges = [found.charge(pages) for pages in range(printed + 1)]

    assert [one.cents for one in charges] == sorted(one.cents for one in charges)
    assert all(one.cents <= found.cents and one.free_pages <= left for one in charges)
    assert found.charge(found.job.pages).free_pages == found.free_pages
    dear = quoted(found.job)
    assert dear.cents >= found.cents
