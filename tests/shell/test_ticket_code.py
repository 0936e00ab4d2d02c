"""A seat that is held for a ticket with a code: what was typed waits until the code is there."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk.rules.slot import Ground
from kiosk.shell.face import Face
from kiosk.shell.pass_page import PassPage
from kiosk.shell.sample import lock, session
from kiosk.shell.sample_pass import CODES, WHOLE
from kiosk.shell.ticket_code_page import TicketCodePage
from kiosk.wire.face import HeldFace, PassTyped, RefusalFace, RefusalRead, SignInAsked, Snapshot
from kiosk.wire.outage import ResumeFace
from tests.shell.conftest import HOW, Desk

CARD, PIN, CODE = "20481000012345", "4711", "042"
KEPT = lock(**CODES["ticket-code"][0])
WRONG = lock(**CODES["ticket-code-wrong"][0])
SIGNED_IN = SignInAsked(card=CARD, pin=PIN, ticket_code=CODE)


def entry(desk: Desk) -> TicketCodePage:
    page = desk.window.page(Face.TICKET_CODE)
    assert isinstance(page, TicketCodePage)
    return page


def pass_entry(desk: Desk) -> PassPage:
    page = desk.window.page(Face.PASS)
    assert isinstance(page, PassPage)
    return page


def sign_in(desk: Desk, snapshot: Snapshot = KEPT) -> None:
    desk.show(snapshot)
    desk.scan(CARD)
    desk.type(PIN)
    desk.press(Qt.Key.Key_Return, "\r")
    desk.clock.now += 10


def refused(ground: Ground, snapshot: Snapshot = KEPT) -> Snapshot:
    face = snapshot.lock
    assert face is not None
    return replace(snapshot, lock=replace(face, refusal=RefusalFace(ground=ground, tries_left=2)))


def test_card_and_code_wait_for_the_code_of_the_ticket_and_go_with_it(desk: Desk) -> None:
    sign_in(desk)
    assert desk.face() is Face.TICKET_CODE
    assert desk.wishes == []
    assert "P-03" in entry(desk).spoken()[0]
    desk.type(CODE)
    desk.press(Qt.Key.Key_Return, "\r")
    assert desk.wishes == [SIGNED_IN]


def test_a_pass_waits_for_it_as_well(desk: Desk) -> None:
    desk.show(KEPT)
    QTest.mouseClick(desk.lock().no_card, Qt.MouseButton.LeftButton)
    desk.clock.now += 10
    desk.type(WHOLE)
    desk.press(Qt.Key.Key_Return, "\r")
    assert desk.face() is Face.TICKET_CODE
    desk.clock.now += 10
    desk.type(CODE)
    desk.press(Qt.Key.Key_Return, "\r")
    assert desk.wishes == [PassTyped(digits=WHOLE, ticket_code=CODE)]
    desk.show(WRONG)
    assert "pass" in entry(desk).banner.plain()
    QTest.mouseClick(entry(desk).back, Qt.MouseButton.LeftButton)
    assert desk.face() is Face.PASS
    assert pass_entry(desk).boxes.code() == WHOLE


@pytest.mark.parametrize(
    "snapshot",
    [
        lock(),
        lock(held=HeldFace(ticket="A-18")),
        lock(tickets_wait=True),
        replace(
            KEPT,
            lock=replace(
                KEPT.lock or lock().lock,  # type: ignore[type-var]
                resume=ResumeFace(left_seconds=60, total_seconds=90, until=KEPT.now),
            ),
        ),
    ],
    ids=["free", "with a card", "tickets wait", "power cut"],
)
def test_nobody_else_is_asked_for_a_code(desk: Desk, snapshot: Snapshot) -> None:
    sign_in(desk, snapshot)
    assert desk.wishes == [SignInAsked(card=CARD, pin=PIN)]
    assert desk.face() is Face.LOCK


def test_a_wrong_code_is_typed_again_and_the_card_stays(desk: Desk) -> None:
    sign_in(desk)
    desk.type("999")
    desk.press(Qt.Key.Key_Return, "\r")
    desk.show(WRONG)
    assert desk.face() is Face.TICKET_CODE
    assert entry(desk).boxes.code() == ""
    assert not entry(desk).banner.isHidden()
    desk.type(CODE)
    desk.press(Qt.Key.Key_Return, "\r")
    assert desk.wishes[1:] == [RefusalRead(), SIGNED_IN]


def test_a_wrong_secret_code_leads_back_to_the_card_which_stays(desk: Desk) -> None:
    sign_in(desk)
    desk.show(refused(Ground.WRONG_CARD_OR_CODE))
    assert desk.face() is Face.LOCK
    form = desk.lock().form
    assert form.card.is_done()
    assert form.pin.code() == ""
    assert QApplication.focusWidget() is form.pin
    assert not desk.lock().banner.isHidden()
    assert desk.wishes == []
    assert entry(desk).wish is None


def test_what_is_refused_of_the_seat_is_said_where_the_card_was(desk: Desk) -> None:
    sign_in(desk)
    desk.show(refused(Ground.TOO_MANY_TRIES))
    assert desk.face() is Face.LOCK
    assert "essais" in desk.lock().banner.plain()


def test_a_card_that_opens_alone_is_passed_anew_after_the_way_back(desk: Desk) -> None:
    desk.show(lock(card_alone=True, **CODES["ticket-code"][0]))
    desk.scan(CARD)
    assert desk.face() is Face.TICKET_CODE
    desk.clock.now += 10
    QTest.mouseClick(entry(desk).back, Qt.MouseButton.LeftButton)
    assert desk.face() is Face.LOCK
    assert not desk.lock().form.card.is_done()
    assert desk.wishes == []


@HOW
def test_the_way_back_leads_to_the_card_that_was_passed(desk: Desk, how: str) -> None:
    sign_in(desk)
    desk.use(entry(desk).back, how)
    assert desk.face() is Face.LOCK
    assert desk.lock().form.card.is_done()
    assert entry(desk).wish is None


def test_who_walks_away_leaves_nothing_behind(desk: Desk) -> None:
    sign_in(desk)
    desk.type("04")
    entry(desk)._idle.timeout.emit()
    assert desk.face() is Face.LOCK
    assert not desk.lock().form.card.is_done()
    assert (entry(desk).wish, entry(desk).boxes.code()) == (None, "")


def test_a_hold_that_runs_out_leads_back_and_a_session_leaves_for_good(desk: Desk) -> None:
    sign_in(desk)
    desk.show(lock())
    assert desk.face() is Face.LOCK
    assert desk.lock().form.card.is_done()
    desk.lock().form.begin()
    sign_in(desk)
    desk.show(session(47))
    assert desk.face() is Face.HOME
    assert entry(desk).wish is None
    desk.show(KEPT)
    assert desk.face() is Face.LOCK
    assert not desk.lock().form.card.is_done()
