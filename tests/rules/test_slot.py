"""How long a slot may be, whether it may be renewed, and what staff may add."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.slot import (
    ENDING_SECONDS,
    LONGEST_SECONDS,
    Boundary,
    Grant,
    Ground,
    Refusal,
    Running,
    SlotRule,
    closing_boundary,
    extend,
    grant,
    renew,
)

NOW = datetime(2026, 10, 14, 12, 32, tzinfo=UTC)
RULE = SlotRule()
HOUR = 3600


def closing_in(minutes: float) -> tuple[Boundary, ...]:
    return (closing_boundary(RULE, NOW + timedelta(minutes=minutes)),)


def test_a_slot_is_an_hour_when_nothing_stands_in_its_way() -> None:
    assert grant(RULE, NOW, closing_in(240)) == Grant(HOUR)


def test_two_hours_are_a_matter_of_configuration() -> None:
    assert grant(SlotRule(slot_seconds=7200), NOW, closing_in(240)) == Grant(7200)


def test_slot_plus_grace_ends_ten_minutes_before_closing() -> None:
    found = grant(RULE, NOW, closing_in(37))
    assert isinstance(found, Grant)
    assert found.total_seconds == 25 * 60
    assert found.limit is not None
    assert found.limit.ground is Ground.CLOSING


def test_under_five_minutes_no_slot_opens_and_the_closing_is_named() -> None:
    assert grant(RULE, NOW, closing_in(16.9)) == Refusal(
        Ground.CLOSING, NOW + timedelta(minutes=16.9)
    )
    assert isinstance(grant(RULE, NOW, closing_in(17)), Grant)


def test_the_day_has_its_minutes() -> None:
    rule = SlotRule(daily_seconds=5400)
    assert grant(rule, NOW, (), 3600) == Grant(1800, Boundary(Ground.DAILY_MINUTES, NOW))
    assert grant(rule, NOW, (), 5400) == Refusal(Ground.DAILY_MINUTES)


def test_a_renewal_adds_an_hour_from_ten_minutes_before_the_end() -> None:
    assert renew(RULE, NOW, Running(HOUR, 3000), ()) == Grant(2 * HOUR)
    early = renew(RULE, NOW, Running(HOUR, 2999), ())
    assert early == Refusal(Ground.TOO_EARLY, NOW + timedelta(seconds=1))


def test_a_renewal_is_possible_to_the_end_of_the_grace() -> None:
    assert renew(RULE, NOW, Running(HOUR, HOUR + 119), ()) == Grant(2 * HOUR)
    assert renew(RULE, NOW, Running(HOUR, HOUR + 120), ()) == Refusal(Ground.OVER)


def test_renewals_may_be_counted() -> None:
    rule = SlotRule(max_renewals=1)
    assert isinstance(renew(rule, NOW, Running(HOUR, 3300, 0), ()), Grant)
    assert renew(rule, NOW, Running(2 * HOUR, 6900, 1), ()) == Refusal(Ground.RENEWALS)


def test_no_slot_becomes_longer_than_a_day() -> None:
    day = LONGEST_SECONDS
    assert renew(RULE, NOW, Running(day - 1800, day - 2000), ()) == Grant(day)
    assert renew(RULE, NOW, Running(day - 200, day - 300), ()) == Refusal(Ground.RENEWALS)
    assert renew(RULE, NOW, Running(day, day - 60), ()) == Refusal(Ground.RENEWALS)
    assert extend(RULE, NOW, Running(HOUR, 60), (), day) == Grant(day)
    assert extend(RULE, NOW, Running(day, 60), (), 600) == Refusal(Ground.RENEWALS)


def test_staff_pass_the_limits_of_the_day_but_not_the_closing() -> None:
    rule = SlotRule(max_renewals=0, daily_seconds=HOUR)
    assert extend(rule, NOW, Running(HOUR, 1800), (), 900) == Grant(HOUR + 900)
    cut = extend(rule, NOW, Running(HOUR, 1800), closing_in(52), 3600)
    assert isinstance(cut, Grant)
    assert cut.total_seconds == HOUR + 10 * 60
    assert extend(rule, NOW, Running(HOUR, 1800), closing_in(40), 900) == Refusal(
        Ground.CLOSING, NOW + timedelta(minutes=40)
    )
    assert extend(rule, NOW, Running(HOUR, HOUR + 120), (), 900) == Refusal(Ground.OVER)


boundaries = st.lists(
    st.builds(
        lambda minutes: Boundary(Ground.WORKSHOP, NOW + timedelta(minutes=minutes)),
        st.integers(-60, 400),
    ),
    max_size=3,
).map(tuple)


@given(boundaries, st.integers(0, 9000))
def test_slot_plus_grace_never_passes_a_boundary_known_at_the_grant(
    known: tuple[Boundary, ...], used: int
) -> None:
    rule = SlotRule(daily_seconds=7200)
    found = grant(rule, NOW, known, used)
    if isinstance(found, Grant):
        end = NOW + timedelta(seconds=found.total_seconds + rule.grace_seconds)
        assert all(end <= boundary.at for boundary in known)
        assert rule.shortest_slot_seconds <= found.total_seconds <= rule.slot_seconds
        assert used + found.total_seconds <= 7200
    else:
        assert found.ground in {Ground.WORKSHOP, Ground.DAILY_MINUTES}


@given(boundaries, st.floats(0, HOUR + 200), st.integers(1, 3))
def test_a_renewal_never_passes_a_boundary_and_never_takes_time_away(
    known: tuple[Boundary, ...], elapsed: float, hours: int
) -> None:
    running = Running(hours * HOUR, (hours - 1) * HOUR + elapsed, hours - 1)
    found = renew(RULE, NOW, running, known)
    if isinstance(found, Grant):
        left = found.total_seconds - running.elapsed_seconds
        assert found.total_seconds > running.total_seconds
        assert all(NOW + timedelta(seconds=left + RULE.grace_seconds - 1) <= b.at for b in known)
        assert running.total_seconds - running.elapsed_seconds <= ENDING_SECONDS
