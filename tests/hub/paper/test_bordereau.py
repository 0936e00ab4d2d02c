"""What a régisseur signs when money leaves a till."""

import msgspec

from admin_console.hub.paper.bordereau import bordereau_pdf
from admin_console.hub.paper.wording import MINUS
from kiosk.wire.till import ByMeans, TillClosed
from tests.helpers.pdf import Page, read_pdf
from tests.hub.paper.sample import CASH, CLOSING, PARIS


def printed(closing: TillClosed = CLOSING, till_name: str = CASH.till_name) -> Page:
    data = bordereau_pdf(closing, CASH.town, CASH.site_name, CASH.regie, PARIS, till_name=till_name)
    (page,) = read_pdf(data)
    return page


def test_a_bordereau_tells_what_is_paid_in_by_means_and_who_signs() -> None:
    assert printed().lines == [
        "Ville de Boulogne-Billancourt",
        "Régie de recettes des espaces multimédias",
        "Espace multimédia Landowski",
        "Caisse de l’Espace multimédia",
        "Bordereau de versement n° 12",
        "Caisse close le mercredi 14 octobre 2026 à 18 h 06 par Nadia Belkacem",
        "Somme versée 65,50 €",
        "Attendu Compté Écart Versé",
        f"Espèces 71,00 € 70,50 € {MINUS} 0,50 € 40,50 €",
        "Carte bancaire 15,00 € 15,00 € 0,00 € 15,00 €",
        "Chèques 10,00 € 10,00 € 0,00 € 10,00 €",
        f"Total 96,00 € 95,50 € {MINUS} 0,50 € 65,50 €",
        "Fond de caisse conservé, en espèces 30,00 €",
        "Déficit en espèces 0,50 €",
        "Motif : Rendu 50 c de trop, reçu 2026-000031.",
        "Versé par Nadia Belkacem. Date et signature : "
        "Reçu par (nom et qualité). Date et signature :",
        "Clôture inscrite à la ligne 36 du registre « landowski.caisse ».",
        "Sceau : 9f86d081884c7d659a2feaa0c55ad015",
    ]


def test_more_than_expected_is_an_excedent_of_its_means() -> None:
    lines = printed(
        msgspec.structs.replace(CLOSING, difference=ByMeans(card_cents=200, cheque_cents=-300))
    ).lines

    assert "Excédent par carte bancaire 2,00 €" in lines
    assert "Déficit par chèque 3,00 €" in lines
    assert not any(line.startswith("Déficit en espèces") for line in lines)


def test_a_till_that_is_right_tells_no_difference_and_no_reason() -> None:
    right = msgspec.structs.replace(CLOSING, difference=ByMeans(), reason="")

    assert not [
        line for line in printed(right).lines if line.startswith(("Déficit", "Excédent", "Motif"))
    ]


def test_without_its_name_the_till_is_known_by_its_id() -> None:
    assert [line for line in printed().lines if line != CASH.till_name] == printed(
        till_name=""
    ).lines


def test_the_largest_amounts_and_the_longest_reason_stay_on_one_sheet() -> None:
    most = ByMeans(cash_cents=33_333_333, card_cents=33_333_333, cheque_cents=33_333_333)
    page = printed(
        msgspec.structs.replace(
            CLOSING,
            expected=most,
            counted=most,
            difference=ByMeans(cash_cents=-33_333_333),
            paid_in=most,
            reason="Billet " * 71,
            seal="f" * 80,
        )
    )

    assert f"Total 999 999,99 € 999 999,99 € {MINUS} 333 333,33 € 999 999,99 €" in page.lines
    assert all(56 < word.left < page.width - 56 and word.foot > 56 for word in page.words)
    assert " ".join(page.lines).count("Billet") == 71


def test_the_same_closing_makes_the_same_bytes() -> None:
    first, again = (
        bordereau_pdf(CLOSING, CASH.town, CASH.site_name, CASH.regie, PARIS) for _ in range(2)
    )

    assert first == again
