"""What somebody holds in the hand after paying, read back from the document."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_console.hub.paper.font import WRITING, Weight, text_width
from admin_console.hub.paper.page import MM, ROLL, SHEET, Paper
from admin_console.hub.paper.receipt import receipt_pdf
from admin_console.hub.paper.wording import MINUS
from kiosk.wire.money import Means, PaperReceipt, ReceiptView
from kiosk.wire.till import PaperForm
from tests.helpers.pdf import Page, Word, fonts_of, read_pdf
from tests.hub.paper.sample import BY_CARD, CASH, COPY, DEFERRED, LONGEST_TOWN, PARIS, REVERSAL

BOTH = pytest.mark.parametrize("form", list(PaperForm))
PAPERS = {PaperForm.ROLL: ROLL, PaperForm.SHEET: SHEET}
FIRST, LAST = datetime(2, 1, 2), datetime(9998, 12, 30)  # noqa: DTZ001 - hypothesis adds the zone


def printed(receipt: ReceiptView, form: PaperForm = PaperForm.ROLL) -> Page:
    (page,) = read_pdf(receipt_pdf(receipt, form, PARIS))
    return page


@BOTH
def test_a_receipt_says_who_took_how_much_when_and_where(form: PaperForm) -> None:
    assert printed(CASH, form).lines == [
        "Ville de Boulogne-Billancourt",
        "Régie de recettes des espaces multimédias",
        "Espace multimédia Landowski",
        "Caisse de l’Espace multimédia",
        "Reçu n° 2026-000123",
        "Mercredi 14 octobre 2026 à 14 h 32",
        "Rechargement de la carte 5,00 €",
        "Moyen de paiement Espèces",
        "Reçu en espèces 10,00 €",
        "Rendu 5,00 €",
        "Carte •••• 5678",
        "Nouveau crédit 9,30 €",
        "Agent Nadia Belkacem",
        "Merci et à bientôt.",
    ]


def test_what_was_paid_by_card_tells_no_change() -> None:
    lines = printed(BY_CARD).lines

    assert "Moyen de paiement Carte bancaire" in lines
    assert not any(line.startswith(("Reçu en espèces", "Rendu")) for line in lines)


def test_a_till_without_a_regie_leaves_no_empty_line() -> None:
    without = printed(msgspec.structs.replace(CASH, regie=""))

    assert without.lines == [line for line in printed(CASH).lines if not line.startswith("Régie")]


@BOTH
def test_a_reversal_names_what_it_takes_back_and_thanks_nobody(form: PaperForm) -> None:
    lines = printed(REVERSAL, form).lines

    assert "Reçu n° 2026-000125" in lines
    assert "Annulation du reçu n° 2026-000123" in lines
    assert f"Rechargement annulé {MINUS} 5,00 €" in lines
    assert not any("Merci" in line for line in lines)


def test_a_reversal_of_what_had_no_receipt_is_one_all_the_same() -> None:
    assert "Annulation" in printed(msgspec.structs.replace(REVERSAL, reverses="")).lines


def test_what_was_taken_on_paper_names_the_paper_receipt_and_its_day() -> None:
    roll = " ".join(printed(DEFERRED).lines)

    assert "Saisie différée du reçu papier n° A-0017 du 13/10/2026" in roll
    assert "Saisi le mercredi 14 octobre 2026 à 14 h 32" in roll


@BOTH
def test_a_copy_says_so_larger_than_anything_else(form: PaperForm) -> None:
    page = printed(COPY, form)
    largest = max(page.words, key=lambda word: word.size)

    assert largest.text == "COPIE 2"
    assert [line for line in page.lines if line != "COPIE 2"] == printed(CASH, form).lines


def test_the_hour_is_the_one_on_the_wall_of_the_site() -> None:
    winter = msgspec.structs.replace(CASH, at=datetime(2026, 12, 31, 23, 5, tzinfo=UTC))

    assert "Vendredi 1 janvier 2027 à 0 h 05" in printed(winter).lines


def test_a_roll_is_80_mm_wide_and_ends_with_its_text() -> None:
    short, long = printed(CASH), printed(COPY)

    assert short.width == long.width == pytest.approx(80 * MM, abs=0.01)
    assert short.height < long.height
    for page in (short, long):
        assert min(word.foot for word in page.words) < 8 * MM


def test_a_short_receipt_is_not_turned_by_the_printer() -> None:
    short = printed(msgspec.structs.replace(REVERSAL, regie="", reverses=""))

    assert short.height >= short.width


def test_a_sheet_is_a4() -> None:
    page = printed(CASH, PaperForm.SHEET)

    assert (page.width, page.height) == pytest.approx((210 * MM, 297 * MM), abs=0.01)


@BOTH
def test_the_same_receipt_makes_the_same_bytes_whoever_asks_at_the_same_time(
    form: PaperForm,
) -> None:
    first = {one.label: receipt_pdf(one, form, PARIS) for one in (CASH, BY_CARD, DEFERRED)}

    def again(receipt: ReceiptView) -> bool:
        return receipt_pdf(receipt, form, PARIS) == first[receipt.label]

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(again, [CASH, BY_CARD, DEFERRED] * 8))


def test_a_receipt_carries_the_fonts_of_the_house_and_needs_no_other() -> None:
    names = {name.partition("+")[2] for name in fonts_of(receipt_pdf(CASH, PaperForm.ROLL, PARIS))}

    assert names == {"AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Bold"}


def test_a_document_is_dated_by_its_receipt_and_told_to_be_french() -> None:
    data = receipt_pdf(CASH, PaperForm.ROLL, PARIS)

    assert b"/CreationDate (D:20261014123205Z)" in data
    assert b"/Lang (fr-FR)" in data


def test_letters_that_the_font_lacks_are_told_as_well_as_it_can() -> None:
    lines = printed(msgspec.structs.replace(CASH, agent="Łucja Dvořák\n李\u202fA")).lines

    assert "Agent Lucja Dvorák ? A" in lines


@BOTH
def test_the_longest_names_stay_on_the_paper(form: PaperForm) -> None:
    long = msgspec.structs.replace(
        COPY,
        town=LONGEST_TOWN,
        regie="Régiedesrecettes" * 5,
        site_name="M" * 80,
        agent="Marie-Bénédicte de La Rochefoucauld-Montmorency, régisseuse suppléante",
        amount_cents=99_999_999,
    )
    page = printed(long, form)

    assert overflowing(page, PAPERS[form]) == []
    assert LONGEST_TOWN in " ".join(page.lines)
    assert "M" * 80 in "".join(page.lines)


@given(
    receipt=st.builds(
        ReceiptView,
        till_id=st.just("caisse"),
        year=st.integers(2000, 9998),
        number=st.integers(1, 2**53),
        posting_id=st.just(CASH.posting_id),
        at=st.datetimes(FIRST, LAST, timezones=st.just(UTC)),
        town=st.text(min_size=1, max_size=80),
        site_name=st.text(min_size=1, max_size=80),
        regie=st.text(max_size=80),
        till_name=st.text(min_size=1, max_size=80),
        agent=st.text(max_size=200),
        amount_cents=st.integers(-(2**53), 2**53),
        means=st.sampled_from(Means),
        given_cents=st.none() | st.integers(0, 2**53),
        last_four=st.text(max_size=4),
        balance_cents=st.integers(-(2**53), 2**53),
        reverses=st.just("") | st.text(max_size=40),
        paper=st.none() | st.builds(PaperReceipt, number=st.just("A-1"), day=st.dates()),
        copy=st.integers(0, 2**53),
    ),
    form=st.sampled_from(PaperForm),
)
def test_whatever_was_written_in_the_book_can_be_printed(
    receipt: ReceiptView, form: PaperForm
) -> None:
    assert overflowing(printed(receipt, form), PAPERS[form]) == []


def weight_of(word: Word) -> Weight:
    return Weight.BOLD if word.is_bold else Weight.REGULAR


def overflowing(page: Page, paper: Paper) -> list[str]:
    """The words that leave the room of the paper."""
    right = page.width - paper.margin + 0.1
    with WRITING:
        return [
            word.text
            for word in page.words
            if word.left < paper.margin - 0.1
            or word.left + text_width(word.text, weight_of(word), word.size) > right
            or word.foot < 0
        ]
