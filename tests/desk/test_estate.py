"""The console's book of the estate converges, whatever way the changes come."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from admin_console.desk.models.board import Board
from admin_console.desk.models.estate import KEPT_COMMANDS, EstateBook
from kiosk.rules.seat import SeatState
from kiosk.wire.change import (
    Change,
    ChangeBody,
    ChangesPage,
    CommandChanged,
    CommandIssued,
    RoomChanged,
    SeatChanged,
    SiteChanged,
)
from kiosk.wire.command import Command, CommandState, CommandView, Identify
from tests.desk.house import (
    BESNARD_ROOM,
    CLUB,
    CLUB_ROOM,
    NOW,
    OPEN_TEN_TO_SEVEN,
    TRAPEZE_ROOM,
    a_room,
    a_seat,
    a_site,
    a_slot,
    a_town,
    an_id,
)


def a_command(
    number: int = 1,
    state: CommandState = CommandState.SENT,
    *,
    after: float = 0,
    seat: str = "trapeze/salle/7",
) -> CommandView:
    return CommandView(
        command_id=an_id(number),
        seat_id=seat,
        kind="identify",
        state=state,
        issued_at=NOW + timedelta(seconds=number),
        changed_at=NOW + timedelta(seconds=number + after),
    )


seats = st.builds(
    a_seat,
    st.sampled_from([TRAPEZE_ROOM, CLUB_ROOM, BESNARD_ROOM, a_room("unknown")]),
    st.integers(1, 14),
    slot=st.none() | st.builds(a_slot, st.floats(-3, 70), number=st.integers(1, 5)),
    in_contact=st.booleans(),
    out_of_order=st.sampled_from([None, "clavier"]),
)
bodies: st.SearchStrategy[ChangeBody] = st.one_of(
    st.builds(lambda seat: SeatChanged(seat=seat), seats),
    st.builds(
        lambda site, week: RoomChanged(room=a_room(site, week=week)),
        st.sampled_from(["trapeze", "perret", "besnard", "new"]),
        st.sampled_from([OPEN_TEN_TO_SEVEN, BESNARD_ROOM.hours.week]),
    ),
    st.builds(
        lambda site, name: SiteChanged(site=a_site(site, name)),
        st.sampled_from(["trapeze", "new"]),
        st.sampled_from(["Un", "Deux"]),
    ),
    st.builds(
        lambda number, state, after: CommandChanged(command=a_command(number, state, after=after)),
        st.integers(1, 4),
        st.sampled_from(list(CommandState)),
        st.integers(0, 3),
    ),
    st.just(
        CommandIssued(
            command=Command(
                command_id=an_id(9),
                station_id=an_id(1),
                slot_id=None,
                issued_at=NOW,
                expires_at=NOW,
                body=Identify(),
            )
        )
    ),
)


@st.composite
def histories(draw: st.DrawFn) -> list[Change]:
    told = draw(st.lists(bodies, max_size=25))
    gaps = draw(st.lists(st.integers(1, 3), min_size=len(told), max_size=len(told)))
    n, changes = 100, []
    for body, gap in zip(told, gaps, strict=True):
        n += gap
        changes.append(Change(n=n, at=NOW, body=body))
    return changes


def page_of(changes: list[Change], cursor: int | None = None) -> ChangesPage:
    last = changes[-1].n if changes else 0
    return ChangesPage(changes=tuple(changes), cursor=cursor if cursor is not None else last)


@given(histories(), st.data())
def test_pages_of_any_size_and_repeated_pages_lead_to_the_same_book(
    changes: list[Change], data: st.DataObject
) -> None:
    one_by_one = EstateBook(a_town())
    for change in changes:
        one_by_one.apply(change)
    paged = EstateBook(a_town())
    start = 0
    while start < len(changes):
        size = data.draw(st.integers(1, len(changes)), label="size")
        # A page may begin with what was read before: an answer was lost, the cursor was not kept.
        again = data.draw(st.integers(0, start), label="again")
        paged.apply_page(page_of(changes[again : start + size]))
        start += size
    paged.apply_page(page_of(changes))
    assert paged.facts() == one_by_one.facts()


@given(histories(), st.lists(st.floats(0, 40 * 60), max_size=25))
def test_a_board_kept_step_by_step_shows_what_a_fresh_one_shows(
    changes: list[Change], pauses: list[float]
) -> None:
    book = EstateBook(a_town())
    kept = Board(book, NOW)
    now = NOW
    for place, change in enumerate(changes):
        if place < len(pauses):
            now += timedelta(seconds=pauses[place])
        kept.touch(book.apply(change))
        kept.settle(now)
    fresh = Board(book, now)
    assert kept.sites() == fresh.sites()
    for site in book.sites():
        assert kept.seats_of(site.site_id) == fresh.seats_of(site.site_id)
    assert kept.next_change() is not None


@given(histories())
def test_the_board_tells_every_seat_that_looks_different_and_no_other(
    changes: list[Change],
) -> None:
    book = EstateBook(a_town())
    board = Board(book, NOW)
    for change in changes:
        before = {s.seat_id: s for site in book.sites() for s in board.seats_of(site.site_id)}
        board.touch(book.apply(change))
        told = board.settle(NOW)
        after = {s.seat_id: s for site in book.sites() for s in board.seats_of(site.site_id)}
        different = {seat for seat in before | after if before.get(seat) != after.get(seat)}
        assert different <= told.seats
        assert all(board.seat(seat) != before.get(seat) for seat in told.seats)


def test_the_estate_taken_anew_replaces_what_was_known_and_keeps_the_commands() -> None:
    book = EstateBook(a_town(cursor=100))
    book.take_command(a_command())
    board = Board(book, NOW)
    smaller = a_town(cursor=900)
    smaller = type(smaller)(cursor=900, hub_time=NOW, sites=smaller.sites[1:])
    board.touch(book.restart(smaller))
    told = board.settle(NOW)
    assert book.cursor == 900
    assert [site.site_id for site in board.sites()] == ["perret", "besnard"]
    assert board.seat("trapeze/salle/1") is None
    assert "trapeze" in told.sites
    assert "trapeze" in told.layout
    assert book.command(an_id(1)) is not None


def test_an_older_state_of_a_command_never_replaces_a_newer_one() -> None:
    book = EstateBook(a_town())
    assert book.take_command(a_command(state=CommandState.RECEIVED, after=1)).commands
    # The answer to the request comes after the stream already told more.
    assert not book.take_command(a_command(state=CommandState.SENT)).commands
    known = book.command(an_id(1))
    assert known is not None
    assert known.state is CommandState.RECEIVED


def test_only_the_newest_commands_of_a_seat_are_remembered() -> None:
    book = EstateBook(a_town())
    for number in range(1, KEPT_COMMANDS + 4):
        book.take_command(a_command(number))
    book.take_command(a_command(99, seat="trapeze/salle/1"))
    kept = book.commands_of("trapeze/salle/7")
    assert [command.command_id for command in kept] == [
        an_id(number) for number in range(KEPT_COMMANDS + 3, 3, -1)
    ]
    assert len(book.commands_of("trapeze/salle/1")) == 1


def test_counts_and_states_of_a_busy_afternoon() -> None:
    board = Board(EstateBook(a_town()), NOW)
    trapeze, club, besnard = board.sites()
    assert (trapeze.occupied, trapeze.seats) == (7, 12)
    assert trapeze.states[2] is SeatState.ENDING
    assert trapeze.states[9] is SeatState.OFFLINE
    assert trapeze.states[10] is SeatState.OUT_OF_ORDER
    assert (club.occupied, club.seats) == (1, 2)
    assert besnard.states == (SeatState.CLOSED,) * 3
    assert not besnard.is_open
    assert besnard.opens_in_days == 1
    seven = board.seat("trapeze/salle/7")
    assert seven is not None
    assert seven.minutes_left == 47
    assert seven.part_left == 47 / 60


def test_a_seat_is_looked_at_again_exactly_on_its_next_full_minute() -> None:
    book = EstateBook(a_town())
    board = Board(book, NOW)
    book_page = page_of(
        [Change(n=101, at=NOW, body=SeatChanged(seat=a_seat(CLUB_ROOM, 2, slot=a_slot(10.25))))]
    )
    board.touch(book.apply_page(book_page))
    board.settle(NOW)
    due = board.next_change()
    assert due == NOW + timedelta(seconds=15)
    just_before = board.settle(due - timedelta(milliseconds=1))
    assert not just_before
    seat = board.seat("perret/salle/2")
    assert seat is not None
    assert (seat.minutes_left, seat.state) == (11, SeatState.IN_USE)
    told = board.settle(due)
    assert told.seats == {"perret/salle/2"}
    seat = board.seat("perret/salle/2")
    assert seat is not None
    assert (seat.minutes_left, seat.state) == (10, SeatState.ENDING)


def test_closing_time_empties_the_room_without_any_change() -> None:
    book = EstateBook(a_town())
    board = Board(book, NOW)
    closing = NOW + timedelta(hours=4, minutes=28)
    told = board.settle(closing - timedelta(seconds=1))
    assert board.sites()[0].states[3] is SeatState.FREE
    assert board.next_change() == closing
    told = board.settle(closing)
    assert "trapeze/salle/4" in told.seats
    assert board.sites()[0].states[3] is SeatState.CLOSED
    assert board.sites()[0].opens_in_days == 1


def test_a_clock_that_is_set_back_is_followed() -> None:
    board = Board(EstateBook(a_town()), NOW + timedelta(hours=6))
    assert not board.sites()[0].is_open
    board.settle(NOW)
    assert board.sites()[0].is_open
    seat = board.seat("trapeze/salle/3")
    assert seat is not None
    assert seat.minutes_left == 4


def test_a_new_seat_and_a_new_site_find_their_place() -> None:
    book = EstateBook(a_town())
    board = Board(book, NOW)
    room = a_room("bij")
    board.touch(
        book.apply_page(
            page_of(
                [
                    Change(n=101, at=NOW, body=SeatChanged(seat=a_seat(room, 2))),
                    Change(n=102, at=NOW, body=SeatChanged(seat=a_seat(CLUB_ROOM, 3))),
                ]
            )
        )
    )
    told = board.settle(NOW)
    assert told.layout == {CLUB.site_id}
    assert [seat.number for seat in board.seats_of("perret")] == [1, 2, 3]
    assert board.seat("bij/salle/2") is None
    board.touch(book.apply(Change(n=103, at=NOW, body=RoomChanged(room=room))))
    board.touch(book.apply(Change(n=104, at=NOW, body=SiteChanged(site=a_site("bij", "BIJ")))))
    board.settle(NOW)
    assert [site.name for site in board.sites()][-1] == "BIJ"
    assert [seat.number for seat in board.seats_of("bij")] == [2]
