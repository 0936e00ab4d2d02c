"""The middle of *Accueil*: the rooms, what is proposed, the seats, and the button that does it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from admin_console.desk.models.offer_face import OfferFace
from admin_console.desk.models.visit_wording import VisitWording
from admin_console.desk.parts.choice_card import ChoiceColumns, ChoiceGroup, SeatChoice
from admin_console.desk.parts.flow import Apart, Flow
from kiosk.look.banner import Banner
from kiosk.look.button import Button
from kiosk.look.card import Card, Rule
from kiosk.look.field import Mark
from kiosk.look.look import Look
from kiosk.look.scroll import ScrollBox
from kiosk.look.segment import Choice, Segment
from kiosk.look.words import Words

SIDE = 24
LEAST_SEAT = 150
RING = 6
"""Room around what scrolls, for the ring of what has the keyboard."""


class LengthCard(Card):
    """How long the slot would be, what shortens it, from when to when."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "sunken")
        self.fact = Words(look, "", "strong", wrap=True)
        self.line = Words(look, "", "small", "ink_muted", wrap=True)
        self.span = Words(look, "", "body")
        words = QWidget()
        told = QVBoxLayout(words)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(1)
        told.addWidget(self.fact)
        told.addWidget(self.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(14)
        row.addWidget(Mark(look, "timer", "primary", 24))
        row.addWidget(Apart(words, self.span, least=round(150 * look.theme.text_scale)), 1)


class OfferPanel(Card):
    """The panel.

    Signals:
        room_chosen: the id of another room.
        seat_chosen: the number of a seat; nothing is given yet.
        main_asked: what the main button says is to be done.
        other_asked: what the button beside it says.

    Attributes:
        extra: where the page puts what belongs to a guest pass.
    """

    room_chosen = Signal(str)
    seat_chosen = Signal(int)
    main_asked = Signal()
    other_asked = Signal()

    def __init__(self, look: Look, wording: VisitWording, parent: QWidget | None = None) -> None:
        super().__init__(look, "panel", parent)
        self._wording = wording
        self.heading = Words(look, "", "h2", wrap=True)
        self.lead = Words(look, "", "body", "ink_muted", wrap=True)
        self.rooms = Segment(look, [], spoken=" ")
        self.rooms.chosen.connect(self.room_chosen)
        self.trouble = Banner(look, "danger", rem=0.95)
        self.banner = Banner(look, "info")
        self.seats = ChoiceGroup(ChoiceColumns(least=LEAST_SEAT, gap=12))
        self.seats.chosen.connect(self._on_seat)
        self.seats.entered.connect(self._on_entered)
        self.length_title = Words(look, "", "small", "ink_muted", weight=600)
        self.length = LengthCard(look)
        self.fact = Words(look, "", "strong", wrap=True)
        self.line = Words(look, "", "small", "ink_muted", wrap=True)
        self.other = Button(look, "", "secondary", size="main")
        self.other.clicked.connect(self.other_asked)
        self.main = Button(look, "", "primary", size="main")
        self.main.clicked.connect(self.main_asked)
        self._shown_seats: tuple[tuple[int, str], ...] = ()
        self._build()

    def _build(self) -> None:
        heading = QWidget()
        told = QVBoxLayout(heading)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(2)
        told.addWidget(self.heading)
        told.addWidget(self.lead)
        head = QVBoxLayout()
        head.setContentsMargins(SIDE, 0, SIDE, 0)
        head.addWidget(Apart(heading, self.rooms, gap=16, least=200))
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(SIDE, RING, SIDE, RING)
        inner.setSpacing(14)
        self.extra = QVBoxLayout()
        self.extra.setSpacing(14)
        inner.addWidget(self.trouble)
        inner.addWidget(self.banner)
        inner.addWidget(self.seats)
        inner.addWidget(self.length_title)
        inner.addWidget(self.length)
        inner.addLayout(self.extra)
        inner.addStretch(1)
        self.box = ScrollBox(self._look)
        self.box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.box.set_content(content)
        words = QWidget()
        foot = QVBoxLayout(words)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(1)
        foot.addWidget(self.fact)
        foot.addWidget(self.line)
        buttons = Flow(gap=12, line_gap=10)
        buttons.add(self.other)
        buttons.add(self.main)
        self._foot = Apart(words, buttons, gap=16, least=170)
        self._rule = Rule(self._look)
        below = QVBoxLayout()
        below.setContentsMargins(SIDE, 0, SIDE, 0)
        below.setSpacing(16)
        below.addWidget(self._rule)
        below.addWidget(self._foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SIDE, 0, SIDE - 2)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.box, 1)
        column.addLayout(below)

    def show_rooms(self, rooms: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer the rooms of a site as (id, name); a single one is no choice."""
        _ = self._wording.language.gettext
        self.rooms.set_choices([Choice(one, name) for one, name in rooms], _("Room"))
        self.rooms.set_value(chosen)
        self.rooms.setVisible(len(rooms) > 1)

    def show_face(self, face: OfferFace) -> None:
        """Show a face."""
        _ = self._wording.language.gettext
        self.heading.say(face.heading)
        self._say(self.lead, face.lead)
        self.trouble.setVisible(face.trouble is not None)
        if face.trouble is not None:
            self.trouble.tell(face.trouble.fact, face.trouble.rest)
        self.banner.setVisible(face.banner is not None)
        if face.banner is not None:
            kind, told = face.banner
            self.banner.set_kind(kind)
            self.banner.tell(told.fact, told.line)
        self._show_seats(face)
        self.length_title.setVisible(face.length is not None)
        self.length.setVisible(face.length is not None)
        self.length_title.say(_("Duration"))
        if face.length is not None:
            told, span = face.length
            self.length.fact.say(told.fact)
            self._say(self.length.line, told.line)
            self.length.span.say(span)
        self._say(self.fact, face.foot.fact)
        self._say(self.line, face.foot.line)
        self._show_buttons(face)

    def tab_stops(self) -> list[QWidget]:
        """Return the stops of the Tab key in reading order."""
        return [*self.rooms.buttons, *self.seats.cards]

    def _show_seats(self, face: OfferFace) -> None:
        _ = self._wording.language.gettext
        self.seats.setVisible(bool(face.seats))
        self.seats.set_spoken(_("Free seats"))
        if face.seats != self._shown_seats:
            held = next((one.value for one in self.seats.cards if one.hasFocus()), None)
            self._shown_seats = face.seats
            self.seats.set_cards([SeatChoice(self._look, str(number)) for number, _l in face.seats])
            for card in self.seats.cards:
                if held is not None and card.value == held:
                    card.setFocus(Qt.FocusReason.OtherFocusReason)
        for card, (number, label) in zip(self.seats.cards, face.seats, strict=True):
            name = _("Seat %(number)d") % {"number": number}
            card.tell(str(number), label, ", ".join(part for part in (name, label) if part))
        self.seats.set_value(str(face.chosen) if face.chosen is not None else "")

    def _show_buttons(self, face: OfferFace) -> None:
        had_focus = self.main.hasFocus() or self.other.hasFocus()
        words, _deed = face.other
        self.other.setText(words)
        self.other.setVisible(bool(words))
        self.main.setText(face.main)
        self.main.setVisible(bool(face.main))
        self.main.setEnabled(not face.busy)
        for button in (self.other, self.main):
            button.updateGeometry()
        has_foot = bool(words or face.main)
        self._foot.setVisible(has_foot)
        self._rule.setVisible(has_foot)
        if had_focus and face.main and not face.busy:
            self.main.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _say(words: Words, text: str) -> None:
        words.say(text)
        words.setVisible(bool(text))

    def _on_seat(self, value: str) -> None:
        self.seat_chosen.emit(int(value))

    def _on_entered(self, _value: str) -> None:
        self.main_asked.emit()
