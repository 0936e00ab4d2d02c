"""Times, durations and money as rules: whatever the value, in both languages."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.look.language import Language, LanguageCode
from kiosk.look.phrase import Phrase

PARIS = ZoneInfo("Europe/Paris")
CODES: tuple[LanguageCode, ...] = ("fr", "en")
PHRASES = {code: Phrase(Language(code), PARIS) for code in CODES}
NBSP = "\u00a0"
BREAKING = re.compile(r"[ \u202f\u2009\t\n]")

FIRST = datetime(2020, 1, 1, tzinfo=UTC)
moments = st.integers(min_value=0, max_value=40 * 366 * 86_400).map(
    lambda seconds: FIRST + timedelta(seconds=seconds)
)
spans = st.integers(min_value=-100, max_value=100_000)
codes = st.sampled_from(CODES)


@given(moments, codes)
def test_a_time_never_breaks_and_can_be_read_back(moment: datetime, code: LanguageCode) -> None:
    told = PHRASES[code].time(moment)
    assert not BREAKING.search(told)
    local = moment.astimezone(PARIS)
    if code == "fr":
        read = re.fullmatch(rf"(\d+){NBSP}h(?:{NBSP}(\d\d))?", told)
        assert read is not None, told
        assert (int(read[1]), int(read[2] or 0)) == (local.hour, local.minute)
    else:
        found = re.fullmatch(rf"(\d+)(?::(\d\d))?{NBSP}([ap]m)", told)
        assert found is not None, told
        hour = int(found[1]) % 12 + (12 if found[3] == "pm" else 0)
        assert (hour, int(found[2] or 0)) == (local.hour, local.minute)


@given(moments, codes)
def test_a_clock_has_four_digits(moment: datetime, code: LanguageCode) -> None:
    assert re.fullmatch(r"\d\d:\d\d", PHRASES[code].clock(moment))


@given(moments, st.integers(min_value=1, max_value=86_400), codes)
def test_hours_never_break(moment: datetime, length: int, code: LanguageCode) -> None:
    told = PHRASES[code].time_range(moment, moment + timedelta(seconds=length))
    assert not BREAKING.search(told)


@given(spans, codes)
def test_a_duration_never_breaks_never_shows_seconds_and_never_promises_less(
    seconds: int, code: LanguageCode
) -> None:
    for told in (PHRASES[code].duration(seconds), PHRASES[code].long_duration(seconds)):
        assert not BREAKING.search(told)
        numbers = [int(number) for number in re.findall(r"\d+", told)]
        has_hours = bool(re.search(rf"\d{NBSP}(?:h|heure|hour)", told))
        minutes = numbers[0] * 60 + sum(numbers[1:]) if has_hours else numbers[0]
        assert minutes * 60 >= seconds
        assert minutes * 60 - max(0, seconds) < 60


@given(st.integers(min_value=-10_000_000, max_value=10_000_000), codes)
def test_money_never_breaks_and_loses_no_cent(cents: int, code: LanguageCode) -> None:
    told = PHRASES[code].money(cents)
    assert not BREAKING.search(told)
    assert told.endswith(f"{NBSP}€") if code == "fr" else "€" in told
    digits = int(re.sub(r"\D", "", told))
    assert digits == abs(cents)
    assert ("-" in told or "\u2212" in told) == (cents < 0)


@given(st.integers(min_value=0, max_value=10**9), codes)
def test_a_number_never_breaks(value: int, code: LanguageCode) -> None:
    told = PHRASES[code].number(value)
    assert not BREAKING.search(told)
    assert int(re.sub(r"\D", "", told)) == value


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2060, 1, 1)), codes)
def test_a_date_names_day_and_month_in_words(day: date, code: LanguageCode) -> None:
    phrase = PHRASES[code]
    assert str(day.year) in phrase.full_date(day)
    for told in (phrase.full_date(day), phrase.day(day), phrase.short_day(day)):
        assert not set(told) & set("\u202f\u2009")
        assert re.search(rf"\b{day.day}\b", told)
        assert re.search(r"[a-zéû]{3}", told.lower())
        assert "/" not in told


@pytest.mark.parametrize("code", CODES)
def test_the_hour_that_is_there_twice_is_told_as_the_wall_shows_it(code: LanguageCode) -> None:
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    clocks = {PHRASES[code].clock(first), PHRASES[code].clock(first + timedelta(hours=1))}
    assert clocks == {"02:30"}


@pytest.mark.parametrize(
    ("cents", "french", "english"),
    [
        (500, "5 €", "€5"),
        (430, "4,30 €", "€4.30"),
        (200_00, "200 €", "€200"),
        (1000_00, "1 000 €", "€1,000"),
    ],
)
def test_an_amount_of_whole_euros_may_be_told_without_cents(
    cents: int, french: str, english: str
) -> None:
    assert PHRASES["fr"].round_money(cents).replace(NBSP, " ") == french
    assert PHRASES["en"].round_money(cents) == english
