"""No dialog closes by itself in under two minutes: what falls away turns into a sentence."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.rules.slot import Ground
from kiosk.shell.face import Face
from kiosk.shell.question import Question
from kiosk.shell.renewal_dialog import OfferDialog
from kiosk.shell.sample import goodbye, grace, renewal_of, session, waits
from kiosk.shell.session_page import SessionPage
from kiosk.shell.telling_dialog import TellingDialog
from kiosk.wire.face import (
    IdleFace,
    MessageFace,
    RefusalFace,
    RenewalAsked,
    RenewalStage,
    Snapshot,
)
from tests.shell.conftest import HOW, Desk

RENEWED = session(60, total_seconds=7200)
MESSAGE = MessageFace(command_id="01890000-0000-7000-8000-0000000000c1", text="Bonjour")


def told(desk: Desk) -> str:
    dialog = desk.window.questions.dialog(Question.MOVED_ON)
    assert isinstance(dialog, TellingDialog)
    return " ".join(dialog.spoken()).replace("\u00a0", " ")


def refused(minutes: float) -> Snapshot:
    return renewal_of(session(minutes), RenewalStage.REFUSED, RefusalFace(ground=Ground.RENEWALS))


def offered(desk: Desk) -> OfferDialog:
    desk.show(session(2))
    desk.wait_for_dialog()
    dialog = desk.window.questions.dialog(Question.OFFER)
    assert isinstance(dialog, OfferDialog)
    return dialog


@HOW
def test_an_offer_that_the_slot_takes_by_itself_says_so_and_waits_to_be_closed(
    desk: Desk, how: str
) -> None:
    offered(desk)
    desk.show(session(1))
    desk.show(renewal_of(session(0.05), RenewalStage.ASKING))
    assert desk.question() is Question.OFFER
    desk.show(RENEWED)
    assert desk.question() is Question.MOVED_ON
    assert "Votre session continue." in told(desk)
    assert "15 h 40" in told(desk)
    QTest.qWait(250)
    desk.clock.now += 10
    dialog = desk.window.questions.dialog(Question.MOVED_ON)
    assert isinstance(dialog, TellingDialog)
    desk.use(dialog.close_button, how)
    assert desk.question() is None
    assert desk.wishes == []


def test_an_offer_that_opened_late_still_stands_in_the_grace(desk: Desk) -> None:
    dialog = offered(desk)
    desk.show(grace(110))
    assert desk.question() is Question.OFFER
    assert "Votre session est finie" in dialog.spoken()[0]
    desk.use(dialog.renew, "click")
    assert desk.wishes == [RenewalAsked()]


@HOW
def test_the_keyboard_goes_to_the_grace_when_the_offer_is_closed(desk: Desk, how: str) -> None:
    dialog = offered(desk)
    desk.show(grace(110))
    desk.clock.now += 10
    assert dialog.renew.hasFocus()
    desk.use(dialog.decline, how)
    page = desk.window.page(Face.PROGRAM)
    assert isinstance(page, SessionPage)
    assert page.grace.renew.hasFocus()


def test_no_offer_opens_anew_in_the_grace(desk: Desk) -> None:
    desk.show(grace(110))
    QTest.qWait(250)
    assert desk.question() is None


def test_an_offer_that_becomes_a_refusal_turns_into_the_options(desk: Desk) -> None:
    offered(desk)
    desk.show(refused(2))
    assert desk.question() is Question.OPTIONS


def test_options_that_can_be_renewed_turn_into_the_offer(desk: Desk) -> None:
    desk.show(refused(2))
    desk.wait_for_dialog()
    desk.show(session(1.5))
    assert desk.question() is Question.OFFER


def test_options_that_somebody_reads_early_say_that_one_can_renew_now(desk: Desk) -> None:
    desk.show(refused(9))
    desk.window.questions.ask(Question.OPTIONS)
    desk.show(session(8))
    assert desk.question() is Question.MOVED_ON
    assert "Vous pouvez maintenant prolonger." in told(desk)


def test_a_refusal_stands_while_its_minutes_of_mercy_are_asked_for(desk: Desk) -> None:
    desk.show(renewal_of(session(2), RenewalStage.REFUSED, waits(session(2))))
    desk.wait_for_dialog()
    desk.show(renewal_of(session(1.9), RenewalStage.ASKING))
    assert desk.question() is Question.OPTIONS


def test_whoever_thinks_about_ending_is_told_when_the_time_is_over(desk: Desk) -> None:
    desk.show(session(1))
    desk.window.questions.ask(Question.ENDING)
    desk.show(grace(120, RenewalStage.REFUSED, ended_by_staff=True))
    assert desk.question() is Question.MOVED_ON
    assert "L’accueil met fin à votre session." in told(desk)
    desk.press(Qt.Key.Key_Return)
    assert desk.wishes == []


def test_what_has_changed_gives_way_to_what_is_due_after_two_minutes(desk: Desk) -> None:
    offered(desk)
    desk.show(RENEWED)
    later = replace(session(58, total_seconds=7200, message=MESSAGE), now=RENEWED.now)
    desk.show(replace(later, now=RENEWED.now + timedelta(seconds=119)))
    QTest.qWait(250)
    assert desk.question() is Question.MOVED_ON
    desk.show(replace(later, now=RENEWED.now + timedelta(seconds=120)))
    desk.wait_for_dialog()
    assert desk.question() is Question.MESSAGE


@pytest.mark.parametrize("question", [Question.OFFER, Question.MOVED_ON])
def test_a_face_that_goes_takes_its_dialog_with_it(desk: Desk, question: Question) -> None:
    offered(desk)
    if question is Question.MOVED_ON:
        desk.show(RENEWED)
    desk.show(goodbye(closed=True, clean=True))
    assert desk.question() is None


def test_a_sign_of_life_answers_whether_anybody_is_there(desk: Desk) -> None:
    quiet = session(47)
    idle = IdleFace(until=quiet.now + timedelta(minutes=3), answer_seconds=180, quiet_seconds=900)
    desk.show(session(47, idle=idle))
    desk.wait_for_dialog()
    desk.show(quiet)
    assert desk.question() is None
