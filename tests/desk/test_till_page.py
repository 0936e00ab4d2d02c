"""*Caisse*: four clicks, to the cent, once; what should lie in the till comes after the count."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_stage import Stage
from admin_console.desk.gallery_till import (
    AGENT,
    CARD,
    NUMBER,
    OPENED,
    RECEIPTS,
    SHUT,
    SITE,
    STEWARD,
    TILL,
    UNKNOWN,
    adding,
    counter,
    served,
    taken,
)
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.till_wish import (
    Copy,
    Export,
    FindCard,
    GiveBack,
    Mark,
    Open,
    Paper,
    ReadMoves,
    ReadReceipts,
    ReadTills,
    Take,
    TakeBack,
)
from kiosk.hublink.failure import Failure, Reason
from kiosk.wire.money import (
    CardMark,
    Means,
    MoneyFault,
    MoneyRefused,
    PaperReceipt,
    PostingReversed,
    ToppedUp,
)
from kiosk.wire.till import PaperForm
from tests.desk.hand import click, press, told
from tests.desk.tillhand import ENTER, ESCAPE, TAB, come_in, everything, type_card


def test_scan_amount_take_is_all_there_is_to_a_top_up(stage: Stage, qtbot: QtBot) -> None:
    here = counter(stage)
    wishes = come_in(here, qtbot)
    here.page.counter.panel.focus_first()
    type_card()
    assert wishes == [FindCard(NUMBER)]
    here.page.show_answer(FindCard(NUMBER), CARD)
    assert wishes[1:] == [ReadMoves(CARD.card_id)]
    panel = here.page.counter.top_up
    click(panel.amounts.cards[2])
    assert told(panel.take.text()) == "Encaisser 5,00 €"
    click(panel.take)
    assert wishes[2:] == [Take(TILL, NUMBER, 500, Means.CASH)]
    click(panel.take)
    assert len(wishes) == 3, "what is under way is not taken twice"


def test_the_same_by_keys_alone_with_change(stage: Stage, qtbot: QtBot) -> None:
    here = counter(stage)
    wishes = come_in(here, qtbot)
    here.page.counter.panel.focus_first()
    type_card()
    here.page.show_answer(FindCard(NUMBER), CARD)
    panel = here.page.counter.top_up
    qtbot.waitUntil(lambda: QApplication.focusWidget() is panel.amounts.cards[0])
    press(TAB)
    assert QApplication.focusWidget() is panel.other.edit
    for key in (Qt.Key.Key_7, Qt.Key.Key_Comma, Qt.Key.Key_5):
        press(key)
    press(TAB)
    assert QApplication.focusWidget() is panel.given.edit
    for key in (Qt.Key.Key_1, Qt.Key.Key_0):
        press(key)
    assert told(panel.change.value.plain()) == "2,50 €"
    assert told(panel.credit.value.plain()) == "11,80 €"
    press(ENTER)
    assert wishes[-1] == Take(TILL, NUMBER, 750, Means.CASH, 1000)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("7,505", "sous le centime"), ("-5", "jamais négatif"), ("50000", "200,00 €")],
)
def test_what_is_no_amount_is_refused_before_it_is_sent(
    stage: Stage, typed: str, said: str, qtbot: QtBot
) -> None:
    here = adding(stage, typed)
    wishes = come_in(here, qtbot)
    panel = here.page.counter.top_up
    assert not panel.take.isEnabled()
    assert panel.other.is_wrong()
    assert panel.trouble.isVisible()
    panel.other.setFocus()
    press(ENTER)
    assert not [one for one in wishes if isinstance(one, Take)]
    assert said in told(panel.trouble.plain())


def test_too_little_in_the_hand_is_not_taken(stage: Stage, qtbot: QtBot) -> None:
    here = adding(stage, given="2", key=2)
    come_in(here, qtbot)
    panel = here.page.counter.top_up
    assert told(panel.change.name.plain()) == "Il manque"
    assert not panel.take.isEnabled()


def test_a_lost_answer_says_that_nothing_is_taken_twice(stage: Stage, qtbot: QtBot) -> None:
    here = taken(stage, Failure(Reason.TIMEOUT))
    wishes = come_in(here, qtbot)
    assert "encaissé deux fois" in everything(here.page.counter.top_up)
    click(here.page.counter.top_up.take)
    assert wishes == [Take(TILL, NUMBER, 500, Means.CASH, 1000)], "the same, as the same intent"


def test_money_that_is_taken_has_a_receipt_on_paper(stage: Stage, qtbot: QtBot) -> None:
    here = adding(stage, key=2)
    wishes = come_in(here, qtbot)
    here.page.counter.top_up.take.click()
    (wish,) = wishes
    assert isinstance(wish, Take)
    done = taken(stage)
    qtbot.addWidget(done.house)
    receipt = done.page.counter.aside.receipt
    assert receipt is not None
    assert receipt.label == "2026-000038"
    assert told(done.page.counter.panel.credit.plain()) == "9,30 €"
    assert done.page.counter.top_up.draft.cents == 0


def test_a_receipt_is_not_printed_where_nobody_wants_it(stage: Stage, qtbot: QtBot) -> None:
    wanted: list[bool] = []
    for prints in (True, False):
        here = adding(stage, key=2)
        wishes = come_in(here, qtbot)
        here.page.counter.aside.prints.setChecked(prints)
        here.page.counter.taken.emit(RECEIPTS.receipts[0])
        wanted.append(Paper(TILL, 2026, 38, PaperForm.ROLL, prints=True) in wishes)
        assert ReadTills(SITE) in wishes
    assert wanted == [True, False]


def test_an_answer_for_another_card_changes_nothing(stage: Stage, qtbot: QtBot) -> None:
    here = counter(stage)
    come_in(here, qtbot)
    here.page.counter.meet("1111")
    here.page.show_answer(FindCard(NUMBER), CARD)
    assert here.page.counter.card is None


def test_a_card_that_nobody_knows_leads_to_a_new_one(stage: Stage, qtbot: QtBot) -> None:
    here = served(stage, UNKNOWN)
    come_in(here, qtbot)
    panel = here.page.counter.panel
    assert "Aucune carte" in told(panel.trouble.plain())
    assert panel.issue.isVisible()
    assert NUMBER not in panel.who.search.text()


def test_a_till_is_opened_with_what_was_counted_into_it(stage: Stage, qtbot: QtBot) -> None:
    here = counter(stage, SHUT)
    wishes = come_in(here, qtbot)
    assert "fermée" in everything(here.page.counter.top_up)
    click(here.page.counter.till.open)
    form = here.page.acts.form
    assert QApplication.focusWidget() is form.fields["float"].edit
    for key in "30,00":
        press(Qt.Key(ord(key)))
    press(ENTER)
    press(ENTER)
    assert wishes == [Open(TILL, 3000)]
    here.page.show_answer(Open(TILL, 3000), OPENED)
    assert not form.is_open()
    assert not here.page.counter.top_up.trouble.isVisible()


def test_a_float_that_is_no_amount_never_leaves_the_form(stage: Stage, qtbot: QtBot) -> None:
    here = counter(stage, SHUT)
    wishes = come_in(here, qtbot)
    click(here.page.counter.till.open)
    form = here.page.acts.form
    form.fields["float"].set_text("30,555")
    click(form.go)
    assert wishes == []
    assert "centime" in told(form.fields["float"].message())
    press(ESCAPE)
    assert not form.is_open()


def test_only_who_answers_for_the_money_takes_a_receipt_back(stage: Stage, qtbot: QtBot) -> None:
    cashier = taken(stage)
    come_in(cashier, qtbot)
    assert not cashier.page.counter.aside.back.isVisible()
    here = taken(stage, person=STEWARD)
    wishes = come_in(here, qtbot)
    aside, form = here.page.counter.aside, here.page.acts.form
    assert aside.receipt is not None
    posting = aside.receipt.posting_id
    click(aside.back)
    click(form.go)
    assert wishes == [], "without a reason nothing is taken back"
    form._ready[0].click()
    click(form.go)
    wish = TakeBack(posting, "Mauvais montant")
    assert wishes == [wish]
    here.page.show_answer(wish, MoneyRefused(fault=MoneyFault.SPENT, balance_cents=200))
    assert form.is_open()
    assert "2,00 €" in told(form.trouble.plain())
    click(form.go)
    back = PostingReversed(
        posting_id=posting, reverses=posting, at=RECEIPTS.receipts[0].at, card=CARD,
        receipt=RECEIPTS.receipts[1],
    )  # fmt: skip
    here.page.show_answer(wish, back)
    assert not form.is_open()
    assert told(aside.done.plain()) == "Annulé"


def test_pages_are_given_back_to_the_card(stage: Stage, qtbot: QtBot) -> None:
    here = served(stage)
    wishes = come_in(here, qtbot)
    click(here.page.counter.moves.refund)
    form = here.page.acts.form
    form.fields["pages"].set_text("2")
    form.fields["reason"].set_text("Page blanche")
    click(form.go)
    (wish,) = wishes
    assert isinstance(wish, GiveBack)
    assert (wish.site_id, wish.pages) == (SITE, 2)


def test_a_card_is_blocked_with_a_reason(stage: Stage, qtbot: QtBot) -> None:
    here = served(stage)
    wishes = come_in(here, qtbot)
    click(here.page.counter.panel.block)
    here.page.acts.form._ready[0].click()
    click(here.page.acts.form.go)
    assert wishes == [Mark(SITE, CARD.card_id, CardMark.BLOCK, "Carte perdue")]


def test_a_role_that_takes_no_money_reads_why(stage: Stage, qtbot: QtBot) -> None:
    here = counter(stage, person=AGENT)
    wishes = come_in(here, qtbot)
    assert "ne permet pas d’encaisser" in everything(here.page)
    assert not here.page.counter.isVisible()
    here.page.read()
    assert wishes == []
    assert here.page.scan_target() is None


def test_no_money_moves_without_contact_and_the_paper_book_is_named(
    stage: Stage, qtbot: QtBot
) -> None:
    here = adding(stage, key=2)
    wishes = come_in(here, qtbot)
    here.house.show_freshness(Freshness.LOST, None)
    panel = here.page.counter.top_up
    assert not panel.take.isEnabled()
    assert "carnet" in told(panel.trouble.plain())
    here.house.show_freshness(Freshness.LIVE, None)
    assert panel.take.isEnabled()
    assert wishes == [ReadTills(SITE)]


def test_a_paper_receipt_goes_with_the_next_amount(stage: Stage, qtbot: QtBot) -> None:
    here = adding(stage, key=2)
    wishes = come_in(here, qtbot)
    click(here.page.counter.till.paper)
    form = here.page.acts.form
    form.fields["number"].set_text("12-034")
    form.fields["day"].set_text("13/10/2026")
    click(form.go)
    assert not form.is_open()
    click(here.page.counter.top_up.take)
    (wish,) = wishes
    assert isinstance(wish, Take)
    assert wish.paper is not None
    assert (wish.paper.number, wish.paper.day.isoformat()) == ("12-034", "2026-10-13")


def taken_from(wish: Take) -> ToppedUp:
    receipt = RECEIPTS.receipts[0]
    return ToppedUp(
        posting_id=receipt.posting_id, at=receipt.at, amount_cents=wish.amount_cents,
        means=Means.CASH, card=CARD, receipt=receipt,
    )  # fmt: skip


def test_a_paper_receipt_waits_for_the_card_that_is_scanned_after_it(
    stage: Stage, qtbot: QtBot
) -> None:
    here = counter(stage)
    wishes = come_in(here, qtbot)
    click(here.page.counter.till.paper)
    form = here.page.acts.form
    form.fields["number"].set_text("12-034")
    form.fields["day"].set_text("13/10/2026")
    click(form.go)
    panel = here.page.counter.top_up
    here.page.counter.meet(NUMBER)
    here.page.show_answer(FindCard(NUMBER), CARD)
    assert "12-034" in told(panel.noted.plain())
    click(panel.amounts.cards[2])
    click(panel.take)
    wish = wishes[-1]
    assert isinstance(wish, Take)
    assert wish.paper is not None
    assert wish.paper.number == "12-034"
    here.page.show_answer(wish, taken_from(wish))
    assert panel.draft.paper is None


def test_a_paper_receipt_is_of_the_book_of_its_till(stage: Stage, qtbot: QtBot) -> None:
    here = adding(stage, key=2)
    come_in(here, qtbot)
    pane = here.page.counter
    paper = PaperReceipt(number="12-034", day=date(2026, 10, 13))
    pane.top_up.use(pane.top_up.draft.note(paper))
    pane.show_till(TILL, "", None)
    assert pane.top_up.draft.paper == paper
    pane.show_till("another", "", None)
    assert pane.top_up.draft.paper is None


def test_earlier_receipts_are_found_and_copied(stage: Stage, qtbot: QtBot) -> None:
    here = counter(stage)
    wishes = come_in(here, qtbot)
    click(here.page.counter.aside.list)
    assert wishes == [ReadReceipts(TILL, 2026)]
    here.page.show_answer(wishes[0], RECEIPTS)
    click(here.page.acts.receipts.more)
    assert wishes[1:] == [ReadReceipts(TILL, 2026, 35)]
    here.page.acts.receipts.lines.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    click(here.page.acts.receipts.show_one)
    receipt = here.page.counter.aside.receipt
    assert receipt == RECEIPTS.receipts[2]
    click(here.page.counter.aside.print)
    assert wishes[2:] == [Copy(TILL, 2026, 36)]


def test_the_accountant_s_file_goes_where_it_is_wanted(
    stage: Stage, qtbot: QtBot, tmp_path: Path
) -> None:
    here = counter(stage)
    wishes = come_in(here, qtbot)
    target = tmp_path / "caisse.csv"
    here.page.acts._choose_target = lambda _title, _name: target
    click(here.page.counter.till.export)
    form = here.page.acts.form
    form.choice.set_value("csv")
    click(form.go)
    (wish,) = wishes
    assert isinstance(wish, Export)
    assert (wish.form, wish.since.isoformat()) == ("csv", "2026-10-01")
    here.page.show_answer(wish, b"date;montant\n")
    assert target.read_bytes() == b"date;montant\n"
    here.page.show_answer(wish, Failure(Reason.TIMEOUT))
    assert "n’a pas pu être obtenu" in told(here.page.counter.aside.trouble.plain())
