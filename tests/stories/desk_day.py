"""What a working day at the desk needs: stations that obey, and hands that know only keys."""

import asyncio
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from admin_console.desk.window import DeskWindow
from admin_console.rehearsal.connection import Address
from admin_console.rehearsal.station import Enrolled, SimulatedStation
from admin_console.rehearsal.visitor import Card, Habit, SeatPlan, Visit
from kiosk.look.focus import FocusRing
from kiosk.rules.identifier import make_id
from kiosk.wire.codec import decode, encode
from kiosk.wire.station import EnrolmentAnswer, EnrolStation, StationEnrolled
from tests.stories.house import House, Member

MOST_STEPS = 80


def new_id() -> str:
    """Return an identifier that nothing else has."""
    return make_id(datetime.now(UTC), secrets.token_bytes)


@dataclass(frozen=True)
class OneVisit(SeatPlan):
    """Somebody comes at once and stays; or nobody comes."""

    calls_after: float | None = None

    def visits(self) -> Iterator[Visit]:
        """Yield that one visit."""
        for card in self.cards:
            yield Visit(card, 0.0, 0.0, 3600.0, renews=False, calls_after=self.calls_after)


def enrol(house: House, number: int) -> Enrolled:
    """Put a station on a seat, where nobody sits yet."""
    ask = EnrolStation(
        code=house.code(),
        station_id=new_id(),
        hostname=f"seat-{number}",
        seat_number=number,
    )
    url = f"http://127.0.0.1:{house.port}/v1/enrolments"
    with httpx.Client(trust_env=False) as client:
        answer = client.post(url, content=encode(ask))
    told: EnrolmentAnswer = decode(answer.content, EnrolmentAnswer)
    assert isinstance(told, StationEnrolled), told
    return Enrolled(house.seat(number).seat_id, ask.station_id, told.token)


class Stations:
    """Simulated stations, in a thread of their own until they are stopped."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._made: list[SimulatedStation] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="stations")

    def place(self, number: int, member: Member | None, *, calls: bool = False) -> None:
        """Put a station on a seat, with a visitor who may call for help."""
        enrolled = enrol(self._house, number)
        cards = (Card(member.card, member.pin),) if member is not None else ()
        plan = OneVisit(enrolled.seat_id, Habit.PLAIN, cards, 1, calls_after=1.0 if calls else None)
        self._made.append(
            SimulatedStation(
                Address("127.0.0.1", self._house.port),
                enrolled,
                plan,
                lambda: datetime.now(UTC),
                secrets.token_bytes,
            )
        )

    def start(self) -> None:
        """Let them live."""
        self._thread.start()

    def stop(self) -> None:
        """End them all."""
        self._loop.call_soon_threadsafe(self._cancel)
        self._thread.join()

    def _cancel(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            task.cancel()

    def _run(self) -> None:
        async def live() -> None:
            await asyncio.gather(*(one.run() for one in self._made), return_exceptions=True)

        try:
            self._loop.run_until_complete(live())
        except asyncio.CancelledError:
            pass
        finally:
            self._loop.close()


class Hands:
    """Presses keys where the keyboard is. It never points at anything.

    After each press something must have the keyboard, visibly: a ring goes around it.
    """

    def __init__(self, window: DeskWindow, qtbot: QtBot) -> None:
        self._window, self._qtbot = window, qtbot

    @property
    def at(self) -> QWidget:
        """What has the keyboard."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the keyboard"
        return found

    def is_at(self, widget: QWidget) -> bool:
        """Return whether a widget has the keyboard."""
        return self.at is widget

    @property
    def name(self) -> str:
        """What a screen reader would call it, with the spaces that one types."""
        at = self.at
        text = at.text() if isinstance(at, QAbstractButton) else ""
        return (at.accessibleName() or text).replace("\u00a0", " ")

    def press(
        self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key as soon as presses count, as a person would."""
        self._qtbot.waitUntil(lambda: not self._window._guard.is_swallowing())
        QTest.keyClick(self.at, key, modifiers)
        QApplication.processEvents()
        self.look()

    def look(self) -> None:
        """See where the keyboard is."""
        at = self.at
        assert at.isVisible(), f"{self.name} has the keyboard and is hidden"
        assert self._window.isAncestorOf(at)
        rings = [ring for ring in self._window.findChildren(FocusRing) if ring.isVisible()]
        assert rings, f"no ring around {self.name}"

    def type(self, text: str) -> None:
        """Type a text."""
        self._qtbot.waitUntil(lambda: not self._window._guard.is_swallowing())
        for sign in text:
            QTest.keyClicks(self.at, sign)

    def walk_to(self, name: str, key: Qt.Key = Qt.Key.Key_Tab) -> None:
        """Press a key until something whose name begins like this has the keyboard."""
        passed = []
        for _step in range(MOST_STEPS):
            if self.name.startswith(name):
                return
            passed.append(self.name)
            self.press(key)
        message = f"{name!r} was not reached, but {passed[:40]}"
        raise AssertionError(message)

    def until(self, holds: Callable[[], bool], seconds: float = 20) -> None:
        """Wait for what the hub, a station or a visitor does."""
        self._qtbot.waitUntil(holds, timeout=round(seconds * 1000))
        self.look()
