"""*Caisse* in English, in letters half as large again, by keys alone: nothing is out of reach."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery import SIZES
from admin_console.desk.gallery_doubt import doubted, refunded
from admin_console.desk.gallery_stage import Stage
from admin_console.desk.gallery_till import STEWARD, Counter, compared, taken
from kiosk.look.focus import FocusRing
from kiosk.look.language import Language, LanguageCode
from tests.desk.hand import press, told

TAB = Qt.Key.Key_Tab


@pytest.fixture
def english(stage: Stage) -> Stage:
    stage.look.use(text_scale=1.5)
    return Stage(stage.look, Language("en"), stage.guard)


def come_in(here: Counter, stage: Stage, qtbot: QtBot) -> None:
    qtbot.addWidget(here.house)
    FocusRing(stage.look, here.house)
    here.house.resize(*SIZES[1])
    here.house.show()
    here.house.activateWindow()
    qtbot.waitUntil(here.house.isActiveWindow)


def name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return told(widget.accessibleName() or text)


def walk(here: Counter) -> set[QWidget]:
    reached: set[QWidget] = set()
    for _ in range(90):
        found = QApplication.focusWidget()
        assert found is not None
        assert not found.visibleRegion().isEmpty(), f"{name(found)} is out of sight"
        reached.add(found)
        press(TAB)
        QApplication.processEvents()
    return reached


def missing(here: Counter) -> set[str]:
    reached = walk(here)
    wanted = {
        widget
        for widget in here.house.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    return {name(one) for one in wanted - reached}


def test_every_control_of_the_counter_is_reached_by_tab_and_seen(
    english: Stage, qtbot: QtBot
) -> None:
    here = taken(english, person=STEWARD)
    come_in(here, english, qtbot)
    here.page.counter.panel.focus_first()
    assert missing(here) == set()


def test_print_jobs_without_an_answer_are_reached_by_tab_and_seen(
    english: Stage, qtbot: QtBot
) -> None:
    here = doubted(english)
    come_in(here, english, qtbot)
    here.page.counter.panel.focus_first()
    assert missing(here) == set()
    here.page.counter.till.doubts.click()
    assert here.page.acts.form.fields["printed"].edit.hasFocus()


@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_way_to_them_is_seen_from_end_to_end(
    english: Stage, code: LanguageCode, qtbot: QtBot
) -> None:
    english.language.use(code)
    here = doubted(english)
    come_in(here, english, qtbot)
    button = here.page.counter.till.doubts
    button.setFocus()
    QApplication.processEvents()
    assert button.visibleRegion().boundingRect().width() == button.width()


def test_a_printer_to_be_checked_is_seen_to_by_keys(english: Stage, qtbot: QtBot) -> None:
    here = refunded(english)
    come_in(here, english, qtbot)
    here.page.counter.notice.seen.setFocus()
    assert missing(here) == set()
    here.page.counter.notice.seen.setFocus()
    press(Qt.Key.Key_Space)
    assert not here.page.counter.notice.printer.isVisible()
    assert QApplication.focusWidget() is not None, "the keyboard is somewhere still"


def test_every_control_of_a_closing_is_reached_by_tab_and_seen(
    english: Stage, qtbot: QtBot
) -> None:
    here = compared(english)
    come_in(here, english, qtbot)
    here.page.closing.back.setFocus()
    assert missing(here) == set()
    assert told(here.page.closing.compare.difference.plain()).startswith("Missing: €0.50 (cash).")
