"""Who may sit: age, residence, a minor's recorded authorisation, and staff.

Of a person only what these rules need is known: the lowest age of an age band, never a birth date,
and that an authorisation was recorded, never by whom.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.rules.slot import Ground


class BrowserProfile(StrEnum):
    """What the managed browser lets through."""

    ADULT = "adult"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of member, as the town set it.

    Attributes:
        key: what tells it from others.
        staff: its members sit wherever they like.
        needs_authorisation: nobody sits without a recorded authorisation (minors).
        profile: the browser profile of its members.
    """

    key: str
    staff: bool = False
    needs_authorisation: bool = False
    profile: BrowserProfile = BrowserProfile.ADULT


@dataclass(frozen=True, slots=True)
class Member:
    """What the rules know of a person. `least_age` is None when the town does not know it."""

    category: Category
    least_age: int | None = None
    resident: bool = False
    authorised_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Admission:
    """Who may sit in a room; a room without conditions admits everybody.

    `categories` names those admitted, None admits all.
    """

    minimum_age: int | None = None
    residents_only: bool = False
    categories: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Admitted:
    """The person may sit, with this browser profile."""

    profile: BrowserProfile


@dataclass(frozen=True, slots=True)
class NotAdmitted:
    """The person may not sit. `minimum_age` and `valid_until` go with their grounds."""

    ground: Ground
    minimum_age: int | None = None
    valid_until: date | None = None


def may_sit(admission: Admission, member: Member, today: date) -> Admitted | NotAdmitted:
    """Say whether a member may sit in a room.

    A condition that cannot be shown to hold does not hold: an unknown age passes no minimum.

    Args:
        admission: whom the room admits.
        member: what is known of the person.
        today: the room's local date.
    """
    category = member.category
    if member.valid_until is not None and today > member.valid_until:
        return NotAdmitted(Ground.CARD_EXPIRED, valid_until=member.valid_until)
    if category.staff:
        return Admitted(category.profile)
    if admission.categories is not None and category.key not in admission.categories:
        return NotAdmitted(Ground.NOT_ADMITTED)
    least, age = admission.minimum_age, member.least_age
    if least is not None and (age is None or age < least):
        return NotAdmitted(Ground.TOO_YOUNG, minimum_age=least)
    if admission.residents_only and not member.resident:
        return NotAdmitted(Ground.NOT_RESIDENT)
    if category.needs_authorisation and member.authorised_on is None:
        return NotAdmitted(Ground.NO_AUTHORISATION)
    return Admitted(category.profile)
