"""A station without a screen: it speaks the real wire to a real hub, and its visitors are made up.

Life cycle: `run` lasts until it is cancelled. Three tasks share one `SeatBook`: the reports, the
changes, and the visitors. The hub may go away and come back at any time; facts wait meanwhile.
"""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from admin_console.rehearsal.connection import (
    Address,
    Connection,
    HubAway,
    HubRefused,
    follow,
)
from admin_console.rehearsal.sitting import VERSION, SeatBook, Sitting
from admin_console.rehearsal.visitor import Card, Habit, SeatPlan, Visit
from kiosk.rules.identifier import Entropy
from kiosk.rules.slot import ENDING_SECONDS
from kiosk.wire.change import ChangesAnswer, ChangesPage, CommandIssued
from kiosk.wire.event import (
    EndReason,
    EventBatch,
    EventsAnswer,
    HelpAsked,
    OpeningGivenUp,
    StationStarted,
)
from kiosk.wire.station import (
    OpenSlot,
    RenewalAnswer,
    RenewalGranted,
    RenewSlot,
    ReportAnswer,
    SlotAnswer,
    SlotGranted,
    StationSituation,
)

REPORT_SECONDS = 5.0
RECONNECT_SECONDS = 2.0
SAVING_SECONDS = 15.0
"""How long these visitors take to save their work in the grace."""
SILENT_AFTER_SECONDS = 20.0
BROKEN = "Clavier à remplacer"
LONGEST_STAY_SECONDS = 24 * 3600.0
COURSE = Visit(Card("", ""), 0.0, 0.0, LONGEST_STAY_SECONDS, renews=False)
"""Who comes to a workshop shows no card and stays until it is over."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What the enrolment gave a station."""

    seat_id: str
    station_id: str
    token: str


class SimulatedStation:
    """One seat's station and its visitors.

    Args:
        address: where the hub is.
        enrolled: who the station is.
        plan: what happens on its seat.
        now: gives the aware instant.
        entropy: makes identifiers.
    """

    def __init__(
        self,
        address: Address,
        enrolled: Enrolled,
        plan: SeatPlan,
        now: Callable[[], datetime],
        entropy: Entropy,
    ) -> None:
        self._address = address
        self._enrolled = enrolled
        self._plan = plan
        self._now = now
        self._connection = Connection(address, enrolled.token)
        self.book = SeatBook(now, entropy)
        self._cursor = 0
        self._reading = asyncio.Lock()
        self._telling = asyncio.Lock()
        self._report_due = asyncio.Event()
        self._moved = asyncio.Event()

    async def run(self) -> None:
        """Live until cancelled; a silent seat reports for a while and is then heard no more."""
        try:
            await self._start()
            if self._plan.habit is Habit.SILENT:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._report_on(), SILENT_AFTER_SECONDS)
                return
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._report_on())
                tasks.create_task(self._listen_on())
                tasks.create_task(self._receive_visitors())
        finally:
            self._connection.close()

    # --------------------------------------------------------------------------------- hub

    async def _start(self) -> None:
        while True:
            try:
                await self._learn_situation()
                break
            except HubAway:
                await asyncio.sleep(RECONNECT_SECONDS)
        self.book.tell(StationStarted(version=VERSION, windowed=True, recovered=False))
        if self._plan.habit is Habit.OUT_OF_ORDER and self.book.out_of_order is None:
            self.book.set_out_of_order(BROKEN)
        await self._tell()

    async def _learn_situation(self) -> None:
        situation: StationSituation = await self._connection.call(
            "GET", "/v1/situation", None, StationSituation
        )
        self._cursor = situation.cursor
        self.book.out_of_order = situation.seat.out_of_order
        slot = situation.seat.slot
        if slot is not None and self.book.sitting is None:
            self.book.close_left_over(slot)

    async def _report_on(self) -> None:
        while True:
            self._report_due.clear()
            with contextlib.suppress(HubAway):
                answer: ReportAnswer = await self._connection.call(
                    "POST", "/v1/reports", self.book.report(), ReportAnswer
                )
                await self._tell()
                if answer.cursor > self._cursor:
                    await self._read()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._report_due.wait(), REPORT_SECONDS)

    async def _listen_on(self) -> None:
        while True:
            with contextlib.suppress(HubAway):
                async for cursor in follow(self._address, self._enrolled.token):
                    if cursor > self._cursor:
                        await self._read()
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _read(self) -> None:
        async with self._reading:
            more = True
            while more:
                answer: ChangesAnswer = await self._connection.call(
                    "GET", f"/v1/changes?after={self._cursor}", None, ChangesAnswer
                )
                if not isinstance(answer, ChangesPage):
                    await self._learn_situation()
                    return
                for change in answer.changes:
                    if isinstance(change.body, CommandIssued) and self.book.obey(
                        change.body.command
                    ):
                        self._moved.set()
                self._cursor, more = answer.cursor, answer.more
        await self._tell()

    async def _tell(self) -> None:
        """Send the facts that wait; without the hub they wait on."""
        async with self._telling:
            while events := self.book.pending():
                try:
                    answer: EventsAnswer = await self._connection.call(
                        "POST", "/v1/events", EventBatch(events=events), EventsAnswer
                    )
                except HubAway:
                    return
                self.book.settle(len(answer.answers))
                self._report_due.set()

    # ---------------------------------------------------------------------------- visitors

    async def _receive_visitors(self) -> None:
        for visit in self._plan.visits():
            await self._pause(visit.pause_seconds)
            if self.book.out_of_order is None and await self._let_in(visit):
                await self._stay(visit)
        while True:
            await self._pause(LONGEST_STAY_SECONDS)

    async def _pause(self, seconds: float) -> None:
        """Let time pass while nobody comes; whoever a trainer lets in meanwhile stays."""
        until = self._now() + timedelta(seconds=seconds)
        while (left := (until - self._now()).total_seconds()) > 0:
            self._moved.clear()
            if self.book.sitting is not None:
                await self._stay(COURSE)
                continue
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._moved.wait(), left)

    async def _let_in(self, visit: Visit) -> bool:
        ask = OpenSlot(slot_id=self.book.fresh_id(), card=visit.card.number, pin=visit.card.pin)
        self.book.opening = True
        try:
            answer: SlotAnswer = await self._connection.call("POST", "/v1/slots", ask, SlotAnswer)
        except (HubAway, HubRefused):
            self.book.tell(OpeningGivenUp(slot_id=ask.slot_id))
            return False
        finally:
            self.book.opening = False
        if not isinstance(answer, SlotGranted):
            return False
        self.book.open(answer, visit.sat_part)
        await self._tell()
        return True

    async def _stay(self, visit: Visit) -> None:
        sat_down = self._now()
        leaves_at = sat_down + timedelta(seconds=visit.stay_seconds)
        calls_at = (
            None if visit.calls_after is None else sat_down + timedelta(seconds=visit.calls_after)
        )
        asked_from: int | None = None
        while (sitting := self.book.sitting) is not None:
            self._moved.clear()
            now = self._now()
            if calls_at is not None and now >= calls_at:
                self.book.tell(HelpAsked())
                calls_at = None
            if visit.renews and asked_from != sitting.total_seconds and _may_renew(sitting, now):
                asked_from = sitting.total_seconds
                if leaves_at > sitting.ends_at:
                    await self._renew(sitting)
            self._go_on(sitting, now, leaves_at)
            await self._tell()
            await self._rest(sitting, now, leaves_at, calls_at)

    def _go_on(self, sitting: Sitting, now: datetime, leaves_at: datetime) -> None:
        if sitting.grace_at is not None:
            saving = min(SAVING_SECONDS, sitting.grace_seconds)
            if now >= sitting.grace_at + timedelta(seconds=saving):
                self.book.end(EndReason.TIME)
        elif now >= leaves_at:
            self.book.end(EndReason.FINISHED)
        elif now >= sitting.ends_at:
            self.book.begin_grace()

    async def _rest(
        self, sitting: Sitting, now: datetime, leaves_at: datetime, calls_at: datetime | None
    ) -> None:
        """Wait for the next thing that happens by itself, or for a command."""
        if sitting.grace_at is not None:
            next_at = sitting.grace_at + timedelta(
                seconds=min(SAVING_SECONDS, sitting.grace_seconds)
            )
        else:
            next_at = min(leaves_at, sitting.ends_at)
            renewable_at = sitting.ends_at - timedelta(seconds=ENDING_SECONDS - 1)
            if renewable_at > now:
                next_at = min(next_at, renewable_at)
        if calls_at is not None:
            next_at = min(next_at, calls_at)
        seconds = max(0.0, (next_at - self._now()).total_seconds())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._moved.wait(), seconds)

    async def _renew(self, sitting: Sitting) -> None:
        ask = RenewSlot(slot_id=sitting.slot_id, from_total_seconds=sitting.total_seconds)
        try:
            answer: RenewalAnswer = await self._connection.call(
                "POST", f"/v1/slots/{sitting.slot_id}/renewals", ask, RenewalAnswer
            )
        except (HubAway, HubRefused):
            return
        if isinstance(answer, RenewalGranted) and self.book.sitting is sitting:
            self.book.renew(answer.total_seconds)


def _may_renew(sitting: Sitting, now: datetime) -> bool:
    return sitting.grace_at is None and sitting.remaining_seconds(now) < ENDING_SECONDS
