"""What lies in a drawer while it is counted: pieces of each note and coin, slips and cheques."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kiosk.rules.credit import AmountFault, read_amount
from kiosk.wire.till import CoinCount

NOTES = (200_00, 100_00, 50_00, 20_00, 10_00, 5_00)
COINS = (200, 100, 50, 20, 10, 5, 2, 1)
"""Values in cents, the largest first."""

PIECES = re.compile(r"[0-9]{1,5}")
LARGEST_CENTS = 99_999_99
"""More never lies in a drawer."""


@dataclass(frozen=True, slots=True)
class CoinDraft:
    """What has been written so far; an empty field is none of that kind."""

    pieces: Mapping[int, str] = field(default_factory=dict)
    card: str = ""
    cheque: str = ""

    def write(self, value_cents: int, text: str) -> "CoinDraft":
        """Return the draft with so many pieces of a kind."""
        return replace(self, pieces={**self.pieces, value_cents: text})

    def count(self, value_cents: int) -> int | None:
        """Return how many pieces there are of a kind, None where what is written is no number."""
        text = self.pieces.get(value_cents, "").strip()
        if not text:
            return 0
        return int(text) if PIECES.fullmatch(text) else None

    def sum_of(self, values: tuple[int, ...]) -> int:
        """Return the cents of some kinds, those left out that are no number."""
        return sum(value * (self.count(value) or 0) for value in values)

    @property
    def cash_cents(self) -> int:
        """All notes and coins."""
        return self.sum_of(NOTES + COINS)

    @property
    def card_cents(self) -> int | AmountFault:
        """The slips of cards together."""
        return read_sum(self.card)

    @property
    def cheque_cents(self) -> int | AmountFault:
        """The cheques together."""
        return read_sum(self.cheque)

    @property
    def is_whole(self) -> bool:
        """Whether everything that is written is a number."""
        counts = all(self.count(value) is not None for value in NOTES + COINS)
        sums = isinstance(self.card_cents, int) and isinstance(self.cheque_cents, int)
        return counts and sums

    @property
    def is_begun(self) -> bool:
        """Whether anything is written."""
        return any((*self.pieces.values(), self.card, self.cheque))

    def coins(self) -> tuple[CoinCount, ...]:
        """Return the kinds that there are any of."""
        return tuple(
            CoinCount(value_cents=value, pieces=pieces)
            for value in NOTES + COINS
            if (pieces := self.count(value))
        )


def read_sum(text: str) -> int | AmountFault:
    """Return the cents of a sum as it is typed; nothing and zero are zero."""
    if not text.strip():
        return 0
    found = read_amount(text, LARGEST_CENTS)
    return 0 if found is AmountFault.ZERO else found
