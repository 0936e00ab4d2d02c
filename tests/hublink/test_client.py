"""Questions to a hub that answers well, badly or not at all: one answer, one reason, or silence."""

import threading

import pytest
from PySide6.QtNetwork import QNetworkAccessManager
from pytestqt.qtbot import QtBot

from kiosk.hublink.address import AddressRefused
from kiosk.hublink.client import Call, Credential, Failure, HubClient, Reason
from kiosk.wire.codec import LARGEST_ANSWER
from kiosk.wire.problem import Problem, ProblemCode
from kiosk.wire.station import (
    OpenSlot,
    ReportAnswer,
    SlotAnswer,
    SlotGranted,
    SlotRefused,
)
from tests.hublink.server import Behaviour, TinyHub, answering, cutting, hanging
from tests.journal.sample import START, identifier

ANSWER = ReportAnswer(hub_time=START, cursor=12)
SLOT = identifier(7)
PATH = "/v1/reports"


class Outcome:
    """What a call has said."""

    def __init__(self, call: Call) -> None:
        self.answers: list[object] = []
        self.failures: list[Failure] = []
        call.answered.connect(self.answers.append)
        call.failed.connect(self.failures.append)

    @property
    def over(self) -> bool:
        return bool(self.answers or self.failures)


def ask(client: HubClient, qtbot: QtBot, timeout_ms: int = 5_000) -> Outcome:
    outcome = Outcome(client.call("GET", PATH, None, ReportAnswer, timeout_ms))
    qtbot.waitUntil(lambda: outcome.over, timeout=10_000)
    return outcome


def reason_of(client: HubClient, qtbot: QtBot, timeout_ms: int = 5_000) -> Reason:
    outcome = ask(client, qtbot, timeout_ms)
    assert outcome.answers == []
    assert len(outcome.failures) == 1
    reason: Reason = outcome.failures[0].reason
    return reason


def test_an_answer_is_a_message_of_the_form_asked_for(
    hub: TinyHub, client: HubClient, qtbot: QtBot
) -> None:
    hub.on(PATH, answering(ANSWER))

    outcome = ask(client, qtbot)

    assert outcome.answers == [ANSWER]
    assert outcome.failures == []


def test_a_question_carries_its_body_its_token_and_nothing_of_them_in_its_path(
    hub: TinyHub, client: HubClient, qtbot: QtBot
) -> None:
    hub.on("/v1/slots", answering(SlotRefused(slot_id=SLOT, ground="closed")))  # type: ignore[arg-type]
    call = client.call(
        "POST", "/v1/slots", OpenSlot(slot_id=SLOT, card="1234", pin="9876"), SlotAnswer
    )
    with qtbot.waitSignal(call.answered) as heard:
        pass

    seen = hub.seen[0]
    assert isinstance(heard.args[0], SlotRefused)
    assert seen.method == "POST"
    assert seen.path == "/v1/slots"
    assert b'"pin":"9876"' in seen.body
    assert seen.headers["authorization"] == "Bearer a-token"
    assert seen.headers["content-type"] == "application/json"


def test_the_form_may_be_a_union(hub: TinyHub, client: HubClient, qtbot: QtBot) -> None:
    granted = SlotGranted(slot_id=SLOT, total_seconds=3600, grace_seconds=120)
    hub.on("/v1/slots", answering(granted))
    call = client.call(
        "POST", "/v1/slots", OpenSlot(slot_id=SLOT, card="1234", pin="1"), SlotAnswer
    )

    with qtbot.waitSignal(call.answered) as heard:
        pass

    assert heard.args == [granted]


def test_nobody_is_named_without_a_token(
    hub: TinyHub, manager: QNetworkAccessManager, qtbot: QtBot
) -> None:
    credential = Credential()
    client = HubClient(manager, hub.url, credential, parent=manager)
    hub.on(PATH, answering(ANSWER))

    ask(client, qtbot)
    credential.token = "later"
    ask(client, qtbot)

    assert "authorization" not in hub.seen[0].headers
    assert hub.seen[1].headers["authorization"] == "Bearer later"


def test_an_empty_answer_is_an_answer_where_none_is_expected(
    hub: TinyHub, client: HubClient, qtbot: QtBot
) -> None:
    hub.on("/v1/staff/sessions", answering(b"", 204))
    outcome = Outcome(client.call("DELETE", "/v1/staff/sessions", None, None))
    qtbot.waitUntil(lambda: outcome.over)

    assert outcome.answers == [None]
    assert hub.seen[0].method == "DELETE"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503])
@pytest.mark.parametrize("challenge", [[], [("WWW-Authenticate", 'Basic realm="hub"')]])
def test_a_problem_of_the_hub_is_told_with_its_code(
    hub: TinyHub,
    client: HubClient,
    qtbot: QtBot,
    status: int,
    challenge: list[tuple[str, str]],
) -> None:
    problem = Problem(code=ProblemCode.NOT_SIGNED_IN, detail="who are you?")
    hub.on(PATH, answering(problem, status, challenge))

    assert ask(client, qtbot).failures == [Failure(Reason.PROBLEM, problem)]


def behaviours() -> dict[str, tuple[Behaviour, Reason]]:
    whole = b"HTTP/1.1 200 OK\r\nContent-Length: 200\r\n\r\n"
    return {
        "a closed connection": (cutting(b""), Reason.UNREACHABLE),
        "half a head": (cutting(b"HTTP/1.1 200 OK\r\nContent-"), Reason.UNREACHABLE),
        "half a body": (cutting(whole + b'{"hub_time":'), Reason.UNREACHABLE),
        "half a chunk": (
            cutting(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n{"hub_time":'),
            Reason.UNREACHABLE,
        ),
        "a body without end": (cutting(b'HTTP/1.1 200 OK\r\n\r\n{"hub'), Reason.INVALID_ANSWER),
        "no HTTP": (cutting(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), Reason.UNREACHABLE),
        "a broken length": (
            cutting(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}"),
            Reason.INVALID_ANSWER,
        ),
        "no JSON": (answering(b"<html>"), Reason.INVALID_ANSWER),
        "another message": (answering(b'{"hub_time":7}'), Reason.INVALID_ANSWER),
        "nothing": (answering(b""), Reason.INVALID_ANSWER),
        "a huge body": (answering(b" " * (LARGEST_ANSWER + 1)), Reason.INVALID_ANSWER),
        "a fault without words": (answering(b"oops", 500), Reason.INVALID_ANSWER),
        "a proxy without its hub": (answering(b"<html>", 502), Reason.UNREACHABLE),
        "a way elsewhere": (
            answering(b"", 302, [("Location", "http://127.0.0.1:9/")]),
            Reason.INVALID_ANSWER,
        ),
    }


@pytest.mark.parametrize("kind", behaviours())
def test_a_bad_answer_has_a_reason(
    hub: TinyHub, client: HubClient, qtbot: QtBot, kind: str
) -> None:
    behaviour, reason = behaviours()[kind]
    hub.on(PATH, behaviour)

    assert reason_of(client, qtbot) is reason


def test_a_redirect_is_not_followed(hub: TinyHub, client: HubClient, qtbot: QtBot) -> None:
    hub.on(PATH, answering(b"", 302, [("Location", "/v1/other")]))

    reason_of(client, qtbot)

    assert [seen.path for seen in hub.seen] == [PATH]


def test_a_hub_that_is_not_there_is_unreachable(
    hub: TinyHub, client: HubClient, qtbot: QtBot
) -> None:
    hub.stop()
    try:
        assert reason_of(client, qtbot) is Reason.UNREACHABLE
    finally:
        hub.stop = lambda: None  # type: ignore[method-assign]


def test_a_late_answer_is_no_answer(hub: TinyHub, client: HubClient, qtbot: QtBot) -> None:
    go = threading.Event()
    hub.on(PATH, hanging(go, answering(ANSWER)))
    call = client.call("GET", PATH, None, ReportAnswer, 50)
    outcome = Outcome(call)
    qtbot.waitUntil(lambda: outcome.over)
    go.set()
    hub.on(PATH, answering(ANSWER))

    assert ask(client, qtbot).answers == [ANSWER]
    assert outcome.answers == []
    assert outcome.failures == [Failure(Reason.TIMEOUT)]


def test_a_hub_that_speaks_drop_by_drop_is_late_too(
    hub: TinyHub, client: HubClient, qtbot: QtBot
) -> None:
    never = threading.Event()

    def drip(asked: object) -> None:
        asked.head(200, [("Content-Length", "100000")])  # type: ignore[attr-defined]
        while not never.wait(0.01):
            asked.send(b" ")  # type: ignore[attr-defined]

    hub.on(PATH, drip)

    assert reason_of(client, qtbot, timeout_ms=200) is Reason.TIMEOUT
    never.set()


def test_an_abandoned_call_says_nothing(hub: TinyHub, client: HubClient, qtbot: QtBot) -> None:
    go = threading.Event()
    hub.on(PATH, hanging(go, answering(ANSWER)), answering(ANSWER))
    outcome = Outcome(call := client.call("GET", PATH, None, ReportAnswer))
    qtbot.waitUntil(lambda: len(hub.seen) == 1)

    call.abandon()
    go.set()
    after = ask(client, qtbot)

    assert after.answers == [ANSWER]
    assert not outcome.over


def test_a_call_goes_away_once_it_has_spoken(hub: TinyHub, client: HubClient, qtbot: QtBot) -> None:
    hub.on(PATH, answering(ANSWER))
    for _ in range(20):
        ask(client, qtbot)

    qtbot.waitUntil(lambda: client.findChildren(Call) == [])
    qtbot.waitUntil(lambda: client.children() == [])


def test_many_calls_at_once_get_their_own_answers(
    hub: TinyHub, client: HubClient, qtbot: QtBot
) -> None:
    outcomes = []
    for number in range(30):
        hub.on(f"/v1/{number}", answering(ReportAnswer(hub_time=START, cursor=number)))
        outcomes.append(Outcome(client.call("GET", f"/v1/{number}", None, ReportAnswer)))
    qtbot.waitUntil(lambda: all(outcome.over for outcome in outcomes), timeout=10_000)

    cursors = [answer.cursor for outcome in outcomes for answer in outcome.answers]  # type: ignore[attr-defined]
    assert cursors == list(range(30))


@pytest.mark.parametrize(
    "address",
    [
        "http://hub.example.org",
        "http://192.0.2.7:8620",
        "http://127.0.0.1.example.org",
        "ftp://127.0.0.1",
        "hub.example.org",
        "https://",
        "https://user:word@hub.example.org",
        "https://hub.example.org/?token=x",
        "https://hub.example.org/#x",
        "https://hub example.org",
        "",
    ],
)
def test_an_address_that_would_leave_the_machine_in_the_clear_is_refused(
    manager: QNetworkAccessManager, address: str
) -> None:
    with pytest.raises(AddressRefused):
        HubClient(manager, address)


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("http://127.0.0.1:8620/", "http://127.0.0.1:8620"),
        ("http://localhost:8620", "http://localhost:8620"),
        ("http://[::1]:8620", "http://[::1]:8620"),
        (" https://hub.example.org/creneau/ ", "https://hub.example.org/creneau"),
    ],
)
def test_an_address_is_taken_as_people_write_it(
    manager: QNetworkAccessManager, address: str, text: str
) -> None:
    client = HubClient(manager, address, parent=manager)

    assert client.address.text == text
    assert client.address.url("/v1/x?after=7").toString() == f"{text}/v1/x?after=7"


def test_a_hub_may_live_under_a_path(
    hub: TinyHub, manager: QNetworkAccessManager, qtbot: QtBot
) -> None:
    client = HubClient(manager, f"{hub.url}/creneau", parent=manager)
    hub.on(f"/creneau{PATH}", answering(ANSWER))

    assert ask(client, qtbot).answers == [ANSWER]


@pytest.mark.parametrize("path", ["v1/reports", "", "@evil.example.org/v1"])
def test_a_path_stays_with_the_hub(client: HubClient, path: str) -> None:
    with pytest.raises(ValueError, match="begins with /"):
        client.call("GET", path, None, ReportAnswer)


def test_a_token_is_never_shown() -> None:
    assert "secret" not in repr(Credential("secret"))
    with pytest.raises(ValueError, match="ASCII"):
        Credential("a\r\nb: c")


def test_a_proxy_of_the_system_is_not_asked_about_this_machine(
    hub: TinyHub, client: HubClient, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    hub.on(PATH, answering(ANSWER))

    assert ask(client, qtbot).answers == [ANSWER]


def test_a_proxy_of_the_system_is_asked_about_a_hub_elsewhere(
    hub: TinyHub, manager: QNetworkAccessManager, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", hub.url)
    monkeypatch.delenv("no_proxy", raising=False)
    hub.on("hub.example.org:443", answering(b"", 502))
    client = HubClient(manager, "https://hub.example.org", Credential("a-token"), parent=manager)

    assert reason_of(client, qtbot) is Reason.UNREACHABLE
    assert [(seen.method, seen.path) for seen in hub.seen] == [("CONNECT", "hub.example.org:443")]
    assert "authorization" not in hub.seen[0].headers
