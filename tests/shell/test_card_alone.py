"""The lock where the card alone opens: a scan is enough, and no sentence asks for a code."""

import re

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kiosk.look.language import Language
from kiosk.rules.presence import LockCause
from kiosk.rules.slot import Ground
from kiosk.shell.sample import away, lock
from kiosk.shell.sample_refusal import CARD_ALONE
from kiosk.wire.face import AwayFace, LockFace, RefusalFace, RefusalRead, SignInAsked, Snapshot
from tests.helpers.keyboard import Keyboard
from tests.shell.conftest import HOW, Desk

CARD = "29214545678"
OPENED = SignInAsked(card=CARD)


def at_the_card(face: LockFace = CARD_ALONE[""]) -> Snapshot:
    return replace(lock(), lock=face)


def test_a_scan_is_enough(desk: Desk) -> None:
    desk.show(at_the_card())
    desk.scan(CARD)
    assert desk.wishes == [OPENED]
    desk.show(at_the_card(CARD_ALONE["-busy"]))
    desk.scan(CARD)
    assert desk.wishes == [OPENED]


def test_a_reader_that_presses_no_key_at_the_end_is_enough_too(desk: Desk) -> None:
    desk.show(at_the_card())
    for place, digit in enumerate(CARD):
        desk.press(Qt.Key(ord(digit)), digit, at=1000 + 4 * place)
        desk.clock.now += 0.004
    desk.qtbot.waitUntil(lambda: desk.wishes == [OPENED])


@HOW
def test_a_typed_number_and_the_button_open_a_session(desk: Desk, how: str) -> None:
    desk.show(at_the_card())
    form = desk.lock().form
    assert not form.button.isEnabled()
    desk.type(CARD)
    assert form.button.isEnabled()
    desk.use(form.button, how)
    assert desk.wishes == [OPENED]


def test_the_keypad_alone_opens_a_session(desk: Desk) -> None:
    desk.show(at_the_card())
    keys = desk.lock().form.pad.keys
    for name in (*CARD, "next"):
        QTest.mouseClick(keys[name], Qt.MouseButton.LeftButton)
        desk.clock.now += 0.4
    assert desk.wishes == [OPENED]


def test_a_number_that_is_too_short_opens_nothing(desk: Desk) -> None:
    desk.show(at_the_card())
    desk.type("123")
    desk.press(Qt.Key.Key_Return, "\r")
    assert desk.wishes == []


def test_no_code_is_asked_for_and_none_can_be_forgotten(desk: Desk) -> None:
    desk.show(at_the_card())
    page = desk.lock()
    assert not page.form.pin.isVisible()
    assert not page.forgotten.isVisible()
    there = Keyboard(desk.window).round_trip()
    assert not any("ode secret" in name or "Code oublié" in name for name in there)
    desk.show(lock())
    assert page.form.pin.isVisible()
    assert page.forgotten.isVisible()


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("name", CARD_ALONE)
def test_no_sentence_speaks_of_a_code(desk: Desk, language: Language, name: str, code: str) -> None:
    language.use("en" if code == "en" else "fr")
    desk.show(at_the_card(CARD_ALONE[name]))
    told = " ".join(desk.window.spoken())
    assert told
    assert not re.search(r"\bcode\b", told), told


def test_a_card_that_is_not_known_is_asked_for_once_more_in_an_empty_field(desk: Desk) -> None:
    desk.show(at_the_card())
    desk.scan(CARD)
    desk.show(at_the_card(CARD_ALONE["-wrong"]))
    assert not desk.lock().form.card.is_done()
    desk.scan(CARD)
    assert desk.wishes == [OPENED, RefusalRead(), OPENED]


def test_the_lock_over_a_session_says_that_another_card_opened_it(desk: Desk) -> None:
    moment = lock().now
    face = away(
        AwayFace(cause=LockCause.AWAY, pause_seconds=600, closes_at=moment, until=moment),
        card_alone=True,
        refusal=RefusalFace(ground=Ground.WRONG_CARD_OR_CODE),
    )
    told = desk.window._outfit.teller.sign_in_refusal(
        face, RefusalFace(ground=Ground.WRONG_CARD_OR_CODE)
    )
    assert told.fact == "Cette session a été ouverte par une autre carte."
