"""The live page under the hand: every act by mouse and by keyboard, and who may do what."""

from datetime import timedelta

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery import NADIA, WATCHER, Stage, forecast, live
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.sample import NOW, QUIET, a_town, an_id
from admin_console.desk.window import House
from kiosk.look.focus import FocusRing
from kiosk.rules.slot import Ground
from kiosk.wire.change import Change, SeatChanged
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

Sent = list[tuple[str, str | None, object]]


@pytest.fixture
def house(stage: Stage, qtbot: QtBot) -> House:
    return shown(live(stage), qtbot)


@pytest.fixture
def page(house: House) -> LivePage:
    return house.page


def shown(house: House, qtbot: QtBot) -> House:
    qtbot.addWidget(house)
    FocusRing(house.page.bar._look, house)
    house.resize(1440, 900)
    house.show()
    house.activateWindow()
    qtbot.waitExposed(house)
    qtbot.waitUntil(house.isActiveWindow)
    return house


def listen(page: LivePage) -> Sent:
    sent: Sent = []
    page.command_asked.connect(lambda *told: sent.append(told))
    return sent


def told(text: str) -> str:
    """Return a text with the spaces that one types."""
    return text.replace("\u00a0", " ")


def click(widget: QWidget) -> None:
    # A page that has just changed is laid out before a hand could reach it.
    QApplication.processEvents()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def press(key: Qt.Key, widget: QWidget | None = None) -> None:
    target = widget or QApplication.focusWidget()
    assert target is not None
    QTest.keyClick(target, key)


def slot_of(page: LivePage, seat_id: str) -> str:
    seat = page.board.book.seat(seat_id)
    assert seat is not None
    assert seat.slot is not None
    return seat.slot.slot_id


def apply(page: LivePage, seat_id: str, **facts: object) -> None:
    seat = page.board.book.seat(seat_id)
    assert seat is not None
    body = SeatChanged(seat=msgspec.structs.replace(seat, **facts))
    change = Change(n=page.board.book.cursor + 1, at=NOW, body=body)
    page.board.touch(page.board.book.apply(change))
    page.settle(page.board.settle(NOW))


# ------------------------------------------------------------------------------------ choosing


def test_a_click_on_a_card_shows_its_seat_and_asks_for_its_day_and_its_forecast(
    page: LivePage, qtbot: QtBot
) -> None:
    days: list[str] = []
    forecasts: list[tuple[str, int]] = []
    page.day_asked.connect(days.append)
    page.forecast_asked.connect(lambda *told: forecasts.append(told))
    click(page.view.floor.cards["trapeze-7"])
    assert page.panel.isVisible()
    assert not page.overview.isVisible()
    assert told(page.panel.name.text()) == "Poste 7"
    assert page.view.floor.cards["trapeze-7"].isChecked()
    assert days == ["trapeze-7"]
    assert forecasts == [(slot_of(page, "trapeze-7"), 900)]


def test_arrows_move_over_the_floor_and_enter_chooses(page: LivePage, qtbot: QtBot) -> None:
    cards = page.view.floor.cards
    cards["trapeze-1"].setFocus(Qt.FocusReason.TabFocusReason)
    walk = [
        (Qt.Key.Key_Right, "trapeze-2"),
        (Qt.Key.Key_Right, "trapeze-5"),
        (Qt.Key.Key_Down, "trapeze-7"),
        (Qt.Key.Key_Left, "trapeze-4"),
        (Qt.Key.Key_Down, "trapeze-10"),
        (Qt.Key.Key_Home, "trapeze-1"),
        (Qt.Key.Key_End, "trapeze-12"),
    ]
    for key, seat_id in walk:
        press(key)
        assert QApplication.focusWidget() is cards[seat_id], (key, seat_id)
    press(Qt.Key.Key_Return)
    assert page.seat_id == "trapeze-12"


def test_the_floor_is_one_stop_of_the_tab_key(page: LivePage) -> None:
    stops = [
        card
        for card in page.view.floor.cards.values()
        if card.focusPolicy() == Qt.FocusPolicy.StrongFocus
    ]
    assert len(stops) == 1


def test_escape_closes_the_panel_and_gives_the_keyboard_back_to_the_card(
    page: LivePage, qtbot: QtBot
) -> None:
    page.show_seat("trapeze-7")
    page.panel.acts.identify.setFocus()
    press(Qt.Key.Key_Escape)
    assert page.seat_id == ""
    assert page.overview.isVisible()
    assert QApplication.focusWidget() is page.view.floor.cards["trapeze-7"]


def test_another_site_shows_its_floor(page: LivePage, qtbot: QtBot) -> None:
    page.show_seat("trapeze-7")
    click(page.sites.cards["besnard"])
    assert page.site_id == "besnard"
    assert page.seat_id == ""
    assert page.view.name.text() == "Club senior Rose-Besnard"
    assert set(page.view.floor.cards) == {f"besnard-{number}" for number in range(1, 6)}


def test_the_list_shows_the_same_seats_and_chooses_them_too(page: LivePage, qtbot: QtBot) -> None:
    click(page.view.switch.buttons[1])
    table = page.view.table
    assert table.isVisible()
    table.setFocus()
    table.selectRow(6)
    press(Qt.Key.Key_Return, table)
    assert page.seat_id == "trapeze-7"


def test_search_finds_poste_7_by_the_keyboard(page: LivePage, qtbot: QtBot) -> None:
    page.show_site("bij")
    page.bar.shortcut.activated.emit()
    assert page.bar.search.edit.hasFocus()
    QTest.keyClicks(page.bar.search.edit, "poste 7")
    press(Qt.Key.Key_Return, page.bar.search.edit)
    assert page.seat_id == "trapeze-7"
    assert page.site_id == "trapeze"
    assert page.bar.search.text() == ""


def test_search_says_when_nothing_matches(page: LivePage, qtbot: QtBot) -> None:
    page.bar.focus_search()
    QTest.keyClicks(page.bar.search.edit, "poste 99")
    press(Qt.Key.Key_Return, page.bar.search.edit)
    assert page.seat_id == ""
    assert "Aucun poste" in page.bar.search.edit.accessibleDescription()


# -------------------------------------------------------------------------------------- acting


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
    assert "personne" in page.panel.outlook.accessibleName()
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
    said = told(page.panel.outlook.accessibleName())
    assert said == "Prolonger de 15 min ferait attendre A-21 jusqu’à 15 h 09."
    assert page.panel.acts.confirm.isEnabled()


def test_no_time_can_be_given_past_the_closing(page: LivePage) -> None:
    page.show_seat("trapeze-7")
    forecast(page, "trapeze-7", refused=Ground.CLOSING)
    assert "ferme" in page.panel.outlook.accessibleName()
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


# --------------------------------------------------------------------------------- who may what


def test_those_who_watch_see_seats_and_no_actions(stage: Stage, qtbot: QtBot) -> None:
    page = shown(live(stage, person=WATCHER), qtbot).page
    sent = listen(page)
    asked: list[object] = []
    page.forecast_asked.connect(lambda *told: asked.append(told))
    assert all(line.action is None for line in page.overview.lines)
    page.show_seat("trapeze-5")
    assert page.panel.isVisible()
    assert not page.panel.acts.isVisible()
    assert not page.panel.help_button.isVisible()
    assert not page.panel.outlook.isVisible()
    assert asked == []
    for signal in (page.panel.identify_asked, page.panel.mend_asked, page.panel.help_answered):
        signal.emit()
    assert sent == []


def test_no_name_and_no_card_stands_anywhere_on_the_page(stage: Stage, qtbot: QtBot) -> None:
    # The wire tells none; this keeps a later field from slipping in unseen.
    page = shown(live(stage, person=NADIA, seat="trapeze-7"), qtbot).page
    assert page.panel.stand is not None
    fields = set(type(page.panel.stand).__slots__)
    assert not {one for one in fields if "card" in one or "person" in one or "member" in one}


# ---------------------------------------------------------------------------------- staying live


def test_a_change_moves_card_cell_counts_and_panel(page: LivePage) -> None:
    page.show_seat("trapeze-7")
    apply(page, "trapeze-7", slot=None)
    assert page.panel.state.text() == "Libre"
    assert told(page.view.floor.cards["trapeze-7"].accessibleName()) == "Poste 7, libre"
    assert page.sites.cards["trapeze"].accessibleName().startswith("Médiathèque du Trapèze, 9 sur")
    assert "1 libre" in [words.text for words in page.view.counts]
    assert not page.panel.acts.message.isVisible()


def test_lost_contact_greys_the_floor_says_since_when_and_goes_away(page: LivePage) -> None:
    since = NOW - timedelta(minutes=6)
    page.show_freshness(Freshness.LOST, since)
    assert told(page.bar.chip.text()) == "Connexion perdue depuis 14 h 26"
    assert page.view.stale.isVisible()
    assert page.view.stack.graphicsEffect() is not None
    page.show_freshness(Freshness.LIVE, None)
    assert page.bar.chip.text() == "Données à jour"
    assert not page.view.stale.isVisible()
    assert page.view.stack.graphicsEffect() is None


def test_another_language_says_everything_again(page: LivePage, stage: Stage) -> None:
    page.show_seat("trapeze-7")
    forecast(page, "trapeze-7")
    stage.language.use("en")
    assert told(page.panel.name.text()) == "Seat 7"
    assert page.bar.title.text() == "Live"
    assert told(page.view.floor.cards["trapeze-7"].accessibleName()).startswith("Seat 7, in use")
    assert page.panel.outlook.accessibleName().endswith("keep nobody waiting.")
