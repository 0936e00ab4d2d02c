"""The contract of holds: set aside once, sent once, settled once; nothing is lost on the way."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec.structs import replace

from admin_console.hub.service.answer import NotAllowed, NotFound
from kiosk.rules.credit import AUTHORISED_SECONDS, SILENT_SECONDS, HoldState
from kiosk.wire.desk import Role
from kiosk.wire.hold import (
    DoubtfulHolds,
    HoldView,
    KeepHold,
    PagesRefunded,
    PrintQuoted,
    QuotePrint,
    ReadDoubts,
    RefundPages,
    ReleaseHold,
    SendHold,
    SettleDoubt,
)
from kiosk.wire.money import (
    CardMark,
    FindPrintCard,
    MarkCard,
    MoneyFault,
    MoneyRefused,
    PrintCardView,
    ReplaceCard,
    ReversePosting,
)
from tests.helpers.hubhouse import BIJ, Sitting
from tests.helpers.moneyhouse import NUMBER, OTHER, MoneyHouse, fault, job

THREE = job(False, True, False)
COST = 70


def balance(house: MoneyHouse, number: str = NUMBER) -> tuple[int, int]:
    """Return what stands on a card and what is set aside of it; the ledger is sound."""
    found = house.money.cards.find(house.cashier(), FindPrintCard(number=number))
    assert isinstance(found, PrintCardView)
    verdict = house.verdict()
    assert verdict.sound, verdict.findings
    return found.balance_cents, found.held_cents


def ready(house: MoneyHouse, cents: int = 100) -> Sitting:
    """Return a station where somebody sits, in a house with prices and a card with credit."""
    house.prices()
    cashier = house.cashier()
    house.card(cashier)
    house.paid(cashier, cents)
    station = house.enrol()
    house.sit(station)
    return station


class HoldContract:
    """What stations and cashiers do with print jobs."""

    def test_a_quote_names_its_prices_and_the_balance(self, house: MoneyHouse) -> None:
        station = ready(house)
        assert station.slot_id is not None
        ask = QuotePrint(slot_id=station.slot_id, job=THREE, number=NUMBER)

        answer = house.money.holds.quote(station.identity, ask)

        assert isinstance(answer, PrintQuoted)
        assert (answer.quote.cents, answer.quote.pages) == (COST, 3)
        assert answer.quote.mono is not None
        assert answer.quote.colour is not None
        assert (answer.quote.mono.cents, answer.quote.colour.deliberation) == (10, "2026-12")
        assert answer.card is not None
        assert answer.card.balance_cents == 100
        unknown = replace(ask, number=OTHER)
        assert fault(house.money.holds.quote(station.identity, unknown)) is MoneyFault.CARD_UNKNOWN
        huge = replace(ask, job=job(*[False] * 999, copies=3))
        assert fault(house.money.holds.quote(station.identity, huge)) is MoneyFault.JOB_TOO_LARGE
        elsewhere = house.enrol(BIJ)
        assert fault(house.money.holds.quote(elsewhere.identity, ask)) is MoneyFault.NO_PRICE

    def test_only_the_pages_that_came_out_are_charged(self, house: MoneyHouse) -> None:
        station = ready(house)

        made = house.held(station, THREE, COST)
        assert (made.state, made.held_cents) == (HoldState.AUTHORISED, COST)
        assert made.card is not None
        assert (made.card.balance_cents, made.card.held_cents) == (30, COST)
        assert balance(house) == (30, COST)
        sent = house.money.holds.send(station.identity, SendHold(hold_id=made.hold_id))
        assert isinstance(sent, HoldView)
        assert sent.state is HoldState.SENDING
        assert balance(house) == (30, COST)
        done = house.settle(station, sent, 1)

        assert isinstance(done, HoldView)
        assert (done.state, done.charged_cents, done.printed) == (HoldState.SETTLED, 10, 1)
        assert done.card is not None
        assert (done.card.balance_cents, done.card.held_cents) == (90, 0)
        assert balance(house) == (90, 0)

    def test_each_step_asked_again_gets_the_same_answer_and_is_taken_once(
        self, house: MoneyHouse
    ) -> None:
        station = ready(house)
        hold_id = house.fresh_id()
        made = house.authorise(station, THREE, COST, hold_id=hold_id)
        assert house.authorise(station, THREE, COST, hold_id=hold_id) == made
        other = house.authorise(station, job(False), 10, hold_id=hold_id)
        assert fault(other) is MoneyFault.ASK_REUSED
        assert isinstance(made, HoldView)
        send = SendHold(hold_id=hold_id)
        sent = house.money.holds.send(station.identity, send)
        assert house.money.holds.send(station.identity, send) == sent
        done = house.settle(station, made, 2)

        assert house.settle(station, made, 2) == done
        assert fault(house.settle(station, made, 3)) is MoneyFault.HOLD_OVER
        release = house.money.holds.release(station.identity, ReleaseHold(hold_id=hold_id))
        assert fault(release) is MoneyFault.HOLD_OVER
        assert balance(house) == (40, 0)

    def test_nothing_is_settled_that_was_not_sent(self, house: MoneyHouse) -> None:
        station = ready(house)
        made = house.held(station, THREE, COST)

        assert fault(house.settle(station, made, 3)) is MoneyFault.HOLD_NOT_SENT
        assert balance(house) == (30, COST)
        assert isinstance(
            house.money.holds.release(station.identity, ReleaseHold(hold_id=made.hold_id)), HoldView
        )
        send = house.money.holds.send(station.identity, SendHold(hold_id=made.hold_id))
        assert fault(send) is MoneyFault.HOLD_OVER
        assert balance(house) == (100, 0)

    def test_what_was_sent_is_not_released_and_a_job_without_pages_costs_nothing(
        self, house: MoneyHouse
    ) -> None:
        station = ready(house)
        sent = house.sent(station, THREE, COST)
        release = house.money.holds.release(station.identity, ReleaseHold(hold_id=sent.hold_id))
        assert fault(release) is MoneyFault.HOLD_SENT

        done = house.settle(station, sent, 0)

        assert isinstance(done, HoldView)
        assert (done.state, done.charged_cents) == (HoldState.RELEASED, 0)
        assert balance(house) == (100, 0)

    def test_a_printer_that_counts_too_many_pages_charges_the_job(self, house: MoneyHouse) -> None:
        station = ready(house)

        done = house.settle(station, house.sent(station, THREE, COST), 4)

        assert isinstance(done, HoldView)
        assert (done.charged_cents, done.printed) == (COST, 3)

    @pytest.mark.parametrize("number", [NUMBER, None])
    def test_credit_that_is_short_and_a_price_that_changed_are_told(
        self, house: MoneyHouse, number: str | None
    ) -> None:
        station = ready(house, 60)

        short = house.authorise(station, THREE, COST, number)
        changed = house.authorise(station, THREE, 60, number)

        wanted = MoneyFault.CARD_UNKNOWN if number is None else MoneyFault.CREDIT_SHORT
        assert isinstance(short, MoneyRefused)
        assert (short.fault, short.needed_cents) == (wanted, COST)
        assert isinstance(changed, MoneyRefused)
        assert (changed.fault, changed.needed_cents) == (MoneyFault.PRICE_CHANGED, COST)
        assert balance(house) == (60, 0)

    def test_a_blocked_card_pays_no_job_and_gets_its_rest_back(self, house: MoneyHouse) -> None:
        station = ready(house)
        sent = house.sent(station, THREE, COST)
        assert sent.card is not None
        ask = MarkCard(
            ask_id=house.fresh_id(),
            site_id="trapeze",
            card_id=sent.card.card_id,
            mark=CardMark.BLOCK,
            reason="lost",
        )
        house.money.cards.mark(house.cashier(), ask)

        assert fault(house.authorise(station, job(False), 10)) is MoneyFault.CARD_BLOCKED
        house.settle(station, sent, 1)
        assert balance(house) == (90, 0)

    def test_a_hold_is_its_own_station_s(self, house: MoneyHouse) -> None:
        station, beside = ready(house), house.enrol()
        made = house.held(station, THREE, COST)

        for answer in (
            house.money.holds.send(beside.identity, SendHold(hold_id=made.hold_id)),
            house.money.holds.keep(beside.identity, KeepHold(hold_id=made.hold_id)),
            house.settle(beside, made, 3),
            house.money.holds.send(station.identity, SendHold(hold_id=house.fresh_id())),
        ):
            assert fault(answer) is MoneyFault.HOLD_UNKNOWN

    def test_what_was_not_sent_expires_and_what_was_sent_never_does(
        self, house: MoneyHouse
    ) -> None:
        station = ready(house)
        house.held(station, job(False), 10)
        late = house.held(station, job(False), 10)
        sent = house.sent(station, job(True), 50)
        house.clock.advance(AUTHORISED_SECONDS)
        assert house.money.doubts.sweep() == 0

        house.clock.advance(1)
        send = house.money.holds.send(station.identity, SendHold(hold_id=late.hold_id))
        assert fault(send) is MoneyFault.HOLD_EXPIRED
        assert house.money.doubts.sweep() == 2
        assert house.money.doubts.sweep() == 0

        assert balance(house) == (50, 50)
        assert isinstance(house.settle(station, sent, 1), HoldView)
        assert balance(house) == (50, 0)

    def test_after_two_silent_hours_a_job_is_doubtful_and_a_cashier_settles_it(
        self, house: MoneyHouse
    ) -> None:
        station = ready(house)
        sent = house.sent(station, THREE, COST)
        house.clock.advance(SILENT_SECONDS)
        house.money.holds.keep(station.identity, KeepHold(hold_id=sent.hold_id))
        house.clock.advance(SILENT_SECONDS)
        assert house.money.doubts.sweep() == 0
        cashier, elsewhere = house.cashier(), house.cashier(("bij",))
        early = SettleDoubt(
            site_id="trapeze", hold_id=sent.hold_id, printed=2, reason="two in the tray"
        )
        assert fault(house.money.doubts.settle(cashier, early)) is MoneyFault.HOLD_NOT_DOUBTFUL

        house.clock.advance(1)
        assert house.money.doubts.sweep() == 1
        assert balance(house) == (30, COST)
        asked = house.money.doubts.read(cashier, ReadDoubts(site_id="trapeze"))
        assert isinstance(asked, DoubtfulHolds)
        assert [one.hold_id for one in asked.holds] == [sent.hold_id]
        (told,) = asked.holds
        assert (told.pages, told.held_cents, told.printer) == (3, COST, "HP couloir")
        assert told.seat_id == station.identity.seat_id, "where its sheets are asked about"
        assert isinstance(
            house.money.doubts.read(elsewhere, ReadDoubts(site_id="trapeze")), NotFound
        )
        agent = house.agent(frozenset({Role.AGENT}))
        assert isinstance(house.money.doubts.settle(agent, early), NotAllowed)
        silent = replace(early, reason=" ")
        assert fault(house.money.doubts.settle(cashier, silent)) is MoneyFault.NO_REASON

        done = house.money.doubts.settle(cashier, early)

        assert isinstance(done, HoldView)
        assert done.charged_cents == 60
        assert house.money.doubts.settle(cashier, early) == done
        assert fault(house.settle(station, sent, 3)) is MoneyFault.HOLD_OVER
        again = replace(early, printed=0)
        assert fault(house.money.doubts.settle(cashier, again)) is MoneyFault.HOLD_OVER
        assert balance(house) == (40, 0)

    def test_a_station_that_speaks_again_settles_its_doubtful_job(self, house: MoneyHouse) -> None:
        station = ready(house)
        sent = house.sent(station, THREE, COST)
        house.clock.advance(SILENT_SECONDS + 1)
        house.money.doubts.sweep()

        assert isinstance(house.settle(station, sent, 3), HoldView)
        assert balance(house) == (30, 0)

    def test_pages_are_refunded_as_credit_the_last_ones_first(self, house: MoneyHouse) -> None:
        station = ready(house)
        done = house.settle(station, house.sent(station, THREE, COST), 3)
        assert isinstance(done, HoldView)
        cashier = house.cashier()
        ask = RefundPages(
            ask_id=house.fresh_id(),
            site_id="trapeze",
            hold_id=done.hold_id,
            pages=2,
            reason="streaks",
        )

        answer = house.money.doubts.refund(cashier, ask)

        assert isinstance(answer, PagesRefunded)
        assert (answer.refunded_cents, answer.check_printer) == (60, False)
        assert house.money.doubts.refund(cashier, ask) == answer
        assert balance(house) == (90, 0)
        more = replace(ask, ask_id=house.fresh_id())
        assert fault(house.money.doubts.refund(cashier, more)) is MoneyFault.MORE_THAN_PRINTED
        none = replace(more, pages=0)
        assert fault(house.money.doubts.refund(cashier, none)) is MoneyFault.AMOUNT_NOT_POSITIVE
        back = ReversePosting(
            ask_id=house.fresh_id(), posting_id=answer.posting_id, reason="other job"
        )
        house.money.topups.reverse(house.steward(), back)
        assert balance(house) == (30, 0)
        assert isinstance(house.money.doubts.refund(cashier, more), PagesRefunded)

    def test_why_pages_are_not_refunded_is_told_by_how_their_job_stands(
        self, house: MoneyHouse
    ) -> None:
        station = ready(house)
        cashier = house.cashier()

        def refused(hold: HoldView, pages: int = 1) -> MoneyFault:
            ask = RefundPages(
                ask_id=house.fresh_id(),
                site_id="trapeze",
                hold_id=hold.hold_id,
                pages=pages,
                reason="blank",
            )
            return fault(house.money.doubts.refund(cashier, ask))

        held = house.held(station, job(False), 10)
        assert refused(held) is MoneyFault.HOLD_SENT
        house.money.holds.release(station.identity, ReleaseHold(hold_id=held.hold_id))
        assert refused(held) is MoneyFault.MORE_THAN_PRINTED
        sent = house.sent(station, job(False), 10)
        assert refused(sent) is MoneyFault.HOLD_SENT
        house.clock.advance(SILENT_SECONDS + 1)
        assert house.money.doubts.sweep() == 1
        assert refused(sent) is MoneyFault.HOLD_SENT
        assert balance(house) == (90, 10)

    def test_three_refunds_of_one_printer_within_a_week_are_told(self, house: MoneyHouse) -> None:
        station = ready(house)
        told = []
        for _ in range(4):
            done = house.settle(station, house.sent(station, job(False), 10), 1)
            assert isinstance(done, HoldView)
            ask = RefundPages(
                ask_id=house.fresh_id(),
                site_id="trapeze",
                hold_id=done.hold_id,
                pages=1,
                reason="blank",
            )
            answer = house.money.doubts.refund(house.cashier(), ask)
            assert isinstance(answer, PagesRefunded)
            told.append(answer.check_printer)
            house.clock.advance(3 * 24 * 3600 if len(told) < 3 else 8 * 24 * 3600)

        assert told == [False, False, True, False]

    def test_what_a_job_gives_back_goes_to_the_card_that_replaced_the_lost_one(
        self, house: MoneyHouse
    ) -> None:
        station = ready(house)
        sent = house.sent(station, THREE, COST)
        assert sent.card is not None
        ask = ReplaceCard(
            ask_id=house.fresh_id(),
            site_id="trapeze",
            card_id=sent.card.card_id,
            number=OTHER,
            reason="lost",
        )
        new = house.money.cards.replace(house.cashier(), ask)
        assert isinstance(new, PrintCardView)
        assert (new.balance_cents, new.held_cents) == (30, COST)
        assert balance(house) == (0, 0)

        done = house.settle(station, sent, 1)

        assert isinstance(done, HoldView)
        assert done.card is not None
        assert done.card.last_four == OTHER[-4:]
        assert balance(house, OTHER) == (90, 0)

    def test_a_card_is_never_overdrawn_by_jobs_at_once(self, house: MoneyHouse) -> None:
        station = ready(house)

        with ThreadPoolExecutor(6) as pool:
            answers = list(
                pool.map(lambda _: house.authorise(station, job(False, False), 20), range(9))
            )

        assert sum(isinstance(one, HoldView) for one in answers) == 5
        assert balance(house) == (0, 100)

    def test_a_hold_settled_by_many_at_once_is_settled_once(self, house: MoneyHouse) -> None:
        station = ready(house)
        sent = house.sent(station, THREE, COST)

        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda n: house.settle(station, sent, n % 3 + 1), range(8)))

        done = {one for one in answers if isinstance(one, HoldView)}
        assert len(done) == 1
        assert balance(house) == (100 - next(iter(done)).charged_cents, 0)
