"""Public holidays, expanded to the dates on which rooms are closed."""

from collections.abc import Iterable

import holidays

from kiosk.wire.place import ExceptionView


def closed_days(country: str, years: Iterable[int]) -> tuple[ExceptionView, ...]:
    """Return a closed day for each public holiday of a country, named in its own language.

    Args:
        country: two letters (ISO 3166-1), for example `FR`.
        years: the years to look at.
    """
    found = holidays.country_holidays(country, years=list(years))
    return tuple(ExceptionView(day=day, label=found[day]) for day in sorted(found))
