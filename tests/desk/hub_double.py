"""A hub for the desk, over real sockets: it lets staff in, keeps an estate, tells changes, moves
commands when the test says so, and can vanish, forget a session or its old changes.
"""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlparse

import msgspec

from kiosk.rules.slot import Ground
from kiosk.rules.waiting import ListFault
from kiosk.wire.change import (
    Change,
    ChangeBody,
    ChangesPage,
    CommandChanged,
    CursorTooOld,
    SeatChanged,
)
from kiosk.wire.codec import Message, decode, encode
from kiosk.wire.command import CommandState, CommandView, IssueCommand
from kiosk.wire.desk import (
    CardAnswer,
    CardUnknown,
    Delay,
    Estate,
    ExtensionForecast,
    FindCard,
    ForecastAnswer,
    Role,
    RoomEstate,
    SeatDay,
    SignInStaff,
    SiteEstate,
    StaffRefused,
    StaffSignedIn,
)
from kiosk.wire.parked import MarkSeen, ParkedFact, ParkedFacts
from kiosk.wire.people import MeetPerson, PersonUnknown
from kiosk.wire.place import SeatView
from kiosk.wire.problem import Problem, ProblemCode
from kiosk.wire.ticket import (
    ChangeAnswer,
    ChangeRoomTicket,
    ChangeTicket,
    TakeTicket,
    TicketAct,
    TicketAnswer,
    TicketRefused,
)
from tests.hublink.server import Asked, TinyHub

PASSWORD = "la-clef-des-champs"
PAGE = 100


@dataclass
class Told:
    """What the test may read and change while the hub runs."""

    roles: tuple[Role, ...] = (Role.AGENT,)
    refusal: StaffRefused | None = None
    problem: ProblemCode | None = None
    delays: tuple[Delay, ...] = ()
    added_seconds: int | None = None
    forecast: ForecastAnswer | None = None
    asks: list[IssueCommand] = field(default_factory=list)
    forecasts: list[tuple[str, int]] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    reads: list[int] = field(default_factory=list)
    estates: int = 0
    cards: list[str] = field(default_factory=list)
    card_answers: dict[str, CardAnswer] = field(default_factory=dict)
    says_nothing_of_cards: bool = False
    ticket_acts: list[tuple[str, int, TicketAct]] = field(default_factory=list)
    ticket_answer: ChangeAnswer | None = None
    own_changes: list[ChangeTicket] = field(default_factory=list)
    taken: list[tuple[str, TakeTicket]] = field(default_factory=list)
    taken_answer: TicketAnswer | None = None
    loses_tickets: int = 0
    ticket_problem: ProblemCode | None = None
    met: list[tuple[str, str]] = field(default_factory=list)
    parked: dict[str, tuple[ParkedFact, ...]] = field(default_factory=dict)
    parked_reads: list[str] = field(default_factory=list)
    loses_parked: int = 0


class DeskHub(TinyHub):
    """The hub. `told` is in the hands of the test."""

    def __init__(self, estate: Estate) -> None:
        super().__init__()
        self.told = Told()
        self._lock = threading.Condition()
        self._cursor = estate.cursor
        self._kept_from = estate.cursor
        self._hub_time = estate.hub_time
        self._sites = list(estate.sites)
        self._seats: dict[str, SeatView] = {
            seat.seat_id: seat
            for site in estate.sites
            for room in site.rooms
            for seat in room.seats
        }
        self._changes: list[Change] = []
        self._commands: dict[str, CommandView] = {}
        self._tokens: set[str] = set()
        self._issued = 0
        self._down = False

    # --------------------------------------------------------------------- the test's levers

    def change(self, *bodies: ChangeBody, nudge: bool = True) -> int:
        """Let something happen; return the cursor after it."""
        with self._lock:
            for body in bodies:
                self._cursor += 1
                at = self._hub_time
                self._changes.append(Change(n=self._cursor, at=at, body=body))
                if isinstance(body, SeatChanged):
                    self._seats[body.seat.seat_id] = body.seat
            if nudge:
                self._lock.notify_all()
            return self._cursor

    def seat(self, seat_id: str) -> SeatView:
        """Return a seat as it stands."""
        with self._lock:
            return self._seats[seat_id]

    def move(self, command_id: str, state: CommandState, code: str | None = None) -> None:
        """Let a command go on."""
        known = self._commands[command_id]
        moved = msgspec.structs.replace(
            known, state=state, code=code, changed_at=known.changed_at + timedelta(seconds=1)
        )
        self._commands[command_id] = moved
        self.change(CommandChanged(command=moved))

    def vanish(self) -> None:
        """Cut everything and answer nobody."""
        self._down = True
        with self._lock:
            self._lock.notify_all()
        self.cut()

    def come_back(self) -> None:
        """Answer again."""
        self._down = False

    def forget_changes(self) -> None:
        """Keep none of the changes so far."""
        with self._lock:
            self._changes.clear()
            self._kept_from = self._cursor

    def forget_sessions(self) -> None:
        """Know nobody any more."""
        self._tokens.clear()

    def sees(self, method: str, path: str) -> bool:
        """Tell whether such a request came."""
        return any(one.method == method and one.path.startswith(path) for one in self.seen)

    # ------------------------------------------------------------------------------- serving

    def serve(self, asked: Asked) -> None:
        """Answer like the hub."""
        self.seen.append(asked.seen)
        if self._down:
            asked.close()
            return
        url = urlparse(asked.seen.path)
        parts = [unquote(part) for part in url.path.split("/")[2:]]
        method = asked.seen.method
        if (method, parts) == ("POST", ["staff", "sessions"]):
            self._sign_in(asked)
            return
        token = asked.seen.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in self._tokens:
            self._refuse(asked, 401, ProblemCode.NOT_SIGNED_IN)
            return
        query = {key: values[0] for key, values in parse_qs(url.query).items()}
        routes: dict[tuple[str, str], Callable[[], None]] = {
            ("DELETE", "staff"): lambda: self._sign_out(asked, token),
            ("GET", "estate"): lambda: self._estate(asked),
            ("GET", "changes"): lambda: self._read(asked, int(query["after"])),
            ("GET", "stream"): lambda: self._stream(asked),
            ("POST", "commands"): lambda: self._issue(asked),
            ("GET", "slots"): lambda: self._forecast(asked, parts[1], int(query["seconds"])),
            ("GET", "seats"): lambda: self._day(asked, parts[1]),
            ("POST", "cards"): lambda: self._find_card(asked),
            ("POST", "rooms"): lambda: self._ticket(asked, parts),
            ("POST", "people"): lambda: self._meet(asked),
            ("GET", "sites"): lambda: self._parked(asked, parts[1]),
            ("POST", "sites"): lambda: self._settle_parked(asked, parts[1]),
        }
        routes[method, parts[0]]()

    def _say(self, asked: Asked, message: Message) -> None:
        asked.answer(encode(message), headers=[("Content-Type", "application/json")])

    def _refuse(self, asked: Asked, status: int, code: ProblemCode) -> None:
        asked.answer(encode(Problem(code=code)), status)

    def _sign_in(self, asked: Asked) -> None:
        ask: SignInStaff = decode(asked.seen.body, SignInStaff)
        if self.told.refusal is not None:
            self._say(asked, self.told.refusal)
        elif ask.password != PASSWORD:
            self._say(asked, StaffRefused(code="wrong_name_or_password"))
        else:
            self._issued += 1
            token = f"token-{self._issued}"
            self._tokens.add(token)
            self._say(
                asked,
                StaffSignedIn(
                    token=token,
                    name=ask.name,
                    display_name="Nadia Benali",
                    roles=self.told.roles,
                    site_ids=tuple(site.site.site_id for site in self._sites),
                    expires_at=datetime.now(UTC) + timedelta(hours=12),
                ),
            )

    def _find_card(self, asked: Asked) -> None:
        ask: FindCard = decode(asked.seen.body, FindCard)
        self.told.cards.append(ask.card)
        if self.told.says_nothing_of_cards:
            asked.close()
            return
        self._say(asked, self.told.card_answers.get(ask.card, CardUnknown()))

    def _meet(self, asked: Asked) -> None:
        ask: MeetPerson = decode(asked.seen.body, MeetPerson)
        self.told.met.append((ask.card, ask.room_id))
        self._say(asked, PersonUnknown())

    def _parked(self, asked: Asked, site_id: str) -> None:
        self.told.parked_reads.append(site_id)
        if self.told.loses_parked:
            self.told.loses_parked -= 1
            asked.close()
            return
        self._say(asked, ParkedFacts(site_id=site_id, facts=self.told.parked.get(site_id, ())))

    def _settle_parked(self, asked: Asked, site_id: str) -> None:
        ask: MarkSeen = decode(asked.seen.body, MarkSeen)
        if self.told.problem is not None:
            self._refuse(asked, 403, self.told.problem)
            return
        left = [one for one in self.told.parked[site_id] if one.event_id not in ask.event_ids]
        self.told.parked[site_id] = tuple(left)
        self._say(asked, ParkedFacts(site_id=site_id, facts=tuple(left)))

    def _ticket(self, asked: Asked, parts: list[str]) -> None:
        if len(parts) > len(("rooms", "room", "tickets")):
            if parts[3] == "own":
                self.told.own_changes.append(decode(asked.seen.body, ChangeTicket))
                self._say(asked, self.told.ticket_answer or TicketRefused(unknown_card=True))
                return
            self._change_ticket(asked, parts[1], int(parts[3]))
            return
        ask: TakeTicket = decode(asked.seen.body, TakeTicket)
        self.told.taken.append((parts[1], ask))
        if self.told.loses_tickets:
            self.told.loses_tickets -= 1
            asked.close()
            return
        self._say(asked, self.told.taken_answer or TicketRefused(unknown_card=True))

    def _change_ticket(self, asked: Asked, room_id: str, number: int) -> None:
        ask: ChangeRoomTicket = decode(asked.seen.body, ChangeRoomTicket)
        self.told.ticket_acts.append((room_id, number, ask.act))
        if self.told.ticket_problem is not None:
            self._refuse(asked, 403, self.told.ticket_problem)
            return
        self._say(asked, self.told.ticket_answer or TicketRefused(fault=ListFault.NO_TICKET))

    def _sign_out(self, asked: Asked, token: str) -> None:
        self._tokens.discard(token)
        asked.answer(b"", 204)

    def _estate(self, asked: Asked) -> None:
        with self._lock:
            self.told.estates += 1
            sites = tuple(
                SiteEstate(
                    site=site.site,
                    rooms=tuple(
                        RoomEstate(
                            room=room.room,
                            seats=tuple(self._seats[seat.seat_id] for seat in room.seats),
                            waiting=room.waiting,
                        )
                        for room in site.rooms
                    ),
                )
                for site in self._sites
            )
            estate = Estate(cursor=self._cursor, hub_time=self._hub_time, sites=sites)
        self._say(asked, estate)

    def _read(self, asked: Asked, after: int) -> None:
        self.told.reads.append(after)
        with self._lock:
            if after < self._kept_from:
                answer: Message = CursorTooOld()
            else:
                later = [change for change in self._changes if change.n > after]
                page = tuple(later[:PAGE])
                more = len(later) > PAGE
                cursor = page[-1].n if more else self._cursor
                answer = ChangesPage(changes=page, cursor=cursor, more=more)
        self._say(asked, answer)

    def _stream(self, asked: Asked) -> None:
        asked.head(200, [("Content-Type", "text/event-stream"), ("Connection", "close")])
        asked.close()
        told = self._cursor
        asked.send(b": hello\n\n")
        while not asked._closing.is_set() and not self._down:
            with self._lock:
                self._lock.wait(timeout=0.02)
                cursor = self._cursor
            if cursor > told and not self._down:
                told = cursor
                nudge = json.dumps({"cursor": cursor})
                asked.send(f"event: change\ndata: {nudge}\n\n".encode())

    def _issue(self, asked: Asked) -> None:
        ask: IssueCommand = decode(asked.seen.body, IssueCommand)
        self.told.asks.append(ask)
        if self.told.problem is not None:
            self._refuse(asked, 403, self.told.problem)
            return
        kind = json.loads(encode(ask))["body"]["type"]
        view = self._commands.setdefault(
            ask.command_id,
            CommandView(
                command_id=ask.command_id,
                seat_id=ask.seat_id,
                kind=kind,
                state=CommandState.SENT,
                issued_at=self._hub_time,
                changed_at=self._hub_time,
            ),
        )
        self._say(asked, view)

    def _forecast(self, asked: Asked, slot_id: str, seconds: int) -> None:
        self.told.forecasts.append((slot_id, seconds))
        if self.told.forecast is not None:
            self._say(asked, self.told.forecast)
            return
        slot = next(
            seat.slot
            for seat in self._seats.values()
            if seat.slot is not None and seat.slot.slot_id == slot_id
        )
        added = seconds if self.told.added_seconds is None else self.told.added_seconds
        self._say(
            asked,
            ExtensionForecast(
                slot_id=slot_id,
                seconds=seconds,
                added_seconds=added,
                total_seconds=slot.total_seconds + added,
                ends_at=slot.ends_at + timedelta(seconds=added),
                delays=self.told.delays,
                limit=None if added == seconds else Ground.CLOSING,
                limit_at=None if added == seconds else self._hub_time + timedelta(hours=4),
            ),
        )

    def _day(self, asked: Asked, seat_id: str) -> None:
        self.told.days.append(seat_id)
        self._say(asked, SeatDay(seat_id=seat_id, slots=(), lines=()))
