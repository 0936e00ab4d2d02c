"""The waiting list at a seat: whom it is held for, who waits, a ticket taken here."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from kiosk.rules.slot import Ground
from kiosk.rules.ticket import TicketState
from kiosk.rules.waiting import ListFault
from kiosk.session.command import OpeningAnswered, TicketAnswered, TicketUnanswered
from kiosk.wire.change import WaitingChanged
from kiosk.wire.face import (
    EndAsked,
    GoodbyeSeen,
    HeldFace,
    LockFace,
    PassTyped,
    SignInAsked,
    TicketFace,
    TicketSeen,
    TicketStage,
    TicketWished,
)
from kiosk.wire.station import SlotRefused
from kiosk.wire.ticket import ChangeTicket, TicketAct, TicketChanged, TicketRefused, TicketTaken
from kiosk.wire.turn import TicketChangeWished, TurnWished
from kiosk.wire.waiting import TicketView, WaitingView
from tests.session.station import CARD, PIN, Station

OTHER = "01890000-0000-7000-8000-00000000aaaa"


def hear(station: Station, *tickets: TicketView) -> LockFace:
    """The hub tells who waits; returns the lock."""
    view = WaitingView(
        room_id="trapeze/salle", at=station.clock.wall(), letter="A", tickets=tickets
    )
    station.hear(WaitingChanged(waiting=view))
    assert station.shown.lock is not None
    return station.shown.lock


def shown(station: Station) -> TicketFace | None:
    return station.shown.ticket


def ask(station: Station) -> str:
    station.wish(TicketWished(card=CARD))
    return station.asked_tickets[-1].ask_id


def test_a_seat_that_is_held_says_for_which_ticket_and_until_when(station: Station) -> None:
    until = station.clock.wall() + timedelta(minutes=7)
    called = replace(station.ticket(18), state=TicketState.CALLED, seat=7, hold_until=until)
    lock = hear(station, station.ticket(17), called)
    assert lock.held == HeldFace(ticket="A-18", until=until, hold_seconds=600)


def test_a_seat_held_for_a_ticket_without_a_card_asks_for_its_code(station: Station) -> None:
    called = replace(station.ticket(18), state=TicketState.CALLED, seat=7, coded=True)
    lock = hear(station, called)
    assert lock.held is not None
    assert lock.held.coded
    station.wish(SignInAsked(card=CARD, pin=PIN, ticket_code="042"))
    assert station.asked_openings[-1].ticket_code == "042"


def test_a_pass_brings_the_code_of_a_ticket_along(station: Station) -> None:
    station.wish(PassTyped(digits="0007123456", ticket_code="042"))
    assert station.asked_passes[-1].ticket_code == "042"


def test_a_seat_held_elsewhere_is_not_this_one(station: Station) -> None:
    called = replace(station.ticket(18), state=TicketState.CALLED, seat=8)
    lock = hear(station, called)
    assert (lock.held, lock.tickets_wait) == (None, False)


def test_while_tickets_wait_the_seat_is_not_free(station: Station) -> None:
    assert hear(station, station.ticket()).tickets_wait
    assert not hear(station).tickets_wait


@pytest.mark.parametrize(
    ("minutes", "waits"), [(11, False), (10, True)], ids=["away", "coming back"]
)
def test_who_stepped_away_waits_from_shortly_before_the_return(
    station: Station, minutes: int, waits: bool
) -> None:
    back_at = station.clock.wall() + timedelta(minutes=minutes)
    away = replace(station.ticket(), state=TicketState.AWAY, back_at=back_at)
    assert hear(station, away).tickets_wait is waits


def test_who_still_sits_somewhere_keeps_no_seat_from_others(station: Station) -> None:
    until = station.clock.wall() + timedelta(minutes=3)
    assert not hear(station, replace(station.ticket(), sits_until=until)).tickets_wait


@pytest.mark.parametrize("ground", [Ground.HELD, Ground.TICKET_NEEDED])
def test_a_refusal_at_the_lock_names_the_ticket(station: Station, ground: Ground) -> None:
    station.wish(SignInAsked(card=CARD, pin=PIN))
    slot_id = station.asked_openings[-1].slot_id
    refused = SlotRefused(slot_id=slot_id, ground=ground, ticket="A-18")
    station.session.handle(OpeningAnswered(refused))
    assert station.shown.lock is not None
    refusal = station.shown.lock.refusal
    assert refusal is not None
    assert (refusal.ground, refusal.ticket) == (ground, "A-18")


def test_a_card_gets_a_ticket_once_for_two_presses(station: Station) -> None:
    ask_id = ask(station)
    station.wish(TicketWished(card=CARD))
    assert len(station.asked_tickets) == 1
    assert shown(station) == TicketFace(stage=TicketStage.ASKING)
    at = station.clock.wall() + timedelta(minutes=20)
    ticket = replace(station.ticket(21), expected_at=at, expected_seat=4)
    station.session.handle(TicketAnswered(ask_id, TicketTaken(ticket=ticket)))
    assert shown(station) == TicketFace(
        stage=TicketStage.TAKEN,
        label="A-21",
        expected_at=at,
        expected_seat=4,
        here=True,
        state=TicketState.WAITING,
        ahead=0,
    )
    station.wish(TicketSeen())
    assert shown(station) is None


@pytest.mark.parametrize(
    ("told", "face"),
    [
        ({"unknown_card": True}, {"stage": TicketStage.UNKNOWN_CARD}),
        (
            {"fault": ListFault.CLOSED},
            {"stage": TicketStage.REFUSED, "fault": ListFault.CLOSED, "here": True},
        ),
    ],
)
def test_a_refused_ticket_tells_why(
    station: Station, told: dict[str, Any], face: dict[str, Any]
) -> None:
    station.session.handle(TicketAnswered(ask(station), TicketRefused(**told)))
    assert shown(station) == TicketFace(**face)


def test_who_has_a_ticket_already_is_told_which(station: Station) -> None:
    refused = TicketRefused(
        fault=ListFault.HAS_TICKET,
        ticket=station.ticket(18),
        room_name="Salle bleue",
        elsewhere=True,
    )
    station.session.handle(TicketAnswered(ask(station), refused))
    assert shown(station) == TicketFace(
        stage=TicketStage.REFUSED,
        fault=ListFault.HAS_TICKET,
        label="A-18",
        room_name="Salle bleue",
        state=TicketState.WAITING,
    )


def test_who_has_a_ticket_of_this_room_is_told_how_many_come_before(station: Station) -> None:
    hear(station, station.ticket(17), station.ticket(18), station.ticket(19))
    refused = TicketRefused(fault=ListFault.HAS_TICKET, ticket=station.ticket(18))
    station.session.handle(TicketAnswered(ask(station), refused))
    face = shown(station)
    assert face is not None
    assert (face.here, face.ahead) == (True, 1)


def test_digits_that_may_be_a_pass_are_asked_for_as_both(station: Station) -> None:
    station.wish(TicketWished(card="0007123456"))
    asked = station.asked_tickets[-1]
    assert (asked.card, asked.guest_pass) == ("0007123456", "0007123456")


def own(station: Station) -> None:
    """The ticket of whoever stands there is shown."""
    refused = TicketRefused(fault=ListFault.HAS_TICKET, ticket=station.ticket(18))
    station.session.handle(TicketAnswered(ask(station), refused))


def change(station: Station, act: TicketAct = TicketAct.LEAVE) -> str:
    station.wish(TicketChangeWished(card=CARD, act=act))
    return station.asked_changes[-1][0]


def test_a_ticket_is_given_back_once_for_two_presses(station: Station) -> None:
    own(station)
    ask_id = change(station)
    change(station)
    assert station.asked_changes == [(ask_id, ChangeTicket(card=CARD, act=TicketAct.LEAVE))]
    face = shown(station)
    assert face is not None
    assert (face.stage, face.label) == (TicketStage.ASKING, "A-18")
    left = replace(station.ticket(18), state=TicketState.LEFT)
    station.session.handle(TicketAnswered(ask_id, TicketChanged(ticket=left)))
    face = shown(station)
    assert face is not None
    assert (face.stage, face.state) == (TicketStage.CHANGED, TicketState.LEFT)


def test_stepping_away_says_until_when_and_a_refusal_why_not(station: Station) -> None:
    own(station)
    until = station.clock.wall() + timedelta(minutes=30)
    station.wish(TicketChangeWished(card=CARD, act=TicketAct.STEP_AWAY, until=until))
    ask_id, asked = station.asked_changes[-1]
    assert asked.until == until
    refused = TicketRefused(fault=ListFault.AFTER_CLOSING, ticket=station.ticket(18))
    station.session.handle(TicketAnswered(ask_id, refused))
    face = shown(station)
    assert face is not None
    assert (face.stage, face.fault) == (TicketStage.REFUSED, ListFault.AFTER_CLOSING)


def test_a_change_without_an_answer_leaves_the_ticket_in_sight(station: Station) -> None:
    own(station)
    station.session.handle(TicketUnanswered(change(station)))
    face = shown(station)
    assert face is not None
    assert (face.stage, face.label) == (TicketStage.NO_ANSWER, "A-18")
    station.disconnect()
    change(station)
    assert len(station.asked_changes) == 1
    station.wish(TicketSeen())
    station.wish(TicketChangeWished(card=CARD, act=TicketAct.LEAVE))
    assert shown(station) is None


def test_a_ticket_that_nobody_answers_may_be_asked_for_again(station: Station) -> None:
    station.session.handle(TicketUnanswered(ask(station)))
    assert shown(station) == TicketFace(stage=TicketStage.NO_ANSWER)
    ask(station)
    assert len(station.asked_tickets) == 2


def test_without_the_hub_there_is_no_list(station: Station) -> None:
    station.disconnect()
    station.wish(TicketWished(card=CARD))
    assert station.asked_tickets == []
    assert shown(station) == TicketFace(stage=TicketStage.NO_ANSWER)


def test_an_answer_about_a_ticket_that_nobody_waits_for_is_dropped(station: Station) -> None:
    ask_id = ask(station)
    station.wish(TicketSeen())
    station.session.handle(TicketAnswered(ask_id, TicketTaken(ticket=station.ticket())))
    station.session.handle(TicketUnanswered(OTHER))
    assert shown(station) is None


def test_a_newcomer_takes_a_ticket_over_the_session_of_another(station: Station) -> None:
    station.sit()
    ask_id = ask(station)
    station.session.handle(TicketAnswered(ask_id, TicketTaken(ticket=station.ticket(21))))
    face = shown(station)
    assert face is not None
    assert face.label == "A-21"
    assert station.shown.session is not None


def test_who_sits_takes_another_turn_once_for_two_presses(station: Station) -> None:
    station.wish(TurnWished())
    assert station.asked_tickets == []
    slot_id = station.sit()
    assert station.shown.session is not None
    assert station.shown.session.can_take_turn
    station.wish(TurnWished())
    station.wish(TurnWished())
    (asked,) = station.asked_tickets
    assert (asked.card, asked.slot_id) == (None, slot_id)
    taken = TicketTaken(ticket=station.ticket(21))
    station.session.handle(TicketAnswered(asked.ask_id, taken))
    face = shown(station)
    assert face is not None
    assert (face.label, face.of_sitter) == ("A-21", True)
    station.wish(TurnWished())
    assert len(station.asked_tickets) == 2


def test_no_turn_is_taken_without_the_hub(station: Station) -> None:
    station.sit()
    station.disconnect()
    station.wish(TurnWished())
    assert station.asked_tickets == []
    assert station.shown.session is not None
    assert not station.shown.session.can_take_turn


def test_the_ticket_of_the_last_visitor_is_not_the_next_ones(station: Station) -> None:
    station.sit()
    station.wish(TurnWished())
    taken = TicketTaken(ticket=station.ticket(21))
    station.session.handle(TicketAnswered(station.asked_tickets[-1].ask_id, taken))
    station.wish(EndAsked())
    station.wish(GoodbyeSeen())
    station.sit()
    assert shown(station) is None
