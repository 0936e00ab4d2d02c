"""Sheets that show every part in every state, for the gallery and the tests of appearance."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.look.banner import Banner, BannerKind, Notice
from kiosk.look.button import Button, Kind, State
from kiosk.look.card import Card, Chip
from kiosk.look.card_picture import CardPicture
from kiosk.look.dialog import Dialog
from kiosk.look.field import Field
from kiosk.look.focus import FocusRing
from kiosk.look.guard import Guard
from kiosk.look.hours_bar import HoursBar
from kiosk.look.keypad import Keypad
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.phrase import Phrase
from kiosk.look.pin import PinBoxes
from kiosk.look.ring import Ring
from kiosk.look.segment import Choice, Segment
from kiosk.look.shelf import Shelf
from kiosk.look.state_card import StateCard
from kiosk.look.tile import Tile
from kiosk.look.words import Words
from kiosk.rules.seat import SeatState

LEFT = Qt.AlignmentFlag.AlignLeft
STATES: tuple[State, ...] = ("rest", "hover", "pressed", "rest", "disabled")
FOCUS_COLUMN = 3
NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Stage:
    """What a sheet is built with."""

    look: Look
    language: Language
    phrase: Phrase
    guard: Guard
    clock: Callable[[], float]


def parts_sheet(stage: Stage) -> QWidget:
    """Return the sheet of s0: states, buttons, rings, fields, banners, tiles, keys."""
    page = QWidget()
    page.setProperty("ground", "page")
    page.resize(1920, round(980 + 560 * stage.look.theme.text_scale))
    column = QVBoxLayout(page)
    column.setContentsMargins(56, 32, 56, 40)
    column.setSpacing(36)
    held: list[QWidget] = []
    column.addWidget(_states(stage))
    middle = QHBoxLayout()
    middle.setSpacing(64)
    middle.addWidget(_buttons(stage, held))
    middle.addWidget(_rings(stage), 1)
    column.addLayout(middle)
    lower = QHBoxLayout()
    lower.setSpacing(64)
    lower.addWidget(_fields(stage, held))
    lower.addWidget(_banners(stage), 1)
    column.addLayout(lower)
    last = QHBoxLayout()
    last.setSpacing(64)
    last.addWidget(_tiles(stage, held))
    last.addWidget(_keys(stage, held), 1)
    column.addLayout(last)
    for part in held:
        FocusRing(stage.look, page, part)
    return page


def lock_sheet(stage: Stage) -> QWidget:
    """Return the parts of the lock face: column, hours, card, code, keypad, choices."""
    look, _ = stage.look, stage.language.gettext
    page = QWidget()
    page.setProperty("ground", "page")
    page.resize(1920, 1080)
    row = QHBoxLayout(page)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(_column(stage))
    right = QVBoxLayout()
    right.setContentsMargins(72, 40, 64, 44)
    right.setSpacing(24)
    tools = QHBoxLayout()
    tools.setSpacing(16)
    languages = [Choice("fr", "Français"), Choice("en", "English")]
    chosen = Segment(look, languages, spoken=_("Language"))
    chosen.set_value(stage.language.code)
    tools.addWidget(chosen)
    tools.addStretch(1)
    sizes = [
        Choice("1", "A", _("Normal text"), 20),
        Choice("1.25", "A", _("Larger text"), 27),
        Choice("1.5", "A", _("Largest text"), 35),
    ]
    size = Segment(look, sizes, spoken=_("Text size"))
    size.set_value(f"{look.theme.text_scale:g}")
    tools.addWidget(size)
    contrast = Button(look, _("Contrast"), "tool", icon="contrast")
    contrast.setCheckable(True)
    contrast.setChecked(look.theme.is_high_contrast)
    contrast.set_compact(look.theme.text_scale > 1)
    tools.addWidget(contrast)
    tools.addWidget(Button(look, _("Call for help"), "call", icon="hand"))
    right.addLayout(tools)
    form = QVBoxLayout()
    form.setSpacing(24)
    hint = QHBoxLayout()
    hint.setSpacing(26)
    hint.addWidget(CardPicture(look))
    hint.addWidget(Words(look, _("Card number"), "h3", wrap=True), 1)
    form.addLayout(hint)
    card = Field(look, _("Card number"), icon="scan-barcode", digits_only=True)
    card.show_done(f"•••• ••••{NBSP}5678", _("Change"))
    form.addWidget(card)
    form.addWidget(Words(look, _("Secret code"), "strong"))
    pin = PinBoxes(look, stage.clock, spoken=_("Secret code"))
    for digit in "27":
        pin.press_digit(digit)
    form.addWidget(pin, 0, LEFT)
    start = Button(look, _("Open my session"), "primary", size="main", icon="log-in")
    form.addWidget(start)
    body = QHBoxLayout()
    body.setSpacing(64)
    body.addLayout(form, 1)
    body.addWidget(Keypad(look, stage.language, stage.clock))
    right.addStretch(1)
    right.addLayout(body)
    right.addStretch(1)
    right.addWidget(Notice(look, text=_("Everything is erased at the end.")))
    row.addLayout(right, 1)
    FocusRing(look, page, pin)
    return page


def dialog_sheet(stage: Stage) -> QWidget:
    """Return a question over tiles."""
    look, _ = stage.look, stage.language.gettext
    page = QWidget()
    page.setProperty("ground", "page")
    page.resize(1920, 1080)
    grid = QGridLayout(page)
    grid.setContentsMargins(64, 48, 64, 52)
    grid.setSpacing(28)
    for place, tile in enumerate(home_tiles(stage)):
        grid.addWidget(tile, place // 3, place % 3)
    question = _("End your session?")
    dialog = Dialog(look, stage.guard, page, spoken=question)
    dialog.body.addWidget(Words(look, question, "h1", wrap=True))
    lead = Words(look, "", "lead", "ink_muted", wrap=True)
    left = stage.phrase.long_duration(47 * 60)
    lead.say_rich(_("You have <b>%(duration)s</b> left.") % {"duration": left})
    dialog.body.addWidget(lead)
    banner = Banner(look, "success", rem=1.15)
    banner.tell(_("Your seat is free."), _("You can stay one hour more."))
    dialog.body.addWidget(banner)
    go_on = Button(look, _("Continue"), "primary", size="main")
    finish = Button(look, _("End and erase everything"), "danger", size="main", icon="log-out")
    dialog.add_answer(go_on, "continue", safe=True, escape=True, stretch=1)
    dialog.add_answer(finish, "end", stretch=1)
    dialog.open()
    FocusRing(look, page, go_on)
    return page


def home_tiles(stage: Stage) -> list[Tile]:
    """Return tiles in all tints."""
    look, _ = stage.look, stage.language.gettext
    tiles = [
        Tile(look, "globe", "internet", _("Internet"), _("Search, mail, formalities")),
        Tile(look, "file-text", "write", _("Write a document"), _("Text, table, slides")),
        Tile(look, "folder", "files", _("My files"), _("USB key, documents, photos")),
        Tile(look, "graduation-cap", "learn", _("Learn"), _("Languages, computing, code…")),
        Tile(look, "printer", "print", _("Print"), _("1 document is waiting")),
        Tile(look, "life-buoy", "help", _("Help"), _("Instructions, whom to call")),
    ]
    tiles[4].set_count(1)
    return tiles


def _section(stage: Stage, title: str) -> tuple[QWidget, QVBoxLayout]:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(14)
    column.addWidget(Words(stage.look, title, "h3"))
    return box, column


def _states(stage: Stage) -> QWidget:
    look, _ = stage.look, stage.language.gettext
    box, column = _section(stage, _("States of the seats"))
    row = QHBoxLayout()
    row.setSpacing(14)
    for state in SeatState:
        row.addWidget(StateCard(look, stage.language, state), 1)
    column.addLayout(row)
    return box


def _buttons(stage: Stage, held: list[QWidget]) -> QWidget:
    look, _ = stage.look, stage.language.gettext
    box, column = _section(stage, _("Buttons"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(12)
    names = (_("Rest"), _("Hover"), _("Pressed"), _("Focus"), _("Off"))
    kinds: tuple[Kind, ...] = ("primary", "secondary", "quiet", "danger", "tool", "call")
    for row, kind in enumerate(kinds):
        for place, (state, name) in enumerate(zip(STATES, names, strict=True)):
            button = Button(look, name, kind, size="small")
            button.setMinimumWidth(148)
            button.show_state(state)
            grid.addWidget(button, row, place)
            if place == FOCUS_COLUMN:
                held.append(button)
    column.addLayout(grid)
    return box


def _rings(stage: Stage) -> QWidget:
    look, _ = stage.look, stage.language.gettext
    box, column = _section(stage, _("Time left"))
    row = QHBoxLayout()
    for minutes in (47, 10, 2):
        ring = Ring(look, 132)
        spoken = stage.phrase.long_duration(minutes * 60)
        ring.show_time(minutes * 60, unit=_("min"), spoken=spoken)
        row.addWidget(ring)
        row.addStretch(1)
    large = Ring(look, 268)
    large.show_time(
        47 * 60,
        unit=_("minutes"),
        above=_("You have left"),
        spoken=stage.phrase.long_duration(47 * 60),
    )
    row.addWidget(large)
    column.addLayout(row)
    column.addStretch(1)
    return box


def _fields(stage: Stage, held: list[QWidget]) -> QWidget:
    look, _ = stage.look, stage.language.gettext
    box, column = _section(stage, _("Fields"))
    box.setFixedWidth(872)
    grid = QGridLayout()
    grid.setHorizontalSpacing(28)
    empty = Field(look, _("Empty"), hint=_("Scan, or type"), height=64)
    empty.say_help(_("A short help below the field"))
    focused = Field(look, _("Focus"), height=64)
    done = Field(look, _("Filled"), icon="scan-barcode", height=64)
    done.show_done(f"•••• ••••{NBSP}5678", _("Change"))
    wrong = Field(look, _("Wrong"), height=64)
    wrong.set_text("2921 0045 56")
    wrong.say_wrong(_("4 digits are missing."))
    for place, field in enumerate((empty, focused, done, wrong)):
        grid.addWidget(field, place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
    held.append(focused.edit)
    column.addLayout(grid)
    return box


def _banners(stage: Stage) -> QWidget:
    look, _ = stage.look, stage.language.gettext
    box, column = _section(stage, _("Banners"))
    told: tuple[tuple[BannerKind, str, str], ...] = (
        ("info", _("For your information."), _("Headphones can be lent.")),
        ("success", _("It is done."), _("3 pages went to the printer.")),
        ("warning", _("You have 10 minutes left."), _("Your seat is free.")),
        ("danger", _("Card and code do not match."), _("Please type both again.")),
    )
    for kind, fact, sentence in told:
        banner = Banner(look, kind)
        banner.tell(fact, sentence)
        column.addWidget(banner)
    column.addStretch(1)
    return box


def _tiles(stage: Stage, held: list[QWidget]) -> QWidget:
    look, _ = stage.look, stage.language.gettext
    box, column = _section(stage, _("Tile"))
    box.setFixedWidth(872)
    row = QHBoxLayout()
    row.setSpacing(22)
    for place, state in enumerate(STATES[:4]):
        tile = Tile(look, "globe", "internet", _("Internet"))
        tile.show_state(state)
        tile.setFixedHeight(max(300, tile.minimumSizeHint().height()))
        row.addWidget(tile)
        if place == FOCUS_COLUMN:
            held.append(tile)
    column.addLayout(row)
    column.addStretch(1)
    return box


def _keys(stage: Stage, held: list[QWidget]) -> QWidget:
    look, _ = stage.look, stage.language.gettext
    box, column = _section(stage, _("Keypad"))
    pad = Keypad(look, stage.language, stage.clock)
    pad.keys["2"].show_state("hover")
    pad.keys["3"].show_state("pressed")
    row = QHBoxLayout()
    row.addWidget(pad)
    row.addStretch(1)
    column.addLayout(row)
    held.append(pad.keys["1"])
    return box


def _column(stage: Stage) -> QWidget:
    look, _ = stage.look, stage.language.gettext
    side = QWidget()
    side.setProperty("ground", "band")
    side.setFixedWidth(680)
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 64, 0, 0)
    inner = QVBoxLayout()
    inner.setContentsMargins(64, 0, 64, 0)
    top = QHBoxLayout()
    top.addWidget(Words(look, "Médiathèque du Trapèze", "h2", "band_ink", wrap=True), 1)
    seat = _("Seat %(number)d") % {"number": 7}
    top.addWidget(Chip(look, seat, on_band=True))
    inner.addLayout(top)
    inner.addStretch(1)
    inner.addWidget(Words(look, "14:32", "clock", "band_ink"))
    hours = Card(look, "band")
    box = QVBoxLayout(hours)
    box.setContentsMargins(26, 24, 26, 24)
    bar = HoursBar(look)
    bar.show_hours([(600, 1140)], 872, spoken=_("Open today"))
    box.addWidget(Words(look, _("Open today"), "button", "band_ink"))
    box.addWidget(bar)
    inner.addWidget(hours)
    inner.addStretch(1)
    actions = QHBoxLayout()
    actions.setSpacing(12)
    band_kinds: tuple[Kind, ...] = ("primary", "secondary", "quiet")
    for kind in band_kinds:
        actions.addWidget(Button(look, _("Print"), kind, size="small", on_band=True))
    inner.addLayout(actions)
    column.addLayout(inner)
    column.addWidget(Shelf(look))
    return side
