"""The use cases of money, put together."""

from dataclasses import dataclass

from admin_console.hub.service.money.doubt import Doubts
from admin_console.hub.service.money.hold import Holds
from admin_console.hub.service.money.lapse import Lapses
from admin_console.hub.service.money.ledger import Ledger
from admin_console.hub.service.money.port import MoneyKeys
from admin_console.hub.service.money.pricelist import PriceLists
from admin_console.hub.service.money.printcard import PrintCards
from admin_console.hub.service.money.receipt import Receipts
from admin_console.hub.service.money.seatcredit import SeatCredits
from admin_console.hub.service.money.till import TillCases
from admin_console.hub.service.money.tillchain import TillChain
from admin_console.hub.service.money.tilljournal import TillJournals
from admin_console.hub.service.money.topup import TopUps
from admin_console.hub.service.port import Clock, People, Store
from kiosk.rules.identifier import Entropy


@dataclass(frozen=True, slots=True)
class MoneyCases:
    """What the routes of money call."""

    cards: PrintCards
    topups: TopUps
    tills: TillCases
    receipts: Receipts
    journal: TillJournals
    prices: PriceLists
    holds: Holds
    doubts: Doubts
    lapses: Lapses
    seats: SeatCredits


def money_cases(
    store: Store, clock: Clock, entropy: Entropy, keys: MoneyKeys, people: People
) -> MoneyCases:
    """Return the use cases of money on a store."""
    ledger = Ledger(clock, entropy, keys)
    receipts = Receipts(store, clock)
    return MoneyCases(
        cards=PrintCards(store, clock, entropy, keys, people, ledger),
        topups=TopUps(store, clock, keys, ledger, receipts),
        tills=TillCases(store, clock, ledger, TillChain(clock, keys, ledger)),
        receipts=receipts,
        journal=TillJournals(store),
        prices=PriceLists(store, clock),
        holds=Holds(store, clock, keys, ledger),
        doubts=Doubts(store, clock, ledger),
        lapses=Lapses(store, clock, ledger),
        seats=SeatCredits(store, clock, keys),
    )
