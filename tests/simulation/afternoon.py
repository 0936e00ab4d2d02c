"""One opening of one room, event by event, every answer from the rules.

Seconds of the opening inside; instants only where a rule is asked. A slot that ends for a ticket
takes a minute of its grace, one that its visitor ends frees the seat at once.
"""

import functools
import heapq
from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk.rules.cover import SeatAnswer
from kiosk.rules.estimate import estimates
from kiosk.rules.reason import Reason
from kiosk.rules.renewal import Asker, AtWork, ask_renewal, renew_itself, take_mercy
from kiosk.rules.room import (
    Occupant,
    RoomSnapshot,
    SeatStanding,
    StandingRefusal,
    TicketStanding,
    bar_of,
    free_seats,
    standing,
)
from kiosk.rules.slot import (
    ENDING_SECONDS,
    Boundary,
    Grant,
    Ground,
    Running,
    SlotRule,
    grant,
)
from kiosk.rules.ticket import TicketState
from kiosk.rules.waiting import (
    WaitingList,
    Welcome,
    close,
    leave,
    may_open,
    settle,
    sit,
    step_away,
    take,
)
from tests.simulation.demand import Visitor
from tests.simulation.policy import Policy
from tests.simulation.sitting import Sitting
from tests.simulation.tally import IN_VAIN_AFTER, Tally

SAVING_SECONDS = 60
EVERY = 10
"""Of so many tickets, one has its estimate looked at."""


class Afternoon:
    """Plays one opening, from `start` on; no slot passes `boundary`, and `tally` counts."""

    def __init__(
        self,
        start: datetime,
        boundary: Boundary,
        rule: SlotRule,
        seats: int,
        policy: Policy,
        tally: Tally,
    ) -> None:
        self._start = start
        self._boundaries = (boundary,)
        self._closes = (boundary.at - start).total_seconds() + rule.closing_margin_seconds
        self._rule = rule
        self._seats = range(1, seats + 1)
        self._policy = policy
        self._tally = tally
        self._now = 0.0
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0
        self._waiting = WaitingList(start.date())
        self._sitting: dict[int, Sitting] = {}
        self._queueing: dict[str, Visitor] = {}
        self._refusals: tuple[StandingRefusal, ...] = ()
        self._freed: dict[int, float] = {}
        self._live = 0
        self._promised: dict[int, float] = {}

    def play(self, visitors: list[Visitor]) -> None:
        """Let everybody come and go, until the room closes."""
        for visitor in visitors:
            self._at(visitor.comes_at, functools.partial(self._come, visitor))
        while self._events and self._events[0][0] < self._closes:
            self._now, _, happen = heapq.heappop(self._events)
            happen()
        self._now = self._closes
        for seat in list(self._sitting):
            self._stand_up(seat)
        self._tally.unanswered += len(self._waiting.live())
        self._waiting = close(self._waiting, self._wall)
        self._tally.in_vain += len(self._freed)
        self._tally.open_seconds += self._closes * len(self._seats)

    # --------------------------------------------------------------------------- the calendar

    @property
    def _wall(self) -> datetime:
        return self._start + timedelta(seconds=self._now)

    def _at(self, when: float, happen: Callable[[], None]) -> None:
        self._count += 1
        heapq.heappush(self._events, (when, self._count, happen))

    # ---------------------------------------------------------------------------- the visitor

    def _come(self, visitor: Visitor) -> None:
        self._tally.visitors += 1
        if visitor.wanted >= 3600:
            self._tally.wanted_an_hour += 1
        free = next((seat for seat in self._seats if seat not in self._sitting), None)
        welcome = (
            None
            if free is None
            else may_open(self._waiting, free, visitor.name, self._wall, self._holders())
        )
        if free is not None and isinstance(welcome, Welcome):
            self._sit_down(visitor, free)
        else:
            self._queue(visitor, visitor.patience)

    def _queue(self, visitor: Visitor, patience: float) -> None:
        found = take(self._waiting, visitor.name, self._wall, open_now=True)
        if not isinstance(found, WaitingList):
            return
        self._waiting = found
        self._live += 1
        self._tally.tickets += 1
        number = len(found.tickets)
        self._queueing[visitor.name] = visitor
        if not visitor.vanishes:
            self._at(self._now + patience, lambda: self._give_up(visitor, number))
        if visitor.steps_away and patience > visitor.steps_away:
            self._at(self._now + 120, lambda: self._step_away(visitor))
        self._settle()
        if number % EVERY == 0 and self._policy.estimates and not visitor.steps_away:
            self._promise(number)

    def _promise(self, number: int) -> None:
        """Note what a ticket was told to expect."""
        told = next((one.at for one in estimates(self._snapshot()) if one.ticket == number), None)
        if told is not None:
            self._promised[number] = (told - self._start).total_seconds()

    def _give_up(self, visitor: Visitor, number: int) -> None:
        ticket = self._waiting.of_person(visitor.name)
        if ticket is None or ticket.number != number or ticket.state is TicketState.CALLED:
            return
        found = leave(self._waiting, visitor.name, self._wall)
        if isinstance(found, WaitingList):
            self._waiting = found
            self._tally.unanswered += 1
            self._settle()

    def _step_away(self, visitor: Visitor) -> None:
        ticket = self._waiting.of_person(visitor.name)
        if ticket is None or ticket.state is not TicketState.WAITING:
            return
        back = self._now + visitor.steps_away
        closes = self._start + timedelta(seconds=self._closes)
        until = self._start + timedelta(seconds=back)
        found = step_away(self._waiting, visitor.name, until, self._wall, closes)
        if isinstance(found, WaitingList):
            self._waiting = found
            self._at(back - 600, self._settle)
            self._at(back, self._settle)
            self._settle()

    def _arrive(self, visitor: Visitor, number: int) -> None:
        """The called visitor reaches the seat, unless they went long ago."""
        ticket = self._waiting.ticket(number)
        if ticket is None or ticket.state is not TicketState.CALLED or ticket.seat is None:
            return
        waited = (self._wall - ticket.taken_at).total_seconds()
        if visitor.vanishes and waited > visitor.patience:
            return
        if visitor.had == 0:
            self._tally.waits.append(waited)
        self._sit_down(visitor, ticket.seat)

    def _sit_down(self, visitor: Visitor, seat: int) -> None:
        found = grant(self._rule, self._wall, self._boundaries, int(visitor.had))
        if not isinstance(found, Grant):
            return
        self._waiting = sit(self._waiting, visitor.name, seat, self._wall)
        if visitor.had == 0:
            self._tally.seated += 1
        freed = self._freed.pop(seat, None)
        if freed is not None and self._now - freed > IN_VAIN_AFTER:
            self._tally.in_vain += 1
        self._sitting[seat] = Sitting(visitor, self._now, found.total_seconds)
        self._plan(seat)
        self._settle()

    def _plan(self, seat: int) -> None:
        """Plan what happens next on a seat: its visitor is done, or asks for more."""
        sitting = self._sitting[seat]
        total = sitting.total
        sitting.bar = self._bar(sitting)
        done = sitting.since + sitting.visitor.wanted
        if done <= sitting.deadline:
            self._at(done, lambda: self._done(seat, sitting, total))
            return
        asks = max(self._now, sitting.deadline - sitting.visitor.asks_before)
        self._at(asks, lambda: self._ask(seat, sitting, total))
        self._at(sitting.deadline - ENDING_SECONDS, self._settle)

    def _still(self, seat: int, sitting: Sitting, total: int) -> bool:
        return self._sitting.get(seat) is sitting and sitting.total == total

    def _done(self, seat: int, sitting: Sitting, total: int) -> None:
        if self._still(seat, sitting, total):
            self._stand_up(seat)
            self._settle()

    def _ask(self, seat: int, sitting: Sitting, total: int) -> None:
        if not self._still(seat, sitting, total):
            return
        self._tally.asked += 1
        asker = self._asker(sitting)
        found = ask_renewal(self._rule, self._wall, asker, self._boundaries, self._answer(seat))
        if isinstance(found, Grant):
            self._longer(seat, sitting, found.total_seconds)
            return
        if found.ground is Ground.WAITING:
            self._tally.refused += 1
            sitting.refused = True
            if sitting.visitor.takes_mercy:
                more = take_mercy(self._rule, self._wall, asker, self._boundaries, Ground.WAITING)
                if isinstance(more, Grant):
                    sitting.total, sitting.mercy = more.total_seconds, True
                    sitting.bar = self._bar(sitting)
        total = sitting.total
        self._at(sitting.deadline, lambda: self._time_is_over(seat, sitting, total))

    def _longer(self, seat: int, sitting: Sitting, total: int) -> None:
        self._tally.fell += sitting.refused
        sitting.total, sitting.renewals, sitting.refused = total, sitting.renewals + 1, False
        self._plan(seat)
        self._settle()

    def _time_is_over(self, seat: int, sitting: Sitting, total: int) -> None:
        if not self._still(seat, sitting, total):
            return
        found = renew_itself(
            self._rule,
            self._wall,
            self._asker(sitting),
            self._boundaries,
            self._answer(seat),
            AtWork(0.0),
        )
        if isinstance(found, Grant):
            self._longer(seat, sitting, found.total_seconds)
        else:
            self._at(self._now + SAVING_SECONDS, lambda: self._must_go(seat, sitting, found))

    def _must_go(self, seat: int, sitting: Sitting, reason: Reason) -> None:
        visitor = sitting.visitor
        self._stand_up(seat)
        if reason.ground is Ground.WAITING:
            self._tally.ended_refused += 1
            self._tally.missing.append(visitor.wanted)
            self._freed[seat] = self._now
            if visitor.takes_turn and visitor.wanted > 1200:
                self._queue(visitor, visitor.patience)
        self._settle()

    def _stand_up(self, seat: int) -> None:
        sitting = self._sitting.pop(seat)
        sat = self._now - sitting.since
        before, visitor = sitting.visitor.had, sitting.visitor
        visitor.had += sat
        visitor.wanted = max(visitor.wanted - sat, 0.0)
        self._tally.used_seconds += sat
        if visitor.first_wanted >= 3600 and before < 3590 <= visitor.had:
            self._tally.had_an_hour += 1

    # ------------------------------------------------------------------------------- the room

    def _asker(self, sitting: Sitting) -> Asker:
        running = Running(sitting.total, self._now - sitting.since, sitting.renewals)
        return Asker(running, int(sitting.visitor.had), sitting.mercy)

    def _answer(self, seat: int) -> SeatAnswer | None:
        if not self._live:
            return None
        self._settle()
        answers = self._policy.answers(self._snapshot())
        return next((one for one in answers if one.seat == seat), None)

    def _holders(self) -> set[str]:
        return {one.visitor.name for one in self._sitting.values()}

    def _snapshot(self) -> RoomSnapshot:
        until = self._boundaries[0].at
        held = {one.seat: one.number for one in self._waiting.live() if one.seat is not None}
        return RoomSnapshot(
            self._wall,
            self._rule,
            tuple(
                SeatStanding(
                    seat,
                    usable_until=until,
                    occupant=self._occupant(seat),
                    held_for=held.get(seat),
                )
                for seat in self._seats
            ),
            self._standings(),
            self._refusals,
        )

    def _standings(self) -> tuple[TicketStanding, ...]:
        return tuple(
            standing(ticket, int(self._queueing[ticket.person].had))
            for ticket in self._waiting.live()
        )

    def _occupant(self, seat: int) -> Occupant | None:
        sitting = self._sitting.get(seat)
        if sitting is None:
            return None
        return Occupant(
            f"{seat} {sitting.since}",
            self._start + timedelta(seconds=sitting.deadline),
            int(sitting.visitor.had + self._now - sitting.since),
            sitting.bar,
            self._rule.mercy_seconds if sitting.mercy else 0,
        )

    def _bar(self, sitting: Sitting) -> Ground | None:
        asker = self._asker(sitting)
        return bar_of(
            self._rule, self._wall, asker.running, self._boundaries, asker.used_today_seconds
        )

    def _free(self) -> tuple[int, ...]:
        """Return the seats on which somebody could sit now."""
        until = self._boundaries[0].at
        empty = tuple(
            SeatStanding(seat, usable_until=until)
            for seat in self._seats
            if seat not in self._sitting
        )
        return free_seats(RoomSnapshot(self._wall, self._rule, empty))

    def _kept(self) -> tuple[StandingRefusal, ...]:
        """Return the refusals that stand; none can before a slot is in its last minutes."""
        last = ENDING_SECONDS + self._rule.mercy_seconds
        near = any(one.deadline - self._now <= last for one in self._sitting.values())
        return self._policy.kept(self._snapshot()) if near and self._live else ()

    def _settle(self) -> None:
        """Give free seats to those who wait, tell them, and keep the answers that stand."""
        if not self._live:
            return
        before = {one.number: one.seat for one in self._waiting.live()}
        self._waiting = settle(self._waiting, self._free(), self._wall, seated=self._holders())
        live = self._waiting.live()
        gone = before.keys() - {one.number for one in live}
        # Whoever left or sat down is counted where that happens; the rest never came.
        self._tally.unanswered += sum(
            1
            for number in gone
            if (ticket := self._waiting.ticket(number)) is not None
            and ticket.state is TicketState.EXPIRED
        )
        for ticket in live:
            called = ticket.state is TicketState.CALLED
            if (
                called
                and ticket.hold_until is not None
                and before.get(ticket.number) != ticket.seat
            ):
                self._call(self._queueing[ticket.person], ticket.number, ticket.hold_until)
        self._live = len(live)
        self._refusals = self._kept()

    def _call(self, visitor: Visitor, number: int, until: datetime) -> None:
        promised = self._promised.pop(number, None)
        if promised is not None:
            self._tally.late.append(self._now - promised)
        self._at((until - self._start).total_seconds(), self._settle)
        self._at(self._now + visitor.walks, lambda: self._arrive(visitor, number))
