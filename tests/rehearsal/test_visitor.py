"""The plan of the visitors is the same for the same seed, and nobody sits twice."""

from collections import Counter
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_console.rehearsal.visitor import (
    LONGEST_PAUSE_SECONDS,
    LONGEST_RENEWED_STAY_SECONDS,
    LONGEST_STAY_SECONDS,
    SHORTEST_PAUSE_SECONDS,
    SHORTEST_STAY_SECONDS,
    Card,
    Habit,
    plan_house,
)

SEATS = [f"landowski/espace/{number}" for number in range(1, 18)]
CARDS = [Card(f"2048{number:06}", f"{number:04}") for number in range(1, 31)]

seeds = st.integers(0, 2**32)
houses = st.integers(1, 40).map(lambda count: [f"seat-{number}" for number in range(count)])
decks = st.integers(0, 60).map(
    lambda count: [Card(f"{number:08}", "0000") for number in range(count)]
)


@given(seed=seeds, seats=houses, cards=decks)
def test_the_same_seed_gives_the_same_house(seed: int, seats: list[str], cards: list[Card]) -> None:
    one, other = plan_house(seed, seats, cards), plan_house(seed, seats, cards)

    assert one == other
    assert [list(islice(plan.visits(), 5)) for plan in one] == [
        list(islice(plan.visits(), 5)) for plan in other
    ]


@given(seed=seeds, seats=houses, cards=decks)
def test_a_card_belongs_to_one_seat(seed: int, seats: list[str], cards: list[Card]) -> None:
    plans = plan_house(seed, seats, cards)

    assert [plan.seat_id for plan in plans] == seats
    held = Counter(card for plan in plans for card in plan.cards)
    assert set(held.values()) <= {1}
    assert set(held) <= set(cards)


@given(seed=seeds, fast=st.sampled_from([1.0, 10.0, 60.0]))
def test_visits_keep_to_the_lengths_of_the_house(seed: int, fast: float) -> None:
    for plan in plan_house(seed, SEATS, CARDS, fast=fast):
        for visit in islice(plan.visits(), 1, 20):
            longest = LONGEST_RENEWED_STAY_SECONDS if visit.renews else LONGEST_STAY_SECONDS
            assert SHORTEST_STAY_SECONDS <= visit.stay_seconds * fast <= longest + 1e-6
            assert (
                SHORTEST_PAUSE_SECONDS - 1e-6
                <= visit.pause_seconds * fast
                <= LONGEST_PAUSE_SECONDS + 1e-6
            )
            assert visit.sat_part == 0
            assert visit.calls_after is None


@given(seed=seeds)
def test_the_house_is_alive_from_the_first_minute(seed: int) -> None:
    plans = plan_house(seed, SEATS, CARDS, calling=SEATS[3])

    habits = Counter(plan.habit for plan in plans)
    assert habits[Habit.SILENT] == 2
    assert habits[Habit.OUT_OF_ORDER] == 1
    assert [plan.seat_id for plan in plans if plan.habit is Habit.CALLING] == [SEATS[3]]
    caller = next(plan for plan in plans if plan.habit is Habit.CALLING)
    first = next(caller.visits())
    assert first.calls_after is not None
    assert first.calls_after < first.stay_seconds
    assert first.pause_seconds < 60


def test_somebody_is_seated_already_when_the_house_opens() -> None:
    firsts = [visit for plan in plan_house(1, SEATS, CARDS) for visit in islice(plan.visits(), 1)]

    seated = [visit for visit in firsts if visit.sat_part > 0]
    assert len(firsts) / 3 < len(seated) < len(firsts)
    assert all(visit.sat_part < 1 for visit in seated)


def test_the_cards_of_a_seat_take_turns() -> None:
    plan = next(plan for plan in plan_house(1, SEATS[:3], CARDS) if len(plan.cards) > 1)

    for before, after in pairwise(islice(plan.visits(), 6)):
        assert before.card != after.card


def test_a_seat_where_nobody_may_come_has_no_visits() -> None:
    for plan in plan_house(5, SEATS, CARDS):
        if plan.habit in {Habit.SILENT, Habit.OUT_OF_ORDER}:
            assert list(plan.visits()) == []


@pytest.mark.parametrize("fast", [0.0, -2.0])
def test_time_does_not_stand_still(fast: float) -> None:
    with pytest.raises(ValueError, match="times as quick"):
        plan_house(1, SEATS, CARDS, fast=fast)
