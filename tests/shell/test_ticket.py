"""A ticket at the lock and over a session, and a seat that is kept for one."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk.rules.slot import Ground
from kiosk.shell.face import Face
from kiosk.shell.question import Question
from kiosk.shell.renewal_dialog import OptionsDialog
from kiosk.shell.sample import lock, renewal_of, session, windowed, with_mercy
from kiosk.shell.sample_told import TICKETS
from kiosk.shell.session_page import SessionPage
from kiosk.shell.ticket_acts import may_change
from kiosk.shell.ticket_dialog import TicketDialog
from kiosk.wire.face import (
    Contact,
    RefusalFace,
    RenewalStage,
    Snapshot,
    Span,
    TicketFace,
    TicketSeen,
    TicketStage,
    TicketWished,
)
from kiosk.wire.ticket import TicketAct
from kiosk.wire.turn import TicketChangeWished, TurnWished
from tests.shell.conftest import HOW, Desk

CARD = "29214545678"
WAITING = lock(tickets_wait=True)
ASKING = TicketFace(stage=TicketStage.ASKING)
TAKEN = TicketFace(stage=TicketStage.TAKEN, label="A-21")


def dialog(desk: Desk) -> TicketDialog:
    found = desk.window.questions.dialog(Question.TICKET)
    assert isinstance(found, TicketDialog)
    return found


def with_ticket(ticket: TicketFace, snapshot: Snapshot = WAITING) -> Snapshot:
    return replace(snapshot, ticket=ticket)


@HOW
def test_a_card_takes_a_ticket_at_a_lock_where_others_wait(desk: Desk, how: str) -> None:
    desk.show(WAITING)
    desk.use(desk.lock().ticket, how)
    assert desk.question() is Question.TICKET
    assert not dialog(desk).take.isEnabled()
    desk.clock.now += 2
    QTest.keyClicks(dialog(desk).card.edit, CARD)
    desk.use(dialog(desk).take, how)
    assert desk.wishes == [TicketWished(card=CARD)]
    assert CARD not in dialog(desk).card.edit.text()
    desk.show(with_ticket(ASKING))
    assert not dialog(desk).take.isEnabled()
    desk.show(with_ticket(TAKEN))
    assert "A-21" in dialog(desk).spoken()[0]
    assert QApplication.focusWidget() is dialog(desk).close_button
    desk.use(dialog(desk).close_button, how)
    assert desk.wishes[1:] == [TicketSeen()]
    assert desk.question() is None


def test_a_scanner_needs_no_button(desk: Desk) -> None:
    desk.show(WAITING)
    desk.use(desk.lock().ticket, "click")
    desk.clock.now += 2
    QTest.keyClicks(dialog(desk).card.edit, CARD)
    QTest.keyClick(dialog(desk).card.edit, Qt.Key.Key_Return)
    assert desk.wishes == [TicketWished(card=CARD)]


@pytest.mark.parametrize("stage", [TicketStage.UNKNOWN_CARD, TicketStage.NO_ANSWER])
def test_a_card_that_brought_nothing_may_be_passed_again(desk: Desk, stage: TicketStage) -> None:
    desk.show(WAITING)
    desk.use(desk.lock().ticket, "click")
    desk.show(with_ticket(ASKING))
    desk.show(with_ticket(TicketFace(stage=stage)))
    assert QApplication.focusWidget() is dialog(desk).card.edit
    assert not dialog(desk).take.isHidden()


def test_a_ticket_is_not_offered_on_a_free_seat_nor_without_the_hub(desk: Desk) -> None:
    desk.show(lock())
    assert desk.lock().ticket.isHidden()
    desk.show(WAITING)
    assert not desk.lock().ticket.isHidden()
    desk.show(replace(WAITING, contact=Contact.LOST, lock=replace(WAITING.lock, busy=True)))  # type: ignore[type-var]
    assert desk.lock().ticket.isHidden()


def test_somebody_who_waits_passes_a_card_over_the_session(desk: Desk) -> None:
    open_ = windowed(session(47, running_applications=1))
    desk.window.want_program()
    desk.show(open_)
    page = desk.window.page(Face.PROGRAM)
    assert isinstance(page, SessionPage)
    desk.use(page.bar.ticket, "click")
    desk.clock.now += 2
    QTest.keyClicks(dialog(desk).card.edit, CARD)
    desk.use(dialog(desk).take, "click")
    assert desk.wishes == [TicketWished(card=CARD)]
    desk.show(replace(open_, contact=Contact.LOST))
    assert page.bar.ticket.isHidden()


def test_what_was_answered_to_one_is_not_shown_to_the_next(desk: Desk) -> None:
    desk.show(with_ticket(TAKEN))
    desk.use(desk.lock().ticket, "click")
    assert desk.wishes == [TicketSeen()]


def test_a_kept_seat_says_so_to_eyes_and_ears(desk: Desk) -> None:
    desk.show(WAITING)
    assert "réservé" in " ".join(desk.lock().spoken())
    assert "libre" not in " ".join(desk.lock().spoken())


OWN = with_ticket(TICKETS["own"])


def scan_own(desk: Desk, snapshot: Snapshot = OWN) -> TicketDialog:
    """Pass a card that has a ticket; what was wished is forgotten."""
    desk.show(WAITING)
    desk.use(desk.lock().ticket, "click")
    desk.clock.now += 2
    QTest.keyClicks(dialog(desk).card.edit, CARD)
    QTest.keyClick(dialog(desk).card.edit, Qt.Key.Key_Return)
    desk.show(with_ticket(ASKING))
    desk.show(snapshot)
    desk.wishes.clear()
    return dialog(desk)


@HOW
def test_a_ticket_is_given_back_after_a_question(desk: Desk, how: str) -> None:
    shown = scan_own(desk)
    assert "2" in shown.spoken()[1]
    desk.use(shown.acts.give, how)
    assert desk.wishes == []
    assert QApplication.focusWidget() is shown.acts.keep
    desk.clock.now += 2
    desk.use(shown.acts.really, how)
    assert desk.wishes == [TicketChangeWished(card=CARD, act=TicketAct.LEAVE)]
    desk.show(with_ticket(replace(TICKETS["own"], stage=TicketStage.ASKING)))
    desk.show(with_ticket(TICKETS["left"]))
    assert shown.acts.isHidden()
    assert "rendu" in shown.spoken()[0]


def test_a_ticket_that_is_kept_after_all_is_kept(desk: Desk) -> None:
    shown = scan_own(desk)
    desk.use(shown.acts.give, "click")
    desk.clock.now += 2
    desk.use(shown.acts.keep, "click")
    assert desk.wishes == []
    assert not shown.acts.give.isHidden()
    assert not shown.close_button.isHidden()


@HOW
def test_who_steps_away_chooses_a_quarter_of_an_hour(desk: Desk, how: str) -> None:
    shown = scan_own(desk)
    desk.use(shown.acts.later, how)
    desk.clock.now += 2
    texts = [button.text().replace("\u00a0", " ") for button in shown.acts.times]
    assert texts == ["14 h 45", "15 h", "15 h 15", "15 h 45"]
    desk.use(shown.acts.times[1], how)
    until = datetime(2026, 10, 14, 13, 0, tzinfo=UTC)
    assert desk.wishes == [TicketChangeWished(card=CARD, act=TicketAct.STEP_AWAY, until=until)]


def test_nobody_may_come_back_after_closing(desk: Desk) -> None:
    closed = replace(OWN, openings=(Span(start=OWN.now, end=OWN.now + timedelta(minutes=9)),))
    assert scan_own(desk, closed).acts.later.isHidden()


def test_who_is_back_says_so(desk: Desk) -> None:
    shown = scan_own(desk, with_ticket(TICKETS["away"]))
    assert shown.acts.later.isHidden()
    desk.use(shown.acts.here, "click")
    assert desk.wishes == [TicketChangeWished(card=CARD, act=TicketAct.COME_BACK)]


@pytest.mark.parametrize("name", ["has-one", "gone", "left", "closed", "unknown"])
def test_only_a_live_ticket_of_this_room_may_be_changed(desk: Desk, name: str) -> None:
    assert scan_own(desk, with_ticket(TICKETS[name])).acts.isHidden()


def test_over_a_session_a_ticket_is_shown_and_not_changed(desk: Desk) -> None:
    assert not may_change(replace(windowed(session(47)), ticket=TICKETS["own"]))


def test_whose_ticket_it_was_is_forgotten_with_the_dialog(desk: Desk) -> None:
    shown = scan_own(desk)
    desk.use(shown.close_button, "click")
    shown.acts.act_asked.emit(TicketAct.LEAVE, None)
    assert desk.wishes == [TicketSeen()]


REFUSED = with_mercy(session(2, can_take_turn=True))


def options(desk: Desk) -> OptionsDialog:
    found = desk.window.questions.dialog(Question.OPTIONS)
    assert isinstance(found, OptionsDialog)
    return found


@HOW
def test_a_refused_visitor_takes_another_turn_and_sees_it_in_the_same_place(
    desk: Desk, how: str
) -> None:
    desk.show(REFUSED)
    desk.wait_for_dialog()
    desk.use(options(desk).turn, how)
    assert desk.wishes == [TurnWished()]
    asking = replace(ASKING, of_sitter=True)
    desk.show(replace(REFUSED, ticket=asking))
    assert options(desk).turn.isHidden()
    desk.show(replace(REFUSED, ticket=replace(TICKETS["taken"], of_sitter=True)))
    assert desk.question() is Question.OPTIONS
    assert "A-21" in " ".join(options(desk).spoken())


def test_no_turn_is_offered_where_nobody_waits_nor_the_ticket_of_a_newcomer_told(
    desk: Desk,
) -> None:
    desk.show(replace(REFUSED, ticket=TICKETS["taken"]))
    desk.wait_for_dialog()
    assert "A-21" not in " ".join(options(desk).spoken())
    closing = RefusalFace(ground=Ground.CLOSING, at=REFUSED.now)
    desk.show(renewal_of(session(2, can_take_turn=True), RenewalStage.REFUSED, closing))
    assert options(desk).turn.isHidden()
