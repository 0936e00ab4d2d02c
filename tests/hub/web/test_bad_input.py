"""Whatever a peer sends, it gets a typed answer, and nothing is written."""

import http.client
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.wire.desk import Role
from kiosk.wire.money import MoneyFault, MoneyRefused
from kiosk.wire.problem import ProblemCode
from tests.hub.web.house import CARD, PIN, House, decode_as, new_id, open_house, problem

pytestmark = pytest.mark.leaks_allowed("a hub that tests share starts threads as it needs them")

NUL = "\\u0000"
BODIES: dict[str, dict[str, object]] = {
    "/v1/enrolments": {"code": "ABCD", "station_id": new_id(), "hostname": "pc"},
    "/v1/reports": {"phase": "free"},
    "/v1/slots": {"slot_id": new_id(), "card": CARD, "pin": PIN},
    "/v1/events": {"events": []},
    "/v1/staff/sessions": {"name": "agent", "password": "x"},
    "/v1/commands": {
        "command_id": new_id(),
        "seat_id": "north-1",
        "slot_id": None,
        "body": {"type": "identify"},
    },
}
SLOT = "01890000-0000-7000-8000-00000000abcd"
RULE = {"slot_seconds": 3600, "grace_seconds": 120, "closing_margin_seconds": 600,
    "shortest_slot_seconds": 300, "mercy_seconds": 300, "hold_seconds": 600, "away_seconds": 600,
    "idle_seconds": 900, "resume_seconds": 600, "letter": "A", "max_renewals": None,
    "daily_seconds": None}  # fmt: skip
DESK: dict[str, dict[str, object]] = {
    "/v1/commands": BODIES["/v1/commands"],
    "/v1/cards/search": {"card": CARD},
    "/v1/cards/show": {"card": CARD, "room_id": "north/room"},
    "/v1/acts/search": {"since": "2026-10-01T00:00:00Z", "until": "2026-10-02T00:00:00Z"},
    "/v1/people/search": {"card": CARD, "room_id": "north/room"},
    "/v1/people": {"facts": {"first_name": "", "category": "adult"}, "card": CARD, "pin": None},
    "/v1/people/change": {"card": CARD, "facts": {"first_name": "", "category": "adult"}},
    "/v1/people/pin": {"card": CARD},
    "/v1/rooms/north/tickets": {"ask_id": new_id(), "card": CARD, "seat": 1},
    "/v1/rooms/north/tickets/1": {"act": "leave", "until": None},
    "/v1/rooms/north/tickets/own": {"card": CARD, "act": "leave", "guest_pass": None},
    "/v1/rooms/north/hours": {
        "before": {"zone": "Europe/Paris", "week": [[], [], [], [], [], [], []]},
        "week": [[], [], [], [], [], [], []],
        "exceptions": [],
    },
    "/v1/rooms/north/rule": {"before": RULE, "draft": RULE},
    "/v1/sites/north/house-rules": {"before": "", "draft": "On parle bas."},
    "/v1/rooms/north/workshops": {"series_id": new_id(), "act": "open"},
    "/v1/rooms/north/series": {"series_id": new_id(), "before": None, "draft": None},
}
NUMBER, AT = "7700000000011", {"ask_id": new_id(), "site_id": "north"}
MONEY: dict[str, dict[str, object]] = {
    "/v1/print-cards": {**AT, "number": NUMBER, "member_card": None},
    "/v1/print-cards/mark": {**AT, "card_id": new_id(), "mark": "block", "reason": "lost"},
    "/v1/print-cards/replace": {**AT, "card_id": new_id(), "number": NUMBER, "reason": "lost"},
    "/v1/print-cards/statement": {"card_id": new_id(), "before": None},
    "/v1/top-ups": {
        "ask_id": new_id(), "till_id": "t", "number": NUMBER, "amount_cents": 5, "means": "cash",
    },
    "/v1/postings/reverse": {"ask_id": new_id(), "posting_id": new_id(), "reason": "mistyped"},
    "/v1/tills/open": {"ask_id": new_id(), "till_id": "t", "float_cents": 5},
    "/v1/tills/count": {"ask_id": new_id(), "till_id": "t", "coins": [], "card_cents": 5},
    "/v1/tills/close": {"ask_id": new_id(), "till_id": "t", "kept_cents": 5, "reason": "lost"},
    "/v1/receipts/copy": {"ask_id": new_id(), "till_id": "t", "year": 2026, "number": 1},
    "/v1/doubts/settle": {"site_id": "north", "hold_id": new_id(), "printed": 1, "reason": "seen"},
    "/v1/refunds": {**AT, "hold_id": new_id(), "pages": 1, "reason": "streaks"},
    "/v1/prices": {"site_id": "north", "prices": [], "free": [], "lapses": []},
}  # fmt: skip
JOB = {"paper": "a4", "sides": "one", "copies": 1, "colours": [False]}
BODIES |= {
    "/v1/print-cards/seated": {"slot_id": SLOT, "number": NUMBER},
    "/v1/holds/quote": {"slot_id": SLOT, "job": JOB, "number": NUMBER},
    "/v1/holds": {
        "hold_id": new_id(), "slot_id": SLOT, "job": JOB, "quoted_cents": 5, "number": NUMBER,
    },
    "/v1/holds/send": {"hold_id": new_id()},
    "/v1/holds/settle": {"hold_id": new_id(), "printed": 1},
}  # fmt: skip
BODIES |= DESK | MONEY
BODIES["/v1/tickets"] = {"ask_id": new_id(), "card": CARD}
BODIES["/v1/tickets/own"] = {"card": CARD, "act": "step_away", "until": None}
BODIES[f"/v1/slots/{SLOT}/renewals"] = {"slot_id": SLOT, "from_total_seconds": 60}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as found:
        yield found


def token_for(house: House, path: str) -> str | None:
    if path in {"/v1/enrolments", "/v1/staff/sessions"}:
        return None
    if path in MONEY:
        return house.staff[Role.REGISSEUR]
    return house.staff[Role.AGENT] if path in DESK else house.station


@pytest.mark.parametrize("path", BODIES)
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", ProblemCode.NOT_JSON),
        (b"{", ProblemCode.NOT_JSON),
        (b"\xff\xfe\x00", ProblemCode.NOT_JSON),
        (b"card=7001&pin=1", ProblemCode.NOT_JSON),
        (b"null", ProblemCode.INVALID),
        (b"[]", ProblemCode.INVALID),
        (b'"text"', ProblemCode.INVALID),
        (b"{}", ProblemCode.INVALID),
        (b"[" * 100_000, ProblemCode.INVALID),
        (b'{"a":' * 50_000, ProblemCode.NOT_JSON),
    ],
    ids=[
        "empty", "cut", "bytes", "form", "null", "list", "text", "object", "deep list",
        "deep object",
    ],
)  # fmt: skip
def test_a_body_of_another_form_is_refused(
    house: House, path: str, body: bytes, code: ProblemCode
) -> None:
    before = house.written()

    answer = house.ask("POST", path, body, token_for(house, path))

    assert answer.status_code == 400
    assert problem(answer).code in {code, ProblemCode.INVALID, ProblemCode.NOT_JSON}
    assert house.written() == before


@pytest.mark.parametrize("path", BODIES)
@pytest.mark.parametrize(
    "value",
    [10**400, -(10**30), 2**63, 1e308, {"a": 1}, "x" * 5000, f"nul{chr(0)}", "\ud800"],
    ids=["huge", "low", "long", "float", "object", "novel", "nul", "surrogate"],
)
def test_a_field_of_another_form_is_refused(house: House, path: str, value: object) -> None:
    before = house.written()
    for name in BODIES[path]:
        body = json.dumps({**BODIES[path], name: value}).encode()

        answer = house.ask("POST", path, body, token_for(house, path))

        assert answer.status_code == 400, name
        assert problem(answer).code in {ProblemCode.INVALID, ProblemCode.NOT_JSON}
    assert house.written() == before


@pytest.mark.parametrize("path", BODIES)
def test_a_text_with_a_nul_is_refused(house: House, path: str) -> None:
    before = house.written()
    raw = json.dumps({**BODIES[path], "more": f"a{chr(0)}b"}).encode()
    assert NUL.encode() in raw

    answer = house.ask("POST", path, raw, token_for(house, path))

    assert answer.status_code == 400
    assert problem(answer).code is ProblemCode.INVALID
    assert house.written() == before


def test_a_backslash_before_the_letters_of_a_nul_is_no_nul(house: House) -> None:
    raw = json.dumps({**BODIES["/v1/enrolments"], "code": f"1{chr(92)}u0000"}).encode()

    answer = house.ask("POST", "/v1/enrolments", raw)

    assert answer.json() == {"type": "enrolment_refused", "code": "code"}


@pytest.mark.parametrize("path", BODIES)
def test_a_body_that_is_too_large_is_refused(house: House, path: str) -> None:
    before = house.written()
    raw = json.dumps({**BODIES[path], "more": "x" * 256 * 1024}).encode()

    answer = house.ask("POST", path, raw, token_for(house, path))

    assert answer.status_code == 413
    assert problem(answer).code is ProblemCode.TOO_LARGE
    assert house.written() == before


def test_a_large_body_that_does_not_tell_its_length_is_refused(house: House) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(80):
            yield b" " * 4096

    with house.client(house.station) as client:
        answer = client.post("/v1/reports", content=pieces())

    assert answer.status_code == 413
    assert problem(answer).code is ProblemCode.TOO_LARGE


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/v1"),
        ("GET", "/v1/nothing"),
        ("GET", "/v1/openapi.json/more"),
        ("POST", "/v2/reports"),
        ("GET", "/v1/seats//day"),
        ("GET", "/schema"),
        ("GET", "/v1/%00"),
    ],
)
def test_an_unknown_path_is_a_problem(house: House, method: str, path: str) -> None:
    answer = house.ask(method, path, token=house.station)

    assert answer.status_code == 404
    assert problem(answer).code is ProblemCode.NOT_FOUND


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_a_wrong_method_is_a_problem(house: House, method: str) -> None:
    answer = house.ask(method, "/v1/reports", token=house.station)

    assert answer.status_code == 405
    assert problem(answer).code is ProblemCode.METHOD_NOT_ALLOWED
    assert "POST" in answer.headers["allow"]


@pytest.mark.parametrize(
    "query",
    ["", "after=", "after=x", "after=-1", "after=1.5", f"after={2**53 + 1}", f"after={10**400}",
     "after=%00", "after=1&after=x"],
)  # fmt: skip
def test_a_cursor_that_is_none_is_refused(house: House, query: str) -> None:
    answer = house.ask("GET", f"/v1/changes?{query}", token=house.station)

    assert answer.status_code == 400
    assert problem(answer).code is ProblemCode.INVALID


@pytest.mark.parametrize("seconds", ["", "0", "-5", "86401", "x", f"{10**30}"])
def test_a_forecast_for_no_time_is_refused(house: House, seconds: str) -> None:
    path = f"/v1/slots/{new_id()}/forecast?seconds={seconds}"

    answer = house.ask("GET", path, token=house.staff[Role.AGENT])

    assert answer.status_code == 400
    assert problem(answer).code is ProblemCode.INVALID


@pytest.mark.parametrize("slot_id", ["x", "%00", SLOT.upper(), f"{SLOT}%0A", "é" * 40])
def test_an_address_with_no_slot_is_refused(house: House, slot_id: str) -> None:
    before = house.written()

    asked = house.ask(
        "GET", f"/v1/slots/{slot_id}/forecast?seconds=60", token=house.staff[Role.AGENT]
    )
    body = json.dumps({"slot_id": new_id(), "from_total_seconds": 0}).encode()
    renewed = house.ask("POST", f"/v1/slots/{slot_id}/renewals", body, house.station)

    assert [asked.status_code, renewed.status_code] == [400, 400]
    assert problem(asked).code is problem(renewed).code is ProblemCode.INVALID
    assert house.written() == before


@pytest.mark.parametrize(
    ("seat_id", "status"),
    [("nothing", 404), ("south-1", 404), ("%00", 400), ("a%0Ab", 400), ("x" * 81, 400),
     ("%27%3B--", 404)],
)  # fmt: skip
def test_a_seat_that_nobody_may_know_of_is_not_found(
    house: House, seat_id: str, status: int
) -> None:
    answer = house.ask("GET", f"/v1/seats/{seat_id}/day", token=house.staff[Role.AGENT])

    assert answer.status_code == status
    problem(answer)


def test_two_slots_in_one_renewal_are_refused(house: House) -> None:
    body = json.dumps({"slot_id": new_id(), "from_total_seconds": 0}).encode()

    answer = house.ask("POST", f"/v1/slots/{new_id()}/renewals", body, house.station)

    assert problem(answer).code is ProblemCode.INVALID


def test_a_batch_of_more_than_a_hundred_events_is_refused(house: House) -> None:
    before = house.written()
    event = {
        "event_id": new_id(), "seq": 1, "at": "2026-01-01T00:00:00Z", "clock_trusted": True,
        "body": {"type": "help_asked"},
    }  # fmt: skip
    body = json.dumps({"events": [event] * 101}).encode()

    answer = house.ask("POST", "/v1/events", body, house.station)

    assert problem(answer).code is ProblemCode.INVALID
    assert house.written() == before


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01T00:00:00"]
)
def test_an_instant_beyond_the_calendar_is_answered(house: House, at: str) -> None:
    event = {
        "event_id": new_id(), "seq": 9, "at": at, "clock_trusted": False,
        "body": {"type": "slot_opened", "slot_id": new_id(), "total_seconds": 60, "ends_at": at},
    }  # fmt: skip

    answer = house.ask(
        "POST", "/v1/events", json.dumps({"events": [event]}).encode(), house.station
    )

    assert answer.status_code in {200, 400}


def test_a_request_that_is_no_http_ends_the_connection(
    house: House, expect_log: Callable[..., None]
) -> None:
    expect_log("uvicorn.error", "Invalid HTTP request")
    host, _, port = house.url.removeprefix("http://").partition(":")
    connection = http.client.HTTPConnection(host, int(port), timeout=5)
    connection.putrequest("POST", "/v1/reports", skip_accept_encoding=True)
    connection.putheader("Content-Length", "nonsense")
    connection.endheaders()

    assert connection.getresponse().status == 400
    connection.close()


def test_no_file_is_reached_by_a_path(house: House, tmp_path: Path) -> None:
    for path in ("/v1/../../../etc/passwd", "/v1/%2e%2e/%2e%2e/etc/passwd", f"/v1/{tmp_path}"):
        assert house.ask("GET", path).status_code == 404


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("9999-12-31", "9999-12-31"), ("9998-12-31", "9999-12-31"), ("9999-01-01", "9999-01-02"),
        ("0001-01-01", "0001-01-02"), ("0001-01-01", "9999-12-31"),
    ],
)  # fmt: skip
def test_a_period_at_an_end_of_the_calendar_is_refused(
    house: House, since: str, until: str
) -> None:
    token, period = house.staff[Role.REGISSEUR], f"since={since}&until={until}"
    path = "/v1/sites/north/till-journal"

    told = house.ask("GET", f"{path}?{period}", token=token)
    made = house.ask("GET", f"{path}/export?form=csv&{period}", token=token)

    assert decode_as(told, MoneyRefused) == MoneyRefused(fault=MoneyFault.DATES_REVERSED)
    assert made.status_code == 400
    assert problem(made).code is ProblemCode.INVALID


def test_the_last_day_that_can_be_told_is_told(house: House) -> None:
    path = "/v1/sites/north/till-journal?since=9998-12-31&until=9998-12-31"
    assert house.ask("GET", path, token=house.staff[Role.REGISSEUR]).status_code == 200
