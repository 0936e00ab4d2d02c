"""The contract of the credit at a seat: its visitor's own, only there, and told when it moves."""

import pytest
from msgspec.structs import replace

from admin_console.hub.service.identity import StationIdentity
from kiosk.rules.throttle import FIRST_DELAY_SECONDS, FREE_TRIES
from kiosk.wire.change import ChangesPage, CreditChanged
from kiosk.wire.credit import (
    CardFault,
    CreditGround,
    MovementKind,
    ReadSeatCredit,
    SeatCredit,
    SeatCreditAnswer,
    SeatCreditRefused,
)
from kiosk.wire.hold import HoldView, PrintQuoted, QuotePrint, RefundPages, ReleaseHold
from kiosk.wire.money import (
    CardMark,
    IssueCard,
    MarkCard,
    MoneyFault,
    MoneyRefused,
    PrintCardView,
    ReplaceCard,
    ReversePosting,
)
from tests.contracts.hub_holds import COST, THREE, ready
from tests.helpers.hubhouse import BIJ, JEANNE, MARCEL, Sitting
from tests.helpers.moneyhouse import NUMBER, OTHER, MoneyHouse, fault

UNKNOWN = "7700000000045"


def ask(
    house: MoneyHouse, station: Sitting, number: str | None = None, slot_id: str | None = None
) -> SeatCreditAnswer:
    wanted = ReadSeatCredit(slot_id=slot_id or station.slot_id or house.fresh_id(), number=number)
    return house.money.seats.read(station.identity, wanted)


def told(house: MoneyHouse, station: Sitting, number: str | None = None) -> SeatCredit:
    answer = ask(house, station, number)
    assert isinstance(answer, SeatCredit), answer
    return answer


def tied(house: MoneyHouse, number: str = OTHER, member: str = JEANNE) -> PrintCardView:
    """Issue a card that belongs to a member."""
    cashier = house.cashier()
    wanted = IssueCard(
        ask_id=house.fresh_id(), site_id=cashier.site_ids[0], number=number, member_card=member
    )
    made = house.money.cards.issue(cashier, wanted)
    assert isinstance(made, PrintCardView), made
    return made


def news(house: MoneyHouse, station: StationIdentity, after: int) -> list[CreditChanged]:
    page = house.feed.changes(station, after)
    assert isinstance(page, ChangesPage)
    return [one.body for one in page.changes if isinstance(one.body, CreditChanged)]


def cursor(house: MoneyHouse) -> int:
    with house.store.begin(write=False) as work:
        return work.changes.last()


class SeatCreditContract:
    """What is told at a seat."""

    def test_a_member_sees_their_own_cards_and_nobody_elses(self, house: MoneyHouse) -> None:
        station = ready(house)
        assert told(house, station).cards == ()
        tied(house)
        house.paid(house.cashier(), 430, OTHER)

        credit = told(house, station)

        assert [(one.last_four, one.balance_cents, one.tied) for one in credit.cards] == [
            (OTHER[-4:], 430, True)
        ]
        assert [one.kind for one in credit.movements] == [MovementKind.TOP_UP]
        neighbour = house.enrol()
        house.sit(neighbour, MARCEL)
        assert told(house, neighbour).cards == ()
        assert told(house, neighbour, OTHER).fault is CardFault.OF_ANOTHER

    @pytest.mark.parametrize("place", ["not asked for", "another seat", "over", "nobody knows it"])
    def test_only_the_slot_that_runs_on_the_seat_is_told_of(
        self, house: MoneyHouse, place: str
    ) -> None:
        station = ready(house)
        slot_id = station.slot_id
        assert slot_id is not None
        asker = station
        if place == "not asked for":
            slot_id = house.fresh_id()
        elif place == "another seat":
            asker = house.enrol()
        elif place == "over":
            house.leave(station, slot_id)
        else:
            slot_id = "01890000-0000-7000-8000-00000000abcd"

        answer = ask(house, asker, NUMBER, slot_id)

        assert answer == SeatCreditRefused(ground=CreditGround.NOBODY_HERE)

    def test_a_site_without_prices_sells_nothing(self, house: MoneyHouse) -> None:
        house.prices()
        station = house.enrol(BIJ)
        house.sit(station)

        assert ask(house, station) == SeatCreditRefused(ground=CreditGround.NOT_SOLD_HERE)

    def test_the_card_that_was_passed_comes_first_whatever_else_there_is(
        self, house: MoneyHouse
    ) -> None:
        station = ready(house)
        tied(house)
        house.paid(house.cashier(), 900, OTHER)

        credit = told(house, station, NUMBER)

        assert [one.last_four for one in credit.cards] == [NUMBER[-4:], OTHER[-4:]]
        assert [one.balance_cents for one in credit.movements] == [100]
        assert [one.last_four for one in told(house, station, OTHER).cards] == [OTHER[-4:]]
        assert told(house, station).cards[0].last_four == OTHER[-4:]

    def test_a_card_that_is_good_for_nothing_is_named(self, house: MoneyHouse) -> None:
        station = ready(house)
        card = tied(house)
        cashier = house.cashier()
        block = MarkCard(
            ask_id=house.fresh_id(),
            site_id="trapeze",
            card_id=card.card_id,
            mark=CardMark.BLOCK,
            reason="trouvée",
        )
        house.money.cards.mark(cashier, block)

        assert told(house, station, OTHER).fault is CardFault.BLOCKED
        assert [one.last_four for one in told(house, station).cards] == [OTHER[-4:]]
        change = ReplaceCard(
            ask_id=house.fresh_id(),
            site_id="trapeze",
            card_id=card.card_id,
            number=UNKNOWN,
            reason="perdue",
        )
        house.money.cards.replace(cashier, change)
        assert told(house, station, OTHER).fault is CardFault.REPLACED
        assert [one.last_four for one in told(house, station).cards] == [UNKNOWN[-4:]]

    def test_numbers_cannot_be_guessed_one_after_the_other(self, house: MoneyHouse) -> None:
        station = ready(house)
        for _try in range(FREE_TRIES):
            assert told(house, station, UNKNOWN).fault is CardFault.UNKNOWN

        waits = told(house, station, NUMBER)

        assert (waits.fault, waits.cards) == (CardFault.TOO_MANY_TRIES, ())
        assert waits.retry_seconds == FIRST_DELAY_SECONDS
        neighbour = house.enrol()
        house.sit(neighbour, MARCEL)
        assert told(house, neighbour, NUMBER).fault is None
        house.clock.advance(FIRST_DELAY_SECONDS + 1)
        assert told(house, station, NUMBER).fault is None

    def test_nor_by_asking_what_a_job_costs_or_by_printing_one(self, house: MoneyHouse) -> None:
        station = ready(house)
        assert station.slot_id is not None
        unknown = QuotePrint(slot_id=station.slot_id, job=THREE, number=UNKNOWN)
        holds, here = house.money.holds, station.identity
        assert fault(holds.quote(here, unknown)) is MoneyFault.CARD_UNKNOWN
        assert fault(house.authorise(station, THREE, COST, UNKNOWN)) is MoneyFault.CARD_UNKNOWN
        assert told(house, station, UNKNOWN).fault is CardFault.UNKNOWN

        good = replace(unknown, number=NUMBER)
        refused = [holds.quote(here, good), house.authorise(station, THREE, COST)]

        waits = MoneyRefused(fault=MoneyFault.TOO_MANY_TRIES, retry_seconds=FIRST_DELAY_SECONDS)
        assert refused == [waits, waits]
        assert isinstance(holds.quote(here, replace(unknown, number=None)), PrintQuoted)
        house.clock.advance(FIRST_DELAY_SECONDS + 1)
        assert isinstance(house.authorise(station, THREE, COST), HoldView)

    def test_a_job_is_one_movement_whatever_it_took_and_gave_back(self, house: MoneyHouse) -> None:
        station = ready(house)
        made = house.sent(station, THREE, COST)

        def moved() -> list[tuple[MovementKind, int, int, int]]:
            lines = told(house, station, NUMBER).movements
            return [(one.kind, one.change_cents, one.balance_cents, one.pages) for one in lines]

        paid = (MovementKind.TOP_UP, 100, 100, 0)
        assert moved() == [(MovementKind.PRINTING, -COST, 100 - COST, 0), paid]
        house.settle(station, made, 1)
        printed = (MovementKind.PRINTED, -10, 90, 1)
        assert moved() == [printed, paid]
        given_up = house.held(station, THREE, COST)
        house.money.holds.release(station.identity, ReleaseHold(hold_id=given_up.hold_id))
        assert moved() == [printed, paid]
        refund = RefundPages(
            ask_id=house.fresh_id(),
            site_id="trapeze",
            hold_id=made.hold_id,
            pages=1,
            reason="taches",
        )
        house.money.doubts.refund(house.cashier(), refund)
        assert moved() == [(MovementKind.GIVEN_BACK, 10, 100, 0), printed, paid]

    def test_what_was_mistyped_and_taken_back_is_a_correction(self, house: MoneyHouse) -> None:
        station = ready(house)
        mistyped = house.paid(house.cashier(), 5000)
        house.money.topups.reverse(
            house.steward(),
            ReversePosting(
                ask_id=house.fresh_id(), posting_id=mistyped.posting_id, reason="50 au lieu de 5"
            ),
        )

        kinds = [one.kind for one in told(house, station, NUMBER).movements]

        assert kinds == [MovementKind.CORRECTED, MovementKind.TOP_UP, MovementKind.TOP_UP]

    def test_a_top_up_is_told_to_the_seat_of_the_cards_member_alone(
        self, house: MoneyHouse
    ) -> None:
        station, neighbour = ready(house), house.enrol()
        card = tied(house)
        after = cursor(house)

        house.paid(house.cashier(), 430, OTHER)

        expected = [CreditChanged(card_id=card.card_id, slot_id=station.slot_id)]
        assert news(house, station.identity, after) == expected
        assert news(house, neighbour.identity, after) == []
        desk = house.feed.changes(house.agent(), after)
        assert isinstance(desk, ChangesPage)
        assert not any(isinstance(one.body, CreditChanged) for one in desk.changes)

    def test_a_card_that_is_nobodys_is_told_of_to_the_stations_of_the_site(
        self, house: MoneyHouse
    ) -> None:
        station, neighbour, far = ready(house), house.enrol(), house.enrol(BIJ)
        after = cursor(house)

        house.paid(house.cashier(), 430)

        for one in (station, neighbour):
            (changed,) = news(house, one.identity, after)
            assert changed.slot_id is None
        assert news(house, far.identity, after) == []

    def test_a_new_card_is_told_of_to_the_member_who_sits(self, house: MoneyHouse) -> None:
        station = ready(house)
        after = cursor(house)

        card = tied(house)

        assert news(house, station.identity, after) == [
            CreditChanged(card_id=card.card_id, slot_id=station.slot_id)
        ]
