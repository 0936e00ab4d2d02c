"""A top-up before it is asked for: what was typed, what it means, what is still wrong with it."""

from dataclasses import dataclass, replace

from kiosk.rules.credit import (
    LARGEST_BALANCE_CENTS,
    LARGEST_TOP_UP_CENTS,
    AmountFault,
    read_amount,
)
from kiosk.wire.money import Means, PaperReceipt

PRESETS = (100, 200, 500, 1000)
"""The amounts that have a key of their own, in cents."""

LARGEST_GIVEN_CENTS = LARGEST_BALANCE_CENTS
"""Nobody hands a larger note over than the largest of all."""


@dataclass(frozen=True, slots=True)
class TopUpDraft:
    """What has been chosen so far.

    Attributes:
        preset: the cents of the key that is pressed; None where an amount is written.
        typed: the written amount.
        means: how it is paid.
        given: what was handed over, as it was written; empty is the amount itself.
        paper: the receipt that was written by hand before.
    """

    preset: int | None = None
    typed: str = ""
    means: Means = Means.CASH
    given: str = ""
    paper: PaperReceipt | None = None

    def choose(self, cents: int) -> "TopUpDraft":
        """Return the draft with a key pressed."""
        return replace(self, preset=cents, typed="")

    def write(self, typed: str) -> "TopUpDraft":
        """Return the draft with an amount written."""
        return replace(self, preset=None, typed=typed)

    def pay_by(self, means: Means) -> "TopUpDraft":
        """Return the draft with another means; only cash is handed over and changed."""
        return replace(self, means=means, given=self.given if means is Means.CASH else "")

    def hand_over(self, given: str) -> "TopUpDraft":
        """Return the draft with what was handed over."""
        return replace(self, given=given)

    def note(self, paper: PaperReceipt | None) -> "TopUpDraft":
        """Return the draft of what a paper receipt tells."""
        return replace(self, paper=paper)

    def begin_again(self) -> "TopUpDraft":
        """Return the next draft: how one pays stays, what was paid goes."""
        return TopUpDraft(means=self.means)

    def change_card(self) -> "TopUpDraft":
        """Return the draft for another card: a paper receipt stays until it is taken or removed."""
        return replace(self.begin_again(), paper=self.paper)

    @property
    def amount(self) -> int | AmountFault | None:
        """The cents, why they are none, or None where nothing is chosen."""
        if self.preset is not None:
            return self.preset
        return read_amount(self.typed, LARGEST_TOP_UP_CENTS) if self.typed.strip() else None

    @property
    def cents(self) -> int:
        """The cents that are chosen, 0 where there are none."""
        return self.amount if isinstance(self.amount, int) else 0

    @property
    def handed(self) -> int | AmountFault | None:
        """What was handed over, why it is no amount, or None where nothing is written."""
        if self.means is not Means.CASH or not self.given.strip():
            return None
        return read_amount(self.given, LARGEST_GIVEN_CENTS)

    @property
    def change(self) -> int | None:
        """What goes back in cents, negative where too little was handed over."""
        handed = self.handed
        return handed - self.cents if isinstance(handed, int) and self.cents else None

    def is_whole(self, balance_cents: int) -> bool:
        """Return whether it may be asked for, on a card with this balance."""
        handed = self.handed
        is_paid = handed is None or (isinstance(handed, int) and handed >= self.cents)
        return bool(self.cents) and is_paid and not self.is_too_much(balance_cents)

    def is_too_much(self, balance_cents: int) -> bool:
        """Return whether the card would hold more than a card may."""
        return balance_cents + self.cents > LARGEST_BALANCE_CENTS
