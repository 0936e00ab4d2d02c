"""What holds of the answers in any room whatever."""

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.rules.cover import (
    CoverKind,
    counts_against,
    cover,
    standing_answers,
    standing_refusals,
    uncovered,
)
from kiosk.rules.estimate import delays, estimates
from kiosk.rules.room import (
    Occupant,
    RoomSnapshot,
    SeatStanding,
    TicketStanding,
    counts,
    usable,
)
from kiosk.rules.slot import Ground, SlotRule

NOW = datetime(2026, 10, 14, 13, 30, tzinfo=UTC)
RULE = SlotRule()


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


minutes = st.integers(-5, 70)
occupants = st.builds(
    lambda name, ends_in, used, bar, mercy, grace: Occupant(
        str(name), later(ends_in), used, bar, mercy, grace
    ),
    st.integers(1, 99),
    minutes,
    st.integers(0, 7200),
    st.sampled_from([None, None, None, Ground.DECLINED, Ground.RENEWALS]),
    st.sampled_from([0, 0, 300, 600]),
    st.sampled_from([None, None, 180, 240]),
)
seats = st.builds(
    SeatStanding,
    number=st.just(0),
    in_contact=st.sampled_from([True, True, True, False]),
    lost_at=st.one_of(st.none(), minutes.map(later)),
    in_order=st.sampled_from([True, True, True, False]),
    usable_until=st.one_of(st.none(), st.integers(0, 200).map(later)),
    occupant=st.one_of(st.none(), occupants),
)
standings = st.builds(
    TicketStanding,
    number=st.just(0),
    taken_at=st.integers(-60, 0).map(later),
    holder_seconds=st.integers(0, 7200),
    back_at=st.one_of(st.none(), st.none(), minutes.map(later)),
    sits_until=st.one_of(st.none(), st.none(), minutes.map(later)),
)


@st.composite
def rooms(draw: st.DrawFn) -> RoomSnapshot:
    drawn = draw(st.lists(seats, min_size=1, max_size=6))
    waiting = draw(st.lists(standings, max_size=5))
    numbered = [replace(seat, number=index + 1) for index, seat in enumerate(drawn)]
    tickets = tuple(replace(one, number=18 + index) for index, one in enumerate(waiting))
    room = RoomSnapshot(NOW, RULE, tuple(numbered), tickets)
    told = standing_refusals(room)
    # Some time passes, so that the refusals that were told meet another room.
    passed = timedelta(minutes=draw(st.integers(0, 10)))
    return replace(room, at=NOW + passed, refusals=told)


@given(rooms())
def test_one_ticket_refuses_one_seat_at_most_and_one_seat_serves_one_ticket(
    room: RoomSnapshot,
) -> None:
    refused = [one for one in standing_answers(room) if one.ticket is not None]
    assert all(count == 1 for count in Counter(one.ticket for one in refused).values())
    covered = [one.seat for one in cover(room) if one.seat is not None]
    assert len(covered) == len(set(covered))


@given(rooms())
def test_a_seat_is_refused_only_for_a_ticket_that_counts(room: RoomSnapshot) -> None:
    tickets = {ticket.number: ticket for ticket in room.tickets}
    told = {(one.ticket, one.seat) for one in room.refusals}
    for answer in standing_answers(room):
        if answer.ticket is not None:
            ticket = tickets[answer.ticket]
            assert counts(room, ticket)
            assert answer.waiting_since == ticket.taken_at
            occupant = next(s.occupant for s in room.seats if s.number == answer.seat)
            assert occupant is not None
            assert (ticket.number, answer.seat) in told or counts_against(ticket, occupant)


@given(rooms())
def test_nobody_is_refused_while_a_seat_is_left_that_would_do(room: RoomSnapshot) -> None:
    told = {one.seat for one in room.refusals}
    fresh = [one for one in cover(room) if one.kind is CoverKind.REFUSED and one.seat not in told]
    spent = {one.seat for one in cover(room)}
    for seat in room.seats:
        left = seat.number not in spent and usable(room, seat, room.at)
        if left and seat.occupant is None and fresh:
            pytest.fail(f"{seat} is free, yet {fresh} are refused")


@given(rooms())
def test_no_uncovered_ticket_wants_a_seat_that_is_not_refused(room: RoomSnapshot) -> None:
    """This is why somebody at work may go on without asking who is uncovered."""
    tickets = {ticket.number: ticket for ticket in room.tickets}
    spent = {one.seat for one in cover(room)}
    for number in uncovered(room):
        for seat in room.seats:
            if seat.occupant is None or seat.number in spent:
                continue
            over = seat.occupant.ends_at + timedelta(seconds=RULE.grace_seconds)
            of_use = usable(room, seat, max(over, room.at))
            assert not (of_use and counts_against(tickets[number], seat.occupant))


@given(rooms())
def test_telling_a_refusal_changes_no_answer(room: RoomSnapshot) -> None:
    told = replace(room, refusals=standing_refusals(room))
    assert standing_answers(told) == standing_answers(room)
    assert set(standing_refusals(told)) == set(standing_refusals(room))


@given(rooms(), st.randoms(use_true_random=False))
def test_the_order_in_which_seats_are_told_changes_nothing(
    room: RoomSnapshot, order: random.Random
) -> None:
    shuffled = list(room.seats)
    order.shuffle(shuffled)
    other = replace(room, seats=tuple(shuffled))
    assert standing_answers(other) == standing_answers(room)
    assert cover(other) == cover(room)
    assert estimates(other) == estimates(room)


@given(rooms())
def test_who_comes_first_is_estimated_first(room: RoomSnapshot) -> None:
    there = [
        one.at
        for one, ticket in zip(estimates(room), room.tickets, strict=True)
        if ticket.back_at is None and ticket.sits_until is None
    ]
    known = [at for at in there if at is not None]
    assert known == sorted(known)
    assert all(at >= room.at for at in known)


@given(rooms(), st.integers(1, 6), st.integers(1, 3600))
def test_more_time_only_ever_delays(room: RoomSnapshot, seat: int, seconds: int) -> None:
    for delay in delays(room, seat, seconds):
        assert delay.after is None or delay.after > delay.before
