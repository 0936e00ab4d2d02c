"""A locked seat shows nothing of whose it is; the question after a long quiet."""

from datetime import timedelta

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kiosk.rules.presence import LockCause
from kiosk.shell.face import Face
from kiosk.shell.idle_dialog import IdleDialog
from kiosk.shell.lock_page import LockPage
from kiosk.shell.question import Question
from kiosk.shell.sample import NOW, away, session, windowed
from kiosk.wire.face import (
    AwayAsked,
    AwayFace,
    CardPassed,
    IdleFace,
    SignInAsked,
    Snapshot,
    StillHere,
)
from tests.helpers.sight import seen_texts
from tests.shell.conftest import HOW, Desk

PAUSE = AwayFace(
    cause=LockCause.AWAY,
    until=NOW + timedelta(minutes=7),
    pause_seconds=600,
    closes_at=NOW + timedelta(minutes=17),
)
CARD = "29214545678"


def quiet() -> Snapshot:
    until = session(47).now + timedelta(minutes=3)
    return session(47, idle=IdleFace(until=until, answer_seconds=180, quiet_seconds=900))


def locked(desk: Desk) -> LockPage:
    page = desk.window.page(Face.AWAY)
    assert isinstance(page, LockPage)
    return page


def question(desk: Desk) -> IdleDialog:
    found = desk.window.questions.dialog(Question.IDLE)
    assert isinstance(found, IdleDialog)
    return found


@HOW
def test_one_steps_away_from_the_home(desk: Desk, how: str) -> None:
    desk.show(session(47))
    desk.use(desk.home().time.away, how)
    assert desk.wishes == [AwayAsked()]


@HOW
def test_one_steps_away_from_a_program(desk: Desk, how: str) -> None:
    desk.window.want_program()
    desk.show(windowed(session(47, running_applications=1)))
    desk.use(desk.program().bar.away, how)
    assert desk.wishes == [AwayAsked()]


def test_who_could_not_come_back_is_not_offered_to_step_away(desk: Desk) -> None:
    desk.show(session(47, can_step_away=False))
    assert desk.home().time.away.isHidden()


def test_a_locked_seat_names_nobody(desk: Desk) -> None:
    desk.show(session(47))
    desk.show(away(PAUSE))
    assert desk.face() is Face.AWAY
    desk.window.fade.finish()
    QApplication.processEvents()
    texts = [seen.text for seen in seen_texts(desk.window)]
    assert any("pause" in text for text in texts)
    assert not any("Jeanne" in text for text in [*texts, *desk.window.spoken()])


def test_card_and_code_ask_to_come_back(desk: Desk) -> None:
    desk.show(away(PAUSE))
    locked(desk).form.fill(CARD, "2718")
    desk.use(locked(desk).form.button, "click")
    assert desk.wishes == [SignInAsked(card=CARD, pin="2718")]


def test_whoever_comes_back_finds_the_program_that_was_open(desk: Desk) -> None:
    open_ = windowed(session(47, running_applications=1))
    desk.window.want_program()
    desk.show(open_)
    desk.show(replace(away(PAUSE), windowed=True))
    desk.show(open_)
    assert desk.face() is Face.PROGRAM


def test_after_the_pause_the_seat_says_until_when_it_is_kept(desk: Desk) -> None:
    desk.show(away(replace(PAUSE, until=NOW - timedelta(minutes=1))))
    said = " ".join(desk.window.spoken()).replace("\u00a0", " ")
    assert "à l’abri jusqu’à 14 h 49" in said


@HOW
def test_after_a_long_quiet_one_press_goes_on(desk: Desk, how: str) -> None:
    desk.show(quiet())
    desk.wait_for_dialog()
    assert desk.question() is Question.IDLE
    assert QApplication.focusWidget() is question(desk).stay
    desk.use(question(desk).stay, how)
    assert desk.wishes == [StillHere()]


def test_escape_goes_on_too(desk: Desk) -> None:
    desk.show(quiet())
    desk.wait_for_dialog()
    desk.press(Qt.Key.Key_Escape)
    assert desk.wishes == [StillHere()]


def test_one_steps_away_from_the_question(desk: Desk) -> None:
    desk.show(quiet())
    desk.wait_for_dialog()
    desk.use(question(desk).away, "click")
    assert desk.wishes == [AwayAsked()]


def test_the_question_goes_when_somebody_moves(desk: Desk) -> None:
    desk.show(quiet())
    desk.wait_for_dialog()
    desk.show(session(47))
    assert desk.question() is None


def test_a_card_without_a_key_at_its_end_locks_the_seat_too(desk: Desk) -> None:
    desk.show(session(47))
    desk.home().tiles.focus_first()
    desk.type(CARD, gap=0.004)
    desk.qtbot.waitUntil(lambda: desk.wishes == [CardPassed()])
