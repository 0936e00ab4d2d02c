"""Tickets over the wire: taken, changed, and refused without a trace in the rows."""

from dataclasses import dataclass

import pytest
from msgspec.structs import replace as changed

from kiosk.rules.ticket import TicketState
from kiosk.rules.waiting import ListFault
from kiosk.wire.change import ChangesPage, WaitingChanged
from kiosk.wire.codec import Message
from kiosk.wire.desk import Estate, Role
from kiosk.wire.place import ExceptionView
from kiosk.wire.problem import ProblemCode
from kiosk.wire.station import RenewSlot, StationSituation
from kiosk.wire.ticket import (
    ChangeRoomTicket,
    ChangeTicket,
    TakeTicket,
    TicketAct,
    TicketChanged,
    TicketRefused,
    TicketTaken,
)
from tests.hub.web.house import CARD, House, decode_as, enrol, new_id, problem

ROOM = "/v1/rooms/north.room/tickets"


@pytest.fixture
def house(house: House) -> House:
    """The same house, with a room whose name may stand in an address."""
    with house.store.begin(write=True) as work:
        room = work.rooms.get("north/room")
        assert room is not None
        work.rooms.add(changed(room, room_id="north.room"))
    return house


def take(card: str | None = CARD) -> TakeTicket:
    return TakeTicket(ask_id=new_id(), card=card)


def test_a_ticket_is_taken_told_and_given_back(house: House) -> None:
    ask = take()
    taken = decode_as(house.ask("POST", "/v1/tickets", ask, house.station), TicketTaken)
    again = decode_as(house.ask("POST", "/v1/tickets", ask, house.station), TicketTaken)
    situation = decode_as(house.ask("GET", "/v1/situation", token=house.station), StationSituation)
    estate = decode_as(house.ask("GET", "/v1/estate", token=house.staff[Role.OBSERVER]), Estate)
    changes = decode_as(house.ask("GET", "/v1/changes?after=0", token=house.station), ChangesPage)
    leave = ChangeTicket(card=CARD, act=TicketAct.LEAVE)
    left = decode_as(house.ask("POST", "/v1/tickets/own", leave, house.station), TicketChanged)

    assert taken == again
    assert situation.waiting is not None
    assert situation.waiting.tickets == (taken.ticket,)
    assert estate.sites[0].rooms[0].waiting == situation.waiting
    assert WaitingChanged(waiting=situation.waiting) in [one.body for one in changes.changes]
    assert left.ticket.state is TicketState.LEFT
    assert CARD not in house.log.getvalue()


def test_a_board_takes_a_ticket_with_a_code_and_an_agent_ends_it(house: House) -> None:
    observer, agent = house.staff[Role.OBSERVER], house.staff[Role.AGENT]

    taken = decode_as(house.ask("POST", ROOM, take(None), observer), TicketTaken)
    path = f"{ROOM}/{taken.ticket.number}"
    leave = ChangeRoomTicket(act=TicketAct.LEAVE)
    by_board = house.ask("POST", path, leave, observer)
    by_agent = decode_as(house.ask("POST", path, leave, agent), TicketChanged)

    assert len(taken.code) == 3
    assert (by_board.status_code, problem(by_board).code) == (403, ProblemCode.NOT_ALLOWED)
    assert by_agent.ticket.state is TicketState.LEFT


@dataclass(frozen=True)
class Bad:
    path: str
    body: Message | bytes
    status: int
    code: ProblemCode
    role: Role | None = None


@pytest.mark.parametrize(
    "bad",
    [
        Bad("/v1/tickets", take(None), 400, ProblemCode.INVALID),
        Bad("/v1/tickets", b'{"ask_id": "1", "card": "1234"}', 400, ProblemCode.INVALID),
        Bad("/v1/tickets", b"ticket", 400, ProblemCode.NOT_JSON),
        Bad("/v1/tickets", take(), 403, ProblemCode.NOT_ALLOWED, Role.AGENT),
        Bad(
            "/v1/tickets/own",
            ChangeTicket(card=CARD, act=TicketAct.CALL_AGAIN),
            400,
            ProblemCode.INVALID,
        ),
        Bad(
            "/v1/tickets/own",
            ChangeTicket(card=CARD, act=TicketAct.STEP_AWAY),
            400,
            ProblemCode.INVALID,
        ),
        Bad(ROOM, take(), 403, ProblemCode.NOT_ALLOWED),
        Bad(ROOM, take(), 403, ProblemCode.NOT_ALLOWED, Role.CASHIER),
        Bad("/v1/rooms/south.room/tickets", take(), 404, ProblemCode.NOT_FOUND, Role.AGENT),
        Bad("/v1/rooms/nowhere/tickets", take(), 404, ProblemCode.NOT_FOUND, Role.AGENT),
        Bad(
            f"{ROOM}/7",
            ChangeRoomTicket(act=TicketAct.LEAVE),
            404,
            ProblemCode.NOT_FOUND,
            Role.AGENT,
        ),
        Bad(
            f"{ROOM}/0",
            ChangeRoomTicket(act=TicketAct.LEAVE),
            400,
            ProblemCode.INVALID,
            Role.AGENT,
        ),
        Bad(
            f"{ROOM}/A-01",
            ChangeRoomTicket(act=TicketAct.LEAVE),
            404,
            ProblemCode.NOT_FOUND,
            Role.AGENT,
        ),
    ],
    ids=lambda bad: f"{bad.path} {bad.status}",
)
def test_a_bad_request_for_a_ticket_leaves_the_rows_as_they_are(house: House, bad: Bad) -> None:
    before = house.written()
    token = house.station if bad.role is None else house.staff[bad.role]

    answer = house.ask("POST", bad.path, bad.body, token)

    assert (answer.status_code, problem(answer).code) == (bad.status, bad.code)
    assert house.written() == before


def test_an_identifier_of_somebody_else_is_a_conflict(house: House) -> None:
    ask = take()
    decode_as(house.ask("POST", "/v1/tickets", ask, house.station), TicketTaken)
    other = enrol(house.url, house.cases, "north/room").token
    before = house.written()

    answer = house.ask("POST", "/v1/tickets", ask, other)

    assert (answer.status_code, problem(answer).code) == (409, ProblemCode.CONFLICT)
    assert house.written() == before


def test_a_closed_room_gives_no_ticket(house: House) -> None:
    with house.store.begin(write=True) as work:
        room = work.rooms.get("north.room")
        assert room is not None
        today = house.cases.clock.now().date()
        closed = changed(
            room.hours,
            week=((),) * 7,
            exceptions=(ExceptionView(day=today.replace(year=today.year + 1)),),
        )
        work.rooms.add(changed(room, room_id="north.closed", hours=closed))

    before = house.written()
    path = "/v1/rooms/north.closed/tickets"
    answer = decode_as(house.ask("POST", path, take(), house.staff[Role.AGENT]), TicketRefused)

    assert (answer.fault, answer.ticket, answer.at) == (ListFault.CLOSED, None, None)
    assert house.written() == before


def test_a_station_renews_no_slot_of_another_seat(house: House) -> None:
    slot_id = new_id()
    ask = RenewSlot(slot_id=slot_id, from_total_seconds=3600)
    before = house.written()

    wrong = house.ask("POST", f"/v1/slots/{new_id()}/renewals", ask, house.station)
    unknown = house.ask("POST", f"/v1/slots/{slot_id}/renewals", ask, house.station)

    assert wrong.status_code == 400
    assert b'"ground":"fault"' in unknown.content
    assert house.written() == before


def test_unknown_cards_are_slowed_down_at_a_board(house: House) -> None:
    observer = house.staff[Role.OBSERVER]
    answers = [
        decode_as(house.ask("POST", ROOM, take(f"9999{n}"), observer), TicketRefused)
        for n in range(4)
    ]

    assert [answer.unknown_card for answer in answers] == [True, True, True, False]
    assert answers[3].retry_seconds > 0
