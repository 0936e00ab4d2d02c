"""The card of the slot in a seat's panel: ring, end, length; or why nobody sits there."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.stand import SeatStand
from admin_console.desk.models.wording import Wording
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.ring import Ring
from kiosk.look.words import Words
from kiosk.rules.seat import SeatState

RING = 78
CORNER = 14


class SlotCard(QWidget):
    """The card, on the ground of the seat's state."""

    def __init__(self, look: Look, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._wording = look, wording
        self._state = SeatState.FREE
        self._stand: SeatStand | None = None
        self.ring = Ring(look, RING, on_tint=True)
        self.fact = Words(look, "", "h3", wrap=True)
        self.line = Words(look, "", "small", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.fact)
        words.addWidget(self.line)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 13, 16, 13)
        row.setSpacing(16)
        row.addWidget(self.ring)
        row.addLayout(words, 1)
        look.changed.connect(self.update)
        wording.language.changed.connect(self.retell)

    def show_seat(self, stand: SeatStand) -> None:
        """Show a seat."""
        self._stand = stand
        if stand.state is not self._state:
            self._state = stand.state
            self.update()
        self.retell()

    def retell(self) -> None:
        """Say everything again."""
        stand, wording = self._stand, self._wording
        if stand is None:
            return
        _ = wording.language.gettext
        shows_ring = bool(wording.left(stand))
        self.ring.setVisible(shows_ring)
        if shows_ring:
            self.ring.show_time(
                (stand.minutes_left or 0) * 60,
                max(stand.total_seconds, 60),
                unit=_("min"),
                spoken=wording.phrase.long_duration((stand.minutes_left or 0) * 60),
            )
        fact, line = self._words(stand)
        self.fact.say(fact)
        self.line.say(line)
        self.fact.setVisible(bool(fact))
        self.line.setVisible(bool(line))
        self.setVisible(bool(fact or line))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        theme = self._look.theme
        colours = theme.status_colours(self._state)
        free = self._state is SeatState.FREE
        line = colours.strong if theme.is_high_contrast or free else None
        painter = begin(self)
        draw_box(painter, QRectF(self.rect()), CORNER, colours.card, line, 1.5)
        painter.end()

    def _kept(self, stand: SeatStand) -> tuple[str, str]:
        _ = self._wording.language.gettext
        if not stand.ticket:
            return _("Kept for who waits."), ""
        fact = _("Kept for %(ticket)s") % {"ticket": stand.ticket}
        if stand.hold_minutes is None:
            return fact, ""
        duration = self._wording.phrase.duration(stand.hold_minutes * 60)
        return fact, _("for another %(duration)s") % {"duration": duration}

    def _words(self, stand: SeatStand) -> tuple[str, str]:
        wording, phrase = self._wording, self._wording.phrase
        _ = wording.language.gettext
        end = phrase.time(stand.ends_at) if stand.ends_at is not None else ""
        if stand.state is SeatState.OUT_OF_ORDER:
            line = _("Who sits there has until %(time)s.") % {"time": end} if end else ""
            if stand.not_clean:
                left = _("Something of the last visitor is left on this computer.")
                return _("Not clean"), line or left
            return stand.reason, line
        if stand.state is SeatState.OFFLINE:
            if not stand.has_station:
                return _("No computer fills this seat yet."), ""
            if end:
                # The station goes on alone; this is what it said last.
                return _("At the last news"), _("a session until %(time)s") % {"time": end}
            return "", ""
        if stand.in_grace:
            return _("Time over"), _("The visitor is saving their work.")
        if end:
            return _("Ends at %(time)s") % {"time": end}, wording.length(stand)
        if stand.state is SeatState.HELD:
            return self._kept(stand)
        if stand.state is SeatState.FREE:
            return _("Nobody sits here."), ""
        return "", ""
