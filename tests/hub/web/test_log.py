"""The log tells requests and never people."""

import io
import json
import logging
import sys
from collections.abc import Callable, Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from admin_console.hub.setting import LogForm
from admin_console.hub.web.log import HIDDEN, configure, redact
from admin_console.hub.web.trace import describe
from kiosk.wire.codec import decode, encode
from kiosk.wire.desk import Role, SignInStaff
from kiosk.wire.station import OpenSlot, SlotAnswer, SlotGranted
from tests.helpers.process import wait_until
from tests.hub.web.house import CARD, FIRST_NAME, PASSWORD, PIN, House, new_id

WRONG_PIN = "998877"
WRONG_PASSWORD = "je ne sais plus du tout"


def hide(event: dict[str, object]) -> dict[str, object]:
    return dict(redact(None, "info", event))


@pytest.mark.parametrize(
    "name",
    [
        "card", "pin", "password", "token", "first_name", "authorization", "Authorization",
        "bearer_token", "card_number", "set-cookie", "pepper", "digits", "lookup", "room_key",
        "day_key", "verifier",
    ],
)  # fmt: skip
def test_a_value_under_a_telling_name_is_hidden(name: str) -> None:
    assert hide({name: "7001"}) == {name: HIDDEN}
    assert hide({"body": {name: "7001"}}) == {"body": {name: HIDDEN}}
    assert hide({"list": [{name: "7001"}]}) == {"list": [{name: HIDDEN}]}


@pytest.mark.parametrize("name", ["route", "status", "spinning", "discarded", "kept_in"])
def test_a_harmless_name_is_told(name: str) -> None:
    assert hide({name: 5}) == {name: 5}


@given(st.recursive(st.text(), lambda inner: st.dictionaries(st.text(), inner), max_leaves=20))
def test_hiding_never_fails(value: object) -> None:
    assert set(hide({"value": value})) == {"value"}


def test_an_error_is_told_without_its_text() -> None:
    try:
        try:
            raise KeyError(CARD)
        except KeyError as error:
            raise ValueError(FIRST_NAME) from error
    except ValueError as error:
        told = json.dumps(describe(error))

    assert CARD not in told
    assert FIRST_NAME not in told
    assert "builtins.ValueError" in told
    assert "builtins.KeyError" in told
    assert "test_log.py" in told


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    found = io.StringIO()
    undo = configure(LogForm.JSON, found)
    yield found
    undo()


def test_a_trace_of_any_library_is_told_without_its_text(
    stream: io.StringIO, expect_log: Callable[..., None]
) -> None:
    expect_log("some.library", "it broke", level=logging.ERROR)
    try:
        raise RuntimeError(CARD)
    except RuntimeError:
        logging.getLogger("some.library").exception("it broke")

    line = json.loads(stream.getvalue())
    assert line["event"] == "it broke"
    assert line["error"] == "builtins.RuntimeError"
    assert CARD not in stream.getvalue()


def test_a_line_is_one_json_object(stream: io.StringIO) -> None:
    structlog.get_logger("creneau.hub").info("started", kept_in="two\nlines", token="x")

    line = json.loads(stream.getvalue())
    assert line["level"] == "info"
    assert line["token"] == HIDDEN
    assert line["timestamp"].endswith("Z")


def test_a_developer_may_read_lines_for_people() -> None:
    found = io.StringIO()
    undo = configure(LogForm.CONSOLE, found)
    structlog.get_logger("creneau.hub").info("started", token="x", port=5)
    undo()

    assert "started" in found.getvalue()
    assert HIDDEN in found.getvalue()
    assert sys.stderr is not found


def test_nobody_is_named_in_the_log(house: House) -> None:
    secrets: list[str] = [CARD, PIN, WRONG_PIN, FIRST_NAME, PASSWORD, WRONG_PASSWORD, house.station]
    secrets += house.staff.values()
    for pin in (PIN, WRONG_PIN):
        ask = OpenSlot(slot_id=new_id(), card=CARD, pin=pin)
        answer = house.ask("POST", "/v1/slots", ask, house.station)
        found: SlotAnswer = decode(answer.content, SlotAnswer)
        assert isinstance(found, SlotGranted) is (pin == PIN)
    for password in (PASSWORD, WRONG_PASSWORD):
        ask_staff = SignInStaff(name=Role.IT, password=password)
        answer = house.ask("POST", "/v1/staff/sessions", ask_staff)
        secrets.append(answer.json().get("token", WRONG_PASSWORD))
    bodies = [
        encode(OpenSlot(slot_id=new_id(), card=CARD, pin=PIN))[:-3],
        f'{{"card": "{CARD}", "pin": {PIN}, "slot_id": "{FIRST_NAME}"}}'.encode(),
        f'{{"phase": "{CARD}"}}'.encode(),
    ]
    for path in ("/v1/slots", "/v1/reports", "/v1/events", "/v1/enrolments", "/v1/staff/sessions"):
        for body in bodies:
            house.ask("POST", path, body, house.station)
    # A careless program puts things into the address: the log holds templates only.
    house.ask("GET", f"/v1/changes?after=0&card={CARD}", token=house.station)
    house.ask("GET", f"/v1/{CARD}/{FIRST_NAME}")
    house.ask("GET", f"/v1/seats/{CARD}/day", token=house.staff[Role.AGENT])
    house.ask("GET", "/v1/situation", token=PIN)
    house.ask(f"{FIRST_NAME}{CARD}", "/v1/situation", token=house.station)

    said = house.log.getvalue()

    assert [secret for secret in secrets if secret in said] == []
    lines = [json.loads(line) for line in said.splitlines()]
    requests = [line for line in lines if line["event"] == "request"]
    assert {"/v1/slots", "/v1/seats/{seat_id}/day", "unknown"} <= {one["route"] for one in requests}
    assert all(
        {"request", "method", "route", "status", "ms", "level"} <= set(one) for one in requests
    )


def test_good_beats_are_counted_and_bad_ones_told(house: House) -> None:
    house.ask("POST", "/v1/reports", b'{"phase":"free"}', house.station)
    house.ask("POST", "/v1/reports", b"{}", house.station)

    # A request is told when it is over, which its peer may learn first.
    told = wait_until(
        lambda: [line for line in house.log.getvalue().splitlines() if "/v1/reports" in line]
    )
    assert [json.loads(line)["status"] for line in told] == [400]
    assert house.application.asgi.take_count() == 1
    assert house.application.asgi.take_count() == 0
