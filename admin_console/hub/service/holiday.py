"""Public holidays: closed days of a room, entered a year and a half ahead, each of them once.

What was entered is a dated exception like any other, for staff to change or to take away. Up to
which date that was done stands beside the room: what staff took away does not come back.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import holidays
import msgspec

from admin_console.hub.service.act import note
from admin_console.hub.service.holidayplan import HolidayPlan
from admin_console.hub.service.port import Clock, Store, Work
from admin_console.hub.service.waiting import save_room
from kiosk.rules.hours import DatedException, local_date
from kiosk.rules.timetable import with_holidays
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.place import HoursView, RoomView

AHEAD = timedelta(days=548)
"""Eighteen months: a school year and the summer after it."""

NONE = "none"
"""Instead of a country: no holiday is entered anywhere."""


class CountryUnknown(ValueError):
    """There is no such country or part of one; the sentence names it."""


def closed_days(country: str, years: Iterable[int]) -> tuple[DatedException, ...]:
    """Return a closed day for each public holiday, named in the country's own language.

    Args:
        country: two letters (ISO 3166-1), and a part of the country if wanted: `FR`, `FR-57`.
        years: the years to look at.

    Raises:
        CountryUnknown: there is none of that name.
    """
    name, _, part = country.partition("-")
    wanted = list(years)
    try:
        plain = holidays.country_holidays(name, subdiv=part or None, years=[])
        found = holidays.country_holidays(
            name, subdiv=part or None, years=wanted, language=plain.default_language
        )
    except NotImplementedError as error:
        message = f"there are no public holidays of {country!r}: say FR, or FR-57 for a part of it"
        raise CountryUnknown(message) from error
    return tuple(DatedException(day, (), found[day]) for day in sorted(found))


def check_country(country: str) -> None:
    """Refuse what the settings name where nobody has holidays.

    Raises:
        CountryUnknown: it is neither a country nor a part of one, nor empty, nor `NONE`.
    """
    if country not in {"", NONE}:
        closed_days(country, ())


def entered(hours: HoursView, country: str, after: date, until: date) -> HoursView:
    """Return hours that close on the holidays after a date, up to and with another one.

    What somebody wrote for a date goes before.
    """
    days = closed_days(country, range(after.year, until.year + 1))
    wanted = [one for one in days if after < one.day <= until]
    return HoursView.of(with_holidays(hours.as_rule(), wanted))


def keep_holidays(store: Store, clock: Clock, country: str = "") -> int:
    """Enter the holidays of the next eighteen months where they are missing.

    Returns in how many rooms some were missing.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        country: the one that the settings name, for every room that keeps holidays or has no plan;
            empty where they name none, `NONE` where no holiday is wanted.
    """
    if country == NONE:
        return 0
    with store.begin(write=False) as work:
        rooms = work.rooms.of_sites([site.site_id for site in work.sites.all()])
        plans = work.holidays.all()
    return sum(
        _keep_room(store, clock, country, room.room_id)
        for room in rooms
        if _due(_plan(plans.get(room.room_id), room, country), room, clock)
    )


def _plan(plan: HolidayPlan | None, room: RoomView, country: str) -> HolidayPlan:
    """Return a room's plan as the settings want it."""
    if plan is None:
        return HolidayPlan(room.room_id, country)
    return replace(plan, country=country) if plan.country and country else plan


def _due(plan: HolidayPlan, room: RoomView, clock: Clock) -> bool:
    if not plan.country:
        return False
    return plan.until is None or plan.until < local_date(clock.now(), room.hours.zone) + AHEAD


def _keep_room(store: Store, clock: Clock, country: str, room_id: str) -> bool:
    with store.begin(write=True) as work:
        room = work.rooms.hold(room_id)
        if room is None:
            return False
        plan = _plan(work.holidays.get(room_id), room, country)
        if not _due(plan, room, clock):
            return False
        until = local_date(clock.now(), room.hours.zone) + AHEAD
        after = _last_entered(room.hours, plan.country, until) if plan.until is None else plan.until
        hours = entered(room.hours, plan.country, after, until)
        work.holidays.save(replace(plan, until=until))
        return _write(work, room, hours, plan.country, clock)


def _write(work: Work, room: RoomView, hours: HoursView, country: str, clock: Clock) -> bool:
    added = len(hours.exceptions) - len(room.hours.exceptions)
    if not added:
        return False
    save_room(work, msgspec.structs.replace(room, hours=hours), clock.now())
    facts = ActFacts(room_id=room.room_id, count=added, what=country)
    note(work, None, ActKind.HOLIDAYS_ENTERED, room.site_id, facts)
    return True


def _last_entered(hours: HoursView, country: str, until: date) -> date:
    """Return up to when somebody has entered holidays already, as far as the dates tell it."""
    years = range(until.year - 2, until.year + 1)
    known = {one.day for one in closed_days(country, years)}
    there = [one.day for one in hours.exceptions if one.day in known]
    return max([*there, until - AHEAD - timedelta(days=1)])
