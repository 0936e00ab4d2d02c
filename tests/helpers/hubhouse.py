"""A small town on a real store, for the tests of the hub's use cases.

Two sites: the library with a room of three seats (`trapeze.salle`), the youth office with one of
two (`bij.accueil`), both open all day. The clock stands still until told; chance is drawn from a
seed; secrets are hashed by a fake that counts its work.
"""

import random
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from admin_console.hub.members.key import HmacKeys
from admin_console.hub.members.local import LocalPeople
from admin_console.hub.members.reference import HmacReferences
from admin_console.hub.service.act import ActJournal
from admin_console.hub.service.card import Cards
from admin_console.hub.service.command import Commands
from admin_console.hub.service.contact import ContactBook, Presence
from admin_console.hub.service.day import Days
from admin_console.hub.service.enrolment import Enrolment
from admin_console.hub.service.feed import Feed
from admin_console.hub.service.guestpass import PassDesk, PassOpenings
from admin_console.hub.service.guide import Guide
from admin_console.hub.service.hours import Hours
from admin_console.hub.service.houserules import HouseRules
from admin_console.hub.service.identity import StaffIdentity, StationIdentity
from admin_console.hub.service.importing import Imports
from admin_console.hub.service.intake import Intake
from admin_console.hub.service.janitor import Janitor
from admin_console.hub.service.meeting import Meetings
from admin_console.hub.service.opening import Openings
from admin_console.hub.service.parked import ParkedDesk
from admin_console.hub.service.provision import Provisioning
from admin_console.hub.service.record import Member, Seat
from admin_console.hub.service.registry import Registry
from admin_console.hub.service.renewal import Renewals
from admin_console.hub.service.roomrule import RoomRules
from admin_console.hub.service.series import SeriesBook
from admin_console.hub.service.staff import StaffDoor
from admin_console.hub.service.ticket import Tickets
from admin_console.hub.service.workshop import Workshops
from admin_console.hub.store.store import Store
from kiosk.rules.identifier import make_id
from kiosk.rules.person import BrowserProfile
from kiosk.wire.change import Change, ChangesPage, CursorTooOld
from kiosk.wire.desk import Role
from kiosk.wire.event import (
    EndReason,
    Event,
    EventAnswer,
    EventBatch,
    EventBody,
    SlotEnded,
    SlotOpened,
)
from kiosk.wire.people import CategoryView
from kiosk.wire.place import HoursView, RoomView, RuleView, SeatView, SeriesView, SiteView
from kiosk.wire.station import (
    EnrolStation,
    OpenSlot,
    Phase,
    SlotAnswer,
    SlotGranted,
    StationEnrolled,
    StationReport,
)
from kiosk.wire.ticket import TakeTicket, TicketAnswer, TicketRefused, TicketTaken
from kiosk.wire.waiting import WaitingView
from tests.helpers.clock import FakeClock

ALL_DAY = HoursView(zone="Europe/Paris", week=(((0, 1440),),) * 7)
RULE = RuleView(
    slot_seconds=3600, grace_seconds=120, closing_margin_seconds=600, shortest_slot_seconds=300
)
JEANNE, MARCEL, MONIQUE = "20481000000011", "20481000000029", "20481000000037"
PAUL, ODILE = "20481000000045", "20481000000052"
PINS = {JEANNE: "1111", MARCEL: "2222", MONIQUE: "3333", PAUL: "4444", ODILE: "5555"}
NAMES = {JEANNE: "Jeanne", MARCEL: "Marcel", MONIQUE: "Monique", PAUL: "Paul", ODILE: "Odile"}
TRAPEZE, BIJ = "trapeze.salle", "bij.accueil"
ADULT = CategoryView(key="adult", title="Adulte")
MINOR = CategoryView(
    key="minor", title="Jeune", needs_authorisation=True, profile=BrowserProfile.MINOR
)
STAFF = CategoryView(key="staff", title="Personnel", staff=True)
CATEGORIES = (ADULT, MINOR, STAFF)


class CountingHasher:
    """Hashes that cost nothing, and a count of the work done as if they did."""

    def __init__(self) -> None:
        self.verified = 0
        self.hashed = 0
        self._guard = threading.Lock()

    def hash(self, secret: str) -> str:
        with self._guard:
            self.hashed += 1
        return f"hashed:{secret}"

    def hash_all(self, secrets: Sequence[str]) -> list[str]:
        return [self.hash(secret) for secret in secrets]

    def verify(self, secret: str, hashed: str | None) -> bool:
        with self._guard:
            self.verified += 1
        return hashed == f"hashed:{secret}"


class Dice:
    """Random bytes from a seed, for several threads."""

    def __init__(self, seed: int = 7) -> None:
        self._random = random.Random(seed)
        self._guard = threading.Lock()

    def __call__(self, count: int) -> bytes:
        with self._guard:
            return self._random.randbytes(count)


@dataclass
class Sitting:
    """A station that a test plays, with the order of its facts."""

    identity: StationIdentity
    token: str
    seq: int = 0
    slot_id: str | None = None
    told: list[Event] = field(default_factory=list)


class HubHouse:
    """The town, its use cases, and short ways to play a visit."""

    def __init__(
        self,
        store: Store,
        clock: FakeClock,
        hours: HoursView = ALL_DAY,
        rule: RuleView = RULE,
        *,
        bookings: tuple[SeriesView, ...] = (),
        furnish: bool = True,
    ) -> None:
        self.store = store
        self.clock = clock
        self.dice = Dice()
        self.hasher = CountingHasher()
        self.references = HmacReferences(b"p" * 32)
        self.people = LocalPeople(store, self.references, self.hasher)
        if furnish:
            self._build(hours, rule, bookings)
        self.enrolment = Enrolment(store, clock, self.dice)
        self.openings = Openings(store, clock, self.people)
        self.renewals = Renewals(store, clock)
        self.keys = HmacKeys(b"p" * 32)
        self.tickets = Tickets(store, clock, self.people, self.dice, self.keys)
        self.provisioning = Provisioning(store, clock, self.people, self.keys, self.hasher)
        self.passes = PassDesk(store, clock, self.dice, self.keys)
        self.pass_openings = PassOpenings(store, clock, self.keys, self.openings)
        self.parked = ParkedDesk(store)
        self.intake = Intake(store, clock, self.keys)
        self.feed = Feed(store, clock)
        self.commands = Commands(store, clock)
        self.staff = StaffDoor(store, clock, self.dice, self.hasher)
        self.presence = Presence(clock)
        self.contacts = ContactBook(store, clock, self.presence)
        self.days = Days(store, clock)
        self.cards = Cards(store, clock, self.people)
        self.acts = ActJournal(store)
        self.hours = Hours(store, clock)
        self.rules = RoomRules(store, clock)
        self.house_rules = HouseRules(store)
        self.series = SeriesBook(store, clock, self.dice)
        self.workshops = Workshops(store, clock, self.dice)
        self.meetings = Meetings(store, clock, self.people)
        self.registry = Registry(store, clock, self.references, self.hasher, self.dice)
        self.imports = Imports(store, clock, self.references, self.hasher.hash_all)
        self.guide = Guide(store, clock)
        self.janitor = Janitor(store, clock, self.commands, self.presence, self.contacts)

    def _build(self, hours: HoursView, rule: RuleView, bookings: tuple[SeriesView, ...]) -> None:
        with self.store.begin(write=True) as work:
            for site_id, name, room_id, seats in (
                ("trapeze", "Médiathèque du Trapèze", TRAPEZE, 3),
                ("bij", "BIJ", BIJ, 2),
            ):
                work.sites.add(SiteView(site_id=site_id, name=name, town="Town", staffed=True))
                work.rooms.add(
                    RoomView(
                        room_id=room_id,
                        site_id=site_id,
                        name=name,
                        hours=hours,
                        rule=rule,
                        bookings=bookings,
                    )
                )
                for number in range(1, seats + 1):
                    work.seats.add(Seat(f"{room_id}.{number:02}", room_id, site_id, number))
            for category in CATEGORIES:
                work.categories.add(category)
            work.members.add(
                [
                    Member(
                        self.references.reference(card),
                        NAMES[card],
                        self.hasher.hash(self.references.seal(card, pin)),
                        ADULT.key,
                        least_age=30,
                    )
                    for card, pin in PINS.items()
                ]
            )

    def fresh_id(self) -> str:
        return make_id(self.clock.now(), self.dice)

    def enrol(
        self, room_id: str = TRAPEZE, number: int | None = None, station_id: str | None = None
    ) -> Sitting:
        """Enrol a station, a new one if not said, and let it report."""
        code = self.enrolment.make_code(room_id, uses=1)
        assert isinstance(code, str)
        answer = self.enrolment.enrol(
            EnrolStation(
                code=code,
                station_id=station_id or self.fresh_id(),
                hostname="pc",
                seat_number=number,
            )
        )
        assert isinstance(answer, StationEnrolled)
        identity = self.enrolment.identify(answer.token)
        assert identity is not None
        sitting = Sitting(identity, answer.token)
        self.beat(sitting)
        return sitting

    def beat(
        self,
        station: Sitting,
        slot_id: str | None = None,
        outbox: int = 0,
        *,
        clock_trusted: bool = True,
    ) -> None:
        """Report, and let the hub write what that changes."""
        report = StationReport(
            phase=Phase.FREE, slot_id=slot_id, outbox=outbox, clock_trusted=clock_trusted
        )
        if self.presence.beat(station.identity, report):
            self.contacts.settle()

    def ask(
        self,
        station: Sitting,
        card: str = JEANNE,
        pin: str | None = None,
        slot_id: str | None = None,
    ) -> SlotAnswer:
        """Ask for a slot."""
        return self.openings.open(
            station.identity,
            OpenSlot(
                slot_id=slot_id or self.fresh_id(),
                card=card,
                pin=PINS.get(card, "0000") if pin is None else pin,
            ),
        )

    def fact(self, station: Sitting, body: EventBody, *, trusted: bool = True) -> Event:
        """Make the station's next fact, without telling it."""
        station.seq += 1
        event = Event(
            event_id=self.fresh_id(),
            seq=station.seq,
            at=self.clock.now(),
            clock_trusted=trusted,
            body=body,
        )
        station.told.append(event)
        return event

    def tell(self, station: Sitting, *events: Event) -> tuple[EventAnswer, ...]:
        """Tell facts in one batch."""
        return self.intake.receive(station.identity, EventBatch(events=events)).answers

    def opened(self, slot_id: str, total: int = 3600) -> SlotOpened:
        """Return the fact that a slot has just opened."""
        ends_at = self.clock.now() + timedelta(seconds=total)
        return SlotOpened(slot_id=slot_id, total_seconds=total, ends_at=ends_at)

    def ended(
        self, slot_id: str, used: int = 60, reason: EndReason = EndReason.FINISHED
    ) -> SlotEnded:
        """Return the fact that a slot has just ended."""
        return SlotEnded(slot_id=slot_id, reason=reason, used_seconds=used, remaining_seconds=0)

    def sit(self, station: Sitting, card: str = JEANNE) -> str:
        """Open a slot and tell so; returns its identifier."""
        answer = self.ask(station, card)
        assert isinstance(answer, SlotGranted), answer
        self.tell(station, self.fact(station, self.opened(answer.slot_id, answer.total_seconds)))
        station.slot_id = answer.slot_id
        return answer.slot_id

    def leave(self, station: Sitting, slot_id: str, used: int = 60) -> None:
        """End a slot and tell so."""
        self.tell(station, self.fact(station, self.ended(slot_id, used)))
        station.slot_id = None

    def take(self, station: Sitting, card: str, ask_id: str | None = None) -> TicketAnswer:
        """Take a ticket at a station."""
        ask = TakeTicket(ask_id=ask_id or self.fresh_id(), card=card)
        answer = self.tickets.take_at_station(station.identity, ask)
        assert isinstance(answer, TicketTaken | TicketRefused), answer
        return answer

    def waiting(self, station: Sitting) -> WaitingView:
        """Return what a station is shown of its room's list."""
        found = self.feed.situation(station.identity).waiting
        assert found is not None
        return found

    def pass_time(self, seconds: float, *alive: Sitting, step: float = 5) -> None:
        """Let time pass while some stations report; the janitor sweeps at each step."""
        until = self.clock.boot_seconds() + seconds
        while self.clock.boot_seconds() < until:
            self.clock.advance(min(step, until - self.clock.boot_seconds()))
            for station in alive:
                self.beat(station, station.slot_id)
            self.janitor.sweep()

    def seat(self, station: Sitting) -> SeatView:
        """Return what stands at a station's seat."""
        return self.feed.situation(station.identity).seat

    def agent(
        self, roles: frozenset[Role] = frozenset({Role.AGENT}), sites: tuple[str, ...] | None = None
    ) -> StaffIdentity:
        """Make a member of staff and return who they are."""
        name = f"staff{self.dice(4).hex()}"
        staff_id = self.staff.add(name, name.title(), "secret", roles, sites)
        assert isinstance(staff_id, str)
        return StaffIdentity(
            staff_id, name, name.title(), roles, ("trapeze", "bij") if sites is None else sites
        )

    def read(self, reader: StationIdentity | StaffIdentity, after: int = 0) -> list[Change]:
        """Return all changes of a reader after a number, page by page."""
        found: list[Change] = []
        while True:
            page = self.feed.changes(reader, after, limit=3)
            assert not isinstance(page, CursorTooOld)
            found += page.changes
            after = page.cursor
            if not page.more:
                return found


def page(answer: ChangesPage | CursorTooOld) -> ChangesPage:
    """Return a page that must be one."""
    assert isinstance(answer, ChangesPage)
    return answer
