"""The voice: what speech-dispatcher is told, and what follows from what it says and does."""

import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kiosk.look.speech import ANSWER_MS, FIRST_RETRY_MS, SpeechDispatcher, find_socket
from kiosk.look.voice import NoVoice
from tests.helpers.ssip import Daemon


@pytest.fixture
def daemon(qtbot: QtBot) -> Iterator[Daemon]:
    """A daemon that has not been started."""
    # A test's own folder may be too deep: a socket's path holds 107 bytes (unix(7)).
    with tempfile.TemporaryDirectory(prefix="voice-") as folder:
        made = Daemon(Path(folder) / "speech-dispatcher" / "speechd.sock")
        yield made
        made.die()


@pytest.fixture
def voice(daemon: Daemon) -> Iterator[SpeechDispatcher]:
    """A voice that has not begun to look for it."""
    made = SpeechDispatcher(daemon.socket)
    yield made
    made.close()


@pytest.fixture
def ready(qtbot: QtBot, daemon: Daemon, voice: SpeechDispatcher) -> SpeechDispatcher:
    """A voice in contact with its daemon."""
    daemon.start()
    voice.begin()
    qtbot.waitUntil(voice.can_speak)
    return voice


def test_the_voice_is_calm_and_says_who_it_is(ready: SpeechDispatcher, daemon: Daemon) -> None:
    assert daemon.settings["CLIENT_NAME"] == "creneau:kiosk:faces"
    assert -50 <= int(daemon.settings["RATE"]) < 0


def test_a_text_is_read_in_its_language_until_it_is_over(
    qtbot: QtBot, ready: SpeechDispatcher, daemon: Daemon
) -> None:
    ready.say("Bonjour\nCe poste est libre.", "fr")
    assert ready.is_speaking()
    qtbot.waitUntil(lambda: daemon.reading)
    assert daemon.said == [("fr", "Bonjour\nCe poste est libre.")]
    daemon.finish()
    qtbot.waitUntil(lambda: not ready.is_speaking())
    ready.say("This seat is free.", "en")
    qtbot.waitUntil(lambda: daemon.reading)
    assert daemon.said[1:] == [("en", "This seat is free.")]


def test_a_line_that_begins_with_a_dot_does_not_end_the_text(
    qtbot: QtBot, ready: SpeechDispatcher, daemon: Daemon
) -> None:
    ready.say("Avant\n.\n.caché\nAprès", "fr")
    qtbot.waitUntil(lambda: daemon.reading)
    assert daemon.said == [("fr", "Avant\n.\n.caché\nAprès")]


def test_the_next_text_cuts_the_one_before_off(
    qtbot: QtBot, ready: SpeechDispatcher, daemon: Daemon
) -> None:
    ready.say("Un", "fr")
    ready.say("Deux", "fr")
    qtbot.waitUntil(lambda: [text for _language, text in daemon.said] == ["Un", "Deux"])
    qtbot.waitUntil(lambda: daemon.reading)
    assert ready.is_speaking()
    daemon.finish()
    qtbot.waitUntil(lambda: not ready.is_speaking())


def test_a_text_can_be_stopped_and_stopping_twice_is_stopping_once(
    qtbot: QtBot, ready: SpeechDispatcher, daemon: Daemon
) -> None:
    ready.say("Bonjour", "fr")
    qtbot.waitUntil(lambda: daemon.reading)
    ready.stop()
    ready.stop()
    assert not ready.is_speaking()
    qtbot.waitUntil(lambda: not daemon.reading)


def test_a_text_that_is_stopped_before_it_began_is_not_read_on(
    qtbot: QtBot, ready: SpeechDispatcher, daemon: Daemon
) -> None:
    ready.say("Bonjour", "fr")
    ready.stop()
    qtbot.waitUntil(lambda: bool(daemon.said) and not daemon.reading)


def test_nothing_is_said_without_words(ready: SpeechDispatcher) -> None:
    ready.say(" \n ", "fr")
    assert not ready.is_speaking()


def test_a_refused_text_leaves_silence(
    qtbot: QtBot, ready: SpeechDispatcher, daemon: Daemon
) -> None:
    daemon.refuses.add("SPEAK")
    ready.say("Bonjour", "fr")
    qtbot.waitUntil(lambda: not ready.is_speaking())
    assert ready.can_speak()


def test_a_daemon_without_a_synthesiser_is_no_voice(
    qtbot: QtBot, daemon: Daemon, voice: SpeechDispatcher
) -> None:
    daemon.modules = ["dummy"]
    daemon.start()
    with qtbot.waitSignal(voice.changed):
        voice.begin()
    assert not voice.can_speak()


def test_a_daemon_that_dies_takes_the_voice_along_and_brings_it_back(
    qtbot: QtBot, ready: SpeechDispatcher, daemon: Daemon
) -> None:
    ready.say("Bonjour", "fr")
    qtbot.waitUntil(lambda: daemon.reading)
    daemon.die()
    qtbot.waitUntil(lambda: not ready.can_speak())
    assert not ready.is_speaking()
    ready.say("Personne", "fr")
    daemon.start()
    qtbot.waitUntil(ready.can_speak)
    ready.say("De retour", "fr")
    qtbot.waitUntil(lambda: daemon.reading)
    assert daemon.said == [("fr", "Bonjour"), ("fr", "De retour")]


def test_a_daemon_that_comes_late_is_found_without_asking(
    qtbot: QtBot, daemon: Daemon, voice: SpeechDispatcher
) -> None:
    voice.begin()
    assert not voice._retry.isActive()
    assert not voice.can_speak()
    daemon.start()
    qtbot.waitUntil(voice.can_speak)


def test_a_socket_with_nobody_behind_it_is_tried_again_a_few_times_only(
    qtbot: QtBot, daemon: Daemon, voice: SpeechDispatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.look.speech.FIRST_RETRY_MS", 1)
    monkeypatch.setattr("kiosk.look.speech.RETRIES", 3)
    daemon.socket.parent.mkdir()
    daemon.socket.touch()
    voice.begin()
    qtbot.waitUntil(lambda: voice._tries == 3 and not voice._retry.isActive())
    daemon.start()
    qtbot.waitUntil(voice.can_speak)


def test_a_daemon_that_hangs_is_left_and_found_again(
    qtbot: QtBot, ready: SpeechDispatcher, daemon: Daemon, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.look.speech.ANSWER_MS", 20)
    daemon.hangs = True
    ready.say("Bonjour", "fr")
    qtbot.waitUntil(lambda: not ready.can_speak())
    assert not ready.is_speaking()
    daemon.hangs = False
    monkeypatch.setattr("kiosk.look.speech.ANSWER_MS", ANSWER_MS)
    qtbot.waitUntil(ready.can_speak, timeout=FIRST_RETRY_MS + ANSWER_MS)


def test_what_no_daemon_says_ends_the_conversation(
    qtbot: QtBot, ready: SpeechDispatcher, daemon: Daemon
) -> None:
    daemon.garble()
    qtbot.waitUntil(lambda: not ready.can_speak())


def test_what_is_read_aloud_stands_in_no_log(
    qtbot: QtBot, ready: SpeechDispatcher, daemon: Daemon, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ready.say("Bonjour Jeanne", "fr")
    qtbot.waitUntil(lambda: daemon.reading)
    daemon.die()
    qtbot.waitUntil(lambda: not ready.can_speak())
    assert "Jeanne" not in caplog.text
    assert "the voice has gone" in caplog.text


@pytest.mark.parametrize(
    ("environment", "place"),
    [
        ({"SPEECHD_ADDRESS": "unix_socket:/run/a.sock"}, "/run/a.sock"),
        ({"SPEECHD_ADDRESS": "inet_socket:127.0.0.1:6560"}, None),
        ({"SPEECHD_ADDRESS": "unix_socket:"}, None),
        ({"XDG_RUNTIME_DIR": "/run/user/990"}, "/run/user/990/speech-dispatcher/speechd.sock"),
        ({"XDG_CACHE_HOME": "/c", "HOME": "/h"}, "/c/speech-dispatcher/speechd.sock"),
        ({"HOME": "/h"}, "/h/.cache/speech-dispatcher/speechd.sock"),
    ],
)
def test_the_socket_is_where_the_daemon_puts_it(
    environment: dict[str, str], place: str | None
) -> None:
    found = find_socket(environment)
    assert (None if found is None else os.fspath(found)) == place


def test_a_machine_without_a_voice_says_nothing() -> None:
    voice = NoVoice()
    voice.say("Bonjour", "fr")
    voice.stop()
    assert not voice.can_speak()
    assert not voice.is_speaking()
