"""The pauses between attempts grow, and spread the stations of a town."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.hublink.backoff import FIRST_SECONDS, LONGEST_SECONDS, backoff_seconds

DRAWS = st.floats(0, 1)


def test_the_first_pauses_double() -> None:
    pauses = [backoff_seconds(failures, 1) for failures in range(1, 9)]

    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30]


@given(st.integers(-1, 10_000), DRAWS)
def test_a_pause_is_never_nothing_and_never_longer_than_the_longest(
    failures: int, draw: float
) -> None:
    assert FIRST_SECONDS / 2 <= backoff_seconds(failures, draw) <= LONGEST_SECONDS


@given(st.integers(1, 100), DRAWS, DRAWS)
def test_the_draw_moves_a_pause_by_half_of_it_at_most(
    failures: int, one: float, other: float
) -> None:
    longest = backoff_seconds(failures, 1)

    assert abs(backoff_seconds(failures, one) - backoff_seconds(failures, other)) <= longest / 2
