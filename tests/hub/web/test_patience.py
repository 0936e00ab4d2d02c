"""What a peer may hold of the hub by doing nothing: little, and not for long."""

import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from threading import Event

import pytest

from admin_console.hub.service.staff import StaffDoor
from admin_console.hub.web.application import make_application
from admin_console.hub.web.broker import MOST_LISTENINGS
from admin_console.hub.web.patience import PatientProtocol
from kiosk.wire.codec import encode
from kiosk.wire.desk import SignInStaff
from kiosk.wire.station import OpenSlot, SlotAnswer, SlotGranted
from tests.helpers.process import wait_until
from tests.hub.web.house import CARD, PIN, House, QuickHasher, decode_as, new_id, running

SHORT = 0.3
HEAD = b"POST /v1/reports HTTP/1.1\r\nHost: hub\r\n"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PatientProtocol, "arrival_seconds", SHORT)


def connect(house: House) -> socket.socket:
    host, _, port = house.url.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=5)


def is_cut(peer: socket.socket) -> bool:
    """Read to the end; a peer that is not cut off runs into its own time limit."""
    try:
        while peer.recv(4096):
            pass
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False
    return True


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(
    "begun",
    [b"", b"POST /v1/rep", HEAD, HEAD + b"Content-Length: 5000\r\n\r\n{"],
    ids=["nothing", "a line", "a head", "a body"],
)
def test_a_request_that_does_not_arrive_is_not_waited_for(house: House, begun: bytes) -> None:
    with connect(house) as peer:
        peer.sendall(begun)

        assert is_cut(peer)


@pytest.mark.usefixtures("impatient")
def test_a_letter_now_and_then_buys_no_time(house: House) -> None:
    with connect(house) as peer:
        peer.sendall(HEAD)
        begun = time.monotonic()

        def sent() -> bool:
            try:
                peer.sendall(b"X: y\r\n")
            except ConnectionError:
                return False
            return True

        wait_until(lambda: not sent(), within=5, what="the end of the hub's patience")
        assert time.monotonic() - begun < 4


@pytest.mark.usefixtures("impatient")
def test_a_peer_that_has_asked_may_take_its_time_before_the_next(house: House) -> None:
    with connect(house) as peer:
        asked = b"GET /healthz HTTP/1.1\r\nHost: hub\r\n\r\n"
        for _ in range(2):
            peer.sendall(asked)
            assert peer.recv(4096).startswith(b"HTTP/1.1 200")
            later = time.monotonic() + 2 * SHORT
            wait_until(lambda later=later: time.monotonic() >= later)  # type: ignore[misc]


@pytest.mark.usefixtures("impatient")
def test_a_stream_is_no_request_that_is_late(house: House) -> None:
    with connect(house) as peer:
        token = house.station.encode()
        peer.sendall(b"GET /v1/stream HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer " + token)
        peer.sendall(b"\r\n\r\n")
        peer.settimeout(3 * SHORT)

        assert not is_cut(peer)


def test_the_oldest_of_too_many_streams_gives_its_connection_back(house: House) -> None:
    with ExitStack() as held:
        peers = [held.enter_context(connect(house)) for _ in range(MOST_LISTENINGS + 1)]
        for peer in peers:
            peer.sendall(
                b"GET /v1/stream HTTP/1.1\r\nHost: hub\r\n"
                b"Authorization: Bearer " + house.station.encode() + b"\r\n\r\n"
            )
            assert peer.recv(4096).startswith(b"HTTP/1.1 200")

        assert is_cut(peers[0])
        peers[1].settimeout(SHORT)
        assert not is_cut(peers[1])


class StuckHasher(QuickHasher):
    """Checks nothing before it may."""

    def __init__(self) -> None:
        self.go = Event()

    def verify(self, secret: str, hashed: str | None) -> bool:
        self.go.wait(10)
        return super().verify(secret, hashed)


def test_a_crowd_that_nobody_knows_keeps_no_visitor_from_a_seat(
    house: House, expect_log: Callable[..., None]
) -> None:
    hasher = StuckHasher()
    door = StaffDoor(house.store, house.cases.clock, lambda count: b"x" * count, hasher)
    application = make_application(replace(house.cases, staff=door), "0.0", slow_threads=1)
    with running(application) as url, ThreadPoolExecutor(80) as crowd:
        there = replace(house, url=url)
        knocks = [
            crowd.submit(
                there.ask,
                "POST",
                "/v1/staff/sessions",
                encode(SignInStaff(name=f"nobody-{number}", password="x")),
            )
            for number in range(80)
        ]
        wait_until(lambda: any(knock.done() for knock in knocks), what="the first turned away")

        answer = there.ask(
            "POST", "/v1/slots", OpenSlot(slot_id=new_id(), card=CARD, pin=PIN), house.station
        )

        assert isinstance(decode_as(answer, SlotAnswer), SlotGranted)  # type: ignore[arg-type]
        hasher.go.set()
        statuses = {knock.result().status_code for knock in knocks}
    assert statuses == {200, 503}
