"""How long nobody has touched anything and nothing has played, as far as that is known."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kiosk.composition.activity import Playback, SeatActivity, ServerIdle, find_server
from tests.helpers.xvfb import Xvfb


class Server:
    """Says what it is told to."""

    def __init__(self, seconds: float | None) -> None:
        self.told = seconds
        self.closed = False

    def seconds(self) -> float | None:
        return self.told

    def close(self) -> None:
        self.closed = True


class Seconds:
    """A clock that stands where the test puts it."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


@pytest.fixture
def own(qapp: QApplication, clock: Seconds) -> Iterator[SeatActivity]:
    """Without a server that tells."""
    activity = SeatActivity(qapp, clock, None)
    yield activity
    activity.close()
    qapp.removeEventFilter(activity)


def test_the_window_knows_of_its_own_input(own: SeatActivity, clock: Seconds, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    clock.now += 60
    assert own.quiet_seconds(programs_run=False) == 60
    QTest.keyClick(window, Qt.Key.Key_A)
    assert own.quiet_seconds(programs_run=False) == 0


def test_beside_programs_the_window_knows_nothing(own: SeatActivity) -> None:
    assert own.quiet_seconds(programs_run=True) is None


def test_a_server_knows_of_everything(qapp: QApplication, clock: Seconds) -> None:
    server = Server(7.5)
    activity = SeatActivity(qapp, clock, server)
    clock.now += 60
    assert activity.quiet_seconds(programs_run=True) == 7.5
    server.told = None
    assert activity.quiet_seconds(programs_run=False) == 60
    activity.close()
    assert server.closed
    qapp.removeEventFilter(activity)


@pytest.mark.parametrize(
    ("environment", "platform"),
    [({"DISPLAY": ":1"}, "offscreen"), ({}, "xcb"), ({"DISPLAY": ":4711"}, "xcb")],
    ids=["no X", "no display", "no such display"],
)
def test_where_there_is_no_server_nothing_is_asked(
    environment: dict[str, str], platform: str
) -> None:
    assert find_server(environment, platform) is None


def test_an_x_server_tells_how_long_nothing_has_come(display: Xvfb) -> None:
    server = ServerIdle.connect(display.display)
    assert server is not None
    told = server.seconds()
    assert told is not None
    assert 0 <= told < 3600
    server.close()
    server.close()
    assert server.seconds() is None


class Cards:
    """The folder in which a kernel tells of its sound cards."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "cards").write_text(" 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n")
        self.tell("pcm0c", "state: RUNNING\nowner_pid   : 11")

    def tell(self, stream: str, status: str) -> Path:
        """Let a stream be as the kernel would say."""
        place = self.folder / "card0" / stream / "sub0"
        place.mkdir(parents=True, exist_ok=True)
        (place / "status").write_text(f"{status}\n")
        return place


@pytest.fixture
def cards(tmp_path: Path) -> Cards:
    return Cards(tmp_path)


def test_a_sound_is_heard_while_a_card_plays_and_remembered_afterwards(
    cards: Cards, clock: Seconds
) -> None:
    sound = Playback(clock, cards.folder)
    assert sound.seconds() is None
    cards.tell("pcm0p", "state: RUNNING\nowner_pid   : 4711\ntrigger_time: 12.5")
    clock.now += 60
    assert sound.seconds() == 0
    cards.tell("pcm0p", "closed")
    clock.now += 300
    assert sound.seconds() == 300
    sound.close()


@pytest.mark.parametrize("status", ["closed", "state: PREPARED", "state: SETUP", "state: PAUSED"])
def test_a_stream_that_does_not_play_is_no_sound(cards: Cards, clock: Seconds, status: str) -> None:
    cards.tell("pcm0p", status)
    assert Playback(clock, cards.folder).seconds() is None


def test_a_microphone_is_no_sound(cards: Cards, clock: Seconds) -> None:
    assert Playback(clock, cards.folder).seconds() is None


def test_the_cards_are_not_asked_twice_within_a_second(cards: Cards, clock: Seconds) -> None:
    sound = Playback(clock, cards.folder)
    assert sound.seconds() is None
    cards.tell("pcm0p", "state: RUNNING")
    clock.now += 0.5
    assert sound.seconds() is None
    clock.now += 0.5
    assert sound.seconds() == 0


def test_a_machine_without_sound_hears_nothing(tmp_path: Path, clock: Seconds) -> None:
    assert Playback(clock, tmp_path / "asound").seconds() is None


def test_a_card_that_is_taken_away_plays_no_more(cards: Cards, clock: Seconds) -> None:
    place = cards.tell("pcm0p", "state: RUNNING")
    (place / "status").unlink()
    (place / "status").mkdir()
    assert Playback(clock, cards.folder).seconds() is None


@pytest.mark.parametrize(
    ("input_", "sound", "quiet"),
    [(600.0, 0.0, 0.0), (600.0, 300.0, 300.0), (60.0, 300.0, 60.0), (600.0, None, 600.0)],
)
def test_a_seat_is_quiet_since_the_last_input_or_sound(
    qapp: QApplication,
    clock: Seconds,
    input_: float,
    sound: float | None,
    quiet: float,
) -> None:
    activity = SeatActivity(qapp, clock, Server(input_), sound=Server(sound))
    assert activity.quiet_seconds(programs_run=True) == quiet
    activity.close()
    qapp.removeEventFilter(activity)


@pytest.mark.parametrize(("sound", "quiet"), [(0.0, 0.0), (300.0, None), (None, None)])
def test_where_nothing_tells_of_input_only_a_sound_that_plays_says_something(
    qapp: QApplication, clock: Seconds, sound: float | None, quiet: float | None
) -> None:
    activity = SeatActivity(qapp, clock, None, sound=Server(sound))
    assert activity.quiet_seconds(programs_run=True) == quiet
    qapp.removeEventFilter(activity)
