"""The stream stands, breaks and stands again; it nudges, and says when it cannot."""

import threading
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from kiosk.hublink.client import Failure, HubClient, Reason
from kiosk.hublink.stream import PATH, ChangeStream
from kiosk.wire.problem import Problem, ProblemCode
from tests.hublink.server import Asked, Behaviour, TinyHub, answering, cutting, hanging

HEAD = [("Content-Type", "text/event-stream; charset=utf-8")]
CHUNKED = [*HEAD, ("Transfer-Encoding", "chunked")]


class Writer:
    """Streams what the test writes, to one reader after another, until it is closed."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.readers = 0
        self._asked: Asked | None = None

    def __call__(self, asked: Asked) -> None:
        asked.head(200, CHUNKED)
        self._asked = asked
        self.readers += 1
        asked.wait_for(self.done)
        asked.close()

    def write(self, data: bytes) -> None:
        assert self._asked is not None
        self._asked.send(b"%x\r\n%s\r\n" % (len(data), data))


class Heard:
    """What a stream has said, in order."""

    def __init__(self, stream: ChangeStream) -> None:
        self.said: list[object] = []
        self.failures: list[Failure] = []
        stream.connected.connect(lambda: self.said.append("connected"))
        stream.nudged.connect(self.said.append)
        stream.lost.connect(lambda: self.said.append("lost"))
        stream.attempt_failed.connect(self.failures.append)


@pytest.fixture
def writer() -> Iterator[Writer]:
    writer = Writer()
    yield writer
    writer.done.set()


Make = Callable[..., tuple[ChangeStream, Heard]]


@pytest.fixture
def make(client: HubClient) -> Iterator[Make]:
    """Makes streams that try again at once; they stop with the test."""
    made: list[ChangeStream] = []

    def make(**options: object) -> tuple[ChangeStream, Heard]:
        options = {"pause_seconds": lambda _failures, _draw: 0.01, **options}
        stream = ChangeStream(client, client, **options)  # type: ignore[arg-type]
        made.append(stream)
        return stream, Heard(stream)

    yield make
    for stream in made:
        stream.stop()


def test_a_stream_nudges(hub: TinyHub, writer: Writer, make: Make, qtbot: QtBot) -> None:
    hub.on(PATH, writer)
    stream, heard = make()

    stream.start()
    stream.start()
    qtbot.waitUntil(lambda: heard.said == ["connected"])
    writer.write(b'event: change\ndata: {"cursor": 41}\n\n')
    qtbot.waitUntil(lambda: len(heard.said) == 2)
    writer.write(b": here\n\nevent: cha")
    writer.write(b'nge\ndata: {"cursor": 42}\n\nevent: other\ndata: x\n\n')
    qtbot.waitUntil(lambda: len(heard.said) == 3)

    assert heard.said == ["connected", 41, 42]
    assert stream.is_connected
    assert len(hub.seen) == 1
    assert hub.seen[0].headers["accept"] == "text/event-stream"
    assert hub.seen[0].headers["authorization"] == "Bearer a-token"


def test_nudges_that_come_together_are_one(
    hub: TinyHub, writer: Writer, make: Make, qtbot: QtBot
) -> None:
    hub.on(PATH, writer)
    stream, heard = make()
    stream.start()
    qtbot.waitUntil(lambda: heard.said == ["connected"])

    writer.write(b"".join(b'event: change\ndata: {"cursor": %d}\n\n' % n for n in range(50)))
    qtbot.waitUntil(lambda: len(heard.said) == 2)

    assert heard.said == ["connected", 49]


def test_a_cursor_may_be_larger_than_32_bits(
    hub: TinyHub, writer: Writer, make: Make, qtbot: QtBot
) -> None:
    hub.on(PATH, writer)
    stream, heard = make()
    stream.start()
    qtbot.waitUntil(lambda: heard.said == ["connected"])

    writer.write(b'event: change\ndata: {"cursor": 9007199254740992}\n\n')
    qtbot.waitUntil(lambda: len(heard.said) == 2)

    assert heard.said == ["connected", 2**53]


def test_a_stream_that_is_cut_is_taken_up_again(
    hub: TinyHub, writer: Writer, make: Make, qtbot: QtBot
) -> None:
    hub.on(PATH, writer)
    stream, heard = make()
    stream.start()
    qtbot.waitUntil(lambda: heard.said == ["connected"])

    hub.cut()
    qtbot.waitUntil(lambda: len(heard.said) == 3)
    writer.write(b'event: change\ndata: {"cursor": 7}\n\n')
    qtbot.waitUntil(lambda: len(heard.said) == 4)

    assert heard.said == ["connected", "lost", "connected", 7]
    assert heard.failures == [Failure(Reason.UNREACHABLE)]


def test_half_an_event_before_a_cut_is_forgotten(
    hub: TinyHub, writer: Writer, make: Make, qtbot: QtBot
) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
    hub.on(PATH, cutting(head + b'event: change\ndata: {"cursor": 66'), writer)
    stream, heard = make()
    stream.start()
    qtbot.waitUntil(lambda: heard.said == ["connected", "lost", "connected"])

    writer.write(b'6}\n\nevent: change\ndata: {"cursor": 7}\n\n')
    qtbot.waitUntil(lambda: len(heard.said) == 4)

    assert heard.said[-1] == 7


def test_a_silent_stream_is_given_up(
    hub: TinyHub, writer: Writer, make: Make, qtbot: QtBot
) -> None:
    hub.on(PATH, writer)
    stream, heard = make(idle_ms=50)
    stream.start()

    qtbot.waitUntil(lambda: writer.readers >= 2)

    assert heard.said[:2] == ["connected", "lost"]
    assert heard.failures[0] == Failure(Reason.TIMEOUT)


def test_a_comment_is_a_sign_of_life(hub: TinyHub, make: Make, qtbot: QtBot) -> None:
    enough = threading.Event()

    def breathe(asked: Asked) -> None:
        asked.head(200, CHUNKED)
        breath = threading.Event()
        for _ in range(60):
            asked.send(b"3\r\n:\n\n\r\n")
            breath.wait(0.01)
        enough.set()
        asked.wait_for(threading.Event())

    hub.on(PATH, breathe)
    stream, heard = make(idle_ms=400)
    stream.start()
    qtbot.waitUntil(enough.is_set)

    assert heard.said == ["connected"]


def test_a_hub_that_does_not_begin_is_given_up(hub: TinyHub, make: Make, qtbot: QtBot) -> None:
    hub.on(PATH, hanging(threading.Event(), cutting(b"")))
    stream, heard = make(head_ms=30)
    stream.start()

    qtbot.waitUntil(lambda: len(heard.failures) >= 2)

    assert heard.failures[0] == Failure(Reason.TIMEOUT)
    assert heard.said == []


def bad_streams() -> dict[str, tuple[Behaviour, Failure]]:
    invalid = Failure(Reason.INVALID_ANSWER)
    problem = Problem(code=ProblemCode.NOT_SIGNED_IN)
    return {
        "another kind": (answering(b"data: 1\n\n", 200, [("Content-Type", "text/html")]), invalid),
        "a problem": (answering(problem, 401), Failure(Reason.PROBLEM, problem)),
        "a way elsewhere": (answering(b"", 302, [("Location", "/")]), invalid),
        "nothing": (cutting(b""), Failure(Reason.UNREACHABLE)),
        "an empty success": (answering(b"", 204), invalid),
        "a huge refusal": (answering(b" " * 2_000_000, 500), invalid),
    }


@pytest.mark.parametrize("kind", bad_streams())
def test_a_stream_that_is_none_is_asked_for_again(
    hub: TinyHub, writer: Writer, make: Make, qtbot: QtBot, kind: str
) -> None:
    behaviour, failure = bad_streams()[kind]
    # Qt itself asks again when a connection ends without a word.
    hub.on(PATH, *[behaviour] * 6, writer)
    stream, heard = make()

    stream.start()
    qtbot.waitUntil(lambda: bool(heard.said), timeout=10_000)

    assert heard.said == ["connected"]
    assert set(heard.failures) == {failure}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"event: change\ndata: many\n\n", "JSON is malformed"),
        (b"event: change\ndata: {}\n\n", "cursor"),
        (b"data: " + b"x" * 70_000, "longer than"),
    ],
)
def test_a_stream_that_makes_no_sense_is_dropped_and_said(
    hub: TinyHub,
    writer: Writer,
    make: Make,
    qtbot: QtBot,
    expect_log: Callable[..., None],
    data: bytes,
    sentence: str,
) -> None:
    expect_log("kiosk.hublink", sentence)
    hub.on(PATH, writer)
    stream, heard = make()
    stream.start()
    qtbot.waitUntil(lambda: heard.said == ["connected"])

    writer.write(data)
    qtbot.waitUntil(lambda: len(heard.said) == 3)

    assert heard.said == ["connected", "lost", "connected"]
    assert heard.failures == [Failure(Reason.INVALID_ANSWER)]


def test_the_pauses_grow_while_the_hub_is_away(hub: TinyHub, make: Make, qtbot: QtBot) -> None:
    failures: list[int] = []

    def pause(count: int, _draw: float) -> float:
        failures.append(count)
        return 0.001

    hub.on(PATH, cutting(b""))
    stream, _ = make(pause_seconds=pause)
    stream.start()
    qtbot.waitUntil(lambda: len(failures) >= 5)
    stream.stop()

    assert failures[:5] == [1, 2, 3, 4, 5]


def test_a_hub_that_opens_and_closes_is_not_stormed(hub: TinyHub, make: Make, qtbot: QtBot) -> None:
    failures: list[int] = []

    def pause(count: int, _draw: float) -> float:
        failures.append(count)
        return 0.001

    hub.on(PATH, cutting(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n:\n\n"))
    stream, _ = make(pause_seconds=pause)
    stream.start()
    qtbot.waitUntil(lambda: len(failures) >= 3)
    stream.stop()

    assert failures[:3] == [1, 2, 3]


def test_a_stream_that_is_stopped_says_nothing(
    hub: TinyHub, writer: Writer, make: Make, qtbot: QtBot
) -> None:
    hub.on(PATH, writer)
    stream, heard = make()
    stream.start()
    qtbot.waitUntil(lambda: heard.said == ["connected"])

    stream.stop()
    writer.done.set()
    assert not stream.is_connected
    stream.start()
    qtbot.waitUntil(lambda: len(heard.said) >= 2)
    stream.stop()

    assert heard.said[:2] == ["connected", "connected"]
