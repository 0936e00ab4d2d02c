"""Facts that do not fit, and clocks that are wrong: told at the desk, once each, and settled."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.desk import Desk
from admin_console.desk.gallery_parked import CODES, SITE, clockless, parked_facts, with_parked
from admin_console.desk.gallery_stage import Stage, live
from admin_console.desk.house import House
from admin_console.desk.models.board import Board
from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.notice import NoticeKind, notices
from admin_console.desk.sample import NOW
from kiosk.hublink.failure import Failure, Reason
from kiosk.wire.change import ParkedChanged
from kiosk.wire.desk import Role
from kiosk.wire.parked import ParkedFact
from tests.desk.hand import click, press, shown, told
from tests.desk.hub_double import PASSWORD, DeskHub

KNOWN = (
    "person_seated", "person_unknown", "seat_held", "day_exceeded", "pass_used", "pass_unknown",
    "unknown_slot", "wrong_station", "slot_over", "unknown_command", "retired",
)  # fmt: skip


def board_with(*codes: tuple[int, str, int]) -> Board:
    board = Board(EstateBook(clockless()), NOW)
    board.touch(board.book.take_parked(parked_facts(codes)))
    assert board.settle(NOW).parked == {SITE}
    return board


@pytest.fixture
def house(stage: Stage, qtbot: QtBot) -> House:
    house = with_parked(stage)
    assert isinstance(house, House)
    return shown(house, qtbot)


def lines(house: House) -> list[str]:
    return [told(line.words.accessibleName()) for line in house.page.overview.lines]


def test_a_trouble_is_one_line_however_many_facts_tell_of_it(house: House) -> None:
    assert lines(house) == [
        "Poste 7 : horloge fausse. Les sessions y sont entières, sans heure de fermeture.",
        "Poste 3, sans liaison : quelqu’un était ici et ailleurs en même temps. "
        "C’était le mer. 14 octobre à 11 h 22. Rien n’est annulé.",
        "Poste 8 : on nous a parlé encore d’une session finie. "
        "C’était le mer. 14 octobre à 12 h 58. Rien n’est annulé.",
        "Poste 2, sans liaison : un pass invité a servi une deuxième fois. "
        "C’était le mer. 14 octobre à 11 h 27. Rien n’est annulé.",
    ]


def test_many_seats_that_share_a_trouble_are_told_together() -> None:
    board = board_with(*((seat, "person_unknown", seat) for seat in (9, 2, 4, 11)))
    found = [one for one in notices(board, SITE) if one.kind is NoticeKind.PARKED]
    assert [one.numbers for one in found] == [(2, 4, 9, 11)]
    assert len(found[0].event_ids) == 4
    assert notices(board, "landowski") == notices(Board(board.book, NOW), "landowski")


@pytest.mark.parametrize("code", [*KNOWN, "something_new"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_code_has_words_of_its_own(stage: Stage, code: str, language: str) -> None:
    stage.language.use("en" if language == "en" else "fr")
    house = live(stage, estate=clockless())
    board = house.page.board
    said = []
    for one in (code, "something_else"):
        board.touch(board.book.take_parked(parked_facts(((3, one, 5),))))
        house.settle(board.settle(NOW))
        said.append(lines(house)[-1])
    assert code not in said[0]
    assert (said[0] == said[1]) is (code not in KNOWN)
    house.deleteLater()


def test_what_was_seen_is_settled_by_keys_and_the_keyboard_goes_on(house: House) -> None:
    seen: list[tuple[str, tuple[str, ...]]] = []
    overview, board = house.page.overview, house.page.board
    overview.seen.connect(lambda site, ids: seen.append((site, ids)))
    action = overview.lines[2].action
    assert action is not None
    assert told(action.accessibleName()).startswith("C’est vu, Poste 8")
    action.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Return)
    facts = parked_facts()
    assert seen == [(SITE, tuple(facts.facts[place].event_id for place in (1, 2)))]

    left = tuple(one for one in facts.facts if one.event_id not in seen[0][1])
    board.touch(board.book.take_parked(replace(facts, facts=left)))
    house.settle(board.settle(NOW))
    assert len(overview.lines) == 3
    assert QApplication.focusWidget() is overview.lines[0].words


def test_what_could_not_be_noted_stays_and_says_what_to_do(house: House) -> None:
    overview = house.page.overview
    ids = overview.lines[1].notice.event_ids
    overview.show_unsettled(("another",), Failure(Reason.TIMEOUT))
    assert not overview.trouble.isVisible()
    overview.show_unsettled(ids, Failure(Reason.UNREACHABLE))
    assert overview.trouble.plain().startswith("Pas de connexion")
    assert len(overview.lines) == len({code for _seat, code, _ago in CODES}) + 1
    overview.show_unsettled(ids, Failure(Reason.PROBLEM))
    assert "n’a pas pu" in overview.trouble.plain()


def test_a_wrong_clock_is_said_at_its_seat_in_the_table_and_nowhere_else(
    stage: Stage, qtbot: QtBot
) -> None:
    house = shown(live(stage, estate=clockless(), seat=f"{SITE}-7"), qtbot)
    panel = house.page.panel
    assert panel.clock.isVisible()
    assert "L’horloge de cet ordinateur est fausse." in panel.clock.plain()
    click(panel.close_button)
    house.page.show_seat(f"{SITE}-6")
    assert not panel.clock.isVisible()


def test_a_silent_computer_is_silent_and_nothing_else() -> None:
    estate = clockless()
    book = EstateBook(estate)
    seat = book.seat(f"{SITE}-7")
    assert seat is not None
    book._take_seat(replace(seat, in_contact=False))
    kinds = [one.kind for one in notices(Board(book, NOW), SITE)]
    assert kinds == [NoticeKind.SILENT]


# -------------------------------------------------------------------------------- over the wire


def a_fact(number: int, seat: str = "trapeze/salle/7") -> ParkedFact:
    fact = parked_facts().facts[0]
    return replace(fact, event_id=f"{fact.event_id[:-2]}{number:02d}", seat_id=seat)


def come_in(desk: Desk, qtbot: QtBot) -> None:
    desk.sign_in("nadia", PASSWORD)
    qtbot.waitUntil(lambda: desk.freshness[0] is Freshness.LIVE)


def known(desk: Desk) -> list[str]:
    assert desk.board is not None
    return [fact.event_id for fact in desk.board.book.parked("trapeze")]


def test_the_desk_reads_the_lists_at_the_start_and_when_one_is_another(
    desk: Desk, hub: DeskHub, qtbot: QtBot
) -> None:
    hub.told.parked["trapeze"] = (a_fact(1),)
    come_in(desk, qtbot)
    qtbot.waitUntil(lambda: len(known(desk)) == 1)
    assert sorted(hub.told.parked_reads) == ["besnard", "perret", "trapeze"]

    hub.told.parked["trapeze"] = (a_fact(2), a_fact(1))
    hub.change(ParkedChanged(site_id="trapeze"))
    qtbot.waitUntil(lambda: len(known(desk)) == 2)

    desk.parked.settle("trapeze", (a_fact(1).event_id,))
    desk.parked.settle("trapeze", (a_fact(1).event_id,))
    qtbot.waitUntil(lambda: known(desk) == [a_fact(2).event_id])
    assert hub.told.parked_reads.count("trapeze") == 2


def test_a_list_that_could_not_be_read_is_read_when_contact_is_back(
    desk: Desk, hub: DeskHub, qtbot: QtBot
) -> None:
    hub.told.parked["trapeze"] = (a_fact(1),)
    hub.told.loses_parked = 99
    come_in(desk, qtbot)
    qtbot.waitUntil(lambda: len(hub.told.parked_reads) >= 3)
    hub.vanish()
    qtbot.waitUntil(lambda: desk.freshness[0] is Freshness.LOST)
    hub.told.loses_parked = 0
    hub.come_back()
    qtbot.waitUntil(lambda: len(known(desk)) == 1, timeout=15_000)


def test_who_only_watches_is_told_nothing_of_it(desk: Desk, hub: DeskHub, qtbot: QtBot) -> None:
    hub.told.roles = (Role.OBSERVER,)
    come_in(desk, qtbot)
    hub.change(ParkedChanged(site_id="trapeze"))
    qtbot.waitUntil(lambda: desk.board is not None and desk.board.book.cursor > 100)
    assert hub.told.parked_reads == []
