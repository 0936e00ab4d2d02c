"""The session bar over a program (k3). In the grace it only says that the session is over (k12)."""

from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.look.button import Button
from kiosk.look.field import Mark
from kiosk.look.ring import Ring
from kiosk.look.words import Words
from kiosk.shell.credit_words import balance_words, credit_of, label_words
from kiosk.shell.layout import Ground, fit, loosen, row
from kiosk.shell.outfit import Outfit
from kiosk.shell.page import Page
from kiosk.wire.face import Contact, SessionFace, Shown, Snapshot

RING = 48


class BarLevel(NamedTuple):
    """What the bar shows in full: the words of some buttons, the clock, icons beside words."""

    away: bool
    ticket: bool
    display: bool
    home: bool
    clock: bool
    icons: bool
    credit: bool = True


LEVELS = (
    BarLevel(away=True, ticket=True, display=True, home=True, clock=True, icons=True),
    BarLevel(away=True, ticket=False, display=True, home=True, clock=True, icons=True),
    BarLevel(away=True, ticket=False, display=False, home=True, clock=True, icons=True),
    BarLevel(away=False, ticket=False, display=False, home=True, clock=True, icons=True),
    BarLevel(away=False, ticket=False, display=False, home=False, clock=True, icons=True),
    BarLevel(away=False, ticket=False, display=False, home=False, clock=False, icons=True),
    BarLevel(away=False, ticket=False, display=False, home=False, clock=False, icons=False),
    BarLevel(
        away=False, ticket=False, display=False, home=False, clock=False, icons=False, credit=False
    ),
)


class UprightLine(QWidget):
    """The fine line between two groups of the bar, with its air on both sides."""

    def __init__(self, outfit: Outfit) -> None:
        super().__init__()
        line = row(self, margins=(10, 0, 10, 0))
        ground = Ground(outfit.look, "band_line")
        ground.setFixedSize(2, 36)
        line.addWidget(ground)
        self.setFixedSize(22, 36)


class SessionBar(Page):
    """The bar. It ends with the clock: the corner of a program's window holds nothing to press.

    Signals:
        home_asked: *Accueil*.
        end_asked: *Terminer…*
        display_asked: *Affichage*.
        ticket_asked: *Quelqu'un attend*.
        away_asked: *Je m'absente*.
    """

    home_asked = Signal()
    end_asked = Signal()
    display_asked = Signal()
    ticket_asked = Signal()
    away_asked = Signal()

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit, parent)
        self.set_tone("band")
        look = outfit.look
        self.home = Button(look, "", "quiet", size="small", icon="house", on_band=True)
        self._left_line = UprightLine(outfit)
        self.ring = Ring(look, RING, on_band=True)
        self._has_credit = False
        self._over_mark = Mark(look, "hourglass", "accent", 34)
        self._minutes = Words(look, "", "h3", "band_ink", rem=1.3, weight=700)
        self._until = Words(look, "", "body", "band_ink_muted")
        self.end = Button(look, "", "primary", size="small", icon="log-out", on_band=True)
        self.away = Button(look, "", "quiet", size="small", icon="lock", on_band=True)
        self.ticket = Button(look, "", "quiet", size="small", icon="ticket", on_band=True)
        self.credit = Button(look, "", "quiet", size="small", icon="wallet", on_band=True)
        self.display = Button(look, "", "quiet", size="small", icon="a-large-small", on_band=True)
        self.listen = self.listen_button("quiet", size="small", on_band=True)
        self.call = Button(look, "", "quiet", size="small", icon="hand", on_band=True)
        self._right_line = UprightLine(outfit)
        self._clock = Words(look, "", "h3", "band_ink_muted", rem=1.2)
        self.home.clicked.connect(self.home_asked)
        self.end.clicked.connect(self.end_asked)
        self.away.clicked.connect(self.away_asked)
        self.ticket.clicked.connect(self.ticket_asked)
        self.display.clicked.connect(self.display_asked)
        self.call.clicked.connect(self._on_call)
        self._lay_out()
        look.changed.connect(self._fit)

    def _lay_out(self) -> None:
        line = row(self, spacing=6, margins=(16, 8, 28, 8))
        line.addWidget(self.home)
        line.addWidget(self._left_line)
        line.addSpacing(8)
        line.addWidget(self.ring)
        line.addWidget(self._over_mark)
        line.addSpacing(10)
        line.addWidget(self._minutes)
        line.addSpacing(10)
        line.addWidget(self._until)
        line.addSpacing(18)
        line.addWidget(self.end)
        line.addSpacing(6)
        line.addWidget(self.away)
        line.addSpacing(6)
        line.addWidget(self.ticket)
        line.addSpacing(6)
        line.addStretch(1)
        line.addWidget(self.credit)
        line.addSpacing(6)
        line.addWidget(self.display)
        line.addSpacing(6)
        line.addWidget(self.listen)
        line.addSpacing(6)
        line.addWidget(self.call)
        line.addWidget(self._right_line)
        line.addSpacing(6)
        line.addWidget(self._clock)
        self._line = line
        self.setFixedHeight(self.outfit.look.tokens.target.session_bar_height)

    def tell(self, snapshot: Snapshot) -> None:
        """Put words and figures in place."""
        _ = self.outfit.language.gettext
        self.home.setText(_("Home"))
        self.end.setText(_("End…"))
        self.away.setText(_("I step away"))
        can_leave = snapshot.session is not None and snapshot.session.can_step_away
        self.away.setVisible(can_leave and snapshot.shown is Shown.SESSION)
        self.ticket.setText(_("Somebody is waiting"))
        # Only the hub keeps the list.
        is_here = snapshot.contact is Contact.LIVE and snapshot.shown is Shown.SESSION
        self.ticket.setVisible(is_here)
        self._tell_credit(snapshot)
        self.display.setText(_("Display"))
        self.listen.retell()
        self.call.setText(_("Call for help"))
        self._clock.say(self.outfit.teller.phrase(snapshot).clock(snapshot.now))
        if snapshot.session is not None:
            self._tell_time(snapshot, snapshot.session)
        self._fit()

    def _tell_credit(self, snapshot: Snapshot) -> None:
        credit = credit_of(snapshot)
        figure = "" if credit is None else balance_words(self.outfit, snapshot, credit)
        self._has_credit = bool(figure) and snapshot.shown is Shown.SESSION
        self.credit.setText(figure)
        if credit is not None:
            label = label_words(self.outfit, snapshot, credit)
            self.credit.setAccessibleName(f"{label}: {figure}")

    def _tell_time(self, snapshot: Snapshot, session: SessionFace) -> None:
        _ = self.outfit.language.gettext
        phrase = self.outfit.teller.phrase(snapshot)
        is_over = snapshot.shown is Shown.GRACE
        for part in (self.home, self._left_line, self.ring, self._until, self.end):
            part.setVisible(not is_over)
        self._over_mark.setVisible(is_over)
        time = {"time": phrase.time(session.ends_at)}
        if is_over:
            self._minutes.say(_("Session over at %(time)s") % time)
            return
        self.ring.show_time(
            session.remaining_seconds,
            session.total_seconds,
            unit="",
            spoken=self.outfit.teller.spoken_time(snapshot, session),
        )
        self._minutes.say(phrase.duration(session.remaining_seconds))
        self._until.say(_("until %(time)s") % time)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        def apply(level: BarLevel) -> None:
            self.away.set_compact(not level.away)
            self.ticket.set_compact(not level.ticket)
            self.display.set_compact(not level.display)
            self.listen.set_compact(not level.display)
            self.home.set_compact(not level.home)
            self._clock.setVisible(level.clock)
            self._right_line.setVisible(level.clock)
            self.credit.setVisible(self._has_credit and level.credit)
            self.credit.set_icon("wallet" if level.icons else None)
            self.call.set_icon("hand" if level.icons else None)
            self.end.set_icon("log-out" if level.icons else None)

        def fits() -> bool:
            loosen(self._line)
            return self._line.minimumSize().width() <= self.width()

        fit(LEVELS, apply, fits)
