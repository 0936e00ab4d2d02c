"""*Ateliers*: series written by hand and by keys, asked about, kept, cancelled; nothing is lost."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_stage import Stage
from admin_console.desk.gallery_workshops import (
    COURSE,
    COURSE_ROOM,
    OLD,
    VISIT,
    WATCHER,
    opened,
    workshops,
)
from admin_console.desk.house import House
from admin_console.desk.models.person import Person
from admin_console.desk.pages.workshop_page import WorkshopPage
from kiosk.rules.slot import Ground
from kiosk.wire.desk import Role
from tests.desk.hand import click, press, shown, told
from tests.desk.workshophand import TEN_DAYS, Asked, begin_course, days, write


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


# ------------------------------------------------------------------------------------- reading


def test_the_list_tells_what_is_to_come_and_what_is_past(page: WorkshopPage) -> None:
    assert page.title() == "Ateliers"
    names = [told(row.accessibleName()) for row in page.box.list.rows.values()]
    assert names == [
        "Premiers pas, Atelier, 4 dates, du mer. 14 octobre au ven. 23 octobre, "
        "14 h 45 – 16 h 45, postes 12, 13, 14, 15 et 16",
        "Visite guidée, Réservation, 2 dates, du sam. 31 octobre au sam. 28 novembre, "
        "10 h – 11 h, toute la salle",
        "Photo numérique, Atelier, 2 dates, du mer. 9 septembre au mer. 16 septembre, "
        "14 h – 16 h, postes 12 et 13",
    ]
    assert page.box.list.rows[OLD.series_id].focusPolicy() == Qt.FocusPolicy.NoFocus
    assert not page.bar.isVisible()


def test_who_only_watches_reads_and_changes_nothing(stage: Stage, qtbot: QtBot) -> None:
    house, page = workshops(stage, WATCHER, opened)
    shown(house, qtbot)
    assert not page.box.list.new.isVisible()
    assert not page.cards.cards[COURSE.series_id].end.isVisible()
    assert page.box.notice.plain().startswith("Vous pouvez lire ces ateliers.")
    page.begin_new()
    page.open_series(COURSE.series_id)
    assert page.plan is None


@pytest.mark.parametrize("role", [Role.TRAINER, Role.AGENT, Role.IT, Role.ADMIN])
def test_who_may_plan_may_do_so_at_their_own_sites(role: Role) -> None:
    person = Person("Sami", frozenset({role}), "sami", frozenset({"trapeze"}))
    assert person.may_plan("trapeze")
    assert not person.may_plan("bij")


# ------------------------------------------------------------------------------------- writing


def test_a_course_of_ten_days_and_one_a_week_later_is_written_by_keys(
    page: WorkshopPage, asked: Asked
) -> None:
    begin_course(page)
    assert len(days(page)) == 11
    assert days(page)[0] == "mer. 21 octobre 2026 · 16 h – 17 h 30"
    assert days(page)[-1] == "ven. 6 novembre 2026 · 16 h – 17 h 30"
    click(page.bar.save)
    ((room, ask),) = asked
    assert room == COURSE_ROOM
    assert ask.before is None
    assert not ask.confirmed
    assert ask.draft is not None
    assert ask.draft.dates == (*TEN_DAYS, date(2026, 11, 6))
    assert (ask.draft.title, ask.draft.start, ask.draft.end) == ("Internet", 960, 1050)
    assert ask.draft.seats == (12, 13)
    assert ask.draft.ground is Ground.WORKSHOP


def test_closed_days_are_left_out_unless_they_are_wanted(page: WorkshopPage) -> None:
    click(page.box.list.new)
    click(page.box.dates.set_run)
    assert page.plan is not None
    assert all(day.weekday() != 0 for day in page.plan.dates), "the room is closed on Mondays"
    click(page.box.dates.only_open.switch)
    click(page.box.dates.set_run)
    assert any(day.weekday() == 0 for day in page.plan.dates)


def test_conflicts_stand_at_their_dates_before_anything_is_saved(page: WorkshopPage) -> None:
    begin_course(page)
    notes = {day: told(line.note.plain()) for day, line in page.box.dates.lines.items()}
    assert notes[date(2026, 10, 21)] == ""
    assert notes[date(2026, 10, 23)] == "« Premiers pas » occupe déjà : postes 12 et 13"
    assert notes[date(2026, 10, 26)] == "en dehors des horaires"


@pytest.mark.parametrize(
    ("text", "said"),
    [("trente", "pas compris comme une date"), ("01/10/2026", "Cette date est passée.")],
)
def test_a_text_that_is_no_date_to_come_is_refused_where_it_stands(
    page: WorkshopPage, text: str, said: str
) -> None:
    click(page.box.list.new)
    page.box.dates.day.edit.setFocus()
    write(text, Qt.Key.Key_Return)
    assert said in page.box.dates.day.message()
    assert page.box.dates.day.text() == text
    assert days(page) == []
    write("24/12/2026", Qt.Key.Key_Return)
    assert days(page) == ["jeu. 24 décembre 2026 · 14 h – 16 h"]


@pytest.mark.parametrize("count", ["", "0", "61", "dix"])
def test_a_text_that_is_no_number_of_days_is_refused(page: WorkshopPage, count: str) -> None:
    click(page.box.list.new)
    page.box.dates.count.edit.setFocus()
    write(count or " ", Qt.Key.Key_Return)
    assert page.box.dates.count.message().startswith("Ce n’est pas un nombre de jours.")
    assert days(page) == []


def test_a_date_is_taken_away_and_the_keyboard_goes_on_to_the_next(page: WorkshopPage) -> None:
    click(page.box.list.rows[COURSE.series_id])
    lines = page.box.dates.lines
    assert told(page.box.dates.past.plain()) == "7 dates passées"
    lines[date(2026, 10, 15)].remove.setFocus()
    press(Qt.Key.Key_Return)
    assert date(2026, 10, 15) not in lines
    assert QApplication.focusWidget() is lines[date(2026, 10, 16)].remove
    assert page.plan is not None
    assert page.plan.dates[:7] == COURSE.dates[:7], "what is past stays"


def test_faults_are_said_when_one_wants_to_save_and_nothing_leaves_the_desk(
    page: WorkshopPage, asked: Asked
) -> None:
    click(page.box.list.new)
    write("P", Qt.Key.Key_Backspace)
    assert page.box.editor.title.message() == ""
    page.save()
    assert page.box.editor.title.message().startswith("Il manque un titre.")
    assert page.box.dates.fault.plain().startswith("Il manque une date.")
    assert page.bar.words.plain().startswith("2 points à corriger")
    assert not page.bar.save.isEnabled()
    assert asked == []
    write("Photo")
    page.box.editor.end.edit.setFocus()
    write("midi", Qt.Key.Key_Tab)
    assert page.box.editor.time_fault.words.plain().startswith("La fin est avant le début.")
    page.box.editor.end.edit.setFocus()
    write("plus tard", Qt.Key.Key_Tab)
    assert "pas compris comme une heure" in told(page.box.editor.time_fault.words.plain())
    assert page.box.editor.end.text() == "plus tard"


def test_the_whole_room_or_some_seats_never_none_unnoticed(page: WorkshopPage) -> None:
    click(page.box.list.new)
    seats = page.box.editor.seats
    assert seats.whole.isChecked()
    click(seats.numbers[13])
    assert not seats.whole.isChecked()
    click(seats.numbers[13])
    assert seats.fault.words.plain().startswith("Aucun poste n’est choisi.")
    click(seats.whole)
    assert not seats.fault.isVisible()
    assert page.plan is not None
    assert page.plan.seats is None


# ------------------------------------------------------------------------------------- leaving


@pytest.mark.parametrize("how", ["page", "room", "site", "out", "back", "escape"])
def test_leaving_what_is_not_saved_asks_and_staying_keeps_it(
    house: House, page: WorkshopPage, how: str
) -> None:
    left: list[None] = []
    house.sign_out_asked.connect(lambda: left.append(None))
    targets = {
        "page": house.rail.buttons[0],
        "room": page.places.rooms.rows["landowski-room"],
        "site": page.places.sites.rows["trapeze"],
        "out": house.rail.leave,
        "back": page.box.back,
    }

    def leave() -> None:
        if how == "escape":
            press(Qt.Key.Key_Escape, page.box.editor.title.edit)
        else:
            click(targets[how])

    click(page.box.list.rows[COURSE.series_id])
    write("Groupe 2")
    leave()
    assert page.question.is_open()
    press(Qt.Key.Key_Escape)
    assert page.box.editor.title.text() == "Groupe 2"
    assert page.room_id == COURSE_ROOM
    leave()
    click(page.question.drop)
    assert page.plan is None
    assert (page.room_id != COURSE_ROOM) is (how in {"room", "site"})
    assert (house.shown is not page) is (how == "page")
    assert len(left) == (how == "out")


def test_going_back_from_what_nobody_changed_asks_nothing(page: WorkshopPage) -> None:
    click(page.box.list.rows[VISIT.series_id])
    click(page.box.back)
    assert not page.question.is_open()
    assert QApplication.focusWidget() is page.box.list.rows[VISIT.series_id]


def test_english_says_everything_again(page: WorkshopPage, stage: Stage) -> None:
    click(page.box.list.rows[COURSE.series_id])
    stage.language.use("en")
    assert page.title() == "Workshops"
    assert told(page.box.editor.start.text()) == "2:45 pm"
    assert days(page)[0] == "Wed 14 October 2026 · 2:45 pm – 4:45 pm"
