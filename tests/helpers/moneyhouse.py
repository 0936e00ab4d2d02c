"""The small town with two open tills, for the tests of money."""

import dataclasses
import secrets
from datetime import date

from admin_console.hub.members.moneykey import HmacMoneyKeys
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.money.cases import money_cases
from admin_console.hub.service.money.drawer import expected_in
from admin_console.hub.service.money.record import Till
from admin_console.hub.service.money.tillverify import verify_money
from admin_console.hub.service.money.verify import Verdict
from admin_console.hub.store.store import Store
from kiosk.rules.identifier import make_id
from kiosk.rules.tariff import Paper, Sides
from kiosk.wire.desk import Role
from kiosk.wire.hold import AuthoriseHold, HoldAnswer, HoldView, SendHold, SettleHold
from kiosk.wire.money import (
    IssueCard,
    Means,
    MoneyFault,
    MoneyRefused,
    PrintCardView,
    ToppedUp,
    TopUp,
    TopUpAnswer,
)
from kiosk.wire.tariff import FreeView, JobView, LapseView, PriceList, PriceView, WritePrices
from tests.helpers.clock import START, FakeClock
from tests.helpers.hubhouse import HubHouse, Sitting

NUMBER, OTHER = "7700000000011", "7700000000029"
TILLS = {"trapeze.caisse": "trapeze", "bij.caisse": "bij"}
TILL, TILL_BIJ = TILLS
TODAY = START.date()


class MoneyHouse(HubHouse):
    """The town, its tills, and short ways to move money."""

    def __init__(self, store: Store, clock: FakeClock, *, furnish: bool = True) -> None:
        super().__init__(store, clock, furnish=furnish)
        self.money_keys = HmacMoneyKeys(b"p" * 32)
        self.money = money_cases(store, clock, self.dice, self.money_keys, self.people)
        if not furnish:
            return
        with store.begin(write=True) as work:
            for till_id, site_id in TILLS.items():
                work.money.tills.add(Till(till_id, site_id, "Caisse", clock.now()))

    def cashier(self, sites: tuple[str, ...] | None = None) -> StaffIdentity:
        return self.agent(frozenset({Role.CASHIER}), sites)

    def steward(self) -> StaffIdentity:
        return self.agent(frozenset({Role.REGISSEUR}))

    def card(self, staff: StaffIdentity, number: str = NUMBER) -> PrintCardView:
        """Issue a card."""
        ask = IssueCard(ask_id=self.fresh_id(), site_id=staff.site_ids[0], number=number)
        made = self.money.cards.issue(staff, ask)
        assert isinstance(made, PrintCardView), made
        return made

    def pay(
        self,
        staff: StaffIdentity,
        cents: int,
        number: str = NUMBER,
        *,
        till: str = TILL,
        means: Means = Means.CASH,
        ask_id: str | None = None,
    ) -> TopUpAnswer:
        """Ask to put money on a card."""
        ask = TopUp(
            ask_id=ask_id or self.fresh_id(),
            till_id=till,
            number=number,
            amount_cents=cents,
            means=means,
        )
        answer = self.money.topups.top_up(staff, ask)
        assert isinstance(answer, ToppedUp | MoneyRefused), answer
        return answer

    def paid(self, staff: StaffIdentity, cents: int, number: str = NUMBER) -> ToppedUp:
        """Put money on a card."""
        answer = self.pay(staff, cents, number)
        assert isinstance(answer, ToppedUp), answer
        return answer

    def prices(
        self,
        *prices: PriceView,
        free: tuple[FreeView, ...] = (),
        lapses: tuple[LapseView, ...] = (),
    ) -> PriceList:
        """Write the price list of the library: 10 cents a page, 50 in colour, if none is said."""
        ask = WritePrices(
            site_id="trapeze",
            prices=prices or (page(10), page(50, colour=True)),
            free=free,
            lapses=lapses,
        )
        made = self.money.prices.write(self.steward(), ask)
        assert isinstance(made, PriceList), made
        return made

    def authorise(
        self,
        station: Sitting,
        wanted: JobView,
        cents: int,
        number: str | None = NUMBER,
        hold_id: str | None = None,
    ) -> HoldAnswer:
        """Ask to set aside what a job costs."""
        ask = AuthoriseHold(
            hold_id=hold_id or self.fresh_id(),
            slot_id=station.slot_id or self.fresh_id(),
            job=wanted,
            quoted_cents=cents,
            number=number,
            printer="HP couloir",
        )
        return self.money.holds.authorise(station.identity, ask)

    def held(
        self, station: Sitting, wanted: JobView, cents: int, number: str | None = NUMBER
    ) -> HoldView:
        """Set aside what a job costs."""
        answer = self.authorise(station, wanted, cents, number)
        assert isinstance(answer, HoldView), answer
        return answer

    def sent(self, station: Sitting, wanted: JobView, cents: int) -> HoldView:
        """Set aside what a job costs and mark it as being sent."""
        made = self.held(station, wanted, cents)
        answer = self.money.holds.send(station.identity, SendHold(hold_id=made.hold_id))
        assert isinstance(answer, HoldView), answer
        return answer

    def settle(self, station: Sitting, hold: HoldView, printed: int) -> HoldAnswer:
        """Tell how many pages came out."""
        ask = SettleHold(hold_id=hold.hold_id, printed=printed)
        return self.money.holds.settle(station.identity, ask)

    def shut(self, till_id: str = TILL) -> None:
        """Close a till."""
        with self.store.begin(write=True) as work:
            till = work.money.tills.hold(till_id)
            assert till is not None
            work.money.tills.save(dataclasses.replace(till, opened_at=None))

    def ceiling(self, cents: int, till_id: str = TILL) -> None:
        """Let a till hold so much at the most."""
        with self.store.begin(write=True) as work:
            till = work.money.tills.hold(till_id)
            assert till is not None
            work.money.tills.save(dataclasses.replace(till, ceiling_cents=cents))

    def lying(self, till_id: str = TILL) -> int:
        """Return the cash that the ledger knows in a till."""
        with self.store.begin(write=False) as work:
            return expected_in(work, till_id).cash_cents

    def verdict(self) -> Verdict:
        """Look through the ledger."""
        return verify_money(self.store, self.money_keys)


def fault(answer: object) -> MoneyFault:
    """Return why nothing was written."""
    assert isinstance(answer, MoneyRefused), answer
    return answer.fault


def page(cents: int, *, colour: bool = False, since: date = TODAY) -> PriceView:
    """Return a price of A4 pages on one side."""
    return PriceView(
        line_id=make_id(START, secrets.token_bytes),
        paper=Paper.A4,
        colour=colour,
        sides=Sides.ONE,
        cents=cents,
        valid_from=since,
        deliberation="2026-12",
    )


def job(*colours: bool, copies: int = 1) -> JobView:
    """Return a job of A4 pages on one side."""
    return JobView(paper=Paper.A4, sides=Sides.ONE, copies=copies, colours=colours)
