"""The bordereau de versement: what leaves a closed till, signed by who gives and by who takes.

The coins were counted before and are not told again: the accountant takes an amount by means.
"""

from datetime import tzinfo

from admin_console.hub.paper.font import WRITING, Weight
from admin_console.hub.paper.page import MM, SHEET, Column, Ink, write_pdf
from admin_console.hub.paper.wording import NBSP, write_moment, write_money
from kiosk.wire.till import ByMeans, TillClosed

BODY = Ink(11)
BOLD = Ink(11, Weight.BOLD)
SMALL = Ink(9)
GAP = 14.0


def bordereau_pdf(
    closing: TillClosed,
    town: str,
    site_name: str,
    regie: str,
    zone: tzinfo,
    *,
    till_name: str = "",
) -> bytes:
    """Return the bordereau of a closing as PDF on A4. The same closing makes the same bytes.

    `regie` and `till_name` may be empty; the till's id always stands beside the seal.
    """
    with WRITING:
        column = Column(SHEET.room)
        _lay_head(column, closing, (town, regie, site_name, till_name), zone)
        _lay_amounts(column, closing)
        _lay_differences(column, closing)
        _lay_signatures(column, closing)
        title = f"Bordereau de versement {closing.till_id} {closing.session}"
        return write_pdf(column, SHEET, title, town, closing.at)


def _lay_head(
    column: Column, closing: TillClosed, places: tuple[str, str, str, str], zone: tzinfo
) -> None:
    town, *others = places
    column.text(town, Ink(14, Weight.BOLD))
    for line in others:
        column.text(line, BODY)
    column.gap(GAP)
    title = f"Bordereau de versement n°{NBSP}{closing.session}"
    column.text(title, Ink(22, Weight.BOLD))
    column.text(f"Caisse close le {write_moment(closing.at, zone)} par {closing.agent}", BODY)
    column.gap(GAP * 1.5)


def _lay_amounts(column: Column, closing: TillClosed) -> None:
    column.pair("Somme versée", write_money(_sum(closing.paid_in)), BOLD, Ink(22, Weight.BOLD))
    column.gap(GAP)
    column.row(["", "Attendu", "Compté", "Écart", "Versé"], SMALL, SMALL)
    column.gap(3)
    column.rule(thick=1)
    told = (closing.expected, closing.counted, closing.difference, closing.paid_in)
    for name, cents in (
        ("Espèces", [one.cash_cents for one in told]),
        ("Carte bancaire", [one.card_cents for one in told]),
        ("Chèques", [one.cheque_cents for one in told]),
    ):
        column.gap(5)
        column.row([name, *map(write_money, cents)], BODY, BOLD)
        column.gap(5)
        column.rule()
    column.gap(5)
    column.row(["Total", *(write_money(_sum(one)) for one in told)], BOLD, BOLD)
    column.gap(5)
    column.rule(thick=1)
    column.gap(GAP)
    kept = write_money(closing.kept_cents)
    column.pair("Fond de caisse conservé, en espèces", kept, BODY, BOLD)


def _lay_differences(column: Column, closing: TillClosed) -> None:
    different = closing.difference
    for cents, place in (
        (different.cash_cents, "en espèces"),
        (different.card_cents, "par carte bancaire"),
        (different.cheque_cents, "par chèque"),
    ):
        if cents:
            what = "Excédent" if cents > 0 else "Déficit"
            column.pair(f"{what} {place}", write_money(abs(cents)), BODY, BOLD)
    if closing.reason:
        column.text(f"Motif{NBSP}: {closing.reason}", BODY)


def _lay_signatures(column: Column, closing: TillClosed) -> None:
    column.gap(GAP * 1.5)
    labels = (
        f"Versé par {closing.agent}. Date et signature{NBSP}:",
        f"Reçu par (nom et qualité). Date et signature{NBSP}:",
    )
    column.boxes(labels, SMALL, 40 * MM)
    column.gap(GAP)
    register = f"«{NBSP}{closing.till_id}{NBSP}»"
    line = f"Clôture inscrite à la ligne{NBSP}{closing.number} du registre {register}."
    column.text(line, SMALL)
    column.text(f"Sceau{NBSP}: {closing.seal}", SMALL)


def _sum(amounts: ByMeans) -> int:
    return amounts.cash_cents + amounts.card_cents + amounts.cheque_cents
