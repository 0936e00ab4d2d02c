"""The sign-in: cards, codes, refusals, and that nothing typed stays behind."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from kiosk.rules.slot import Ground
from kiosk.shell.face import Face
from kiosk.shell.question import Question
from kiosk.shell.sample import lock, session
from kiosk.shell.sample_told import GIVEN
from kiosk.wire.face import Contact, HelpWished, RefusalFace, RefusalRead, SignInAsked
from tests.shell.conftest import HOW, Desk

CARD = "29214545678"


def test_a_scanner_under_a_french_layout_and_a_code_open_a_session(desk: Desk) -> None:
    desk.show(lock())
    desk.scan(CARD)
    desk.clock.now += 1
    desk.type("2718")
    desk.press(Qt.Key.Key_Return, "\r")
    assert desk.wishes == [SignInAsked(card=CARD, pin="2718")]


@HOW
def test_the_button_opens_a_session(desk: Desk, how: str) -> None:
    desk.show(lock())
    desk.type(CARD)
    desk.press(Qt.Key.Key_Return, "\r")
    desk.type("2718")
    desk.use(desk.lock().form.button, how)
    assert desk.wishes == [SignInAsked(card=CARD, pin="2718")]


def test_the_keypad_alone_opens_a_session(desk: Desk) -> None:
    desk.show(lock())
    keys = desk.lock().form.pad.keys
    for name in (*CARD, "next", *"2718", "next"):
        QTest.mouseClick(keys[name], Qt.MouseButton.LeftButton)
        desk.clock.now += 0.4
    assert desk.wishes == [SignInAsked(card=CARD, pin="2718")]


def test_a_card_may_be_passed_while_a_button_has_the_keyboard(desk: Desk) -> None:
    desk.show(lock())
    desk.lock().tools.contrast.setFocus()
    desk.scan(CARD)
    assert desk.lock().form.card.is_done()
    assert QApplication.focusWidget() is desk.lock().form.pin


def test_a_card_passed_while_the_code_is_due_is_a_card_and_not_a_code(desk: Desk) -> None:
    desk.show(lock())
    desk.scan("99999999")
    desk.clock.now += 1
    desk.scan(CARD)
    desk.clock.now += 1
    assert desk.wishes == []
    assert desk.lock().form.pin.code() == ""
    desk.type("2718")
    desk.press(Qt.Key.Key_Return, "\r")
    assert desk.wishes == [SignInAsked(card=CARD, pin="2718")]


def test_a_card_passed_to_a_busy_program_is_read_whole(desk: Desk) -> None:
    desk.show(lock())
    desk.scan("99999999")
    desk.clock.now += 1
    desk.scan(CARD, heard=0.08, at=20_000)
    desk.type("2718")
    desk.press(Qt.Key.Key_Return, "\r")
    assert desk.wishes == [SignInAsked(card=CARD, pin="2718")]


def test_a_code_typed_by_hand_is_never_taken_for_a_card(desk: Desk) -> None:
    desk.show(lock())
    desk.scan(CARD)
    desk.type("27182718")
    desk.press(Qt.Key.Key_Return, "\r")
    assert desk.wishes == [SignInAsked(card=CARD, pin="2718")]


def test_the_button_waits_for_card_and_code(desk: Desk) -> None:
    desk.show(lock())
    form = desk.lock().form
    assert not form.button.isEnabled()
    desk.scan(CARD)
    assert not form.button.isEnabled()
    desk.type("271", gap=1)
    assert not form.button.isEnabled()
    desk.press(Qt.Key.Key_Return, "\r")
    assert desk.wishes == []
    desk.type("8")
    assert form.button.isEnabled()


def test_a_number_of_three_digits_is_said_to_be_short(desk: Desk) -> None:
    desk.show(lock())
    desk.type("292")
    desk.press(Qt.Key.Key_Return, "\r")
    assert not desk.lock().form.card.is_done()
    assert desk.lock().form.card.edit.accessibleDescription() == "Il manque quelques chiffres."


def test_the_card_is_masked_but_for_its_last_four_digits(desk: Desk) -> None:
    desk.show(lock())
    desk.scan(CARD)
    shown = " ".join(label.text() for label in desk.window.findChildren(QLabel))
    assert "5678" in shown
    assert CARD not in shown
    assert CARD[:-4] not in shown
    assert desk.lock().form.card.text() == ""


def test_change_goes_back_to_an_empty_card(desk: Desk) -> None:
    desk.show(lock())
    desk.scan(CARD)
    desk.lock().form.card.change_asked.emit()
    assert not desk.lock().form.card.is_done()
    assert QApplication.focusWidget() is desk.lock().form.card.edit


def test_while_the_card_is_checked_nothing_can_be_typed_or_asked_again(desk: Desk) -> None:
    desk.show(lock())
    desk.scan(CARD)
    desk.type("2718", gap=1)
    desk.press(Qt.Key.Key_Return, "\r")
    desk.show(lock(busy=True))
    form = desk.lock().form
    assert form.button.text() == "Vérification…"
    assert not form.button.isEnabled()
    desk.type("11")
    desk.press(Qt.Key.Key_Return, "\r")
    assert len(desk.wishes) == 1


def test_a_refusal_empties_the_code_and_typing_again_takes_it_away(desk: Desk) -> None:
    desk.show(lock())
    desk.scan(CARD)
    desk.type("1111", gap=1)
    refused = lock(refusal=RefusalFace(ground=Ground.WRONG_CARD_OR_CODE, tries_left=2))
    desk.show(refused)
    page = desk.lock()
    assert page.banner.isVisible()
    assert "2 essais" in page.banner.plain().replace("\u00a0", " ")
    assert page.form.pin.code() == ""
    assert page.form.card.is_done()
    assert desk.wishes == []
    desk.type("2")
    assert desk.wishes == [RefusalRead()]
    desk.type("7")
    assert desk.wishes == [RefusalRead()]
    desk.show(lock())
    assert not page.banner.isVisible()
    assert page.form.pin.code() == "27"


def test_a_refusal_on_another_ground_empties_the_card_too(desk: Desk) -> None:
    desk.show(lock())
    desk.scan(CARD)
    desk.show(lock(refusal=RefusalFace(ground=Ground.PERSON_SEATED, seat_number=12)))
    assert not desk.lock().form.card.is_done()


def test_the_same_refusal_shown_again_keeps_what_is_being_typed(desk: Desk) -> None:
    refused = lock(refusal=RefusalFace(ground=Ground.FAULT))
    desk.show(refused)
    desk.type("29")
    desk.show(lock())
    assert desk.lock().form.card.text() == "29"


def test_what_was_typed_goes_when_the_session_opens(desk: Desk) -> None:
    desk.show(lock())
    desk.scan(CARD)
    desk.type("2718", gap=1)
    desk.show(session(60))
    form = desk.lock().form
    assert form.pin.code() == ""
    assert not form.card.is_done()
    desk.press(Qt.Key.Key_Return, "\r")


def test_what_was_typed_goes_after_a_minute_without_a_key(desk: Desk) -> None:
    desk.show(lock())
    form = desk.lock().form
    assert form._idle.interval() == 60_000
    desk.scan(CARD)
    desk.type("27", gap=1)
    assert form._idle.isActive()
    form._idle.timeout.emit()
    assert not form.card.is_done()
    assert form.pin.code() == ""
    assert not form._idle.isActive()


def test_without_the_hub_there_is_no_field_that_cannot_work(desk: Desk) -> None:
    desk.show(replace(lock(), contact=Contact.LOST))
    assert desk.face() is Face.OFFLINE
    desk.show(lock())
    assert desk.face() is Face.LOCK


@HOW
def test_appeler_wishes_for_help(desk: Desk, how: str) -> None:
    desk.show(lock())
    desk.use(desk.lock().tools.call, how)
    assert desk.wishes == [HelpWished()]


@HOW
def test_a_forgotten_code_is_answered_on_the_spot(desk: Desk, how: str) -> None:
    desk.show(lock())
    desk.use(desk.lock().forgotten, how)
    assert desk.question() is Question.FORGOTTEN
    assert desk.wishes == []


def test_appeler_stands_last_64_from_the_right_and_40_from_the_top(desk: Desk) -> None:
    desk.window.resize(1920, 1080)
    desk.show(lock())
    call = desk.lock().tools.call
    corner = call.mapTo(desk.window, call.rect().topRight())
    assert desk.window.width() - 1 - corner.x() == 64
    assert corner.y() == 40


@pytest.mark.parametrize("size", [(1024, 768), (1280, 1024), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("scale", ["100", "125", "150"])
def test_the_form_fits_every_screen_without_being_cut(
    desk: Desk, size: tuple[int, int], scale: str
) -> None:
    desk.window.resize(*size)
    desk.show(lock())
    desk.window._outfit.display.use_scale(scale)
    desk.show(lock())
    page = desk.lock()
    right = page.form.mapTo(desk.window, page.form.rect().topRight()).x()
    assert right < desk.window.width()
    assert page._scroll.horizontalScrollBar().maximum() == 0


def test_after_a_power_cut_the_foot_says_from_when_to_when(desk: Desk) -> None:
    desk.window.resize(1920, 1080)
    desk.show(lock(resume=GIVEN))
    assert desk.lock().notice.isVisible()
    told = desk.lock().notice.plain().replace("\u00a0", " ")
    assert told == "Le courant a manqué de 14 h 26 à 14 h 30."
    assert told in " ".join(desk.lock().spoken()).replace("\u00a0", " ")
    desk.show(lock(resume=replace(GIVEN, lost_at=None)))
    assert not desk.lock().notice.isVisible()


@pytest.mark.parametrize(
    ("size", "has_strip", "told"),
    [
        ((1920, 1080), True, "Ce qui n’était pas sur votre clé est perdu."),
        ((1280, 1024), True, "Le courant a manqué de 14 h 26 à 14 h 30."),
        ((1366, 768), False, "Le courant a manqué de 14 h 26 à 14 h 30."),
    ],
)
def test_what_a_power_cut_has_taken_is_said_on_every_screen(
    desk: Desk, size: tuple[int, int], has_strip: bool, told: str
) -> None:
    desk.show(lock(resume=GIVEN))
    page = desk.lock()
    page.window().resize(*size)
    QApplication.processEvents()

    assert page.strip.isVisible() is has_strip
    said = page.strip.plain() if has_strip else page.story.findChildren(QLabel)[1].text()
    assert told in said.replace("\u00a0", " ")
    assert page.spoken().count("Ce qui n’était pas sur votre clé est perdu.") == 1


def test_no_strip_warns_before_a_seat_that_is_simply_free(desk: Desk) -> None:
    desk.show(lock(resume=GIVEN))
    desk.show(lock())
    assert not desk.lock().strip.isVisible()
