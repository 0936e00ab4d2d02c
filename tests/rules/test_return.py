"""When somebody who steps away may say to be back."""

from datetime import UTC, datetime, timedelta

import pytest

from kiosk.rules.ticket import return_times


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 10, 14, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (at(12, 32), at(12, 45)),
        (at(12, 35), at(12, 45)),
        (at(12, 35, 1), at(13, 0)),
        (at(12, 55), at(13, 15)),
    ],
)
def test_the_first_quarter_leaves_ten_minutes(now: datetime, first: datetime) -> None:
    later = [first + timedelta(minutes=minutes) for minutes in (0, 15, 30, 60)]
    assert list(return_times(now, at(20, 0))) == later


def test_nobody_comes_back_after_closing() -> None:
    assert return_times(at(12, 32), at(13, 0)) == (at(12, 45),)
    assert return_times(at(12, 32), at(12, 45)) == ()
