"""The small town with two open tills, for the tests of money."""

import dataclasses

from admin_console.hub.members.moneykey import HmacMoneyKeys
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.money.cases import money_cases
from admin_console.hub.service.money.record import Till
from admin_console.hub.service.money.verify import Verdict, verify_ledger
from admin_console.hub.store.store import Store
from kiosk.wire.desk import Role
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
from tests.helpers.clock import FakeClock
from tests.helpers.hubhouse import HubHouse

NUMBER, OTHER = "7700000000011", "7700000000029"
TILLS = {"trapeze.caisse": "trapeze", "bij.caisse": "bij"}
TILL, TILL_BIJ = TILLS


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

    def shut(self, till_id: str = TILL) -> None:
        """Close a till."""
        with self.store.begin(write=True) as work:
            till = work.money.tills.hold(till_id)
            assert till is not None
            work.money.tills.save(dataclasses.replace(till, opened_at=None))

    def verdict(self) -> Verdict:
        """Look through the ledger."""
        return verify_ledger(self.store, self.money_keys)


def fault(answer: object) -> MoneyFault:
    """Return why nothing was written."""
    assert isinstance(answer, MoneyRefused), answer
    return answer.fault
