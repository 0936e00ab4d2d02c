"""Which face is due, what the window forgets, and what it says at once."""

import subprocess
import sys

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kiosk.look.language import Language
from kiosk.rules.slot import Ground
from kiosk.shell.display_dialog import DisplayDialog
from kiosk.shell.enrolment_page import EnrolmentPage, EnrolmentStage
from kiosk.shell.face import Face, face_due
from kiosk.shell.question import Question
from kiosk.shell.sample import base, goodbye, grace, lock, session, windowed
from kiosk.wire.face import Contact, HelpStage, RefusalFace, Shown, Snapshot
from tests.shell.conftest import HOW, Desk


@pytest.mark.parametrize(
    ("snapshot", "wants_program", "face"),
    [
        (base(Shown.STARTING), False, Face.STARTING),
        (lock(), False, Face.LOCK),
        (replace(lock(), contact=Contact.LOST), False, Face.OFFLINE),
        (replace(lock(busy=True), contact=Contact.LOST), False, Face.LOCK),
        (base(Shown.CLOSED), False, Face.CLOSED),
        (replace(base(Shown.CLOSED), contact=Contact.LOST), False, Face.CLOSED),
        (base(Shown.OUT_OF_ORDER), False, Face.OUT_OF_ORDER),
        (session(47), True, Face.HOME),
        (session(47, running_applications=1), True, Face.PROGRAM),
        (session(47, running_applications=1), False, Face.HOME),
        (grace(120), False, Face.PROGRAM),
        (goodbye(closed=False, clean=False), False, Face.GOODBYE),
    ],
)
def test_the_face_follows_from_the_snapshot(
    snapshot: Snapshot, wants_program: bool, face: Face
) -> None:
    assert face_due(snapshot, wants_program=wants_program) is face


def test_the_first_frame_needs_no_snapshot(desk: Desk) -> None:
    assert desk.face() is Face.STARTING


def test_the_window_has_its_title(desk: Desk) -> None:
    assert desk.window.windowTitle() == "Créneau"


def test_the_faces_bring_no_database_with_them() -> None:
    code = "import sys, kiosk.shell.window; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    loaded = set(done.stdout.split())
    assert "kiosk.shell.lock_page" in loaded
    assert not {"sqlalchemy", "alembic", "kiosk.session", "kiosk.journal"} & loaded


def test_windowed_mode_says_for_good_that_it_does_not_confine(desk: Desk) -> None:
    for snapshot in (lock(), session(47), grace(120), goodbye(closed=True, clean=True)):
        desk.show(windowed(snapshot))
        assert desk.window._strip.isVisible()
    desk.show(lock())
    assert not desk.window._strip.isVisible()


def test_what_a_visitor_chose_is_forgotten_when_the_lock_comes_back(
    desk: Desk, language: Language
) -> None:
    desk.show(lock())
    display = desk.window._outfit.display
    display.use_scale("150")
    display.use_contrast(True)
    display.use_language("en")
    for snapshot in (session(60), grace(120), goodbye(closed=True, clean=True)):
        desk.show(snapshot)
        assert desk.look.theme.text_scale == 1.5
    desk.show(lock())
    assert desk.look.theme.text_scale == 1.0
    assert not desk.look.theme.is_high_contrast
    assert language.code == "fr"


@HOW
def test_the_tools_of_the_lock_change_size_contrast_and_language(desk: Desk, how: str) -> None:
    desk.show(lock())
    tools = desk.lock().tools
    desk.use(tools.contrast, how)
    assert desk.look.theme.is_high_contrast
    QTest.mouseClick(tools.sizes.buttons[2], Qt.MouseButton.LeftButton)
    assert desk.look.theme.text_scale == 1.5
    QTest.mouseClick(tools.language.buttons[1], Qt.MouseButton.LeftButton)
    assert desk.lock().title.text().find("Hello") >= 0
    assert desk.wishes == []


def test_display_takes_effect_at_once_and_needs_no_brain(desk: Desk) -> None:
    desk.show(session(47))
    desk.use(desk.home().display, "click")
    assert desk.question() is Question.DISPLAY
    desk.clock.now += 1
    dialog = desk.window.questions.dialog(Question.DISPLAY)
    assert isinstance(dialog, DisplayDialog)
    QTest.mouseClick(dialog.contrast, Qt.MouseButton.LeftButton)
    QTest.mouseClick(dialog.languages.buttons[1], Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert desk.look.theme.is_high_contrast
    assert dialog.close_button.text() == "Close"
    assert desk.wishes == []


def test_a_change_of_face_swallows_what_was_meant_for_the_one_before(desk: Desk) -> None:
    desk.show(lock())
    desk.show(session(60), rest=0.3)
    QTest.mouseClick(desk.home().tiles.tiles["internet"], Qt.MouseButton.LeftButton)
    assert desk.wishes == []
    desk.clock.now += 0.4
    QTest.mouseClick(desk.home().tiles.tiles["internet"], Qt.MouseButton.LeftButton)
    assert len(desk.wishes) == 1


def test_the_number_of_the_seat_stands_above_everything_while_it_is_wanted(desk: Desk) -> None:
    desk.show(session(47))
    desk.show(replace(session(47), identify=True))
    assert desk.window._identify.isVisible()
    assert desk.window._identify.geometry() == desk.window.rect()
    desk.show(session(47))
    assert not desk.window._identify.isVisible()


@HOW
def test_an_enrolment_code_is_asked_and_told(desk: Desk, how: str) -> None:
    asked: list[str] = []
    desk.window.enrolment_asked.connect(asked.append)
    desk.window.show_enrolment()
    desk.clock.now += 1
    page = desk.window.page(Face.ENROLMENT)
    assert isinstance(page, EnrolmentPage)
    QTest.keyClicks(page.field.edit, "TRAP-4821")
    desk.use(page.button, how)
    assert asked == ["TRAP-4821"]
    desk.window.show_enrolment(EnrolmentStage.BUSY)
    assert not page.button.isEnabled()
    desk.window.show_enrolment(EnrolmentStage.REFUSED)
    assert "inconnu" in page.field.edit.accessibleDescription()
    desk.show(lock())
    assert page.field.text() == ""


def test_warnings_are_spoken_politely_at_ten_and_five_and_urgently_at_two(desk: Desk) -> None:
    spoken: list[tuple[str, bool]] = []
    desk.show(session(12))
    desk.window.announcer.announced.connect(lambda text, urgent: spoken.append((text, urgent)))
    for minutes in (11, 10, 9, 5, 4, 2, 1):
        desk.show(session(minutes))
    assert [urgent for _text, urgent in spoken] == [False, False, True]
    assert "15" in spoken[0][0]


def test_a_refusal_is_spoken_once(desk: Desk) -> None:
    spoken: list[str] = []
    desk.window.announcer.announced.connect(lambda text, _urgent: spoken.append(text))
    refused = lock(refusal=RefusalFace(ground=Ground.SEAT_TAKEN))
    desk.show(refused)
    desk.show(refused)
    assert len(spoken) == 1


def announced(desk: Desk) -> list[str]:
    """Return a list that fills with what is announced from now on, in plain spaces."""
    spoken: list[str] = []
    signal = desk.window.announcer.announced
    signal.connect(lambda text, _urgent: spoken.append(text.replace("\u00a0", " ")))
    return spoken


def test_a_new_face_says_what_it_is_and_how_things_stand(desk: Desk) -> None:
    spoken = announced(desk)
    desk.show(lock())
    desk.show(session(60))
    desk.show(goodbye(closed=True, clean=False))
    desk.show(goodbye(closed=True, clean=True))
    assert spoken == [
        "Bonjour. Ce poste est libre.",
        "Bonjour. Il vous reste 1 heure, jusqu’à 15 h 40.",
        "Au revoir. Nous effaçons vos fichiers…",
        "Vos fichiers ont été effacés",
    ]


def test_a_dialog_is_left_to_the_screen_reader_which_reads_it_itself(desk: Desk) -> None:
    desk.show(session(47))
    spoken = announced(desk)
    desk.window.questions.ask(Question.ENDING)
    assert spoken == []
    desk.window.questions.close_all()


def test_more_time_is_told(desk: Desk) -> None:
    desk.show(session(9))
    spoken = announced(desk)
    desk.show(session(69, total_seconds=7200))
    assert spoken == ["Il vous reste 1 heure 9 minutes, jusqu’à 15 h 40."]


def test_an_answer_to_a_call_is_said_by_its_dialog_and_the_next_one_is_announced(
    desk: Desk,
) -> None:
    desk.show(session(47))
    spoken = announced(desk)
    desk.home().call.click()
    desk.show(replace(session(47), help_stage=HelpStage.ASKED))
    assert desk.question() is Question.HELP
    assert spoken == []
    desk.show(replace(session(47), help_stage=HelpStage.COMING))
    assert spoken[-1] == "Quelqu’un arrive."


def test_a_program_that_did_not_open_is_told_once(desk: Desk) -> None:
    desk.show(session(47))
    spoken = announced(desk)
    for _time in range(2):
        desk.show(session(47, launch_failed=True))
    assert spoken == ["Ce programme n’a pas pu s’ouvrir."]
