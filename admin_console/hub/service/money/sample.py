"""The money of the sample estate: tills, prices, and print cards with some credit on them."""

from dataclasses import replace
from datetime import date

from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.money.cases import MoneyCases
from admin_console.hub.service.money.drawer import expected_in
from admin_console.hub.service.money.pricelist import site_date
from admin_console.hub.service.money.record import Till
from admin_console.hub.service.port import Clock, Store
from admin_console.hub.service.sample import Sample, SampleInvalid, SamplePrintCard, SampleSite
from kiosk.rules.identifier import Entropy, make_id
from kiosk.wire.desk import Role
from kiosk.wire.money import IssueCard, Means, PrintCardView, ToppedUp, TopUp
from kiosk.wire.tariff import FreeView, LapseView, PriceList, PriceView, WritePrices
from kiosk.wire.till import CloseTill, CoinCount, CountTill, OpenTill, TillClosed, TillView


class SampleMoney:
    """Plants the money of a sample whose places and staff are there.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        entropy: makes identifiers.
        money: what cashiers do; the sample is written as they would write it.
        sample: what to plant.
    """

    def __init__(
        self, store: Store, clock: Clock, entropy: Entropy, money: MoneyCases, sample: Sample
    ) -> None:
        self._store = store
        self._clock = clock
        self._entropy = entropy
        self._money = money
        self._sample = sample

    def plant(self) -> None:
        """Write the prices, issue the cards, put their credit on them, and close the tills.

        Raises:
            SampleInvalid: what stands in the file is refused at a till.
        """
        steward = self._steward()
        for site in self._sample.site:
            self._open_tills(steward, site)
            if site.price:
                self._write_prices(steward, site)
        for card in self._sample.print_card:
            self._issue(steward, card)
        for site in self._sample.site:
            self._close_tills(steward, site)

    def _steward(self) -> StaffIdentity:
        name = next((one.name for one in self._sample.staff if Role.REGISSEUR in one.roles), "")
        with self._store.begin(write=False) as work:
            found = work.staff.by_name(name)
            sites = tuple(site.site_id for site in work.sites.all())
        if found is None:
            if not self._sample.print_card:
                return StaffIdentity("", "", "", frozenset({Role.REGISSEUR}), sites)
            raise SampleInvalid("print cards need a régisseur")
        return StaffIdentity(found.staff_id, name, found.display_name, found.roles, sites)

    def _open_tills(self, steward: StaffIdentity, site: SampleSite) -> None:
        with self._store.begin(write=True) as work:
            for till in site.till:
                till_id = f"{site.id}.{till.id}"
                made = Till(till_id, site.id, till.name)
                made = replace(made, regie=till.regie, ceiling_cents=till.ceiling_cents)
                work.money.tills.add(made)
        for till in site.till:
            ask = OpenTill(
                ask_id=self._id(), till_id=f"{site.id}.{till.id}", float_cents=till.float_cents
            )
            opened = self._money.tills.open(steward, ask)
            if not isinstance(opened, TillView):
                raise SampleInvalid(f"the till {till.id} of {site.id}: {opened}")

    def _close_tills(self, steward: StaffIdentity, site: SampleSite) -> None:
        """Leave the tills as after a working day: whoever serves opens theirs."""
        for till in site.till:
            till_id = f"{site.id}.{till.id}"
            with self._store.begin(write=False) as work:
                cash = expected_in(work, till_id).cash_cents
            coins = (CoinCount(value_cents=1, pieces=cash),)
            counted = CountTill(ask_id=self._id(), till_id=till_id, coins=coins)
            self._money.tills.count(steward, counted)
            ask = CloseTill(ask_id=self._id(), till_id=till_id, kept_cents=till.float_cents)
            closed = self._money.tills.close(steward, ask)
            if not isinstance(closed, TillClosed):
                raise SampleInvalid(f"the till {till.id} of {site.id}: {closed}")

    def _write_prices(self, steward: StaffIdentity, site: SampleSite) -> None:
        with self._store.begin(write=False) as work:
            today = site_date(work, site.id, self._clock)
        ask = WritePrices(
            site_id=site.id,
            prices=tuple(
                PriceView(
                    line_id=self._id(),
                    paper=one.paper,
                    colour=one.colour,
                    sides=one.sides,
                    cents=one.cents,
                    valid_from=today,
                    deliberation=site.deliberation,
                )
                for one in site.price
            ),
            free=tuple(
                FreeView(
                    rule_id=self._id(),
                    category=one.category,
                    pages=one.pages,
                    period=one.period,
                    valid_from=today,
                    deliberation=site.deliberation,
                )
                for one in site.free
            ),
            lapses=self._lapses(site, today),
        )
        answer = self._money.prices.write(steward, ask)
        if not isinstance(answer, PriceList):
            raise SampleInvalid(f"the prices of {site.id}: {answer}")

    def _lapses(self, site: SampleSite, today: date) -> tuple[LapseView, ...]:
        if site.credit_months is None:
            return ()
        line = LapseView(
            rule_id=self._id(),
            months=site.credit_months,
            valid_from=today,
            deliberation=site.deliberation,
        )
        return (line,)

    def _issue(self, steward: StaffIdentity, card: SamplePrintCard) -> None:
        site_id, number, cents = card.site, card.number, card.cents
        ask = IssueCard(ask_id=self._id(), site_id=site_id, number=number, member_card=card.member)
        made = self._money.cards.issue(steward, ask)
        if not isinstance(made, PrintCardView):
            raise SampleInvalid(f"the print card {number}: {made}")
        if cents == 0:
            return
        with self._store.begin(write=False) as work:
            tills = work.money.tills.of_site(site_id)
        if not tills:
            raise SampleInvalid(f"{site_id} has no till for the print card {number}")
        paid = self._money.topups.top_up(
            steward,
            TopUp(
                ask_id=self._id(),
                till_id=tills[0].till_id,
                number=number,
                amount_cents=cents,
                means=Means.CASH,
            ),
        )
        if not isinstance(paid, ToppedUp):
            raise SampleInvalid(f"the credit of the print card {number}: {paid}")

    def _id(self) -> str:
        return make_id(self._clock.now(), self._entropy)
