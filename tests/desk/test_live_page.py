"""The live page under the hand: every act by mouse and by keyboard, and who may do what."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_state import NADIA, WATCHER, Stage, forecast, live
from admin_console.desk.house import House
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.sample import NOW
from tests.desk.hand import apply, click, listen, press, shown, slot_of, told

# ------------------------------------------------------------------------------------ choosing


def test_a_click_on_a_card_shows_its_seat_and_asks_for_its_day_and_its_forecast(
    page: LivePage, qtbot: QtBot
) -> None:
    days: list[str] = []
    forecasts: list[tuple[str, int]] = []
    page.day_asked.connect(days.append)
    page.forecast_asked.connect(lambda *told: forecasts.append(told))
    click(page.view.floor.cards["trapeze-7"])
    assert page.panel.isVisible()
    assert not page.overview.isVisible()
    assert told(page.panel.name.text()) == "Poste 7"
    assert page.view.floor.cards["trapeze-7"].isChecked()
    assert days == ["trapeze-7"]
    assert forecasts == [(slot_of(page, "trapeze-7"), 900)]


def test_arrows_move_over_the_floor_and_enter_chooses(page: LivePage, qtbot: QtBot) -> None:
    cards = page.view.floor.cards
    cards["trapeze-1"].setFocus(Qt.FocusReason.TabFocusReason)
    walk = [
        (Qt.Key.Key_Right, "trapeze-2"),
        (Qt.Key.Key_Right, "trapeze-5"),
        (Qt.Key.Key_Down, "trapeze-7"),
        (Qt.Key.Key_Left, "trapeze-4"),
        (Qt.Key.Key_Down, "trapeze-10"),
        (Qt.Key.Key_Home, "trapeze-1"),
        (Qt.Key.Key_End, "trapeze-12"),
    ]
    for key, seat_id in walk:
        press(key)
        assert QApplication.focusWidget() is cards[seat_id], (key, seat_id)
    press(Qt.Key.Key_Return)
    assert page.seat_id == "trapeze-12"


def test_the_floor_is_one_stop_of_the_tab_key(page: LivePage) -> None:
    stops = [
        card
        for card in page.view.floor.cards.values()
        if card.focusPolicy() == Qt.FocusPolicy.StrongFocus
    ]
    assert len(stops) == 1


def test_escape_closes_the_panel_and_gives_the_keyboard_back_to_the_card(
    page: LivePage, qtbot: QtBot
) -> None:
    page.show_seat("trapeze-7")
    page.panel.acts.identify.setFocus()
    press(Qt.Key.Key_Escape)
    assert page.seat_id == ""
    assert page.overview.isVisible()
    assert QApplication.focusWidget() is page.view.floor.cards["trapeze-7"]


def test_another_site_shows_its_floor(page: LivePage, qtbot: QtBot) -> None:
    page.show_seat("trapeze-7")
    click(page.sites.cards["besnard"])
    assert page.site_id == "besnard"
    assert page.seat_id == ""
    assert page.view.name.plain() == "Club senior Rose-Besnard"
    assert set(page.view.floor.cards) == {f"besnard-{number}" for number in range(1, 6)}


def test_the_list_shows_the_same_seats_and_chooses_them_too(page: LivePage, qtbot: QtBot) -> None:
    click(page.view.switch.buttons[1])
    table = page.view.table
    assert table.isVisible()
    table.setFocus()
    table.selectRow(6)
    press(Qt.Key.Key_Return, table)
    assert page.seat_id == "trapeze-7"


def test_search_finds_poste_7_by_the_keyboard(page: LivePage, qtbot: QtBot) -> None:
    page.show_site("bij")
    page.bar.shortcut.activated.emit()
    assert page.bar.search.edit.hasFocus()
    QTest.keyClicks(page.bar.search.edit, "poste 7")
    press(Qt.Key.Key_Return, page.bar.search.edit)
    assert page.seat_id == "trapeze-7"
    assert page.site_id == "trapeze"
    assert page.bar.search.text() == ""


def test_search_says_when_nothing_matches(page: LivePage, qtbot: QtBot) -> None:
    page.bar.focus_search()
    QTest.keyClicks(page.bar.search.edit, "poste 99")
    press(Qt.Key.Key_Return, page.bar.search.edit)
    assert page.seat_id == ""
    assert "Aucun poste" in page.bar.search.edit.accessibleDescription()


# --------------------------------------------------------------------------------- who may what


def test_those_who_watch_see_seats_and_no_actions(stage: Stage, qtbot: QtBot) -> None:
    page = shown(live(stage, person=WATCHER), qtbot).page
    sent = listen(page)
    asked: list[object] = []
    page.forecast_asked.connect(lambda *told: asked.append(told))
    assert all(line.action is None for line in page.overview.lines)
    page.show_seat("trapeze-5")
    assert page.panel.isVisible()
    assert not page.panel.acts.isVisible()
    assert not page.panel.help_button.isVisible()
    assert not page.panel.outlook.isVisible()
    assert asked == []
    for signal in (page.panel.identify_asked, page.panel.mend_asked, page.panel.help_answered):
        signal.emit()
    assert sent == []


def test_no_name_and_no_card_stands_anywhere_on_the_page(stage: Stage, qtbot: QtBot) -> None:
    # The wire tells none; this keeps a later field from slipping in unseen.
    page = shown(live(stage, person=NADIA, seat="trapeze-7"), qtbot).page
    assert page.panel.stand is not None
    fields = set(type(page.panel.stand).__slots__)
    assert not {one for one in fields if "card" in one or "person" in one or "member" in one}


# ---------------------------------------------------------------------------------- staying live


def test_a_change_moves_card_cell_counts_and_panel(page: LivePage) -> None:
    page.show_seat("trapeze-7")
    apply(page, "trapeze-7", slot=None)
    assert page.panel.state.plain() == "Libre"
    assert told(page.view.floor.cards["trapeze-7"].accessibleName()) == "Poste 7, libre"
    assert page.sites.cards["trapeze"].accessibleName().startswith("Médiathèque du Trapèze, 9 sur")
    assert "1 libre" in [words.text for words in page.view.counts]
    assert not page.panel.acts.message.isVisible()


def test_lost_contact_greys_the_floor_says_since_when_and_goes_away(house: House) -> None:
    page = house.page
    since = NOW - timedelta(minutes=6)
    house.show_freshness(Freshness.LOST, since)
    assert told(page.bar.chip.text()) == "Connexion perdue depuis 14 h 26"
    assert page.view.stale.isVisible()
    effect = page.view.stack.graphicsEffect()
    assert effect is not None
    assert effect.isEnabled()
    house.show_freshness(Freshness.LIVE, None)
    assert page.bar.chip.text() == "Données à jour"
    assert not page.view.stale.isVisible()
    assert not effect.isEnabled()


def test_another_language_says_everything_again(page: LivePage, stage: Stage) -> None:
    page.show_seat("trapeze-7")
    forecast(page, "trapeze-7")
    stage.language.use("en")
    assert told(page.panel.name.text()) == "Seat 7"
    assert page.bar.title.text() == "Live"
    assert told(page.view.floor.cards["trapeze-7"].accessibleName()).startswith("Seat 7, in use")
    assert page.panel.outlook.plain().endswith("keep nobody waiting.")
