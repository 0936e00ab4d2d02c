"""What receipts promise: numbered without a gap, once, and a copy says that it is one."""

from datetime import timedelta

import pytest

from admin_console.hub.service.answer import NotAllowed
from admin_console.hub.service.identity import StaffIdentity
from kiosk.wire.desk import Role
from kiosk.wire.money import (
    Means,
    MoneyFault,
    PaperReceipt,
    PostingReversed,
    ReceiptView,
    ReversePosting,
    ToppedUp,
    TopUp,
)
from kiosk.wire.till import CopyReceipt, ReceiptPage
from tests.contracts.hub_drawers import opened
from tests.helpers.moneyhouse import NUMBER, TILL, TODAY, MoneyHouse, fault


class ReceiptContract:
    """To be run on each database."""

    def test_receipts_are_numbered_without_a_gap_whatever_was_refused_between(
        self, house: MoneyHouse
    ) -> None:
        staff = house.cashier()
        house.card(staff)
        opened(house, staff)
        numbers = []
        for cents in (5_00, 0, 2_00, 10**9, 1_00):
            answer = house.pay(staff, cents)
            if isinstance(answer, ToppedUp):
                assert answer.receipt is not None
                numbers.append(answer.receipt.number)

        assert numbers == [1, 2, 3]
        page = house.money.receipts.page(staff, TILL, TODAY.year, None)
        assert isinstance(page, ReceiptPage)
        assert [one.number for one in page.receipts] == [3, 2, 1]
        assert house.verdict().sound

    def test_a_receipt_says_who_took_what_and_the_change(self, house: MoneyHouse) -> None:
        staff = house.cashier()
        house.card(staff)
        opened(house, staff)
        ask = TopUp(
            ask_id=house.fresh_id(),
            till_id=TILL,
            number=NUMBER,
            amount_cents=5_00,
            means=Means.CASH,
            given_cents=10_00,
        )
        answer = house.money.topups.top_up(staff, ask)

        assert isinstance(answer, ToppedUp)
        receipt = answer.receipt
        assert receipt is not None
        assert (receipt.agent, receipt.given_cents) == (staff.display_name, 10_00)
        assert (receipt.balance_cents, receipt.last_four) == (5_00, NUMBER[-4:])
        assert receipt.label == f"{TODAY.year}-000001"

    @pytest.mark.parametrize(
        ("means", "given"), [(Means.CASH, 4_99), (Means.CARD, 5_00), (Means.CASH, 10**7)]
    )
    def test_too_little_or_impossible_cash_is_refused(
        self, house: MoneyHouse, means: Means, given: int
    ) -> None:
        staff = house.cashier()
        house.card(staff)
        opened(house, staff)
        ask = TopUp(
            ask_id=house.fresh_id(),
            till_id=TILL,
            number=NUMBER,
            amount_cents=5_00,
            means=means,
            given_cents=given,
        )

        assert fault(house.money.topups.top_up(staff, ask)) is MoneyFault.GIVEN_TOO_LITTLE

    def test_a_paper_receipt_is_entered_once_and_not_from_the_future(
        self, house: MoneyHouse
    ) -> None:
        staff = house.cashier()
        house.card(staff)
        opened(house, staff)

        def enter(number: str, days_ago: int) -> object:
            paper = PaperReceipt(number=number, day=TODAY - timedelta(days=days_ago))
            ask = TopUp(
                ask_id=house.fresh_id(),
                till_id=TILL,
                number=NUMBER,
                amount_cents=2_00,
                means=Means.CASH,
                paper=paper,
            )
            return house.money.topups.top_up(staff, ask)

        first = enter("B-017", 1)
        assert isinstance(first, ToppedUp)
        assert first.receipt is not None
        assert first.receipt.paper is not None
        assert fault(enter("B-017", 0)) is MoneyFault.PAPER_TAKEN
        assert fault(enter("B-018", -1)) is MoneyFault.PAPER_DATE
        assert fault(enter("B-018", 61)) is MoneyFault.PAPER_DATE

    def test_a_reversal_has_a_receipt_that_names_what_it_takes_back(
        self, house: MoneyHouse
    ) -> None:
        staff = house.cashier()
        house.card(staff)
        opened(house, staff)
        paid = house.paid(staff, 5_00)
        ask = ReversePosting(
            ask_id=house.fresh_id(), posting_id=paid.posting_id, reason="mauvais montant"
        )
        taken = house.money.topups.reverse(house.steward(), ask)

        assert isinstance(taken, PostingReversed)
        assert taken.receipt is not None
        assert paid.receipt is not None
        assert (taken.receipt.amount_cents, taken.receipt.number) == (-5_00, 2)
        assert taken.receipt.reverses == paid.receipt.label
        assert house.verdict().sound

    def test_a_copy_says_that_it_is_one_and_which(self, house: MoneyHouse) -> None:
        staff = house.cashier()
        house.card(staff)
        opened(house, staff)
        house.paid(staff, 5_00)

        def copy(ask_id: str | None = None, number: int = 1) -> object:
            ask = CopyReceipt(
                ask_id=ask_id or house.fresh_id(), till_id=TILL, year=TODAY.year, number=number
            )
            return house.money.receipts.copy(staff, ask)

        first, again = house.fresh_id(), house.fresh_id()
        copies = [copy(first), copy(first), copy(again)]
        assert [one.copy for one in copies if isinstance(one, ReceiptView)] == [1, 1, 2]
        assert fault(copy(number=9)) is MoneyFault.RECEIPT_UNKNOWN

    def test_nobody_reads_or_copies_a_receipt_of_the_till_of_another_but_a_steward(
        self, house: MoneyHouse
    ) -> None:
        paule, other = house.cashier(), house.agent(frozenset({Role.CASHIER}))
        house.card(paule)
        opened(house, paule)
        house.paid(paule, 5_00)
        receipts, year = house.money.receipts, TODAY.year

        def copy(staff: StaffIdentity) -> object:
            ask = CopyReceipt(ask_id=house.fresh_id(), till_id=TILL, year=year, number=1)
            return receipts.copy(staff, ask)

        assert isinstance(receipts.one(other, TILL, year, 1), NotAllowed)
        assert fault(copy(other)) is MoneyFault.TILL_NOT_YOURS
        seen = receipts.one(paule, TILL, year, 1)
        assert isinstance(seen, ReceiptView)
        assert seen.copy == 0, "what was refused made no copy"
        assert isinstance(receipts.one(house.steward(), TILL, year, 1), ReceiptView)
        assert isinstance(copy(house.steward()), ReceiptView)
