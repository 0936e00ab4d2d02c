"""Times, dates and lengths as a hand types them, in either language of the screen."""

import re
from datetime import date

NOON = 12 * 60
MIDNIGHT = 24 * 60
HOUR = 60
LONE_HOUR = 2
"""So many digits without a sign between them are an hour; more are hours and minutes."""

TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*(?:[h:.]|heures?)\s*(?P<minute>\d{2})?)?"
    r"(?:\s*(?:min|mn))?\s*(?P<half>[ap]\.?m\.?)?"
)
JOINED = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d{2})")
DATE = re.compile(r"(?P<day>\d{1,2})[\s/.-]+(?P<month>\d{1,2})(?:[\s/.-]+(?P<year>\d{4}|\d{2}))?")
CENTURY = 2000
LONG_YEAR = 4

HOURS = r"(?:(?P<hours>\d{1,2})\s*(?:h|heures?|hours?)\.?)?\s*"
LENGTH = re.compile(
    HOURS
    + r"(?:(?P<minutes>\d{1,4})\s*(?:min|mn|minutes?)\.?)?\s*"
    + r"(?:(?P<seconds>\d{1,3})\s*(?:s|sec|secondes?|seconds?)\.?)?"
)
BARE_LENGTH = re.compile(HOURS + r"(?P<minutes>\d{1,4})(?P<seconds>)")

WORDS = {"midi": NOON, "noon": NOON, "minuit": MIDNIGHT, "midnight": MIDNIGHT}


def read_time(text: str) -> int | None:
    """Return the minutes from midnight that a text means, None where it means no time.

    "14 h 30", "14:30", "14.30", "1430", "14 h", "2:30 pm", "midi" and "minuit" are understood;
    midnight is the end of the day, 1440.
    """
    plain = " ".join(text.replace("\u00a0", " ").lower().split())
    if plain in WORDS:
        return WORDS[plain]
    digits = len(plain) > LONE_HOUR and plain.isdigit()
    found = JOINED.fullmatch(plain) if digits else TIME.fullmatch(plain)
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = None if digits else found["half"]
    if half:
        if not 1 <= hour <= NOON // HOUR:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    total = hour * HOUR + minute
    return total if minute < HOUR and total <= MIDNIGHT else None


def read_length(text: str) -> int | None:
    """Return the seconds that a text means, None where it means no length of time.

    "90", "90 min", "1 h 30", "1 h", "2 min 30 s" and "45 s" are understood; a number on its own is
    minutes.
    """
    plain = " ".join(text.replace("\u00a0", " ").lower().split())
    found = BARE_LENGTH.fullmatch(plain) or LENGTH.fullmatch(plain)
    if found is None or not plain:
        return None
    hours, minutes, seconds = (int(found[part] or 0) for part in ("hours", "minutes", "seconds"))
    return hours * HOUR * 60 + minutes * 60 + seconds


def read_date(text: str, today: date) -> date | None:
    """Return the date that a text means: "25/12/2026", "25.12.26"; "25/12" is the next one."""
    found = DATE.fullmatch(" ".join(text.split()))
    if found is None:
        return None
    day, month = int(found["day"]), int(found["month"])
    if found["year"] is None:
        here = _date(today.year, month, day)
        if here is not None and here >= today:
            return here
        return _date(today.year + 1, month, day)
    year = int(found["year"])
    return _date(year + CENTURY if len(found["year"]) < LONG_YEAR else year, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
