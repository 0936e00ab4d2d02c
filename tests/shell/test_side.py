"""Two displays: the lock's shows nothing of a session, and the session's nothing of the lock."""

import pytest

from kiosk.shell.sample import base
from kiosk.shell.sample_page import samples
from kiosk.shell.side import for_lock, for_session
from kiosk.wire.face import PassTyped, RefusalRead, Shown, SignInAsked, Snapshot
from kiosk.wire.facelink import SessionWish

SNAPSHOTS = {one.name: one.snapshot for one in samples() if one.snapshot is not None}


@pytest.mark.parametrize("snapshot", SNAPSHOTS.values(), ids=SNAPSHOTS.keys())
def test_no_display_shows_what_belongs_to_the_other(snapshot: Snapshot) -> None:
    lock, session = for_lock(snapshot), for_session(snapshot)

    assert lock.session is None
    assert session is None or session.lock is None
    assert session is None or session.shown in (Shown.SESSION, Shown.GRACE, Shown.TAKEN)


def test_behind_a_session_the_lock_says_only_that_the_seat_is_taken() -> None:
    assert for_lock(SNAPSHOTS["home"]).shown is Shown.TAKEN
    assert for_session(SNAPSHOTS["home"]) == SNAPSHOTS["home"]


def test_a_seat_locked_over_a_session_keeps_its_face_and_covers_it() -> None:
    away = base(Shown.AWAY)
    covered = for_session(away)

    assert covered is not None
    assert covered.shown is Shown.TAKEN
    assert for_lock(away) == away


def test_what_belongs_to_the_lock_is_no_wish_of_a_session() -> None:
    heard = SessionWish.__args__

    assert not {SignInAsked, PassTyped, RefusalRead}.intersection(heard)
