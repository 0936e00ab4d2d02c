"""The closing of a till: counted by coins and notes first, compared after, closed for good."""

from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_stage import Stage
from admin_console.desk.gallery_till import (
    CLOSED,
    COINS,
    COUNTED,
    SHUT,
    SITE,
    TILL,
    closing,
    compared,
    counter,
)
from admin_console.desk.models.till_wish import (
    Close,
    ReadTills,
    Slip,
    Tally,
)
from admin_console.desk.pages.till_page import TillPage
from kiosk.hublink.failure import Failure, Reason
from kiosk.wire.till import Tills
from tests.desk.hand import click, press, told
from tests.desk.tillhand import come_in, everything


def test_nothing_shows_what_should_lie_in_the_till_before_the_count(
    stage: Stage, qtbot: QtBot
) -> None:
    here = counter(stage)
    come_in(here, qtbot)
    assert "71,00" not in everything(here.house)
    here.page.show_closing()
    assert "71,00" not in everything(here.house)
    assert "après le comptage" in everything(here.house)
    done = compared(stage)
    come_in(done, qtbot)
    assert "71,00" in everything(done.house)


def test_coins_are_counted_by_keys_and_said_before_anything_is_compared(
    stage: Stage, qtbot: QtBot
) -> None:
    here = closing(stage)
    wishes = come_in(here, qtbot)
    fields = here.page.closing.sheet.fields()
    here.page.closing.begin()
    assert QApplication.focusWidget() is fields[200_00].edit
    for value in fields:
        count = next((one.pieces for one in COINS if one.value_cents == value), 0)
        assert QApplication.focusWidget() is fields[value].edit
        for digit in str(count):
            press(Qt.Key(ord(digit)))
        press(Qt.Key.Key_Down)
    click(here.page.closing.compare.say)
    assert wishes == [Tally(TILL, COINS)]


def test_a_count_that_is_no_number_is_not_said(stage: Stage, qtbot: QtBot) -> None:
    here = closing(stage)
    come_in(here, qtbot)
    field = here.page.closing.sheet.fields()[200]
    field.set_text("-3")
    field.edited.emit("-3")
    assert not here.page.closing.compare.say.isEnabled()
    assert field.is_wrong()


def test_a_difference_needs_its_reason_and_stops_nobody(stage: Stage, qtbot: QtBot) -> None:
    here = compared(stage)
    wishes = come_in(here, qtbot)
    compare = here.page.closing.compare
    assert "Il manque 0,50 € en espèces" in told(compare.difference.plain())
    assert not compare.close_till.isEnabled()
    compare._ready[0].click()
    assert compare.close_till.isEnabled()
    compare.close_till.click()
    wish = Close(TILL, 3000, "Rendu de monnaie inexact")
    assert wishes == [wish]
    here.page.show_answer(wish, CLOSED)
    assert "Clôture n° 212" in told(here.page.closing.done.plain())
    assert not compare.isVisible()


def test_a_till_that_is_right_asks_for_no_reason(stage: Stage, qtbot: QtBot) -> None:
    here = compared(stage, 71_00)
    come_in(here, qtbot)
    compare = here.page.closing.compare
    assert compare.close_till.isEnabled()
    assert not compare.reason.isVisible()


@pytest.mark.parametrize("kept", ["70,51", "-1", "1,001", "x"])
def test_no_more_stays_in_the_till_than_lies_there(stage: Stage, kept: str, qtbot: QtBot) -> None:
    here = compared(stage, reason="x")
    come_in(here, qtbot)
    compare = here.page.closing.compare
    assert compare.close_till.isEnabled()
    compare.kept.set_text(kept)
    compare.kept.edited.emit(kept)
    assert not compare.close_till.isEnabled()
    assert compare.kept.is_wrong()


def test_a_count_may_be_said_again(stage: Stage, qtbot: QtBot) -> None:
    here = compared(stage)
    wishes = come_in(here, qtbot)
    pane = here.page.closing
    assert pane.sheet.fields()[200].edit.isReadOnly()
    pane.sheet.again.click()
    assert not pane.sheet.fields()[200].edit.isReadOnly()
    pane.compare.say.click()
    assert isinstance(wishes[-1], Tally)
    assert wishes[-1].card_cents == 15_00


def test_a_till_that_was_counted_before_shows_its_count(stage: Stage, qtbot: QtBot) -> None:
    here = closing(stage, COUNTED)
    come_in(here, qtbot)
    assert here.page.closing.sheet.fields()[2000].text() == "1"
    assert told(here.page.closing.sheet.total.plain()) == "70,50 €"


def test_digits_are_pieces_while_a_drawer_is_counted(stage: Stage, qtbot: QtBot) -> None:
    here = closing(stage)
    come_in(here, qtbot)
    page: TillPage = here.page
    assert page.is_writing()
    assert page.scan_target() is None
    click(page.closing.back)
    assert not page.is_closing
    assert page.scan_target() is page.counter.panel


def test_a_closed_till_stays_to_be_read_until_one_goes_back(stage: Stage, qtbot: QtBot) -> None:
    here = compared(stage, 71_00)
    wishes = come_in(here, qtbot)
    here.page.closing.compare.close_till.click()
    here.page.show_answer(wishes[0], CLOSED)
    shut = msgspec.structs.replace(SHUT, session=CLOSED.session)
    here.page.show_answer(ReadTills(SITE), Tills(tills=(shut,)))
    pane = here.page.closing
    assert pane.done.isVisible()
    assert pane.sheet.fields()[200].edit.isReadOnly()
    click(pane.back)
    assert here.page.counter.till.open.isVisible()


def test_the_slip_of_a_closing_goes_into_a_file(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    here = compared(stage, 71_00)
    wishes = come_in(here, qtbot)
    here.page.closing.compare.close_till.click()
    here.page.show_answer(wishes[0], CLOSED)
    here.page.acts._choose_target = lambda _title, name: tmp_path / name
    here.page.closing.slip.click()
    wish = Slip(TILL, 212)
    assert wishes[-1] == wish
    here.page.show_answer(wish, Failure(Reason.TIMEOUT))
    assert here.page.closing.unsaved.isVisible()
    here.page.show_answer(wish, b"%PDF")
    assert not here.page.closing.unsaved.isVisible()
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {
        f"{TILL}_000212.pdf": b"%PDF"
    }
