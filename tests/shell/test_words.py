"""The sentences: three things in a refusal, and nobody named where nobody stands."""

import dataclasses
import re
from datetime import timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from kiosk.look.dialog import Dialog
from kiosk.look.language import Language, LanguageCode
from kiosk.rules.slot import Ground
from kiosk.shell.gallery import show_sample
from kiosk.shell.sample import NOW, base, club, lock, session
from kiosk.shell.sample_page import samples
from kiosk.shell.sample_refusal import refusals
from kiosk.shell.sample_told import CLUB_HELP
from kiosk.shell.window import Window
from kiosk.shell.words import Teller
from kiosk.wire.face import HelpStage, RefusalFace, Shown, Snapshot, Span
from kiosk.wire.place import HelpContact
from tests.helpers.sight import seen_texts
from tests.shell.conftest import Desk

NAMED = re.compile(
    r"\baccueil\b|\bagente?s?\b|(?:biblio|média)th[ée]caires?|\bpersonnel\b|\béquipe\b"
    r"|\bguichet|\bdesk\b|\bstaff|\blibrarians?\b|\bcounter\b",
    re.I,
)
"""Words for those who stand at a desk. The screen of that name is called so on one button only."""

NBSP = "\u00a0"
HOME = {"Accueil", f"Bouton{NBSP}: Accueil"}


@pytest.fixture
def teller(language: Language) -> Teller:
    return Teller(language)


def sentences(teller: Teller, snapshot: Snapshot) -> list[str]:
    """Return every sentence that can follow from a snapshot."""
    said = [teller.who_helps(snapshot), teller.forgotten_code(snapshot).rest]
    for _name, refusal in refusals():
        told = teller.sign_in_refusal(snapshot, refusal)
        said += [told.fact, told.kept, told.advice]
    for ground in Ground:
        refusal = RefusalFace(ground=ground, at=NOW)
        said += [teller.ground(snapshot, refusal), teller.what_then(snapshot, refusal)]
        told = teller.sign_in_refusal(snapshot, refusal)
        said += [told.fact, told.kept, told.advice]
        said.append(teller.shortened(snapshot, "25 min", ground, NOW))
    said.append(teller.ground(snapshot, None))
    for stage in HelpStage:
        answer = teller.help_answer(replace(snapshot, help_stage=stage))
        said += [answer.fact, answer.kept, answer.advice]
    return said


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("with_contact", [True, False])
def test_a_site_without_staff_names_nobody_in_any_sentence(
    teller: Teller, language: Language, code: LanguageCode, with_contact: bool
) -> None:
    language.use(code)
    snapshot = club(lock(), CLUB_HELP if with_contact else None)
    for sentence in sentences(teller, snapshot):
        assert not NAMED.search(sentence), sentence


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("contact", [CLUB_HELP, None], ids=["with-number", "without"])
def test_a_site_without_staff_names_nobody_on_any_page(
    desk: Desk, language: Language, code: LanguageCode, contact: HelpContact | None
) -> None:
    """Neither to eyes nor to ears: texts, names, tooltips, what is read aloud and announced."""
    announced: list[str] = []
    desk.window.announcer.announced.connect(lambda text, _urgent: announced.append(text))
    for staffed in samples():
        snapshot = None if staffed.snapshot is None else club(staffed.snapshot, contact)
        sample = dataclasses.replace(staffed, snapshot=snapshot)
        language.use(code)
        announced.clear()
        show_sample(desk.window, sample)
        QApplication.processEvents()
        shown = [*texts_of(desk.window), *spoken_of(desk.window), *announced]
        assert shown
        for text in shown:
            assert text in HOME or not NAMED.search(text), f"{sample.name}: {text}"
        desk.window.questions.close_all()


def test_a_site_with_staff_says_who_can_help(teller: Teller) -> None:
    assert "accueil" in teller.who_helps(lock())


def test_a_site_without_staff_gives_its_number_and_its_hours(teller: Teller) -> None:
    told = teller.who_helps(club(lock()))
    assert CLUB_HELP.telephone in told
    assert CLUB_HELP.hours in told


@pytest.mark.parametrize(("name", "refusal"), list(refusals()), ids=lambda item: str(item)[:20])
def test_a_refusal_says_what_is_the_case_what_is_kept_and_what_to_do(
    teller: Teller, name: str, refusal: RefusalFace
) -> None:
    for snapshot in (lock(), club(lock()), club(lock(), None)):
        told = teller.sign_in_refusal(snapshot, refusal)
        assert told.fact, name
        assert told.kept, name
        assert told.advice, name


def test_a_mismatch_never_says_which_of_the_two_is_wrong(teller: Teller) -> None:
    for _name, refusal in refusals():
        if refusal.ground is Ground.WRONG_CARD_OR_CODE:
            told = teller.sign_in_refusal(lock(), refusal)
            assert told.fact == "La carte et le code ne vont pas ensemble."


def test_the_tries_left_are_told_and_at_the_last_one_who_can_help(teller: Teller) -> None:
    two = RefusalFace(ground=Ground.WRONG_CARD_OR_CODE, tries_left=2)
    one = RefusalFace(ground=Ground.WRONG_CARD_OR_CODE, tries_left=1)
    assert "2 essais" in teller.sign_in_refusal(lock(), two).kept
    assert "accueil" not in teller.sign_in_refusal(lock(), two).rest
    assert "1 essai." in teller.sign_in_refusal(lock(), one).kept
    assert "accueil" in teller.sign_in_refusal(lock(), one).rest


def test_a_wait_is_told_in_minutes_and_in_clock_time(teller: Teller) -> None:
    told = teller.wait(lock(), NOW + timedelta(seconds=61))
    assert "2 minutes".replace(" ", " ") in told.replace(NBSP, " ")
    assert f"14{NBSP}h{NBSP}34" in told
    assert "seconde" not in told


def test_a_wait_never_tells_a_time_that_is_too_early(teller: Teller) -> None:
    told = teller.wait(lock(), NOW + timedelta(seconds=1))
    assert f"14{NBSP}h{NBSP}33" in told


def test_a_card_in_use_elsewhere_names_the_seat_and_the_room(teller: Teller) -> None:
    refusal = RefusalFace(ground=Ground.PERSON_SEATED, seat_number=12, room_name="Salle bleue")
    told = teller.sign_in_refusal(lock(), refusal)
    assert "poste 12, Salle bleue" in told.fact


def test_a_shortened_slot_is_told_before_it_starts(teller: Teller) -> None:
    face = lock(slot_seconds=1500, limit=Ground.CLOSING, limit_at=NOW + timedelta(hours=5))
    offer = teller.offer(face)
    assert offer.open_
    assert offer.sentence.replace(NBSP, " ") == "Vous aurez 25 minutes, la salle ferme à 19 h 32."


def test_an_unshortened_slot_says_the_rule_of_renewal_as_always(teller: Teller) -> None:
    offer = teller.offer(lock())
    said = offer.sentence.replace(NBSP, " ")
    assert said == "1 heure, renouvelable si la place est libre"


def test_no_slot_means_that_no_seat_is_called_free(teller: Teller) -> None:
    offer = teller.offer(lock(slot_seconds=0, limit=Ground.CLOSING, limit_at=NOW))
    assert not offer.open_
    assert "libre" not in offer.title


@pytest.mark.parametrize(
    ("hours", "said"),
    [(2, "aujourd’hui, de 16 h 32"), (24, "demain, jeudi, de 14 h 32"), (72, "samedi 17 octobre")],
)
def test_an_opening_is_told_by_its_nearness(teller: Teller, hours: int, said: str) -> None:
    start = NOW + timedelta(hours=hours)
    span = Span(start=start, end=start + timedelta(hours=3))
    assert said in teller.opening(base(Shown.CLOSED), span).replace(NBSP, " ")


def test_the_time_left_is_always_told_twice(teller: Teller) -> None:
    snapshot = session(47)
    assert snapshot.session is not None
    told = teller.spoken_time(snapshot, snapshot.session).replace(NBSP, " ")
    assert told == "Il vous reste 47 minutes, jusqu’à 15 h 40."


def spoken_of(window: Window) -> list[str]:
    """Return what is read aloud of the face and of each dialog that was made."""
    said = [] if window.face is None else window.page(window.face).spoken()
    for dialog in window.findChildren(Dialog):
        said += dialog.spoken()
    return said


def texts_of(window: QWidget) -> list[str]:
    """Return everything that can be read or heard in a window, painted by whatever means."""
    found = [seen.text for seen in seen_texts(window)]
    for widget in window.findChildren(QWidget):
        if not widget.isVisibleTo(window):
            continue
        texts = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel):
            texts.append(re.sub(r"<[^>]+>", " ", widget.text()).strip())
        if isinstance(widget, QAbstractButton):
            texts.append(widget.text())
        if isinstance(widget, QLineEdit):
            texts.append(widget.placeholderText())
        found += [text for text in texts if text]
    return found
