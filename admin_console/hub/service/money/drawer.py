"""What lies in a till: by the ledger, and by whoever counted it."""

from collections.abc import Sequence

from admin_console.hub.service.money.account import Account, AccountKind
from admin_console.hub.service.port import Work
from kiosk.wire.money import Means
from kiosk.wire.till import ByMeans, CoinCount, CountTill

COINS = (
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000,
)  # fmt: skip
"""Coins and notes of the euro, in cents."""

LARGEST_COUNT_CENTS = 100_000_00
"""More is a slip of the finger: no drawer of a library holds it."""

KIND_OF = {
    Means.CASH: AccountKind.TILL_CASH,
    Means.CARD: AccountKind.TILL_CARD,
    Means.CHEQUE: AccountKind.TILL_CHEQUE,
}


def expected_in(work: Work, till_id: str) -> ByMeans:
    """Return what the ledger says that lies in a till."""
    cash, card, cheque = (
        work.money.ledger.balance(Account(KIND_OF[means], till_id)) for means in Means
    )
    return ByMeans(cash_cents=cash, card_cents=card, cheque_cents=cheque)


def counted_of(ask: CountTill) -> ByMeans | None:
    """Return what somebody counted, None where no drawer can hold it."""
    values = [one.value_cents for one in ask.coins]
    known = set(values) <= set(COINS) and len(set(values)) == len(values)
    found = ByMeans(
        cash_cents=total_of(ask.coins), card_cents=ask.card_cents, cheque_cents=ask.cheque_cents
    )
    amounts = by_means(found).values()
    return found if known and all(0 <= one <= LARGEST_COUNT_CENTS for one in amounts) else None


def total_of(coins: Sequence[CoinCount]) -> int:
    """Return the sum of coins and notes in cents."""
    return sum(one.value_cents * one.pieces for one in coins)


def by_means(amounts: ByMeans) -> dict[Means, int]:
    """Return the amounts by the way to pay."""
    return {
        Means.CASH: amounts.cash_cents,
        Means.CARD: amounts.card_cents,
        Means.CHEQUE: amounts.cheque_cents,
    }


def as_means(amounts: dict[Means, int]) -> ByMeans:
    """Return the same as it goes over the wire."""
    return ByMeans(
        cash_cents=amounts[Means.CASH],
        card_cents=amounts[Means.CARD],
        cheque_cents=amounts[Means.CHEQUE],
    )
