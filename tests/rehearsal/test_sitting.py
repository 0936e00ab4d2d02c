"""What a simulated station tells is what has happened to it."""

import random
from collections.abc import Sequence
from datetime import timedelta

import pytest

from admin_console.rehearsal.sitting import LARGEST_BATCH, SeatBook
from kiosk.rules.identifier import make_id
from kiosk.rules.slot import Ground
from kiosk.wire.command import (
    ClearOutOfOrder,
    Command,
    CommandBody,
    EndSlot,
    ExtendSlot,
    OpenWorkshop,
    SetOutOfOrder,
    ShortenSlot,
    ShowMessage,
)
from kiosk.wire.event import CommandAnswered, EndReason, HelpAsked, Outcome, SlotEnded, SlotOpened
from kiosk.wire.place import SlotView
from kiosk.wire.station import Phase, SlotGranted
from tests.helpers.clock import FakeClock

ENTROPY = random.Random(3).randbytes


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def book(clock: FakeClock) -> SeatBook:
    return SeatBook(clock.wall, random.Random(7).randbytes)


def grant(book: SeatBook, total: int = 3600) -> SlotGranted:
    return SlotGranted(slot_id=book.fresh_id(), total_seconds=total, grace_seconds=120)


def command(clock: FakeClock, body: CommandBody, slot_id: str | None = None) -> Command:
    return Command(
        command_id=make_id(clock.wall(), ENTROPY),
        station_id=make_id(clock.wall(), ENTROPY),
        slot_id=slot_id,
        issued_at=clock.wall(),
        expires_at=clock.wall() + timedelta(seconds=60),
        body=body,
    )


def kinds(book: SeatBook) -> list[str]:
    return [type(event.body).__name__ for event in book.pending()]


def answers(book: SeatBook) -> Sequence[CommandAnswered]:
    return [event.body for event in book.pending() if isinstance(event.body, CommandAnswered)]


def test_a_sitting_is_told_from_its_opening_to_its_wipe(book: SeatBook, clock: FakeClock) -> None:
    book.open(grant(book))
    clock.advance(1200)
    assert book.report().phase is Phase.OPEN
    assert book.report().remaining_seconds == 2400
    book.end(EndReason.FINISHED)

    assert kinds(book) == ["SlotOpened", "SlotEnded", "SlotWiped"]
    ended = book.pending()[1].body
    assert isinstance(ended, SlotEnded)
    assert (ended.used_seconds, ended.remaining_seconds) == (1200, 2400)
    assert book.report().phase is Phase.FREE


def test_facts_are_numbered_upwards_also_after_a_restart(book: SeatBook, clock: FakeClock) -> None:
    for _ in range(5):
        book.tell(HelpAsked())
    clock.advance(1)
    again = SeatBook(clock.wall, random.Random(8).randbytes)
    again.tell(HelpAsked())

    numbers = [event.seq for event in (*book.pending(), *again.pending())]
    assert numbers == sorted(set(numbers))


def test_only_answered_facts_leave_the_outbox(book: SeatBook) -> None:
    for _ in range(LARGEST_BATCH + 3):
        book.tell(HelpAsked())
    first = book.pending()
    assert len(first) == LARGEST_BATCH
    assert book.pending() == first

    book.settle(len(first))

    assert len(book.pending()) == book.report().outbox == 3


def test_a_visitor_who_sat_already_has_less_left(book: SeatBook, clock: FakeClock) -> None:
    book.open(grant(book), sat_part=5 / 6)

    opened = book.pending()[0].body
    assert isinstance(opened, SlotOpened)
    assert opened.ends_at == clock.wall() + timedelta(seconds=600)
    assert book.report().remaining_seconds == 600


def test_time_over_gives_a_grace_once(book: SeatBook, clock: FakeClock) -> None:
    book.open(grant(book))
    clock.advance(3600)
    book.begin_grace()
    book.begin_grace()
    assert book.report().phase is Phase.GRACE
    book.end(EndReason.TIME)

    assert kinds(book) == ["SlotOpened", "GraceStarted", "SlotEnded", "SlotWiped"]


def test_a_command_is_obeyed_once(book: SeatBook, clock: FakeClock) -> None:
    sent = command(clock, SetOutOfOrder(reason="Souris absente"))

    assert book.obey(sent)
    assert not book.obey(sent)

    assert kinds(book) == ["CommandReceived", "OutOfOrderSet", "CommandAnswered"]
    assert book.report().phase is Phase.OUT_OF_ORDER
    assert book.obey(command(clock, ClearOutOfOrder()))
    assert book.report().phase is Phase.FREE


def test_more_time_from_the_desk_is_absolute(book: SeatBook, clock: FakeClock) -> None:
    book.open(grant(book))
    assert book.sitting is not None
    slot_id = book.sitting.slot_id

    book.obey(command(clock, ExtendSlot(total_seconds=4500), slot_id))
    book.obey(command(clock, ExtendSlot(total_seconds=4500), slot_id))

    assert book.sitting.total_seconds == 4500
    assert kinds(book).count("SlotExtended") == 1
    assert [answer.outcome for answer in answers(book)] == [Outcome.DONE, Outcome.DONE]


def test_an_end_from_the_desk_begins_the_grace(book: SeatBook, clock: FakeClock) -> None:
    book.open(grant(book))
    assert book.sitting is not None

    book.obey(command(clock, EndSlot(), book.sitting.slot_id))
    assert book.report().phase is Phase.GRACE
    book.end(EndReason.TIME)

    ended = book.pending()[-2].body
    assert isinstance(ended, SlotEnded)
    assert ended.reason is EndReason.STAFF


def test_a_command_for_another_slot_is_refused(book: SeatBook, clock: FakeClock) -> None:
    book.open(grant(book))

    book.obey(command(clock, ShowMessage(text="Bonjour"), book.fresh_id()))

    assert [(answer.outcome, answer.code) for answer in answers(book)] == [
        (Outcome.REFUSED, "over")
    ]


def test_a_command_that_comes_too_late_is_not_carried_out(book: SeatBook, clock: FakeClock) -> None:
    late = command(clock, SetOutOfOrder(reason="Souris absente"))
    clock.advance(61)

    book.obey(late)

    assert [answer.outcome for answer in answers(book)] == [Outcome.EXPIRED]
    assert book.out_of_order is None


def test_a_slot_of_an_earlier_rehearsal_is_closed(book: SeatBook, clock: FakeClock) -> None:
    opened_at = clock.wall() - timedelta(hours=2)
    book.close_left_over(
        SlotView(
            slot_id=book.fresh_id(),
            opened_at=opened_at,
            ends_at=opened_at + timedelta(hours=1),
            total_seconds=3600,
        )
    )

    ended = book.pending()[0].body
    assert isinstance(ended, SlotEnded)
    assert (ended.used_seconds, ended.remaining_seconds) == (3600, 0)


def workshop(book: SeatBook, clock: FakeClock) -> OpenWorkshop:
    return OpenWorkshop(
        slot_id=book.fresh_id(),
        series_id=book.fresh_id(),
        ground=Ground.WORKSHOP,
        title="Premiers pas",
        total_seconds=3600,
        grace_seconds=120,
        until=clock.wall() + timedelta(seconds=3720),
    )


def test_a_workshop_opens_a_free_seat_and_no_other(book: SeatBook, clock: FakeClock) -> None:
    wish = workshop(book, clock)
    book.obey(command(clock, wish))
    assert book.sitting is not None
    assert book.sitting.slot_id == wish.slot_id
    book.obey(command(clock, workshop(book, clock)))

    assert [(one.outcome, one.code) for one in answers(book)] == [
        (Outcome.DONE, None),
        (Outcome.REFUSED, "seat_taken"),
    ]
    assert "OpeningGivenUp" in kinds(book)


def test_a_shortened_slot_ends_earlier_and_never_later(book: SeatBook, clock: FakeClock) -> None:
    book.open(grant(book))
    assert book.sitting is not None
    at = clock.wall() + timedelta(seconds=1800)
    for total in (1800, 3000):
        shorten = ShortenSlot(total_seconds=total, ground=Ground.WORKSHOP, at=at)
        book.obey(command(clock, shorten, book.sitting.slot_id))

    assert book.sitting.ends_at == at
    assert kinds(book).count("SlotShortened") == 1
    assert [one.outcome for one in answers(book)] == [Outcome.DONE, Outcome.DONE]
