"""Every state of the desk, as a screen reader finds it."""

import re

import pytest
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery import View
from admin_console.desk.gallery_state import STATES, Stage
from admin_console.desk.sample import TELEPHONE
from tests.desk.test_gallery import shown
from tests.helpers.spoken import find_garbage, find_other_names, listen

CARD_SHOWN = "desk-card-shown"


@pytest.mark.parametrize("name", STATES)
def test_nothing_is_said_wrongly(stage: Stage, name: str, qtbot: QtBot) -> None:
    assert find_garbage(shown(stage, View(name), qtbot)) == []


@pytest.mark.parametrize("name", STATES)
def test_a_button_is_called_by_the_words_on_it(stage: Stage, name: str, qtbot: QtBot) -> None:
    assert find_other_names(shown(stage, View(name), qtbot)) == []


@pytest.mark.parametrize("name", STATES)
def test_a_password_is_dots_and_a_card_is_never_whole(
    stage: Stage, name: str, qtbot: QtBot
) -> None:
    for part in listen(shown(stage, View(name), qtbot)):
        words = part.words.replace(TELEPHONE, "")
        is_whole = re.search(r"\d{8}", re.sub(r"\s", "", words)) is not None
        # Only where somebody asked for all digits, which stands in the journal.
        assert not is_whole or name == CARD_SHOWN
        if part.is_password:
            assert not re.search(r"[^\u2022\u25cf*]", part.value)
