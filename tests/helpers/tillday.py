"""A day at a till, for the tests of money: opened, counted, closed."""

from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.money.drawer import COINS, expected_in
from kiosk.wire.money import MoneyRefused
from kiosk.wire.till import (
    ByMeans,
    CloseTill,
    CoinCount,
    CountTill,
    OpenTill,
    TillClosed,
    TillView,
)
from tests.helpers.moneyhouse import MoneyHouse


class TillDay:
    """What somebody does with a till.

    Args:
        house: the town.
        till_id: the till.
        staff: who serves there.
    """

    def __init__(self, house: MoneyHouse, till_id: str, staff: StaffIdentity) -> None:
        self._house, self._till_id, self._staff = house, till_id, staff

    def inside(self) -> ByMeans:
        """Return what should lie in the till."""
        with self._house.store.begin(write=False) as work:
            return expected_in(work, self._till_id)

    def open(self, float_cents: int) -> TillView:
        """Open it with so much in it."""
        ask = OpenTill(
            ask_id=self._house.fresh_id(), till_id=self._till_id, float_cents=float_cents
        )
        made = self._house.money.tills.open(self._staff, ask)
        assert isinstance(made, TillView), made
        return made

    def count(self, slip: int = 0) -> TillView:
        """Count what lies in it, which is so much more than should."""
        inside = self.inside()
        ask = CountTill(
            ask_id=self._house.fresh_id(),
            till_id=self._till_id,
            coins=coins(max(inside.cash_cents + slip, 0)),
            card_cents=inside.card_cents,
            cheque_cents=inside.cheque_cents,
        )
        made = self._house.money.tills.count(self._staff, ask)
        assert isinstance(made, TillView), made
        return made

    def close(self, kept: int, reason: str = "Erreur de rendu") -> TillClosed:
        """Close it, and leave so much in it."""
        ask = CloseTill(
            ask_id=self._house.fresh_id(), till_id=self._till_id, kept_cents=kept, reason=reason
        )
        made = self._house.money.tills.close(self._staff, ask)
        assert not isinstance(made, MoneyRefused), made
        assert isinstance(made, TillClosed)
        return made


def coins(cents: int) -> tuple[CoinCount, ...]:
    """Return coins and notes that make an amount."""
    found = []
    for value in sorted(COINS, reverse=True):
        pieces, cents = divmod(cents, value)
        if pieces:
            found.append(CoinCount(value_cents=value, pieces=pieces))
    return tuple(found)
