"""What the states of the gallery share: the stage, who is signed in, and the house."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from admin_console.desk.house import House
from admin_console.desk.models.board import Board
from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.person import Person
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.pages.page import Page
from admin_console.desk.parts.top_bar import TopBar
from admin_console.desk.sample import NOW, ZONE, a_day, a_town
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.phrase import Phrase
from kiosk.rules.slot import Ground
from kiosk.wire.desk import (
    Delay,
    Estate,
    ExtensionForecast,
    ExtensionRefused,
    ForecastAnswer,
    Role,
)

NADIA = Person("Nadia", frozenset({Role.AGENT}))
WATCHER = Person("Hugo Morel", frozenset({Role.OBSERVER}))


@dataclass(frozen=True, slots=True)
class Stage:
    """What a page needs to be drawn."""

    look: Look
    language: Language
    guard: Guard


Build = Callable[[Stage], QWidget]


def live(
    stage: Stage,
    *,
    estate: Estate | None = None,
    person: Person = NADIA,
    site: str = "trapeze",
    seat: str = "",
    fresh: Freshness = Freshness.LIVE,
    others: Sequence[Page] = (),
) -> House:
    """Return the live page beside its rail."""
    board = Board(EstateBook(estate or a_town()), NOW)
    wording = Wording(stage.language, Phrase(stage.language, ZoneInfo(ZONE)))
    bar = TopBar(stage.look, stage.language, wording.phrase)
    page = LivePage(stage.look, stage.guard, wording, board, bar, may_act=person.may_act)
    house = House(stage.look, stage.language, page, person, others)
    since = NOW - timedelta(minutes=6) if fresh is Freshness.LOST else None
    house.show_freshness(fresh, since)
    page.show_site(site)
    if seat:
        page.show_seat(seat)
        view = board.book.seat(seat)
        if view is not None:
            page.show_day(seat, a_day(view))
            if view.slot is not None:
                forecast(page, seat)
    return house


def forecast(
    page: LivePage,
    seat: str,
    *,
    minutes: int = 15,
    delays: tuple[Delay, ...] = (),
    limit: Ground | None = None,
    refused: Ground | None = None,
) -> None:
    """Tell the page what more time would do."""
    stand = page.seat_model.stand(page.seat_model.row_of(seat) or 0)
    if stand.slot_id is None or stand.ends_at is None:
        return
    closing = NOW + timedelta(hours=4, minutes=28)
    answer: ForecastAnswer
    if refused is not None:
        answer = ExtensionRefused(ground=refused, at=closing)
    else:
        answer = ExtensionForecast(
            slot_id=stand.slot_id,
            seconds=900,
            added_seconds=minutes * 60,
            total_seconds=stand.total_seconds + minutes * 60,
            ends_at=stand.ends_at + timedelta(minutes=minutes),
            delays=delays,
            limit=limit,
            limit_at=closing if limit is not None else None,
        )
    page.show_forecast(stand.slot_id, 900, answer)
