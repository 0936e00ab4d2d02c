"""What the tills promise: opened, counted, compared, closed; and receipts without a gap."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.identity import StaffIdentity
from kiosk.wire.desk import Role
from kiosk.wire.money import (
    Means,
    MoneyFault,
    MoneyRefused,
    ToppedUp,
)
from kiosk.wire.till import (
    ByMeans,
    CloseTill,
    CoinCount,
    CountTill,
    OpenTill,
    TillClosed,
    TillJournal,
    TillView,
)
from tests.helpers.moneyhouse import TILL, TODAY, MoneyHouse, fault
from tests.helpers.tillday import coins


def opened(house: MoneyHouse, staff: StaffIdentity, cents: int = 30_00) -> TillView:
    """Close the till of the house if it is open, and open it as its cashier does."""
    house.shut()
    ask = OpenTill(ask_id=house.fresh_id(), till_id=TILL, float_cents=cents)
    made = house.money.tills.open(staff, ask)
    assert isinstance(made, TillView), made
    return made


def count(
    house: MoneyHouse, staff: StaffIdentity, cash: int, card: int = 0, cheque: int = 0
) -> TillView:
    ask = CountTill(
        ask_id=house.fresh_id(),
        till_id=TILL,
        coins=coins(cash),
        card_cents=card,
        cheque_cents=cheque,
    )
    made = house.money.tills.count(staff, ask)
    assert isinstance(made, TillView), made
    return made


def close(
    house: MoneyHouse, staff: StaffIdentity, kept: int = 30_00, reason: str = ""
) -> TillClosed | MoneyRefused:
    ask = CloseTill(ask_id=house.fresh_id(), till_id=TILL, kept_cents=kept, reason=reason)
    made = house.money.tills.close(staff, ask)
    assert isinstance(made, TillClosed | MoneyRefused), made
    return made


class DrawerContract:
    """To be run on each database."""

    def test_what_a_till_should_hold_is_told_once_it_is_counted_and_not_before(
        self, house: MoneyHouse
    ) -> None:
        staff = house.cashier()
        house.card(staff)
        before = opened(house, staff)
        house.paid(staff, 5_00)
        house.pay(staff, 10_00, means=Means.CARD)
        seen = house.money.tills.read(staff, "trapeze")
        counted = count(house, staff, cash=34_50, card=10_00)

        assert before.drawer is None
        assert not isinstance(seen, NotAllowed | NotFound)
        assert next(one for one in seen.tills if one.till_id == TILL).drawer is None
        assert counted.drawer is not None
        assert counted.drawer.expected == ByMeans(cash_cents=35_00, card_cents=10_00)
        assert counted.drawer.counted == ByMeans(cash_cents=34_50, card_cents=10_00)

    def test_a_difference_is_booked_with_its_reason_and_changes_no_line(
        self, house: MoneyHouse
    ) -> None:
        staff = house.cashier()
        house.card(staff)
        opened(house, staff)
        house.paid(staff, 5_00)
        count(house, staff, cash=34_50)

        assert fault(close(house, staff)) is MoneyFault.NO_REASON
        closed = close(house, staff, reason="Rendu 50 c de trop")

        assert isinstance(closed, TillClosed)
        assert closed.difference == ByMeans(cash_cents=-50)
        assert closed.paid_in == ByMeans(cash_cents=4_50)
        assert closed.kept_cents == 30_00
        assert house.verdict().sound

    def test_more_than_expected_is_a_surplus(self, house: MoneyHouse) -> None:
        staff = house.cashier()
        opened(house, staff)
        count(house, staff, cash=31_00, cheque=2_00)
        closed = close(house, staff, reason="inconnu")

        assert isinstance(closed, TillClosed)
        assert closed.difference == ByMeans(cash_cents=1_00, cheque_cents=2_00)
        assert closed.paid_in == ByMeans(cash_cents=1_00, cheque_cents=2_00)
        assert house.verdict().sound

    def test_the_next_opening_finds_what_was_kept(self, house: MoneyHouse) -> None:
        staff = house.cashier()
        opened(house, staff)
        count(house, staff, cash=30_00)
        first = close(house, staff, kept=20_00)
        ask = OpenTill(ask_id=house.fresh_id(), till_id=TILL, float_cents=25_00)
        second = house.money.tills.open(staff, ask)
        shown = count(house, staff, cash=25_00)

        assert isinstance(first, TillClosed)
        assert isinstance(second, TillView)
        assert second.session == first.session + 1
        assert shown.drawer is not None
        assert shown.drawer.expected == ByMeans(cash_cents=25_00)

    def test_a_counted_till_takes_no_line_and_may_be_counted_again(self, house: MoneyHouse) -> None:
        staff = house.cashier()
        house.card(staff)
        opened(house, staff)
        count(house, staff, cash=10_00)

        assert fault(house.pay(staff, 5_00)) is MoneyFault.TILL_COUNTED
        again = count(house, staff, cash=30_00)
        assert again.drawer is not None
        assert again.drawer.counts == 2
        assert isinstance(close(house, staff), TillClosed)

    def test_a_closed_till_takes_no_line_and_is_not_closed_twice(self, house: MoneyHouse) -> None:
        staff = house.cashier()
        house.card(staff)
        opened(house, staff)
        assert fault(close(house, staff)) is MoneyFault.TILL_NOT_COUNTED
        count(house, staff, cash=30_00)
        close(house, staff)

        assert fault(house.pay(staff, 5_00)) is MoneyFault.TILL_CLOSED
        assert fault(close(house, staff)) is MoneyFault.TILL_CLOSED

    def test_the_same_ask_is_done_once(self, house: MoneyHouse) -> None:
        staff = house.cashier()
        house.shut()
        ask = OpenTill(ask_id=house.fresh_id(), till_id=TILL, float_cents=30_00)
        other = OpenTill(ask_id=ask.ask_id, till_id=TILL, float_cents=31_00)

        assert house.money.tills.open(staff, ask) == house.money.tills.open(staff, ask)
        assert fault(house.money.tills.open(staff, other)) is MoneyFault.ASK_REUSED
        again = OpenTill(ask_id=house.fresh_id(), till_id=TILL, float_cents=30_00)
        assert fault(house.money.tills.open(staff, again)) is MoneyFault.TILL_OPEN

    def test_nobody_uses_or_sees_the_drawer_of_another_but_a_steward(
        self, house: MoneyHouse
    ) -> None:
        paule, other = house.cashier(), house.agent(frozenset({Role.CASHIER}))
        house.card(paule)
        opened(house, paule)

        assert fault(house.pay(other, 5_00)) is MoneyFault.TILL_NOT_YOURS
        seen = house.money.tills.read(other, "trapeze")
        assert not isinstance(seen, NotAllowed | NotFound)
        till = next(one for one in seen.tills if one.till_id == TILL)
        assert (till.mine, till.float_cents, till.receipts) == (False, 0, 0)
        assert fault(house.money.receipts.page(other, TILL, TODAY.year, None)) is (
            MoneyFault.TILL_NOT_YOURS
        )
        assert isinstance(house.pay(house.steward(), 5_00), ToppedUp)

    def test_who_is_no_cashier_does_nothing_at_a_till(self, house: MoneyHouse) -> None:
        agent = house.agent(frozenset({Role.AGENT}))
        ask = OpenTill(ask_id=house.fresh_id(), till_id=TILL, float_cents=0)

        assert house.money.tills.open(agent, ask) == NotAllowed()
        assert house.money.tills.read(agent, "trapeze") == NotAllowed()
        assert house.money.journal.read(house.cashier(), "trapeze", TODAY, TODAY) == NotAllowed()

    @pytest.mark.parametrize(
        "given",
        [
            (CoinCount(value_cents=3, pieces=1),),
            (CoinCount(value_cents=100, pieces=1), CoinCount(value_cents=100, pieces=2)),
            (CoinCount(value_cents=50_000, pieces=100_000),),
        ],
    )
    def test_a_count_that_no_drawer_can_hold_is_refused(
        self, house: MoneyHouse, given: tuple[CoinCount, ...]
    ) -> None:
        staff = house.cashier()
        opened(house, staff)
        ask = CountTill(ask_id=house.fresh_id(), till_id=TILL, coins=given)

        assert fault(house.money.tills.count(staff, ask)) is MoneyFault.COUNT_IMPOSSIBLE
        assert isinstance(house.pay(staff, 5_00), MoneyRefused)  # no such card, but no count either

    def test_more_cannot_be_kept_than_lies_there(self, house: MoneyHouse) -> None:
        staff = house.cashier()
        opened(house, staff)
        count(house, staff, cash=30_00)

        assert fault(close(house, staff, kept=30_01)) is MoneyFault.KEPT_TOO_LARGE

    def test_the_accountant_reads_what_happened_in_a_period(self, house: MoneyHouse) -> None:
        staff = house.cashier()
        house.card(staff)
        opened(house, staff)
        house.paid(staff, 5_00)
        count(house, staff, cash=35_00)
        closed = close(house, staff)

        read = house.money.journal.read(house.steward(), "trapeze", TODAY, TODAY)
        assert isinstance(read, TillJournal)
        assert [one.amount_cents for one in read.receipts] == [5_00]
        assert [one.closing for one in read.closings] == [closed]
        later = TODAY + timedelta(days=1)
        empty = house.money.journal.read(house.steward(), "trapeze", later, later)
        assert isinstance(empty, TillJournal)
        assert empty.receipts == ()
        reversed_ = house.money.journal.read(house.steward(), "trapeze", later, TODAY)
        assert fault(reversed_) is MoneyFault.DATES_REVERSED

    def test_above_its_ceiling_a_till_says_so(self, house: MoneyHouse) -> None:
        staff = house.cashier()
        house.card(staff)
        house.ceiling(40_00)
        assert not opened(house, staff).over_ceiling
        house.paid(staff, 20_00)

        seen = house.money.tills.read(staff, "trapeze")
        assert not isinstance(seen, NotAllowed | NotFound)
        assert next(one for one in seen.tills if one.till_id == TILL).over_ceiling

    @settings(max_examples=10, suppress_health_check=list(HealthCheck))
    @given(
        days=st.lists(
            st.tuples(
                st.lists(st.integers(1, 50_00), max_size=4),
                st.integers(-500, 500),
                st.integers(0, 50_00),
            ),
            min_size=1,
            max_size=4,
        )
    )
    def test_day_after_day_the_till_holds_what_was_kept_and_every_cent_is_booked(
        self, house: MoneyHouse, days: list[tuple[list[int], int, int]]
    ) -> None:
        staff = house.cashier()
        number = f"77{house.fresh_id()[-11:]}"
        number = "".join(one if one.isdigit() else "1" for one in number)
        house.card(staff, number)
        house.shut()
        lying = house.lying()
        for amounts, slip, kept in days:
            ask = OpenTill(ask_id=house.fresh_id(), till_id=TILL, float_cents=lying)
            assert isinstance(house.money.tills.open(staff, ask), TillView)
            taken = sum(
                cents for cents in amounts if isinstance(house.pay(staff, cents, number), ToppedUp)
            )
            there = max(lying + taken + slip, 0)
            shown = count(house, staff, cash=there)
            assert shown.drawer is not None
            assert shown.drawer.expected.cash_cents == lying + taken
            closed = close(house, staff, kept=min(kept, there), reason="x")
            assert isinstance(closed, TillClosed)
            assert closed.difference.cash_cents == there - lying - taken
            lying = closed.kept_cents
            assert house.lying() == lying
        assert house.verdict().sound
