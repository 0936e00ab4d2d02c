"""What is typed at a till, and what it comes to: to the cent, or told before anything is sent."""

from datetime import UTC, date

import msgspec
import pytest

from admin_console.desk.gallery_till import (
    CARD,
    COUNTED,
    EXPECTED,
    MOVES,
    OPENED,
    SHUT,
    THEIRS,
    a_receipt,
)
from admin_console.desk.models.coin_draft import CoinDraft
from admin_console.desk.models.person import Person
from admin_console.desk.models.till_ask import CHOICE
from admin_console.desk.models.till_asking import TillAsking, jobs_of
from admin_console.desk.models.till_wish import Export, ExportForm, GiveBack, Issue, Open
from admin_console.desk.models.till_wording import TillWording
from admin_console.desk.models.top_up import TopUpDraft
from kiosk.look.language import Language
from kiosk.look.phrase import Phrase
from kiosk.rules.credit import AmountFault
from kiosk.wire.desk import Role
from kiosk.wire.money import Means, PaperReceipt
from kiosk.wire.till import ByMeans, CoinCount
from tests.desk.hand import told

TODAY = date(2026, 10, 14)


@pytest.fixture
def wording() -> TillWording:
    language = Language("fr")
    return TillWording(language, Phrase(language, UTC))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("", None),
        ("7,5", 750),
        ("7.50 €", 750),
        ("7,505", AmountFault.TOO_FINE),
        ("-5", AmountFault.NEGATIVE),
        ("50000", AmountFault.TOO_LARGE),
        ("0", AmountFault.ZERO),
        ("cinq", AmountFault.NO_NUMBER),
    ],
)
def test_an_amount_is_read_before_it_is_sent(typed: str, amount: object) -> None:
    draft = TopUpDraft().write(typed)

    assert draft.amount == amount
    assert draft.is_whole(0) == (amount == 750)


def test_change_is_what_was_handed_over_less_the_amount() -> None:
    draft = TopUpDraft().choose(500)
    assert (draft.change, draft.is_whole(0)) == (None, True)
    assert draft.hand_over("10").change == 500
    short = draft.hand_over("2,00")
    assert (short.change, short.is_whole(0)) == (-300, False)
    assert not draft.hand_over("x").is_whole(0)


def test_only_cash_is_handed_over() -> None:
    draft = TopUpDraft().choose(500).hand_over("10").pay_by(Means.CARD)

    assert (draft.given, draft.change) == ("", None)
    assert draft.begin_again() == TopUpDraft(means=Means.CARD)


def test_a_card_never_holds_more_than_a_card_may() -> None:
    draft = TopUpDraft().choose(1000)

    assert draft.is_whole(490_00)
    assert not draft.is_whole(490_01)


def test_a_key_takes_the_place_of_what_was_written_and_the_other_way_round() -> None:
    assert TopUpDraft().write("7").choose(200).cents == 200
    assert TopUpDraft().choose(200).write("7").cents == 700


def test_a_drawer_is_counted_piece_by_piece() -> None:
    draft = CoinDraft().write(2000, "1").write(200, "3").write(5, "2")

    assert draft.cash_cents == 20_00 + 6_00 + 10
    assert draft.coins() == (
        CoinCount(value_cents=2000, pieces=1),
        CoinCount(value_cents=200, pieces=3),
        CoinCount(value_cents=5, pieces=2),
    )
    assert draft.is_whole


@pytest.mark.parametrize("text", ["-1", "1,5", "deux", "1000000"])
def test_what_is_no_number_of_pieces_is_not_counted(text: str) -> None:
    draft = CoinDraft().write(200, text)

    assert draft.count(200) is None
    assert not draft.is_whole


def test_slips_and_cheques_may_be_none_but_no_nonsense() -> None:
    assert CoinDraft(card="", cheque="0").is_whole
    assert CoinDraft(card="15,00").card_cents == 15_00
    assert CoinDraft(card="15,001").card_cents is AmountFault.TOO_FINE


def test_a_difference_is_told_means_by_means(wording: TillWording) -> None:
    assert wording.difference(EXPECTED, EXPECTED) is None
    counted = ByMeans(cash_cents=70_50, card_cents=16_00, cheque_cents=10_00)
    trouble = wording.difference(EXPECTED, counted)
    assert trouble is not None
    assert told(trouble.fact) == (
        "Il manque 0,50 € en espèces. Il y a 1,00 € de trop en carte bancaire."
    )


def test_why_a_till_takes_no_money(wording: TillWording) -> None:
    assert wording.not_open(OPENED) is None
    facts = [wording.not_open(one) for one in (None, SHUT, THEIRS, COUNTED)]
    assert all(fact is not None and len(fact.whole) > 40 for fact in facts)
    assert len({fact.fact for fact in facts if fact is not None}) == 4


def test_a_receipt_tells_what_came_and_what_went_back(wording: TillWording) -> None:
    rows = {
        row.name: told(row.value) for row in wording.receipt_rows(a_receipt(1, given_cents=1000))
    }
    assert rows == {
        "Rechargement carte": "5,00 €",
        "Reçu en espèces": "10,00 €",
        "Rendu": "5,00 €",
        "Nouveau crédit": "9,30 €",
    }
    paper = PaperReceipt(number="12-034", day=date(2026, 10, 13))
    back = a_receipt(2, -500, reverses="2026-000001", paper=paper)
    rows = {row.name: told(row.value) for row in wording.receipt_rows(back)}
    assert rows["Annule le reçu"] == "2026-000001"
    assert rows["Reçu papier"] == "n° 12-034, 13/10/2026"


def test_every_kind_of_movement_has_its_words(wording: TillWording) -> None:
    kinds = (
        "top_up", "authorisation", "sending", "settlement", "release", "doubt", "refund",
        "transfer", "lapse", "reversal",
    )  # fmt: skip
    words = {wording.movement(msgspec.structs.replace(MOVES[0], what=kind))[1] for kind in kinds}
    assert len(words) == len(kinds)
    assert not words & set(kinds)
    assert "page blanche" in wording.movement(MOVES[2])[1]


def test_forms_say_what_is_wrong_at_its_field(wording: TillWording) -> None:
    asks = TillAsking(wording)
    assert asks.read_opening({"float": "30,00"}, SHUT) == Open(SHUT.till_id, 3000)
    assert asks.read_opening({"float": "0"}, SHUT) == Open(SHUT.till_id, 0)
    for text in ("", "-1", "1,234", "x"):
        assert isinstance(asks.read_opening({"float": text}, SHUT), dict)
    wrong = asks.read_issuing({"number": "12", "member": "x"}, "bij")
    assert isinstance(wrong, dict)
    assert set(wrong) == {"number", "member"}
    assert asks.read_issuing({"number": "1234", "member": ""}, "bij") == Issue("bij", "1234")


def test_a_paper_receipt_has_a_number_and_a_day_that_is_over(wording: TillWording) -> None:
    asks = TillAsking(wording)
    good = asks.read_paper({"number": "12-034", "day": "13/10/2026"}, TODAY)
    assert good == PaperReceipt(number="12-034", day=date(2026, 10, 13))
    assert asks.read_paper({"number": "1", "day": "13/10"}, TODAY) == PaperReceipt(
        number="1", day=date(2026, 10, 13)
    )
    wrong = asks.read_paper({"number": "n° 4", "day": "15/10/2026"}, TODAY)
    assert isinstance(wrong, dict)
    assert set(wrong) == {"number", "day"}


def test_a_period_for_the_accountant_is_not_turned_round(wording: TillWording) -> None:
    asks = TillAsking(wording)
    values = {"since": "01/10/2026", "until": "14/10/2026", CHOICE: "xlsx"}
    wanted = Export("bij", ExportForm.XLSX, date(2026, 10, 1), TODAY)
    assert asks.read_export(values, "bij", TODAY) == wanted
    turned = asks.read_export({**values, "until": "30/09/2026"}, "bij", TODAY)
    assert isinstance(turned, dict)
    assert set(turned) == {"until"}
    late = asks.read_export({**values, "until": "15/10/2026"}, "bij", TODAY)
    assert isinstance(late, dict)


def test_pages_of_a_job_are_given_back_with_a_reason(wording: TillWording) -> None:
    asks = TillAsking(wording)
    jobs = jobs_of(MOVES)
    assert [one.number for one in jobs] == [905, 871, 655]
    values = {"pages": "2", "reason": "Bourrage", CHOICE: jobs[0].hold_id or ""}
    assert asks.read_refunding(values, "bij") == GiveBack(
        "bij", jobs[0].hold_id or "", 2, "Bourrage"
    )
    for pages in ("", "0", "-1", "1,5"):
        assert isinstance(asks.read_refunding({**values, "pages": pages}, "bij"), dict)
    assert isinstance(asks.read_refunding({**values, "reason": ""}, "bij"), dict)


def test_who_may_do_what_at_a_till() -> None:
    def person(*roles: Role) -> Person:
        return Person("Nadia", frozenset(roles), "nadia", frozenset({"bij"}))

    assert not person(Role.AGENT).may_cash("bij")
    assert person(Role.AGENT).may_serve, "the page says why the till is not theirs"
    assert not person(Role.OBSERVER).may_serve
    assert person(Role.CASHIER).may_cash("bij")
    assert not person(Role.CASHIER).may_cash("trapeze")
    assert not person(Role.CASHIER).may_reverse("bij")
    assert person(Role.REGISSEUR).may_reverse("bij")


def test_a_card_says_how_it_stands(wording: TillWording) -> None:
    assert wording.card_state(CARD) == (True, "Carte valable")
    until = msgspec.structs.replace(CARD, expires_on=date(2027, 6, 30))
    assert "30/06/2027" in wording.card_state(until)[1]
