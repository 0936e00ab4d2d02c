"""What the state machine of money believes: each ask once, and where every cent must be."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from admin_console.hub.service.money.account import Account, AccountKind
from kiosk.wire.hold import PagesRefunded
from kiosk.wire.money import Means, ReceiptView
from kiosk.wire.till import TillClosed, TillView

KINDS = {
    Means.CASH: AccountKind.TILL_CASH,
    Means.CARD: AccountKind.TILL_CARD,
    Means.CHEQUE: AccountKind.TILL_CHEQUE,
    "float": AccountKind.FLOAT,
    "surplus": AccountKind.SURPLUS,
    "shortfall": AccountKind.SHORTFALL,
    "paid_in": AccountKind.PAID_IN,
}


PRICES = {"mono": 10, "colour": 50}
HALF_A_YEAR = 183 * 24 * 3600


class Crash(BaseException):
    """The hub died here."""


@dataclass
class Op:
    """One ask, which may be made again and again, and what its answer moves, by account."""

    key: str
    ask: Callable[[], object]
    moves: Callable[[object], dict[str, int]]


@dataclass
class Book:
    """What the answers so far say that must have moved; each key counts once.

    What an opening moves depends on what the closing before it left, whose answer may come later:
    both are kept, and reckoned when somebody looks.
    """

    effects: dict[str, dict[str, int]] = field(default_factory=dict)
    floats: dict[tuple[str, int], int] = field(default_factory=dict)
    kept: dict[tuple[str, int], int] = field(default_factory=dict)
    receipts: dict[tuple[str, int, int], str] = field(default_factory=dict)
    copies: dict[tuple[str, int, int, int], str] = field(default_factory=dict)

    def sums(self) -> dict[str, int]:
        """Return what must stand on each account."""
        found: dict[str, int] = defaultdict(int)
        for moved in self.effects.values():
            for name, cents in moved.items():
                found[name] += cents
        for (till, session), cents in self.floats.items():
            change = cents - self.kept.get((till, session - 1), 0)
            found[f"{Means.CASH} {till}"] += change
            found[f"float {till}"] += change
        return {name: cents for name, cents in found.items() if cents}

    def opened(self, answer: TillView) -> dict[str, int]:
        """Take down an opening."""
        place = (answer.till_id, answer.session)
        assert self.floats.setdefault(place, answer.float_cents) == answer.float_cents
        return {}

    def closed(self, answer: TillClosed) -> dict[str, int]:
        """Take down a closing, and return what it moves: all but what was kept has left."""
        till, moved = answer.till_id, defaultdict[str, int](int)
        assert self.kept.setdefault((till, answer.session), answer.kept_cents) == answer.kept_cents
        for means in Means:
            field_name = f"{means}_cents"
            expected, counted, difference, paid_in = (
                getattr(one, field_name)
                for one in (answer.expected, answer.counted, answer.difference, answer.paid_in)
            )
            stays = answer.kept_cents if means is Means.CASH else 0
            assert difference == counted - expected
            assert paid_in == counted - stays
            moved[f"{means} {till}"] += stays - expected
            moved[f"{'surplus' if difference > 0 else 'shortfall'} {till}"] += abs(difference)
            moved[f"paid_in {till}"] += paid_in
        return dict(moved)

    def given(self, receipt: ReceiptView | None, posting_id: str) -> None:
        """Take down a receipt: no other posting has its number."""
        assert receipt is not None
        place = (receipt.till_id, receipt.year, receipt.number)
        assert receipt.posting_id == posting_id
        assert self.receipts.setdefault(place, posting_id) == posting_id

    def copied(self, receipt: ReceiptView, ask_id: str) -> dict[str, int]:
        """Take down a copy: no other ask made the same one."""
        assert receipt.copy > 0
        place = (receipt.till_id, receipt.year, receipt.number, receipt.copy)
        assert self.copies.setdefault(place, ask_id) == ask_id
        return {}

    def numbers(self, till: str, year: int) -> list[int]:
        """Return the numbers of the receipts of a till and year."""
        return sorted(number for one, when, number in self.receipts if (one, when) == (till, year))

    @staticmethod
    def account(name: str, till: str) -> Account:
        """Return the account that the book calls by this name at a till."""
        return Account(KINDS[name], till)

    @staticmethod
    def refunded(answer: object) -> dict[str, int]:
        """Return what a refund moves."""
        assert isinstance(answer, PagesRefunded)
        assert answer.hold.card is not None
        cents = answer.refunded_cents
        return {f"card {answer.hold.card.card_id}": cents, "refunds": cents}
