"""*1 h renouvelable si la place est libre*, as one visitor lives it; estimates; reasons."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.rules.cover import SeatAnswer
from kiosk.rules.estimate import (
    Delay,
    Estimate,
    delays,
    estimate_for_one_more,
    estimates,
)
from kiosk.rules.reason import WAYS, Reason, Way, reason_for, ways_for
from kiosk.rules.renewal import (
    Asker,
    AtWork,
    answer_alone,
    ask_renewal,
    renew_itself,
    take_mercy,
)
from kiosk.rules.room import Occupant, RoomSnapshot, SeatStanding, TicketStanding
from kiosk.rules.slot import Boundary, Grant, Ground, Refusal, Running, SlotRule, closing_boundary

NOW = datetime(2026, 10, 14, 13, 30, tzinfo=UTC)
RULE = SlotRule()
HOUR = 3600
LAST_MINUTES = Asker(Running(HOUR, HOUR - 480))
TAKEN_AT = NOW - timedelta(minutes=27)
GRANTED = SeatAnswer(7, "slot")
REFUSED = SeatAnswer(7, "slot", ticket=19, waiting_since=TAKEN_AT, told=True)
BUSY = AtWork(quiet_seconds=20)


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


# -------------------------------------------------------------------------------------- asking


def test_a_seat_that_nobody_waits_for_is_renewed() -> None:
    assert ask_renewal(RULE, NOW, LAST_MINUTES, (), GRANTED) == Grant(2 * HOUR)
    assert ask_renewal(RULE, NOW, LAST_MINUTES, (), None) == Grant(2 * HOUR)


def test_a_refusal_names_who_waits_since_when_and_what_to_do() -> None:
    assert ask_renewal(RULE, NOW, LAST_MINUTES, (), REFUSED) == Reason(
        Ground.WAITING,
        ticket=19,
        waiting_since=TAKEN_AT,
        ways=(Way.SAVE, Way.PRINT, Way.TAKE_TICKET, Way.MERCY),
    )


def test_the_rooms_own_ground_goes_before_the_ticket() -> None:
    closing = (closing_boundary(RULE, later(24)),)
    found = ask_renewal(RULE, NOW, LAST_MINUTES, closing, REFUSED)
    assert isinstance(found, Reason)
    assert (found.ground, found.at) == (Ground.CLOSING, later(24))
    assert Way.MERCY not in found.ways


@pytest.mark.parametrize(("ago", "holds"), [(0.0, True), (59.9, True), (60.0, False)])
def test_an_offer_once_shown_holds_for_a_minute(ago: float, holds: bool) -> None:
    asker = replace(LAST_MINUTES, offered_seconds_ago=ago)
    found = ask_renewal(RULE, NOW, asker, (), REFUSED)
    assert isinstance(found, Grant) is holds


# ----------------------------------------------------------------------------------- by itself


def test_somebody_at_work_goes_on_by_themselves_on_a_seat_that_nobody_wants() -> None:
    at_end = replace(LAST_MINUTES, running=Running(HOUR, HOUR))
    assert renew_itself(RULE, NOW, at_end, (), GRANTED, BUSY) == Grant(2 * HOUR)


@pytest.mark.parametrize(
    ("answer", "work", "ground"),
    [
        (REFUSED, BUSY, Ground.WAITING),
        (GRANTED, AtWork(901), Ground.IDLE),
        (GRANTED, AtWork(20, declined=True), Ground.DECLINED),
        (REFUSED, AtWork(901), Ground.WAITING),
    ],
)
def test_a_slot_that_does_not_go_on_by_itself_says_why(
    answer: SeatAnswer, work: AtWork, ground: Ground
) -> None:
    at_end = replace(LAST_MINUTES, running=Running(HOUR, HOUR))
    found = renew_itself(RULE, NOW, at_end, (), answer, work)
    assert isinstance(found, Reason)
    assert found.ground is ground


# ------------------------------------------------------------------------------------- mercy


def test_a_refused_visitor_may_take_five_minutes_once() -> None:
    assert take_mercy(RULE, NOW, LAST_MINUTES, (), Ground.WAITING) == Grant(HOUR + 300)
    again = take_mercy(RULE, NOW, replace(LAST_MINUTES, mercy_taken=True), (), Ground.WAITING)
    assert again == Reason(Ground.WAITING, ways=(Way.SAVE, Way.PRINT, Way.TAKE_TICKET))


def test_mercy_passes_the_limits_of_the_day_but_no_boundary() -> None:
    assert take_mercy(RULE, NOW, LAST_MINUTES, (), Ground.DAILY_MINUTES) == Grant(HOUR + 300)
    near = Boundary(Ground.WORKSHOP, later(12))
    assert take_mercy(RULE, NOW, LAST_MINUTES, (near,), Ground.WAITING) == Grant(HOUR + 120, near)
    now = Boundary(Ground.WORKSHOP, later(10))
    found = take_mercy(RULE, NOW, LAST_MINUTES, (now,), Ground.WAITING)
    assert isinstance(found, Reason)
    assert found.ground is Ground.WORKSHOP


def test_mercy_is_for_the_last_minutes_of_who_was_refused() -> None:
    early = take_mercy(RULE, NOW, Asker(Running(HOUR, 2999)), (), Ground.WAITING)
    assert isinstance(early, Reason)
    assert (early.ground, early.at) == (Ground.TOO_EARLY, NOW + timedelta(seconds=1))
    closing = take_mercy(RULE, NOW, LAST_MINUTES, (), Ground.CLOSING)
    assert isinstance(closing, Reason)
    over = take_mercy(RULE, NOW, Asker(Running(HOUR, HOUR + 120)), (), Ground.WAITING)
    assert isinstance(over, Reason)
    assert over.ground is Ground.OVER


# ----------------------------------------------------------------------------- without the hub


@pytest.mark.parametrize(
    ("answer", "slot_id", "age", "stands"),
    [
        (REFUSED, "slot", 899.0, True),
        (REFUSED, "slot", 900.0, False),
        (REFUSED, "another", 10.0, False),
        (replace(REFUSED, told=False), "slot", 10.0, False),
        (None, "slot", 10.0, False),
    ],
)
def test_alone_only_a_seat_that_a_young_snapshot_names_is_refused(
    answer: SeatAnswer | None, slot_id: str, age: float, stands: bool
) -> None:
    found = ask_renewal(RULE, NOW, LAST_MINUTES, (), answer_alone(answer, slot_id, age))
    assert isinstance(found, Reason) is stands


# ------------------------------------------------------------------------------------ reasons


def test_every_ground_says_what_to_do_next() -> None:
    assert set(WAYS) == set(Ground)
    for ground in Ground:
        assert ways_for(ground)
        assert Way.MERCY not in ways_for(ground)
    assert reason_for(Refusal(Ground.OVER, NOW)).at == NOW


# ---------------------------------------------------------------------------------- estimates


def busy(number: int, ends_in: float, bar: Ground | None = None, used: int = HOUR) -> SeatStanding:
    return SeatStanding(number, occupant=Occupant(f"slot-{number}", later(ends_in), used, bar))


def tickets(*numbers: int) -> tuple[TicketStanding, ...]:
    return tuple(TicketStanding(number, TAKEN_AT) for number in numbers)


def test_estimates_come_from_the_real_ends_of_slots() -> None:
    seats = (busy(1, 50), busy(2, 38), busy(3, 10), SeatStanding(4, held_for=3))
    snapshot = RoomSnapshot(NOW, RULE, seats, tickets(3, 4, 5, 6, 7))
    assert estimates(snapshot) == (
        Estimate(3, NOW, 4),
        Estimate(4, later(10), 3),
        Estimate(5, later(38), 2),
        Estimate(6, later(50), 1),
        Estimate(7, later(60), 4),
    )


def test_a_seat_that_may_be_renewed_counts_one_slot_later() -> None:
    had_more = (TicketStanding(3, TAKEN_AT, 2 * HOUR),)
    snapshot = RoomSnapshot(NOW, RULE, (busy(1, 5), busy(2, -1)), had_more)
    assert estimates(snapshot) == (Estimate(3, later(60), 2),)


def test_who_is_away_or_still_sits_is_estimated_from_then_on() -> None:
    waiting = (
        TicketStanding(3, TAKEN_AT, back_at=later(30)),
        TicketStanding(4, TAKEN_AT, sits_until=later(5)),
    )
    snapshot = RoomSnapshot(NOW, RULE, (SeatStanding(1), SeatStanding(2)), waiting)
    assert estimates(snapshot) == (Estimate(3, later(30), 2), Estimate(4, later(5), 1))


def test_no_estimate_is_promised_past_closing_or_without_a_seat() -> None:
    closing = replace(busy(1, 20), usable_until=later(26))
    assert estimates(RoomSnapshot(NOW, RULE, (closing,), tickets(3))) == (Estimate(3, None),)
    silent = replace(busy(1, 20), in_contact=False)
    assert estimates(RoomSnapshot(NOW, RULE, (silent,), tickets(3))) == (Estimate(3, None),)
    enough = replace(busy(1, 20), usable_until=later(29))
    assert estimates(RoomSnapshot(NOW, RULE, (enough,), tickets(3))) == (Estimate(3, later(20), 1),)


def test_the_grace_of_who_sits_counts_once_and_whoever_follows_has_the_rooms() -> None:
    last = replace(busy(1, 20, bar=Ground.DECLINED), usable_until=later(29))
    assert estimates(RoomSnapshot(NOW, RULE, (last,), tickets(3))) == (Estimate(3, later(20), 1),)
    assert last.occupant is not None
    doubled = replace(last, occupant=replace(last.occupant, grace_seconds=240))
    assert estimates(RoomSnapshot(NOW, RULE, (doubled,), tickets(3))) == (Estimate(3, None),)

    # 20 minutes, an hour, the room's two minutes of grace and the shortest slot with its grace.
    longer = replace(doubled, usable_until=later(20 + 60 + 2 + 7))
    assert estimates(RoomSnapshot(NOW, RULE, (longer,), tickets(3, 4))) == (
        Estimate(3, later(20), 1),
        Estimate(4, later(80), 1),
    )


def test_who_takes_a_ticket_knows_beforehand_what_to_expect() -> None:
    snapshot = RoomSnapshot(NOW, RULE, (busy(1, 5), busy(7, 35)), tickets(19))
    assert estimate_for_one_more(snapshot) == Estimate(0, later(35), 7)
    turn = estimate_for_one_more(snapshot, HOUR, sits_until=later(5))
    assert turn == Estimate(0, later(65), 1)


def test_before_staff_adds_time_it_is_known_whom_that_delays() -> None:
    snapshot = RoomSnapshot(NOW, RULE, (busy(1, 22), busy(7, 47)), tickets(21))
    assert delays(snapshot, 1, 900) == (Delay(21, later(22), later(37)),)
    assert delays(snapshot, 7, 900) == ()
    assert delays(snapshot, 9, 900) == ()


def test_more_time_may_cost_a_ticket_its_turn() -> None:
    last = replace(busy(1, 22), usable_until=later(40))
    snapshot = RoomSnapshot(NOW, RULE, (last, SeatStanding(2, in_order=False)), tickets(21))
    assert delays(snapshot, 1, 900) == (Delay(21, later(22), None),)
    assert delays(snapshot, 2, 900) == ()
