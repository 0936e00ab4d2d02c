"""What a station decides about itself: its clock, a power cut, an absent visitor, USB keys."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.clock import WallClock, wall_clock
from kiosk.rules.knowncard import (
    CardFault,
    KnownCard,
    card_fault,
    card_lookup,
    card_secret,
)
from kiosk.rules.presence import (
    Asked,
    Freed,
    Here,
    LockCause,
    Locked,
    Presence,
    PresenceRule,
    active,
    after,
    next_look,
    pass_card,
    pause_ends,
    step_away,
)
from kiosk.rules.resume import Interrupted, Kept, power_was_out, resume
from kiosk.rules.slot import Boundary, Ground, Refusal, SlotRule, closing_boundary
from kiosk.rules.usbkey import UsbKey, forgotten, opens, strangers

NOW = datetime(2026, 10, 14, 13, 4, tzinfo=UTC)
RULE = SlotRule()
CUT = Interrupted("slot", 3600, 1320.4)
HOUSE = PresenceRule()


# ------------------------------------------------------------------------------------ wall clock


def test_the_wall_clock_is_the_stations_own_and_the_hubs_offset() -> None:
    assert wall_clock(NOW, 90, None) == WallClock(NOW + timedelta(seconds=90), trusted=True)


def test_a_clock_earlier_than_the_last_stamp_is_not_trusted() -> None:
    assert not wall_clock(NOW, 0, NOW + timedelta(seconds=6)).trusted
    assert wall_clock(NOW, 0, NOW + timedelta(seconds=5)).trusted
    assert wall_clock(NOW, 0, NOW).trusted


# ------------------------------------------------------------------------------------- power cut


def test_a_visitor_gets_back_what_was_left() -> None:
    assert resume(RULE, CUT, 40, 160, NOW, ()) == Kept("slot", 2279, 480)


def test_closing_shortens_what_is_given_back_and_the_window() -> None:
    closing = closing_boundary(RULE, NOW + timedelta(minutes=20))
    found = resume(RULE, CUT, 40, 40, NOW, (closing,))
    assert found == Kept("slot", 8 * 60, 8 * 60, closing)
    far = closing_boundary(RULE, NOW + timedelta(hours=3))
    assert resume(RULE, CUT, 40, 40, NOW, (far,)) == Kept("slot", 2279, 600)


def test_nothing_is_given_back_too_late_after_the_end_or_before_closing() -> None:
    assert resume(RULE, CUT, 40, 640, NOW, ()) == Refusal(Ground.OVER)
    spent = Interrupted("slot", 3600, 3600)
    assert resume(RULE, spent, 40, 50, NOW, ()) == Refusal(Ground.OVER)
    saving = Interrupted("slot", 3600, 3600, in_grace=True)
    assert resume(RULE, saving, 40, 50, NOW, ()) == Refusal(Ground.OVER)
    closes = NOW + timedelta(minutes=12)
    closing = closing_boundary(RULE, closes)
    assert resume(RULE, CUT, 40, 50, NOW, (closing,)) == Refusal(Ground.CLOSING, closes)


@given(
    st.floats(0, 3700),
    st.floats(0, 900),
    st.integers(0, 4000),
    st.integers(0, 200),
)
def test_what_is_given_back_is_never_more_than_was_left_and_passes_no_boundary(
    used: float, waited: float, boundary_in: int, window: int
) -> None:
    boundary = Boundary(Ground.WORKSHOP, NOW + timedelta(seconds=boundary_in))
    found = resume(RULE, Interrupted("slot", 3600, used), 10, 10 + waited, NOW, (boundary,), window)
    if isinstance(found, Kept):
        assert 0 < found.left_seconds <= 3600 - used
        assert 0 < found.window_seconds <= window - waited + 1e-6
        over = NOW + timedelta(seconds=found.left_seconds + RULE.grace_seconds)
        assert over <= boundary.at


def test_a_power_cut_never_lasted_less_than_nothing() -> None:
    assert power_was_out(NOW, NOW + timedelta(minutes=4)) == timedelta(minutes=4)
    assert power_was_out(NOW, NOW - timedelta(minutes=4)) == timedelta()


# --------------------------------------------------------------------------------- away and idle


def test_a_quiet_seat_asks_then_locks_then_is_freed() -> None:
    asked = after(HOUSE, Here(0), 900, uncovered=True)
    assert asked == Asked(900)
    locked = after(HOUSE, asked, 1080, uncovered=False)
    assert locked == Locked(LockCause.IDLE, 1080)
    assert after(HOUSE, locked, 1679, uncovered=False) == locked
    assert after(HOUSE, locked, 1680, uncovered=False) == Freed(Ground.IDLE)
    assert after(HOUSE, locked, 1081, uncovered=True) == Freed(Ground.IDLE)


def test_a_pause_is_nobody_elses_and_what_follows_is_for_an_uncovered_ticket() -> None:
    away = step_away(Here(0), 100)
    assert away == Locked(LockCause.AWAY, 100)
    assert pause_ends(HOUSE, away) == 700
    assert after(HOUSE, away, 699, uncovered=True) == away
    assert after(HOUSE, away, 700, uncovered=True) == Freed(Ground.AWAY)
    assert after(HOUSE, away, 1299, uncovered=False) == away
    assert after(HOUSE, away, 1300, uncovered=False) == Freed(Ground.AWAY)


def test_any_card_locks_an_open_seat_and_only_the_owners_reopens_it() -> None:
    for owner in (True, False):
        locked = pass_card(Here(0), 50, owner=owner)
        assert locked == Locked(LockCause.CARD, 50)
        assert pass_card(locked, 60, owner=False) == locked
        assert pass_card(locked, 60, owner=True) == Here(60)


def test_an_answer_or_any_input_shows_that_somebody_is_there() -> None:
    assert active(Asked(900), 950) == Here(950)
    assert active(Here(0), 10) == Here(10)
    away = Locked(LockCause.AWAY, 5)
    assert active(away, 10) == away
    assert step_away(away, 10) == away


@pytest.mark.parametrize(
    "presence",
    [Here(0), Asked(5), *(Locked(cause, 7) for cause in LockCause)],
)
def test_nothing_changes_before_the_next_look_and_something_does_then(presence: Presence) -> None:
    at = next_look(HOUSE, presence)
    assert after(HOUSE, presence, at - 1, uncovered=False) == presence
    assert after(HOUSE, presence, at, uncovered=False) != presence


def test_only_a_pause_has_an_end_to_show() -> None:
    assert pause_ends(HOUSE, Here(0)) is None
    assert pause_ends(HOUSE, Locked(LockCause.IDLE, 3)) is None


# -------------------------------------------------------------------------------------- USB keys


def test_a_key_from_before_the_slot_opens_only_when_plugged_again() -> None:
    old, new = UsbKey("1-2", 90), UsbKey("1-1", 130)
    assert not opens(old, 100)
    assert opens(new, 100)
    assert not opens(UsbKey("1-2", 100), 100), "found in the very moment of the opening"


def test_a_forgotten_key_is_the_visitors_own() -> None:
    keys = (UsbKey("1-3", 140), UsbKey("1-2", 90), UsbKey("1-1", 130))
    assert [key.port for key in forgotten(keys, 100)] == ["1-1", "1-3"]
    assert [key.port for key in strangers(keys, 100)] == ["1-2"]


# ----------------------------------------------------------------------------------- known cards


def test_a_card_is_known_for_thirty_days_unless_revoked() -> None:
    clock = WallClock(NOW, trusted=True)
    assert card_fault(None, clock, None) is CardFault.UNKNOWN
    assert card_fault(KnownCard(NOW - timedelta(days=30)), clock, None) is None
    old = KnownCard(NOW - timedelta(days=30, seconds=1))
    assert card_fault(old, clock, None) is CardFault.TOO_OLD
    assert card_fault(KnownCard(NOW, revoked=True), clock, None) is CardFault.REVOKED


def test_a_clock_set_back_makes_no_old_card_young() -> None:
    back = WallClock(NOW - timedelta(days=400), trusted=False)
    old = KnownCard(NOW - timedelta(days=31))
    assert card_fault(old, back, NOW) is CardFault.TOO_OLD
    assert card_fault(KnownCard(NOW), back, NOW) is None


def test_what_a_card_is_found_under_is_told_by_the_key_of_its_room_only() -> None:
    key, other = b"k" * 32, b"o" * 32
    assert card_lookup(key, "2921") == card_lookup(key, "2921")
    found = {
        card_lookup(key, "2921"),
        card_lookup(other, "2921"),
        card_lookup(key, "2922"),
        card_secret(key, "2921", "1234"),
        card_secret(key, "292", "11234"),
        card_secret(key, "2921", "1235"),
    }
    assert len(found) == 6
    assert all(len(one) == 64 and int(one, 16) >= 0 for one in found)
