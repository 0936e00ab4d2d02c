"""Tills between programs: opened with a float, counted, then compared, closed; and their receipts.

Amounts are whole cents. What a till should hold is told once it has been counted, and not before.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec

from kiosk.wire.codec import Count, Id, Label, Message, Name, Stamp, Text
from kiosk.wire.money import Cents, MoneyRefused, ReceiptView

Coins = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
Year = Annotated[int, msgspec.Meta(ge=2000, le=9998)]


class ByMeans(Message, frozen=True, kw_only=True):
    """An amount for each way to pay."""

    cash_cents: Cents = 0
    card_cents: Cents = 0
    cheque_cents: Cents = 0


class CoinCount(Message, frozen=True, kw_only=True):
    """So many pieces of a coin or a note of this value in cents."""

    value_cents: Coins
    pieces: Coins


class DrawerView(Message, frozen=True, kw_only=True):
    """What a counted till should hold and does hold; `counts` are how often it was counted."""

    expected: ByMeans
    counted: ByMeans
    coins: tuple[CoinCount, ...] = ()
    counted_at: Stamp
    counts: Count = 1


class TillView(Message, frozen=True, kw_only=True, tag="till"):
    """A till as its cashier sees it.

    `session` counts its openings. `mine` says that who asks may use it now; `float_cents`,
    `receipts` and `drawer` are told to nobody else. `over_ceiling` says that more lies in it than
    the régie allows: it must be paid in. `ceiling_cents` is None without a ceiling.
    """

    till_id: Name
    site_id: Name
    name: Name
    regie: Label = ""
    session: Count = 0
    opened_at: Stamp | None = None
    opened_by: Label = ""
    mine: bool = False
    float_cents: Cents = 0
    receipts: Count = 0
    ceiling_cents: Cents | None = None
    over_ceiling: bool = False
    drawer: DrawerView | None = None


class Tills(Message, frozen=True, kw_only=True):
    """The tills of a site."""

    tills: tuple[TillView, ...]


class OpenTill(Message, frozen=True, kw_only=True):
    """Ask to open a till with the float that was counted into it."""

    ask_id: Id
    till_id: Name
    float_cents: Cents


class CountTill(Message, frozen=True, kw_only=True):
    """Say what lies in a till: coins and notes by value, slips of cards, cheques.

    Once it is said no line is added any more; it may be said again until the till is closed, and
    every count is kept.
    """

    ask_id: Id
    till_id: Name
    coins: Annotated[tuple[CoinCount, ...], msgspec.Meta(max_length=20)]
    card_cents: Cents = 0
    cheque_cents: Cents = 0


class CloseTill(Message, frozen=True, kw_only=True):
    """Ask to close a counted till. `kept_cents` stay in it as the next float, the rest is paid in.

    `reason` says why less or more was counted than expected.
    """

    ask_id: Id
    till_id: Name
    kept_cents: Cents
    reason: Text = ""


class TillClosed(Message, frozen=True, kw_only=True, tag="till_closed"):
    """The till is closed for good: `number` is its line in the till's chain, `seal` signs it.

    `difference` is what was counted less what was expected; `paid_in` leaves the till.
    """

    till_id: Name
    session: Count
    number: Count
    at: Stamp
    agent: Label
    expected: ByMeans
    counted: ByMeans
    difference: ByMeans
    paid_in: ByMeans
    kept_cents: Cents
    reason: Text = ""
    seal: Name


TillAnswer = TillView | MoneyRefused
ClosingAnswer = TillClosed | MoneyRefused


class ReceiptPage(Message, frozen=True, kw_only=True, tag="receipts"):
    """Receipts of a till and year, the newest first; `more` says that there are older ones."""

    receipts: tuple[ReceiptView, ...]
    more: bool = False


ReceiptsAnswer = ReceiptPage | MoneyRefused


class CopyReceipt(Message, frozen=True, kw_only=True):
    """Ask for a copy of a receipt; it says that it is one, and which."""

    ask_id: Id
    till_id: Name
    year: Year
    number: Count


ReceiptAnswer = ReceiptView | MoneyRefused


class PaperForm(StrEnum):
    """How a receipt is printed: on a roll of 80 mm, or on a sheet of A4."""

    ROLL = "roll"
    SHEET = "sheet"


class ClosingView(Message, frozen=True, kw_only=True):
    """A closing of a period, as the accountant reads it."""

    till_name: Name
    closing: TillClosed


class TillJournal(Message, frozen=True, kw_only=True, tag="till_journal"):
    """The receipts and closings of a site's tills from `since` to `until`, both included."""

    site_id: Name
    since: date
    until: date
    receipts: tuple[ReceiptView, ...]
    closings: tuple[ClosingView, ...]


TillJournalAnswer = TillJournal | MoneyRefused
