"""What the accountant's spreadsheet finds in the two files."""

import csv
import io
import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_console.hub.paper.accountant import journal_csv, journal_xlsx
from kiosk.wire.till import TillJournal
from tests.hub.paper.sample import BY_CARD, CASH, CLOSING, DEFERRED, PARIS, REVERSAL, journal
from tests.hub.paper.workbook import read_workbook

NUMBER = re.compile(r"-?\d+(,\d\d)?")
FORMULAS = ["=1+1", "+33 1", "-2", "@SUM(A1)", " =1+1", "\t=1+1", "\r\n=1+1", "\uff1d1+1"]


def lines_of(book: TillJournal) -> list[dict[str, str]]:
    text = journal_csv(book, PARIS).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_the_csv_is_what_a_french_spreadsheet_opens_at_a_double_click() -> None:
    data = journal_csv(journal(CASH), PARIS)

    assert data.startswith(b"\xef\xbb\xbfNature;Caisse;")
    assert all(line.count(b";") == 23 for line in data.splitlines())
    assert data.count(b"\r\n") == data.count(b"\n") == 5


def test_a_receipt_is_a_line_with_decimal_commas() -> None:
    cash, card, reversal, deferred, *_ = lines_of(journal(CASH, BY_CARD, REVERSAL, DEFERRED))

    assert {title: text for title, text in cash.items() if text} == {
        "Nature": "Rechargement",
        "Caisse": "Caisse de l’Espace multimédia",
        "Reçu": "2026-000123",
        "Date": "14/10/2026",
        "Heure": "14:32:05",
        "Agent": "Nadia Belkacem",
        "Moyen": "Espèces",
        "Montant": "5,00",
        "Reçu en espèces": "10,00",
        "Rendu": "5,00",
        "Carte": "••••\u00a05678",
        "Nouveau crédit": "9,30",
    }
    assert (card["Moyen"], card["Rendu"]) == ("Carte bancaire", "")
    assert (reversal["Nature"], reversal["Montant"]) == ("Annulation", "-5,00")
    assert reversal["Annule le reçu"] == "2026-000123"
    assert (deferred["Reçu papier"], deferred["Date du reçu papier"]) == ("A-0017", "13/10/2026")


def test_a_closing_is_a_line_for_each_means() -> None:
    cash, card, cheque = lines_of(journal())

    assert [one["Moyen"] for one in (cash, card, cheque)] == ["Espèces", "Carte bancaire", "Chèque"]
    assert {one["Nature"] for one in (cash, card, cheque)} == {"Clôture"}
    assert {one["Session"] + "/" + one["Ligne"] for one in (cash, card, cheque)} == {"12/36"}
    told = ("Attendu", "Compté", "Écart", "Versé", "Fond conservé")
    assert [cash[title] for title in told] == ["71,00", "70,50", "-0,50", "40,50", "30,00"]
    assert [card[title] for title in told] == ["15,00", "15,00", "0,00", "15,00", ""]
    assert cash["Sceau"] == CLOSING.seal


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_text_becomes_a_formula(formula: str) -> None:
    evil = msgspec.structs.replace(CASH, agent=formula, till_name=formula)
    book = journal(evil, reason=formula)
    receipt, closing, *_ = lines_of(book)
    sheets = read_workbook(journal_xlsx(book, PARIS))
    cells = [cell for lines in sheets.values() for line in lines for cell in line.values()]

    assert {receipt["Agent"], receipt["Caisse"], closing["Motif"]} == {f"'{formula.strip()}"}
    assert not any(cell.is_formula for cell in cells)
    agent = sheets["Reçus"][0]["Agent"]
    assert (agent.value, agent.is_text, agent.quoted) == (formula.strip(), True, True)


@given(agent=st.text(max_size=80), reason=st.text(max_size=200))
def test_every_cell_that_starts_like_a_formula_is_a_number(agent: str, reason: str) -> None:
    lines = lines_of(journal(msgspec.structs.replace(REVERSAL, agent=agent), reason=reason))

    assert len(lines) == 4
    for line in lines:
        for text in line.values():
            assert NUMBER.fullmatch(text) or not text.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_workbook_has_receipts_and_closings_on_their_sheets() -> None:
    sheets = read_workbook(journal_xlsx(journal(CASH, REVERSAL, DEFERRED), PARIS))

    assert list(sheets) == ["Reçus", "Clôtures"]
    assert [line["Reçu"].value for line in sheets["Reçus"]] == [
        "2026-000123",
        "2026-000125",
        "2026-000126",
    ]
    assert [line["Moyen"].value for line in sheets["Clôtures"]] == [
        "Espèces",
        "Carte bancaire",
        "Chèque",
    ]


def test_amounts_days_and_hours_are_numbers_that_look_like_what_they_are() -> None:
    sheets = read_workbook(journal_xlsx(journal(REVERSAL, DEFERRED), PARIS))
    reversal, deferred = sheets["Reçus"]

    assert (float(reversal["Montant"].value), reversal["Montant"].is_text) == (-5.0, False)
    assert reversal["Montant"].form == "#,##0.00\\ [$€-40C]"
    assert (reversal["Date"].value, reversal["Date"].form) == ("46309", "dd/mm/yyyy")
    assert float(reversal["Heure"].value) == pytest.approx((14 * 3600 + 32 * 60 + 5) / 86_400)
    assert (deferred["Date du reçu papier"].value, deferred["Reçu papier"].value) == (
        "46308",
        "A-0017",
    )
    assert float(sheets["Clôtures"][0]["Écart"].value) == -0.5
    assert sheets["Clôtures"][0]["Session"].value == "12"


def test_a_month_without_receipts_has_its_titles_all_the_same() -> None:
    nothing = msgspec.structs.replace(journal(), closings=())

    assert read_workbook(journal_xlsx(nothing, PARIS)) == {"Reçus": [], "Clôtures": []}
    assert lines_of(nothing) == []


def test_the_same_journal_makes_the_same_bytes() -> None:
    book = journal(CASH, REVERSAL)

    assert journal_xlsx(book, PARIS) == journal_xlsx(book, PARIS)
    assert journal_csv(book, PARIS) == journal_csv(book, PARIS)
