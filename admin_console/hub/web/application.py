"""The application of the hub: its routes, put together from use cases that are given to it.

Life cycle: `make_application` builds everything without touching the database; what runs beside
the requests (the broker's loop, the janitor's rounds) starts and ends with the server.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import structlog
from litestar import Litestar, Router
from litestar.handlers import HTTPRouteHandler

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
from admin_console.hub.service.importing import Imports
from admin_console.hub.service.intake import Intake
from admin_console.hub.service.janitor import Janitor
from admin_console.hub.service.meeting import Meetings
from admin_console.hub.service.money.cases import MoneyCases
from admin_console.hub.service.opening import Openings
from admin_console.hub.service.parked import ParkedDesk
from admin_console.hub.service.port import Clock, Listener
from admin_console.hub.service.provision import Provisioning
from admin_console.hub.service.registry import Registry
from admin_console.hub.service.renewal import Renewals
from admin_console.hub.service.roomrule import RoomRules
from admin_console.hub.service.series import SeriesBook
from admin_console.hub.service.staff import StaffDoor
from admin_console.hub.service.ticket import Tickets
from admin_console.hub.service.workshop import Workshops
from admin_console.hub.web.act import act_routes
from admin_console.hub.web.broker import Broker
from admin_console.hub.web.desk import card_route, command_routes, estate_routes, session_routes
from admin_console.hub.web.document import describe_routes, document_route
from admin_console.hub.web.door import Door
from admin_console.hub.web.guide import places_route
from admin_console.hub.web.hold import hold_routes, price_routes
from admin_console.hub.web.hours import hours_route
from admin_console.hub.web.houserules import house_rules_route
from admin_console.hub.web.log import RequestLog
from admin_console.hub.web.money import doubt_routes, print_card_routes
from admin_console.hub.web.paper import paper_routes
from admin_console.hub.web.people import import_route, meeting_route, registry_routes
from admin_console.hub.web.pool import Pool
from admin_console.hub.web.problem import handlers
from admin_console.hub.web.provision import parked_routes, pass_route, provision_routes
from admin_console.hub.web.reading import change_routes, health_route
from admin_console.hub.web.roomrule import rule_route
from admin_console.hub.web.round import Rounds
from admin_console.hub.web.station import (
    enrolment_route,
    fact_routes,
    report_route,
    slot_routes,
)
from admin_console.hub.web.ticket import own_ticket_routes, room_ticket_routes
from admin_console.hub.web.till import drawer_routes, receipt_routes, till_routes
from admin_console.hub.web.workshop import workshop_routes
from kiosk.wire.codec import LARGEST_MESSAGE, VERSION

THREADS = 8
WAITING = 200
SLOW_WAITING = 100
STRANGERS_WAITING = 50
FILES_WAITING = 3


@dataclass(frozen=True, slots=True)
class UseCases:
    """What the routes call; `watch` tells a listener of every commit with changes."""

    clock: Clock
    enrolment: Enrolment
    openings: Openings
    renewals: Renewals
    tickets: Tickets
    intake: Intake
    feed: Feed
    commands: Commands
    staff: StaffDoor
    presence: Presence
    contacts: ContactBook
    days: Days
    cards: Cards
    acts: ActJournal
    hours: Hours
    rules: RoomRules
    house_rules: HouseRules
    series: SeriesBook
    workshops: Workshops
    meetings: Meetings
    registry: Registry
    imports: Imports
    guide: Guide
    provisioning: Provisioning
    passes: PassDesk
    pass_openings: PassOpenings
    parked: ParkedDesk
    janitor: Janitor
    money: MoneyCases
    watch: Callable[[Listener], Callable[[], None]]
    database_answers: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Application:
    """The application as the server serves it, and what its owner must reach.

    Attributes:
        asgi: what is served.
        litestar: the routes.
        document: the OpenAPI document, as JSON.
        broker: to be closed when the server begins to stop.
    """

    asgi: RequestLog
    litestar: Litestar
    document: bytes
    broker: Broker


def make_application(cases: UseCases, version: str, slow_threads: int) -> Application:
    """Return the application.

    Args:
        cases: what the routes call.
        version: of the program, for /healthz and the API document.
        slow_threads: how many slow hashes may be under way at once.
    """
    pool = Pool("hub", THREADS, WAITING)
    slow = Pool("hub-slow", slow_threads, SLOW_WAITING)
    # Whoever knocks without a token waits apart: a crowd at the door keeps no visitor from a seat.
    strangers = Pool("hub-strangers", 1, STRANGERS_WAITING)
    # A file of members with their codes takes minutes.
    files = Pool("hub-files", 1, FILES_WAITING)
    broker = Broker()
    door = Door(cases.enrolment.identify, cases.staff.identify, pool)

    def tell() -> None:
        door.sweep()
        structlog.get_logger("creneau.hub").info(
            "minute", counted=served.take_count(), readers=broker.readers
        )

    def sweep() -> None:
        cases.janitor.sweep()
        cases.money.doubts.sweep()

    def tidy() -> None:
        cases.janitor.tidy()
        cases.money.lapses.sweep()

    rounds = Rounds(pool, cases.contacts.settle, sweep, tidy, tell)

    @contextlib.asynccontextmanager
    async def life(_: Litestar) -> AsyncIterator[None]:
        broker.open()
        stop_watching = cases.watch(broker.tell)
        await pool.run(cases.contacts.load)
        going = asyncio.create_task(rounds.run())
        try:
            yield
        finally:
            going.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await going
            broker.close()
            stop_watching()
            await asyncio.to_thread(pool.close)
            await asyncio.to_thread(slow.close)
            await asyncio.to_thread(strangers.close)
            await asyncio.to_thread(files.close)

    routes: list[HTTPRouteHandler | Router] = [
        health_route(version, cases.database_answers, pool),
        Router(
            f"/v{VERSION}",
            route_handlers=[
                enrolment_route(cases.enrolment, door, strangers),
                report_route(cases.presence, cases.feed, door, cases.clock.now, rounds.nudge),
                *fact_routes(cases.feed, cases.intake, door, pool),
                places_route(cases.guide, door, pool),
                *slot_routes(cases.openings, cases.renewals, cases.provisioning, door, pool, slow),
                *provision_routes(cases.provisioning, cases.pass_openings, door, pool),
                pass_route(cases.passes, door, pool),
                *parked_routes(cases.parked, door, pool),
                *own_ticket_routes(cases.tickets, door, pool),
                *room_ticket_routes(cases.tickets, door, pool),
                *change_routes(cases.feed, broker, door, pool),
                *session_routes(cases.staff, door, pool, strangers),
                *estate_routes(cases.feed, cases.days, door, pool),
                *command_routes(cases.commands, door, pool),
                card_route(cases.cards, door, pool),
                *act_routes(cases.acts, cases.cards, door, pool),
                hours_route(cases.hours, door, pool),
                rule_route(cases.rules, door, pool),
                house_rules_route(cases.house_rules, door, pool),
                *workshop_routes(cases.series, cases.workshops, door, pool),
                meeting_route(cases.meetings, door, pool),
                *registry_routes(cases.registry, door, pool, slow),
                import_route(cases.imports, door, files),
                *print_card_routes(cases.money, door, pool),
                *till_routes(cases.money, door, pool),
                *drawer_routes(cases.money, door, pool),
                *receipt_routes(cases.money, door, pool),
                *paper_routes(cases.money, door, pool),
                *doubt_routes(cases.money, door, pool),
                *hold_routes(cases.money, door, pool),
                *price_routes(cases.money, door, pool),
            ],
        ),
    ]
    document = describe_routes(routes, version)
    litestar = Litestar(
        route_handlers=[*routes, document_route(document)],
        exception_handlers=handlers(),
        request_max_body_size=LARGEST_MESSAGE,
        lifespan=[life],
        openapi_config=None,
        logging_config=None,
    )
    served = RequestLog(litestar)
    return Application(served, litestar, document, broker)
