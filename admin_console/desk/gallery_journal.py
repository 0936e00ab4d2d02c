"""The states of the journal that the gallery shows."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from admin_console.desk.gallery_settings import CLAIRE
from admin_console.desk.gallery_stage import Build, Stage
from admin_console.desk.house import House
from admin_console.desk.models.board import Board
from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.journal_page import JournalPage
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.parts.top_bar import TopBar
from admin_console.desk.sample import NOW, ZONE, a_town
from kiosk.look.phrase import Phrase
from kiosk.rules.slot import Ground
from kiosk.wire.act import ActFacts, ActKind, ActLine, Actor, ActsPage

NADIA, KARIM, LUCIE = (
    Actor(staff_id="nadia", name="Nadia B."),
    Actor(staff_id="karim", name="Karim D."),
    Actor(staff_id="lucie", name="Lucie R."),
)
LAST = 20421


def a_line(
    back: int,
    who: Actor | None,
    kind: ActKind,
    site: str | None,
    facts: ActFacts | None = None,
    card_end: str = "",
) -> ActLine:
    """Return a line; `back` counts from the newest, one every four minutes."""
    return ActLine(
        n=LAST - back,
        at=NOW - timedelta(minutes=1 + 4 * back),
        staff_id=None if who is None else who.staff_id,
        staff_name="" if who is None else who.name,
        kind=kind,
        site_id=site,
        facts=facts or ActFacts(),
        card_end=card_end,
    )


def seat(number: int, **more: object) -> ActFacts:
    """Return the facts of an act at a seat of the library."""
    return ActFacts(room_id="trapeze-room", seat=number, **more)  # type: ignore[arg-type]


LINES = (
    a_line(0, NADIA, ActKind.CARD_SHOWN, "trapeze", ActFacts(room_id="trapeze-room"), "5678"),
    a_line(1, NADIA, ActKind.SEAT_GIVEN, "trapeze", seat(10, ticket="A-22"), "5678"),
    a_line(2, KARIM, ActKind.SESSION_EXTENDED, "trapeze", seat(12, seconds=900)),
    a_line(3, NADIA, ActKind.PASS_MADE, "bij", ActFacts(seconds=7200)),
    a_line(4, KARIM, ActKind.TICKET_CALLED_AGAIN, "trapeze", ActFacts(ticket="A-17")),
    a_line(5, LUCIE, ActKind.RULE_SET, "bij", ActFacts(room_id="bij-room")),
    a_line(6, None, ActKind.HOLIDAYS_ENTERED, "landowski", ActFacts(count=11, what="FR")),
    a_line(7, KARIM, ActKind.PIN_MADE, None, card_end="9131"),
    a_line(8, KARIM, ActKind.SESSION_EXTENDED, "trapeze", seat(3, seconds=900, code=Ground.OVER)),
    a_line(9, LUCIE, ActKind.MEMBERS_IMPORTED, None, ActFacts(count=412)),
    a_line(10, LUCIE, ActKind.SERIES_SET, "landowski", ActFacts(what="Premiers pas", count=11)),
    a_line(11, KARIM, ActKind.WORKSHOP_OPENED, "landowski", ActFacts(what="Premiers pas", count=5)),
    a_line(12, NADIA, ActKind.TOPPED_UP, "landowski", ActFacts(cents=500), "2204"),
    a_line(13, NADIA, ActKind.PERSON_REGISTERED, None, card_end="2204"),
    a_line(14, NADIA, ActKind.MESSAGE_SENT, "trapeze", seat(7)),
)  # fmt: skip


def a_page(lines: tuple[ActLine, ...] = LINES, *, total: int = 386, missing: int = 0) -> ActsPage:
    """Return a page of lines."""
    actors = (KARIM, LUCIE, NADIA)
    return ActsPage(lines=lines, total=total, actors=actors, kept=LAST - missing, last=LAST)


def journal(stage: Stage) -> tuple[House, JournalPage]:
    """Return the house with its journal, while it is read."""
    board = Board(EstateBook(a_town()), NOW)
    wording = Wording(stage.language, Phrase(stage.language, ZoneInfo(ZONE)))
    bar = TopBar(stage.look, stage.language, wording.phrase)
    live = LivePage(stage.look, stage.guard, wording, board, bar, may_act=True)
    page = JournalPage(stage.look, stage.guard, wording, board)
    house = House(stage.look, stage.language, live, CLAIRE, (page,))
    house.turn_to(page)
    house.show_freshness(Freshness.LIVE, None)
    # The page answers the question that it asks when it is shown.
    return house, page


def answered(stage: Stage, answer: ActsPage | None) -> QWidget:
    """Return the journal after an answer, or after none came."""
    house, page = journal(stage)
    page.lines_asked.connect(lambda ask: page.show_lines(ask, answer))
    return house


JOURNAL: dict[str, Build] = {
    "journal": lambda stage: answered(stage, a_page()),
    "journal-reading": lambda stage: journal(stage)[0],
    "journal-empty": lambda stage: answered(stage, a_page((), total=0)),
    "journal-no-answer": lambda stage: answered(stage, None),
    "journal-missing": lambda stage: answered(stage, a_page(missing=2)),
}
"""The states, by the name of their picture."""
