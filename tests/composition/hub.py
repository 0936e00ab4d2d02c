"""A hub for one workstation, over real sockets: it enrols, grants, takes facts and tells changes,
and can vanish, forget the station, lose its old changes or take no facts.
"""

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlparse

from kiosk.rules.identifier import make_id
from kiosk.rules.ticket import TicketState
from kiosk.wire.change import Change, ChangeBody, ChangesPage, CommandIssued, CursorTooOld
from kiosk.wire.codec import Message, decode, encode
from kiosk.wire.command import Command, CommandBody
from kiosk.wire.credit import ReadSeatCredit, SeatCredit
from kiosk.wire.event import Event, EventAnswer, EventBatch, EventBody, EventsAnswer, Verdict
from kiosk.wire.guide import Places
from kiosk.wire.place import HoursView, RoomView, RuleView, SeatView, SiteView
from kiosk.wire.problem import Problem, ProblemCode
from kiosk.wire.provision import OpenByPass, Provisions
from kiosk.wire.station import (
    EnrolmentRefused,
    EnrolStation,
    OpenSlot,
    RenewalGranted,
    RenewSlot,
    ReportAnswer,
    SlotGranted,
    StationEnrolled,
    StationReport,
    StationSituation,
)
from kiosk.wire.ticket import ChangeTicket, TakeTicket, TicketChanged, TicketTaken
from kiosk.wire.waiting import TicketView
from tests.hublink.server import Asked, TinyHub

CODE = "ABCD2345"
STATION = "01890000-0000-7000-8000-000000000001"
PLACES = Places(at=datetime(2026, 10, 14, 12, tzinfo=UTC))
CREDIT = SeatCredit(at=datetime(2026, 10, 14, 12, tzinfo=UTC))


class StationHub(TinyHub):
    """The hub of a house with one room, open day and night.

    Attributes:
        told: the facts taken, in the order of their arrival.
        reports, situations, reads: what was asked: signs of life, everything anew, changes.
        takes_facts: while false, facts are answered as by a hub that is busy.
        judges: while false, facts are answered without a verdict on any.
        answers: while false, openings, renewals, tickets and places are heard and not answered.
        tickets, passes, credits: the tickets, slots by a pass and credit that were asked for.
        provisions: what lets a station act alone; None while the hub is too busy to tell.
        provided: how often it was asked for.
        hub_key: told at the enrolment.
        stumbles_on_situation: so many times more it is too busy to tell everything.
        ahead: how far the hub's clock is ahead of this machine's.
    """

    def __init__(self) -> None:
        super().__init__()
        self.told: list[Event] = []
        self.reports: list[StationReport] = []
        self.situations = 0
        self.reads: list[int] = []
        self.asks: list[OpenSlot | RenewSlot] = []
        self.tickets: list[TakeTicket] = []
        self.changes_of_tickets: list[ChangeTicket] = []
        self.passes: list[OpenByPass] = []
        self.credits: list[ReadSeatCredit] = []
        self.provisions: Provisions | None = Provisions(at=datetime.now(UTC), room_key=b"k" * 32)
        self.provided = 0
        self.takes_facts = True
        self.judges = True
        self.answers = True
        self.ahead = timedelta(0)
        self.stumbles_on_situation = 0
        self._bell = threading.Condition()
        self._token = "token-1"
        self._issued = 1
        self._room = "Salle"
        self._cursor = 40
        self._kept_from = 0
        self._changes: list[Change] = []
        self._down = False

    # --------------------------------------------------------------------- the test's levers

    @property
    def token(self) -> str:
        """The token that is good now."""
        return self._token

    def vanish(self) -> None:
        """Cut everything and answer nobody."""
        self._down = True
        with self._bell:
            self._bell.notify_all()
        self.cut()

    def come_back(self) -> None:
        """Answer again."""
        self._down = False

    def forget_station(self, room: str = "Salle") -> None:
        """Know the station no more; who enrols next stands in this room."""
        self._issued += 1
        self._token = f"token-{self._issued}"
        self._room = room

    def change(self, body: ChangeBody, *, nudge: bool = True) -> None:
        """Let something happen."""
        with self._bell:
            self._cursor += 1
            self._changes.append(Change(n=self._cursor, at=datetime.now(UTC), body=body))
            if nudge:
                self._bell.notify_all()

    def command(self, body: CommandBody, slot_id: str | None = None) -> str:
        """Send a command of the desk; return its id."""
        now = datetime.now(UTC)
        command = Command(
            command_id=make_id(now, self._cursor.to_bytes),
            station_id=STATION,
            slot_id=slot_id,
            issued_at=now,
            expires_at=now + timedelta(seconds=60),
            body=body,
        )
        self.change(CommandIssued(command=command))
        return command.command_id

    def lose_changes(self, cursor: int, room: str) -> None:
        """Be a hub restored from an older copy: at an earlier cursor, and none of the changes."""
        with self._bell:
            self._cursor = self._kept_from = cursor
            self._changes.clear()
            self._room = room

    def facts(self, kind: type[EventBody]) -> list[EventBody]:
        """The facts of one kind that were taken."""
        return [event.body for event in self.told if isinstance(event.body, kind)]

    # ------------------------------------------------------------------------------- serving

    def serve(self, asked: Asked) -> None:
        """Answer like the hub."""
        self.seen.append(asked.seen)
        if self._down:
            asked.close()
            return
        url = urlparse(asked.seen.path)
        path = url.path.removeprefix("/v1/")
        token = asked.seen.headers.get("authorization", "").removeprefix("Bearer ")
        if path == "enrolments":
            self._enrol(asked)
        elif token != self._token:
            _refuse(asked, 401, ProblemCode.NOT_SIGNED_IN)
        elif path == "changes":
            self._read(asked, int(parse_qs(url.query)["after"][0]))
        else:
            routes: dict[str, Callable[[Asked], None]] = {
                "situation": self._situation,
                "reports": self._report,
                "slots": self._open,
                "slots/pass": self._open_by_pass,
                "provisions": self._provide,
                "tickets": self._give_ticket,
                "tickets/own": self._change_ticket,
                "places": self._show_places,
                "print-cards/seated": self._tell_credit,
                "events": self._take,
                "stream": self._stream,
            }
            routes.get(path, self._renew)(asked)

    def _enrol(self, asked: Asked) -> None:
        ask: EnrolStation = decode(asked.seen.body, EnrolStation)
        if ask.code != CODE:
            _say(asked, EnrolmentRefused(code="code"))
            return
        enrolled = StationEnrolled(
            station_id=ask.station_id, seat_id="trapeze.salle.07", token=self._token, hub_key=""
        )
        _say(asked, enrolled)

    def _report(self, asked: Asked) -> None:
        self.reports.append(decode(asked.seen.body, StationReport))
        with self._bell:
            cursor = self._cursor
        _say(asked, ReportAnswer(hub_time=datetime.now(UTC) + self.ahead, cursor=cursor))

    def _situation(self, asked: Asked) -> None:
        self.situations += 1
        if self.stumbles_on_situation > 0:
            self.stumbles_on_situation -= 1
            _refuse(asked, 503, ProblemCode.BUSY)
            return
        with self._bell:
            cursor = self._cursor
        _say(asked, situation(cursor, self._room))

    def _open(self, asked: Asked) -> None:
        ask: OpenSlot = decode(asked.seen.body, OpenSlot)
        self.asks.append(ask)
        self._answer(asked, SlotGranted(slot_id=ask.slot_id, total_seconds=3600, grace_seconds=120))

    def _open_by_pass(self, asked: Asked) -> None:
        ask: OpenByPass = decode(asked.seen.body, OpenByPass)
        self.passes.append(ask)
        self._answer(asked, SlotGranted(slot_id=ask.slot_id, total_seconds=3600, grace_seconds=120))

    def _provide(self, asked: Asked) -> None:
        self.provided += 1
        if self.provisions is None:
            _refuse(asked, 503, ProblemCode.BUSY)
        else:
            _say(asked, self.provisions)

    def _renew(self, asked: Asked) -> None:
        ask: RenewSlot = decode(asked.seen.body, RenewSlot)
        self.asks.append(ask)
        self._answer(
            asked,
            RenewalGranted(
                slot_id=ask.slot_id,
                from_total_seconds=ask.from_total_seconds,
                total_seconds=ask.from_total_seconds + 3600,
            ),
        )

    def _give_ticket(self, asked: Asked) -> None:
        ask: TakeTicket = decode(asked.seen.body, TakeTicket)
        self.tickets.append(ask)
        ticket = TicketView(
            number=21, label="A-21", state=TicketState.WAITING, taken_at=datetime.now(UTC)
        )
        self._answer(asked, TicketTaken(ticket=ticket))

    def _change_ticket(self, asked: Asked) -> None:
        self.changes_of_tickets.append(decode(asked.seen.body, ChangeTicket))
        left = TicketView(
            number=21, label="A-21", state=TicketState.LEFT, taken_at=datetime.now(UTC)
        )
        self._answer(asked, TicketChanged(ticket=left))

    def _show_places(self, asked: Asked) -> None:
        self._answer(asked, PLACES)

    def _tell_credit(self, asked: Asked) -> None:
        self.credits.append(decode(asked.seen.body, ReadSeatCredit))
        self._answer(asked, CREDIT)

    def _answer(self, asked: Asked, message: Message) -> None:
        if self.answers:
            _say(asked, message)
        else:
            asked.close()

    def _take(self, asked: Asked) -> None:
        batch: EventBatch = decode(asked.seen.body, EventBatch)
        if not self.takes_facts:
            _refuse(asked, 503, ProblemCode.BUSY)
            return
        if not self.judges:
            _say(asked, EventsAnswer(answers=()))
            return
        known = {event.event_id for event in self.told}
        self.told.extend(event for event in batch.events if event.event_id not in known)
        verdicts = tuple(
            EventAnswer(
                event_id=event.event_id,
                verdict=Verdict.DUPLICATE if event.event_id in known else Verdict.ACCEPTED,
            )
            for event in batch.events
        )
        _say(asked, EventsAnswer(answers=verdicts))

    def _read(self, asked: Asked, after: int) -> None:
        self.reads.append(after)
        with self._bell:
            answer: Message = CursorTooOld()
            if self._kept_from <= after <= self._cursor:
                later = tuple(change for change in self._changes if change.n > after)
                answer = ChangesPage(changes=later, cursor=self._cursor, more=False)
        _say(asked, answer)

    def _stream(self, asked: Asked) -> None:
        asked.head(200, [("Content-Type", "text/event-stream"), ("Connection", "close")])
        asked.close()
        asked.send(b": here\n\n")
        told = self._cursor
        while not asked._closing.is_set() and not self._down:
            with self._bell:
                self._bell.wait(timeout=0.02)
                cursor = self._cursor
            if cursor != told and not self._down:
                told = cursor
                asked.send(f"event: change\ndata: {json.dumps({'cursor': cursor})}\n\n".encode())


def situation(cursor: int, room: str) -> StationSituation:
    """Everything about a seat of a room that is open day and night."""
    return StationSituation(
        cursor=cursor,
        hub_time=datetime.now(UTC),
        site=SiteView(site_id="trapeze", name="Trapèze", town="Boulogne", staffed=True),
        room=RoomView(
            room_id="trapeze.salle",
            site_id="trapeze",
            name=room,
            hours=HoursView(zone="Europe/Paris", week=(((0, 1440),),) * 7),
            rule=RuleView(
                slot_seconds=3600,
                grace_seconds=120,
                closing_margin_seconds=0,
                shortest_slot_seconds=60,
            ),
        ),
        seat=SeatView(
            seat_id="trapeze.salle.07", room_id="trapeze.salle", site_id="trapeze", number=7
        ),
    )


def _say(asked: Asked, message: Message) -> None:
    asked.answer(encode(message), headers=[("Content-Type", "application/json")])


def _refuse(asked: Asked, status: int, code: ProblemCode) -> None:
    asked.answer(encode(Problem(code=code)), status)
