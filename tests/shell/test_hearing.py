"""Every page in every state, as a screen reader finds it."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.look.card_picture import CardPicture
from kiosk.look.field import Mark
from kiosk.look.shelf import Shelf
from kiosk.shell.gallery import every_sample, show_sample
from kiosk.shell.goodbye_page import StepMark
from kiosk.shell.help_page import Plate
from kiosk.shell.lock_column import Tick
from kiosk.shell.sample import Sample, lock, session
from kiosk.shell.state_page import LargeBadge
from tests.helpers.spoken import Heard, find_garbage, find_other_names, listen, nameless
from tests.shell.conftest import Desk

Role = QAccessible.Role
SAMPLES = every_sample()
EVERY = pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)


def heard(desk: Desk, sample: Sample) -> list[Heard]:
    """Return what is found once a sample stands."""
    show_sample(desk.window, sample)
    for _round in range(4):
        QApplication.processEvents()
    return listen(desk.window)


@EVERY
def test_every_control_has_a_name_and_nothing_is_said_wrongly(desk: Desk, sample: Sample) -> None:
    heard(desk, sample)
    assert nameless(desk.window) == []
    assert find_garbage(desk.window) == []


@EVERY
def test_a_button_is_called_by_the_words_on_it(desk: Desk, sample: Sample) -> None:
    heard(desk, sample)
    assert find_other_names(desk.window) == []


@EVERY
def test_what_is_typed_is_never_told(desk: Desk, sample: Sample) -> None:
    for part in heard(desk, sample):
        words = re.sub(r"\s", "", part.words)
        assert "2718" not in words
        # The last four digits of a card stand on the screen, and no more of it.
        assert "45678" not in words
        if part.is_password:
            assert not re.search(r"\d", part.value)


@EVERY
def test_one_thing_has_the_keyboard_and_can_be_named(desk: Desk, sample: Sample) -> None:
    parts = heard(desk, sample)
    is_busy = sample.snapshot is not None and bool(
        sample.snapshot.lock and sample.snapshot.lock.busy
    )
    if is_busy or not any(part.is_control and part.is_focusable for part in parts):
        # While a card is being checked nothing can be typed.
        return
    focused = [part for part in parts if part.is_focused and part.is_control]
    assert len(focused) == 1
    assert focused[0].name


@EVERY
def test_a_choice_of_several_has_one_that_holds(desk: Desk, sample: Sample) -> None:
    groups: dict[object, list[bool]] = {}
    for part in heard(desk, sample):
        if part.role is Role.RadioButton:
            groups.setdefault(part.within, []).append(part.is_checked)
    for name, checked in groups.items():
        assert sum(checked) == 1, name


@EVERY
def test_a_question_is_a_dialog_that_says_what_it_asks(desk: Desk, sample: Sample) -> None:
    dialogs = [part for part in heard(desk, sample) if part.role is Role.Dialog]
    assert len(dialogs) == (0 if desk.question() is None else 1)
    assert dialogs or sample.question is None
    focused = [part for part in listen(desk.window) if part.is_focused and part.is_control]
    for dialog in dialogs:
        assert (Role.Dialog, dialog.name) in focused[0].within


@EVERY
def test_what_only_decorates_is_silent(desk: Desk, sample: Sample) -> None:
    heard(desk, sample)
    kinds = (Mark, Shelf, Plate, StepMark, Tick, CardPicture, LargeBadge)
    for widget in desk.window.findChildren(QWidget):
        if isinstance(widget, kinds):
            assert not widget.accessibleName()
            assert not widget.accessibleDescription()


def test_the_time_is_told_as_a_text_in_whole_minutes(desk: Desk) -> None:
    parts = heard(desk, Sample("home", session(47)))
    times = [part for part in parts if "47" in part.name and part.role is Role.StaticText]
    assert [part.name.replace("\u00a0", " ") for part in times] == [
        "Il vous reste 47 minutes, jusqu’à 15 h 40."
    ]


def test_the_keys_and_the_sizes_are_groups_by_name(desk: Desk) -> None:
    parts = heard(desk, Sample("lock", lock()))
    groups = [part.name for part in parts if part.role is Role.Grouping]
    assert [name for name in groups if name != "Taille du texte"] == ["Langue", "Chiffres"]
    digits = [part.name for part in parts if part.within and part.within[-1][1] == "Chiffres"]
    assert digits == [*"123456789", "Effacer", "0", "Suivant"]


def test_a_wrong_field_describes_what_is_wrong(desk: Desk) -> None:
    desk.show(lock())
    desk.type("12")
    desk.press(Qt.Key.Key_Return, "\r")
    part = next(part for part in listen(desk.window) if part.is_focused and part.is_control)
    assert part.description == "Il manque quelques chiffres."
