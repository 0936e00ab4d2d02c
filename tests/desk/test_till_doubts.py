"""*Caisse*: print jobs without an answer are settled, and a printer that fails is spoken of."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_doubt import DOUBTS, a_doubt, doubted, refunded, settled
from admin_console.desk.gallery_stage import Stage
from admin_console.desk.gallery_till import (
    AGENT,
    CARD,
    NUMBER,
    OPENED,
    SITE,
    counter,
    served,
)
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.till_wish import (
    FindCard,
    GiveBack,
    ReadDoubtful,
    ReadMoves,
    ReadTills,
    Settle,
)
from admin_console.desk.pages.till_page import DOUBTS_EVERY
from admin_console.desk.sample import NOW
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.language import Language
from kiosk.rules.credit import HoldState
from kiosk.wire.hold import DoubtfulHolds
from kiosk.wire.money import MoneyFault, MoneyRefused
from kiosk.wire.till import Tills
from tests.desk.hand import click, press, told
from tests.desk.tillhand import ENTER, TAB, come_in, everything


def test_whoever_serves_is_told_how_many_jobs_have_no_answer(stage: Stage, qtbot: QtBot) -> None:
    here = counter(stage)
    wishes = come_in(here, qtbot)
    button = here.page.counter.till.doubts
    assert not button.isVisible(), "nothing is asked of anybody while every job has its answer"
    here.page.show_answer(ReadTills(SITE), Tills(tills=(OPENED,)))
    assert wishes == [ReadDoubtful(SITE)]

    here.page.show_answer(ReadDoubtful("bij"), DoubtfulHolds(holds=DOUBTS))
    assert not button.isVisible(), "another place has its own"
    here.page.show_answer(ReadDoubtful(SITE), DoubtfulHolds(holds=DOUBTS))
    assert told(button.text()) == "2 impressions sans réponse…"
    here.page.show_answer(ReadDoubtful(SITE), DoubtfulHolds(holds=DOUBTS[:1]))
    assert told(button.text()) == "1 impression sans réponse…"
    here.page.show_answer(ReadDoubtful(SITE), DoubtfulHolds(holds=()))
    assert not button.isVisible()


def test_jobs_are_asked_about_again_every_ten_minutes_while_there_is_contact(
    stage: Stage, qtbot: QtBot
) -> None:
    here = doubted(stage)
    wishes = come_in(here, qtbot)
    here.page.show_time(NOW + DOUBTS_EVERY / 2)
    assert wishes == []
    here.page.show_time(NOW + DOUBTS_EVERY)
    here.page.show_time(NOW + DOUBTS_EVERY * 1.5)
    assert wishes == [ReadDoubtful(SITE)]
    here.house.show_freshness(Freshness.LOST, None)
    here.page.show_time(NOW + 3 * DOUBTS_EVERY)
    assert wishes == [ReadDoubtful(SITE)]


def test_who_takes_no_money_asks_about_no_job(stage: Stage, qtbot: QtBot) -> None:
    here = counter(stage, person=AGENT)
    wishes = come_in(here, qtbot)
    here.page.show_time(NOW + DOUBTS_EVERY)
    assert wishes == []


def test_a_job_is_found_by_time_seat_pages_and_amount(stage: Stage, qtbot: QtBot) -> None:
    here = doubted(stage)
    come_in(here, qtbot)
    click(here.page.counter.till.doubts)
    words = [told(one.accessibleName() or one.text()) for one in here.page.acts.form.choice.cards]
    assert words == [
        "mar. 13 octobre, 12 h 32 · Poste 7 · 12 pages · 1,80 €",
        "11 h 20 · Poste 4 · 3 pages · 0,45 €",
    ]


def test_a_job_without_an_answer_is_settled_by_keys_alone(stage: Stage, qtbot: QtBot) -> None:
    here = doubted(stage)
    wishes = come_in(here, qtbot)
    button = here.page.counter.till.doubts
    button.setFocus()
    press(Qt.Key.Key_Space)
    form = here.page.acts.form
    assert QApplication.focusWidget() is form.fields["printed"].edit
    press(Qt.Key.Key_2)
    press(ENTER)
    for key in "VUES":
        press(Qt.Key(ord(key)))
    press(ENTER)
    (wish,) = wishes
    assert isinstance(wish, Settle)
    assert (wish.site_id, wish.hold_id, wish.printed) == (SITE, DOUBTS[0].hold_id, 2)
    assert wish.reason.lower() == "vues"

    done = msgspec.structs.replace(
        DOUBTS[0], state=HoldState.SETTLED, held_cents=0, charged_cents=30, printed=2
    )
    here.page.show_answer(wish, done)
    assert not form.is_open()
    assert wishes[1:] == [ReadDoubtful(SITE)], "one job fewer waits"
    assert told(here.page.counter.notice.done.plain()) == (
        "L’impression est réglée : 0,30 € payés. 1,50 € reviennent sur la carte •••• 5678."
    )


@pytest.mark.parametrize(
    ("printed", "reason", "wrong"),
    [
        ("", "Vues", {"printed"}),
        ("-1", "Vues", {"printed"}),
        ("13", "Vues", {"printed"}),
        ("12", "", {"reason"}),
        ("x", "", {"printed", "reason"}),
    ],
)
def test_what_can_not_be_never_leaves_the_form(
    stage: Stage, printed: str, reason: str, wrong: set[str], qtbot: QtBot
) -> None:
    here = doubted(stage)
    wishes = come_in(here, qtbot)
    click(here.page.counter.till.doubts)
    form = here.page.acts.form
    form.fields["printed"].set_text(printed)
    form.fields["reason"].set_text(reason)
    click(form.go)
    assert wishes == []
    assert {key for key, field in form.fields.items() if field.is_wrong()} == wrong


def test_that_nothing_came_out_is_an_answer_too(stage: Stage, qtbot: QtBot) -> None:
    here = doubted(stage)
    wishes = come_in(here, qtbot)
    click(here.page.counter.till.doubts)
    form = here.page.acts.form
    form.choice.set_value(DOUBTS[1].hold_id)
    form.fields["printed"].set_text("0")
    form.fields["reason"].set_text("Rien n’est sorti")
    click(form.go)
    assert wishes == [Settle(SITE, DOUBTS[1].hold_id, 0, "Rien n’est sorti")]


def test_the_credit_of_the_card_at_the_counter_is_shown_as_it_is_after(
    stage: Stage, qtbot: QtBot
) -> None:
    here = doubted(stage)
    here.page.counter.meet(NUMBER)
    here.page.show_answer(FindCard(NUMBER), CARD)
    wishes = come_in(here, qtbot)
    click(here.page.counter.till.doubts)
    form = here.page.acts.form
    form.fields["printed"].set_text("0")
    form.fields["reason"].set_text("Rien n’est sorti")
    click(form.go)
    richer = msgspec.structs.replace(CARD, balance_cents=610)
    after = msgspec.structs.replace(DOUBTS[0], state=HoldState.RELEASED, held_cents=0, card=richer)
    here.page.show_answer(wishes[-1], after)
    assert here.page.counter.card == richer
    assert ReadMoves(CARD.card_id) in wishes


def test_a_job_that_was_settled_elsewhere_is_said_and_leaves_the_list(
    stage: Stage, qtbot: QtBot
) -> None:
    here = settled(stage, MoneyRefused(fault=MoneyFault.HOLD_OVER))
    wishes = come_in(here, qtbot)
    form = here.page.acts.form
    assert form.is_open()
    assert "réglée entre-temps" in told(form.trouble.plain())
    assert not here.page.counter.notice.isVisible()
    here.page.show_answer(ReadDoubtful(SITE), DoubtfulHolds(holds=DOUBTS[1:]))
    click(form.go)
    assert isinstance(wishes[-1], Settle), "the open form still settles what it shows"


def test_a_lost_answer_may_be_asked_for_again(stage: Stage, qtbot: QtBot) -> None:
    here = settled(stage, Failure(Reason.TIMEOUT))
    wishes = come_in(here, qtbot)
    form = here.page.acts.form
    assert form.is_open()
    assert wishes == []
    click(form.go)
    (wish,) = wishes
    assert isinstance(wish, Settle)
    assert wish.printed == 2


def test_many_jobs_are_offered_the_oldest_first(stage: Stage, qtbot: QtBot) -> None:
    holds = tuple(a_doubt(number, number, number, 15, 20 - number) for number in range(1, 8))
    here = doubted(stage, *holds)
    come_in(here, qtbot)
    click(here.page.counter.till.doubts)
    form = here.page.acts.form
    assert [one.value for one in form.choice.cards] == [one.hold_id for one in holds[:4]]
    assert "4 plus anciennes sur 7" in told(form.note.plain())


def test_where_nobody_can_say_which_jobs_wait_that_is_said(stage: Stage, qtbot: QtBot) -> None:
    here = counter(stage)
    wishes = come_in(here, qtbot)
    here.page.show_answer(ReadDoubtful(SITE), Failure(Reason.TIMEOUT))
    till = here.page.counter.till
    assert till.trouble.isVisible()
    assert here.page.counter.top_up.isVisible()
    click(till.again)
    here.page.show_answer(ReadTills(SITE), Tills(tills=(OPENED,)))
    here.page.show_answer(ReadDoubtful(SITE), DoubtfulHolds(holds=()))
    assert wishes == [ReadTills(SITE), ReadDoubtful(SITE)]
    assert not till.trouble.isVisible()


def test_a_refund_says_what_came_back_and_that_the_printer_is_to_be_checked(
    stage: Stage, qtbot: QtBot
) -> None:
    here = refunded(stage)
    come_in(here, qtbot)
    notice = here.page.counter.notice
    assert told(notice.done.plain()) == (
        "0,15 € reviennent sur la carte •••• 5678. La caisse ne change pas."
    )
    assert "Imprimante à vérifier : HP couloir." in told(notice.printer.plain())

    here.page.counter.leave_card()
    assert not notice.done.isVisible(), "that was about the card before"
    assert notice.printer.isVisible(), "the printer is as it was"
    stage.language.use("en")
    assert "Printer to be checked: HP couloir." in told(notice.printer.plain())
    click(notice.seen)
    assert not notice.isVisible()


def test_an_ordinary_refund_speaks_of_no_printer(stage: Stage, qtbot: QtBot) -> None:
    here = refunded(stage, check_printer=False)
    come_in(here, qtbot)
    assert here.page.counter.notice.done.isVisible()
    assert not here.page.counter.notice.printer.isVisible()


def test_another_place_has_other_printers(stage: Stage, qtbot: QtBot) -> None:
    here = refunded(stage)
    come_in(here, qtbot)
    here.page.show_site("bij")
    assert not here.page.counter.notice.isVisible()


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (MoneyFault.HOLD_SENT, "encore en cours"),
        (MoneyFault.PAGES_FREE, "gratuites"),
        (MoneyFault.MORE_THAN_PRINTED, "plus petit"),
    ],
)
def test_why_pages_are_not_refunded_is_said_in_the_form(
    stage: Stage, fault: MoneyFault, said: str, qtbot: QtBot
) -> None:
    here = served(stage)
    wishes = come_in(here, qtbot)
    click(here.page.counter.moves.refund)
    form = here.page.acts.form
    form.fields["pages"].set_text("1")
    form.fields["reason"].set_text("Page blanche")
    click(form.go)
    (wish,) = wishes
    assert isinstance(wish, GiveBack)
    here.page.show_answer(wish, MoneyRefused(fault=fault))
    assert said in told(form.trouble.plain())


def test_the_button_and_the_form_are_english_too(stage: Stage, qtbot: QtBot) -> None:
    here = doubted(Stage(stage.look, Language("en"), stage.guard))
    come_in(here, qtbot)
    assert told(here.page.counter.till.doubts.text()) == "2 unanswered print jobs…"
    click(here.page.counter.till.doubts)
    assert "Pages that came out" in everything(here.page.acts.form)
    press(TAB)
