"""The day of the trainer: all seats opened and ended at once, and what became of each."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_stage import Stage
from admin_console.desk.gallery_workshops import (
    COURSE,
    COURSE_ROOM,
    COURSE_SEATS,
    Seats,
    free,
    opened,
    room_of,
    workshops,
)
from admin_console.desk.house import House
from admin_console.desk.models.workshop_day import Turn, workshops_now
from admin_console.desk.pages.workshop_page import WorkshopPage
from admin_console.desk.parts.workshop_card import WorkshopCard
from admin_console.desk.sample import NOW, an_id
from kiosk.hublink.failure import Failure, Reason
from kiosk.rules.slot import Ground
from kiosk.wire.change import Change, RoomChanged, SeatChanged
from kiosk.wire.command import CommandState, CommandView
from kiosk.wire.place import SeatView
from kiosk.wire.problem import Problem, ProblemCode
from kiosk.wire.workshop import (
    RunWorkshop,
    SeatRun,
    WorkshopAct,
    WorkshopRefused,
    WorkshopRun,
)
from tests.desk.hand import click, press, shown, told

FIRST = COURSE_SEATS[0]
OPEN = RunWorkshop(series_id=COURSE.series_id, act=WorkshopAct.OPEN)
END = RunWorkshop(series_id=COURSE.series_id, act=WorkshopAct.END)


class Day:
    """A trainer's day at hand."""

    def __init__(self, stage: Stage, qtbot: QtBot, seats: Seats = free) -> None:
        self.house, self.page = workshops(stage, seats=seats)
        shown(self.house, qtbot)
        self.asked: list[tuple[str, RunWorkshop]] = []
        self.page.run_asked.connect(lambda room, ask: self.asked.append((room, ask)))

    @property
    def card(self) -> WorkshopCard:
        return self.page.cards.cards[COURSE.series_id]

    def seats(self) -> list[str]:
        return [told(mark.words.plain()) for mark in self.card.marks]

    def change(self, number: int, **facts: object) -> None:
        board = self.house.page.board
        seat = board.book.seat(f"landowski-{number}")
        assert seat is not None
        body = SeatChanged(seat=replace(seat, **facts))
        board.touch(board.book.apply(Change(n=board.book.cursor + 1, at=NOW, body=body)))
        self.house.settle(board.settle(NOW))

    def command(self, number: int, state: CommandState) -> None:
        board = self.house.page.board
        view = CommandView(
            command_id=an_id(600 + number), seat_id=f"landowski-{number}", kind="open_workshop",
            state=state, issued_at=NOW, changed_at=NOW,
        )  # fmt: skip
        board.touch(board.book.take_command(view))
        self.house.settle(board.settle(NOW))

    def answer(self, act: WorkshopAct) -> None:
        seats = tuple(
            SeatRun(
                seat_id=f"landowski-{number}", number=number, told=True,
                command_id=an_id(600 + number),
            )
            for number in COURSE_SEATS
        )  # fmt: skip
        ask = OPEN if act is WorkshopAct.OPEN else END
        self.page.show_run(COURSE_ROOM, ask, WorkshopRun(act=act, seats=seats))


def test_all_seats_are_opened_by_one_press_and_each_says_what_became_of_it(
    stage: Stage, qtbot: QtBot
) -> None:
    day = Day(stage, qtbot)
    assert told(day.card.open.text()) == "Ouvrir les 5 postes"
    assert day.seats() == [f"Poste {number} : prêt" for number in COURSE_SEATS]
    assert not day.card.end.isVisible()
    click(day.card.open)
    click(day.card.open)
    assert day.asked == [(COURSE_ROOM, OPEN)], "one wish at a time"
    day.answer(WorkshopAct.OPEN)
    assert day.seats()[0] == "Poste 12 : demande envoyée"
    day.command(FIRST, CommandState.REFUSED)
    assert day.seats()[0] == "Poste 12 : a refusé"
    day.command(13, CommandState.EXPIRED)
    assert day.seats()[1] == "Poste 13 : pas de réponse à temps"
    seat = opened(room_seat(day.house, 14))
    day.change(14, slot=seat.slot)
    assert day.seats()[2] == "Poste 14 : ouvert"
    assert told(day.card.open.text()) == "Ouvrir les 4 postes"
    assert day.card.end.isVisible()
    day.command(15, CommandState.DONE)
    assert day.seats()[3] == "Poste 15 : prêt"


def test_the_keyboard_goes_from_opening_to_ending_and_on_to_the_list(
    stage: Stage, qtbot: QtBot
) -> None:
    day = Day(stage, qtbot)
    day.card.open.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Return)
    for number in COURSE_SEATS:
        slot = opened(room_seat(day.house, COURSE_SEATS[0])).slot
        day.change(number, slot=slot)
    assert not day.card.open.isVisible()
    assert QApplication.focusWidget() is day.card.end
    for number in COURSE_SEATS:
        slot = room_seat(day.house, number).slot
        assert slot is not None
        day.change(number, slot=replace(slot, in_grace=True))
    assert QApplication.focusWidget() is day.page.box.list.rows[COURSE.series_id]


def room_seat(house: House, number: int) -> SeatView:
    seat = house.page.board.book.seat(f"landowski-{number}")
    assert seat is not None
    return seat


def test_why_a_seat_will_not_open_is_seen_before_anybody_presses(
    stage: Stage, qtbot: QtBot
) -> None:
    day = Day(stage, qtbot)
    slot = opened(room_seat(day.house, 13)).slot
    assert slot is not None
    day.change(12, in_contact=False)
    day.change(13, slot=replace(slot, series_id=None))
    day.change(14, out_of_order="clavier")
    day.change(15, station_id=None)
    assert day.seats()[:4] == [
        "Poste 12 : ne répond pas",
        "Poste 13 : quelqu’un y est",
        "Poste 14 : en panne",
        "Poste 15 : sans ordinateur",
    ]


def test_ending_asks_first_and_needs_no_date_of_today(stage: Stage, qtbot: QtBot) -> None:
    day = Day(stage, qtbot, opened)
    board = day.house.page.board
    moved = replace(COURSE, dates=(COURSE.dates[-1],), seats=(17,))
    body = RoomChanged(room=replace(room_of(day.house), bookings=(moved,)))
    board.touch(board.book.apply(Change(n=board.book.cursor + 1, at=NOW, body=body)))
    day.house.settle(board.settle(NOW))
    assert told(day.card.heading.plain()) == "Encore ouvert · Atelier"
    assert not day.card.open.isVisible()
    day.card.end.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Return)
    sure = day.page.cards.sure
    assert told(sure.title.plain()) == "Terminer « Premiers pas » pour tous ?"
    assert told(sure.text.plain()) == (
        "4 postes ont 2 min pour enregistrer, puis tout y est effacé."
    )
    assert QApplication.focusWidget() is sure.stay
    press(Qt.Key.Key_Escape)
    assert day.asked == []
    click(day.card.end)
    click(sure.go)
    assert day.asked == [(COURSE_ROOM, END)]
    day.answer(WorkshopAct.END)
    day.command(12, CommandState.RECEIVED)
    assert day.seats()[0] == "Poste 12 : demande envoyée"
    slot = room_seat(day.house, 12).slot
    assert slot is not None
    day.change(12, slot=replace(slot, in_grace=True))
    assert day.seats()[0] == "Poste 12 : enregistre, puis se ferme"


def test_a_card_goes_when_nothing_is_on_any_more(stage: Stage, qtbot: QtBot) -> None:
    day = Day(stage, qtbot)
    board = day.house.page.board
    body = RoomChanged(room=replace(room_of(day.house), bookings=()))
    board.touch(board.book.apply(Change(n=board.book.cursor + 1, at=NOW, body=body)))
    day.house.settle(board.settle(NOW))
    assert day.page.cards.cards == {}
    assert not day.page.cards.isVisible()


def test_too_early_says_from_when_on(stage: Stage, qtbot: QtBot) -> None:
    day = Day(stage, qtbot)
    later = replace(COURSE, start=16 * 60, end=18 * 60)
    board = day.house.page.board
    body = RoomChanged(room=replace(room_of(day.house), bookings=(later,)))
    board.touch(board.book.apply(Change(n=board.book.cursor + 1, at=NOW, body=body)))
    day.house.settle(board.settle(NOW))
    assert told(day.card.note.plain()) == "Les postes peuvent être ouverts à partir de 15 h 45."
    assert not day.card.open.isEnabled()


@pytest.mark.parametrize(
    ("answer", "fact"),
    [
        (WorkshopRefused(ground=Ground.TOO_EARLY, at=NOW), "Il est trop tôt"),
        (WorkshopRefused(ground=Ground.OVER), "Il ne reste plus de temps"),
        (WorkshopRefused(ground=Ground.FAULT), "n’ont pas été ouverts"),
        (Failure(Reason.UNREACHABLE), "Pas de connexion"),
        (Failure(Reason.TIMEOUT), "Pas de réponse"),
        (Failure(Reason.PROBLEM, Problem(code=ProblemCode.NOT_ALLOWED)), "Refusé"),
        (Failure(Reason.PROBLEM, Problem(code=ProblemCode.NOT_FOUND)), "n’est plus dans"),
    ],
)
def test_whatever_stands_in_the_way_is_said_and_may_be_pressed_again(
    stage: Stage, qtbot: QtBot, answer: object, fact: str
) -> None:
    day = Day(stage, qtbot)
    click(day.card.open)
    day.page.show_run(COURSE_ROOM, OPEN, answer)
    assert fact in told(day.card.trouble.plain())
    assert day.card.trouble.isVisible()
    assert day.card.open.isEnabled()
    click(day.card.open)
    day.answer(WorkshopAct.OPEN)
    assert not day.card.trouble.isVisible()
    assert len(day.asked) == 2


def test_a_seat_that_has_done_what_was_asked_shows_itself(stage: Stage, qtbot: QtBot) -> None:
    """An answer without a command means that the seat does it already."""
    day = Day(stage, qtbot)
    run = WorkshopRun(
        act=WorkshopAct.OPEN,
        seats=(SeatRun(seat_id="landowski-12", number=12, told=True),),
    )
    page: WorkshopPage = day.page
    page.show_run(COURSE_ROOM, OPEN, run)
    book, room = day.house.page.board.book, room_of(day.house)
    (now,) = workshops_now(book, room, {COURSE.series_id: run}, NOW)
    assert [seat.turn for seat in now.seats] == [Turn.READY] * 5
