"""Times and dates as hands type them: each usual way is understood, nothing is guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_console.desk.models.hours_wording import HoursWording
from admin_console.desk.models.typed import MIDNIGHT, read_date, read_time
from kiosk.look.language import Language, LanguageCode

TODAY = date(2026, 10, 14)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("14 h 30", 870), ("14h30", 870), ("14 H 30", 870), ("14\u00a0h\u00a030", 870),
        ("14:30", 870), ("14.30", 870), ("1430", 870), ("930", 570), ("9", 540), ("14", 840),
        ("14 h", 840), ("14h", 840), ("9 heures", 540), ("9 heures 30", 570), ("14 h 30 min", 870),
        ("2:30 pm", 870), ("2:30\u00a0pm", 870), ("2 p.m.", 840), ("7 am", 420), ("12 am", 0),
        ("12 pm", 720), ("0 h", 0), ("midi", 720), ("noon", 720), ("minuit", 1440),
        ("midnight", 1440), ("24 h", 1440), ("24:00", 1440), (" 10 h ", 600),
    ],
)  # fmt: skip
def test_every_usual_way_to_write_a_time_is_understood(text: str, minutes: int) -> None:
    assert read_time(text) == minutes


@pytest.mark.parametrize(
    "text",
    ["", " ", "h", "abc", "14 h 60", "24:01", "25", "14 h 5", "13 pm", "0 am", "14:30:00", "-2",
     "14 30", "99999", "2460", "²"],
)  # fmt: skip
def test_what_is_no_time_is_not_guessed(text: str) -> None:
    assert read_time(text) is None


@pytest.mark.parametrize("code", ["fr", "en"])
@given(minutes=st.integers(0, MIDNIGHT))
def test_what_the_house_writes_is_read_back(code: LanguageCode, minutes: int) -> None:
    assert read_time(HoursWording(Language(code)).time(minutes)) == minutes


@given(text=st.text(max_size=12))
def test_any_text_is_a_time_of_the_day_or_none(text: str) -> None:
    minutes = read_time(text)
    assert minutes is None or 0 <= minutes <= MIDNIGHT


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("25/12/2026", date(2026, 12, 25)), ("25.12.26", date(2026, 12, 25)),
        ("25-12-2026", date(2026, 12, 25)), ("25 12 2026", date(2026, 12, 25)),
        ("25/12", date(2026, 12, 25)), ("1/5", date(2027, 5, 1)), ("14/10", TODAY),
        ("29/2", None), ("31/4/2027", None), ("demain", None), ("", None), ("25", None),
        ("0/1/2027", None), ("12/25/2026", None), ("1/1/0000", None),
    ],
)  # fmt: skip
def test_a_date_without_a_year_is_the_next_one(text: str, day: date | None) -> None:
    assert read_date(text, TODAY) == day


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_date_that_the_house_writes_is_read_back(day: date) -> None:
    assert read_date(HoursWording(Language("fr")).number_date(day), TODAY) == day


@given(offset=st.integers(0, 364))
def test_a_date_that_is_near_needs_no_year(offset: int) -> None:
    day = TODAY + timedelta(days=offset)
    found = read_date(f"{day.day}/{day.month}", TODAY)
    assert found == day or (day.month, day.day) == (2, 29)
