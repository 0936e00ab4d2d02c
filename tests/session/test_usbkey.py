"""The visitor's USB keys, as the gate tells of them and the screen shows them."""

import pytest

from kiosk.gate.fact import KeysFound, KeysLeft
from kiosk.rules.usbkey import OPEN_KEY, REMOVE_KEY
from kiosk.session.command import GateReported
from kiosk.session.gatefact import GateKeysFound
from kiosk.wire import event
from kiosk.wire.face import EndAsked, GoodbyeSeen, LaunchAsked, Shown
from kiosk.wire.goodbye import GoodbyeFace
from kiosk.wire.keyface import KeyRemovalAsked, KeysFace
from tests.session.station import OTHER_SLOT, Station


@pytest.fixture
def seated(station: Station) -> Station:
    station.sit()
    return station


def slot_of(station: Station) -> str:
    return station.asked_openings[-1].slot_id


def find(station: Station, **counts: int) -> None:
    """Let the gate tell how the keys of the slot stand."""
    station.gate.note(KeysFound(slot_of(station), **counts))
    station.settle()


def leave(station: Station, count: int, writing: int = 0) -> None:
    """Let the gate tell how many keys were left behind."""
    station.gate.note(KeysLeft(slot_of(station), count, writing))
    station.settle()


def keys(station: Station) -> KeysFace:
    face = station.shown.session
    assert face is not None
    return face.keys


def goodbye(station: Station) -> GoodbyeFace:
    assert station.shown.goodbye is not None
    return station.shown.goodbye


def counts(station: Station) -> list[int]:
    """Return what the hub was told of forgotten keys, 0 for the last of them taken."""
    bodies = [one.body for one in station.written]
    return [
        one.count if isinstance(one, event.KeyLeft) else 0
        for one in bodies
        if isinstance(one, event.KeyLeft | event.KeyTaken)
    ]


def test_how_the_keys_stand_is_shown(seated: Station) -> None:
    assert keys(seated) == KeysFace()
    find(seated, ready=1, earlier=1)
    assert keys(seated) == KeysFace(ready=1, earlier=1)
    assert keys(seated).open == 1
    find(seated, out=1)
    assert (keys(seated).open, keys(seated).own) == (0, 1)


def test_a_key_of_another_slot_is_nobodys(seated: Station) -> None:
    n = seated.session.state.kept.gate_fact + 1
    seated.session.handle(GateReported(GateKeysFound(n, OTHER_SLOT, KeysFace(ready=1))))
    assert keys(seated) == KeysFace()


def test_a_key_is_known_again_after_the_shell_was_killed(seated: Station) -> None:
    find(seated, ready=1)
    seated.restart()
    assert keys(seated) == KeysFace(ready=1)


def test_a_key_is_opened_in_the_file_manager_where_there_is_one(seated: Station) -> None:
    find(seated, ready=1)
    seated.wish(LaunchAsked(application=OPEN_KEY))
    assert seated.backend.launched == []
    seated.session._state = seated.session.state.but(applications=("internet", "files"))
    seated.wish(LaunchAsked(application=OPEN_KEY))
    assert seated.backend.launched == [OPEN_KEY]
    find(seated)
    seated.wish(LaunchAsked(application=OPEN_KEY))
    assert seated.backend.launched == [OPEN_KEY]


def test_a_key_is_let_go_of_and_no_program_has_started(seated: Station) -> None:
    seated.wish(KeyRemovalAsked())
    assert seated.backend.launched == []
    find(seated, busy=1)
    seated.wish(KeyRemovalAsked())
    assert seated.backend.launched == [REMOVE_KEY]
    face = seated.shown.session
    assert face is not None
    assert face.running_applications == 0
    assert not face.launch_failed


def test_nobody_lets_go_of_a_key_where_nobody_sits(station: Station) -> None:
    station.wish(KeyRemovalAsked())
    assert station.backend.launched == []


def test_whoever_goes_is_reminded_of_their_key_and_the_desk_is_told(seated: Station) -> None:
    find(seated, ready=1)
    seated.wish(EndAsked())
    assert goodbye(seated).key_left
    leave(seated, 1)
    assert goodbye(seated) == GoodbyeFace(programs_closed=True, clean=True, key_left=True)
    assert counts(seated) == [1]
    leave(seated, 0)
    assert not goodbye(seated).key_left
    assert counts(seated) == [1, 0]


def test_a_goodbye_without_a_key_reminds_of_none(seated: Station) -> None:
    find(seated, earlier=1)
    seated.wish(EndAsked())
    assert not goodbye(seated).key_left
    assert counts(seated) == []


def test_the_goodbye_stays_while_a_key_is_being_written(seated: Station) -> None:
    find(seated, ready=1)
    seated.wish(EndAsked())
    leave(seated, 1, writing=1)
    assert goodbye(seated).clean
    assert goodbye(seated).key_writing
    seated.pass_time(60)
    assert goodbye(seated).key_writing
    leave(seated, 1)
    assert counts(seated) == [1]
    assert not goodbye(seated).key_writing
    seated.pass_time(15)
    assert seated.face() is Shown.GOODBYE
    seated.pass_time(10)
    assert seated.face() is Shown.LOCK


def test_a_touch_leads_on_though_a_key_is_never_written(seated: Station) -> None:
    find(seated, ready=1)
    seated.wish(EndAsked())
    leave(seated, 1, writing=1)
    seated.wish(GoodbyeSeen())
    assert seated.face() is Shown.LOCK
    leave(seated, 0)
    assert counts(seated) == [1, 0]


def test_a_key_from_before_is_told_once_also_by_a_shell_that_was_killed(seated: Station) -> None:
    find(seated, ready=1)
    seated.wish(EndAsked())
    leave(seated, 1)
    seated.restart()
    leave(seated, 1, writing=1)
    assert counts(seated) == [1]
