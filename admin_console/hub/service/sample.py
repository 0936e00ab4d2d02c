"""The sample estate as a file describes it: places, staff and members of an invented day.

The passwords and codes of the sample stand in its file for everybody to read; it is for showing and
testing the product, never for a real room.
"""

import re
from dataclasses import asdict
from datetime import date

import msgspec

from kiosk.rules.allowance import AdaptedTime
from kiosk.rules.hours import DAY_MINUTES
from kiosk.rules.roomrule import Limits, RuleField, faults_of
from kiosk.rules.signin import SignIn
from kiosk.rules.tariff import Paper, Period, Sides
from kiosk.wire.codec import Text
from kiosk.wire.desk import Role
from kiosk.wire.people import CategoryView
from kiosk.wire.place import (
    AdmissionView,
    Age,
    HelpContact,
    HoursView,
    RoomView,
    RuleView,
    SiteView,
)
from kiosk.wire.station import CardNumber, Pin

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TRIED = (RuleField.SLOT, RuleField.SHORTEST_SLOT)
_INTERVAL = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)")


class SampleInvalid(ValueError):
    """The file does not describe an estate; says where and why."""


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class SampleRoom(_Part, frozen=True, kw_only=True):
    """A room; `hours` gives intervals such as `14:00-18:00` by day, `mon` to `sun`."""

    id: str
    name: str
    seats: int
    slot_minutes: int
    hours: dict[str, list[str]]
    grace_seconds: int = 120
    closing_margin_minutes: int = 10
    shortest_slot_minutes: int = 5
    max_renewals: int | None = None
    daily_minutes: int | None = None
    mercy_minutes: int = 5
    hold_minutes: int = 10
    away_minutes: int = 10
    idle_minutes: int = 15
    resume_minutes: int = 10
    coded_tickets: int = 3
    letter: str = "A"
    admission: AdmissionView = AdmissionView()
    sign_in: SignIn = SignIn.CARD_AND_PIN


class SampleTill(_Part, frozen=True, kw_only=True):
    """A till with the régie that it belongs to, and the float that its sample begins with."""

    id: str
    name: str
    regie: str = ""
    ceiling_cents: int | None = None
    float_cents: int = 30_00


class SamplePrice(_Part, frozen=True, kw_only=True):
    """What a page costs, in cents."""

    paper: Paper = Paper.A4
    colour: bool = False
    sides: Sides = Sides.ONE
    cents: int


class SampleFree(_Part, frozen=True, kw_only=True):
    """Pages that cost nothing, of a category or of everybody."""

    category: str | None = None
    pages: int
    period: Period


class SamplePrintCard(_Part, frozen=True, kw_only=True):
    """A print card with its credit in cents, and where it was issued.

    `member` is the card of the member whom it belongs to; without one it is anybody's.
    """

    number: CardNumber
    site: str
    cents: int = 0
    member: CardNumber | None = None


class SampleSite(_Part, frozen=True, kw_only=True):
    """A site with its rooms; `house_rules` are shown to whoever sits there first.

    `top_up` says where and when print credit is sold.

    Prices count from the day on which the sample is planted; `credit_months` is how long credit is
    good, for ever if not said.
    """

    id: str
    name: str
    staffed: bool
    room: tuple[SampleRoom, ...]
    help: HelpContact | None = None
    house_rules: Text = ""
    top_up: Text = ""
    till: tuple[SampleTill, ...] = ()
    price: tuple[SamplePrice, ...] = ()
    free: tuple[SampleFree, ...] = ()
    credit_months: int | None = None
    deliberation: str = "exemple"


class SampleStaff(_Part, frozen=True, kw_only=True):
    """A member of staff; without `sites` they see all."""

    name: str
    display_name: str
    roles: tuple[Role, ...]
    password: str
    sites: tuple[str, ...] | None = None


class SampleMember(_Part, frozen=True, kw_only=True):
    """A member and what is printed on the card that the sample hands out."""

    card: CardNumber
    first_name: str
    pin: Pin
    category: str
    least_age: Age | None = None
    resident: bool = False
    authorised_on: date | None = None
    valid_until: date | None = None
    time: AdaptedTime = AdaptedTime.ORDINARY


class Sample(_Part, frozen=True, kw_only=True):
    """The whole sample."""

    town: str
    zone: str
    holidays: str
    site: tuple[SampleSite, ...]
    category: tuple[CategoryView, ...]
    staff: tuple[SampleStaff, ...]
    member: tuple[SampleMember, ...]
    print_card: tuple[SamplePrintCard, ...] = ()


def read_sample(text: str) -> Sample:
    """Return the sample that a TOML text describes.

    Raises:
        SampleInvalid: it describes none.
    """
    try:
        sample = msgspec.toml.decode(text, type=Sample)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise SampleInvalid(str(error)) from error
    keys = {one.key for one in sample.category}
    named = {one.category for one in sample.member}
    for site in sample.site:
        for room in site.room:
            named |= set(room.admission.categories or ())
    if named - keys:
        raise SampleInvalid(f"{', '.join(sorted(named - keys))} is no category")
    return sample


def room_id(site: SampleSite, room: SampleRoom) -> str:
    """Return the identifier of a room, unique in the house."""
    return f"{site.id}.{room.id}"


def seat_id(site: SampleSite, room: SampleRoom, number: int) -> str:
    """Return the identifier of a seat, unique in the house."""
    return f"{room_id(site, room)}.{number:02}"


def site_view(sample: Sample, site: SampleSite) -> SiteView:
    """Return a site as the house keeps it."""
    return SiteView(
        site_id=site.id,
        name=site.name,
        town=sample.town,
        staffed=site.staffed,
        help=site.help,
        house_rules=site.house_rules,
        top_up=site.top_up,
    )


def room_view(
    sample: Sample,
    site: SampleSite,
    room: SampleRoom,
    *,
    always_open: bool,
) -> RoomView:
    """Return a room as the house keeps it.

    Raises:
        SampleInvalid: its hours are no hours, its limits make no sense, or the card alone opens
            where pages cost something.
    """
    if room.sign_in is SignIn.CARD and any(price.cents > 0 for price in site.price):
        raise SampleInvalid(f"the card alone opens {room_id(site, room)}, where pages cost money")
    week = (((0, DAY_MINUTES),),) * len(DAYS) if always_open else _week(room)
    try:
        hours = HoursView(zone=sample.zone, week=week)
    except ValueError as error:
        raise SampleInvalid(f"the hours of {room_id(site, room)}: {error}") from error
    return RoomView(
        room_id=room_id(site, room),
        site_id=site.id,
        name=room.name,
        hours=hours,
        rule=_rule(site, room),
        letter=room.letter,
        admission=room.admission,
        sign_in=room.sign_in,
    )


def _rule(site: SampleSite, room: SampleRoom) -> RuleView:
    limits = Limits(
        slot_seconds=room.slot_minutes * 60,
        grace_seconds=room.grace_seconds,
        closing_margin_seconds=room.closing_margin_minutes * 60,
        shortest_slot_seconds=room.shortest_slot_minutes * 60,
        max_renewals=room.max_renewals,
        daily_seconds=None if room.daily_minutes is None else room.daily_minutes * 60,
        mercy_seconds=room.mercy_minutes * 60,
        hold_seconds=room.hold_minutes * 60,
        away_seconds=room.away_minutes * 60,
        idle_seconds=room.idle_minutes * 60,
        resume_seconds=room.resume_minutes * 60,
        letter=room.letter,
        coded_tickets=room.coded_tickets,
    )
    # Slots of a minute are for trying the product: no editor would keep them.
    wrong = [one for one in faults_of(limits) if one.field not in _TRIED]
    if wrong:
        named = ", ".join(f"{one.field} is {one.kind}" for one in wrong)
        raise SampleInvalid(f"the limits of {room_id(site, room)}: {named}")
    told = asdict(limits)
    del told["letter"]
    return RuleView(**told)


def _week(room: SampleRoom) -> tuple[tuple[tuple[int, int], ...], ...]:
    strange = set(room.hours) - set(DAYS)
    if strange:
        raise SampleInvalid(f"{', '.join(sorted(strange))} is no day of the week")
    return tuple(tuple(map(_interval, room.hours.get(day, ()))) for day in DAYS)


def _interval(text: str) -> tuple[int, int]:
    found = _INTERVAL.fullmatch(text)
    if found is None:
        raise SampleInvalid(f"{text!r} is no interval such as 14:00-18:00")
    start_hour, start_minute, end_hour, end_minute = map(int, found.groups())
    return start_hour * 60 + start_minute, end_hour * 60 + end_minute
