"""Print credit set aside for a job: asked for by a station, settled by it or by a cashier.

The order is fixed: quote, authorise, send, settle. Nothing goes to a printer before the answer to
`SendHold` says `sending`. Each ask may be sent again and gets the same answer.
"""

from kiosk.rules.credit import HoldState
from kiosk.wire.codec import Count, Id, Label, Message, Name, Stamp, Text
from kiosk.wire.money import Cents, MoneyRefused, PrintCardView
from kiosk.wire.station import CardNumber
from kiosk.wire.tariff import JobView, QuoteView


class QuotePrint(Message, frozen=True, kw_only=True):
    """Ask what a job costs whoever sits here. `number` is the print card that was passed."""

    slot_id: Id
    job: JobView
    number: CardNumber | None = None


class PrintQuoted(Message, frozen=True, kw_only=True, tag="print_quoted"):
    """The price, and how the card stands before."""

    quote: QuoteView
    card: PrintCardView | None = None


PrintQuoteAnswer = PrintQuoted | MoneyRefused


class AuthoriseHold(Message, frozen=True, kw_only=True):
    """Ask to set aside what a job costs. The station made `hold_id`.

    `quoted_cents` is what the visitor saw and confirmed: another price is refused, and told.
    """

    hold_id: Id
    slot_id: Id
    job: JobView
    quoted_cents: Cents
    number: CardNumber | None = None
    printer: Label = ""


class SendHold(Message, frozen=True, kw_only=True):
    """Ask to send the job: from `sending` on the credit waits for the printer's word."""

    hold_id: Id


class KeepHold(Message, frozen=True, kw_only=True):
    """Tell that the job is still being printed."""

    hold_id: Id


class SettleHold(Message, frozen=True, kw_only=True):
    """Tell how many pages the printer says came out; the job is over."""

    hold_id: Id
    printed: Count


class ReleaseHold(Message, frozen=True, kw_only=True):
    """Ask for the credit back: the job was not sent."""

    hold_id: Id


class HoldView(Message, frozen=True, kw_only=True, tag="print_hold"):
    """How a hold stands. `charged_cents` is what was paid once it is settled.

    `card` is the card that it belongs to, None where the job costs nothing. `pages` and `seat_id`
    are told of doubtful jobs only: how many pages the whole job has, and where it was asked for.
    """

    hold_id: Id
    state: HoldState
    held_cents: Cents
    charged_cents: Cents = 0
    printed: Count = 0
    refunded_pages: Count = 0
    printer: Label = ""
    authorised_at: Stamp
    card: PrintCardView | None = None
    pages: Count = 0
    seat_id: Name | None = None


HoldAnswer = HoldView | MoneyRefused


class ReadDoubts(Message, frozen=True, kw_only=True):
    """Ask for the doubtful holds of a site."""

    site_id: Name


class DoubtfulHolds(Message, frozen=True, kw_only=True, tag="doubtful_holds"):
    """The doubtful holds of a site, the oldest first."""

    holds: tuple[HoldView, ...]


class SettleDoubt(Message, frozen=True, kw_only=True):
    """Tell what a cashier found out about a doubtful job, and why it is believed."""

    site_id: Name
    hold_id: Id
    printed: Count
    reason: Text


class RefundPages(Message, frozen=True, kw_only=True):
    """Ask to give pages of a settled job back as credit on its card, the last ones first."""

    ask_id: Id
    site_id: Name
    hold_id: Id
    pages: Count
    reason: Text


class PagesRefunded(Message, frozen=True, kw_only=True, tag="pages_refunded"):
    """The credit is back on the card. `check_printer`: its third refund within a week."""

    posting_id: Id
    refunded_cents: Cents
    hold: HoldView
    check_printer: bool = False


RefundAnswer = PagesRefunded | MoneyRefused


class OutstandingCredit(Message, frozen=True, kw_only=True, tag="outstanding_credit"):
    """What the town owes to the holders of cards at an instant.

    `cards` counts those with credit; `lapsing_cents` is on cards whose credit ends within 90 days.
    """

    at: Stamp
    cards: Count
    cards_cents: Cents
    authorised_cents: Cents
    sending_cents: Cents
    doubtful_cents: Cents
    lapsing_cents: Cents = 0
