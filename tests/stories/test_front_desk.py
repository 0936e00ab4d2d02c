"""A morning at the front desk without a mouse: the real hub, two free seats, keys alone.

Scan and Enter, Enter: seated. No seat left: put on the list. A guest pass, a new code, somebody who
is new, a file with bad lines. At the end each act stands in the journal, and no name does.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.composition import make_window, read_options
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.offer_face import free_seats
from admin_console.desk.models.visit import Stage
from admin_console.desk.pages.reception_page import ReceptionPage
from admin_console.desk.window import DeskWindow
from kiosk.rules.ticket import TicketState
from kiosk.wire.act import ActKind, ActLine, ActsPage, ReadActs
from kiosk.wire.codec import decode, encode
from kiosk.wire.desk import Estate
from kiosk.wire.waiting import WaitingView
from tests.stories.desk_day import Hands, Stations
from tests.stories.house import ROOM, House

ALT = Qt.KeyboardModifier.AltModifier
TAB, ENTER, ESCAPE, DOWN = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
HEADING = "carte;prénom;catégorie\n"
GOOD = HEADING + "20481999000017;Amina;{category}\n20481999000025;Bruno;{category}\n"
BAD = GOOD + "12;Chloé;{category}\n20481999000033;;pirate\n"


@pytest.fixture
def stations(house: House) -> Iterator[Stations]:
    """Seats 1 and 2 are free; the other seats have no computer."""
    made = Stations(house)
    made.place(1, None)
    made.place(2, None)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def window(
    house: House, stations: Stations, qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> Iterator[DeskWindow]:
    hub = f"http://127.0.0.1:{house.port}"
    options = read_options(["--hub", hub, "--settings", str(tmp_path / "desk.ini")])
    window = make_window(qapp, options)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window._desk.stop()
    window.hide()
    qapp.removeEventFilter(window._guard)
    window.deleteLater()
    qapp.setStyleSheet("")


def waiting(house: House) -> WaitingView:
    estate: Estate = decode(house._staff().get("/v1/estate").content, Estate)
    rooms = [room for site in estate.sites for room in site.rooms]
    found = next(room.waiting for room in rooms if room.room.room_id == ROOM)
    assert found is not None
    return found


def categories(house: House) -> list[str]:
    estate: Estate = decode(house._staff().get("/v1/estate").content, Estate)
    return [one.key for one in estate.categories if not one.needs_authorisation]


def journal(house: House) -> tuple[list[ActLine], str]:
    """What the journal says, in order, and how it travels."""
    estate: Estate = decode(house._staff().get("/v1/estate").content, Estate)
    now = estate.hub_time
    ask = ReadActs(since=now - timedelta(hours=1), until=now + timedelta(hours=1))
    answer = house._staff().post("/v1/acts/search", content=encode(ask))
    page: ActsPage = decode(answer.content, ActsPage)
    assert page.kept == page.last == page.total
    return list(reversed(page.lines)), answer.text


def test_a_morning_at_the_front_desk_goes_by_keys_alone(
    window: DeskWindow, house: House, qtbot: QtBot, tmp_path: Path
) -> None:
    # The estate was planted with its prices and print cards: that stands there already.
    planted = len(journal(house)[0])
    hands = Hands(window, qtbot)
    hands.type("admin")
    hands.press(TAB)
    hands.type(house._password)
    hands.press(ENTER)
    hands.until(lambda: window._house is not None)
    hands.until(lambda: window._desk.freshness[0] is Freshness.LIVE)
    desk = window._house
    assert desk is not None
    page = next(one for one in desk.pages if isinstance(one, ReceptionPage))

    # To the front desk of the library, whose two seats are free.
    place = desk.pages.index(page)
    hands.press(Qt.Key(Qt.Key.Key_1.value + place), ALT)
    assert desk.shown is page
    hands.walk_to(page.sites.button.text())
    hands.press(ENTER)
    hands.walk_to("Médiathèque du Trapèze", DOWN)
    hands.press(ENTER)
    hands.until(lambda: house.seat(1).in_contact and house.seat(2).in_contact)
    hands.until(lambda: free_seats(page._board, "trapeze", ROOM) == 2)

    def scan(card: str) -> None:
        """Pass a card, wherever the keyboard is."""
        hands.type(card)
        hands.press(ENTER)
        hands.until(lambda: page.visit is not None and page.visit.card == card)
        hands.until(lambda: page.visit is not None and page.visit.stage is not Stage.ASKING)

    def stage() -> Stage | None:
        return None if page.visit is None else page.visit.stage

    # Scan, Enter: who it is. Enter: seated. A held Enter, or another one, gives nothing twice.
    scan(house.members[0].card)
    assert stage() is Stage.SEAT
    hands.press(ENTER)
    hands.until(lambda: stage() is Stage.GRANTED)
    hands.press(ENTER)
    tickets = waiting(house).tickets
    assert [(one.state, one.seat) for one in tickets] == [(TicketState.CALLED, 1)]

    # The next one gets the other seat; for the third there is the list.
    scan(house.members[1].card)
    hands.press(ENTER)
    hands.until(lambda: stage() is Stage.GRANTED)
    scan(house.members[2].card)
    assert stage() is Stage.LISTING
    hands.press(ENTER)
    hands.until(lambda: stage() is Stage.GRANTED)
    assert [(one.state, one.seat) for one in waiting(house).tickets] == [
        (TicketState.CALLED, 1), (TicketState.CALLED, 2), (TicketState.WAITING, None),
    ]  # fmt: skip

    # All digits of a card: masked, shown, masked.
    hands.walk_to("Afficher tout le numéro de la carte")
    hands.press(ENTER)
    hands.until(lambda: page.visit is not None and page.visit.is_shown)
    shown = page.person.card.plain().replace("\u00a0", "").replace(" ", "")
    assert house.members[2].card in shown
    assert hands.name == "Masquer la carte"
    hands.press(ENTER)
    assert house.members[2].card not in page.person.card.plain().replace("\u00a0", "")

    # A new code; the question begins at the answer that changes nothing.
    hands.walk_to("Nouveau code secret")
    hands.press(ENTER)
    assert hands.name == "Garder l’ancien"
    hands.press(TAB)
    hands.press(ENTER)
    hands.until(page.acts.code.is_open)
    digits = page.acts.code.code.accessibleName().replace(" ", "")
    assert digits.isdigit()
    assert len(digits) == 4
    hands.press(ESCAPE)

    # A guest pass.
    hands.walk_to("Donner un poste")
    hands.walk_to("Pass invité", Qt.Key.Key_Right)
    hands.press(ENTER)
    hands.until(page.passes.slip.isVisible)

    # Somebody new, without a card: the number and the code are told once.
    hands.walk_to("Inscription rapide…")
    hands.press(ENTER)
    assert hands.name == "Prénom"
    hands.press(ENTER)
    hands.until(lambda: bool(page.acts.form.name.message()))
    hands.type("Lucette")
    hands.press(ENTER)
    hands.until(page.acts.code.is_open)
    hands.press(ESCAPE)
    hands.until(lambda: page.visit is not None and page.visit.met is not None)
    assert page.visit is not None
    assert page.visit.met is not None
    assert page.visit.met.facts.first_name == "Lucette"
    made_card = page.visit.card

    # A file with bad lines says which, and writes nothing; mended, it is written when confirmed.
    category = categories(house)[0]
    file = tmp_path / "membres.csv"
    page.acts._choose_file = lambda _title: file
    file.write_text(BAD.format(category=category), encoding="utf-8")
    hands.walk_to("Importer des adhérents…")
    hands.press(ENTER)
    dialog = page.acts.file
    hands.until(lambda: dialog.lines.count() > 0)
    lines = [dialog.lines.item(row).text() for row in range(dialog.lines.count())]
    assert any(line.startswith("Ligne 4") for line in lines), lines
    assert any(line.startswith("Ligne 5") for line in lines), lines
    assert not dialog.write.isVisible()
    hands.press(ESCAPE)
    file.write_text(GOOD.format(category=category), encoding="utf-8")
    hands.press(ENTER)
    hands.until(dialog.write.isVisible)
    hands.walk_to(dialog.write.text())
    hands.press(ENTER)
    hands.until(lambda: "2" in dialog.told.plain() and not dialog.write.isVisible())
    hands.press(ESCAPE)
    scan("20481999000017")
    assert page.visit is not None
    assert page.visit.met is not None
    assert page.visit.met.facts.first_name == "Amina"

    # The journal has it all, each once, and names nobody.
    whole, sent = journal(house)
    acts = whole[planted:]
    assert [one.kind for one in acts] == [
        ActKind.SEAT_GIVEN, ActKind.SEAT_GIVEN, ActKind.TICKET_TAKEN, ActKind.CARD_SHOWN,
        ActKind.PIN_MADE, ActKind.PASS_MADE, ActKind.PERSON_REGISTERED, ActKind.MEMBERS_IMPORTED,
    ]  # fmt: skip
    cards = [house.members[place].card for place in (0, 1, 2, 2, 2)]
    assert [one.card_end for one in acts[:5]] == [card[-4:] for card in cards]
    assert acts[6].card_end == made_card[-4:]
    assert acts[7].facts.count == 2
    assert not {"Lucette", "Amina", made_card, *cards} & set(sent.replace('"', " ").split())
