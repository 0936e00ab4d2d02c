"""*Réglages*, durations and limits: written by keys and by mouse, refused in their place."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_settings import ROOM, limits, room_of, settings
from admin_console.desk.gallery_state import Stage
from admin_console.desk.house import House
from admin_console.desk.models.person import Person
from admin_console.desk.pages.settings_page import SettingsPage, Topic
from admin_console.desk.parts.rule_row import RuleRow
from admin_console.desk.sample import NOW
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.language import Language
from kiosk.rules.roomrule import RuleFaultKind, RuleField
from kiosk.rules.signin import SignIn
from kiosk.wire.change import Change, RoomChanged
from kiosk.wire.desk import Role
from kiosk.wire.place import RoomView
from kiosk.wire.rule import RuleFaultView, RuleFaulty, RuleMoved, RuleSaved, SetRule
from tests.desk.hand import click, press, shown, told
from tests.desk.hourshand import change_thursday, write

UP, DOWN, TAB, ENTER = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Return


@pytest.fixture
def pair(stage: Stage, qtbot: QtBot) -> tuple[House, SettingsPage]:
    house, page = limits(stage)
    shown(house, qtbot)
    return house, page


@pytest.fixture
def house(pair: tuple[House, SettingsPage]) -> House:
    return pair[0]


@pytest.fixture
def page(pair: tuple[House, SettingsPage]) -> SettingsPage:
    return pair[1]


def row(page: SettingsPage, name: RuleField) -> RuleRow:
    return page.rule.box.rows[name]


def text(page: SettingsPage, name: RuleField) -> str:
    return told(row(page, name).field.text())


def listen(page: SettingsPage) -> list[tuple[str, SetRule]]:
    asked: list[tuple[str, SetRule]] = []
    page.rule.save_asked.connect(lambda room, ask: asked.append((room, ask)))
    return asked


def with_slots(room: RoomView, seconds: int) -> RoomView:
    return replace(room, rule=replace(room.rule, slot_seconds=seconds))


def tell(page: SettingsPage, house: House, room: RoomView) -> None:
    change = Change(n=page.board.book.cursor + 1, at=NOW, body=RoomChanged(room=room))
    page.board.touch(page.board.book.apply(change))
    house.settle(page.board.settle(NOW))


def test_two_hours_are_given_by_keys_alone(page: SettingsPage) -> None:
    asked = listen(page)
    field = row(page, RuleField.SLOT).field
    field.edit.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(4):
        press(UP)
    assert text(page, RuleField.SLOT) == "2 h"
    assert told(page.rule.bar.words.plain()).startswith("1 changement à enregistrer")
    press(TAB)
    assert QApplication.focusWidget() is row(page, RuleField.SHORTEST_SLOT).field.edit
    QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    ((room_id, ask),) = asked
    assert room_id == ROOM
    assert ask.draft == replace(ask.before, slot_seconds=7200)


def test_what_changes_for_those_who_sit_is_said_before_it_is_saved(page: SettingsPage) -> None:
    assert not page.rule.box.effect.isVisible()
    press(UP, row(page, RuleField.SLOT).field.edit)
    said = told(page.rule.box.effect.text.plain())
    assert "Durée : 1 h 15 au lieu de 1 h." in said
    assert "9 sessions en cours gardent le temps qu’elles ont reçu." in said
    assert "Qui prolonge ensuite le fait selon les nouvelles limites." in said
    press(DOWN, row(page, RuleField.SLOT).field.edit)
    press(UP, row(page, RuleField.HOLD).field.edit)
    assert "prolonge" not in page.rule.box.effect.text.plain()


def test_the_card_alone_is_chosen_by_keys_and_says_plainly_what_it_means(
    page: SettingsPage,
) -> None:
    asked = listen(page)
    sign_in = page.rule.box.sign_in
    assert "tape son code secret" in told(sign_in.means.plain())
    sign_in.segment.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Right)

    assert told(sign_in.means.plain()).startswith("La carte seule suffit")
    assert "La carte seule suffit" in told(page.rule.box.effect.text.plain())
    assert sign_in.mark.isVisible()
    QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    ((_room, ask),) = asked
    assert ask.draft == replace(ask.before, sign_in=SignIn.CARD)


def test_the_tickets_without_a_card_are_counted(page: SettingsPage) -> None:
    asked = listen(page)
    row(page, RuleField.CODED_TICKETS).field.edit.setFocus()
    press(UP)
    assert text(page, RuleField.CODED_TICKETS) == "4"
    write("99", ENTER)
    assert "20" in row(page, RuleField.CODED_TICKETS).fault.words.plain()
    write("0", ENTER)
    click(page.rule.bar.save)
    assert asked[0][1].draft.coded_tickets == 0


def test_a_limit_is_set_and_taken_away_by_its_switch(page: SettingsPage) -> None:
    daily = row(page, RuleField.DAILY)
    assert daily.value.plain() == "sans limite"
    assert not daily.field.isVisible()
    click(daily.switch)
    assert text(page, RuleField.DAILY) == "2 h"
    click(daily.field.more)
    assert text(page, RuleField.DAILY) == "2 h 30"
    assert "sans limite jusqu’ici" in page.rule.box.effect.text.plain()
    click(daily.switch)
    assert page.rule.bar.words.plain() == "Rien à enregistrer."


@pytest.mark.parametrize(
    ("name", "typed", "fact"),
    [
        (RuleField.HOLD, "longtemps", "Ce n’est pas compris."),
        (RuleField.HOLD, "0", "C’est trop peu."),
        (RuleField.HOLD, "90", "C’est trop."),
        (RuleField.SHORTEST_SLOT, "1 h 30", "C’est trop."),
        (RuleField.LETTER, "12", "Ce n’est pas une lettre"),
        (RuleField.SLOT, "4 min", "C’est trop peu."),
    ],
)
def test_a_fault_is_said_in_its_row_and_nothing_is_asked(
    page: SettingsPage, name: RuleField, typed: str, fact: str
) -> None:
    asked = listen(page)
    row(page, name).field.edit.setFocus()
    write(typed, ENTER)
    QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert fact in row(page, name).fault.words.plain()
    assert fact in row(page, name).field.edit.accessibleDescription()
    assert page.rule.bar.words.plain().startswith("1 point à corriger")
    assert not page.rule.bar.save.isEnabled()
    assert asked == []
    click(page.rule.bar.cancel)
    assert not row(page, name).fault.isVisible()


def test_what_was_typed_counts_when_it_is_saved_from_the_field(page: SettingsPage) -> None:
    asked = listen(page)
    row(page, RuleField.AWAY).field.edit.setFocus()
    write("15")
    assert text(page, RuleField.AWAY) == "15"
    assert page.rule.bar.save.isEnabled()
    QTest.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert asked[0][1].draft.away_seconds == 900


def test_nothing_is_found_wrong_while_somebody_types(page: SettingsPage) -> None:
    hold = row(page, RuleField.HOLD)
    hold.field.edit.setFocus()
    write("1 h 3")
    assert not hold.fault.isVisible()
    assert hold.field.text() == "1 h 3"
    press(TAB)
    assert hold.fault.isVisible()
    press(UP, hold.field.edit)
    assert not hold.fault.isVisible()
    assert text(page, RuleField.HOLD) == "1 h"


def test_a_letter_that_the_hub_refuses_is_marked_and_kept_in_its_field(page: SettingsPage) -> None:
    row(page, RuleField.LETTER).field.edit.setFocus()
    write("b", ENTER)
    click(page.rule.bar.save)
    fault = RuleFaultView(kind=RuleFaultKind.LETTER_WAITED_FOR, field=RuleField.LETTER)
    page.rule.show_answer(ROOM, RuleFaulty(faults=(fault,)))

    assert text(page, RuleField.LETTER) == "B"
    assert "Quelqu’un attend avec un ticket" in row(page, RuleField.LETTER).fault.words.plain()
    assert "Ces limites ne peuvent pas être gardées." in page.rule.box.notice.plain()


def test_saved_limits_are_said_to_be_so(page: SettingsPage) -> None:
    press(UP, row(page, RuleField.SLOT).field.edit)
    click(page.rule.bar.save)
    page.rule.show_answer(ROOM, RuleSaved(room=with_slots(room_of(page), 4500)))
    assert "Les limites sont enregistrées." in page.rule.box.notice.plain()
    assert page.rule.bar.words.plain() == "Rien à enregistrer."


def test_what_somebody_else_saved_is_compared_and_never_overwritten_unseen(
    house: House, page: SettingsPage
) -> None:
    asked = listen(page)
    press(UP, row(page, RuleField.SLOT).field.edit)
    click(page.rule.bar.save)
    theirs = with_slots(room_of(page), 7200)
    page.rule.show_answer(ROOM, RuleMoved(room=theirs))
    said = told(page.rule.box.notice.plain())
    assert "Durée : enregistré 2 h ; les vôtres 1 h 15" in said
    assert not page.rule.bar.save.isEnabled()
    click(page.rule.box.mine)
    click(page.rule.bar.save)
    assert [ask.before.slot_seconds for _room, ask in asked] == [3600, 7200]
    tell(page, house, with_slots(room_of(page), 4500))
    page.rule.show_answer(ROOM, Failure(Reason.TIMEOUT))
    assert "c’est peut-être enregistré" in page.rule.box.notice.plain()
    click(page.rule.bar.cancel)
    assert text(page, RuleField.SLOT) == "1 h 15"


def test_limits_told_while_nothing_is_written_are_shown_at_once(
    house: House, page: SettingsPage
) -> None:
    tell(page, house, with_slots(room_of(page), 7200))
    assert text(page, RuleField.SLOT) == "2 h"
    assert not page.rule.box.notice.isVisible()


def test_leaving_for_the_hours_with_unsaved_limits_asks(page: SettingsPage) -> None:
    press(UP, row(page, RuleField.SLOT).field.edit)
    click(page.places.topics.rows[Topic.HOURS])
    assert page.rule.question.is_open()
    click(page.rule.question.stay)
    assert page.rule.isVisible()
    assert page.places.topics.rows[Topic.RULE].isChecked()
    click(page.places.topics.rows[Topic.HOURS])
    click(page.rule.question.drop)
    assert page.hours.isVisible()
    assert page.places.topics.rows[Topic.HOURS].isChecked()
    page.show_topic(Topic.RULE)
    assert text(page, RuleField.SLOT) == "1 h"


def test_leaving_for_the_limits_with_unsaved_hours_asks_too(page: SettingsPage) -> None:
    page.show_topic(Topic.HOURS)
    change_thursday(page)
    click(page.places.topics.rows[Topic.RULE])
    assert page.hours.question.is_open()
    click(page.hours.question.drop)
    assert page.rule.isVisible()


def test_those_who_answer_for_hours_only_read_the_limits(stage: Stage, qtbot: QtBot) -> None:
    it = Person("Ines Trabelsi", frozenset({Role.IT}), "ines", frozenset({"landowski"}))
    house, page = settings(stage, it)
    shown(house, qtbot)
    assert page.hours.bar.isVisible()
    click(page.places.topics.rows[Topic.RULE])
    assert not page.rule.bar.isVisible()
    assert not row(page, RuleField.SLOT).field.isVisible()
    assert told(row(page, RuleField.SLOT).value.plain()) == "1 h"
    assert not page.rule.box.sign_in.segment.isVisible()
    assert told(page.rule.box.sign_in.value.plain()) == "Carte et code"
    assert "Les administrateurs de ce lieu" in page.rule.box.notice.plain()


def test_another_language_is_spoken_at_once(stage: Stage, house: House, page: SettingsPage) -> None:
    language: Language = stage.language
    language.use("en")
    assert row(page, RuleField.SLOT).name.plain() == "Length"
    assert page.places.topics.rows[Topic.RULE].text() == "Durations and limits"
    assert row(page, RuleField.SLOT).field.edit.accessibleName() == "Length, of a session"


def test_the_card_alone_is_refused_where_pages_cost_money_until_the_code_is_wanted_again(
    page: SettingsPage,
) -> None:
    choice = page.rule.box.sign_in
    click(choice.segment.buttons[1])
    fault = RuleFaultView(kind=RuleFaultKind.MONEY_MOVES, field=RuleField.SIGN_IN)
    page.rule.show_answer(ROOM, RuleFaulty(faults=(fault,)))
    assert told(choice.means.plain()).startswith("Ici, les pages sont payantes :")
    assert not page.rule.bar.save.isEnabled()

    click(choice.segment.buttons[0])
    assert "payantes" not in choice.means.plain()
    assert told(page.rule.bar.words.plain()) == "Rien à enregistrer."
