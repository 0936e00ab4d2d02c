"""Every page of the console in every state, without a hub.

    python -m admin_console.desk.gallery                    opens the pages one after another
    python -m admin_console.desk.gallery --pictures FOLDER  draws all of them into a folder

`STATES` feeds the tests of overflow, names and keyboard order too.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from admin_console.desk.desk import Person
from admin_console.desk.models.board import Board
from admin_console.desk.models.entrance import Entrance
from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.models.leaving import Leaving
from admin_console.desk.models.outgoing import Outgoing, OutgoingState
from admin_console.desk.models.wording import Wording
from admin_console.desk.pages.live_page import LivePage
from admin_console.desk.pages.sign_in_page import SignInPage
from admin_console.desk.parts.floor import SeatCard
from admin_console.desk.sample import NOW, QUIET, ZONE, Place, a_day, a_town, an_id
from admin_console.desk.window import House
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.focus import FocusRing
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.phrase import Phrase
from kiosk.look.station_card import StationCard, StationFace
from kiosk.rules.seat import SeatState
from kiosk.rules.slot import Ground
from kiosk.wire.command import CommandState, CommandView
from kiosk.wire.desk import (
    Delay,
    Estate,
    ExtensionForecast,
    ExtensionRefused,
    ForecastAnswer,
    StaffRefused,
)

SIZES = ((1440, 900), (1280, 800))
NADIA = Person("Nadia", may_act=True)
WATCHER = Person("Hugo Morel", may_act=False)
SEVENTH = "trapeze-7"


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
) -> House:
    """Return the live page beside its rail."""
    board = Board(EstateBook(estate or a_town()), NOW)
    wording = Wording(stage.language, Phrase(stage.language, ZoneInfo(ZONE)))
    page = LivePage(stage.look, stage.guard, wording, board, may_act=person.may_act)
    house = House(stage.look, stage.language, page, person)
    since = NOW - timedelta(minutes=6) if fresh is Freshness.LOST else None
    page.show_freshness(fresh, since)
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


def a_command(number: int, kind: str, state: CommandState, code: str | None = None) -> CommandView:
    """Return a command as the hub tells it."""
    at = NOW - timedelta(seconds=20 * number)
    return CommandView(
        command_id=an_id(500 + number),
        seat_id=SEVENTH,
        kind=kind,
        state=state,
        issued_at=at,
        changed_at=at,
        code=code,
    )


def with_commands(stage: Stage, *commands: CommandView, sending: bool = False) -> QWidget:
    """Return the seventh seat with commands under way."""
    house = live(stage, seat=SEVENTH)
    for command in commands:
        house.page.board.book.take_command(command)
    outgoing = (
        (
            Outgoing(an_id(901), SEVENTH, "message", NOW),
            Outgoing(an_id(902), SEVENTH, "extend", NOW, OutgoingState.NOT_SENT),
        )
        if sending
        else ()
    )
    house.page.show_outgoing(SEVENTH, outgoing)
    return house


def sign_in(stage: Stage, name: str = "") -> SignInPage:
    """Return the way in."""
    return SignInPage(stage.look, stage.language, name)


def refused(stage: Stage, seconds: int) -> QWidget:
    """Return the way in after a refusal."""
    page = sign_in(stage, "nadia")
    told = Entrance(stage.language).refused(StaffRefused(code="refused", retry_seconds=seconds))
    page.show_refused(*told)
    page.enter.setEnabled(not seconds)
    return page


def unreachable(stage: Stage) -> QWidget:
    """Return the way in without contact."""
    page = sign_in(stage, "nadia")
    page.show_notice("danger", *Entrance(stage.language).failed(Failure(Reason.UNREACHABLE)))
    return page


def expired(stage: Stage) -> QWidget:
    """Return the way in after the session ended at the hub."""
    page = sign_in(stage, "nadia")
    page.show_notice("warning", *Entrance(stage.language).left(Leaving.EXPIRED))
    return page


def harmful(stage: Stage) -> QWidget:
    """Return a seat whose extension would keep somebody waiting."""
    house = live(stage, seat="trapeze-1")
    until = NOW + timedelta(minutes=37)
    forecast(house.page, "trapeze-1", delays=(Delay(ticket="A-21", until=until),))
    return house


def cut_short(stage: Stage) -> QWidget:
    """Return a seat whose extension is cut by the closing."""
    house = live(stage, seat=SEVENTH)
    forecast(house.page, SEVENTH, minutes=12, limit=Ground.CLOSING)
    return house


def no_more(stage: Stage) -> QWidget:
    """Return a seat that can have no more time."""
    house = live(stage, seat=SEVENTH)
    forecast(house.page, SEVENTH, refused=Ground.CLOSING)
    return house


def writing(stage: Stage) -> QWidget:
    """Return a seat for which a message is being written."""
    house = live(stage, seat=SEVENTH)
    house.page.panel.acts.message.click()
    house.page.panel.message.ready[0].click()
    return house


def breaking(stage: Stage) -> QWidget:
    """Return a seat that is about to be put out of order."""
    house = live(stage, seat=SEVENTH)
    house.page.panel.acts.break_down.click()
    return house


def ending(stage: Stage) -> QWidget:
    """Return the question before a session ends."""
    house = live(stage, seat=SEVENTH)
    house.page.panel.acts.end.click()
    return house


def as_list(stage: Stage) -> QWidget:
    """Return the floor as a table."""
    house = live(stage)
    house.page.view.switch.buttons[1].click()
    return house


def nine_states(stage: Stage) -> QWidget:
    """Return a floor with a card in each state, those that no room of today knows among them."""
    house = live(stage, estate=a_town(tuple(Place() for _ in range(12)), tables=False))
    cards: Sequence[StationCard] = list(house.page.view.floor.cards.values())
    wording = Wording(stage.language, Phrase(stage.language, ZoneInfo(ZONE)))
    for number, (card, state) in enumerate(zip(cards, SeatState, strict=False), 1):
        card.show_station(
            StationFace(str(number), state, spoken=f"{number}, {wording.state(state)}")
        )
    for card in cards[len(SeatState) :]:
        card.hide()
    return house


STATES: dict[str, Build] = {
    "sign-in": sign_in,
    "sign-in-refused": lambda stage: refused(stage, 0),
    "sign-in-throttled": lambda stage: refused(stage, 30),
    "sign-in-no-contact": unreachable,
    "sign-in-expired": expired,
    "live-busy": live,
    "live-quiet": lambda stage: live(stage, estate=a_town(QUIET)),
    "live-one-room-of-seventeen": lambda stage: live(stage, site="landowski"),
    "live-list": as_list,
    "live-catching-up": lambda stage: live(stage, fresh=Freshness.CATCHING_UP),
    "live-lost": lambda stage: live(stage, fresh=Freshness.LOST),
    "live-closed-site": lambda stage: live(stage, site="besnard"),
    "live-observer": lambda stage: live(stage, person=WATCHER, seat="trapeze-5"),
    "live-nine-states": nine_states,
    "seat-harmless": lambda stage: live(stage, seat=SEVENTH),
    "seat-harmful": harmful,
    "seat-cut-short": cut_short,
    "seat-no-more-time": no_more,
    "seat-free": lambda stage: live(stage, estate=a_town(QUIET), seat="trapeze-1"),
    "seat-offline": lambda stage: live(stage, seat="trapeze-10"),
    "seat-out-of-order": lambda stage: live(stage, seat="trapeze-11"),
    "seat-help": lambda stage: live(stage, seat="trapeze-5"),
    "seat-message": writing,
    "seat-breaking": breaking,
    "seat-end-question": ending,
    "commands-under-way": lambda stage: with_commands(
        stage,
        a_command(1, "identify", CommandState.SENT),
        a_command(2, "message", CommandState.RECEIVED),
        a_command(3, "extend", CommandState.DONE),
    ),
    "commands-ended": lambda stage: with_commands(
        stage,
        a_command(1, "extend", CommandState.REFUSED, Ground.OVER),
        a_command(2, "identify", CommandState.EXPIRED),
        a_command(3, "message", CommandState.DONE),
    ),
    "commands-not-sent": lambda stage: with_commands(stage, sending=True),
}
"""The states, by the name of their picture."""


def stand_up(stage: Stage, name: str, size: tuple[int, int]) -> QWidget:
    """Return a state as a window that is not shown yet."""
    window = QWidget()
    window.setProperty("ground", "page")
    window.setWindowTitle(name)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    window.resize(*size)
    column.addWidget(STATES[name](stage))
    FocusRing(stage.look, window)
    return window


def take_pictures(
    app: QApplication, stage: Stage, folder: Path, names: list[str]
) -> Iterator[Path]:
    """Draw the states: all in French and light, the main ones small, English and contrasted."""
    main = ("sign-in", "live-busy", "seat-harmless", "seat-harmful", "live-lost")
    looks = [("fr", "light", SIZES[0], names)]
    few = [name for name in names if name in main]
    looks += [
        ("fr", "light", SIZES[1], few),
        ("en", "light", SIZES[0], few),
        ("fr", "high_contrast", SIZES[0], few),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for language, theme, size, chosen in looks:
        stage.language.use("en" if language == "en" else "fr")
        stage.look.use(name="high_contrast" if theme == "high_contrast" else "light")
        for name in chosen:
            window = stand_up(stage, name, size)
            window.show()
            window.activateWindow()
            app.processEvents()
            focused = app.focusWidget()
            if focused is not None and not isinstance(focused, QLineEdit | QPlainTextEdit):
                focused.clearFocus()
            for text in window.findChildren(QPlainTextEdit):
                if text.isVisible():
                    text.setFocus()
            for card in window.findChildren(SeatCard):
                if card.isChecked() and name.startswith("seat-harm"):
                    card.setFocus(Qt.FocusReason.TabFocusReason)
            for _round in range(3):
                app.processEvents()
            path = folder / f"{name}-{language}-{theme}-{size[0]}.png"
            window.grab().save(str(path))
            window.close()
            window.deleteLater()
            app.processEvents()
            yield path


def browse(app: QApplication, stage: Stage) -> int:
    """Show the states one after another, with buttons to change state, language and contrast."""
    names = list(STATES)
    place = 0
    shown: list[QWidget] = []
    bar = QWidget()
    row = QHBoxLayout(bar)

    def show(step: int) -> None:
        nonlocal place
        place = (place + step) % len(names)
        for old in shown:
            old.close()
        shown[:] = [stand_up(stage, names[place], SIZES[0])]
        shown[0].show()
        bar.raise_()

    for text, act in (
        ("<", lambda: show(-1)),
        (">", lambda: show(1)),
        ("FR / EN", lambda: stage.language.use("fr" if stage.language.code == "en" else "en")),
        (
            "Contrast",
            lambda: stage.look.use(
                name="light" if stage.look.theme.is_high_contrast else "high_contrast"
            ),
        ),
    ):
        button = QPushButton(text)
        button.clicked.connect(act)
        row.addWidget(button)
    show(0)
    bar.show()
    return app.exec()


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw or browse; return the exit code."""
    parser = argparse.ArgumentParser(prog="admin_console.desk.gallery")
    parser.add_argument("--pictures", type=Path, help="draw all states into this folder")
    parser.add_argument("--only", default="", help="draw the states whose names begin like this")
    options = parser.parse_args(arguments)
    if options.pictures is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([sys.argv[0]])
    look = Look.for_program(app, "console")
    # The clock of the guard stands still far from any change: nothing is swallowed in a gallery.
    stage = Stage(look, Language("fr"), Guard(app, look.tokens.behaviour, lambda: 0.0, app))
    if options.pictures is None:
        return browse(app, stage)
    names = [name for name in STATES if name.startswith(options.only)]
    for path in take_pictures(app, stage, options.pictures, names):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
