"""The console over the wire: in, live, lost, back, out."""

import time
from datetime import timedelta

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from admin_console.desk.desk import Desk
from admin_console.desk.models.board import Difference
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.leaving import Leaving
from admin_console.desk.models.outgoing import OutgoingState
from kiosk.hublink.failure import Failure, Reason
from kiosk.rules.seat import SeatState
from kiosk.wire.change import SeatChanged
from kiosk.wire.command import CommandState, ExtendSlot, Identify
from kiosk.wire.desk import Role, StaffRefused
from kiosk.wire.problem import ProblemCode
from tests.desk.house import CLUB_ROOM, NOW, TRAPEZE_ROOM, a_seat, a_slot
from tests.desk.hub_double import PAGE, PASSWORD, DeskHub
from tests.helpers.clock import FakeClock

FREE = "perret/salle/1"
SEVENTH = "trapeze/salle/7"


def come_in(desk: Desk, qtbot: QtBot) -> None:
    desk.sign_in("nadia", PASSWORD)
    qtbot.waitUntil(lambda: desk.freshness[0] is Freshness.LIVE)


def state_of(desk: Desk, seat_id: str) -> SeatState | None:
    stand = desk.board.seat(seat_id) if desk.board is not None else None
    return stand.state if stand is not None else None


def sit(hub: DeskHub, seat_id: str, minutes: float = 60) -> None:
    seat = msgspec.structs.replace(hub.seat(seat_id), slot=a_slot(minutes, number=77))
    hub.change(SeatChanged(seat=seat))


def test_signing_in_shows_the_estate_and_keeps_it_live(
    desk: Desk, hub: DeskHub, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.opened) as opened:
        desk.sign_in("nadia", PASSWORD)
    person, board = opened.args
    assert person.display_name == "Nadia Benali"
    assert person.may_act
    assert board.sites()[0].name == "Médiathèque du Trapèze"
    qtbot.waitUntil(lambda: desk.freshness == (Freshness.LIVE, None))


def test_the_token_is_forgotten_when_the_person_leaves(
    desk: Desk, hub: DeskHub, qtbot: QtBot
) -> None:
    come_in(desk, qtbot)
    credential = desk._client.credential
    assert "held" in repr(credential)
    with qtbot.waitSignal(desk.left) as left:
        desk.sign_out()
    assert left.args == [Leaving.ASKED]
    assert "none" in repr(credential)
    assert desk.board is None
    qtbot.waitUntil(lambda: hub.sees("DELETE", "/v1/staff/sessions"))
    qtbot.waitUntil(lambda: not hub._tokens)


def test_a_wrong_password_is_refused_and_nothing_is_shown(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.sign_in_refused) as refused:
        desk.sign_in("nadia", "wrong")
    assert refused.args is not None
    assert isinstance(refused.args[0], StaffRefused)
    assert desk.board is None


def test_a_throttled_try_tells_how_long_to_wait(desk: Desk, hub: DeskHub, qtbot: QtBot) -> None:
    hub.told.refusal = StaffRefused(code="too_many_tries", retry_seconds=30)
    with qtbot.waitSignal(desk.sign_in_refused) as refused:
        desk.sign_in("nadia", PASSWORD)
    assert refused.args[0].retry_seconds == 30


def test_without_contact_signing_in_says_so_and_may_be_tried_again(
    desk: Desk, hub: DeskHub, qtbot: QtBot
) -> None:
    hub.vanish()
    with qtbot.waitSignal(desk.sign_in_failed) as failed:
        desk.sign_in("nadia", PASSWORD)
    failure: Failure = failed.args[0]
    assert failure.reason is Reason.UNREACHABLE
    hub.come_back()
    come_in(desk, qtbot)


def test_an_observer_may_not_act(desk: Desk, hub: DeskHub, qtbot: QtBot) -> None:
    hub.told.roles = (Role.OBSERVER, Role.CASHIER)
    with qtbot.waitSignal(desk.opened) as opened:
        desk.sign_in("hugo", PASSWORD)
    assert not opened.args[0].may_act


def test_a_seat_that_is_taken_shows_within_a_tenth_of_a_second_of_the_nudge(
    desk: Desk, hub: DeskHub, qtbot: QtBot
) -> None:
    come_in(desk, qtbot)
    assert state_of(desk, FREE) is SeatState.FREE
    begun = time.monotonic()
    with qtbot.waitSignal(desk.settled) as settled:
        sit(hub, FREE)
    spent = time.monotonic() - begun
    difference: Difference = settled.args[0]
    assert difference.seats == {FREE}
    assert state_of(desk, FREE) is SeatState.IN_USE
    # Ten times the budget: the point is that nothing waits for a poll.
    assert spent < 1.0


def test_many_changes_come_in_pages_and_all_arrive(desk: Desk, hub: DeskHub, qtbot: QtBot) -> None:
    come_in(desk, qtbot)
    told = [
        SeatChanged(seat=a_seat(TRAPEZE_ROOM, 1 + turn % 12, slot=a_slot(20 + turn % 30)))
        for turn in range(2 * PAGE + 30)
    ]
    cursor = hub.change(*told)
    board = desk.board
    assert board is not None
    qtbot.waitUntil(lambda: board.book.cursor == cursor)
    assert all(
        board.book.seat(seat_id) == hub.seat(seat_id)
        for seat_id in (f"trapeze/salle/{number}" for number in range(1, 13))
    )


def test_a_lost_contact_is_said_with_its_age_and_what_was_missed_is_read_from_the_cursor(
    desk: Desk, hub: DeskHub, clock: FakeClock, qtbot: QtBot
) -> None:
    come_in(desk, qtbot)
    board = desk.board
    assert board is not None
    cursor = board.book.cursor
    clock.advance(90)
    lost_at = desk.now()
    hub.vanish()
    qtbot.waitUntil(lambda: desk.freshness[0] is Freshness.LOST)
    assert desk.freshness[1] == lost_at
    clock.advance(60)
    sit(hub, FREE)
    assert state_of(desk, FREE) is SeatState.FREE
    hub.told.reads.clear()
    hub.come_back()
    qtbot.waitUntil(lambda: desk.freshness == (Freshness.LIVE, None))
    assert state_of(desk, FREE) is SeatState.IN_USE
    assert hub.told.reads[0] == cursor
    assert hub.told.estates == 1


def test_where_the_missed_changes_are_no_longer_kept_the_estate_is_read_anew(
    desk: Desk, hub: DeskHub, qtbot: QtBot
) -> None:
    come_in(desk, qtbot)
    hub.vanish()
    qtbot.waitUntil(lambda: desk.freshness[0] is Freshness.LOST)
    sit(hub, FREE)
    hub.forget_changes()
    hub.come_back()
    qtbot.waitUntil(lambda: desk.freshness[0] is Freshness.LIVE)
    assert state_of(desk, FREE) is SeatState.IN_USE
    assert hub.told.estates == 2


@pytest.mark.parametrize("how", ["command", "stream", "forecast"])
def test_a_session_that_the_hub_ended_leads_back_to_the_way_in(
    desk: Desk, hub: DeskHub, qtbot: QtBot, how: str
) -> None:
    come_in(desk, qtbot)
    hub.forget_sessions()
    with qtbot.waitSignal(desk.left) as left:
        if how == "command":
            desk.dispatch.send(SEVENTH, None, Identify())
        elif how == "forecast":
            desk.inquiry.ask_forecast(a_slot(1, number=7).slot_id, 900)
        else:
            hub.cut()
    assert left.args == [Leaving.EXPIRED]
    assert desk._client.credential.token is None
    assert desk.board is None


def test_a_command_is_followed_from_its_sending_to_its_end(
    desk: Desk, hub: DeskHub, qtbot: QtBot
) -> None:
    come_in(desk, qtbot)
    board = desk.board
    assert board is not None
    slot_id = a_slot(1, number=7).slot_id
    command_id = desk.dispatch.send(SEVENTH, slot_id, ExtendSlot(total_seconds=4500))
    (outgoing,) = desk.dispatch.outgoing_of(SEVENTH)
    assert outgoing.state is OutgoingState.SENDING
    qtbot.waitUntil(lambda: board.book.command(command_id) is not None)
    assert desk.dispatch.outgoing_of(SEVENTH) == ()
    (ask,) = hub.told.asks
    assert (ask.slot_id, ask.body) == (slot_id, ExtendSlot(total_seconds=4500))
    for state in (CommandState.RECEIVED, CommandState.DONE):
        with qtbot.waitSignal(desk.commands_moved) as moved:
            hub.move(command_id, state)
        assert moved.args == [SEVENTH]
        known = board.book.command(command_id)
        assert known is not None
        assert known.state is state


def test_what_is_not_for_a_slot_names_none(desk: Desk, hub: DeskHub, qtbot: QtBot) -> None:
    come_in(desk, qtbot)
    desk.dispatch.send(SEVENTH, a_slot(1, number=7).slot_id, Identify())
    qtbot.waitUntil(lambda: len(hub.told.asks) == 1)
    assert hub.told.asks[0].slot_id is None
    qtbot.waitUntil(lambda: desk.dispatch.outgoing_of(SEVENTH) == ())


@pytest.mark.parametrize(
    ("problem", "state"),
    [
        (ProblemCode.NOT_ALLOWED, OutgoingState.NOT_ALLOWED),
        (ProblemCode.CONFLICT, OutgoingState.IMPOSSIBLE),
        (ProblemCode.FAULT, OutgoingState.NOT_SENT),
    ],
)
def test_a_command_that_the_hub_does_not_take_says_why(
    desk: Desk, hub: DeskHub, qtbot: QtBot, problem: ProblemCode, state: OutgoingState
) -> None:
    come_in(desk, qtbot)
    hub.told.problem = problem
    desk.dispatch.send(SEVENTH, None, Identify())
    qtbot.waitUntil(lambda: [one.state for one in desk.dispatch.outgoing_of(SEVENTH)] == [state])


def test_time_alone_moves_a_seat_and_is_planned_for(
    desk: Desk, hub: DeskHub, clock: FakeClock, qtbot: QtBot
) -> None:
    come_in(desk, qtbot)
    hub.change(SeatChanged(seat=a_seat(CLUB_ROOM, 2, slot=a_slot(10.5, number=90))))
    qtbot.waitUntil(lambda: desk.board is not None and desk.board.book.cursor == 101)
    assert 29_000 < desk._wake.remainingTime() <= 30_002
    clock.advance(30)
    with qtbot.waitSignal(desk.settled) as settled:
        desk.tick()
    assert "perret/salle/2" in settled.args[0].seats
    assert state_of(desk, "perret/salle/2") is SeatState.ENDING


def test_the_console_counts_by_the_clock_of_the_hub(
    desk: Desk, clock: FakeClock, qtbot: QtBot
) -> None:
    clock.set_wall(NOW - timedelta(hours=3))
    come_in(desk, qtbot)
    assert desk.now() == NOW
    stand = desk.board.seat(SEVENTH) if desk.board is not None else None
    assert stand is not None
    assert stand.minutes_left == 47
