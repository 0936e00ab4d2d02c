"""What the console says of tills, receipts, movements and differences."""

from collections.abc import Sequence
from dataclasses import dataclass

from admin_console.desk.models.money_wording import MoneyWording
from admin_console.desk.models.till_ask import Doubt
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.language import Language
from kiosk.look.phrase import NBSP, Phrase
from kiosk.look.trouble import Trouble
from kiosk.wire.hold import HoldView
from kiosk.wire.money import (
    CardState,
    Means,
    MoneyRefused,
    PaperReceipt,
    PrintCardView,
    ReceiptView,
    StatementLine,
)
from kiosk.wire.problem import ProblemCode
from kiosk.wire.till import ByMeans, TillView

MINUS, PLUS = "–", "+"
MEANS = (Means.CASH, Means.CARD, Means.CHEQUE)
ICONS = {Means.CASH: "coins", Means.CARD: "credit-card", Means.CHEQUE: "receipt"}


@dataclass(frozen=True, slots=True)
class Row:
    """A word and its value; a strong one closes a sum."""

    name: str
    value: str
    is_strong: bool = False


class TillWording:
    """Tells the money at the desk."""

    def __init__(self, language: Language, phrase: Phrase) -> None:
        self.language, self.phrase = language, phrase
        self.faults = MoneyWording(language)

    # -------------------------------------------------------------------------------- amounts

    def money(self, cents: int) -> str:
        """Return an amount: "4,30 €"."""
        return self.phrase.money(cents)

    def signed(self, cents: int) -> str:
        """Return a change with its sign, far enough from the figures: "– 0,45 €"."""
        sign = MINUS if cents < 0 else PLUS
        return f"{sign}{NBSP}{self.money(abs(cents))}" if cents else self.money(0)

    def means(self, means: Means) -> str:
        """Return how somebody pays."""
        _ = self.language.gettext
        return {
            Means.CASH: _("Cash"), Means.CARD: _("Bank card"), Means.CHEQUE: _("Cheque"),
        }[means]  # fmt: skip

    # ---------------------------------------------------------------------------------- cards

    def card_name(self, card: PrintCardView) -> str:
        """Return whose kind of card it is, and its last digits."""
        _ = self.language.gettext
        kind = _("Member’s print card") if card.tied else _("Print card")
        return f"{kind} · ••••{NBSP}{card.last_four}"

    def card_state(self, card: PrintCardView) -> tuple[bool, str]:
        """Return whether a card is good, and the words for it."""
        _ = self.language.gettext
        if card.state is CardState.ACTIVE and card.expires_on is not None:
            day = {"day": self.phrase.number_date(card.expires_on)}
            return True, _("Valid until %(day)s") % day
        words = {
            CardState.ACTIVE: _("Card is valid"),
            CardState.BLOCKED: _("Blocked, its credit is kept"),
            CardState.REPLACED: _("Replaced by another card"),
            CardState.EXPIRED: _("Its credit has ended"),
        }
        return card.state is CardState.ACTIVE, words[card.state]

    def movement(self, line: StatementLine) -> tuple[str, str]:
        """Return the icon of a movement, and what it was."""
        _ = self.language.gettext
        told = {
            "top_up": ("coins", _("Top-up")),
            "authorisation": ("printer", _("Set aside for a print job")),
            "sending": ("printer", _("Print job sent")),
            "settlement": ("printer", _("Print job, pages that came out")),
            "release": ("rotate-cw", _("Print job not printed, credit is back")),
            "doubt": ("hourglass", _("Print job to be checked")),
            "refund": ("rotate-cw", _("Pages given back as credit")),
            "transfer": ("id-card", _("Taken over by another card")),
            "lapse": ("hourglass", _("Credit has ended")),
            "reversal": ("history", _("Receipt taken back")),
        }
        icon, words = told.get(line.what, ("info", line.what))
        if line.what == "transfer" and line.change_cents >= 0:
            words = _("Taken over from another card")
        return icon, f"{words}, {line.reason}" if line.reason else words

    def when(self, line: StatementLine, today: object) -> str:
        """Return the time of a movement today, else its day."""
        if self.phrase.local_date(line.at) == today:
            return self.phrase.time(line.at)
        return self.phrase.number_date(line.at)

    # ----------------------------------------------------------------------------- print jobs

    def doubtful_job(self, doubt: Doubt, today: object) -> str:
        """Return what finds the sheets of a job: when, where, how many, for how much."""
        hold = doubt.hold
        time = self.phrase.time(hold.authorised_at)
        is_today = self.phrase.local_date(hold.authorised_at) == today
        form = self.language.ngettext("%(count)d page", "%(count)d pages", hold.pages)
        parts = (
            time if is_today else f"{self.phrase.short_day(hold.authorised_at)}, {time}",
            doubt.seat,
            form % {"count": hold.pages},
            self.money(hold.held_cents),
        )
        return " · ".join(part for part in parts if part)

    def doubts(self, count: int) -> str:
        """Return the words of the button that leads to doubtful jobs."""
        form = self.language.ngettext(
            "%(count)d unanswered print job…",
            "%(count)d unanswered print jobs…",
            count,
        )
        return form % {"count": count}

    def refunded(self, cents: int, card: PrintCardView | None) -> str:
        """Return that credit is back, and on which card."""
        _ = self.language.gettext
        told = {"amount": self.money(cents)}
        if card is None:
            return _("%(amount)s are credit again.") % told
        told["card"] = f"••••{NBSP}{card.last_four}"
        return _("%(amount)s are back on the card %(card)s.") % told

    def settled(self, before: HoldView, after: HoldView) -> str:
        """Return what became of the credit that was set aside for a job."""
        _ = self.language.gettext
        paid = _("The print job is settled: %(amount)s paid.") % {
            "amount": self.money(after.charged_cents)
        }
        back = before.held_cents - after.charged_cents
        return f"{paid} {self.refunded(back, after.card)}" if back else paid

    def check_printer(self, printers: Sequence[str]) -> tuple[str, str]:
        """Return that printers are to be looked at, and why."""
        _ = self.language.gettext
        names = ", ".join(name for name in printers if name)
        fact = _("Printer to be checked.")
        if names:
            fact = _("Printer to be checked: %(names)s.") % {"names": names}
        return fact, _("Three refunds at least within a week. Look at it, or tell the IT service.")

    # -------------------------------------------------------------------------------- receipts

    def receipt_rows(self, receipt: ReceiptView) -> tuple[Row, ...]:
        """Return what stands on a receipt, between its head and its foot."""
        _ = self.language.gettext
        is_back = receipt.amount_cents < 0
        rows = [
            Row(_("Taken back") if is_back else _("Card top-up"), self.money(receipt.amount_cents))
        ]
        if receipt.reverses:
            rows.append(Row(_("Takes back"), receipt.reverses))
        if receipt.given_cents is not None:
            change = receipt.given_cents - receipt.amount_cents
            rows.append(Row(_("Received in cash"), self.money(receipt.given_cents)))
            rows.append(Row(_("Given back"), self.money(change)))
        else:
            rows.append(Row(_("Paid by"), self.means(receipt.means)))
        if receipt.paper is not None:
            rows.append(Row(_("Paper receipt"), self.paper(receipt.paper)))
        rows.append(Row(_("New credit"), self.money(receipt.balance_cents), is_strong=True))
        return tuple(rows)

    def receipt_head(self, receipt: ReceiptView) -> str:
        """Return number and time: "Reçu 2026-000038 · 14 h 32"."""
        _ = self.language.gettext
        return _("Receipt %(label)s · %(time)s") % {
            "label": receipt.label, "time": self.phrase.time(receipt.at),
        }  # fmt: skip

    def receipt_line(self, receipt: ReceiptView) -> str:
        """Return a receipt in one line of a list."""
        parts = [
            receipt.label,
            self.phrase.short_day(receipt.at),
            self.phrase.time(receipt.at),
            self.signed(receipt.amount_cents),
            self.means(receipt.means),
            f"••••{NBSP}{receipt.last_four}",
            receipt.agent,
        ]
        if receipt.reverses:
            _ = self.language.gettext
            parts.append(_("takes back %(label)s") % {"label": receipt.reverses})
        return " · ".join(parts)

    def paper(self, paper: PaperReceipt) -> str:
        """Return a receipt of the paper book: "n° 12-034, 13/10/2026"."""
        return self.language.gettext("no. %(number)s, %(day)s") % {
            "number": paper.number, "day": self.phrase.number_date(paper.day),
        }  # fmt: skip

    # ----------------------------------------------------------------------------------- tills

    def till_line(self, till: TillView) -> str:
        """Return how a till stands: since when it is open, and whose it is."""
        _ = self.language.gettext
        if till.opened_at is None:
            return _("The till is closed.")
        told = {"time": self.phrase.time(till.opened_at), "name": till.opened_by}
        if till.drawer is not None:
            return _("Counted, not closed yet. Opened by %(name)s at %(time)s.") % told
        return _("Opened by %(name)s at %(time)s.") % told

    def receipts(self, count: int) -> str:
        """Return how many receipts there are."""
        form = self.language.ngettext("%(count)d receipt", "%(count)d receipts", count)
        return form % {"count": count}

    def not_open(self, till: TillView | None) -> Trouble | None:
        """Return why no money can be taken at a till; None where it can."""
        _ = self.language.gettext
        kept = _("No money has moved.")
        if till is None:
            return Trouble(_("This place has no till."), kept, _("Choose another place."))
        if till.opened_at is None:
            return Trouble(_("The till is closed."), kept, _("Open it with its float first."))
        if not till.mine:
            fact = _("The till was opened by %(name)s.") % {"name": till.opened_by}
            return Trouble(fact, kept, _("Let them serve, or ask the régisseur."))
        if till.drawer is not None:
            fact = _("The till is counted: no receipt is added any more.")
            return Trouble(fact, kept, _("Close it, then open it again."))
        return None

    def not_allowed(self) -> Trouble:
        """Return that somebody's role is not for a till."""
        _ = self.language.gettext
        return Trouble(
            _("Your role does not take money at this place."),
            _("You may go on with everything else."),
            _("Ask the cashier or the régisseur. An administrator can change your roles."),
        )

    def difference(self, expected: ByMeans, counted: ByMeans) -> Trouble | None:
        """Return what is missing or too much, means by means; None where everything is right."""
        _ = self.language.gettext
        facts = []
        for means in MEANS:
            change = cents_of(counted, means) - cents_of(expected, means)
            told = {"amount": self.money(abs(change)), "means": self.means(means).lower()}
            if change < 0:
                facts.append(_("Missing: %(amount)s (%(means)s).") % told)
            elif change > 0:
                facts.append(_("Too much: %(amount)s (%(means)s).") % told)
        if not facts:
            return None
        return Trouble(
            " ".join(facts),
            _("No receipt changes by that, and nothing is held up."),
            _("Count again, or say why."),
        )

    # --------------------------------------------------------------------------------- trouble

    def trouble(self, answer: object, *, makes: bool) -> Trouble | None:
        """Return why nothing came of a wish; `makes` where it may be done all the same."""
        if isinstance(answer, MoneyRefused):
            return self.faults.fault(answer)
        return self.failed(answer, makes=makes) if isinstance(answer, Failure) else None

    def failed(self, failure: Failure, *, makes: bool) -> Trouble:
        """Tell that no answer came."""
        _ = self.language.gettext
        code = failure.problem.code if failure.problem is not None else None
        kept = _("No money has moved.")
        if failure.reason is Reason.PROBLEM and code is ProblemCode.NOT_ALLOWED:
            return Trouble(
                _("Refused: your role does not allow it."), kept, _("Ask somebody who may.")
            )
        if failure.reason is Reason.PROBLEM:
            return Trouble(_("That did not work."), kept, _("Please try again in a moment."))
        if makes:
            return Trouble(
                _("No answer: perhaps it is done already."),
                _("Nothing is ever taken twice."),
                _("Press again, the answer will say. Else give a paper receipt."),
            )
        return Trouble(
            _("No contact."), kept, _("Try again. Meanwhile give receipts from the paper book.")
        )

    def no_contact(self) -> Trouble:
        """Tell that no money moves while the hub is away."""
        _ = self.language.gettext
        return Trouble(
            _("No contact."),
            _("All credit is kept."),
            _("Give receipts from the paper book, and enter them once contact is back."),
        )

    def not_printed(self) -> Trouble:
        """Tell that a receipt did not come out."""
        _ = self.language.gettext
        return Trouble(
            _("The receipt could not be printed."),
            _("The money is booked, and the receipt is kept."),
            _("Look at the printer and print it again, or save it as PDF."),
        )

    def not_kept(self) -> Trouble:
        """Tell that a file could not be written."""
        _ = self.language.gettext
        return Trouble(
            _("The file could not be written."),
            _("Everything is kept."),
            _("Choose another folder."),
        )

    def no_paper(self) -> Trouble:
        """Tell that a sheet could not be had."""
        _ = self.language.gettext
        return Trouble(
            _("The document could not be fetched."),
            _("Everything is kept."),
            _("Please try again in a moment."),
        )


def cents_of(amounts: ByMeans, means: Means) -> int:
    """Return the amount of one means, in cents."""
    return {
        Means.CASH: amounts.cash_cents,
        Means.CARD: amounts.card_cents,
        Means.CHEQUE: amounts.cheque_cents,
    }[means]
