"""Somebody's first session: the house's rules and who keeps what, on one screen, then the home."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.scroll import ScrollBox
from kiosk.look.words import Words
from kiosk.rules.slot import Ground
from kiosk.shell.face import Face
from kiosk.shell.gallery import SCREENS
from kiosk.shell.question import Question
from kiosk.shell.sample import renewal_of, session, windowed
from kiosk.shell.sample_welcome import RULES, WELCOMES
from kiosk.shell.welcome_page import WelcomePage
from kiosk.wire.face import HelpWished, RefusalFace, RenewalStage, Shown, Snapshot
from kiosk.wire.welcome import HouseRulesRead, TrialAsked
from tests.helpers.keyboard import Keyboard
from tests.shell.conftest import HOW, Desk

NBSP = "\u00a0"


def welcome(name: str = "welcome", **changes: object) -> Snapshot:
    return session(60, welcome=WELCOMES[name], **changes)


def page(desk: Desk) -> WelcomePage:
    page = desk.window.page(Face.WELCOME)
    assert isinstance(page, WelcomePage)
    return page


def seen(desk: Desk) -> str:
    """Everything that stands on the screen, as one text."""
    words = [one for one in desk.window.findChildren(Words) if one.isVisible()]
    return " ".join(one.plain() for one in words).replace(NBSP, " ")


def test_who_never_sat_before_reads_four_things_and_goes_on_with_enter(desk: Desk) -> None:
    desk.show(welcome())
    assert desk.face() is Face.WELCOME
    told = seen(desk)
    for sentence in (
        "Bienvenue Jeanne",
        "jusqu’à 15 h 40",
        "Tout est effacé à la fin.",
        "Le prix s’affiche avant d’imprimer.",
        "Boulogne-Billancourt garde seulement votre carte, le poste et l’heure, pendant un an.",
    ):
        assert sentence in told
    assert "règles du lieu" not in told
    desk.press(Qt.Key.Key_Return, "\r")
    assert desk.wishes == [HouseRulesRead()]
    desk.show(session(60))
    assert desk.face() is Face.HOME


@HOW
def test_what_was_understood_is_said_once(desk: Desk, how: str) -> None:
    desk.show(welcome())
    desk.use(page(desk).begin, how)
    assert desk.wishes == [HouseRulesRead()]


def test_a_site_that_wrote_rules_of_its_own_has_them_read(desk: Desk) -> None:
    desk.show(welcome("welcome-rules"))
    assert RULES in seen(desk)
    assert any(RULES in said for said in desk.window.spoken())
    desk.show(welcome())
    assert not any(RULES in said for said in desk.window.spoken())


def test_what_a_site_wrote_is_never_taken_for_markup(desk: Desk) -> None:
    snapshot = welcome("welcome-rules")
    assert snapshot.session is not None
    assert snapshot.session.welcome is not None
    strange = replace(snapshot.session.welcome, rules="<b>Silence</b> & calme")
    desk.show(replace(snapshot, session=replace(snapshot.session, welcome=strange)))
    assert "<b>Silence</b> & calme" in seen(desk)


def test_a_shortened_first_session_promises_no_renewal(desk: Desk) -> None:
    desk.show(welcome(limit=Ground.CLOSING))
    assert "prolonger" not in seen(desk)
    desk.show(windowed(welcome()))
    assert "le reste de cet ordinateur" in seen(desk)


def test_a_site_without_a_town_still_says_what_is_kept(desk: Desk) -> None:
    desk.show(replace(welcome(first_name=""), town=""))
    assert "Seuls votre carte, le poste et l’heure sont gardés" in seen(desk)


def test_nobody_hears_the_name_of_whoever_is_here(desk: Desk, language: Language) -> None:
    desk.show(welcome())
    for code in ("fr", "en"):
        language.use(code)
        assert not any("Jeanne" in said for said in desk.window.spoken())


def test_size_help_and_the_way_on_are_reached_by_the_keyboard_alone(desk: Desk) -> None:
    keyboard = Keyboard(desk.window)
    desk.show(welcome())
    assert keyboard.here() == "J’ai compris"
    assert keyboard.sees_place()
    there = keyboard.round_trip()
    assert {"Affichage", "Écouter", "Appeler", "J’ai compris"} == set(there)
    keyboard.use("Affichage")
    assert desk.question() is Question.DISPLAY
    desk.clock.now += 1
    keyboard.press(Qt.Key.Key_Escape)
    desk.clock.now += 1
    keyboard.use("Appeler")
    assert desk.wishes == [HelpWished()]
    desk.wishes.clear()
    keyboard.press(Qt.Key.Key_F1)
    assert desk.wishes == [HelpWished()]


def test_whoever_comes_back_to_a_locked_seat_still_has_to_read_them(desk: Desk) -> None:
    desk.show(welcome())
    desk.show(replace(welcome(), shown=Shown.GRACE))
    assert desk.face() is Face.PROGRAM
    desk.show(welcome())
    assert desk.face() is Face.WELCOME


@pytest.mark.parametrize("name", WELCOMES)
@pytest.mark.parametrize(
    ("screen", "scale"),
    [("1280x1024", 1.5), ("1366x768", 1.0), ("1366x768", 1.5), ("1920x1080", 1.5)],
)
def test_all_of_it_stands_on_one_screen(
    desk: Desk, look: Look, name: str, screen: str, scale: float
) -> None:
    look.use(text_scale=scale)
    desk.window.resize(SCREENS[screen])
    desk.show(welcome(name))
    for _round in range(4):
        QApplication.processEvents()
    box = page(desk).findChild(ScrollBox)
    assert box is not None
    assert box.verticalScrollBar().maximum() == 0


@HOW
def test_ten_minutes_without_risk_are_asked_for_beside(desk: Desk, how: str) -> None:
    desk.show(welcome("welcome-rules"))
    attempt = page(desk).attempt
    assert attempt.text().replace(NBSP, " ") == "Essayer sans risque (10 minutes)"
    desk.use(attempt, how)
    assert desk.wishes == [TrialAsked()]


def test_an_offer_that_falls_leaves_the_keyboard_to_the_way_on(desk: Desk) -> None:
    desk.show(welcome("welcome-rules"))
    desk.reach(page(desk).attempt)
    desk.show(welcome())
    assert page(desk).attempt.isHidden()
    assert QApplication.focusWidget() is page(desk).begin
    assert not any("Essayer" in said for said in desk.window.spoken())


def test_a_trial_says_that_nothing_is_counted_and_what_comes_then(desk: Desk) -> None:
    refusal = RefusalFace(ground=Ground.TRIAL)
    trial = renewal_of(session(10), RenewalStage.REFUSED, refusal)
    desk.show(trial)
    assert "C’est un essai : rien n’est compté." in seen(desk)
    assert "connectez-vous de nouveau" in desk.window._outfit.teller.what_then(trial, refusal)
