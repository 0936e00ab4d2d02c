"""What staff do at a seat: every act by mouse or keyboard, and what stands before it."""

from datetime import timedelta

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_state import Stage, forecast, live
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.sample import NOT_CLEAN, NOW, QUIET, a_town, an_id
from kiosk.rules.slot import Ground
from kiosk.wire.command import (
    AnswerHelp,
    ClearOutOfOrder,
    EndSlot,
    ExtendSlot,
    Identify,
    SetOutOfOrder,
    ShowMessage,
)
from kiosk.wire.desk import Delay
from tests.desk.hand import apply, click, listen, press, shown, slot_of, told


def test_more_time_is_given_only_after_its_forecast_and_as_an_absolute_total(
    page: LivePage, qtbot: QtBot
) -> None:
    sent = listen(page)
    asked: list[tuple[str, int]] = []
    page.forecast_asked.connect(lambda *told: asked.append(told))
    page.show_seat("trapeze-7")
    confirm = page.panel.acts.confirm
    assert not confirm.isEnabled()
    click(confirm)
    assert sent == []
    forecast(page, "trapeze-7")
    assert page.panel.outlook.isVisible()
    assert "personne" in page.panel.outlook.plain()
    assert told(confirm.text()) == "Prolonger jusqu’à 15 h 34"
    click(confirm)
    assert sent == [("trapeze-7", slot_of(page, "trapeze-7"), ExtendSlot(total_seconds=4500))]
    # A second press is no second extension: the forecast is used up.
    assert not confirm.isEnabled()


def test_another_length_asks_for_another_forecast_first(page: LivePage, qtbot: QtBot) -> None:
    page.show_seat("trapeze-7")
    forecast(page, "trapeze-7")
    asked: list[tuple[str, int]] = []
    page.forecast_asked.connect(lambda *told: asked.append(told))
    click(page.panel.acts.minutes.buttons[2])
    assert asked == [(slot_of(page, "trapeze-7"), 3600)]
    assert not page.panel.acts.confirm.isEnabled()
    # The late answer about the shorter length is not taken for the longer one.
    forecast(page, "trapeze-7")
    assert not page.panel.acts.confirm.isEnabled()


def test_a_forecast_is_asked_anew_when_the_end_moves(page: LivePage) -> None:
    page.show_seat("trapeze-7")
    forecast(page, "trapeze-7")
    asked: list[tuple[str, int]] = []
    page.forecast_asked.connect(lambda *told: asked.append(told))
    seat = page.board.book.seat("trapeze-7")
    assert seat is not None
    assert seat.slot is not None
    longer = msgspec.structs.replace(
        seat.slot, total_seconds=4500, ends_at=seat.slot.ends_at + timedelta(minutes=15)
    )
    apply(page, "trapeze-7", slot=longer)
    assert asked == [(seat.slot.slot_id, 900)]
    assert not page.panel.acts.confirm.isEnabled()


def test_whom_an_extension_delays_is_said_before_the_act(page: LivePage) -> None:
    page.show_seat("trapeze-1")
    until = NOW + timedelta(minutes=37)
    forecast(page, "trapeze-1", delays=(Delay(ticket="A-21", until=until),))
    said = told(page.panel.outlook.plain())
    assert said == "Prolonger de 15 min ferait attendre A-21 jusqu’à 15 h 09."
    assert page.panel.acts.confirm.isEnabled()


def test_no_time_can_be_given_past_the_closing(page: LivePage) -> None:
    page.show_seat("trapeze-7")
    forecast(page, "trapeze-7", refused=Ground.CLOSING)
    assert "ferme" in page.panel.outlook.plain()
    assert not page.panel.acts.confirm.isEnabled()


def test_a_message_is_written_or_taken_ready_and_sent(page: LivePage, qtbot: QtBot) -> None:
    sent = listen(page)
    page.show_seat("trapeze-7")
    click(page.panel.acts.message)
    box = page.panel.message
    assert box.isVisible()
    assert box.text.hasFocus()
    assert not box.send.isEnabled()
    QTest.keyClicks(box.text, "Bonjour   Madame ")
    QTest.keyClick(box.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sent == [("trapeze-7", slot_of(page, "trapeze-7"), ShowMessage(text="Bonjour Madame"))]
    assert not box.isVisible()
    click(page.panel.acts.message)
    assert box.text.toPlainText() == ""
    click(box.ready[1])
    click(box.send)
    assert sent[1][2] == ShowMessage(text="Merci de baisser le son.")


def test_a_message_holds_two_hundred_characters(page: LivePage, qtbot: QtBot) -> None:
    page.show_seat("trapeze-7")
    page.panel.acts.message.click()
    page.panel.message.text.setPlainText("é" * 300)
    assert len(page.panel.message.text.toPlainText()) == 200


def test_escape_leaves_the_message_first_and_the_panel_second(page: LivePage, qtbot: QtBot) -> None:
    page.show_seat("trapeze-7")
    page.panel.acts.message.click()
    press(Qt.Key.Key_Escape)
    assert page.seat_id == "trapeze-7"
    assert not page.panel.message.isVisible()
    press(Qt.Key.Key_Escape)
    assert page.seat_id == ""


def test_where_nobody_works_no_ready_sentence_names_the_desk(page: LivePage) -> None:
    page.show_site("perret")
    page.show_seat("perret-1")
    sentences = [button.accessibleName() for button in page.panel.message.ready]
    assert sentences
    assert not any("accueil" in sentence for sentence in sentences)


def test_what_is_written_for_one_visitor_never_reaches_the_next(
    page: LivePage, qtbot: QtBot
) -> None:
    page.show_seat("trapeze-7")
    page.panel.acts.message.click()
    QTest.keyClicks(page.panel.message.text, "Pour vous")
    seat = page.board.book.seat("trapeze-7")
    assert seat is not None
    assert seat.slot is not None
    apply(page, "trapeze-7", slot=msgspec.structs.replace(seat.slot, slot_id=an_id(77)))
    assert not page.panel.message.isVisible()


def test_a_change_of_the_same_slot_leaves_what_is_being_written(
    page: LivePage, qtbot: QtBot
) -> None:
    page.show_seat("trapeze-7")
    page.panel.acts.message.click()
    QTest.keyClicks(page.panel.message.text, "Pour vous")
    apply(page, "trapeze-7", help_asked_at=NOW)
    assert page.panel.message.isVisible()
    assert page.panel.message.text.toPlainText() == "Pour vous"
    assert page.panel.message.text.hasFocus()


def test_ending_asks_with_the_focus_on_the_safe_answer(page: LivePage, qtbot: QtBot) -> None:
    sent = listen(page)
    page.show_seat("trapeze-7")
    click(page.panel.acts.end)
    assert page.question.is_open()
    assert QApplication.focusWidget() is page.question.stay
    press(Qt.Key.Key_Space)
    assert not page.question.is_open()
    page.panel.acts.end.click()
    press(Qt.Key.Key_Escape)
    assert sent == []
    page.panel.acts.end.click()
    click(page.question.end)
    assert sent == [("trapeze-7", slot_of(page, "trapeze-7"), EndSlot())]


def test_the_question_falls_with_the_session_it_is_about(page: LivePage, qtbot: QtBot) -> None:
    sent = listen(page)
    page.show_seat("trapeze-7")
    page.panel.acts.end.click()
    apply(page, "trapeze-7", slot=None)
    assert not page.question.is_open()
    assert sent == []


def test_a_seat_is_put_out_of_order_with_a_reason(page: LivePage, qtbot: QtBot) -> None:
    sent = listen(page)
    page.show_seat("trapeze-7")
    click(page.panel.acts.break_down)
    assert not page.panel.reason.send.isEnabled()
    click(page.panel.reason.ready[0])
    click(page.panel.reason.send)
    assert [body for *_who, body in sent] == [SetOutOfOrder(reason="clavier")]


def test_a_seat_out_of_order_is_put_back(page: LivePage, qtbot: QtBot) -> None:
    sent = listen(page)
    page.show_seat("trapeze-11")
    assert not page.panel.acts.break_down.isVisible()
    click(page.panel.acts.mend)
    assert [body for *_who, body in sent] == [ClearOutOfOrder()]


def test_a_seat_that_is_not_clean_is_cleaned_and_reopened(stage: Stage, qtbot: QtBot) -> None:
    page = shown(live(stage, estate=a_town(NOT_CLEAN)), qtbot).page
    sent = listen(page)
    page.show_seat("trapeze-7")
    assert page.panel.acts.mend.text() == "Nettoyer et rouvrir"
    assert page.panel.slot.fact.plain() == "Non nettoyé"
    click(page.panel.acts.mend)
    assert [body for *_who, body in sent] == [ClearOutOfOrder()]
    page.show_seat("trapeze-11")
    assert page.panel.acts.mend.text() == "Remise en service"


def test_a_seat_shows_its_number_on_demand(page: LivePage, qtbot: QtBot) -> None:
    sent = listen(page)
    page.show_seat("trapeze-7")
    click(page.panel.acts.identify)
    assert [body for *_who, body in sent] == [Identify()]


def test_a_call_is_answered_from_the_notice_and_from_the_panel(
    page: LivePage, qtbot: QtBot
) -> None:
    sent = listen(page)
    line = page.overview.lines[0]
    assert line.action is not None
    click(line.action)
    page.show_seat("trapeze-5")
    click(page.panel.help_button)
    assert [(seat, body) for seat, _slot, body in sent] == [("trapeze-5", AnswerHelp())] * 2


def test_a_notice_leads_to_its_seat(page: LivePage, qtbot: QtBot) -> None:
    click(page.overview.lines[1].words)
    assert page.seat_id == "trapeze-10"


def test_nothing_is_offered_for_a_seat_that_would_not_hear_it(page: LivePage) -> None:
    page.show_seat("trapeze-10")
    acts = page.panel.acts
    buttons = (acts.message, acts.confirm, acts.identify, acts.break_down, acts.end, acts.mend)
    assert not any(button.isVisible() for button in buttons)
    assert page.panel.unreachable.isVisible()


def test_a_free_seat_offers_what_needs_no_visitor(stage: Stage, qtbot: QtBot) -> None:
    page = shown(live(stage, estate=a_town(QUIET)), qtbot).page
    page.show_seat("trapeze-1")
    acts = page.panel.acts
    assert acts.identify.isVisible()
    assert acts.break_down.isVisible()
    assert not acts.message.isVisible()
    assert not acts.end.isVisible()
