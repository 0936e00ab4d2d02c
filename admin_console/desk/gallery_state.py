"""The states of the console's pages that the gallery shows."""

import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from admin_console.desk.display import Display, DisplayMemory
from admin_console.desk.gallery_doubt import DOUBT_STATES
from admin_console.desk.gallery_house_rules import HOUSE_RULES
from admin_console.desk.gallery_journal import JOURNAL
from admin_console.desk.gallery_key import KEYS
from admin_console.desk.gallery_parked import PARKED
from admin_console.desk.gallery_reception import RECEPTION
from admin_console.desk.gallery_settings import SETTINGS
from admin_console.desk.gallery_stage import NADIA, WATCHER, Build, Stage, forecast, live
from admin_console.desk.gallery_till import TILL_STATES
from admin_console.desk.gallery_workshops import WORKSHOPS
from admin_console.desk.models.board import Board
from admin_console.desk.models.entrance import Entrance
from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.leaving import Leaving
from admin_console.desk.models.outgoing import Outgoing, OutgoingState
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.sign_in_page import SignInPage
from admin_console.desk.parts.display_dialog import DisplayDialog
from admin_console.desk.room_board.face import room_face
from admin_console.desk.room_board.own import Mode
from admin_console.desk.room_board.page import BoardPage
from admin_console.desk.room_board.wording import BoardAnswer, RoomWording
from admin_console.desk.sample import (
    NOT_CLEAN,
    NOW,
    QUIET,
    TICKETS,
    ZONE,
    Place,
    a_queuing_town,
    a_ticket,
    a_town,
    an_id,
)
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.phrase import Phrase
from kiosk.look.station_card import StationCard, StationFace
from kiosk.rules.seat import SeatState
from kiosk.rules.slot import Ground
from kiosk.rules.ticket import TicketState
from kiosk.rules.waiting import ListFault
from kiosk.wire.command import CommandState, CommandView
from kiosk.wire.desk import (
    Delay,
    Estate,
    StaffRefused,
)
from kiosk.wire.ticket import TicketChanged, TicketRefused, TicketTaken

__all__ = ["NADIA", "STATES", "WATCHER", "Build", "Stage", "forecast", "live"]

SEVENTH = "trapeze-7"


def a_command(number: int, kind: str, state: CommandState, code: str | None = None) -> CommandView:
    """Return a command as the hub tells it."""
    at = NOW - timedelta(seconds=20 * number)
    return CommandView(
        command_id=an_id(500 + number),
        seat_id=SEVENTH,
        kind=kind,
        state=state,
        issued_at=at,
        changed_at=at,
        code=code,
    )


def with_commands(
    stage: Stage, *commands: CommandView, sending: bool = False, estate: Estate | None = None
) -> QWidget:
    """Return the seventh seat with commands under way."""
    house = live(stage, estate=estate, seat=SEVENTH)
    for command in commands:
        house.page.board.book.take_command(command)
    outgoing = (
        (
            Outgoing(an_id(901), SEVENTH, "message", NOW),
            Outgoing(an_id(902), SEVENTH, "extend", NOW, OutgoingState.NOT_SENT),
        )
        if sending
        else ()
    )
    house.page.show_outgoing(SEVENTH, outgoing)
    return house


def sign_in(stage: Stage, name: str = "") -> SignInPage:
    """Return the way in."""
    return SignInPage(stage.look, stage.language, name)


def refused(stage: Stage, seconds: int) -> QWidget:
    """Return the way in after a refusal."""
    page = sign_in(stage, "nadia")
    told = Entrance(stage.language).refused(StaffRefused(code="refused", retry_seconds=seconds))
    page.show_refused(*told)
    page.enter.setEnabled(not seconds)
    return page


def unreachable(stage: Stage) -> QWidget:
    """Return the way in without contact."""
    page = sign_in(stage, "nadia")
    page.show_notice("danger", *Entrance(stage.language).failed(Failure(Reason.UNREACHABLE)))
    return page


def expired(stage: Stage) -> QWidget:
    """Return the way in after the session ended at the hub."""
    page = sign_in(stage, "nadia")
    page.show_notice("warning", *Entrance(stage.language).left(Leaving.EXPIRED))
    return page


def harmful(stage: Stage) -> QWidget:
    """Return a seat whose extension would keep somebody waiting."""
    house = live(stage, seat="trapeze-1")
    until = NOW + timedelta(minutes=37)
    forecast(house.page, "trapeze-1", delays=(Delay(ticket="A-21", until=until),))
    return house


def cut_short(stage: Stage) -> QWidget:
    """Return a seat whose extension is cut by the closing."""
    house = live(stage, seat=SEVENTH)
    forecast(house.page, SEVENTH, minutes=12, limit=Ground.CLOSING)
    return house


def no_more(stage: Stage) -> QWidget:
    """Return a seat that can have no more time."""
    house = live(stage, seat=SEVENTH)
    forecast(house.page, SEVENTH, refused=Ground.CLOSING)
    return house


def writing(stage: Stage) -> QWidget:
    """Return a seat for which a message is being written."""
    house = live(stage, seat=SEVENTH)
    house.page.panel.acts.message.click()
    house.page.panel.message.ready[0].click()
    return house


def breaking(stage: Stage) -> QWidget:
    """Return a seat that is about to be put out of order."""
    house = live(stage, seat=SEVENTH)
    house.page.panel.acts.break_down.click()
    return house


def ending(stage: Stage) -> QWidget:
    """Return the question before a session ends."""
    house = live(stage, seat=SEVENTH)
    house.page.panel.acts.end.click()
    return house


def choosing(stage: Stage, page: QWidget) -> QWidget:
    """Return a page behind the choices of display."""
    # A folder that cannot be written to: a gallery keeps nothing.
    memory = DisplayMemory(Path(os.devnull) / "desk.ini")
    display = Display(stage.look, stage.language, memory, page)
    dialog = DisplayDialog(stage.look, stage.guard, stage.language, display, page)
    dialog.open()
    return page


def as_list(stage: Stage) -> QWidget:
    """Return the floor as a table."""
    house = live(stage)
    house.page.view.switch.buttons[1].click()
    return house


def nine_states(stage: Stage) -> QWidget:
    """Return a floor with a card in each state, those that no room of today knows among them."""
    house = live(stage, estate=a_town(tuple(Place() for _ in range(12)), tables=False))
    cards: Sequence[StationCard] = list(house.page.view.floor.cards.values())
    wording = Wording(stage.language, Phrase(stage.language, ZoneInfo(ZONE)))
    for number, (card, state) in enumerate(zip(cards, SeatState, strict=False), 1):
        card.show_station(
            StationFace(str(number), state, spoken=f"{number}, {wording.state(state)}")
        )
    for card in cards[len(SeatState) :]:
        card.hide()
    return house


LATE = (a_ticket(21, 58, expected=-1, at_seat=3), a_ticket(22, 30), a_ticket(23, 0))
"""Nobody is called: a seat is late, and the last ones would get none today."""


TAKEN = TicketTaken(ticket=a_ticket(22, 0, expected=38, at_seat=2))
CODED = TicketTaken(ticket=a_ticket(22, 0, expected=38, at_seat=2), code="042")
HAS_ONE = TicketRefused(
    fault=ListFault.HAS_TICKET,
    ticket=a_ticket(20, 20, expected=15),
    room_name="Salle",
    elsewhere=True,
)


CARD = "2900000000017"
OWN = TicketRefused(fault=ListFault.HAS_TICKET, ticket=TICKETS[3])
OWN_AWAY = TicketRefused(fault=ListFault.HAS_TICKET, ticket=TICKETS[4])
GIVEN_BACK = TicketChanged(ticket=replace(TICKETS[3], state=TicketState.LEFT))


def room_board(
    stage: Stage,
    estate: Estate,
    *,
    room: str = "trapeze-room",
    lost: bool = False,
    reply: BoardAnswer | None = None,
    mode: Mode = Mode.ACTS,
) -> QWidget:
    """Return the board of a room."""
    board = Board(EstateBook(estate), NOW)
    phrase = Phrase(stage.language, ZoneInfo(ZONE))
    page = BoardPage(stage.look, RoomWording(Wording(stage.language, phrase)))
    face = room_face(board, room, NOW - timedelta(minutes=6) if lost else None)
    if face is None:
        raise LookupError(room)
    page.show_face(face)
    if reply is not None:
        page.show_answer(reply, card=CARD)
    if mode is not Mode.ACTS:
        page.own.turn(mode)
    return page


def leaving(stage: Stage) -> QWidget:
    """Return the question before a ticket is taken off the list."""
    house = live(stage, estate=a_queuing_town())
    row = house.page.overview.waiting.rows["trapeze-room", 19]
    row.head.click()
    row.gone.click()
    return house


def refusing(stage: Stage) -> QWidget:
    """Return the list after a wish that came too late."""
    house = live(stage, estate=a_queuing_town())
    answer = TicketRefused(fault=ListFault.SEAT_NOT_FREE)
    house.page.show_ticket_answer("trapeze-room", 17, answer)
    return house


STATES: dict[str, Build] = {
    "sign-in": sign_in,
    "sign-in-refused": lambda stage: refused(stage, 0),
    "sign-in-throttled": lambda stage: refused(stage, 30),
    "sign-in-no-contact": unreachable,
    "sign-in-expired": expired,
    "sign-in-display": lambda stage: choosing(stage, sign_in(stage)),
    "live-busy": live,
    "live-quiet": lambda stage: live(stage, estate=a_town(QUIET)),
    "live-one-room-of-seventeen": lambda stage: live(stage, site="landowski"),
    "board-called": lambda stage: room_board(stage, a_queuing_town()),
    "board-called-one": lambda stage: room_board(stage, a_queuing_town(TICKETS[1:])),
    "board-waiting": lambda stage: room_board(stage, a_queuing_town(TICKETS[2:])),
    "board-late": lambda stage: room_board(stage, a_queuing_town(LATE)),
    "board-free": lambda stage: room_board(stage, a_town(QUIET)),
    "board-full": lambda stage: room_board(stage, a_town(), room="perret-room"),
    "board-seventeen": lambda stage: room_board(stage, a_town(), room="landowski-room"),
    "board-closed": lambda stage: room_board(stage, a_town(), room="besnard-room"),
    "board-lost": lambda stage: room_board(stage, a_queuing_town(), lost=True),
    "board-ticket": lambda stage: room_board(stage, a_queuing_town(), reply=TAKEN),
    "board-code": lambda stage: room_board(stage, a_queuing_town(), reply=CODED),
    "board-has-ticket": lambda stage: room_board(stage, a_queuing_town(), reply=HAS_ONE),
    "board-own-times": lambda stage: room_board(
        stage, a_queuing_town(), reply=OWN, mode=Mode.TIMES
    ),
    "board-own-giving": lambda stage: room_board(
        stage, a_queuing_town(), reply=OWN, mode=Mode.GIVING
    ),
    "board-own": lambda stage: room_board(stage, a_queuing_town(), reply=OWN),
    "board-own-away": lambda stage: room_board(stage, a_queuing_town(), reply=OWN_AWAY),
    "board-given-back": lambda stage: room_board(stage, a_queuing_town(), reply=GIVEN_BACK),
    "board-codes-out": lambda stage: room_board(
        stage, a_queuing_town(), reply=TicketRefused(fault=ListFault.CODES_OUT)
    ),
    "board-unknown-card": lambda stage: room_board(
        stage, a_queuing_town(), reply=TicketRefused(unknown_card=True)
    ),
    "board-too-many": lambda stage: room_board(
        stage, a_queuing_town(), reply=TicketRefused(unknown_card=True, retry_seconds=60)
    ),
    "board-no-contact": lambda stage: room_board(
        stage, a_queuing_town(), reply=Failure(Reason.TIMEOUT)
    ),
    "live-list": as_list,
    "live-waiting": lambda stage: live(stage, estate=a_queuing_town()),
    "live-waiting-observer": lambda stage: live(stage, estate=a_queuing_town(), person=WATCHER),
    "live-waiting-question": leaving,
    "live-waiting-trouble": refusing,
    "live-waiting-late": lambda stage: live(stage, estate=a_queuing_town(LATE)),
    "live-display": lambda stage: choosing(stage, live(stage)),
    "live-catching-up": lambda stage: live(stage, fresh=Freshness.CATCHING_UP),
    "live-lost": lambda stage: live(stage, fresh=Freshness.LOST),
    "live-closed-site": lambda stage: live(stage, site="besnard"),
    "live-observer": lambda stage: live(stage, person=WATCHER, seat="trapeze-5"),
    "live-nine-states": nine_states,
    "seat-harmless": lambda stage: live(stage, seat=SEVENTH),
    "seat-harmful": harmful,
    "seat-cut-short": cut_short,
    "seat-no-more-time": no_more,
    "seat-free": lambda stage: live(stage, estate=a_town(QUIET), seat="trapeze-1"),
    "seat-offline": lambda stage: live(stage, seat="trapeze-10"),
    "seat-out-of-order": lambda stage: live(stage, seat="trapeze-11"),
    "seat-not-clean": lambda stage: with_commands(
        stage,
        a_command(1, "in_order", CommandState.REFUSED, "residue_files"),
        estate=a_town(NOT_CLEAN),
    ),
    "seat-help": lambda stage: live(stage, seat="trapeze-5"),
    "seat-message": writing,
    "seat-breaking": breaking,
    "seat-end-question": ending,
    "commands-under-way": lambda stage: with_commands(
        stage,
        a_command(1, "identify", CommandState.SENT),
        a_command(2, "message", CommandState.RECEIVED),
        a_command(3, "extend", CommandState.DONE),
    ),
    "commands-ended": lambda stage: with_commands(
        stage,
        a_command(1, "extend", CommandState.REFUSED, Ground.OVER),
        a_command(2, "identify", CommandState.EXPIRED),
        a_command(3, "message", CommandState.DONE),
    ),
    "commands-not-sent": lambda stage: with_commands(stage, sending=True),
    **PARKED,
    **KEYS,
    **RECEPTION,
    **SETTINGS,
    **HOUSE_RULES,
    **JOURNAL,
    **TILL_STATES,
    **DOUBT_STATES,
    **WORKSHOPS,
}
"""The states, by the name of their picture."""
