"""Every page in every state, as a screen reader finds it."""

import re
from collections.abc import Iterator

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


def heard(desk: Desk, sample: Sample) -> list[Heard]:
    """Return what is found once a sample stands."""
    show_sample(desk.window, sample)
    for _round in range(4):
        QApplication.processEvents()
    return listen(desk.window)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_face_is_heard_as_it_is_seen(desk: Desk, sample: Sample) -> None:
    """One showing answers every question, and every fault is told."""
    parts = heard(desk, sample)
    faults = [
        *nameless(desk.window),
        *find_garbage(parts),
        *find_other_names(parts),
        *told_secrets(parts),
        *lost_keyboard(parts, sample),
        *undecided_choices(parts),
        *unspoken_questions(parts, desk, sample),
        *speaking_decorations(desk.window),
    ]
    assert faults == []


def told_secrets(parts: list[Heard]) -> Iterator[str]:
    """Tell what is typed and would be said aloud."""
    for part in parts:
        words = re.sub(r"\s", "", part.words)
        # The last four digits of a card stand on the screen, and no more of it.
        if "2718" in words or "45678" in words:
            yield f"told: {part.words}"
        if part.is_password and re.search(r"\d", part.value):
            yield f"not only dots: {part.name}"


def lost_keyboard(parts: list[Heard], sample: Sample) -> Iterator[str]:
    """Tell whether not exactly one thing has the keyboard, or nobody could name it."""
    is_busy = sample.snapshot is not None and bool(
        sample.snapshot.lock and sample.snapshot.lock.busy
    )
    if is_busy or not any(part.is_control and part.is_focusable for part in parts):
        # While a card is being checked nothing can be typed.
        return
    focused = [part for part in parts if part.is_focused and part.is_control]
    if len(focused) != 1 or not focused[0].name:
        yield f"with the keyboard: {[part.name for part in focused]}"


def undecided_choices(parts: list[Heard]) -> Iterator[str]:
    """Tell the groups of choices in which not exactly one holds."""
    groups: dict[object, list[bool]] = {}
    for part in parts:
        if part.role is Role.RadioButton:
            groups.setdefault(part.within, []).append(part.is_checked)
    yield from (f"undecided: {name}" for name, held in groups.items() if sum(held) != 1)


def unspoken_questions(parts: list[Heard], desk: Desk, sample: Sample) -> Iterator[str]:
    """Tell a question that is no dialog, a dialog that asks nothing, a keyboard outside of it."""
    dialogs = [part for part in parts if part.role is Role.Dialog]
    if len(dialogs) != (0 if desk.question() is None else 1):
        yield f"{len(dialogs)} dialogs for {desk.question()}"
    if sample.question is not None and not dialogs:
        yield f"no dialog for {sample.question}"
    focused = next((part for part in parts if part.is_focused and part.is_control), None)
    for dialog in dialogs:
        if focused is None or (Role.Dialog, dialog.name) not in focused.within:
            yield f"the keyboard is outside of {dialog.name}"


def speaking_decorations(window: QWidget) -> Iterator[str]:
    """Tell what only decorates and has something to say."""
    for widget in window.findChildren(QWidget):
        if isinstance(widget, (Mark, Shelf, Plate, StepMark, Tick, CardPicture, LargeBadge)):
            told = widget.accessibleName() + widget.accessibleDescription()
            if told:
                yield f"decoration: {told}"


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
