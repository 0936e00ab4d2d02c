"""The whole console against a hub: from the way in to the last command, and back out."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from admin_console.desk.desk import Desk
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.window import DeskWindow
from kiosk.wire.change import SeatChanged
from kiosk.wire.command import CommandState, EndSlot, ExtendSlot
from kiosk.wire.desk import Role, StaffRefused
from tests.desk.hub_double import PASSWORD, DeskHub

SEVENTH = "trapeze/salle/7"


def told(text: str) -> str:
    return text.replace("\u00a0", " ")


def click(widget: QWidget) -> None:
    QApplication.processEvents()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)


def come_in(window: DeskWindow, desk: Desk, qtbot: QtBot) -> LivePage:
    """Sign in with the keyboard alone."""
    QTest.keyClicks(window.sign_in.name.edit, "nadia")
    QTest.keyClick(window.sign_in.name.edit, Qt.Key.Key_Return)
    # Where the keyboard is in this window: another test's window may go just now and take the
    # activation along.
    assert window.focusWidget() is window.sign_in.password.edit
    QTest.keyClicks(window.sign_in.password.edit, PASSWORD)
    QTest.keyClick(window.sign_in.password.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page is not None)
    qtbot.waitUntil(lambda: desk.freshness[0] is Freshness.LIVE)
    assert window.page is not None
    return window.page


def test_the_password_is_hidden_and_gone_once_it_has_served(
    window: DeskWindow, desk: Desk, qtbot: QtBot
) -> None:
    assert window.sign_in.password.edit.echoMode() is QLineEdit.EchoMode.Password
    page = come_in(window, desk, qtbot)
    assert page.isVisible()
    assert page.bar.chip.text() == "Données à jour"
    assert window.sign_in.password.text() == ""


def test_an_empty_field_is_said_before_anything_is_asked(window: DeskWindow, hub: DeskHub) -> None:
    click(window.sign_in.enter)
    assert window.sign_in.name.edit.accessibleDescription() == "Saisissez votre nom."
    window.sign_in.name.set_text("nadia")
    click(window.sign_in.enter)
    assert window.sign_in.password.edit.accessibleDescription() == "Saisissez votre mot de passe."
    assert hub.seen == []


def test_a_refusal_is_said_in_words_and_the_password_typed_anew(
    window: DeskWindow, desk: Desk, qtbot: QtBot
) -> None:
    window.sign_in.name.set_text("nadia")
    window.sign_in.password.set_text("wrong")
    click(window.sign_in.enter)
    assert not window.sign_in.enter.isEnabled()
    qtbot.waitUntil(window.sign_in.notice.isVisible)
    said = window.sign_in.notice.plain()
    assert said.startswith("Le nom ou le mot de passe ne va pas.")
    assert window.sign_in.password.text() == ""
    assert window.focusWidget() is window.sign_in.password.edit
    assert window.sign_in.enter.isEnabled()


def test_too_many_tries_close_the_door_for_as_long_as_the_hub_says(
    window: DeskWindow, hub: DeskHub, qtbot: QtBot
) -> None:
    hub.told.refusal = StaffRefused(code="too_many_tries", retry_seconds=1)
    window.sign_in.name.set_text("nadia")
    window.sign_in.password.set_text(PASSWORD)
    click(window.sign_in.enter)
    qtbot.waitUntil(window.sign_in.notice.isVisible)
    assert "1 seconde" in told(window.sign_in.notice.plain())
    assert not window.sign_in.enter.isEnabled()
    window.sign_in.password.set_text(PASSWORD)
    QTest.keyClick(window.sign_in.password.edit, Qt.Key.Key_Return)
    assert len(hub.seen) == 1
    qtbot.waitUntil(window.sign_in.enter.isEnabled)
    assert not window.sign_in.notice.isVisible()


def test_a_hub_that_is_away_is_said_without_its_name(
    window: DeskWindow, hub: DeskHub, qtbot: QtBot
) -> None:
    hub.vanish()
    window.sign_in.name.set_text("nadia")
    window.sign_in.password.set_text(PASSWORD)
    click(window.sign_in.enter)
    qtbot.waitUntil(window.sign_in.notice.isVisible)
    said = window.sign_in.notice.plain().lower()
    assert "pas de contact" in said
    for word in ("hub", "serveur", "erreur", "timeout"):
        assert word not in said


def test_an_extension_goes_all_the_way(
    window: DeskWindow, desk: Desk, hub: DeskHub, qtbot: QtBot
) -> None:
    page = come_in(window, desk, qtbot)
    click(page.view.floor.cards[SEVENTH])
    confirm = page.panel.acts.confirm
    qtbot.waitUntil(confirm.isEnabled)
    slot = hub.seat(SEVENTH).slot
    assert slot is not None
    assert hub.told.forecasts == [(slot.slot_id, 900)]
    assert hub.told.asks == []
    assert told(confirm.text()) == "Prolonger jusqu’à 15 h 34"
    click(confirm)
    qtbot.waitUntil(lambda: len(hub.told.asks) == 1)
    (ask,) = hub.told.asks
    assert (ask.slot_id, ask.body) == (slot.slot_id, ExtendSlot(total_seconds=4500))
    lines = page.panel.commands.lines

    def says(words: str) -> bool:
        return ask.command_id in lines and words in lines[ask.command_id].accessibleName()

    qtbot.waitUntil(lambda: says("Envoyé"))
    hub.move(ask.command_id, CommandState.RECEIVED)
    qtbot.waitUntil(lambda: says("Reçu"))
    hub.move(ask.command_id, CommandState.DONE)
    qtbot.waitUntil(lambda: says("Fait"))


@pytest.mark.parametrize(
    ("state", "code", "words"),
    [
        (CommandState.REFUSED, "over", "cette session était finie"),
        (CommandState.REFUSED, "of_a_later_version", "Refusé par le poste"),
        (CommandState.EXPIRED, None, "Pas de réponse à temps"),
    ],
)
def test_a_command_that_comes_to_nothing_says_why(
    window: DeskWindow, desk: Desk, hub: DeskHub, qtbot: QtBot,
    state: CommandState, code: str | None, words: str,
) -> None:  # fmt: skip
    page = come_in(window, desk, qtbot)
    page.show_seat(SEVENTH)
    click(page.panel.acts.identify)
    qtbot.waitUntil(lambda: len(hub.told.asks) == 1)
    command_id = hub.told.asks[0].command_id
    hub.move(command_id, state, code)
    lines = page.panel.commands.lines
    qtbot.waitUntil(
        lambda: command_id in lines and words in told(lines[command_id].accessibleName())
    )


def test_a_message_that_cannot_leave_says_so(
    window: DeskWindow, desk: Desk, hub: DeskHub, qtbot: QtBot
) -> None:
    page = come_in(window, desk, qtbot)
    page.show_seat(SEVENTH)
    qtbot.waitUntil(page.panel.acts.confirm.isEnabled)
    hub.vanish()
    qtbot.waitUntil(page.view.stale.isVisible)
    page.panel.message_sent.emit("Bonjour")
    lines = page.panel.commands.lines
    qtbot.waitUntil(
        lambda: any("peut-être pas parti" in line.accessibleName() for line in lines.values())
    )
    hub.come_back()
    qtbot.waitUntil(lambda: not page.view.stale.isVisible())
    assert page.bar.chip.text() == "Données à jour"


def test_ending_a_session_ends_that_session(
    window: DeskWindow, desk: Desk, hub: DeskHub, qtbot: QtBot
) -> None:
    page = come_in(window, desk, qtbot)
    page.show_seat(SEVENTH)
    click(page.panel.acts.end)
    click(page.question.end)
    qtbot.waitUntil(lambda: len(hub.told.asks) == 1)
    slot = hub.seat(SEVENTH).slot
    assert slot is not None
    assert (hub.told.asks[0].slot_id, hub.told.asks[0].body) == (slot.slot_id, EndSlot())
    hub.change(SeatChanged(seat=msgspec.structs.replace(hub.seat(SEVENTH), slot=None)))
    qtbot.waitUntil(lambda: page.panel.state.plain() == "Libre")
    # Its day has one more line: it is asked for anew.
    qtbot.waitUntil(lambda: hub.told.days == [SEVENTH, SEVENTH])


def test_an_observer_asks_the_hub_for_nothing_but_what_is_to_be_seen(
    window: DeskWindow, desk: Desk, hub: DeskHub, qtbot: QtBot
) -> None:
    hub.told.roles = (Role.OBSERVER,)
    page = come_in(window, desk, qtbot)
    page.show_seat(SEVENTH)
    assert not page.panel.acts.isVisible()
    qtbot.waitUntil(lambda: hub.told.days == [SEVENTH])
    assert hub.told.forecasts == []
    assert hub.told.asks == []


def test_a_session_that_ended_elsewhere_leads_back_with_a_sentence(
    window: DeskWindow, desk: Desk, hub: DeskHub, qtbot: QtBot
) -> None:
    page = come_in(window, desk, qtbot)
    page.show_seat(SEVENTH)
    hub.forget_sessions()
    page.panel.message_sent.emit("Bonjour")
    qtbot.waitUntil(window.sign_in.isVisible)
    assert window.page is None
    assert "Votre connexion a pris fin." in window.sign_in.notice.plain()
    assert window.sign_in.name.text() == "nadia"
    assert [ask.body for ask in hub.told.asks] == []


def test_signing_out_leaves_nothing_on_the_screen(
    window: DeskWindow, desk: Desk, hub: DeskHub, qtbot: QtBot
) -> None:
    page = come_in(window, desk, qtbot)
    page.show_seat(SEVENTH)
    house = window._house
    assert house is not None
    click(house.rail.leave)
    assert window.sign_in.isVisible()
    assert window.page is None
    qtbot.waitUntil(lambda: hub.sees("DELETE", "/v1/staff/sessions"))
    qtbot.waitUntil(lambda: not hub._tokens)
    # The next person sees their own town, from the beginning.
    window.sign_in.password.set_text(PASSWORD)
    click(window.sign_in.enter)
    qtbot.waitUntil(lambda: window.page is not None)
    assert hub.told.estates == 2


def test_the_language_is_chosen_before_signing_in(window: DeskWindow) -> None:
    click(window.sign_in.languages.buttons[1])
    assert window.sign_in.title.text() == "Sign in"
    assert window.windowTitle() == "Créneau, staff console"
    click(window.sign_in.languages.buttons[0])
    assert window.sign_in.title.text() == "Se connecter"


def test_the_page_is_the_only_window(window: DeskWindow, desk: Desk, qtbot: QtBot) -> None:
    page = come_in(window, desk, qtbot)
    page.show_seat(SEVENTH)
    page.show_site("perret")
    page.overview.seat_chosen.emit("trapeze", "trapeze/salle/11")
    QApplication.processEvents()
    shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
    assert shown == [window]
