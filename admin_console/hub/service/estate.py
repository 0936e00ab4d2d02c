"""Plants the sample estate into an empty store, and says what to print."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import msgspec

from admin_console.hub.service.enrolment import Enrolment
from admin_console.hub.service.holiday import AHEAD, CountryUnknown, closed_days, entered
from admin_console.hub.service.holidayplan import HolidayPlan
from admin_console.hub.service.port import CardReferences, Clock, Store
from admin_console.hub.service.record import Member, Seat, StaffMember
from admin_console.hub.service.sample import (
    Sample,
    SampleInvalid,
    SampleMember,
    SamplePrintCard,
    SampleStaff,
    room_id,
    room_view,
    seat_id,
    site_view,
)
from kiosk.rules.hours import local_date
from kiosk.rules.identifier import Entropy, make_id


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """A code that enrols the stations of one room, and how many."""

    room_id: str
    site_name: str
    room_name: str
    seats: int
    code: str


@dataclass(frozen=True, slots=True)
class Printed:
    """What somebody needs to try the sample: cards with their codes, staff, enrolment codes."""

    members: tuple[SampleMember, ...]
    print_cards: tuple[SamplePrintCard, ...]
    staff: tuple[SampleStaff, ...]
    codes: tuple[PrintedCode, ...]


class SampleEstate:
    """Plants the sample estate.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        entropy: makes identifiers.
        references: turns cards into references.
        hash_all: hashes secrets at the cost of the house; takes a second or two for them all.
        sample: what to plant.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        entropy: Entropy,
        references: CardReferences,
        hash_all: Callable[[Sequence[str]], list[str]],
        sample: Sample,
    ) -> None:
        self._store = store
        self._clock = clock
        self._entropy = entropy
        self._references = references
        self._hash_all = hash_all
        self._sample = sample

    def plant(self, *, always_open: bool = False) -> bool:
        """Fill an empty store; False, and nothing done, when there is a site already.

        Args:
            always_open: open every room day and night, so that it can be tried at any hour.

        Raises:
            SampleInvalid: the hours of a room are no hours, its limits make no sense, or nobody
                knows the holidays.
        """
        with self._store.begin(write=False) as work:
            if work.sites.all():
                return False
        sample = self._sample
        secrets = [
            *(self._references.seal(member.card, member.pin) for member in sample.member),
            *(person.password for person in sample.staff),
        ]
        hashes = self._hash_all(secrets)
        now = self._clock.now()
        today = local_date(now, sample.zone)
        try:
            closed_days(sample.holidays, [today.year])
        except CountryUnknown as error:
            raise SampleInvalid(str(error)) from error
        with self._store.begin(write=True) as work:
            if work.sites.all():
                return False
            for site in sample.site:
                work.sites.add(site_view(sample, site))
                for room in site.room:
                    made = room_view(sample, site, room, always_open=always_open)
                    plan = HolidayPlan(made.room_id, "")
                    if not always_open:
                        plan = HolidayPlan(made.room_id, sample.holidays, today + AHEAD)
                        yesterday = today - timedelta(days=1)
                        hours = entered(made.hours, plan.country, yesterday, today + AHEAD)
                        made = msgspec.structs.replace(made, hours=hours)
                    work.rooms.add(made)
                    work.holidays.save(plan)
                    for number in range(1, room.seats + 1):
                        work.seats.add(
                            Seat(
                                seat_id=seat_id(site, room, number),
                                room_id=room_id(site, room),
                                site_id=site.id,
                                number=number,
                            )
                        )
            for category in sample.category:
                work.categories.add(category)
            members = zip(sample.member, hashes, strict=False)
            work.members.add([self._member(one, hashed) for one, hashed in members])
            for person, hashed in zip(sample.staff, hashes[len(sample.member) :], strict=True):
                work.staff.add(
                    StaffMember(
                        staff_id=make_id(now, self._entropy),
                        name=person.name,
                        display_name=person.display_name,
                        password_hash=hashed,
                        roles=frozenset(person.roles),
                        site_ids=person.sites,
                    )
                )
        return True

    def _member(self, one: SampleMember, pin_hash: str) -> Member:
        return Member(
            reference=self._references.reference(one.card),
            first_name=one.first_name,
            pin_hash=pin_hash,
            category=one.category,
            least_age=one.least_age,
            resident=one.resident,
            authorised_on=one.authorised_on,
            valid_until=one.valid_until,
            time=one.time,
        )

    def print_out(self, enrolment: Enrolment) -> Printed:
        """Return what to print; the enrolment codes are new each time."""
        codes = []
        for site in self._sample.site:
            for room in site.room:
                code = enrolment.make_code(room_id(site, room), uses=room.seats)
                if isinstance(code, str):
                    codes.append(
                        PrintedCode(
                            room_id=room_id(site, room),
                            site_name=site.name,
                            room_name=room.name,
                            seats=room.seats,
                            code=code,
                        )
                    )
        return Printed(
            members=self._sample.member,
            print_cards=self._sample.print_card,
            staff=self._sample.staff,
            codes=tuple(codes),
        )
