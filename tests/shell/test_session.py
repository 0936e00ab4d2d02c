"""A session on screen: what each button wishes, with the mouse and with the keyboard alone."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk.rules.slot import Ground
from kiosk.shell.ending_dialog import EndingDialog
from kiosk.shell.face import Face
from kiosk.shell.goodbye_page import GoodbyePage
from kiosk.shell.home_page import HomePage
from kiosk.shell.question import Question
from kiosk.shell.renewal_dialog import OptionsDialog
from kiosk.shell.sample import club, goodbye, grace, renewal_of, session, windowed
from kiosk.shell.session_page import SessionPage
from kiosk.wire.face import (
    EndAsked,
    GoodbyeSeen,
    HelpWished,
    LaunchAsked,
    RefusalFace,
    RenewalAsked,
    RenewalPutOff,
    RenewalStage,
)
from tests.shell.conftest import HOW, Desk

CLOSING = RefusalFace(ground=Ground.CLOSING)


@HOW
@pytest.mark.parametrize("name", ["internet", "writer", "files"])
def test_a_tile_wishes_for_its_program(desk: Desk, how: str, name: str) -> None:
    desk.show(session(47))
    desk.use(desk.home().tiles.tiles[name], how)
    assert desk.wishes == [LaunchAsked(application=name)]


def test_only_what_can_be_opened_has_a_tile(desk: Desk) -> None:
    desk.show(session(47, applications=("files", "unknown")))
    assert list(desk.home().tiles.tiles) == ["files", "help"]


@HOW
def test_help_is_a_page_and_leads_back(desk: Desk, how: str) -> None:
    desk.show(session(47))
    home = desk.home()
    desk.use(home.tiles.tiles["help"], how)
    desk.clock.now += 1
    assert home.is_help_shown()
    desk.use(home.help.back, how)
    assert not home.is_help_shown()
    assert desk.wishes == []


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (Ground.CLOSING, "la salle ferme à 15"),
        (Ground.WORKSHOP, "un atelier commence ici à 15"),
        (Ground.RESERVATION, "ce poste est réservé à partir de 15"),
        (Ground.DAILY_MINUTES, "c’est tout ce qui reste de votre temps d’aujourd’hui"),
    ],
)
def test_a_shorter_session_says_why(desk: Desk, limit: Ground, said: str) -> None:
    at = None if limit is Ground.DAILY_MINUTES else datetime(2026, 10, 14, 13, 0, tzinfo=UTC)
    desk.show(session(20, limit=limit, limit_at=at))
    assert any(said in sentence for sentence in desk.home().time.spoken())


@HOW
def test_the_line_at_ten_minutes_renews(desk: Desk, how: str) -> None:
    desk.show(session(10))
    desk.use(desk.home().line.renew, how)
    assert desk.wishes == [RenewalAsked()]


@HOW
def test_the_line_at_ten_minutes_takes_a_no(desk: Desk, how: str) -> None:
    desk.show(session(10))
    desk.use(desk.home().line.decline, how)
    assert desk.wishes == [RenewalPutOff()]


def test_after_a_no_one_can_still_renew(desk: Desk) -> None:
    desk.show(renewal_of(session(8), RenewalStage.DECLINED))
    line = desk.home().line
    assert line.renew.isVisible()
    assert not line.decline.isVisible()


@pytest.mark.parametrize("program", [False, True], ids=["home", "bar"])
def test_after_renewing_the_keyboard_is_never_at_the_end_of_the_session(
    desk: Desk, program: bool
) -> None:
    """Qt would give it to the next button in reading order, which is *Terminer…*."""
    if program:
        desk.window.want_program()
    running = session(10, running_applications=1 if program else 0)
    desk.show(running)
    page = desk.window.page(Face.PROGRAM if program else Face.HOME)
    assert isinstance(page, HomePage | SessionPage)
    page.line.renew.setFocus()
    desk.show(renewal_of(running, RenewalStage.ASKING))
    safe = page.bar.home if isinstance(page, SessionPage) else next(iter(page.tiles.tiles.values()))
    assert QApplication.focusWidget() is safe


def test_while_the_renewal_is_asked_nothing_can_be_pressed_twice(desk: Desk) -> None:
    desk.show(renewal_of(session(8), RenewalStage.ASKING))
    line = desk.home().line
    assert line.isVisible()
    assert not line.renew.isVisible()
    assert not line.decline.isVisible()


@HOW
def test_a_refused_renewal_says_its_ground_and_what_can_be_done(desk: Desk, how: str) -> None:
    desk.show(renewal_of(session(10), RenewalStage.REFUSED, CLOSING))
    line = desk.home().line
    assert not line.renew.isVisible()
    desk.use(line.options, how)
    assert desk.question() is Question.OPTIONS


@HOW
def test_the_options_open_what_keeps_the_work(desk: Desk, how: str) -> None:
    desk.show(renewal_of(session(10), RenewalStage.REFUSED, CLOSING))
    desk.window.questions.ask(Question.OPTIONS)
    desk.clock.now += 1
    dialog = desk.window.questions.dialog(Question.OPTIONS)
    assert isinstance(dialog, OptionsDialog)
    desk.use(dialog._keep.button, how)
    assert desk.wishes == [LaunchAsked(application="files")]
    assert desk.question() is None


def test_above_ten_minutes_there_is_no_line(desk: Desk) -> None:
    desk.show(session(11))
    assert not desk.home().line.isVisible()
    assert desk.home().notice.isVisible()
    desk.show(session(10))
    assert desk.home().line.isVisible()
    assert not desk.home().notice.isVisible()


def test_a_warning_moves_neither_the_keyboard_nor_the_face(desk: Desk) -> None:
    desk.show(session(11))
    before = QApplication.focusWidget()
    assert before is not None
    desk.show(session(10))
    assert QApplication.focusWidget() is before
    assert desk.question() is None


@HOW
@pytest.mark.parametrize("where", ["home", "bar"])
def test_ending_always_asks_and_goes_on_by_default(desk: Desk, how: str, where: str) -> None:
    if where == "home":
        desk.show(session(47))
        button = desk.home().time.end
    else:
        desk.window.want_program()
        desk.show(session(47, running_applications=1))
        button = desk.program().bar.end
    desk.use(button, how)
    assert desk.question() is Question.ENDING
    dialog = desk.window.questions.dialog(Question.ENDING)
    assert isinstance(dialog, EndingDialog)
    assert QApplication.focusWidget() is dialog.go_on
    desk.clock.now += 1
    desk.use(dialog.go_on, how)
    assert desk.wishes == []
    assert desk.question() is None


def test_escape_goes_on(desk: Desk) -> None:
    desk.show(session(47))
    desk.window.questions.ask(Question.ENDING)
    desk.clock.now += 1
    desk.press(Qt.Key.Key_Escape)
    assert desk.question() is None
    assert desk.wishes == []


@HOW
def test_ending_ends_when_it_is_meant(desk: Desk, how: str) -> None:
    desk.show(session(47))
    desk.window.questions.ask(Question.ENDING)
    desk.clock.now += 1
    dialog = desk.window.questions.dialog(Question.ENDING)
    assert isinstance(dialog, EndingDialog)
    desk.use(dialog.end, how)
    assert desk.wishes == [EndAsked()]


def test_the_click_that_asked_never_answers(desk: Desk) -> None:
    desk.show(session(47))
    desk.window.questions.ask(Question.ENDING)
    dialog = desk.window.questions.dialog(Question.ENDING)
    assert isinstance(dialog, EndingDialog)
    QTest.mouseClick(dialog.end, Qt.MouseButton.LeftButton)
    assert desk.wishes == []
    assert desk.question() is Question.ENDING


@HOW
def test_every_face_of_a_session_calls_for_help(desk: Desk, how: str) -> None:
    desk.show(session(47))
    desk.use(desk.home().call, how)
    desk.window.want_program()
    desk.show(session(47, running_applications=1))
    desk.use(desk.program().bar.call, how)
    desk.show(grace(120))
    desk.use(desk.program().bar.call, how)
    assert desk.wishes == [HelpWished()] * 3


def test_a_launched_program_brings_the_bar_and_its_end_the_home(desk: Desk) -> None:
    desk.show(session(47))
    desk.use(desk.home().tiles.tiles["internet"], "click")
    assert desk.face() is Face.HOME
    desk.show(session(47, running_applications=1))
    assert desk.face() is Face.PROGRAM
    desk.show(session(46))
    assert desk.face() is Face.HOME


@HOW
def test_home_and_program_lead_to_each_other(desk: Desk, how: str) -> None:
    desk.window.want_program()
    desk.show(session(47, running_applications=1))
    desk.use(desk.program().bar.home, how)
    assert desk.face() is Face.HOME
    desk.clock.now += 1
    desk.use(desk.home().to_program, how)
    assert desk.face() is Face.PROGRAM


def test_a_program_that_did_not_start_is_told_and_not_waited_for(desk: Desk) -> None:
    desk.show(session(47))
    desk.use(desk.home().tiles.tiles["internet"], "click")
    desk.show(session(47, launch_failed=True))
    assert desk.home().running.isVisible()
    assert "n’a pas pu s’ouvrir" in desk.home().running.plain()
    desk.show(session(46, running_applications=1))
    assert desk.face() is Face.HOME


@HOW
def test_in_the_grace_one_can_still_renew_or_leave(desk: Desk, how: str) -> None:
    desk.show(windowed(grace(120)))
    line = desk.program().grace
    desk.use(line.renew, how)
    desk.use(line.finish, how)
    assert desk.wishes == [RenewalAsked(), EndAsked()]


def test_a_refused_grace_leaves_saving_and_leaving(desk: Desk) -> None:
    desk.show(grace(60, RenewalStage.REFUSED))
    line = desk.program().grace
    assert not line.renew.isVisible()
    assert line.finish.isVisible()
    assert not desk.program().bar.end.isVisible()


def test_an_end_by_staff_names_them_only_where_they_are(desk: Desk) -> None:
    ended = grace(120, RenewalStage.REFUSED, ended_by_staff=True)
    desk.show(ended)
    assert "accueil" in desk.program().grace._title.text()
    desk.show(club(ended))
    assert "accueil" not in desk.program().grace._title.text()


def test_erased_is_said_only_when_it_is_proved(desk: Desk) -> None:
    desk.show(goodbye(closed=True, clean=False))
    page = desk.window.page(Face.GOODBYE)
    assert isinstance(page, GoodbyePage)
    assert page._title.text().find("Nous effaçons") >= 0
    assert "effacés" not in page._title.text() + page._lead.text()
    desk.show(goodbye(closed=True, clean=True))
    assert "ont été effacés" in page._title.text()


def test_a_touch_or_a_key_lets_the_next_visitor_begin(desk: Desk) -> None:
    desk.show(goodbye(closed=True, clean=True))
    page = desk.window.page(Face.GOODBYE)
    QTest.mouseClick(page, Qt.MouseButton.LeftButton)
    desk.press(Qt.Key.Key_A, "a")
    assert desk.wishes == [GoodbyeSeen(), GoodbyeSeen()]


def test_no_first_name_stands_on_the_goodbye(desk: Desk) -> None:
    from tests.shell.test_words import texts_of

    desk.show(session(47))
    desk.show(replace(goodbye(closed=True, clean=True)))
    assert not any("Jeanne" in text for text in texts_of(desk.window))
