"""Who may sit, on what ground not, and what a person may use of a day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.allowance import AdaptedTime, Sat, adapted, excess_seconds, used_on
from kiosk.rules.person import (
    Admission,
    Admitted,
    BrowserProfile,
    Category,
    Member,
    NotAdmitted,
    may_sit,
)
from kiosk.rules.slot import Boundary, Grant, Ground, Refusal, SlotRule, grant
from kiosk.rules.trial import trial

TODAY = date(2026, 10, 14)
NOW = datetime(2026, 10, 14, 12, 0, tzinfo=UTC)
ADULT = Category("adult")
CHILD = Category("child", needs_authorisation=True, profile=BrowserProfile.MINOR)
STAFF = Category("staff", staff=True)
CLUB = Admission(minimum_age=55)
RULE = SlotRule(daily_seconds=7200)


def test_a_room_without_conditions_admits_everybody() -> None:
    assert may_sit(Admission(), Member(ADULT), TODAY) == Admitted(BrowserProfile.ADULT)


@pytest.mark.parametrize(
    ("member", "age"), [(Member(ADULT, 26), 26), (Member(ADULT), None), (Member(ADULT, 54), 54)]
)
def test_a_club_refuses_whom_it_does_not_know_to_be_old_enough(
    member: Member, age: int | None
) -> None:
    assert member.least_age == age
    assert may_sit(CLUB, member, TODAY) == NotAdmitted(Ground.TOO_YOUNG, minimum_age=55)


def test_a_club_admits_from_its_age_on() -> None:
    assert isinstance(may_sit(CLUB, Member(ADULT, 55), TODAY), Admitted)


def test_residents_and_named_categories_are_rules_of_a_room() -> None:
    residents = Admission(residents_only=True)
    assert may_sit(residents, Member(ADULT), TODAY) == NotAdmitted(Ground.NOT_RESIDENT)
    assert isinstance(may_sit(residents, Member(ADULT, resident=True), TODAY), Admitted)
    youth = Admission(categories=frozenset({"child"}))
    assert may_sit(youth, Member(ADULT), TODAY) == NotAdmitted(Ground.NOT_ADMITTED)


def test_a_minor_sits_with_a_recorded_authorisation_and_a_profile_of_their_own() -> None:
    alone = Member(CHILD, 10)
    assert may_sit(Admission(), alone, TODAY) == NotAdmitted(Ground.NO_AUTHORISATION)
    allowed = replace(alone, authorised_on=date(2026, 9, 1))
    assert may_sit(Admission(), allowed, TODAY) == Admitted(BrowserProfile.MINOR)


def test_staff_sit_where_they_like_but_not_with_an_expired_card() -> None:
    strict = Admission(55, residents_only=True, categories=frozenset({"child"}))
    assert isinstance(may_sit(strict, Member(STAFF, valid_until=TODAY), TODAY), Admitted)
    expired = Member(STAFF, valid_until=TODAY - timedelta(days=1))
    assert may_sit(strict, expired, TODAY) == NotAdmitted(
        Ground.CARD_EXPIRED, valid_until=expired.valid_until
    )


def test_adapted_time_multiplies_what_presses_its_holder() -> None:
    half, double = adapted(RULE, AdaptedTime.HALF_MORE), adapted(RULE, AdaptedTime.DOUBLE)
    assert adapted(RULE, AdaptedTime.ORDINARY) == RULE
    assert (half.slot_seconds, half.grace_seconds, half.mercy_seconds) == (5400, 180, 450)
    assert (double.slot_seconds, double.daily_seconds) == (7200, 14400)
    assert double.shortest_slot_seconds == RULE.shortest_slot_seconds
    assert adapted(SlotRule(), AdaptedTime.DOUBLE).daily_seconds is None


def test_adapted_time_has_the_bounds_that_every_slot_has() -> None:
    long = adapted(SlotRule(slot_seconds=80_000, grace_seconds=400), AdaptedTime.DOUBLE)
    assert (long.slot_seconds, long.grace_seconds) == (86_400, 600)
    assert adapted(SlotRule(grace_seconds=900), AdaptedTime.DOUBLE).grace_seconds == 900


def test_a_slot_past_midnight_counts_on_the_day_of_its_start() -> None:
    late = Sat(datetime(2026, 10, 14, 21, 30, tzinfo=UTC), 3600)
    next_day = Sat(datetime(2026, 10, 14, 22, 0, tzinfo=UTC), 600)
    assert used_on(TODAY, (late, next_day), "Europe/Paris") == 3600
    assert used_on(TODAY + timedelta(days=1), (late, next_day), "Europe/Paris") == 600


def test_an_excess_is_told_and_a_room_without_limit_knows_none() -> None:
    assert excess_seconds(RULE, 7000) == 0
    assert excess_seconds(RULE, 9000) == 1800
    assert excess_seconds(SlotRule(), 9000) == 0


def test_a_first_time_visitor_looks_around_for_ten_minutes_uncounted() -> None:
    rule = SlotRule(daily_seconds=0)
    assert trial(rule, NOW, (), first_time=True, tickets_wait=False) == Grant(600)
    soon = (Boundary(Ground.CLOSING, NOW + timedelta(minutes=9)),)
    shortened = trial(rule, NOW, soon, first_time=True, tickets_wait=False)
    assert shortened == Grant(420, soon[0])


def test_a_trial_is_given_once_and_never_before_those_who_wait() -> None:
    again = trial(RULE, NOW, (), first_time=False, tickets_wait=False)
    assert again == Refusal(Ground.OVER)
    busy = trial(RULE, NOW, (), first_time=True, tickets_wait=True)
    assert busy == Refusal(Ground.TICKET_NEEDED)


@given(st.sampled_from(AdaptedTime), st.integers(0, 20_000), st.integers(0, 400))
def test_a_slot_of_adapted_time_passes_no_boundary_either(
    time: AdaptedTime, used: int, minutes: int
) -> None:
    rule = adapted(RULE, time)
    boundary = Boundary(Ground.WORKSHOP, NOW + timedelta(minutes=minutes))
    found = grant(rule, NOW, (boundary,), used)
    if isinstance(found, Grant):
        seconds = found.total_seconds + rule.grace_seconds
        assert NOW + timedelta(seconds=seconds) <= boundary.at
