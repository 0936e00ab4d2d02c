"""The models of the console: rows, roles, the least change, and what is said."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from admin_console.desk.models.board import Board
from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.notice import NextFree, NoticeKind, next_free, notices
from admin_console.desk.models.noting import Noting
from admin_console.desk.models.search import find_seats
from admin_console.desk.models.seat_day import day_face, day_total
from admin_console.desk.models.seat_model import Column, SeatModel, runs
from admin_console.desk.models.site_model import LINE_ROLE, SiteModel
from admin_console.desk.models.stand import seat_stand
from admin_console.desk.models.telling import Telling
from admin_console.desk.models.wording import Wording
from kiosk.look.language import Language
from kiosk.look.phrase import Phrase
from kiosk.rules.seat import SeatState
from kiosk.rules.slot import Ground
from kiosk.wire.change import Change, ChangeBody, SeatChanged
from kiosk.wire.command import CommandState, CommandView
from kiosk.wire.desk import (
    DayLine,
    DaySlot,
    Delay,
    Estate,
    ExtensionForecast,
    ExtensionRefused,
    SeatDay,
)
from kiosk.wire.place import SeatView, SlotView
from tests.desk.hand import told
from tests.desk.house import CLUB_ROOM, NOW, TRAPEZE_ROOM, a_seat, a_slot, a_town, an_id

ZONE = ZoneInfo("Europe/Paris")
TRAPEZE = "trapeze"


@pytest.fixture
def language() -> Language:
    return Language("fr")


@pytest.fixture
def wording(language: Language) -> Wording:
    return Wording(language, Phrase(language, ZONE))


@pytest.fixture
def telling(wording: Wording) -> Telling:
    return Telling(wording.language, wording.phrase)


@pytest.fixture
def board() -> Board:
    return Board(EstateBook(a_town()), NOW)


def change(board: Board, *bodies: ChangeBody) -> None:
    for body in bodies:
        n = board.book.cursor + 1
        board.touch(board.book.apply(Change(n=n, at=NOW, body=body)))


# ------------------------------------------------------------------------------------ rows


def test_a_row_says_its_seat_as_a_sentence(board: Board, wording: Wording, qtbot: QtBot) -> None:
    model = SeatModel(board, wording)
    model.show_site(TRAPEZE)
    spoken = [
        told(str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)))
        for row in (6, 3, 9, 10, 4)
    ]
    assert spoken == [
        "Poste 7, occupé, 47 minutes, fin à 15 h 19",
        "Poste 4, libre",
        "Poste 10, hors ligne, depuis 14 h 10",
        "Poste 11, en panne, clavier",
        "Poste 5, occupé, 51 minutes, fin à 15 h 23, demande de l’aide",
    ]


def test_the_table_has_the_facts_of_the_floor(board: Board, wording: Wording, qtbot: QtBot) -> None:
    model = SeatModel(board, wording)
    model.show_site(TRAPEZE)
    cells = [told(str(model.index(6, column).data())) for column in Column]
    assert cells == ["7", "Occupé", "47 min", "15 h 19", "14 h 19", ""]
    titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in Column]
    assert titles == ["Poste", "État", "Temps restant", "Fin", "Depuis", "Remarque"]


def test_models_keep_the_contract_of_qt(board: Board, wording: Wording, qtbot: QtBot) -> None:
    seats = SeatModel(board, wording)
    seats.show_site(TRAPEZE)
    for model in (seats, SiteModel(board, wording)):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)


def test_only_the_rows_that_look_different_are_told(
    board: Board, wording: Wording, qtbot: QtBot
) -> None:
    seats, sites = SeatModel(board, wording), SiteModel(board, wording)
    seats.show_site(TRAPEZE)
    rows: list[tuple[int, int]] = []
    site_rows: list[tuple[int, int]] = []

    def hear(first: QModelIndex, last: QModelIndex) -> None:
        rows.append((first.row(), last.row()))

    def hear_sites(first: QModelIndex, last: QModelIndex) -> None:
        site_rows.append((first.row(), last.row()))

    seats.dataChanged.connect(hear)
    sites.dataChanged.connect(hear_sites)
    change(
        board,
        SeatChanged(seat=a_seat(TRAPEZE_ROOM, 4, slot=a_slot(60, number=4))),
        SeatChanged(seat=a_seat(TRAPEZE_ROOM, 6, slot=a_slot(60, number=6))),
        # The same facts again: nothing looks different.
        SeatChanged(seat=a_seat(TRAPEZE_ROOM, 8)),
        # Another site.
        SeatChanged(seat=a_seat(CLUB_ROOM, 1, slot=a_slot(60))),
    )
    difference = board.settle(NOW)
    seats.settle(difference)
    sites.settle(difference)
    assert rows == [(3, 3), (5, 5)]
    assert site_rows == [(0, 1)]
    assert sites.index(1).data(LINE_ROLE) == "2 sur 2 occupés"


def test_a_seat_that_comes_makes_the_rows_anew(
    board: Board, wording: Wording, qtbot: QtBot
) -> None:
    model = SeatModel(board, wording)
    model.show_site("perret")
    change(board, SeatChanged(seat=a_seat(CLUB_ROOM, 3)))
    with qtbot.waitSignal(model.modelReset):
        model.settle(board.settle(NOW))
    assert [stand.number for stand in model.stands()] == [1, 2, 3]


def test_rows_are_told_in_unbroken_runs() -> None:
    assert list(runs([])) == []
    assert list(runs([4])) == [(4, 4)]
    assert list(runs([0, 1, 2, 5, 7, 8])) == [(0, 2), (5, 5), (7, 8)]


# --------------------------------------------------------------------------------- what is said


def test_sites_are_told_as_the_pictures_tell_them(board: Board, wording: Wording) -> None:
    lines = [told(wording.site_line(site)) for site in board.sites()]
    assert lines == ["7 sur 12 occupés", "1 sur 2 occupé", "Ouvre demain à 10 h"]
    hours = wording.hours(board.sites()[0], TRAPEZE_ROOM.rule)
    assert told(hours) == "Ouvert jusqu’à 19 h · Session de 1 heure"
    summary = [text for _state, text in wording.summary(board.sites()[0].count())]
    assert summary == ["6 occupés", "1 finit", "3 libres", "2 arrêtés"]


def test_a_site_of_one_seat_says_the_state_of_that_seat(wording: Wording) -> None:
    town = a_town()
    one = msgspec.structs.replace(town.sites[1].rooms[0], seats=town.sites[1].rooms[0].seats[1:])
    site = msgspec.structs.replace(town.sites[1], rooms=(one,))
    board = Board(EstateBook(Estate(cursor=1, hub_time=NOW, sites=(site,))), NOW)
    assert told(wording.site_line(board.sites()[0])) == "Occupé, fin 15 h 05"


def test_english_is_a_full_second_language(board: Board, wording: Wording) -> None:
    wording.language.use("en")
    stand = board.seat("trapeze/salle/7")
    assert stand is not None
    assert told(wording.spoken(stand)) == "Seat 7, in use, 47 minutes, ends at 3:19 pm"
    assert told(wording.site_line(board.sites()[2])) == "Opens tomorrow at 10 am"


def test_notices_put_calls_first_and_name_the_site_of_a_call_from_elsewhere(
    board: Board, wording: Wording
) -> None:
    noting = Noting(wording, lambda site_id: {"trapeze": "Médiathèque du Trapèze"}[site_id])
    here = [told(noting.tell(one, here=TRAPEZE)) for one in notices(board, TRAPEZE)]
    assert here == [
        "Poste 5 demande de l’aide.",
        "Poste 10 ne répond plus depuis 14 h 10.",
        "Poste 11 est en panne : clavier.",
    ]
    elsewhere = [told(noting.tell(one, here="perret")) for one in notices(board, "perret")]
    assert elsewhere == ["Poste 5 demande de l’aide, Médiathèque du Trapèze."]


def test_many_silent_seats_are_told_once(board: Board, wording: Wording) -> None:
    silent = [a_seat(TRAPEZE_ROOM, number, in_contact=False) for number in (1, 2, 3, 4)]
    change(board, *(SeatChanged(seat=seat) for seat in silent))
    board.settle(NOW)
    found = [one for one in notices(board, TRAPEZE) if one.kind is NoticeKind.SILENT]
    assert [one.numbers for one in found] == [(1, 2, 3, 4, 10)]
    text = Noting(wording, str).tell(found[0], here=TRAPEZE)
    assert text == "Postes 1, 2, 3, 4 et 10 ne répondent plus."


def test_a_place_without_a_computer_is_not_reported_as_silent(board: Board) -> None:
    empty = msgspec.structs.replace(a_seat(TRAPEZE_ROOM, 10, in_contact=False), station_id=None)
    change(board, SeatChanged(seat=empty))
    board.settle(NOW)
    assert not [one for one in notices(board, TRAPEZE) if one.kind is NoticeKind.SILENT]


def test_the_next_free_place_is_a_free_seat_or_the_one_that_ends_first(board: Board) -> None:
    found = next_free(board, TRAPEZE)
    assert found is not None
    assert [stand.number for stand in found.free] == [4, 6, 8]
    change(
        board,
        *(
            SeatChanged(seat=a_seat(TRAPEZE_ROOM, number, slot=a_slot(60, number=number)))
            for number in (4, 6, 8)
        ),
    )
    board.settle(NOW)
    third = board.seat("trapeze/salle/3")
    assert next_free(board, TRAPEZE) == NextFree(ending=third, minutes=4)
    assert next_free(board, "besnard") is None


@pytest.mark.parametrize(
    ("text", "site", "found"),
    [
        ("poste 7", TRAPEZE, ["trapeze/salle/7"]),
        ("7", TRAPEZE, ["trapeze/salle/7"]),
        ("POSTE7", TRAPEZE, ["trapeze/salle/7"]),
        ("2", "perret", ["perret/salle/2", "trapeze/salle/2", "besnard/salle/2"]),
        ("trapeze 2", "perret", ["trapeze/salle/2"]),
        ("Trapèze 2", "perret", ["trapeze/salle/2"]),
        ("club 2", TRAPEZE, ["perret/salle/2", "besnard/salle/2"]),
        ("99", TRAPEZE, []),
        ("poste", TRAPEZE, []),
        ("", TRAPEZE, []),
        ("1 2", TRAPEZE, []),
    ],
)
def test_a_seat_is_found_by_what_people_type(
    board: Board, text: str, site: str, found: list[str]
) -> None:
    assert [stand.seat_id for stand in find_seats(board, text, site)] == found


# ---------------------------------------------------------------------------------- forecasts


def a_forecast(**values: object) -> ExtensionForecast:
    given: dict[str, object] = {
        "slot_id": an_id(1),
        "seconds": 900,
        "added_seconds": 900,
        "total_seconds": 4500,
        "ends_at": NOW,
    }
    return msgspec.convert({**given, **values}, ExtensionForecast)


def test_a_forecast_says_whom_it_delays(telling: Telling) -> None:
    delay = Delay(ticket="A-21", until=NOW + timedelta(minutes=37))
    outlook = telling.forecast(a_forecast(delays=(delay,)))
    assert outlook.kind == "warning"
    assert told(outlook.fact) == "Prolonger de 15 min ferait attendre A-21 jusqu’à 15 h 09."
    two = telling.forecast(a_forecast(delays=(delay, delay)))
    assert two.sentence == "1 autre personne attendrait aussi."


def test_a_forecast_says_that_it_delays_nobody(telling: Telling) -> None:
    outlook = telling.forecast(a_forecast())
    assert outlook.kind == "success"
    assert told(outlook.fact) == "Prolonger de 15 min ne ferait attendre personne."


def test_a_forecast_says_what_cuts_it_short(telling: Telling) -> None:
    closing = NOW + timedelta(hours=4, minutes=28)
    outlook = telling.forecast(
        a_forecast(added_seconds=720, limit=Ground.CLOSING, limit_at=closing)
    )
    assert told(outlook.fact) == "La salle ferme à 19 h : 12 min de plus seulement."
    assert outlook.possible
    none = telling.forecast(ExtensionRefused(ground=Ground.CLOSING, at=closing))
    assert not none.possible
    assert told(none.fact) == "La salle ferme à 19 h : rien ne peut être ajouté."
    over = telling.forecast(ExtensionRefused(ground=Ground.OVER))
    assert over.fact == "Cette session est finie."


def test_every_state_of_every_command_is_told_in_words(telling: Telling) -> None:
    kinds = (
        "message",
        "extend",
        "shorten",
        "open_workshop",
        "end",
        "out_of_order",
        "in_order",
        "identify",
        "help_coming",
    )
    for kind in (*kinds, "of_a_later_version"):
        for state in CommandState:
            view = CommandView(
                command_id=an_id(1),
                seat_id="seat",
                kind=kind,
                state=state,
                issued_at=NOW,
                changed_at=NOW,
                code="of_a_later_version",
            )
            line = telling.command(view)
            assert line.what
            assert line.how
            assert "later" not in line.what + line.how


@pytest.mark.parametrize(
    ("ground", "said"),
    [
        (Ground.WORKSHOP, "un atelier a besoin du poste"),
        (Ground.RESERVATION, "le poste est réservé"),
        (Ground.RENEWALS, "plus de temps que cela"),
    ],
)
def test_time_that_cannot_be_given_is_never_asked_for_again(
    telling: Telling, ground: Ground, said: str
) -> None:
    sentence = told(telling.refusal(ground))
    assert said in sentence
    assert "Réessayez" not in sentence


def test_a_seat_that_is_still_not_clean_is_said_to_stay_closed(telling: Telling) -> None:
    sentence = told(telling.refusal("residue_files"))
    assert "Le poste reste fermé." in sentence
    assert "Rien n’a changé" not in sentence
    assert "residue" not in sentence


def test_a_seat_that_was_opened_for_a_workshop_is_in_a_workshop() -> None:
    opened = SlotView(
        slot_id=an_id(1), opened_at=NOW, ends_at=NOW + timedelta(hours=2), total_seconds=7200,
        series_id=an_id(2),
    )  # fmt: skip
    seat = SeatView(
        seat_id="seat", room_id="room", site_id="site", number=1, station_id=an_id(3),
        in_contact=True, slot=opened,
    )  # fmt: skip
    assert seat_stand(seat, is_open=True, now=NOW).state is SeatState.WORKSHOP
    assert seat_stand(seat, is_open=False, now=NOW).state is SeatState.WORKSHOP
    visitor = msgspec.structs.replace(seat, slot=msgspec.structs.replace(opened, series_id=None))
    assert seat_stand(visitor, is_open=True, now=NOW).state is SeatState.IN_USE


def test_a_day_is_told_without_what_says_nothing_to_staff(telling: Telling) -> None:
    assert telling.day_line(DayLine(at=NOW, what="of_a_later_version")) is None
    ended = telling.day_line(DayLine(at=NOW, what="slot_ended"))
    assert ended is not None
    assert ended.what == "Session finie"


def test_a_day_is_drawn_from_opening_to_closing(board: Board, wording: Wording) -> None:
    stand = board.seat("trapeze/salle/7")
    assert stand is not None
    times = board.times_of(stand.room_id)
    day = SeatDay(
        seat_id=stand.seat_id,
        slots=(
            DaySlot(opened_at=NOW - timedelta(minutes=13), ended_at=None, used_seconds=780),
            DaySlot(
                opened_at=NOW - timedelta(minutes=90),
                ended_at=NOW - timedelta(minutes=30),
                used_seconds=3600,
            ),
        ),
        lines=(),
    )
    face = day_face(day, stand, times, NOW)
    assert times is not None
    assert times.opening is not None
    assert (face.first, face.last) == (times.opening.start, times.opening.end)
    assert [part.until for part in face.parts] == [None, stand.ends_at]
    assert told(day_total(day, wording, NOW)) == "2 sessions, 1 h 13"
    assert (
        day_total(SeatDay(seat_id="x", slots=(), lines=()), wording, NOW) == "Pas encore de session"
    )
