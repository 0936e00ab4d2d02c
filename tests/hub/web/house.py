"""A small house for the tests of the web: real store, real use cases, real server, quick hashes."""

import asyncio
import hashlib
import io
import logging
import secrets
import sqlite3
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx
import uvloop

from admin_console.hub.members.key import HmacKeys
from admin_console.hub.members.moneykey import HmacMoneyKeys
from admin_console.hub.members.reference import HmacReferences
from admin_console.hub.service.act import ActJournal
from admin_console.hub.service.card import Cards
from admin_console.hub.service.clock import SystemClock
from admin_console.hub.service.command import Commands
from admin_console.hub.service.contact import ContactBook, Presence
from admin_console.hub.service.day import Days
from admin_console.hub.service.enrolment import Enrolment
from admin_console.hub.service.feed import Feed
from admin_console.hub.service.guestpass import PassDesk, PassOpenings
from admin_console.hub.service.guide import Guide
from admin_console.hub.service.hours import Hours
from admin_console.hub.service.houserules import HouseRules
from admin_console.hub.service.importing import Imports
from admin_console.hub.service.intake import Intake
from admin_console.hub.service.janitor import Janitor
from admin_console.hub.service.meeting import Meetings
from admin_console.hub.service.money.cases import money_cases
from admin_console.hub.service.opening import Openings
from admin_console.hub.service.parked import ParkedDesk
from admin_console.hub.service.port import Person
from admin_console.hub.service.provision import Provisioning
from admin_console.hub.service.record import Seat
from admin_console.hub.service.registry import Registry
from admin_console.hub.service.renewal import Renewals
from admin_console.hub.service.roomrule import RoomRules
from admin_console.hub.service.series import SeriesBook
from admin_console.hub.service.staff import StaffDoor
from admin_console.hub.service.ticket import Tickets
from admin_console.hub.service.workshop import Workshops
from admin_console.hub.setting import Address, LogForm
from admin_console.hub.store.engine import sqlite_address
from admin_console.hub.store.store import Store, open_store
from admin_console.hub.web.application import Application, UseCases, make_application
from admin_console.hub.web.log import configure
from admin_console.hub.web.server import Server, bind
from kiosk.rules.identifier import make_id
from kiosk.rules.person import Category
from kiosk.rules.person import Member as Facts
from kiosk.wire.codec import Message, decode, encode
from kiosk.wire.desk import Role, SignInStaff, StaffAnswer, StaffSignedIn
from kiosk.wire.people import CategoryView
from kiosk.wire.place import HoursView, RoomView, RuleView, SiteView
from kiosk.wire.problem import Problem
from kiosk.wire.station import EnrolmentAnswer, EnrolStation, StationEnrolled

M = TypeVar("M", bound=Message)

# Plain HTTP needs no certificates of authorities, which take a while to read.
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

CARD = "70012345678"
PIN = "471199"
FIRST_NAME = "Odette-Marguerite"
PASSWORD = "un vélo rouge et lent"

ALWAYS = HoursView(zone="Europe/Paris", week=(((0, 1440),),) * 7)
RULE = RuleView(
    slot_seconds=3600, grace_seconds=120, closing_margin_seconds=600, shortest_slot_seconds=300
)


REFERENCES = HmacReferences(b"p" * 32)


class QuickHasher:
    """Hashes at once, as no program may."""

    def hash(self, secret: str) -> str:
        return hashlib.sha256(secret.encode()).hexdigest()

    def hash_all(self, secrets: Sequence[str]) -> list[str]:
        return [self.hash(secret) for secret in secrets]

    def verify(self, secret: str, hashed: str | None) -> bool:
        return self.hash(secret) == hashed


class FewPeople:
    """Knows one person."""

    def reference(self, card: str) -> str:
        return hashlib.sha256(f"pepper{card}".encode()).hexdigest()

    def knows(self, card: str) -> bool:
        return card == CARD

    def check(self, card: str, pin: str) -> Person | None:
        return self.find(card) if (card, pin) == (CARD, PIN) else None

    def find(self, card: str) -> Person | None:
        if card != CARD:
            return None
        return Person(self.reference(card), FIRST_NAME, Facts(Category("adult")))


@dataclass(frozen=True, slots=True)
class House:
    """A running hub with two sites, a station on seat 1 of the first, and staff of each role.

    Attributes:
        url: where it listens.
        database: its file.
        station: the bearer token of the station.
        staff: the bearer tokens of staff of the first site, by role.
        log: what the hub has said.
    """

    url: str
    database: Path
    store: Store
    cases: UseCases
    application: Application
    station: str
    station_id: str
    staff: Mapping[Role, str]
    log: io.StringIO

    def client(self, token: str | None = None) -> httpx.Client:
        """Return a client; the test closes it."""
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        return httpx.Client(
            base_url=self.url, headers=headers, trust_env=False, verify=PLAIN, timeout=10
        )

    def ask(
        self, method: str, path: str, body: Message | bytes | None = None, token: str | None = None
    ) -> httpx.Response:
        """Send one request."""
        content = encode(body) if isinstance(body, Message) else body
        with self.client(token) as client:
            return client.request(method, path, content=content)

    def written(self) -> str:
        """Return a digest of all rows."""
        digest = hashlib.sha256()
        with sqlite3.connect(self.database) as connection:
            tables = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            ).fetchall()
            for (name,) in tables:
                digest.update(name.encode())
                for row in connection.execute(f'SELECT * FROM "{name}"'):  # noqa: S608
                    digest.update(repr(row).encode())
        connection.close()
        return digest.hexdigest()


def new_id() -> str:
    return make_id(SystemClock().now(), secrets.token_bytes)


def decode_as(answer: httpx.Response, form: type[M]) -> M:
    """Return the message that a good answer is, by its tag where it is one of several."""
    assert answer.status_code == 200, answer.text
    found: M = decode(answer.content, form)
    return found


def problem(answer: httpx.Response) -> Problem:
    """Return the problem that an answer is."""
    assert answer.headers["content-type"] == "application/json"
    found: Problem = decode(answer.content, Problem)
    assert len(found.detail) <= 500
    return found


def make_cases(store: Store, hub_key: str = "") -> UseCases:
    clock = SystemClock()
    presence = Presence(clock)
    contacts = ContactBook(store, clock, presence)
    commands = Commands(store, clock)
    keys = HmacKeys(b"p" * 32)
    openings = Openings(store, clock, FewPeople())

    def answers() -> bool:
        store.ping()
        return True

    return UseCases(
        clock=clock,
        enrolment=Enrolment(store, clock, secrets.token_bytes, hub_key),
        openings=openings,
        renewals=Renewals(store, clock),
        tickets=Tickets(store, clock, FewPeople(), secrets.token_bytes, keys),
        intake=Intake(store, clock, keys),
        feed=Feed(store, clock),
        commands=commands,
        staff=StaffDoor(store, clock, secrets.token_bytes, QuickHasher()),
        presence=presence,
        contacts=contacts,
        days=Days(store, clock),
        cards=Cards(store, clock, FewPeople()),
        acts=ActJournal(store),
        hours=Hours(store, clock),
        rules=RoomRules(store, clock),
        house_rules=HouseRules(store),
        series=SeriesBook(store, clock, secrets.token_bytes),
        workshops=Workshops(store, clock, secrets.token_bytes),
        meetings=Meetings(store, clock, FewPeople()),
        registry=Registry(store, clock, REFERENCES, QuickHasher(), secrets.token_bytes),
        imports=Imports(store, clock, REFERENCES, QuickHasher().hash_all),
        guide=Guide(store, clock),
        provisioning=Provisioning(store, clock, FewPeople(), keys, QuickHasher()),
        passes=PassDesk(store, clock, secrets.token_bytes, keys),
        pass_openings=PassOpenings(store, clock, keys, openings),
        parked=ParkedDesk(store),
        janitor=Janitor(store, clock, commands, presence, contacts),
        money=money_cases(store, clock, secrets.token_bytes, HmacMoneyKeys(b"p" * 32), FewPeople()),
        watch=store.watch,
        database_answers=answers,
    )


def furnish(store: Store) -> None:
    """Put two sites with a room of three seats each into the store."""
    with store.begin(write=True) as work:
        work.categories.add(CategoryView(key="adult", title="Adulte"))
        for site in ("north", "south"):
            work.sites.add(SiteView(site_id=site, name=site.title(), town="Ville", staffed=True))
            room = f"{site}/room"
            work.rooms.add(
                RoomView(room_id=room, site_id=site, name="Salle", hours=ALWAYS, rule=RULE)
            )
            for number in (1, 2, 3):
                work.seats.add(
                    Seat(seat_id=f"{site}-{number}", room_id=room, site_id=site, number=number)
                )


@contextmanager
def running(application: Application) -> Iterator[str]:
    """Serve an application from a thread; yields its address."""
    listener = bind(Address("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    ready = threading.Event()
    server = Server(application.asgi, None, on_ready=ready.set, on_stop=application.broker.close)

    def serve() -> None:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(server.serve(sockets=[listener]))

    thread = threading.Thread(target=serve, name="hub under test")
    thread.start()
    try:
        assert ready.wait(10)
        yield url
    finally:
        server.stop()
        thread.join(10)
        assert not thread.is_alive()


@contextmanager
def open_house(folder: Path) -> Iterator[House]:
    """Build the house, serve it, and take it down."""
    database = folder / "hub.sqlite"
    clock = SystemClock()
    log = io.StringIO()
    # An error in the log fails the test: the guard of the tests sits at the root of all loggers.
    undo_log = configure(LogForm.JSON, log)
    # The client of the tests tells whole addresses.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    store = open_store(sqlite_address(database), clock.now)
    try:
        furnish(store)
        cases = make_cases(store)
        for role in Role:
            cases.staff.add(role, role.title(), PASSWORD, frozenset({role}), ("north",))
        application = make_application(cases, "0.0", slow_threads=2)
        with running(application) as url:
            enrolled = enrol(url, cases, "north/room")
            staff = {role: sign_in(url, role) for role in Role}
            yield House(
                url=url,
                database=database,
                store=store,
                cases=cases,
                application=application,
                station=enrolled.token,
                station_id=enrolled.station_id,
                staff=staff,
                log=log,
            )
    finally:
        store.close()
        undo_log()


def enrol(url: str, cases: UseCases, room: str, number: int | None = None) -> StationEnrolled:
    """Enrol a new station in a room."""
    code = cases.enrolment.make_code(room, 1)
    assert isinstance(code, str)
    ask = EnrolStation(code=code, station_id=new_id(), hostname="pc", seat_number=number)
    answer = httpx.post(f"{url}/v1/enrolments", content=encode(ask), trust_env=False, verify=PLAIN)
    found: EnrolmentAnswer = decode(answer.content, EnrolmentAnswer)
    assert isinstance(found, StationEnrolled)
    return found


def sign_in(url: str, name: str) -> str:
    """Return the bearer token of a new session."""
    answer = httpx.post(
        f"{url}/v1/staff/sessions",
        content=encode(SignInStaff(name=name, password=PASSWORD)),
        trust_env=False,
        verify=PLAIN,
    )
    found: StaffAnswer = decode(answer.content, StaffAnswer)
    assert isinstance(found, StaffSignedIn)
    return found.token
