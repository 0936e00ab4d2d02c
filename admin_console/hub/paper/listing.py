"""The journal of tills as lines with typed cells, from which both files of the accountant are made.

A receipt is one line. A closing is a line for each means, so that a sum over a column is one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from admin_console.hub.paper.wording import MEANS, write_card
from kiosk.wire.money import Means, ReceiptView
from kiosk.wire.till import ByMeans, ClosingView, TillJournal


@dataclass(frozen=True, slots=True)
class Cents:
    """An amount; it is a number in a file, never a text."""

    cents: int


Cell = str | int | Cents | date | time | None
Line = Mapping[str, Cell]

RECEIPT_TITLES = (
    "Nature",
    "Caisse",
    "Reçu",
    "Date",
    "Heure",
    "Agent",
    "Moyen",
    "Montant",
    "Reçu en espèces",
    "Rendu",
    "Carte",
    "Nouveau crédit",
    "Annule le reçu",
    "Reçu papier",
    "Date du reçu papier",
)
CLOSING_TITLES = (
    "Nature",
    "Caisse",
    "Session",
    "Ligne",
    "Date",
    "Heure",
    "Agent",
    "Moyen",
    "Attendu",
    "Compté",
    "Écart",
    "Versé",
    "Fond conservé",
    "Motif",
    "Sceau",
)


def receipt_lines(journal: TillJournal, zone: tzinfo) -> Iterator[Line]:
    """Give a line for each receipt, in the order of the journal."""
    for receipt in journal.receipts:
        yield _receipt_line(receipt, zone)


def closing_lines(journal: TillJournal, zone: tzinfo) -> Iterator[Line]:
    """Give three lines for each closing, in the order of the journal."""
    for view in journal.closings:
        for means in Means:
            yield _closing_line(view, means, zone)


def _receipt_line(receipt: ReceiptView, zone: tzinfo) -> Line:
    given, paper = receipt.given_cents, receipt.paper
    back = receipt.amount_cents < 0 or bool(receipt.reverses)
    return {
        "Nature": "Annulation" if back else "Rechargement",
        "Caisse": receipt.till_name,
        "Reçu": receipt.label,
        **_when(receipt.at, zone),
        "Agent": receipt.agent,
        "Moyen": MEANS[receipt.means],
        "Montant": Cents(receipt.amount_cents),
        "Reçu en espèces": None if given is None else Cents(given),
        "Rendu": None if given is None else Cents(given - receipt.amount_cents),
        "Carte": write_card(receipt.last_four),
        "Nouveau crédit": Cents(receipt.balance_cents),
        "Annule le reçu": receipt.reverses,
        "Reçu papier": None if paper is None else paper.number,
        "Date du reçu papier": None if paper is None else paper.day,
    }


def _closing_line(view: ClosingView, means: Means, zone: tzinfo) -> Line:
    closing = view.closing
    return {
        "Nature": "Clôture",
        "Caisse": view.till_name,
        "Session": closing.session,
        "Ligne": closing.number,
        **_when(closing.at, zone),
        "Agent": closing.agent,
        "Moyen": MEANS[means],
        "Attendu": _by(closing.expected, means),
        "Compté": _by(closing.counted, means),
        "Écart": _by(closing.difference, means),
        "Versé": _by(closing.paid_in, means),
        "Fond conservé": Cents(closing.kept_cents) if means is Means.CASH else None,
        "Motif": closing.reason,
        "Sceau": closing.seal,
    }


def _when(moment: datetime, zone: tzinfo) -> Line:
    local = moment.astimezone(zone)
    return {"Date": local.date(), "Heure": local.time().replace(microsecond=0)}


def _by(amounts: ByMeans, means: Means) -> Cents:
    return Cents(
        {
            Means.CASH: amounts.cash_cents,
            Means.CARD: amounts.card_cents,
            Means.CHEQUE: amounts.cheque_cents,
        }[means]
    )
