"""The small forms of the page *Caisse*: what each asks, and what its answers come to."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from admin_console.desk.models.coin_draft import read_sum
from admin_console.desk.models.till_ask import CHOICE, Ask, Doubt, Line
from admin_console.desk.models.till_wish import (
    Exchange,
    Export,
    ExportForm,
    GiveBack,
    Issue,
    Mark,
    Open,
    Settle,
    TakeBack,
)
from admin_console.desk.models.till_wording import TillWording
from admin_console.desk.models.typed import read_date
from kiosk.rules.credit import AmountFault
from kiosk.wire.money import (
    CardMark,
    CardState,
    PaperReceipt,
    PrintCardView,
    ReceiptView,
    StatementLine,
)
from kiosk.wire.till import TillView

CARD = re.compile(r"[0-9]{4,20}")
PAPER = re.compile(r"[0-9A-Za-z-]{1,20}")
PAGES = re.compile(r"[0-9]{1,4}")
FIGURES, WITHOUT_YEAR = re.compile(r"[0-9]+"), 2
LONGEST = 500
JOBS = 4
"""So many print jobs are offered at once: the newest for a refund, the oldest to be settled."""

Values = Mapping[str, str]
Wrong = dict[str, str]


class TillAsking:
    """Makes forms and reads them. A reading returns what is wanted, or what is wrong where."""

    def __init__(self, wording: TillWording) -> None:
        self._wording = wording

    # ----------------------------------------------------------------------------------- tills

    def opening(self, till: TillView) -> Ask:
        """Ask for the float of a till."""
        _ = self._wording.language.gettext
        return Ask(
            _("Open the till %(name)s") % {"name": till.name},
            _("Count what lies in it: that is the float. The till is yours until it is closed."),
            _("Open the till"),
            (Line("float", _("Float"), _("Euros and cents, as 30,00.")),),
        )

    def read_opening(self, values: Values, till: TillView) -> Open | Wrong:
        """Return the opening."""
        _ = self._wording.language.gettext
        if not values["float"]:
            return {"float": _("Write the float; without any write 0.")}
        found = read_sum(values["float"])
        if isinstance(found, AmountFault):
            trouble = self._wording.faults.amount(found)
            return {"float": f"{trouble.fact} {trouble.advice}"}
        return Open(till.till_id, found)

    def paper(self, today: date) -> Ask:
        """Ask for the number and the day of a paper receipt."""
        _ = self._wording.language.gettext
        return Ask(
            _("Enter a paper receipt"),
            _("Written by hand while there was no contact. Then take the amount as usual."),
            _("Go on"),
            (
                Line("number", _("Number in the book")),
                Line("day", _("Day"), "", self._wording.phrase.number_date(today)),
            ),
        )

    def read_paper(self, values: Values, today: date) -> PaperReceipt | Wrong:
        """Return the paper receipt."""
        _ = self._wording.language.gettext
        wrong = {}
        if not PAPER.fullmatch(values["number"]):
            wrong["number"] = _("Write its number: digits, letters and hyphens.")
        day = self._past(values["day"], today)
        if day is None:
            wrong["day"] = _("Write a day that is over, as 13/10/2026.")
        if wrong or day is None:
            return wrong
        return PaperReceipt(number=values["number"], day=day)

    def taking_back(self, receipt: ReceiptView) -> Ask:
        """Ask why a receipt is taken back."""
        _ = self._wording.language.gettext
        told = {"label": receipt.label, "amount": self._wording.money(receipt.amount_cents)}
        return Ask(
            _("Take back the receipt %(label)s?") % told,
            _("%(amount)s leave the card and the till. Both receipts stay in the book.") % told,
            _("Take it back"),
            (Line("reason", _("Reason")),),
            (_("Wrong amount"), _("Wrong card"), _("Wrong means of payment")),
            harms=True,
        )

    def read_taking_back(self, values: Values, receipt: ReceiptView) -> TakeBack | Wrong:
        """Return the reversal."""
        return self._reason(values) or TakeBack(receipt.posting_id, values["reason"])

    def export(self, today: date) -> Ask:
        """Ask for a period and a kind of file."""
        _ = self._wording.language.gettext
        day = self._wording.phrase.number_date
        return Ask(
            _("Files for the accountant"),
            _("Receipts, reversals and closings of this place, both days included."),
            _("Choose where to save…"),
            (
                Line("since", _("First day"), "", day(today.replace(day=1))),
                Line("until", _("Last day"), "", day(today)),
            ),
            choices=(
                (ExportForm.PDF, _("Payment slip (PDF)")),
                (ExportForm.XLSX, _("Spreadsheet (XLSX)")),
                (ExportForm.CSV, _("Table (CSV)")),
            ),
            choice_label=_("Kind of file"),
        )

    def read_export(self, values: Values, site_id: str, today: date) -> Export | Wrong:
        """Return the export."""
        _ = self._wording.language.gettext
        since, until = self._past(values["since"], today), self._past(values["until"], today)
        wrong = {}
        for key, day in (("since", since), ("until", until)):
            if day is None:
                wrong[key] = _("Write a day that is not to come, as 13/10/2026.")
        if since is None or until is None:
            return wrong
        if until < since:
            return {"until": _("The last day is before the first.")}
        return Export(site_id, ExportForm(values[CHOICE]), since, until)

    # ----------------------------------------------------------------------------------- cards

    def issuing(self, number: str = "") -> Ask:
        """Ask for the number of a new card, and whose it is."""
        _ = self._wording.language.gettext
        return Ask(
            _("New print card"),
            _("Pass the new card. With a member’s card it belongs to that member."),
            _("Make the card"),
            (
                Line("number", _("Number of the new card"), "", number, is_card=True),
                Line(
                    "member", _("Member’s card"), _("Empty: a card without a name."), is_card=True
                ),
            ),
        )

    def read_issuing(self, values: Values, site_id: str) -> Issue | Wrong:
        """Return the new card."""
        wrong = self._number(values, "number")
        if values["member"]:
            wrong |= self._number(values, "member")
        return wrong or Issue(site_id, values["number"], values["member"] or None)

    def marking(self, card: PrintCardView) -> Ask:
        """Ask why a card is blocked, or unblocked."""
        _ = self._wording.language.gettext
        told = {"card": f"•••• {card.last_four}"}
        if card.state is CardState.BLOCKED:
            return Ask(
                _("Unblock the card %(card)s?") % told,
                _("It pays again from now on."),
                _("Unblock it"),
                (Line("reason", _("Reason")),),
                (_("Card found again"),),
            )
        return Ask(
            _("Block the card %(card)s?") % told,
            _("It pays no more; its credit is kept."),
            _("Block it"),
            (Line("reason", _("Reason")),),
            (_("Card lost"), _("Card stolen")),
            harms=True,
        )

    def read_marking(self, values: Values, site_id: str, card: PrintCardView) -> Mark | Wrong:
        """Return the mark."""
        is_blocked = card.state is CardState.BLOCKED
        mark = CardMark.UNBLOCK if is_blocked else CardMark.BLOCK
        return self._reason(values) or Mark(site_id, card.card_id, mark, values["reason"])

    def exchanging(self, card: PrintCardView) -> Ask:
        """Ask for the card that takes over."""
        _ = self._wording.language.gettext
        told = {
            "card": f"•••• {card.last_four}", "amount": self._wording.money(card.balance_cents),
        }  # fmt: skip
        return Ask(
            _("Replace the card %(card)s") % told,
            _("%(amount)s go over to the new card. The old one is good for nothing any more.")
            % told,
            _("Replace it"),
            (
                Line("number", _("Number of the new card"), is_card=True),
                Line("reason", _("Reason")),
            ),
            (_("Card lost"), _("Card broken")),
        )

    def read_exchanging(
        self, values: Values, site_id: str, card: PrintCardView
    ) -> Exchange | Wrong:
        """Return the replacement."""
        wrong = self._number(values, "number") | self._reason(values)
        return wrong or Exchange(site_id, card.card_id, values["number"], values["reason"])

    def refunding(self, lines: Sequence[StatementLine], today: date) -> Ask:
        """Ask which pages of which job are given back."""
        _ = self._wording.language.gettext
        return Ask(
            _("Refund pages"),
            _("The credit goes back to the card. The till is not touched."),
            _("Refund"),
            (Line("pages", _("Number of pages")), Line("reason", _("Reason"))),
            (_("Blank page"), _("Paper jam"), _("Too pale")),
            tuple((line.hold_id or "", self._job(line, today)) for line in jobs_of(lines)),
            _("Print job"),
        )

    def read_refunding(self, values: Values, site_id: str) -> GiveBack | Wrong:
        """Return the refund."""
        _ = self._wording.language.gettext
        wrong = self._reason(values)
        pages = int(values["pages"]) if PAGES.fullmatch(values["pages"]) else 0
        if pages < 1:
            wrong["pages"] = _("Write how many pages, 1 at least.")
        return wrong or GiveBack(site_id, values[CHOICE], pages, values["reason"])

    def settling(self, doubts: Sequence[Doubt], today: date) -> Ask:
        """Ask what came out of a print job of which no answer came."""
        _ = self._wording.language.gettext
        note = _("Look at the printer. Pages that came out are charged, the rest is credit again.")
        if len(doubts) > JOBS:
            oldest = _("The %(some)d oldest of %(all)d are here.")
            note = f"{note} {oldest % {'some': JOBS, 'all': len(doubts)}}"
        return Ask(
            _("Unanswered print jobs"),
            note,
            _("Settle"),
            (
                Line("printed", _("Pages that came out"), _("Nothing came out: write 0.")),
                Line("reason", _("Reason")),
            ),
            (_("Sheets found at the printer"), _("Nothing came out")),
            tuple(
                (one.hold.hold_id, self._wording.doubtful_job(one, today)) for one in doubts[:JOBS]
            ),
            _("Print job"),
        )

    def read_settling(
        self, values: Values, site_id: str, doubts: Sequence[Doubt]
    ) -> Settle | Wrong:
        """Return what came out."""
        _ = self._wording.language.gettext
        wrong = self._reason(values)
        most = next(one.hold.pages for one in doubts if one.hold.hold_id == values[CHOICE])
        printed = int(values["printed"]) if PAGES.fullmatch(values["printed"]) else None
        if printed is None:
            wrong["printed"] = _("Write how many pages came out, 0 if none did.")
        elif printed > most:
            form = self._wording.language.ngettext(
                "This job has %(count)d page.", "This job has %(count)d pages.", most
            )
            wrong["printed"] = form % {"count": most}
        if wrong or printed is None:
            return wrong
        return Settle(site_id, values[CHOICE], printed, values["reason"])

    def _job(self, line: StatementLine, today: date) -> str:
        when = self._wording.when(line, today)
        return f"{when} · {self._wording.signed(line.change_cents)}"

    # --------------------------------------------------------------------------------- the texts

    def _reason(self, values: Values) -> Wrong:
        _ = self._wording.language.gettext
        if not values["reason"]:
            return {"reason": _("Say in a few words what happened.")}
        if len(values["reason"]) > LONGEST:
            return {"reason": _("This is too long: 500 characters at the most.")}
        return {}

    def _number(self, values: Values, key: str) -> Wrong:
        _ = self._wording.language.gettext
        if CARD.fullmatch(values[key]):
            return {}
        return {key: _("A card has four digits at least. Scan it, or type it again.")}

    def _past(self, text: str, today: date) -> date | None:
        day = read_date(text, today)
        if day is not None and day > today and len(FIGURES.findall(text)) == WITHOUT_YEAR:
            # A day without its year is the last one here, not the next.
            day = read_date(f"{text}/{day.year - 1}", today)
        return day if day is not None and day <= today else None


def jobs_of(lines: Sequence[StatementLine]) -> list[StatementLine]:
    """Return the newest line of each print job that took credit, the newest job first."""
    found: dict[str, StatementLine] = {}
    for line in lines:
        if line.hold_id is not None and line.change_cents < 0:
            found.setdefault(line.hold_id, line)
    return list(found.values())[:JOBS]
