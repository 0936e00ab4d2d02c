"""The simulator plays by the rules: everybody is accounted for, and every policy meets the same."""

import random

import pytest

from tests.simulation.__main__ import table
from tests.simulation.demand import MEAN_PATIENCE, draw_visitors
from tests.simulation.policy import HOUSE, POLICIES
from tests.simulation.tally import Tally
from tests.simulation.year import play, read_rooms

WEEK = 7


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    return play(read_rooms(), POLICIES, load=1.2, days=WEEK)


def test_every_visitor_sits_or_is_one_of_those_whose_ticket_had_no_answer(
    tallies: dict[str, Tally],
) -> None:
    for tally in tallies.values():
        assert 0 < tally.seated <= tally.visitors
        assert tally.visitors - tally.seated <= tally.unanswered
        assert tally.unanswered <= tally.tickets
        assert len(tally.waits) <= tally.tickets


def test_no_seat_is_used_for_longer_than_the_room_is_open(tallies: dict[str, Tally]) -> None:
    for tally in tallies.values():
        assert 0 < tally.used_seconds < tally.open_seconds


def test_all_policies_meet_the_same_visitors(tallies: dict[str, Tally]) -> None:
    assert len({tally.visitors for tally in tallies.values()}) == 1
    assert len({tally.wanted_an_hour for tally in tallies.values()}) == 1
    assert len({tally.open_seconds for tally in tallies.values()}) == 1


def test_where_nobody_waits_nobody_is_refused() -> None:
    calm = play(read_rooms(), (HOUSE,), load=0.05, days=WEEK)[HOUSE.name]
    assert calm.tickets <= 2
    assert calm.refused <= calm.tickets


def test_the_same_seed_plays_the_same_week(tallies: dict[str, Tally]) -> None:
    again = play(read_rooms(), (HOUSE,), load=1.2, days=WEEK)
    assert again[HOUSE.name] == tallies[HOUSE.name]


def test_the_demand_is_what_it_says_it_is() -> None:
    visitors = draw_visitors(random.Random(3), 8 * 3600, 200, 1.0)
    wanted = sum(visitor.wanted for visitor in visitors)
    assert 0.9 < wanted / (8 * 3600 * 200) < 1.1
    patience = sum(visitor.patience for visitor in visitors) / len(visitors)
    assert 0.9 < patience / MEAN_PATIENCE < 1.1


def test_the_table_has_a_column_for_each_policy(tallies: dict[str, Tally]) -> None:
    head, *rows = table(tallies).splitlines()
    assert all(policy.name in head for policy in POLICIES)
    assert all(row.count("|") == len(POLICIES) + 2 for row in rows)
    assert table({"nothing": Tally()}).count("–") > 0
