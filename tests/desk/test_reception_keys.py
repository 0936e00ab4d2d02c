"""*Accueil* in English, in letters half as large again, by keys alone: nothing is out of reach."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery import SIZES
from admin_console.desk.gallery_reception import CARD, Front, front, met
from admin_console.desk.gallery_stage import Stage
from admin_console.desk.models.wish import Give, Meet, NewPass, NewPin, Register, ShowCard, Wish
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.focus import FocusRing
from kiosk.look.language import Language
from kiosk.wire.act import CardShown
from kiosk.wire.desk import CardUnknown
from kiosk.wire.people import PinMade
from tests.desk.hand import press, told

ROOM = "landowski-room"
TAB, ENTER, ESCAPE, RIGHT = (
    Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Right,
)  # fmt: skip


@pytest.fixture
def here(stage: Stage, qtbot: QtBot) -> Front:
    """The page with somebody who may have a seat."""
    stage.look.use(text_scale=1.5)
    english = Stage(stage.look, Language("en"), stage.guard)
    made = front(english, imports=True)
    qtbot.addWidget(made.house)
    FocusRing(stage.look, made.house)
    made.house.resize(*SIZES[1])
    made.house.show()
    made.house.activateWindow()
    qtbot.waitUntil(made.house.isActiveWindow)
    made.page.who.setFocus()
    return made


@pytest.fixture
def wishes(here: Front) -> list[Wish]:
    found: list[Wish] = []
    here.page.wished.connect(found.append)
    return found


def name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return told(widget.accessibleName() or text)


def at() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    assert not found.visibleRegion().isEmpty(), f"{name(found)} has the keyboard out of sight"
    return found


def walk_to(begin: str, key: Qt.Key = TAB) -> None:
    passed = []
    for _ in range(60):
        if name(at()).startswith(begin):
            return
        passed.append(name(at()))
        press(key)
        QApplication.processEvents()
    raise AssertionError(f"{begin!r} was not reached, but {passed}")


def scan(here: Front) -> None:
    for digit in CARD:
        press(Qt.Key(ord(digit)))
    press(ENTER)
    here.page.show_answer(Meet(CARD, ROOM), met())


def test_every_control_of_the_page_is_reached_by_tab_and_seen(here: Front) -> None:
    scan(here)
    house = here.house
    wanted = {
        widget
        for widget in house.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    reached: set[QWidget] = set()
    for _ in range(120):
        reached.add(at())
        press(TAB)
        QApplication.processEvents()
    # Of a group of choices the keyboard stops at one, and the arrows go on from there.
    missing = {name(one) for one in wanted - reached}
    groups = {
        name(one) for one in wanted if one.parentWidget() in {r.parentWidget() for r in reached}
    }
    assert missing - groups == set()


def test_scan_and_enter_twice_seat_somebody(here: Front, wishes: list[Wish]) -> None:
    scan(here)
    assert told(here.page.offer.main.text()) == "Give seat 10"
    press(ENTER)
    assert wishes == [Meet(CARD, ROOM), Give(CARD, ROOM, 10)]


def test_another_place_is_chosen_from_its_list(here: Front, wishes: list[Wish]) -> None:
    scan(here)
    walk_to("Espace Landowski")
    press(ENTER)
    assert here.page.sites.is_open()
    walk_to("BIJ", Qt.Key.Key_Down)
    press(ENTER)
    assert not here.page.sites.is_open()
    assert name(here.page.sites.button) == "BIJ"
    assert wishes[-1] == Meet(CARD, "bij-room"), "whoever stands there is asked about anew"


def test_all_digits_are_seen_once_it_is_journalled_and_masked_with_the_next_card(
    here: Front, wishes: list[Wish]
) -> None:
    scan(here)
    walk_to("Show all digits of the card")
    press(ENTER)
    ask = ShowCard(CARD, ROOM)
    assert wishes[-1] == ask
    assert CARD not in repr(ask)
    assert told(here.page.person.card.plain()) == "Card •••• 5678"
    here.page.show_answer(ask, CardShown())
    assert told(here.page.person.card.plain()) == "Card 2921 0000 4556 78"
    assert name(at()) == "Mask the card"
    press(ENTER)
    assert told(here.page.person.card.plain()) == "Card •••• 5678"
    assert wishes[-1] == ask
    here.page.show_answer(ask, CardShown())
    here.page.meet(CARD)
    assert here.page.visit is not None
    assert not here.page.visit.is_shown


@pytest.mark.parametrize("answer", [Failure(Reason.UNREACHABLE), CardUnknown()])
def test_what_is_not_journalled_is_not_shown(
    here: Front, wishes: list[Wish], answer: object
) -> None:
    scan(here)
    walk_to("Show all digits of the card")
    press(ENTER)
    here.page.show_answer(wishes[-1], answer)
    assert told(here.page.person.card.plain()) == "Card •••• 5678"
    assert here.page.person.hidden.plain().startswith("The card stays masked.")
    here.page.show_answer(Meet(CARD, ROOM), met())
    assert here.page.person.hidden.isVisible()


def test_a_new_code_a_pass_and_a_registration_by_keys(here: Front, wishes: list[Wish]) -> None:
    scan(here)
    walk_to("New secret code")
    press(ENTER)
    assert name(at()) == "Keep the old one"
    press(TAB)
    press(ENTER)
    assert wishes.count(NewPin(CARD)) == 1
    here.page.show_answer(NewPin(CARD), PinMade(pin="4071"))
    assert here.page.acts.code.is_open()
    press(ESCAPE)

    walk_to("Give a seat")
    walk_to("Guest pass", RIGHT)
    press(ENTER)
    assert [one for one in wishes if isinstance(one, NewPass)] != []

    walk_to("Quick registration")
    press(ENTER)
    assert name(at()) == "First name"
    for sign in "ANA":
        press(Qt.Key(ord(sign)))
    walk_to("Register")
    press(ENTER)
    (register,) = [one for one in wishes if isinstance(one, Register)]
    assert register.facts.first_name.upper() == "ANA"
