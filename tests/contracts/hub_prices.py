"""The contract of prices, free pages and what is owed: told beforehand, and never changed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

from msgspec.structs import replace

from admin_console.hub.service.act import ActJournal
from admin_console.hub.service.answer import NotAllowed
from kiosk.rules.credit import SILENT_SECONDS
from kiosk.rules.roomrule import RuleFaultKind, RuleField
from kiosk.rules.signin import SignIn
from kiosk.rules.tariff import Period
from kiosk.wire.act import ActGroup, ActKind, ActsPage, ReadActs
from kiosk.wire.desk import Role
from kiosk.wire.hold import (
    HoldView,
    OutstandingCredit,
    PagesRefunded,
    RefundPages,
    ReleaseHold,
    SendHold,
    SettleDoubt,
)
from kiosk.wire.money import (
    CardMark,
    CardState,
    FindPrintCard,
    IssueCard,
    MarkCard,
    MoneyFault,
    MoneyRefused,
    PrintCardView,
)
from kiosk.wire.rule import RuleDraft, RuleFaultView, RuleFaulty, RuleSaved, SetRule
from kiosk.wire.tariff import FreeView, LapseView, PriceList, WritePrices
from tests.contracts.hub_holds import balance, ready
from tests.helpers.clock import START
from tests.helpers.hubhouse import JEANNE, MARCEL, TRAPEZE, Sitting
from tests.helpers.moneyhouse import NUMBER, OTHER, MoneyHouse, fault, job, page


def free_pages(house: MoneyHouse, pages: int, *, category: str | None = None) -> FreeView:
    return FreeView(
        rule_id=house.fresh_id(),
        category=category,
        pages=pages,
        period=Period.MONTH,
        valid_from=START.date(),
        deliberation="2026-12",
    )


def free_pages_from(house: MoneyHouse, pages: int) -> FreeView:
    """Return an allowance that counts from tomorrow."""
    return replace(free_pages(house, pages), valid_from=START.date() + timedelta(days=1))


def ready_station(house: MoneyHouse) -> Sitting:
    """Return a station of the library."""
    return house.enrol()


class PriceContract:
    """What a site asks for its pages, and what becomes of credit."""

    def test_free_pages_count_for_the_person_and_the_month(self, house: MoneyHouse) -> None:
        station = ready(house)
        house.prices(page(10, since=date(2026, 3, 11)), free=(free_pages_from(house, 4),))
        house.clock.advance(24 * 3600)
        two = job(False, False)

        first = house.held(station, two, 0, None)
        house.money.holds.send(station.identity, SendHold(hold_id=first.hold_id))
        assert isinstance(house.settle(station, first, 1), HoldView)
        second = house.held(station, job(False, False, False), 0, None)
        changed = house.authorise(station, two, 0, None)

        assert isinstance(changed, MoneyRefused)
        assert (changed.fault, changed.needed_cents) == (MoneyFault.PRICE_CHANGED, 20)
        house.money.holds.release(station.identity, ReleaseHold(hold_id=second.hold_id))
        house.held(station, job(False, False, False), 0, None)
        assert balance(house) == (100, 0)

    def test_where_pages_cost_money_the_code_is_wanted_and_the_other_way_round(
        self, house: MoneyHouse
    ) -> None:
        admin = house.agent(frozenset({Role.ADMIN}))
        with house.store.begin(write=False) as work:
            room = work.rooms.get(TRAPEZE)
        assert room is not None
        before = RuleDraft.of(room)
        alone = SetRule(before=before, draft=replace(before, sign_in=SignIn.CARD))
        paid = WritePrices(site_id="trapeze", prices=(page(10),))

        assert isinstance(house.rules.set_rule(admin, TRAPEZE, alone), RuleSaved)
        refused = house.money.prices.write(house.steward(), paid)
        assert isinstance(refused, MoneyRefused)
        assert refused.fault is MoneyFault.CARD_ALONE
        free = house.money.prices.write(house.steward(), replace(paid, prices=(page(0),)))
        assert isinstance(free, PriceList)
        back = SetRule(before=alone.draft, draft=before)
        assert isinstance(house.rules.set_rule(admin, TRAPEZE, back), RuleSaved)
        tomorrow = page(10, since=START.date() + timedelta(days=1))
        written = house.money.prices.write(house.steward(), replace(paid, prices=(tomorrow,)))
        assert isinstance(written, PriceList)

        fault = RuleFaultView(kind=RuleFaultKind.MONEY_MOVES, field=RuleField.SIGN_IN)
        assert house.rules.set_rule(admin, TRAPEZE, alone) == RuleFaulty(faults=(fault,))

    def test_two_jobs_at_once_do_not_both_take_the_last_free_page(self, house: MoneyHouse) -> None:
        house.prices(page(10), free=(free_pages(house, 3),))
        station = house.enrol()
        house.sit(station)

        with ThreadPoolExecutor(6) as pool:
            answers = list(
                pool.map(lambda _: house.authorise(station, job(False), 0, None), range(9))
            )

        assert sum(isinstance(one, HoldView) for one in answers) == 3

    def test_the_town_knows_what_it_owes(self, house: MoneyHouse) -> None:
        station = ready(house, 200)
        house.held(station, job(False), 10)
        house.sent(station, job(True), 50)
        steward = house.steward()

        owed = house.money.lapses.owed(steward)

        assert isinstance(owed, OutstandingCredit)
        assert (owed.cards, owed.cards_cents, owed.lapsing_cents) == (1, 140, 0)
        assert (owed.authorised_cents, owed.sending_cents, owed.doubtful_cents) == (10, 50, 0)
        assert isinstance(house.money.lapses.owed(house.cashier()), NotAllowed)

    def test_credit_lapses_on_the_day_that_was_told_and_not_before(self, house: MoneyHouse) -> None:
        lapse = LapseView(
            rule_id=house.fresh_id(), months=1, valid_from=START.date(), deliberation="2026-12"
        )
        house.prices(lapses=(lapse,))
        cashier = house.cashier()
        card = house.card(cashier)
        house.clock.advance(10 * 24 * 3600)
        paid = house.paid(cashier, 500)
        assert (card.expires_on, paid.card.expires_on) == (date(2026, 4, 10), date(2026, 4, 20))
        owed = house.money.lapses.owed(house.steward())
        assert isinstance(owed, OutstandingCredit)
        assert owed.lapsing_cents == 500
        house.clock.advance(31 * 24 * 3600)
        assert house.money.lapses.sweep() == 0

        house.clock.advance(24 * 3600)
        assert house.money.lapses.sweep() == 1

        assert house.money.lapses.sweep() == 0
        assert balance(house) == (0, 0)
        found = house.money.cards.find(cashier, FindPrintCard(number=NUMBER))
        assert isinstance(found, PrintCardView)
        assert found.state is CardState.EXPIRED
        assert fault(house.pay(cashier, 500)) is MoneyFault.CARD_EXPIRED

    def test_a_price_counts_from_another_day_and_is_never_changed(self, house: MoneyHouse) -> None:
        made = house.prices()
        steward = house.steward()
        (mono, _) = made.prices

        def write(ask: WritePrices) -> PriceList | MoneyFault:
            answer = house.money.prices.write(steward, ask)
            return answer if isinstance(answer, PriceList) else fault(answer)

        same = WritePrices(site_id="trapeze", prices=(mono,))
        assert write(same) == made
        other = WritePrices(site_id="trapeze", prices=(replace(mono, cents=5),))
        assert write(other) is MoneyFault.ASK_REUSED
        today = WritePrices(site_id="trapeze", prices=(page(12),))
        assert write(today) is MoneyFault.DATE_PAST
        tomorrow = START.date() + timedelta(days=1)
        coming = page(12, since=tomorrow)
        reversed_dates = replace(coming, valid_until=START.date())
        for prices, expected in (
            ((reversed_dates,), MoneyFault.DATES_REVERSED),
            ((replace(coming, cents=-1),), MoneyFault.AMOUNT_NOT_POSITIVE),
            ((replace(coming, cents=10**9),), MoneyFault.AMOUNT_TOO_LARGE),
            ((coming, coming), MoneyFault.ASK_REUSED),
        ):
            assert write(WritePrices(site_id="trapeze", prices=prices)) is expected
        after = write(WritePrices(site_id="trapeze", prices=(coming,)))
        assert isinstance(after, PriceList)
        assert set(after.prices) == {*made.prices, coming}
        station = ready_station(house)
        assert house.money.prices.of_station(station.identity) == after
        assert isinstance(house.money.prices.write(house.cashier(), today), NotAllowed)
        assert house.money.prices.read(house.cashier(), "trapeze") == after
        nowhere = house.money.prices.read(house.cashier(("bij",)), "trapeze")
        assert fault(nowhere) is MoneyFault.SITE_UNKNOWN
        held = house.money.prices.write(steward, replace(today, site_id="nowhere"))
        assert fault(held) is MoneyFault.SITE_UNKNOWN

    def test_a_member_s_card_pays_for_that_member_alone(self, house: MoneyHouse) -> None:
        house.prices()
        cashier = house.cashier()
        ask = IssueCard(
            ask_id=house.fresh_id(), site_id="trapeze", number=NUMBER, member_card=JEANNE
        )
        house.money.cards.issue(cashier, ask)
        house.paid(cashier, 100)
        here, beside = house.enrol(), house.enrol()
        house.sit(here, JEANNE)
        house.sit(beside, MARCEL)

        assert isinstance(house.authorise(here, job(False), 10), HoldView)
        refused = house.authorise(beside, job(False), 10)

        assert fault(refused) is MoneyFault.CARD_OF_ANOTHER
        assert balance(house) == (90, 10)

    def test_a_card_tied_to_a_member_has_the_free_pages_of_its_category(
        self, house: MoneyHouse
    ) -> None:
        house.prices(page(10), free=(free_pages(house, 1, category="adult"),))
        cashier = house.cashier()
        ask = IssueCard(
            ask_id=house.fresh_id(), site_id="trapeze", number=NUMBER, member_card=JEANNE
        )
        house.money.cards.issue(cashier, ask)
        house.card(cashier, OTHER)
        station = house.enrol()

        anonymous = house.authorise(station, job(False), 0, OTHER)
        unknown = house.authorise(station, job(False), 0, NUMBER)
        assert fault(unknown) is MoneyFault.CARD_OF_ANOTHER, "nobody is known to sit there"

        house.sit(station, JEANNE)
        assert isinstance(house.authorise(station, job(False), 0, NUMBER), HoldView)

        assert fault(anonymous) is MoneyFault.PRICE_CHANGED

    def test_what_is_done_with_money_stands_in_the_journal_of_acts(self, house: MoneyHouse) -> None:
        station = ready(house)
        cashier = house.cashier()
        sent = house.sent(station, job(False), 10)
        assert sent.card is not None
        for mark in CardMark:
            house.money.cards.mark(
                cashier,
                MarkCard(
                    ask_id=house.fresh_id(),
                    site_id="trapeze",
                    card_id=sent.card.card_id,
                    mark=mark,
                    reason="lost",
                ),
            )
        house.clock.advance(SILENT_SECONDS + 1)
        house.money.doubts.sweep()
        house.money.doubts.settle(
            cashier,
            SettleDoubt(site_id="trapeze", hold_id=sent.hold_id, printed=1, reason="in the tray"),
        )
        house.money.doubts.refund(
            cashier,
            RefundPages(
                ask_id=house.fresh_id(),
                site_id="trapeze",
                hold_id=sent.hold_id,
                pages=1,
                reason="streaks",
            ),
        )

        now = house.clock.now()
        ask = ReadActs(since=START, until=now + timedelta(days=1), group=ActGroup.MONEY)
        page = ActJournal(house.store).read(house.agent(frozenset({Role.ADMIN})), ask)

        assert isinstance(page, ActsPage)
        assert [(one.kind, one.facts.cents, one.card_end) for one in reversed(page.lines)] == [
            (ActKind.PRINT_CARD_ISSUED, None, NUMBER[-4:]),
            (ActKind.TOPPED_UP, 100, NUMBER[-4:]),
            (ActKind.PRINT_CARD_BLOCKED, None, NUMBER[-4:]),
            (ActKind.PRINT_CARD_UNBLOCKED, None, NUMBER[-4:]),
            (ActKind.JOB_DOUBTED, 10, NUMBER[-4:]),
            (ActKind.DOUBT_SETTLED, 10, NUMBER[-4:]),
            (ActKind.PAGES_REFUNDED, 10, NUMBER[-4:]),
        ]

    def test_pages_that_were_free_have_a_refusal_of_their_own(self, house: MoneyHouse) -> None:
        house.prices(free=(free_pages(house, 1),))
        house.card(house.cashier())
        house.paid(house.cashier(), 100)
        station = house.enrol()
        house.sit(station)
        mixed = house.settle(station, house.sent(station, job(True, False), 50), 2)
        assert isinstance(mixed, HoldView)
        cashier = house.cashier()
        blank = RefundPages(
            ask_id=house.fresh_id(),
            site_id="trapeze",
            hold_id=mixed.hold_id,
            pages=1,
            reason="blank",
        )
        assert fault(house.money.doubts.refund(cashier, blank)) is MoneyFault.PAGES_FREE
        both = replace(blank, pages=2)
        answer = house.money.doubts.refund(cashier, both)
        assert isinstance(answer, PagesRefunded)
        assert answer.refunded_cents == 50
