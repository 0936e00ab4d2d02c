"""Each route lets in whom it is for; a beat asks no SQL; who is nobody any more is forgotten."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from admin_console.hub.service.identity import Reader, StaffIdentity, StationIdentity
from admin_console.hub.web.door import STAFF_SECONDS, Door
from admin_console.hub.web.pool import Pool
from kiosk.wire.codec import Message
from kiosk.wire.desk import Role
from kiosk.wire.event import Event, EventBatch, SlotOpened
from kiosk.wire.problem import ProblemCode
from kiosk.wire.station import OpenSlot, Phase, StationReport
from kiosk.wire.ticket import TakeTicket
from tests.helpers.process import wait_until
from tests.hub.web.house import CARD, PIN, House, enrol, new_id, open_house, problem, sign_in
from tests.hub.web.money_door import CASHIER, MONEY, MONEY_BODIES, STEWARD

pytestmark = pytest.mark.leaks_allowed("a hub that tests share starts threads as it needs them")

SLOT = "01890000-0000-7000-8000-00000000abcd"
ANYBODY, STATION, READER = "anybody", "station", "reader"
STAFF, COMMANDER, TAKER, KEEPER = "staff", "commander", "taker", "keeper of hours"
RULER, BOARD = "ruler", "board"
RULE = {"slot_seconds": 3600, "grace_seconds": 120, "closing_margin_seconds": 600,
    "shortest_slot_seconds": 300, "mercy_seconds": 300, "hold_seconds": 600, "away_seconds": 600,
    "idle_seconds": 900, "resume_seconds": 600, "letter": "A"}  # fmt: skip
ROUTES = {
    ("GET", "/healthz"): ANYBODY,
    ("GET", "/v1/openapi.json"): ANYBODY,
    ("POST", "/v1/enrolments"): ANYBODY,
    ("POST", "/v1/staff/sessions"): ANYBODY,
    ("GET", "/v1/situation"): STATION,
    ("GET", "/v1/places"): STATION,
    ("POST", "/v1/reports"): STATION,
    ("POST", "/v1/slots"): STATION,
    ("GET", "/v1/provisions"): STATION,
    ("POST", "/v1/slots/pass"): STATION,
    ("POST", f"/v1/slots/{SLOT}/renewals"): STATION,
    ("POST", "/v1/events"): STATION,
    ("POST", "/v1/tickets"): STATION,
    ("POST", "/v1/tickets/own"): STATION,
    ("GET", "/v1/changes?after=0"): READER,
    ("GET", "/v1/stream"): READER,
    ("DELETE", "/v1/staff/sessions"): STAFF,
    ("GET", "/v1/estate"): STAFF,
    ("GET", "/v1/seats/north-1/day"): STAFF,
    ("POST", "/v1/commands"): COMMANDER,
    ("GET", f"/v1/slots/{SLOT}/forecast?seconds=60"): COMMANDER,
    ("POST", "/v1/cards/search"): COMMANDER,
    ("POST", "/v1/cards/show"): COMMANDER,
    ("POST", "/v1/acts/search"): RULER,
    ("POST", "/v1/sites/other/passes"): COMMANDER,
    ("GET", "/v1/sites/other/parked"): COMMANDER,
    ("POST", "/v1/sites/other/parked"): COMMANDER,
    ("POST", "/v1/people/search"): COMMANDER,
    ("POST", "/v1/people"): COMMANDER,
    ("POST", "/v1/people/change"): COMMANDER,
    ("POST", "/v1/people/pin"): COMMANDER,
    ("POST", "/v1/people/import"): KEEPER,
    ("POST", "/v1/rooms/north/hours"): KEEPER,
    ("POST", "/v1/rooms/north/rule"): RULER,
    ("POST", "/v1/sites/other/house-rules"): RULER,
    ("POST", "/v1/rooms/north/series"): COMMANDER,
    ("POST", "/v1/rooms/north/workshops"): COMMANDER,
    ("POST", "/v1/rooms/north/tickets"): TAKER,
    ("POST", "/v1/rooms/north/tickets/1"): COMMANDER,
    ("POST", "/v1/rooms/north/tickets/own"): BOARD,
}
COMMANDERS = {Role.AGENT, Role.TRAINER, Role.IT, Role.ADMIN}
ROUTES |= MONEY
NOT_FOR_STATIONS = {STAFF, COMMANDER, TAKER, KEEPER, RULER, CASHIER, STEWARD, BOARD}
LET_IN = {
    CASHIER: {Role.CASHIER, Role.REGISSEUR, Role.ADMIN},
    STEWARD: {Role.REGISSEUR, Role.ADMIN},
    COMMANDER: COMMANDERS,
    TAKER: COMMANDERS | {Role.OBSERVER},
    KEEPER: {Role.IT, Role.ADMIN},
    RULER: {Role.ADMIN},
    STATION: set[Role](),
    BOARD: {Role.OBSERVER},
}
BODIES = {
    "/v1/commands": {
        "command_id": new_id(), "seat_id": "north-3", "slot_id": None, "body": {"type": "identify"},
    },
    "/v1/cards/search": {"card": "20481000012345"},
    "/v1/cards/show": {"card": "20481000012345", "room_id": "north/room"},
    "/v1/acts/search": {"since": "2026-10-01T00:00:00Z", "until": "2026-10-02T00:00:00Z"},
    "/v1/people/search": {"card": "20481000012345", "room_id": "north/room"},
    "/v1/people": {"facts": {"category": "adult"}},
    "/v1/people/change": {"card": "20481000012345", "facts": {"category": "adult"}},
    "/v1/people/pin": {"card": "20481000012345"},
    "/v1/people/import": {"content": ""},
    "/v1/rooms/north/hours": {
        "before": {"zone": "Europe/Paris", "week": [[]] * 7}, "week": [[]] * 7,
    },
    "/v1/rooms/north/rule": {"before": RULE, "draft": RULE},
    "/v1/sites/other/house-rules": {"before": "", "draft": "On parle bas."},
    "/v1/sites/other/passes": {"ask_id": new_id()},
    "/v1/sites/other/parked": {"event_ids": []},
    "/v1/rooms/north/series": {"series_id": new_id()},
    "/v1/rooms/north/workshops": {"series_id": new_id(), "act": "open"},
    "/v1/rooms/north/tickets": {"ask_id": new_id()},
    "/v1/rooms/north/tickets/1": {"act": "leave"},
    "/v1/rooms/north/tickets/own": {"card": "20481000012345", "act": "leave"},
}  # fmt: skip
BODIES |= MONEY_BODIES
"""What a role is judged by only once it is read."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as found:
        yield found


def status(house: House, method: str, path: str, token: str | None) -> int:
    """Return the status alone, also of a stream that does not end; checks that a no is typed."""
    body = json.dumps(BODIES.get(path, {})).encode()
    with (
        house.client(token) as client,
        client.stream(method, path, content=body if method == "POST" else None) as answer,
    ):
        if answer.status_code in {401, 403}:
            answer.read()
            expected = {401: ProblemCode.NOT_SIGNED_IN, 403: ProblemCode.NOT_ALLOWED}
            assert problem(answer).code is expected[answer.status_code]
        return answer.status_code


def test_the_matrix_names_every_route(shared: House) -> None:
    places = {
        SLOT: "{slot_id:str}", "north-1": "{seat_id:str}", "north": "{room_id:str}",
        "tickets/1": "tickets/{number:int}", "sites/other": "sites/{site_id:str}",
        "tills/till": "tills/{till_id:str}", "closings/1": "closings/{session:int}",
        "receipts/till/2026/1": "receipts/{till_id:str}/{year:int}/{number:int}",
    }  # fmt: skip
    named = set()
    for method, path in ROUTES:
        route = path.partition("?")[0]
        for example, place in places.items():
            route = route.replace(example, place)
        named.add((method, route))
    served = {
        (method, route.path)
        for route in shared.application.litestar.routes
        for method in route.methods
        if method != "OPTIONS"
    }

    assert served == named


@pytest.mark.parametrize(("method", "path"), ROUTES)
@pytest.mark.parametrize("token", [None, "x", "0" * 64, "é", "Bearer"])
def test_a_stranger_is_let_in_only_where_anybody_is(
    shared: House, method: str, path: str, token: str | None
) -> None:
    if token == "é":
        with shared.client() as client:
            headers = {b"Authorization": "Bearer é".encode()}
            found = client.request(method, path, headers=headers).status_code
    else:
        found = status(shared, method, path, token)

    assert (found == 401) is (ROUTES[method, path] != ANYBODY)


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_a_station_is_let_in_where_stations_are(shared: House, method: str, path: str) -> None:
    found = status(shared, method, path, shared.station)

    assert (found == 403) is (ROUTES[method, path] in NOT_FOR_STATIONS)


@pytest.mark.parametrize(("method", "path"), [key for key in ROUTES if key[0] != "DELETE"])
@pytest.mark.parametrize("role", Role)
def test_staff_are_let_in_where_their_role_reaches(
    shared: House, method: str, path: str, role: Role
) -> None:
    found = status(shared, method, path, shared.staff[role])

    kind = ROUTES[method, path]
    assert (found == 403) is (role not in LET_IN.get(kind, set(Role)))


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Basic abc", "bearer", "Bearer a b", "Bearer " + "a" * 5000]
)
def test_a_header_that_is_no_bearer_is_a_stranger(shared: House, header: str) -> None:
    with shared.client() as client:
        answer = client.get("/v1/situation", headers={"Authorization": header})

    assert problem(answer).code is ProblemCode.NOT_SIGNED_IN
    assert answer.headers["www-authenticate"] == "Bearer"


def contact_is_written(house: House) -> bool:
    with house.store.begin(write=False) as work:
        return len(work.seats.in_contact()) == 1


def test_a_beat_asks_no_sql(house: House) -> None:
    report = StationReport(phase=Phase.FREE)
    house.ask("POST", "/v1/reports", report, house.station)
    wait_until(lambda: contact_is_written(house))
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(house.store._engine, "before_cursor_execute", note)
    try:
        with house.client(house.station) as client:
            for _ in range(50):
                assert client.post("/v1/reports", content=b'{"phase":"free"}').status_code == 200
    finally:
        event.remove(house.store._engine, "before_cursor_execute", note)

    # The janitor may sweep meanwhile; nothing asks who the station is, and nothing is written.
    assert not [text for text in statements if "token" in text or not text.startswith("SELECT")]


def test_a_replaced_station_is_nobody_at_once(house: House) -> None:
    assert house.ask("GET", "/v1/situation", token=house.station).status_code == 200

    enrol(house.url, house.cases, "north/room", number=1)

    answer = house.ask("GET", "/v1/situation", token=house.station)
    assert problem(answer).code is ProblemCode.NOT_SIGNED_IN


@pytest.mark.parametrize("forged", [True, False], ids=["forged", "replaced"])
def test_a_station_on_a_seat_that_it_does_not_have_changes_nothing(
    house: House, forged: bool
) -> None:
    token = "0" * 64 if forged else house.station
    if not forged:
        enrol(house.url, house.cases, "north/room", number=1)
    now = datetime.now(UTC)
    opened = SlotOpened(slot_id=SLOT, total_seconds=3600, ends_at=now)
    event = Event(event_id=new_id(), seq=1, at=now, clock_trusted=True, body=opened)
    asks: dict[str, Message] = {
        "/v1/slots": OpenSlot(slot_id=new_id(), card=CARD, pin=PIN),
        "/v1/events": EventBatch(events=(event,)),
        "/v1/tickets": TakeTicket(ask_id=new_id(), card=CARD),
        "/v1/reports": StationReport(phase=Phase.FREE),
    }
    before = house.written()

    for path, ask in asks.items():
        answer = house.ask("POST", path, ask, token)
        assert (answer.status_code, problem(answer).code) == (401, ProblemCode.NOT_SIGNED_IN)

    assert house.written() == before


def test_staff_who_signed_out_are_strangers_at_once(house: House) -> None:
    token = sign_in(house.url, Role.AGENT)
    assert house.ask("GET", "/v1/estate", token=token).status_code == 200

    assert house.ask("DELETE", "/v1/staff/sessions", token=token).status_code == 204

    assert problem(house.ask("GET", "/v1/estate", token=token)).code is ProblemCode.NOT_SIGNED_IN
    assert house.ask("GET", "/v1/estate", token=house.staff[Role.AGENT]).status_code == 200


# ---------------------------------------------------------------------------- the door alone

PC = StationIdentity("station", "seat", "room", "site")
PERSON = StaffIdentity("id", "agent", "Agent", frozenset({Role.AGENT}), ("site",))


class Books:
    """Who holds which token, how often that was asked, and what happens while it is asked."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.asked = 0
        self.holders: dict[str, Reader] = {"pc": PC, "person": PERSON}
        self.pool = Pool("books", 1, 10)
        self.door = Door(self.station, self.staff, self.pool, lambda: self.seconds)

    def station(self, token: str) -> StationIdentity | None:
        self.asked += 1
        found = self.holders.get(token)
        return found if isinstance(found, StationIdentity) else None

    def staff(self, token: str) -> StaffIdentity | None:
        found = self.holders.get(token)
        return found if isinstance(found, StaffIdentity) else None


@pytest.fixture
def books() -> Iterator[Books]:
    found = Books()
    yield found
    found.pool.close()


def test_a_station_is_remembered_until_forgotten(books: Books) -> None:
    async def story() -> None:
        assert await books.door.recognise("pc") == PC
        books.seconds = 1e9
        assert await books.door.recognise("pc") == PC
        assert books.asked == 1
        books.door.forget_stations()
        del books.holders["pc"]
        assert await books.door.recognise("pc") is None

    asyncio.run(story())


def test_staff_are_asked_for_again_after_a_while(books: Books) -> None:
    async def story() -> None:
        assert await books.door.recognise("person") == PERSON
        del books.holders["person"]
        assert await books.door.recognise("person") == PERSON
        books.seconds = STAFF_SECONDS
        assert await books.door.recognise("person") is None

    asyncio.run(story())


def test_a_stranger_is_not_remembered(books: Books) -> None:
    async def story() -> None:
        assert await books.door.recognise("later") is None
        books.holders["later"] = PERSON
        assert await books.door.recognise("later") == PERSON

    asyncio.run(story())


def test_an_answer_older_than_a_forgetting_is_not_kept(books: Books) -> None:
    async def story() -> None:
        asking = asyncio.create_task(books.door.recognise("person"))
        await asyncio.sleep(0)
        books.door.forget_token("person")
        assert await asking == PERSON
        del books.holders["person"]
        assert await books.door.recognise("person") is None

    asyncio.run(story())


def test_a_sweep_drops_what_is_too_old(books: Books) -> None:
    async def story() -> None:
        await books.door.recognise("person")
        await books.door.recognise("pc")
        books.seconds = STAFF_SECONDS
        books.door.sweep()
        assert [known.reader for known in books.door._known.values()] == [PC]

    asyncio.run(story())
