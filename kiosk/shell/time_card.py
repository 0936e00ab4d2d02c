"""The left column of the session home: how much time is left, until when, and the way out (k2)."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.look.button import Button
from kiosk.look.card import Card, Chip
from kiosk.look.phrase import Phrase
from kiosk.look.ring import Ring
from kiosk.look.words import Words
from kiosk.rules.slot import Ground
from kiosk.shell.credit_button import CreditButton
from kiosk.shell.layout import CENTRE, balance, column, fit, needed_height, row
from kiosk.shell.outfit import Outfit
from kiosk.wire.face import RenewalStage, SessionFace, Snapshot

RINGS = (348, 300, 260, 220, 180, 140)
LARGE_RING = 300
WIDE_CARD = 460
INSET = 12
"""How far the words stand in from the buttons below them, in pixels."""


class TimeCard(Card):
    """The column.

    Signals:
        end_asked: *Terminer ma session…*
        away_asked: *Je m'absente*.
    """

    end_asked = Signal()
    away_asked = Signal()

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        look = outfit.look
        super().__init__(look, "panel", parent)
        self._outfit = outfit
        self._site = Words(look, "", "strong", wrap=True)
        self._chip = Chip(look)
        self.ring = Ring(look)
        self._until = Words(look, "", "h2", weight=700, line=1.4, align=CENTRE, wrap=True)
        self._sentence = Words(look, "", "body", "ink_muted", line=1.35, align=CENTRE, wrap=True)
        self.credit = CreditButton(outfit)
        self.away = Button(look, "", "secondary", icon="lock")
        self.away.clicked.connect(self.away_asked)
        self.end = Button(look, "", "danger", icon="log-out")
        self.end.clicked.connect(self.end_asked)
        head = row(spacing=14, margins=(INSET, 0, INSET, 0))
        head.addWidget(self._site, 1)
        head.addWidget(self._chip)
        self._whole = column(self)
        self._whole.addLayout(head)
        self._whole.addStretch(1)
        self._whole.addWidget(self.ring, 0, CENTRE)
        self._gap = QWidget()
        self._whole.addWidget(self._gap)
        self._whole.addWidget(self._until)
        self._whole.addSpacing(6)
        self._whole.addWidget(self._sentence, 0, CENTRE)
        self._whole.addStretch(1)
        self._whole.addSpacing(12)
        self._whole.addWidget(self.credit)
        self._credit_gap = QWidget()
        self._whole.addWidget(self._credit_gap)
        self._whole.addWidget(self.away)
        self._end_gap = QWidget()
        self._whole.addWidget(self._end_gap)
        self._whole.addWidget(self.end)
        look.changed.connect(self._fit)

    def show_session(self, snapshot: Snapshot, session: SessionFace) -> None:
        """Put words and figures in place."""
        language, teller = self._outfit.language, self._outfit.teller
        _ = language.gettext
        minutes = -(-session.remaining_seconds // 60)
        self._site.say(snapshot.site_name)
        self._chip.say(teller.seat(snapshot))
        self.ring.show_time(
            session.remaining_seconds,
            session.total_seconds,
            unit=language.ngettext("minute", "minutes", minutes),
            above=_("You have left"),
            spoken=teller.spoken_time(snapshot, session),
        )
        until = {"time": teller.phrase(snapshot).time(session.ends_at)}
        self._until.say(_("Until %(time)s") % until)
        self._sentence.say(self._words(snapshot, session))
        self.away.setText(_("I step away"))
        self.away.setVisible(session.can_step_away)
        self._end_gap.setVisible(session.can_step_away)
        self._end_gap.setFixedHeight(14)
        self.credit.tell(snapshot)
        self._credit_gap.setVisible(session.credit is not None)
        self._credit_gap.setFixedHeight(20)
        self._fit()

    def spoken(self) -> list[str]:
        """Return the time left, and whether there can be more."""
        parts = [self.ring.accessibleName(), self._sentence.plain()]
        return parts if self.credit.isHidden() else [*parts, self.credit.accessibleName()]

    def _words(self, snapshot: Snapshot, session: SessionFace) -> str:
        _ = self._outfit.language.gettext
        phrase = self._outfit.teller.phrase(snapshot)
        renewal = session.renewal
        match renewal.stage:
            case RenewalStage.NOT_YET if session.limit is not None:
                return self._shortened(session.limit, phrase, session.limit_at)
            case RenewalStage.NOT_YET:
                said = {"time": phrase.time(renewal.offered_at)}
                return _("At %(time)s we will tell you whether you can renew.") % said
            case RenewalStage.ASKING:
                return _("We are asking for your renewal…")
            case RenewalStage.REFUSED if refused_on(session) is Ground.TRIAL:
                return self._outfit.teller.ground(snapshot, renewal.refusal)
            case RenewalStage.REFUSED:
                return _("This session cannot be renewed.")
            case _:
                if renewal.until is None:
                    return _("You can renew.")
                said = {"time": phrase.time(renewal.until)}
                return _("You can renew until %(time)s.") % said

    def _shortened(self, limit: Ground, phrase: Phrase, at: datetime | None) -> str:
        _ = self._outfit.language.gettext
        if limit is Ground.DAILY_MINUTES:
            return _("Your session is shorter: it is all that is left of your time today.")
        if at is None:
            return _("Your session is shorter than usual.")
        sentences = {
            Ground.CLOSING: _("Your session is shorter: the room closes at %(time)s."),
            Ground.WORKSHOP: _("Your session is shorter: a workshop begins here at %(time)s."),
            Ground.RESERVATION: _("Your session is shorter: this seat is reserved from %(time)s."),
        }
        other = _("Your session is shorter: it ends at %(time)s.")
        return sentences.get(limit, other) % {"time": phrase.time(at)}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        _ = self._outfit.language.gettext
        side = 33 if self.width() >= WIDE_CARD else 24
        room = self.width() - 2 * side
        balance(self._sentence, room)
        self.end.setText(_("End my session…"))
        if self.end.sizeHint().width() > room:
            self.end.setText(_("End…"))

        def apply(size: int) -> None:
            is_large = size >= LARGE_RING
            self.ring.set_size(size)
            self._gap.setFixedHeight(26 if is_large else 14)
            edge = 41 if is_large else 24
            self._whole.setContentsMargins(side, edge, side, edge)

        sizes = [size for size in RINGS if size <= room]
        height = self.height()
        fit(
            sizes or RINGS[-1:],
            apply,
            lambda: needed_height(self._whole, self.width()) <= height,
        )


def refused_on(session: SessionFace) -> Ground | None:
    """Return why the session cannot be renewed, None where nothing is said of it."""
    refusal = session.renewal.refusal
    return None if refusal is None else refusal.ground
