"""*Journal*: lines by day, place, person and kind; read only, by keys alone, and honest."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_journal import LINES, NADIA, a_page, journal
from admin_console.desk.gallery_settings import CLAIRE, READER
from admin_console.desk.gallery_stage import Stage
from admin_console.desk.models.act_wording import ActWording
from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.journal_page import JournalPage
from admin_console.desk.parts.act_table import ActColumn
from admin_console.desk.sample import a_town
from kiosk.look.language import Language
from kiosk.look.phrase import Phrase
from kiosk.wire.act import GROUP_OF, PAGE, ActGroup, ActKind, ActLine, ReadActs
from tests.desk.hand import click, press, shown, told

DAY = timedelta(days=1)


@pytest.fixture
def page(stage: Stage, qtbot: QtBot) -> JournalPage:
    house, page = journal(stage)
    page.lines_asked.connect(lambda ask: page.show_lines(ask, a_page()))
    shown(house, qtbot)
    return page


def asked(page: JournalPage) -> ReadActs:
    assert page.ask is not None
    return page.ask


def cells(page: JournalPage, row: int) -> list[str]:
    model = page.table.lines
    return [told(str(model.index(row, column).data())) for column in ActColumn]


def test_today_is_read_when_somebody_turns_to_the_page(page: JournalPage) -> None:
    assert asked(page) == ReadActs(
        since=datetime(2026, 10, 13, 22, tzinfo=UTC), until=datetime(2026, 10, 14, 22, tzinfo=UTC)
    )
    assert told(page.day.plain()) == "Aujourd’hui, mercredi 14 octobre"
    assert not page.after.isEnabled()
    assert cells(page, 2) == [
        "14 h 23", "Karim D.", "Session prolongée de 15 min", "Médiathèque du Trapèze, poste 12",
        "Fait",
    ]  # fmt: skip
    assert cells(page, 6)[1:3] == ["Automatique", "11 jours fériés inscrits"]
    assert cells(page, 8)[4] == "Refusé"
    assert cells(page, 12)[2:4] == ["Recharge, 5,00 €", "Espace Landowski, Carte •••• 2204"]


def test_a_line_is_told_whole_where_its_cells_have_no_room(page: JournalPage) -> None:
    page.table.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Down)
    expected = "14 h 27, Nadia B., Poste donné, Médiathèque du Trapèze, poste 10, A-22"
    assert told(page.detail.plain()).startswith(expected)


def test_the_chosen_line_is_told_whole_beside_the_lines(page: JournalPage) -> None:
    panel = page.panel
    assert panel.isVisible()
    assert not page.detail.isVisible()
    page.table.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Down)
    assert told(panel.title.plain()) == "Poste donné"
    assert told(panel.number.plain()) == "Ligne 20 420"
    facts = {
        told(row.name.plain()): told(row.text.plain()) for row in panel.rows if row.isVisible()
    }
    assert facts == {
        "Quand": "mercredi 14 octobre 2026, 14 h 27",
        "Qui": "Nadia B.",
        "Lieu": "Médiathèque du Trapèze",
        "Poste": "10",
        "Ticket": "A-22",
        "Carte": "•••• 5678",
        "Résultat": "Fait",
    }


def test_a_refused_act_says_why_and_one_by_itself_says_so(page: JournalPage) -> None:
    page.table.setCurrentIndex(page.table.lines.index(8, 0))
    texts = [told(row.text.plain()) for row in page.panel.rows if row.isVisible()]
    assert texts[-1].startswith("Refusé : cette session était finie.")
    page.table.setCurrentIndex(page.table.lines.index(6, 0))
    assert told(page.panel.rows[1].text.plain()) == "personne : c’est automatique"
    page.show_lines(asked(page), a_page((), total=0))
    assert told(page.panel.title.plain()) == "Aucune ligne choisie."
    assert not any(row.isVisible() for row in page.panel.rows)


def test_where_the_panel_has_no_room_the_line_is_told_below(page: JournalPage) -> None:
    page.window().resize(1280, 800)
    page._look.use(text_scale=1.5)
    QApplication.processEvents()
    assert not page.panel.isVisible()
    assert page.detail.isVisible()
    assert page.whole.isVisible()


def test_days_places_people_and_kinds_narrow_the_lines(page: JournalPage) -> None:
    click(page.before)
    assert asked(page).until == datetime(2026, 10, 13, 22, tzinfo=UTC)
    assert page.after.isEnabled()
    click(page.sites.button)
    click(next(one for one in page.sites._buttons if one.text() == "BIJ"))
    assert asked(page).site_id == "bij"
    click(page.people.button)
    click(next(one for one in page.people._buttons if one.text() == NADIA.name))
    assert asked(page).staff_id == NADIA.staff_id
    click(next(one for one in page.groups.buttons if one.choice.value == ActGroup.SEATS))
    assert (asked(page).group, asked(page).automatic) == (ActGroup.SEATS, False)
    click(next(one for one in page.groups.buttons if one.choice.value == "automatic"))
    assert (asked(page).group, asked(page).automatic) == (None, True)
    assert asked(page).skip == 0


def test_older_lines_are_read_page_by_page(page: JournalPage) -> None:
    assert told(page.foot.plain()) == "1 à 15 sur 386 lignes"
    assert not page.newer.isEnabled()
    click(page.older)
    assert asked(page).skip == PAGE
    click(page.newer)
    assert asked(page).skip == 0


def test_a_day_that_is_over_on_the_clock_changes_of_is_a_whole_local_day(
    page: JournalPage,
) -> None:
    """The last Sunday of October has 25 hours in Paris."""
    for _ in range(11):
        page._move(1)
    assert asked(page).until - asked(page).since == DAY + timedelta(hours=1)


def test_an_answer_to_an_earlier_question_is_not_shown(page: JournalPage) -> None:
    earlier = asked(page)
    click(page.before)
    page.show_lines(earlier, a_page((), total=0))
    assert page.table.lines.rowCount() == len(LINES)


def test_without_an_answer_what_was_read_stays_and_that_is_said(page: JournalPage) -> None:
    page.show_lines(asked(page), None)
    assert page.notice.plain().startswith("Pas de réponse.")
    assert page.table.lines.rowCount() == len(LINES)
    page.show_lines(asked(page), a_page())
    assert not page.notice.isVisible()


def test_whether_a_line_is_missing_is_said(page: JournalPage) -> None:
    assert "20 421 lignes, aucune ne manque." in told(page.whole.plain()).replace("\u202f", " ")
    page.show_lines(asked(page), a_page(missing=2))
    assert page.whole.plain().startswith("2 lignes manquent.")


def test_the_page_is_walked_by_tab_from_the_filters_to_the_pager(page: JournalPage) -> None:
    page.sites.button.setFocus(Qt.FocusReason.TabFocusReason)
    stops = []
    for _ in range(6):
        stops.append(QApplication.focusWidget())
        press(Qt.Key.Key_Tab)
    assert stops[:3] == [page.sites.button, page.people.button, page.before]
    assert page.table in stops
    assert stops[-1] is page.older


def test_only_administrators_have_the_page() -> None:
    assert CLAIRE.may_read_journal
    assert not READER.may_read_journal


@pytest.mark.parametrize("code", ["fr", "en"])
def test_every_act_has_its_words_and_its_picture(code: str) -> None:
    language = Language("en" if code == "en" else "fr")
    wording = ActWording(Wording(language, Phrase(language, UTC)), EstateBook(a_town()))
    said = set()
    for kind in ActKind:
        line = ActLine(
            n=1, at=LINES[0].at, staff_id="x", staff_name="X", kind=kind, site_id=None,
            facts=LINES[3].facts,
        )  # fmt: skip
        said.add(wording.what(line))
        assert wording.icon(line)
        assert kind in GROUP_OF
    assert len(said) == len(ActKind)
