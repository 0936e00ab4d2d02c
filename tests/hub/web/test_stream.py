"""The stream over a real connection: soon after a commit, and only to whom it concerns."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from kiosk.wire.command import Identify, IssueCommand
from kiosk.wire.desk import Role
from tests.helpers.process import wait_until
from tests.hub.web.house import House, new_id


class Ear:
    """Follows a stream in a thread and remembers when it heard what."""

    def __init__(self, answer: httpx.Response) -> None:
        self.heard: list[tuple[float, int]] = []
        self.ended = False
        self._answer = answer
        self._thread = threading.Thread(target=self._listen, name="ear")
        self._thread.start()

    def _listen(self) -> None:
        for line in self._answer.iter_lines():
            if line.startswith("data: "):
                self.heard.append((time.monotonic(), json.loads(line[6:])["cursor"]))
        self.ended = True

    def join(self) -> None:
        self._thread.join(10)


@contextmanager
def listening(house: House, token: str) -> Iterator[Ear]:
    with house.client(token) as client, client.stream("GET", "/v1/stream") as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        ear = Ear(answer)
        wait_until(lambda: ear.heard, what="the first word of the stream")
        yield ear
        # Ends the stream from the hub's side, so that the thread ends as well.
        house.application.broker.close()
        ear.join()


def test_a_commit_is_heard_at_once_by_whom_it_concerns(house: House) -> None:
    with (
        listening(house, house.station) as station,
        listening(house, house.staff[Role.AGENT]) as desk,
    ):
        before = len(station.heard), len(desk.heard)
        ask = IssueCommand(command_id=new_id(), seat_id="north-1", slot_id=None, body=Identify())
        asked = time.monotonic()

        house.ask("POST", "/v1/commands", ask, house.staff[Role.AGENT])

        wait_until(lambda: len(station.heard) > before[0] and len(desk.heard) > before[1])
        latest = max(heard[-1][0] for heard in (station.heard, desk.heard))
        assert latest - asked < 5
        assert station.heard[-1][1] != desk.heard[-1][1]


def test_a_reader_that_leaves_is_forgotten(house: House) -> None:
    with house.client(house.station) as client, client.stream("GET", "/v1/stream") as answer:
        lines = answer.iter_lines()
        assert next(lines) == "event: change"
        assert house.application.broker.readers == 1

    wait_until(lambda: house.application.broker.readers == 0)


def test_many_readers_need_no_threads(house: House) -> None:
    threads = threading.active_count()
    with house.client(house.station) as client:
        streams = [client.build_request("GET", "/v1/stream") for _ in range(60)]
        answers = [client.send(request, stream=True) for request in streams]
        wait_until(lambda: house.application.broker.readers == 60)
        assert threading.active_count() <= threads + 8
        for answer in answers:
            answer.close()
    wait_until(lambda: house.application.broker.readers == 0)
