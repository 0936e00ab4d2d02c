"""The receipt of a till: on a roll of 80 mm for the printer beside it, or on a sheet of A4.

Both say the same. It is made of what was written with the posting, so that a copy made years later
is the first print with COPIE on it.
"""

from dataclasses import dataclass
from datetime import tzinfo

from admin_console.hub.paper.font import WRITING, Weight
from admin_console.hub.paper.page import ROLL, SHEET, Align, Column, Ink, Paper, write_pdf
from admin_console.hub.paper.wording import (
    MEANS,
    NBSP,
    open_sentence,
    write_card,
    write_day,
    write_moment,
    write_money,
)
from kiosk.wire.money import ReceiptView
from kiosk.wire.till import PaperForm


@dataclass(frozen=True, slots=True)
class _Style:
    """The sizes of a form, in points."""

    paper: Paper
    body: float
    name: float
    title: float
    amount: float
    stamp: float
    gap: float
    head: Align
    dashed: bool


_STYLES = {
    PaperForm.ROLL: _Style(
        paper=ROLL,
        body=9,
        name=11,
        title=12,
        amount=13,
        stamp=22,
        gap=9,
        head=Align.CENTRE,
        dashed=True,
    ),
    PaperForm.SHEET: _Style(
        paper=SHEET,
        body=12,
        name=14,
        title=24,
        amount=18,
        stamp=36,
        gap=16,
        head=Align.LEFT,
        dashed=False,
    ),
}


def receipt_pdf(receipt: ReceiptView, form: PaperForm, zone: tzinfo) -> bytes:
    """Return the receipt as PDF. `zone` is the site's. The same receipt makes the same bytes."""
    style = _STYLES[form]
    with WRITING:
        column = Column(style.paper.room)
        _lay_head(column, receipt, style)
        _lay_title(column, receipt, style, zone)
        _lay_amounts(column, receipt, style)
        title = f"Reçu {receipt.label}"
        return write_pdf(column, style.paper, title, receipt.town, receipt.at)


def _lay_head(column: Column, receipt: ReceiptView, style: _Style) -> None:
    plain = Ink(style.body)
    column.text(receipt.town, Ink(style.name, Weight.BOLD), style.head)
    for line in (receipt.regie, receipt.site_name, receipt.till_name):
        column.text(line, plain, style.head)
    column.gap(style.gap)
    if receipt.copy:
        column.stamp(f"COPIE {receipt.copy}", Ink(style.stamp, Weight.BOLD))
        column.gap(style.gap)


def _lay_title(column: Column, receipt: ReceiptView, style: _Style, zone: tzinfo) -> None:
    plain, bold = Ink(style.body), Ink(style.body, Weight.BOLD)
    number = f"Reçu n°{NBSP}{receipt.label}"
    column.text(number, Ink(style.title, Weight.BOLD), style.head)
    if _takes_back(receipt):
        what = (
            f"Annulation du reçu n°{NBSP}{receipt.reverses}" if receipt.reverses else "Annulation"
        )
        column.text(what, bold, style.head)
    moment = write_moment(receipt.at, zone)
    if receipt.paper is not None:
        paper = f"n°{NBSP}{receipt.paper.number} du{NBSP}{write_day(receipt.paper.day)}"
        column.text(f"Saisie différée du reçu papier {paper}", bold, style.head)
        moment = f"saisi le {moment}"
    column.text(open_sentence(moment), plain, style.head)


def _lay_amounts(column: Column, receipt: ReceiptView, style: _Style) -> None:
    plain, amount = Ink(style.body), Ink(style.amount, Weight.BOLD)
    taken_back = _takes_back(receipt)
    what = "Rechargement annulé" if taken_back else "Rechargement de la carte"
    _part(column, style)
    column.pair(what, write_money(receipt.amount_cents), Ink(style.body, Weight.BOLD), amount)
    column.pair("Moyen de paiement", MEANS[receipt.means], plain)
    if receipt.given_cents is not None:
        column.pair("Reçu en espèces", write_money(receipt.given_cents), plain)
        column.pair("Rendu", write_money(receipt.given_cents - receipt.amount_cents), plain)
    _part(column, style)
    column.pair("Carte", write_card(receipt.last_four), plain)
    strong = Ink(style.amount, Weight.BOLD)
    balance = write_money(receipt.balance_cents)
    column.pair("Nouveau crédit", balance, Ink(style.body, Weight.BOLD), strong)
    _part(column, style)
    column.pair("Agent", receipt.agent, plain)
    if not taken_back:
        column.gap(style.gap)
        column.text("Merci et à bientôt.", plain, style.head)


def _part(column: Column, style: _Style) -> None:
    column.gap(style.gap / 2)
    column.rule(dashed=style.dashed)
    column.gap(style.gap / 2)


def _takes_back(receipt: ReceiptView) -> bool:
    return receipt.amount_cents < 0 or bool(receipt.reverses)
