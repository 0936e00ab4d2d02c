"""The sheet of what the staff desk uses."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kiosk.look.button import Button, ButtonSize, Kind
from kiosk.look.card import Card, Rule
from kiosk.look.field import Field
from kiosk.look.focus import FocusRing
from kiosk.look.ring import Ring
from kiosk.look.seat_cell import SeatCell, SeatStrip
from kiosk.look.segment import Choice, Segment
from kiosk.look.sheet import Stage
from kiosk.look.station_card import StationCard, StationFace
from kiosk.look.status import status_word
from kiosk.look.words import Words
from kiosk.rules.seat import SEATED, SeatState


def desk_sheet(stage: Stage) -> QWidget:
    """Return site card, station cards in all states, controls and legend."""
    page = QWidget()
    page.setProperty("ground", "page")
    page.resize(1440, 900)
    row = QHBoxLayout(page)
    row.setContentsMargins(24, 24, 24, 24)
    row.setSpacing(18)
    row.addWidget(_site(stage))
    held: list[QWidget] = []
    middle = QVBoxLayout()
    middle.setSpacing(18)
    middle.addWidget(_floor(stage, held))
    middle.addStretch(1)
    middle.addLayout(_legend(stage))
    row.addLayout(middle, 1)
    row.addWidget(_panel(stage))
    for part in held:
        FocusRing(stage.look, page, part)
    return page


def _site(stage: Stage) -> QWidget:
    look, _ = stage.look, stage.language.gettext
    box = QWidget()
    box.setFixedWidth(264)
    outer = QVBoxLayout(box)
    outer.setContentsMargins(0, 0, 0, 0)
    card = Card(look, "card")
    column = QVBoxLayout(card)
    column.addWidget(Words(look, "Médiathèque du Trapèze", "strong"))
    states = [SeatState.IN_USE] * 3 + list(SeatState)
    seated = sum(state in SEATED for state in states)
    told = _("%(taken)d of %(total)d in use") % {"taken": seated, "total": len(states)}
    column.addWidget(Words(look, told, "body", "ink_muted"))
    strip = SeatStrip(look)
    strip.show_seats(states, told)
    column.addWidget(strip)
    outer.addWidget(card)
    outer.addStretch(1)
    return box


def _floor(stage: Stage, held: list[QWidget]) -> QWidget:
    look, _ = stage.look, stage.language.gettext
    box = Card(look, "soft")
    grid = QGridLayout(box)
    grid.setContentsMargins(12, 12, 12, 12)
    grid.setSpacing(12)
    for place, state in enumerate(SeatState):
        card = StationCard(look, stage.language)
        left = 47 * 60 if state is not SeatState.ENDING else 4 * 60
        timed = state in SEATED
        word = status_word(stage.language, state)
        card.show_station(
            StationFace(
                number=str(place + 1),
                state=state,
                minutes=stage.phrase.duration(left) if timed else "",
                line=_("Seat %(number)d") % {"number": place + 1},
                part=left / 3600 if timed else None,
                spoken=f"{place + 1}, {word}",
                icon="hand" if state is SeatState.IN_USE else None,
            )
        )
        card.setChecked(state is SeatState.LOCKED)
        grid.addWidget(card, place // 3, place % 3)
        if state is SeatState.HELD:
            held.append(card)
    return box


def _legend(stage: Stage) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    for state in SeatState:
        row.addWidget(SeatCell(stage.look, state, QSize(14, 18)))
        row.addWidget(Words(stage.look, status_word(stage.language, state), "extra_small"))
        row.addStretch(1)
    return row


def _panel(stage: Stage) -> QWidget:
    look, _ = stage.look, stage.language.gettext
    box = Card(look, "card")
    box.setFixedWidth(336)
    column = QVBoxLayout(box)
    column.setContentsMargins(22, 22, 22, 22)
    column.setSpacing(12)
    column.addWidget(Words(look, _("Seat %(number)d") % {"number": 1}, "h2"))
    ring = Ring(look, 96)
    ring.show_time(22 * 60, unit=_("min"), spoken=stage.phrase.long_duration(22 * 60))
    column.addWidget(ring)
    column.addWidget(Rule(look))
    kinds: tuple[tuple[Kind, ButtonSize], ...] = (
        ("primary", "main"), ("secondary", "normal"), ("danger", "normal"), ("quiet", "small"),
    )  # fmt: skip
    for kind, size in kinds:
        column.addWidget(Button(look, _("Continue"), kind, size=size, icon="message-square"))
    off = Button(look, _("Continue"), "secondary", icon="power")
    off.setEnabled(False)
    column.addWidget(off)
    choices = [Choice(str(minutes), f"+ {minutes}") for minutes in (15, 30, 60)]
    longer = Segment(look, choices, spoken=_("minutes"))
    longer.set_value("15")
    column.addWidget(longer)
    field = Field(look, _("Card number"), hint=_("Scan, or type"), icon="search")
    column.addWidget(field)
    wrong = Field(look, _("Wrong"))
    wrong.say_wrong(_("4 digits are missing."))
    column.addWidget(wrong)
    column.addStretch(1)
    return box
