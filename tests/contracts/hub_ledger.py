"""The contract of the ledger: what is asked once is done once, and a refusal writes no line."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace

from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.money.account import Account, AccountKind, credit, debit
from admin_console.hub.service.money.cardview import account_of
from admin_console.hub.service.money.ledger import Ask, Draft, Ledger, Overdrawn
from admin_console.hub.service.money.record import PostingKind
from kiosk.rules.credit import LARGEST_BALANCE_CENTS, LARGEST_TOP_UP_CENTS
from kiosk.wire.desk import Role
from kiosk.wire.money import (
    CardMark,
    CardState,
    FindPrintCard,
    IssueCard,
    MarkCard,
    Means,
    MoneyFault,
    PostingReversed,
    PrintCardView,
    ReadStatement,
    ReplaceCard,
    ReversePosting,
    StatementPage,
    ToppedUp,
)
from tests.helpers.hubhouse import JEANNE
from tests.helpers.moneyhouse import NUMBER, OTHER, TILL, TILL_BIJ, MoneyHouse, fault
from tests.helpers.tillday import TillDay


def lines(house: MoneyHouse) -> int:
    """Count all lines of the ledger, which must be sound."""
    verdict = house.verdict()
    assert verdict.sound, verdict.findings
    return sum(book.lines for book in verdict.books)


class LedgerContract:
    """What moves money, whatever keeps the rows."""

    def test_a_top_up_is_on_the_card_and_in_the_till(self, house: MoneyHouse) -> None:
        cashier = house.cashier()
        house.card(cashier)

        answer = house.paid(cashier, 500)

        assert (answer.amount_cents, answer.card.balance_cents) == (500, 500)
        with house.store.begin(write=False) as work:
            till = Account(AccountKind.TILL_CASH, TILL)
            assert work.money.ledger.balance(till) == 500
            assert work.money.ledger.balance(account_of(answer.card.card_id)) == 500
        assert lines(house) == 2

    def test_the_same_receipt_twice_is_one_top_up(self, house: MoneyHouse) -> None:
        cashier = house.cashier()
        house.card(cashier)
        ask_id = house.fresh_id()

        first = house.pay(cashier, 500, ask_id=ask_id)
        house.shut()

        assert house.pay(cashier, 500, ask_id=ask_id) == first
        assert fault(house.pay(cashier, 600, ask_id=ask_id)) is MoneyFault.ASK_REUSED
        other = house.cashier()
        assert fault(house.pay(other, 500, ask_id=ask_id)) is MoneyFault.ASK_REUSED
        assert lines(house) == 2

    @pytest.mark.parametrize(
        ("cents", "expected"),
        [
            (0, MoneyFault.AMOUNT_NOT_POSITIVE),
            (-500, MoneyFault.AMOUNT_NOT_POSITIVE),
            (LARGEST_TOP_UP_CENTS + 1, MoneyFault.AMOUNT_TOO_LARGE),
            (2**53, MoneyFault.AMOUNT_TOO_LARGE),
        ],
    )
    def test_an_amount_that_is_none_writes_no_line(
        self, house: MoneyHouse, cents: int, expected: MoneyFault
    ) -> None:
        cashier = house.cashier()
        house.card(cashier)

        assert fault(house.pay(cashier, cents)) is expected
        assert lines(house) == 0

    def test_an_unknown_card_or_till_and_a_closed_till_write_no_line(
        self, house: MoneyHouse
    ) -> None:
        cashier = house.cashier()
        house.card(cashier)
        here = house.cashier(("trapeze",))

        assert fault(house.pay(cashier, 500, OTHER)) is MoneyFault.CARD_UNKNOWN
        assert fault(house.pay(cashier, 500, till="nowhere")) is MoneyFault.TILL_UNKNOWN
        assert fault(house.pay(here, 500, till=TILL_BIJ)) is MoneyFault.TILL_UNKNOWN
        house.shut()
        assert fault(house.pay(cashier, 500)) is MoneyFault.TILL_CLOSED
        assert lines(house) == 0

    def test_a_card_takes_no_more_than_it_is_meant_to(self, house: MoneyHouse) -> None:
        cashier = house.cashier()
        house.card(cashier)
        full, rest = divmod(LARGEST_BALANCE_CENTS, LARGEST_TOP_UP_CENTS)
        for _ in range(full):
            house.paid(cashier, LARGEST_TOP_UP_CENTS)

        refused = house.pay(cashier, rest + 1)

        assert fault(refused) is MoneyFault.BALANCE_TOO_LARGE
        house.paid(cashier, rest)

    def test_a_refusal_leaves_the_ask_free_to_be_done_later(self, house: MoneyHouse) -> None:
        cashier = house.cashier()
        ask_id = house.fresh_id()
        assert fault(house.pay(cashier, 500, ask_id=ask_id)) is MoneyFault.CARD_UNKNOWN
        house.card(cashier)

        assert isinstance(house.pay(cashier, 500, ask_id=ask_id), ToppedUp)

    def test_money_is_for_cashiers(self, house: MoneyHouse) -> None:
        cashier = house.cashier()
        card = house.card(cashier)
        paid = house.paid(cashier, 500)
        issue = IssueCard(ask_id=house.fresh_id(), site_id="trapeze", number=OTHER)
        for role in set(Role) - {Role.CASHIER, Role.REGISSEUR, Role.ADMIN}:
            staff = house.agent(frozenset({role}))
            assert isinstance(house.money.cards.issue(staff, issue), NotAllowed)
            find = FindPrintCard(number=NUMBER)
            assert isinstance(house.money.cards.find(staff, find), NotAllowed)
            statement = ReadStatement(card_id=card.card_id)
            assert isinstance(house.money.cards.statement(staff, statement), NotAllowed)
        reversal = ReversePosting(
            ask_id=house.fresh_id(), posting_id=paid.posting_id, reason="mistyped"
        )
        assert isinstance(house.money.topups.reverse(cashier, reversal), NotAllowed)
        elsewhere = house.cashier(("bij",))
        assert isinstance(house.money.cards.issue(elsewhere, issue), NotFound)

    def test_a_card_is_known_by_a_digest_and_four_digits_alone(self, house: MoneyHouse) -> None:
        cashier = house.cashier()
        made = house.card(cashier)
        found = house.money.cards.find(cashier, FindPrintCard(number=NUMBER))

        assert found == made
        assert (made.last_four, made.state, made.tied) == ("0011", CardState.ACTIVE, False)
        with house.store.begin(write=False) as work:
            kept = work.money.cards.get(made.card_id)
        assert NUMBER not in repr(kept)
        assert kept is not None
        assert kept.number_digest != house.references.reference(NUMBER)

    def test_a_number_makes_one_card_and_the_same_ask_the_same(self, house: MoneyHouse) -> None:
        cashier = house.cashier()
        ask = IssueCard(
            ask_id=house.fresh_id(), site_id="trapeze", number=NUMBER, member_card=JEANNE
        )
        made = house.money.cards.issue(cashier, ask)
        assert isinstance(made, PrintCardView)
        assert made.tied

        assert house.money.cards.issue(cashier, ask) == made
        again = replace(ask, ask_id=house.fresh_id())
        assert fault(house.money.cards.issue(cashier, again)) is MoneyFault.CARD_TAKEN
        reused = replace(ask, number=OTHER)
        assert fault(house.money.cards.issue(cashier, reused)) is MoneyFault.ASK_REUSED
        nobody = replace(again, number=OTHER, member_card="99999999")
        assert fault(house.money.cards.issue(cashier, nobody)) is MoneyFault.MEMBER_UNKNOWN

    def test_a_blocked_card_takes_no_money_until_it_is_unblocked(self, house: MoneyHouse) -> None:
        cashier = house.cashier()
        card = house.card(cashier)

        def mark(what: CardMark, reason: str = "lost") -> PrintCardView | MoneyFault:
            ask = MarkCard(
                ask_id=house.fresh_id(),
                site_id="trapeze",
                card_id=card.card_id,
                mark=what,
                reason=reason,
            )
            answer = house.money.cards.mark(cashier, ask)
            assert house.money.cards.mark(cashier, ask) == answer
            return answer if isinstance(answer, PrintCardView) else fault(answer)

        assert mark(CardMark.BLOCK, " ") is MoneyFault.NO_REASON
        assert mark(CardMark.UNBLOCK) is MoneyFault.CARD_NOT_BLOCKED
        blocked = mark(CardMark.BLOCK)
        assert isinstance(blocked, PrintCardView)
        assert blocked.state is CardState.BLOCKED
        assert fault(house.pay(cashier, 500)) is MoneyFault.CARD_BLOCKED
        assert mark(CardMark.BLOCK) is MoneyFault.CARD_BLOCKED
        assert isinstance(mark(CardMark.UNBLOCK), PrintCardView)
        house.paid(cashier, 500)

    def test_a_replaced_card_hands_its_credit_over_once(self, house: MoneyHouse) -> None:
        cashier = house.cashier()
        old = house.card(cashier)
        house.paid(cashier, 700)
        ask = ReplaceCard(
            ask_id=house.fresh_id(),
            site_id="trapeze",
            card_id=old.card_id,
            number=OTHER,
            reason="lost",
        )

        new = house.money.cards.replace(cashier, ask)

        assert isinstance(new, PrintCardView)
        assert (new.balance_cents, new.last_four) == (700, OTHER[-4:])
        assert house.money.cards.replace(cashier, ask) == new
        gone = house.money.cards.find(cashier, FindPrintCard(number=NUMBER))
        assert isinstance(gone, PrintCardView)
        assert (gone.balance_cents, gone.state) == (0, CardState.REPLACED)
        assert fault(house.pay(cashier, 500)) is MoneyFault.CARD_REPLACED
        twice = replace(ask, ask_id=house.fresh_id(), number="7700000000037")
        assert fault(house.money.cards.replace(cashier, twice)) is MoneyFault.CARD_REPLACED
        assert lines(house) == 4

    def test_an_empty_card_is_replaced_like_any_other(self, house: MoneyHouse) -> None:
        cashier = house.cashier()
        old = house.card(cashier)
        ask = ReplaceCard(
            ask_id=house.fresh_id(),
            site_id="trapeze",
            card_id=old.card_id,
            number=OTHER,
            reason="broken",
        )

        assert isinstance(house.money.cards.replace(cashier, ask), PrintCardView)
        assert fault(house.money.cards.replace(cashier, replace(ask, number=NUMBER)))
        assert lines(house) == 2

    def test_a_statement_tells_what_moved_and_what_was_left(self, house: MoneyHouse) -> None:
        cashier = house.cashier()
        card = house.card(cashier)
        for cents in range(1, 53):
            house.paid(cashier, cents)

        first = house.money.cards.statement(cashier, ReadStatement(card_id=card.card_id))

        assert isinstance(first, StatementPage)
        assert [one.change_cents for one in first.lines] == list(range(52, 2, -1))
        assert first.lines[0].balance_cents == first.card.balance_cents == 52 * 53 // 2
        assert first.more
        ask = ReadStatement(card_id=card.card_id, before=first.lines[-1].number)
        rest = house.money.cards.statement(cashier, ask)
        assert isinstance(rest, StatementPage)
        assert [one.balance_cents for one in rest.lines] == [3, 1]
        assert not rest.more

    def test_a_reversal_takes_back_a_top_up_once_and_both_stay(self, house: MoneyHouse) -> None:
        cashier, steward = house.cashier(), house.steward()
        house.card(cashier)
        paid = house.paid(cashier, 500)
        ask = ReversePosting(
            ask_id=house.fresh_id(), posting_id=paid.posting_id, reason="50 was meant"
        )

        answer = house.money.topups.reverse(steward, ask)

        assert isinstance(answer, PostingReversed)
        assert answer.card.balance_cents == 0
        assert house.money.topups.reverse(steward, ask) == answer
        again = replace(ask, ask_id=house.fresh_id())
        assert fault(house.money.topups.reverse(steward, again)) is MoneyFault.ALREADY_REVERSED
        over = replace(again, posting_id=answer.posting_id)
        assert fault(house.money.topups.reverse(steward, over)) is MoneyFault.NOT_REVERSIBLE
        assert lines(house) == 4

    def test_a_reversal_needs_a_reason_an_open_till_and_the_credit(self, house: MoneyHouse) -> None:
        cashier, steward = house.cashier(), house.steward()
        card = house.card(cashier)
        paid = house.paid(cashier, 500)
        ask = ReversePosting(ask_id=house.fresh_id(), posting_id=paid.posting_id, reason="error")
        reverse = house.money.topups.reverse

        assert fault(reverse(steward, replace(ask, reason="  "))) is MoneyFault.NO_REASON
        unknown = replace(ask, posting_id=house.fresh_id())
        assert fault(reverse(steward, unknown)) is MoneyFault.POSTING_UNKNOWN
        self.spend(house, card.card_id, 1)
        refused = reverse(steward, ask)
        assert fault(refused) is MoneyFault.SPENT
        house.paid(cashier, 1)
        house.shut()
        assert fault(reverse(steward, ask)) is MoneyFault.TILL_CLOSED

    def test_a_top_up_is_not_taken_back_once_its_till_was_closed(self, house: MoneyHouse) -> None:
        cashier, steward = house.cashier(), house.steward()
        house.card(cashier)
        paid = house.paid(cashier, 500)
        day = TillDay(house, TILL, steward)
        day.count()
        day.close(kept=0)
        day.open(0)
        ask = ReversePosting(ask_id=house.fresh_id(), posting_id=paid.posting_id, reason="error")

        assert fault(house.money.topups.reverse(steward, ask)) is MoneyFault.CLOSED_SINCE
        assert house.lying() == 0
        assert house.verdict().sound

    def spend(self, house: MoneyHouse, card_id: str, cents: int) -> None:
        """Take from a card as the settlement of a job does."""
        ledger = Ledger(house.clock, house.dice, house.money_keys)
        sales = Account(AccountKind.SALES, "trapeze")
        draft = Draft(
            PostingKind.SETTLEMENT,
            "trapeze",
            (debit(account_of(card_id), cents), credit(sales, cents)),
            card_id=card_id,
        )
        ask = Ask(house.fresh_id(), "test", FindPrintCard(number=NUMBER))
        with house.store.begin(write=True) as work:
            work.money.cards.hold(card_id)
            ledger.enter(work, ledger.new_posting(ask, draft), draft.entries, ask.message)

    def test_a_card_is_never_overdrawn_however_many_spend_at_once(self, house: MoneyHouse) -> None:
        cashier = house.cashier()
        card = house.card(cashier)
        house.paid(cashier, 70)

        def spend(_: int) -> bool:
            try:
                self.spend(house, card.card_id, 20)
            except Overdrawn:
                return False
            return True

        with ThreadPoolExecutor(6) as pool:
            done = list(pool.map(spend, range(12)))

        assert sum(done) == 3
        with house.store.begin(write=False) as work:
            assert work.money.ledger.balance(account_of(card.card_id)) == 10
        assert lines(house) == 2 + 3 * 2

    def test_the_same_ask_sent_by_many_at_once_is_done_once(self, house: MoneyHouse) -> None:
        cashier = house.cashier()
        house.card(cashier)
        ask_id = house.fresh_id()

        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(lambda _: house.pay(cashier, 500, ask_id=ask_id), range(12)))

        assert len(set(answers)) == 1
        assert lines(house) == 2

    def test_tills_and_cards_in_any_order_wait_for_nobody_for_ever(self, house: MoneyHouse) -> None:
        cashier = house.cashier()
        for number in (NUMBER, OTHER):
            house.card(cashier, number)

        def pay(turn: int) -> bool:
            answer = house.pay(
                cashier,
                10,
                (NUMBER, OTHER)[turn % 2],
                till=(TILL, TILL_BIJ)[turn // 2 % 2],
                means=Means.CARD,
            )
            return isinstance(answer, ToppedUp)

        with ThreadPoolExecutor(8) as pool:
            assert all(pool.map(pay, range(32)))
        assert lines(house) == 64

    def test_a_posting_that_does_not_sum_to_zero_is_not_entered(self, house: MoneyHouse) -> None:
        card = house.card(house.cashier())
        ledger = Ledger(house.clock, house.dice, house.money_keys)
        entries = (credit(account_of(card.card_id), 5), debit(Account(AccountKind.SALES, "x"), 4))
        ask = Ask(house.fresh_id(), "test", FindPrintCard(number=NUMBER))
        posting = ledger.new_posting(ask, Draft(PostingKind.SETTLEMENT, "trapeze", entries))

        def enter() -> None:
            with house.store.begin(write=True) as work:
                ledger.enter(work, posting, entries, ask.message)

        with pytest.raises(ValueError, match="sum to zero"):
            enter()
        assert lines(house) == 0
