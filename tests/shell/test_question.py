"""Dialogs: one at a time, never breaking in, never answering for the visitor."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk.rules.slot import Ground
from kiosk.shell.question import Question
from kiosk.shell.renewal_dialog import OfferDialog, OptionsDialog
from kiosk.shell.sample import COMMAND_ID, club, lock, renewal_of, session, waits, with_mercy
from kiosk.shell.telling_dialog import TellingDialog
from kiosk.wire.face import (
    HelpSeen,
    HelpStage,
    HelpWished,
    MercyAsked,
    MessageFace,
    MessageRead,
    RefusalFace,
    RenewalAsked,
    RenewalDeclined,
    RenewalPutOff,
    RenewalStage,
    Snapshot,
)
from tests.shell.conftest import HOW, Desk

MESSAGE = MessageFace(command_id=COMMAND_ID, text="Le cours commence à 15 h.")


def offer(desk: Desk) -> OfferDialog:
    dialog = desk.window.questions.dialog(Question.OFFER)
    assert isinstance(dialog, OfferDialog)
    return dialog


def refused() -> Snapshot:
    ground = RefusalFace(ground=Ground.RENEWALS)
    return renewal_of(session(2), RenewalStage.REFUSED, ground)


@HOW
def test_at_two_minutes_one_press_renews(desk: Desk, how: str) -> None:
    desk.show(session(2))
    desk.wait_for_dialog()
    assert desk.question() is Question.OFFER
    assert QApplication.focusWidget() is offer(desk).renew
    desk.use(offer(desk).renew, how)
    assert desk.wishes == [RenewalAsked()]


@HOW
def test_at_two_minutes_one_can_say_no(desk: Desk, how: str) -> None:
    desk.show(session(2))
    desk.wait_for_dialog()
    desk.use(offer(desk).decline, how)
    assert desk.wishes == [RenewalDeclined()]


def test_escape_at_two_minutes_decides_nothing(desk: Desk) -> None:
    desk.show(session(2))
    desk.wait_for_dialog()
    desk.press(Qt.Key.Key_Escape)
    assert desk.wishes == [RenewalPutOff()]


def test_the_dialog_waits_for_three_seconds_after_a_key(desk: Desk) -> None:
    desk.show(session(3))
    desk.press(Qt.Key.Key_A, "a")
    desk.show(session(2), rest=0)
    desk.clock.now += 2.9
    QTest.qWait(450)
    assert desk.question() is None
    desk.clock.now += 0.2
    desk.wait_for_dialog()
    assert desk.question() is Question.OFFER


def test_keys_typed_as_the_dialog_opens_are_swallowed(desk: Desk) -> None:
    desk.show(session(2), rest=0)
    desk.qtbot.waitUntil(lambda: desk.question() is not None)
    desk.press(Qt.Key.Key_Return, "\r")
    QTest.mouseClick(offer(desk).decline, Qt.MouseButton.LeftButton)
    assert desk.wishes == []
    assert desk.question() is Question.OFFER


def test_the_dialog_comes_once_for_an_end(desk: Desk) -> None:
    desk.show(session(2))
    desk.wait_for_dialog()
    desk.use(offer(desk).decline, "click")
    desk.show(renewal_of(session(1.5), RenewalStage.DECLINED))
    QTest.qWait(250)
    assert desk.question() is None


def test_after_a_renewal_the_next_end_has_its_own_dialog(desk: Desk) -> None:
    desk.show(session(2))
    desk.wait_for_dialog()
    desk.use(offer(desk).renew, "click")
    desk.show(session(60, total_seconds=7200))
    desk.show(session(2, total_seconds=7200))
    desk.wait_for_dialog()
    assert desk.question() is Question.OFFER


def test_a_refused_visitor_gets_the_options_with_the_focus_on_the_safe_answer(desk: Desk) -> None:
    desk.show(refused())
    desk.wait_for_dialog()
    dialog = desk.window.questions.dialog(Question.OPTIONS)
    assert isinstance(dialog, OptionsDialog)
    assert QApplication.focusWidget() is dialog.close_button
    desk.use(dialog.close_button, "keyboard")
    assert desk.wishes == []


@HOW
def test_a_visitor_refused_for_a_ticket_may_take_five_minutes(desk: Desk, how: str) -> None:
    desk.show(with_mercy(session(2)))
    desk.wait_for_dialog()
    dialog = desk.window.questions.dialog(Question.OPTIONS)
    assert isinstance(dialog, OptionsDialog)
    assert QApplication.focusWidget() is dialog.mercy
    assert "A-19 attend depuis 27\u00a0min" in dialog.spoken()[1]
    desk.use(dialog.mercy, how)
    assert desk.wishes == [MercyAsked()]
    after = renewal_of(session(2, total_seconds=3900), RenewalStage.REFUSED, waits(session(2)))
    desk.show(after)
    desk.wait_for_dialog()
    assert dialog.mercy.isHidden()
    assert QApplication.focusWidget() is dialog.close_button


def test_who_wants_no_mercy_wishes_nothing(desk: Desk) -> None:
    desk.show(with_mercy(session(2)))
    desk.wait_for_dialog()
    dialog = desk.window.questions.dialog(Question.OPTIONS)
    assert isinstance(dialog, OptionsDialog)
    desk.use(dialog.no_thanks, "click")
    assert desk.wishes == []


def test_mercy_waits_for_the_last_two_minutes(desk: Desk) -> None:
    desk.show(with_mercy(session(10)))
    desk.window.questions.ask(Question.OPTIONS)
    dialog = desk.window.questions.dialog(Question.OPTIONS)
    assert isinstance(dialog, OptionsDialog)
    assert dialog.mercy.isHidden()


def test_nothing_opens_over_a_question_that_stands(desk: Desk) -> None:
    desk.show(session(47))
    desk.window.questions.ask(Question.ENDING)
    desk.show(session(2))
    QTest.qWait(250)
    assert desk.question() is Question.ENDING
    desk.press(Qt.Key.Key_Escape)
    desk.clock.now += 10
    desk.wait_for_dialog()
    assert desk.question() is Question.OFFER


@HOW
def test_a_message_stays_until_it_is_read(desk: Desk, how: str) -> None:
    desk.show(session(47, message=MESSAGE))
    desk.wait_for_dialog()
    dialog = desk.window.questions.dialog(Question.MESSAGE)
    assert isinstance(dialog, TellingDialog)
    assert "15" in dialog._text.text()
    desk.use(dialog.close_button, how)
    assert desk.wishes == [MessageRead(command_id=COMMAND_ID)]
    desk.show(session(47, message=MESSAGE))
    QTest.qWait(250)
    assert desk.question() is None


@pytest.mark.parametrize(
    "text",
    [
        "https://exemple.fr/" + "w" * 400,
        "W" * 500,
        "<b>" + "&" * 400,
        "\u202e" + "\u05e9" * 300,
    ],
    ids=["address", "letters", "escaped", "right to left"],
)
def test_a_message_without_a_gap_leaves_its_button_on_the_screen(desk: Desk, text: str) -> None:
    desk.show(session(47, message=replace(MESSAGE, text=text)))
    desk.wait_for_dialog()
    dialog = desk.window.questions.dialog(Question.MESSAGE)
    assert isinstance(dialog, TellingDialog)
    button = dialog.close_button
    spot = button.mapTo(desk.window, button.rect().center())
    assert desk.window.rect().contains(dialog.panel.geometry())
    assert desk.window.rect().contains(spot)


def test_a_message_with_markup_in_it_is_shown_as_text(desk: Desk) -> None:
    wild = MessageFace(command_id=COMMAND_ID, text="<b>gras</b> & <img src=x>")
    desk.show(session(47, message=wild))
    desk.wait_for_dialog()
    dialog = desk.window.questions.dialog(Question.MESSAGE)
    assert isinstance(dialog, TellingDialog)
    assert "&lt;img" in dialog._text.text()


@HOW
def test_appeler_is_answered_at_once_and_follows_what_becomes_of_it(desk: Desk, how: str) -> None:
    desk.show(lock())
    desk.use(desk.lock().tools.call, how)
    desk.show(replace(lock(), help_stage=HelpStage.ASKED), rest=1)
    assert desk.question() is Question.HELP
    dialog = desk.window.questions.dialog(Question.HELP)
    assert isinstance(dialog, TellingDialog)
    desk.show(replace(lock(), help_stage=HelpStage.COMING))
    assert "arrive" in dialog._title.text()
    desk.use(dialog.close_button, how)
    assert desk.wishes == [HelpWished(), HelpSeen()]


def test_the_number_is_given_where_nobody_stands_or_answers(desk: Desk) -> None:
    dialog = desk.window.questions.dialog(Question.HELP)
    assert isinstance(dialog, TellingDialog)
    desk.show(club(replace(lock(), help_stage=HelpStage.REACHED)))
    desk.wait_for_dialog()
    assert dialog._contact.isVisible()
    desk.show(replace(lock(), help_stage=HelpStage.REACHED))
    assert not dialog._contact.isVisible()


def test_help_that_nobody_here_called_waits_for_the_hands_to_rest(desk: Desk) -> None:
    desk.show(session(47))
    desk.press(Qt.Key.Key_A, "a")
    desk.show(replace(session(47), help_stage=HelpStage.COMING), rest=0)
    QTest.qWait(250)
    assert desk.question() is None
    desk.clock.now += 4
    desk.wait_for_dialog()
    assert desk.question() is Question.HELP
