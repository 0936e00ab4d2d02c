"""The waiting list: taking, calling, holding, missing, stepping away, and nobody overtaken."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kiosk.rules.ticket import (
    Ticket,
    TicketState,
    code_person,
    counts_at,
    read_label,
    ticket_label,
)
from kiosk.rules.waiting import (
    ListFault,
    Step,
    WaitingList,
    Welcome,
    claim,
    close,
    come_back,
    give,
    leave,
    may_open,
    settle,
    sit,
    step_away,
    take,
)

NOW = datetime(2026, 10, 14, 12, 0, tzinfo=UTC)
CLOSES = NOW + timedelta(hours=5)
EMPTY = WaitingList(date(2026, 10, 14))


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def done(step: Step) -> WaitingList:
    assert isinstance(step, WaitingList)
    return step


def line(*people: str) -> WaitingList:
    waiting = EMPTY
    for person in people:
        waiting = done(take(waiting, person, NOW, open_now=True))
    return waiting


def ticket(waiting: WaitingList, number: int) -> Ticket:
    found = waiting.ticket(number)
    assert found is not None
    return found


def test_tickets_are_numbered_in_the_order_in_which_they_are_taken() -> None:
    waiting = line("ana", "bea")
    assert [(one.number, one.person) for one in waiting.live()] == [(1, "ana"), (2, "bea")]
    assert ticket_label("A", ticket(waiting, 2).number) == "A-02"
    assert waiting.ticket(0) is None
    assert waiting.ticket(3) is None


def test_a_label_is_read_as_somebody_types_it() -> None:
    assert read_label(" a-18 ") == ("A", 18)
    assert read_label("p 03") == ("P", 3)
    for text in ("18", "A-", "A-0", "A18", "É-3", "A-٣"):
        assert read_label(text) is None


def test_one_person_has_one_live_ticket() -> None:
    waiting = line("ana")
    assert take(waiting, "ana", NOW, open_now=True) is ListFault.HAS_TICKET
    assert take(EMPTY, "ana", NOW, open_now=True, elsewhere=True) is ListFault.HAS_TICKET
    again = done(take(done(leave(waiting, "ana", NOW)), "ana", NOW, open_now=True))
    assert ticket(again, 1).state is TicketState.LEFT
    assert ticket(again, 2).live


def test_a_closed_room_gives_no_ticket() -> None:
    assert take(EMPTY, "ana", NOW, open_now=False) is ListFault.CLOSED


def test_so_many_tickets_with_a_code_live_at_once() -> None:
    waiting = done(take(EMPTY, "code:001", NOW, open_now=True, coded=True, most_coded=1))
    assert waiting.tickets[0].coded
    refused = take(waiting, "code:002", NOW, open_now=True, coded=True, most_coded=1)
    assert refused is ListFault.CODES_OUT
    assert isinstance(take(waiting, "code:002", NOW, open_now=True, coded=True), WaitingList)
    assert isinstance(take(waiting, "ana", NOW, open_now=True, most_coded=1), WaitingList)
    mine = done(claim(waiting, "code:001", "ana"))
    assert not mine.tickets[0].coded
    again = take(mine, "code:002", NOW, open_now=True, coded=True, most_coded=1)
    assert isinstance(again, WaitingList)


def test_a_freed_seat_is_held_for_the_first_ticket() -> None:
    waiting = settle(line("ana", "bea"), [7], NOW)
    assert ticket(waiting, 1) == Ticket(1, "ana", NOW, 1, TicketState.CALLED, 7, later(10))
    assert ticket(waiting, 2).state is TicketState.WAITING
    assert waiting.held(7) == ticket(waiting, 1)


def test_a_held_seat_opens_for_its_ticket_only_and_then_the_ticket_is_over() -> None:
    waiting = settle(line("ana", "bea"), [7], NOW)
    assert may_open(waiting, 7, "bea", NOW) is ListFault.HELD_FOR_OTHER
    assert may_open(waiting, 7, "cyd", NOW) is ListFault.HELD_FOR_OTHER
    assert may_open(waiting, 7, "ana", NOW) == Welcome(1)
    seated = sit(waiting, "ana", 7, later(2))
    assert ticket(seated, 1).state is TicketState.SEATED
    assert ticket(seated, 1).ended_at == later(2)
    assert seated.held(7) is None


def test_while_tickets_wait_nobody_sits_without_one() -> None:
    assert may_open(line("ana"), 3, "cyd", NOW) is ListFault.TICKETS_WAIT
    assert may_open(EMPTY, 3, "cyd", NOW) == Welcome()
    assert may_open(line("ana"), 3, "ana", NOW) == Welcome(1)


def test_with_more_free_seats_than_tickets_the_others_stay_free() -> None:
    waiting = settle(line("ana"), [3, 7], NOW)
    assert waiting.held(3) is not None
    assert may_open(waiting, 7, "cyd", NOW) == Welcome()
    assert may_open(waiting, 7, "ana", NOW) == Welcome(1)


def test_who_does_not_come_keeps_the_place_once_then_leaves_the_list() -> None:
    waiting = settle(line("ana", "bea"), [7], NOW)
    assert settle(waiting, [7], later(9.9)) == waiting
    waiting = settle(waiting, [7], later(10))
    assert waiting.held(7) == ticket(waiting, 2)
    assert (ticket(waiting, 1).state, ticket(waiting, 1).missed) == (TicketState.WAITING, 1)
    waiting = settle(sit(waiting, "bea", 7, later(11)), [4], later(12))
    assert waiting.held(4) == ticket(waiting, 1)
    waiting = settle(waiting, [4], later(22))
    assert ticket(waiting, 1).state is TicketState.EXPIRED
    assert waiting.live() == ()


def test_who_misses_a_call_is_called_again_when_nobody_else_waits() -> None:
    waiting = settle(settle(line("ana"), [7], NOW), [7], later(10))
    assert ticket(waiting, 1).hold_until == later(20)
    assert settle(waiting, [7], later(20)).live() == ()


def test_a_held_seat_out_of_contact_returns_its_ticket_to_the_front() -> None:
    waiting = line("ana", "bea", "cyd")
    waiting = done(step_away(waiting, "ana", later(30), NOW, CLOSES))
    waiting = settle(waiting, [4, 7], NOW)
    waiting = settle(waiting, [], later(1))
    assert [one.person for one in waiting.live()] == ["bea", "cyd", "ana"]
    assert ticket(waiting, 2).state is TicketState.WAITING
    assert ticket(waiting, 2).missed == 0
    waiting = settle(waiting, [9], later(2))
    assert waiting.held(9) == ticket(waiting, 2)


def test_who_steps_away_keeps_the_place_and_is_not_called_meanwhile() -> None:
    waiting = done(step_away(line("ana", "bea"), "ana", later(30), NOW, CLOSES))
    waiting = settle(waiting, [7], later(5))
    assert waiting.held(7) == ticket(waiting, 2)
    waiting = settle(waiting, [4, 7], later(14))
    assert waiting.held(4) is None
    assert may_open(waiting, 4, "cyd", later(14)) == Welcome()


def test_from_ten_minutes_before_the_return_a_seat_is_held_until_after_it() -> None:
    waiting = done(step_away(line("ana"), "ana", later(30), NOW, CLOSES))
    assert not counts_at(ticket(waiting, 1), later(19))
    assert counts_at(ticket(waiting, 1), later(20))
    assert may_open(waiting, 4, "cyd", later(20)) is ListFault.TICKETS_WAIT
    waiting = settle(waiting, [4], later(20))
    assert ticket(waiting, 1).hold_until == later(40)
    assert settle(waiting, [4], later(31)).ticket(1) == Ticket(
        1, "ana", NOW, 1, TicketState.CALLED, 4, later(40)
    )


def test_who_is_there_goes_before_who_is_on_the_way_back() -> None:
    waiting = done(step_away(line("ana", "bea"), "ana", later(5), NOW, CLOSES))
    waiting = settle(waiting, [7], NOW)
    assert waiting.held(7) == ticket(waiting, 2)
    waiting = settle(waiting, [7], later(5))
    assert ticket(waiting, 1).state is TicketState.WAITING


def test_a_return_may_come_sooner_than_said() -> None:
    waiting = done(step_away(line("ana"), "ana", later(30), NOW, CLOSES))
    assert ticket(done(come_back(waiting, "ana")), 1).state is TicketState.WAITING
    called = settle(waiting, [4], later(25))
    assert ticket(done(come_back(called, "ana")), 1).state is TicketState.CALLED
    assert come_back(line("ana"), "ana") is ListFault.NOT_AWAY


def test_stepping_away_ends_before_closing_and_after_now() -> None:
    waiting = line("ana")
    assert step_away(waiting, "ana", NOW, NOW, CLOSES) is ListFault.PAST
    assert step_away(waiting, "ana", CLOSES, NOW, CLOSES) is ListFault.AFTER_CLOSING


def test_who_steps_away_when_called_gives_the_seat_up() -> None:
    waiting = settle(line("ana", "bea"), [7], NOW)
    waiting = settle(done(step_away(waiting, "ana", later(30), NOW, CLOSES)), [7], NOW)
    assert waiting.held(7) == ticket(waiting, 2)
    assert ticket(waiting, 1).missed == 0


def test_without_a_ticket_there_is_nothing_to_give_back() -> None:
    assert leave(EMPTY, "ana", NOW) is ListFault.NO_TICKET
    assert come_back(EMPTY, "ana") is ListFault.NO_TICKET
    assert step_away(EMPTY, "ana", later(5), NOW, CLOSES) is ListFault.NO_TICKET
    assert sit(EMPTY, "ana", 3, NOW) == EMPTY


def test_somebody_who_still_sits_is_not_called_and_keeps_the_place() -> None:
    waiting = settle(line("ana", "bea"), [7], NOW, seated={"ana"})
    assert waiting.held(7) == ticket(waiting, 2)
    assert may_open(waiting, 8, "cyd", NOW, {"ana"}) == Welcome()
    waiting = settle(waiting, [7, 8], later(1))
    assert waiting.held(8) == ticket(waiting, 1)


@pytest.mark.parametrize("state", list(TicketState))
def test_a_closing_room_ends_every_live_ticket(state: TicketState) -> None:
    kept = Ticket(1, "ana", NOW, 1, state)
    waiting = close(WaitingList(EMPTY.day, (kept,)), CLOSES)
    assert waiting.live() == ()
    if not kept.live:
        assert waiting.ticket(1) == kept


# ------------------------------------------------------------------------- the desk and the board


def test_the_desk_holds_the_seat_that_it_chooses() -> None:
    waiting = settle(line("ana"), [4, 7], NOW)
    moved = done(give(waiting, "ana", 7, [4, 7], later(1)))
    assert moved.held(4) is None
    assert moved.held(7) == Ticket(1, "ana", NOW, 1, TicketState.CALLED, 7, later(11))
    assert done(give(moved, "ana", 7, [4, 7], later(2))).held(7) is not None


def test_the_desk_overtakes_nobody() -> None:
    waiting = settle(line("ana", "bea"), [7], NOW)
    assert give(waiting, "bea", 7, [7], NOW) is ListFault.HELD_FOR_OTHER
    assert give(waiting, "bea", 9, [7], NOW) is ListFault.SEAT_NOT_FREE
    assert give(line("ana", "bea"), "bea", 9, [9], NOW) is ListFault.TICKETS_WAIT
    assert give(waiting, "cyd", 7, [7], NOW) is ListFault.NO_TICKET
    both = settle(line("ana", "bea"), [7, 8], NOW)
    assert give(both, "bea", 7, [7, 8], NOW) is ListFault.HELD_FOR_OTHER
    assert both.held(8) == ticket(both, 2)


def test_a_ticket_of_the_button_is_claimed_by_the_card_that_comes_with_its_code() -> None:
    waiting = settle(line(code_person(317)), [7], NOW)
    assert may_open(waiting, 7, "ana", NOW) is ListFault.HELD_FOR_OTHER
    claimed = done(claim(waiting, "code:317", "ana"))
    assert may_open(claimed, 7, "ana", NOW) == Welcome(1)
    assert claim(claimed, "code:317", "bea") is ListFault.NO_TICKET
    two = line("ana", code_person(5))
    assert claim(two, "code:005", "ana") is ListFault.HAS_TICKET
    for code in (-1, 1000):
        with pytest.raises(ValueError, match="three digits"):
            code_person(code)
