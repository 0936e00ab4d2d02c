"""*Ateliers*: what a series runs into, what others save meanwhile, and cancelling all of it."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_stage import Stage
from admin_console.desk.gallery_workshops import (
    COURSE,
    COURSE_ROOM,
    VISIT,
    opened,
    room_of,
    workshops,
)
from admin_console.desk.house import House
from admin_console.desk.pages.workshop_page import WorkshopPage
from admin_console.desk.sample import NOW
from kiosk.hublink.failure import Failure, Reason
from kiosk.rules.booking import ConflictKind
from kiosk.rules.workshop import SeriesFault
from kiosk.wire.problem import Problem, ProblemCode
from kiosk.wire.workshop import (
    ConflictView,
    CutView,
    SeriesAsks,
    SeriesFaulty,
    SeriesMoved,
    SeriesSaved,
)
from tests.desk.hand import click, press, shown, told
from tests.desk.workshophand import Asked, begin_course, tell, write


@pytest.fixture
def pair(stage: Stage, qtbot: QtBot) -> tuple[House, WorkshopPage]:
    house, page = workshops(stage)
    shown(house, qtbot)
    return house, page


@pytest.fixture
def house(pair: tuple[House, WorkshopPage]) -> House:
    return pair[0]


@pytest.fixture
def page(pair: tuple[House, WorkshopPage]) -> WorkshopPage:
    return pair[1]


@pytest.fixture
def asked(page: WorkshopPage) -> Asked:
    asks: Asked = []
    page.save_asked.connect(lambda room, ask: asks.append((room, ask)))
    return asks


# -------------------------------------------------------------------------------------- asking


def ask_back(page: WorkshopPage, asked: Asked) -> None:
    cuts = tuple(
        CutView(seat=seat, ends_at=NOW + timedelta(minutes=50), new_end=NOW + timedelta(minutes=15))
        for seat in (12, 13)
    )
    conflict = ConflictView(kind=ConflictKind.OUTSIDE_HOURS, day=date(2026, 10, 26))
    answer = SeriesAsks(conflicts=(conflict,), cuts=cuts)
    page.show_answer(COURSE_ROOM, asked[-1][1], answer)


def test_what_it_runs_into_is_confirmed_and_only_whom_one_chose_is_shortened(
    page: WorkshopPage, asked: Asked
) -> None:
    begin_course(page)
    click(page.bar.save)
    ask_back(page, asked)
    question = page.conflicts
    assert question.is_open()
    assert QApplication.focusWidget() is question.stay
    assert told(question.conflicts.plain()) == "En dehors des horaires : lun. 26 octobre."
    assert told(question.cuts[12].text()) == "Poste 12 : 14 h 47 au lieu de 15 h 22"
    click(question.cuts[13])
    click(question.keep)
    assert [ask.confirmed for _room, ask in asked] == [False, True]
    assert asked[1][1].shorten == (13,)
    assert asked[1][1].draft == asked[0][1].draft


def test_not_confirmed_keeps_what_is_written_and_asks_nothing_more(
    page: WorkshopPage, asked: Asked
) -> None:
    begin_course(page)
    click(page.bar.save)
    ask_back(page, asked)
    press(Qt.Key.Key_Escape)
    assert len(asked) == 1
    assert page.plan is not None
    assert page.bar.save.isEnabled()


def test_a_save_leads_back_to_the_list_and_says_who_was_told(
    page: WorkshopPage, house: House, asked: Asked
) -> None:
    click(page.box.list.rows[VISIT.series_id])
    write("Visite du jeudi")
    click(page.bar.save)
    cut = CutView(seat=12, ends_at=NOW + timedelta(minutes=50), new_end=NOW)
    kept = replace(VISIT, title="Visite du jeudi")
    answer = SeriesSaved(room=replace(room_of(house), bookings=(COURSE, kept)), cuts=(cut,))
    page.show_answer(COURSE_ROOM, asked[0][1], answer)
    assert page.plan is None
    assert told(page.box.notice.plain()).endswith("Prévenus d’une fin plus tôt : poste 12.")
    assert QApplication.focusWidget() is page.box.list.rows[VISIT.series_id]
    assert asked[0][1].before == VISIT


def test_what_is_written_while_a_save_is_under_way_stays_a_change_of_it(
    page: WorkshopPage, house: House, asked: Asked
) -> None:
    click(page.box.list.rows[VISIT.series_id])
    write("Visite du jeudi")
    click(page.bar.save)
    page.box.editor.title.edit.setFocus()
    write("Visite du vendredi")
    ask_back(page, asked)
    click(page.conflicts.keep)
    assert asked[1][1].draft == asked[0][1].draft, "what was seen is confirmed, and nothing else"
    kept = replace(VISIT, title="Visite du jeudi")
    answer = SeriesSaved(room=replace(room_of(house), bookings=(COURSE, kept)))
    page.show_answer(COURSE_ROOM, asked[1][1], answer)
    assert page.box.notice.plain().startswith("C’est enregistré.")
    assert page.box.editor.title.text() == "Visite du vendredi"
    click(page.bar.save)
    assert asked[2][1].before == kept


# --------------------------------------------------------------------------------- other people


def test_what_somebody_else_saved_is_compared_and_never_overwritten_unseen(
    page: WorkshopPage, house: House, asked: Asked
) -> None:
    click(page.box.list.rows[COURSE.series_id])
    write("Premiers pas, groupe 2")
    click(page.bar.save)
    theirs = replace(COURSE, start=600, end=720)
    moved = SeriesMoved(room=replace(room_of(house), bookings=(theirs, VISIT)))
    page.show_answer(COURSE_ROOM, asked[0][1], moved)
    assert "10 h – 12 h" in told(page.box.notice.plain())
    assert not page.bar.save.isEnabled()
    page.save()
    assert len(asked) == 1
    click(page.box.mine)
    click(page.bar.save)
    assert [ask.before for _room, ask in asked] == [COURSE, theirs]


def test_theirs_are_taken_over_instead_also_where_it_was_cancelled(
    page: WorkshopPage, house: House
) -> None:
    click(page.box.list.rows[COURSE.series_id])
    write("Autre titre")
    tell(house, replace(COURSE, title="Premiers clics"), VISIT)
    click(page.box.theirs)
    assert page.box.editor.title.text() == "Premiers clics"
    write("Encore un autre")
    tell(house, VISIT)
    assert page.box.notice.plain().startswith("Quelqu’un d’autre vient de l’annuler.")
    click(page.box.theirs)
    assert page.plan is None
    assert COURSE.series_id not in page.box.list.rows


def test_what_is_told_while_nothing_is_written_is_shown_at_once(
    page: WorkshopPage, house: House
) -> None:
    click(page.box.list.rows[COURSE.series_id])
    tell(house, replace(COURSE, title="Premiers clics"), VISIT)
    assert page.box.editor.title.text() == "Premiers clics"
    assert not page.box.notice.isVisible()


def test_a_save_whose_answer_was_lost_is_known_by_what_stands(
    page: WorkshopPage, house: House, asked: Asked
) -> None:
    click(page.box.list.rows[COURSE.series_id])
    write("Groupe 2")
    click(page.bar.save)
    page.show_answer(COURSE_ROOM, asked[0][1], Failure(Reason.TIMEOUT))
    assert "c’est peut-être enregistré" in told(page.box.notice.plain())
    click(page.bar.save)
    kept = SeriesMoved(room=replace(room_of(house), bookings=(replace(COURSE, title="Groupe 2"),)))
    page.show_answer(COURSE_ROOM, asked[1][1], kept)
    assert page.plan is None
    assert page.box.notice.plain().startswith("C’est enregistré.")


@pytest.mark.parametrize(
    ("answer", "fact"),
    [
        (Failure(Reason.UNREACHABLE), "Pas de connexion"),
        (Failure(Reason.PROBLEM, Problem(code=ProblemCode.NOT_ALLOWED)), "Vous ne pouvez pas"),
        (Failure(Reason.PROBLEM, Problem(code=ProblemCode.NOT_FOUND)), "n’a pas pu"),
        (SeriesFaulty(faults=(SeriesFault.NO_SUCH_SEAT,)), "n’est plus dans cette salle"),
        (SeriesFaulty(faults=()), "ne peut pas être gardé"),
    ],
)
def test_whatever_stands_in_the_way_the_plan_is_kept(
    page: WorkshopPage, asked: Asked, answer: object, fact: str
) -> None:
    click(page.box.list.rows[COURSE.series_id])
    write("Groupe 2")
    click(page.bar.save)
    page.show_answer(COURSE_ROOM, asked[0][1], answer)
    said = told(page.box.notice.plain())
    assert fact in said
    assert "Ce que vous avez écrit reste ici." in said
    assert page.box.editor.title.text() == "Groupe 2"
    assert page.bar.save.isEnabled()


# ---------------------------------------------------------------------------------- cancelling


def test_all_dates_are_cancelled_once_one_is_sure(stage: Stage, qtbot: QtBot) -> None:
    house, page = workshops(stage, seats=opened)
    shown(house, qtbot)
    asks: Asked = []
    page.save_asked.connect(lambda room, ask: asks.append((room, ask)))
    click(page.box.list.rows[COURSE.series_id])
    click(page.box.editor.remove)
    assert told(page.sure.title.plain()) == "Annuler toutes les dates de « Premiers pas » ?"
    assert told(page.sure.text.plain()).startswith("4 dates à venir.")
    assert "4 postes sont ouverts pour lui" in told(page.sure.text.plain())
    press(Qt.Key.Key_Escape)
    assert asks == []
    click(page.box.editor.remove)
    click(page.sure.go)
    assert [(ask.before, ask.draft) for _room, ask in asks] == [(COURSE, None)]
    gone = SeriesSaved(room=replace(room_of(house), bookings=(VISIT,)))
    page.show_answer(COURSE_ROOM, asks[0][1], gone)
    assert page.box.notice.plain().startswith("C’est annulé.")
    assert page.plan is None
