"""Who keeps whom waiting: the order of cover, the minutes clause, answers that stick."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kiosk.rules.cover import (
    Covered,
    CoverKind,
    cover,
    standing_answers,
    standing_refusals,
    uncovered,
)
from kiosk.rules.room import (
    Occupant,
    RoomSnapshot,
    SeatStanding,
    StandingRefusal,
    TicketStanding,
    bar_of,
    free_seats,
    ticket_standings,
)
from kiosk.rules.slot import Boundary, Ground, Running, SlotRule
from kiosk.rules.waiting import WaitingList, settle, step_away, take

NOW = datetime(2026, 10, 14, 13, 30, tzinfo=UTC)
RULE = SlotRule()
HOUR = 3600


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def busy(number: int, ends_in: float, used: int = HOUR, bar: Ground | None = None) -> SeatStanding:
    return SeatStanding(number, occupant=Occupant(f"slot-{number}", later(ends_in), used, bar))


def ticket(number: int, holder_seconds: int = 0) -> TicketStanding:
    return TicketStanding(number, later(-27), holder_seconds)


def room(*seats: SeatStanding, tickets: tuple[TicketStanding, ...] = (ticket(19),)) -> RoomSnapshot:
    return RoomSnapshot(NOW, RULE, seats, tickets)


def refused(snapshot: RoomSnapshot) -> dict[int, int]:
    return {one.seat: one.ticket for one in standing_answers(snapshot) if one.ticket is not None}


def kept(snapshot: RoomSnapshot) -> RoomSnapshot:
    """The same room once its visitors have been told."""
    return replace(snapshot, refusals=standing_refusals(snapshot))


# ------------------------------------------------------------------------------ the order of cover


def test_where_nobody_waits_nobody_is_refused() -> None:
    assert refused(room(busy(1, 5), busy(2, 50), tickets=())) == {}


def test_the_seat_that_ends_first_is_refused_and_no_other() -> None:
    assert refused(room(busy(1, 20), busy(7, 10), busy(3, 15))) == {7: 19}


def test_of_seats_that_end_together_the_lowest_number_is_refused() -> None:
    assert refused(room(busy(4, 10), busy(2, 10), busy(3, 10))) == {2: 19}


def test_a_free_seat_covers_before_anybody_is_refused() -> None:
    snapshot = room(busy(1, 5), SeatStanding(2))
    assert cover(snapshot) == (Covered(19, 2, CoverKind.FREE),)
    assert refused(snapshot) == {}


def test_a_seat_that_is_sure_to_end_covers_before_anybody_is_refused() -> None:
    for ground in (Ground.DECLINED, Ground.RENEWALS, Ground.DAILY_MINUTES):
        snapshot = room(busy(1, 5), busy(2, 9, bar=ground))
        assert cover(snapshot) == (Covered(19, 2, CoverKind.ENDING),)
        assert refused(snapshot) == {}


def test_each_ticket_takes_a_seat_of_its_own() -> None:
    tickets = (ticket(19), ticket(20), ticket(21), ticket(22), ticket(23))
    snapshot = room(
        SeatStanding(1),
        busy(2, 9, bar=Ground.DECLINED),
        busy(3, 8),
        busy(4, 7),
        tickets=tickets,
    )
    assert cover(snapshot) == (
        Covered(19, 1, CoverKind.FREE),
        Covered(20, 2, CoverKind.ENDING),
        Covered(21, 4, CoverKind.REFUSED),
        Covered(22, 3, CoverKind.REFUSED),
        Covered(23),
    )
    assert uncovered(snapshot) == (23,)


def test_a_held_seat_covers_its_own_ticket_only() -> None:
    held = SeatStanding(4, held_for=19)
    tickets = (ticket(19), ticket(20))
    assert refused(room(held, busy(1, 5), tickets=tickets)) == {1: 20}
    lost = replace(held, in_contact=False)
    assert refused(room(lost, busy(1, 5), tickets=(ticket(19),))) == {1: 19}


@pytest.mark.parametrize(
    "seat",
    [
        SeatStanding(2, in_contact=False),
        SeatStanding(2, in_order=False),
        SeatStanding(2, usable_until=later(6.9)),
        replace(busy(2, 4, bar=Ground.DECLINED), usable_until=later(12.9)),
        replace(busy(2, 4, bar=Ground.DECLINED), in_contact=False),
        replace(busy(2, 4), usable_until=later(12.9)),
        replace(busy(2, 4), in_contact=False),
    ],
)
def test_a_seat_that_would_be_of_no_use_covers_nothing(seat: SeatStanding) -> None:
    assert refused(room(seat, busy(1, 5))) == {1: 19}


@pytest.mark.parametrize(
    "seat",
    [
        SeatStanding(2, usable_until=later(7)),
        replace(busy(2, 4, bar=Ground.DECLINED), usable_until=later(13)),
    ],
)
def test_a_seat_of_use_for_the_shortest_slot_covers(seat: SeatStanding) -> None:
    assert refused(room(seat, busy(1, 5))) == {}


@pytest.mark.parametrize("bar", [Ground.DECLINED, None])
def test_a_seat_is_free_only_after_the_grace_of_who_sits_there(bar: Ground | None) -> None:
    seat = replace(busy(2, 4, bar=bar), usable_until=later(14))
    assert cover(room(seat, busy(1, 50)))[0].seat == 2

    # Four minutes of grace are two more than the room's: no shortest slot is left behind them.
    assert seat.occupant is not None
    doubled = replace(seat, occupant=replace(seat.occupant, grace_seconds=240))
    assert refused(room(doubled, busy(1, 50))) == {1: 19}


def test_a_slot_in_its_grace_ends_first() -> None:
    assert refused(room(busy(1, 3), busy(2, -1))) == {2: 19}


# ---------------------------------------------------------------------------- the minutes clause


def test_a_ticket_counts_only_against_those_who_have_had_more_minutes() -> None:
    had_an_hour = (ticket(19, HOUR),)
    snapshot = room(busy(1, 5, HOUR), busy(2, 9, HOUR + 60), tickets=had_an_hour)
    assert refused(snapshot) == {2: 19}
    alone = room(busy(1, 5, HOUR), tickets=had_an_hour)
    assert refused(alone) == {}
    assert uncovered(alone) == (19,)


def test_seconds_are_no_minutes() -> None:
    assert refused(room(busy(1, 5, HOUR + 59), tickets=(ticket(19, HOUR),))) == {}


# ------------------------------------------------------------------------------ who does not count


def test_who_stepped_away_counts_from_ten_minutes_before_the_return() -> None:
    for back_in, counted in ((10, True), (10.1, False), (-5, True)):
        away = TicketStanding(19, NOW, back_at=later(back_in))
        assert bool(refused(room(busy(1, 5), tickets=(away,)))) is counted


def test_a_turn_taken_by_somebody_who_still_sits_refuses_nobody() -> None:
    sits = TicketStanding(19, NOW, HOUR, sits_until=later(5))
    assert cover(room(busy(1, 5), busy(2, 9, 2 * HOUR), tickets=(sits,))) == ()


# ----------------------------------------------------------------------------- answers that stick


def test_before_the_last_ten_minutes_nobody_is_told() -> None:
    (answer,) = standing_answers(room(busy(1, 10.1)))
    assert (answer.ticket, answer.told) == (19, False)
    assert standing_refusals(room(busy(1, 10.1))) == ()
    assert standing_refusals(room(busy(1, 10))) == (StandingRefusal(19, 1, "slot-1"),)


def test_a_refusal_that_was_told_sticks_when_another_seat_would_do() -> None:
    told = kept(room(busy(1, 5), busy(2, 9)))
    assert refused(replace(told, seats=(busy(1, 5), busy(2, 9, bar=Ground.DECLINED)))) == {1: 19}
    assert refused(replace(told, seats=(busy(1, 5), busy(2, 4)))) == {1: 19}


def test_a_refusal_falls_with_its_ticket() -> None:
    told = kept(room(busy(1, 5), busy(2, 9)))
    assert refused(replace(told, tickets=())) == {}
    assert refused(replace(told, tickets=(ticket(20),))) == {1: 20}


def test_a_refusal_falls_when_a_seat_is_held_for_its_ticket() -> None:
    told = kept(room(busy(1, 5), busy(2, 9)))
    assert refused(replace(told, seats=(busy(1, 5), SeatStanding(2, held_for=19)))) == {}


def test_a_refusal_is_about_one_slot() -> None:
    told = kept(room(busy(1, 5), busy(2, 9)))
    other = replace(busy(1, 55), occupant=Occupant("next", later(55), 300))
    assert refused(replace(told, seats=(other, busy(2, 9)))) == {2: 19}
    gone = replace(told, seats=(busy(2, 9),))
    assert refused(gone) == {2: 19}
    free = replace(told, seats=(SeatStanding(1, in_order=False), busy(2, 9)))
    assert refused(free) == {2: 19}


def test_the_minutes_of_mercy_lift_no_refusal_and_more_time_from_staff_does() -> None:
    told = kept(room(busy(1, 9), busy(2, 9.5)))
    mercy = Occupant("slot-1", later(14), HOUR, mercy_seconds=300)
    assert refused(replace(told, seats=(SeatStanding(1, occupant=mercy), busy(2, 9.5)))) == {1: 19}
    assert refused(replace(told, seats=(busy(1, 14), busy(2, 9.5)))) == {2: 19}


def test_a_refusal_outlives_the_mercy_of_who_has_more_time_than_others() -> None:
    told = kept(room(busy(1, 9), busy(2, 9.5)))
    longer = Occupant("slot-1", later(19), HOUR, mercy_seconds=600)
    assert refused(replace(told, seats=(SeatStanding(1, occupant=longer), busy(2, 9.5)))) == {1: 19}


def test_two_tickets_never_stand_on_one_refused_seat() -> None:
    tickets = (ticket(19), ticket(20))
    told = replace(
        room(busy(1, 5), busy(2, 9), tickets=tickets),
        refusals=(StandingRefusal(19, 1, "slot-1"), StandingRefusal(20, 1, "slot-1")),
    )
    assert refused(told) == {1: 19, 2: 20}


@pytest.mark.parametrize(("lost_for", "stands"), [(14.9, True), (15, False), (None, False)])
def test_a_station_out_of_contact_refuses_while_its_snapshot_is_young(
    lost_for: float | None, stands: bool
) -> None:
    told = kept(room(busy(1, 5), busy(2, 9)))
    lost_at = None if lost_for is None else later(-lost_for)
    lost = replace(busy(1, 5), in_contact=False, lost_at=lost_at)
    assert refused(replace(told, seats=(lost, busy(2, 9)))) == ({1: 19} if stands else {2: 19})


# ---------------------------------------------------------------------------- making a snapshot


def test_the_free_seats_are_those_where_somebody_could_sit_now() -> None:
    snapshot = room(
        SeatStanding(3, held_for=19),
        SeatStanding(2),
        SeatStanding(1, in_contact=False),
        SeatStanding(5, usable_until=NOW),
        busy(4, 5),
    )
    assert free_seats(snapshot) == (2, 3)


def test_a_list_becomes_standings_in_its_own_order() -> None:
    waiting = WaitingList(date(2026, 10, 14))
    for person in ("ana", "bea", "cyd"):
        step = take(waiting, person, NOW, open_now=True)
        assert isinstance(step, WaitingList)
        waiting = step
    away = step_away(waiting, "bea", later(30), NOW, later(90))
    assert isinstance(away, WaitingList)
    waiting = settle(away, [4], NOW)
    assert ticket_standings(waiting, {"ana": 60}, {"cyd": later(9)}) == (
        TicketStanding(1, NOW, 60),
        TicketStanding(2, NOW, 0, back_at=later(30)),
        TicketStanding(3, NOW, 0, sits_until=later(9)),
    )


def test_what_bars_a_slot_is_known_before_its_last_minutes() -> None:
    running = Running(HOUR, 600)
    assert bar_of(RULE, NOW, running, (), 0) is None
    assert bar_of(RULE, NOW, running, (), 0, declined=True) is Ground.DECLINED
    assert bar_of(RULE, NOW, running, (), 0, ended_by_staff=True) is Ground.STAFF
    limited = SlotRule(max_renewals=0, daily_seconds=2 * HOUR)
    assert bar_of(limited, NOW, running, (), 0) is Ground.RENEWALS
    daily = SlotRule(daily_seconds=HOUR)
    assert bar_of(daily, NOW, running, (), 0) is Ground.DAILY_MINUTES
    closing = (Boundary(Ground.CLOSING, later(56)),)
    assert bar_of(RULE, NOW, running, closing, 0) is Ground.CLOSING
    saving = Running(HOUR, HOUR + 30)
    assert bar_of(RULE, NOW, saving, (), 0) is None


def test_a_silent_station_that_still_refuses_keeps_its_ticket_from_a_second_seat() -> None:
    told = kept(room(busy(1, 5), busy(2, 9)))
    lost = replace(busy(1, 5), in_contact=False, lost_at=NOW)
    called = replace(told, seats=(lost, busy(2, 9), SeatStanding(3, held_for=19)))
    assert refused(called) == {}
    waits_again = replace(kept(called), seats=(lost, busy(2, 9)))
    assert refused(waits_again) == {1: 19}
    assert refused(replace(waits_again, tickets=())) == {}
