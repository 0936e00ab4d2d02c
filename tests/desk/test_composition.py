"""The program: its command line, and what it refuses to begin with."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk import composition
from kiosk.hublink.client import AddressRefused


def test_the_hub_is_named_by_flag_or_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert composition.read_options([]).hub == composition.DEFAULT_HUB
    monkeypatch.setenv(composition.HUB_ENV, "https://hub.example.org")
    assert composition.read_options([]).hub == "https://hub.example.org"
    assert composition.read_options(["--hub", "http://localhost:1"]).hub == "http://localhost:1"
    assert composition.read_options([]).language == "fr"


def test_a_hub_elsewhere_is_spoken_to_over_tls_only(qapp: QApplication) -> None:
    options = composition.read_options(["--hub", "http://hub.example.org"])
    with pytest.raises(AddressRefused):
        composition.make_window(qapp, options)


def test_the_window_proposes_the_name_and_the_language(qapp: QApplication, qtbot: QtBot) -> None:
    words = ["--user", "nadia", "--language", "en", "--contrast"]
    window = composition.make_window(qapp, composition.read_options(words))
    qtbot.addWidget(window)
    window.show()
    assert window.sign_in.name.text() == "nadia"
    assert window.sign_in.title.text() == "Sign in"
    assert (window.width(), window.height()) == composition.SIZE


def test_a_room_makes_the_program_its_board(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    words = ["--board", "trapeze/salle", "--settings", str(tmp_path / "desk.ini")]
    window = composition.make_board_window(qapp, composition.read_options(words))
    qtbot.addWidget(window)
    window.begin()
    window.show()
    assert window.page is None, "nobody has signed this board in yet"
    assert window.sign_in.isVisible()
    assert (window.width(), window.height()) == composition.BOARD_SIZE
