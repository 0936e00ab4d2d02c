"""Changes are read page by page, one reading at a time, until there are no more."""

import threading
from urllib.parse import parse_qs, urlparse

import pytest
from pytestqt.qtbot import QtBot

from kiosk.hublink.client import Failure, HubClient, Reason
from kiosk.hublink.reader import ChangeReader
from kiosk.wire.change import ChangesPage, CursorTooOld
from kiosk.wire.codec import encode
from tests.hublink.server import Asked, TinyHub, answering, cutting, hanging

PATH = "/v1/changes"


class Heard:
    """What a reader has said."""

    def __init__(self, reader: ChangeReader) -> None:
        self.cursors: list[int] = []
        self.failures: list[Failure] = []
        self.restarts = 0
        reader.page_read.connect(self._take)
        reader.restart_needed.connect(self._restart)
        reader.failed.connect(self.failures.append)

    def _take(self, page: ChangesPage) -> None:
        self.cursors.append(page.cursor)

    def _restart(self) -> None:
        self.restarts += 1


@pytest.fixture
def reader(client: HubClient) -> ChangeReader:
    return ChangeReader(client, client)


@pytest.fixture
def heard(reader: ChangeReader) -> Heard:
    return Heard(reader)


def page(cursor: int, *, more: bool = False) -> ChangesPage:
    return ChangesPage(changes=(), cursor=cursor, more=more)


def asked_after(hub: TinyHub) -> list[int]:
    return [int(parse_qs(urlparse(seen.path).query)["after"][0]) for seen in hub.seen]


def test_pages_are_read_until_there_are_no_more(
    hub: TinyHub, reader: ChangeReader, heard: Heard, qtbot: QtBot
) -> None:
    hub.on(
        PATH,
        answering(page(10, more=True)),
        answering(page(20, more=True)),
        answering(page(25)),
    )

    reader.read(3)
    qtbot.waitUntil(lambda: len(heard.cursors) == 3)

    assert heard.cursors == [10, 20, 25]
    assert asked_after(hub) == [3, 10, 20]


def test_wishes_to_read_during_a_reading_become_one_more(
    hub: TinyHub, reader: ChangeReader, heard: Heard, qtbot: QtBot
) -> None:
    go = threading.Event()
    hub.on(PATH, hanging(go, answering(page(10))), answering(page(12)))
    reader.read(3)
    for _ in range(5):
        reader.read(3)
    go.set()

    qtbot.waitUntil(lambda: len(heard.cursors) == 2)
    reader.read(12)
    qtbot.waitUntil(lambda: len(heard.cursors) == 3)

    assert asked_after(hub) == [3, 10, 12]


def test_a_reading_asked_for_by_a_page_is_done(
    hub: TinyHub, reader: ChangeReader, heard: Heard, qtbot: QtBot
) -> None:
    hub.on(PATH, answering(page(10)), answering(page(11)))

    def read_on(found: ChangesPage) -> None:
        if found.cursor == 10:
            reader.read(10)

    reader.page_read.connect(read_on)

    reader.read(0)
    qtbot.waitUntil(lambda: heard.cursors == [10, 11])


def test_a_cursor_that_is_too_old_means_to_read_everything_anew(
    hub: TinyHub, reader: ChangeReader, heard: Heard, qtbot: QtBot
) -> None:
    hub.on(PATH, answering(encode(CursorTooOld())), answering(page(50)))

    reader.read(3)
    qtbot.waitUntil(lambda: heard.restarts == 1)
    reader.read(49)
    qtbot.waitUntil(lambda: heard.cursors == [50])

    assert heard.failures == []


def test_a_hub_that_knows_less_than_its_reader_means_to_read_everything_anew(
    hub: TinyHub, reader: ChangeReader, heard: Heard, qtbot: QtBot
) -> None:
    hub.on(PATH, answering(page(40)))

    reader.read(300)
    qtbot.waitUntil(lambda: heard.restarts == 1)

    assert heard.cursors == []


def test_a_failure_ends_the_reading_and_the_next_one_begins_afresh(
    hub: TinyHub, reader: ChangeReader, heard: Heard, qtbot: QtBot
) -> None:
    hub.on(
        PATH,
        answering(page(10, more=True)),
        answering(b"oops", 500),
        answering(page(11)),
    )
    reader.read(3)
    qtbot.waitUntil(lambda: bool(heard.failures))

    reader.read(10)
    qtbot.waitUntil(lambda: heard.cursors == [10, 11])

    assert heard.failures == [Failure(Reason.INVALID_ANSWER)]
    assert asked_after(hub) == [3, 10, 10]


def test_a_hub_that_leads_in_a_circle_is_not_followed(
    hub: TinyHub, reader: ChangeReader, heard: Heard, qtbot: QtBot
) -> None:
    hub.on(PATH, answering(page(3, more=True)))

    reader.read(3)
    qtbot.waitUntil(lambda: bool(heard.failures))

    assert heard.failures == [Failure(Reason.INVALID_ANSWER)]
    assert len(hub.seen) == 1


def test_a_reader_that_is_stopped_says_nothing(
    hub: TinyHub, reader: ChangeReader, heard: Heard, qtbot: QtBot
) -> None:
    arrived = threading.Event()

    def arrive(asked: Asked) -> None:
        arrived.set()
        asked.wait_for(threading.Event())

    hub.on(PATH, arrive, answering(page(9)))
    reader.read(3)
    qtbot.waitUntil(arrived.is_set)

    reader.stop()
    reader.read(8)
    qtbot.waitUntil(lambda: heard.cursors == [9])

    assert heard.failures == []


def test_an_unreachable_hub_is_said(
    hub: TinyHub, reader: ChangeReader, heard: Heard, qtbot: QtBot
) -> None:
    hub.on(PATH, cutting(b""))

    reader.read(3)
    qtbot.waitUntil(lambda: bool(heard.failures))

    assert heard.failures == [Failure(Reason.UNREACHABLE)]
