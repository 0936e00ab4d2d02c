"""*Accueil*: scan and Enter, and somebody is seated; nothing is given twice, no code stays."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_reception import (
    CARD,
    FULL,
    LEO,
    TAKEN,
    Front,
    front,
    met,
    somebody,
)
from admin_console.desk.gallery_stage import WATCHER, Stage
from admin_console.desk.models.person import Person
from admin_console.desk.models.registration import DateFaulty, read_date
from admin_console.desk.models.visit import Stage as Step
from admin_console.desk.models.wish import Alter, Give, Meet, NewPin, Wish
from kiosk.hublink.failure import Failure, Reason
from kiosk.rules.slot import Ground
from kiosk.wire.desk import Role
from kiosk.wire.people import PinMade, SeatingView
from kiosk.wire.ticket import TicketTaken
from tests.desk.hand import press, told

ROOM = "landowski-room"


def come_in(here: Front, qtbot: QtBot) -> list[Wish]:
    wishes: list[Wish] = []
    here.page.wished.connect(wishes.append)
    qtbot.addWidget(here.house)
    here.house.resize(1280, 800)
    here.house.show()
    here.house.activateWindow()
    qtbot.waitUntil(here.house.isActiveWindow)
    here.page.who.setFocus()
    return wishes


def type_card(here: Front) -> None:
    for digit in CARD:
        press(Qt.Key(ord(digit)))
    press(Qt.Key.Key_Return)


def test_a_card_and_enter_twice_give_the_best_seat_once(stage: Stage, qtbot: QtBot) -> None:
    here = front(stage)
    wishes = come_in(here, qtbot)
    type_card(here)
    assert wishes == [Meet(CARD, ROOM)]
    press(Qt.Key.Key_Return)
    assert len(wishes) == 1, "what is not known yet is not given"
    here.page.show_answer(Meet(CARD, ROOM), met())
    assert told(here.page.offer.main.text()) == "Donner le poste 10"
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert wishes[1:] == [Give(CARD, ROOM, 10)]
    here.page.show_answer(Give(CARD, ROOM, 10), TicketTaken(ticket=TAKEN))
    press(Qt.Key.Key_Return)
    assert len(wishes) == 2
    assert here.page.visit is not None
    assert here.page.visit.stage is Step.GRANTED


def test_no_answer_is_asked_again_as_the_same_intent(stage: Stage, qtbot: QtBot) -> None:
    here = somebody(stage, met(), outcome=Failure(Reason.TIMEOUT))
    wishes = come_in(here, qtbot)
    assert "peut-être déjà fait" in told(here.page.offer.trouble.plain())
    press(Qt.Key.Key_Return)
    assert wishes == [Give(CARD, ROOM, 10)]


def test_the_card_is_masked_as_soon_as_it_is_known(stage: Stage, qtbot: QtBot) -> None:
    here = front(stage)
    come_in(here, qtbot)
    type_card(here)
    assert here.page.who.search.text() == "•••• 5678"
    assert CARD not in repr(here.page.visit)
    press(Qt.Key.Key_7)
    assert here.page.who.search.text() == "7"


def test_the_list_is_proposed_where_no_seat_is_free(stage: Stage, qtbot: QtBot) -> None:
    here = somebody(stage, met(seating=FULL))
    wishes = come_in(here, qtbot)
    assert "vers 14 h 47" in told(here.page.offer.banner.plain())
    press(Qt.Key.Key_Return)
    assert wishes == [Give(CARD, ROOM, None)]


def test_a_missing_authorisation_takes_a_hand_on_its_button(stage: Stage, qtbot: QtBot) -> None:
    seating = SeatingView(ground=Ground.NO_AUTHORISATION)
    here = somebody(stage, met(facts=LEO, seating=seating))
    wishes = come_in(here, qtbot)
    press(Qt.Key.Key_Return)
    assert wishes == []
    here.page.offer.main.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Space)
    (wish,) = wishes
    assert isinstance(wish, Alter)
    assert wish.facts.authorised_on == date(2026, 10, 14)


def test_a_code_is_shown_once_and_gone_with_its_window(stage: Stage, qtbot: QtBot) -> None:
    here = somebody(stage, met())
    wishes = come_in(here, qtbot)
    here.page.acts.pin.click()
    assert QApplication.focusWidget() is here.page.acts.question.stay
    here.page.acts.question.go_on.click()
    assert wishes == [NewPin(CARD)]
    here.page.show_answer(NewPin(CARD), PinMade(pin="4071"))
    code = here.page.acts.code
    assert code.code.accessibleName() == "4 0 7 1"
    press(Qt.Key.Key_Escape)
    assert not code.is_open()
    assert (code.code.text(), code.code.accessibleName()) == ("", "")


@pytest.mark.parametrize(
    ("text", "day"),
    [("", None), ("30/06/2027", date(2027, 6, 30)), (" 1.7.2027 ", date(2027, 7, 1))],
)
def test_a_last_day_is_read_day_first(text: str, day: date | None) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize("text", ["30 juin", "31/02/2027", "2027-06-30"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateFaulty):
        read_date(text)


def test_observers_meet_nobody_and_only_some_import() -> None:
    assert not WATCHER.may_receive
    agent = Person("Nadia", frozenset({Role.AGENT}))
    assert (agent.may_receive, agent.may_import) == (True, False)
    assert Person("Ivan", frozenset({Role.IT})).may_import
