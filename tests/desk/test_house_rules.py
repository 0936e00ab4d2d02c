"""*Réglages*, texts of the place: written, read as at the seats, never over somebody else's."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_house_rules import house_rules, site_of
from admin_console.desk.gallery_settings import CLAIRE, HOUSE_RULES, READER, SITE, TOP_UP
from admin_console.desk.gallery_state import Stage
from admin_console.desk.house import House
from admin_console.desk.models.person import Person
from admin_console.desk.pages.house_pane import HousePane
from admin_console.desk.pages.settings_page import SettingsPage, Topic
from admin_console.desk.parts.text_pair import TextSheet
from admin_console.desk.sample import NOW
from kiosk.hublink.failure import Failure, Reason
from kiosk.wire.change import Change, SiteChanged
from kiosk.wire.houserules import HouseRulesMoved, HouseRulesSaved, SetHouseRules
from kiosk.wire.place import SiteView
from tests.desk.hand import click, shown, told

NEW = "On parle bas."


@pytest.fixture
def pair(stage: Stage, qtbot: QtBot) -> tuple[House, SettingsPage]:
    house, page = house_rules(stage)
    shown(house, qtbot)
    return house, page


@pytest.fixture
def page(pair: tuple[House, SettingsPage]) -> SettingsPage:
    return pair[1]


@pytest.fixture
def pane(page: SettingsPage) -> HousePane:
    return page.house


def listen(pane: HousePane) -> list[tuple[str, SetHouseRules]]:
    asked: list[tuple[str, SetHouseRules]] = []
    pane.save_asked.connect(lambda site, ask: asked.append((site, ask)))
    return asked


def write(pane: HousePane, text: str, sheet: TextSheet | None = None) -> None:
    edit = (sheet or pane.box.sheet).text
    edit.setFocus(Qt.FocusReason.TabFocusReason)
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    QTest.keyClicks(edit, text)


def tell(page: SettingsPage, house: House, rules: str) -> None:
    site = replace(site_of(page), house_rules=rules)
    change = Change(n=page.board.book.cursor + 1, at=NOW, body=SiteChanged(site=site))
    page.board.touch(page.board.book.apply(change))
    house.settle(page.board.settle(NOW))


def test_rules_are_written_and_saved_by_keys_and_read_as_at_the_seats(pane: HousePane) -> None:
    asked = listen(pane)
    assert pane.box.preview.text.plain() == HOUSE_RULES
    assert not pane.bar.save.isEnabled()

    write(pane, NEW + "  ")

    assert pane.box.preview.text.plain() == NEW
    assert told(pane.bar.words.plain()).startswith("1 changement à enregistrer")
    QTest.keyClick(pane, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    kept = SetHouseRules(before=HOUSE_RULES, draft=NEW, top_up_before=TOP_UP, top_up=TOP_UP)
    assert asked == [(SITE, kept)]
    pane.show_answer(SITE, HouseRulesSaved(site=replace(pane_site(pane), house_rules=NEW)))
    assert "Les textes sont enregistrés." in pane.box.notice.plain()
    assert pane.bar.words.plain() == "Rien à enregistrer."


def pane_site(pane: HousePane) -> SiteView:
    site = pane._board.book.site(SITE)
    assert site is not None
    return site


def test_where_credit_is_sold_is_written_and_read_as_beside_the_credit(pane: HousePane) -> None:
    asked = listen(pane)
    assert pane.box.selling_preview.text.plain() == TOP_UP

    write(pane, "À la caisse, le matin.", pane.box.selling)
    assert pane.is_writing()
    assert pane.box.selling_preview.text.plain() == "À la caisse, le matin."
    assert told(pane.bar.words.plain()).startswith("1 changement à enregistrer")
    write(pane, "", pane.box.selling)
    assert not pane.box.selling_preview.text.isVisible()
    assert "les postes renvoient à l’accueil" in told(pane.box.selling_preview.lead.plain())
    write(pane, NEW)
    assert told(pane.bar.words.plain()).startswith("2 changements à enregistrer")
    click(pane.bar.save)

    [(_site, ask)] = asked
    assert (ask.top_up_before, ask.top_up) == (TOP_UP, "")


def test_no_desk_is_named_where_nobody_works(page: SettingsPage, pane: HousePane) -> None:
    page.show_site("perret")
    assert "accueil" not in pane.box.selling_preview.lead.plain()
    assert "la personne qui aide" in told(pane.box.selling_preview.lead.plain())


def test_somebody_elses_words_of_credit_are_shown_too(page: SettingsPage, pane: HousePane) -> None:
    write(pane, NEW)
    click(pane.bar.save)
    pane.show_answer(SITE, HouseRulesMoved(site=replace(site_of(page), top_up="À la caisse.")))
    assert "À la caisse." in pane.box.notice.plain()
    assert "aucune règle" not in pane.box.notice.plain()
    click(pane.box.theirs)
    assert pane.box.selling.text.toPlainText() == "À la caisse."


def test_no_more_letters_than_a_seat_shows_can_be_written(pane: HousePane) -> None:
    pane.box.sheet.text.setPlainText("a" * 499)
    edit = pane.box.sheet.text
    edit.moveCursor(edit.textCursor().MoveOperation.End)
    QTest.keyClicks(edit, "bcd")

    assert edit.toPlainText() == "a" * 499 + "b"
    assert told(pane.box.sheet.count.plain()).startswith("500")


def test_without_rules_the_preview_says_that_the_seats_show_none(pane: HousePane) -> None:
    asked = listen(pane)
    write(pane, "")
    assert not pane.box.preview.text.isVisible()
    assert "rien n’est écrit" in told(pane.box.preview.lead.plain())
    click(pane.bar.save)
    assert asked[0][1].draft == ""


def test_what_somebody_else_saved_is_shown_and_never_overwritten_unseen(
    page: SettingsPage, pair: tuple[House, SettingsPage], pane: HousePane
) -> None:
    asked = listen(pane)
    write(pane, NEW)
    click(pane.bar.save)
    theirs = replace(site_of(page), house_rules="Silence.")
    pane.show_answer(SITE, HouseRulesMoved(site=theirs))
    assert "«\u00a0Silence.\u00a0»" in pane.box.notice.plain()
    assert not pane.bar.save.isEnabled()
    click(pane.box.mine)
    click(pane.bar.save)
    assert [ask.before for _site, ask in asked] == [HOUSE_RULES, "Silence."]
    pane.show_answer(SITE, Failure(Reason.TIMEOUT))
    assert "c’est peut-être enregistré" in pane.box.notice.plain()

    tell(page, pair[0], "Silence, merci.")
    assert "Silence, merci." in pane.box.notice.plain()
    click(pane.box.theirs)
    assert pane.box.sheet.text.toPlainText() == "Silence, merci."


def test_rules_told_while_nothing_is_written_are_shown_at_once(
    page: SettingsPage, pair: tuple[House, SettingsPage], pane: HousePane
) -> None:
    tell(page, pair[0], NEW)
    assert pane.box.sheet.text.toPlainText() == NEW
    assert pane.box.preview.text.plain() == NEW
    assert not pane.box.notice.isVisible()


def test_leaving_with_rules_that_are_not_saved_asks(page: SettingsPage, pane: HousePane) -> None:
    write(pane, NEW)
    click(page.places.topics.rows[Topic.RULE])
    assert pane.question.is_open()
    click(pane.question.stay)
    assert pane.isVisible()
    click(page.places.topics.rows[Topic.RULE])
    click(pane.question.drop)
    assert page.rule.isVisible()
    page.show_topic(Topic.HOUSE)
    assert pane.box.sheet.text.toPlainText() == HOUSE_RULES


def test_another_place_has_rules_of_its_own(page: SettingsPage, pane: HousePane) -> None:
    page.show_site("bij")
    assert pane.box.sheet.text.toPlainText() == ""
    assert "BIJ" in pane.box.sheet.title.plain()


@pytest.mark.parametrize("person", [CLAIRE, READER])
def test_only_administrators_write_rules(stage: Stage, qtbot: QtBot, person: Person) -> None:
    house, page = house_rules(stage, person)
    shown(house, qtbot)
    may = person is CLAIRE
    assert page.house.bar.isVisible() is may
    assert page.house.box.sheet.text.isReadOnly() is not may
    assert page.house.box.notice.isVisible() is not may
