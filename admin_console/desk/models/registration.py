"""What staff write down of a person, from the fields of a form to the facts, and back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from kiosk.rules.allowance import AdaptedTime
from kiosk.wire.people import CategoryView, PersonFacts
from kiosk.wire.place import RoomView

BANDS = (0, 12, 18, 60)
"""Where an age band begins, as far as no room asks for another age."""

DATE = re.compile(r"\s*(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})\s*")


class DateFaulty(ValueError):
    """No date can be read in a text."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The form as it is filled in; `valid_until` is a text, empty for no last day."""

    first_name: str = field(default="", repr=False)
    category: str = ""
    least_age: int | None = None
    resident: bool = False
    authorised: bool = False
    valid_until: str = ""
    time: AdaptedTime = AdaptedTime.ORDINARY

    def facts(self, today: date, before: PersonFacts | None = None) -> PersonFacts:
        """Return the facts; an authorisation that was there keeps its day.

        Raises:
            DateFaulty: the last day is none.
        """
        authorised_on = None
        if self.authorised:
            kept = before.authorised_on if before is not None else None
            authorised_on = kept or today
        return PersonFacts(
            first_name=" ".join(self.first_name.split()),
            category=self.category,
            least_age=self.least_age,
            resident=self.resident,
            authorised_on=authorised_on,
            valid_until=read_date(self.valid_until),
            time=self.time,
        )


def draft_of(facts: PersonFacts) -> Draft:
    """Return the form for a person who is known."""
    until = facts.valid_until
    return Draft(
        first_name=facts.first_name,
        category=facts.category,
        least_age=facts.least_age,
        resident=facts.resident,
        authorised=facts.authorised_on is not None,
        valid_until=write_date(until) if until is not None else "",
        time=facts.time,
    )


def new_draft(categories: Iterable[CategoryView]) -> Draft:
    """Return an empty form; the first category that is not for staff is proposed."""
    key = next((one.key for one in categories if not one.staff), "")
    return Draft(category=key)


def age_bands(rooms: Iterable[RoomView], known: int | None = None) -> tuple[int, ...]:
    """Return where the age bands begin: at the usual ages, and wherever a room asks for one."""
    asked = {room.admission.minimum_age for room in rooms}
    ages = {*BANDS, *(age for age in asked if age is not None)}
    return tuple(sorted(ages | ({known} if known is not None else set())))


def read_date(text: str) -> date | None:
    """Read a date in figures, day first; an empty text is no date.

    Raises:
        DateFaulty: there is none in the text.
    """
    if not text.strip():
        return None
    found = DATE.fullmatch(text)
    if found is None:
        raise DateFaulty(text)
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DateFaulty(text) from error


def write_date(day: date) -> str:
    """Write a date in figures, day first."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"
