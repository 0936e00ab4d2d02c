"""A program is open: the bar above, its warnings below it, and the program in its own window."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.look.button import Button
from kiosk.look.scroll import ScrollBox
from kiosk.look.words import Words
from kiosk.shell.bar import SessionBar
from kiosk.shell.grace_line import GraceLine
from kiosk.shell.help_page import Plate
from kiosk.shell.layout import CENTRE, column
from kiosk.shell.outfit import Outfit
from kiosk.shell.page import Page
from kiosk.shell.warning_line import WarningLine
from kiosk.wire.face import AwayAsked, Shown, Snapshot


class SessionPage(Page):
    """Bar, line, and in windowed mode a calm page where the program would be.

    Signals:
        home_asked: *Accueil*.
        end_asked: *Terminer…*
        display_asked: *Affichage*.
        options_asked: *Que puis-je faire ?*
        ticket_asked: *Quelqu'un attend*.
        credit_asked: the balance.
    """

    home_asked = Signal()
    end_asked = Signal()
    display_asked = Signal()
    options_asked = Signal()
    ticket_asked = Signal()
    credit_asked = Signal()

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit, parent)
        look = outfit.look
        self.bar = SessionBar(outfit)
        self.line = WarningLine(outfit)
        self.grace = GraceLine(outfit)
        self._plate = Plate(look, "monitor", "internet", 120)
        self._title = Words(look, "", "h1", align=CENTRE, wrap=True)
        self._text = Words(look, "", "lead", "ink_muted", align=CENTRE, wrap=True)
        self.back = Button(look, "", "secondary", icon="house")
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.bar.wished.connect(self.wished)
        self.bar.home_asked.connect(self.home_asked)
        self.bar.end_asked.connect(self.end_asked)
        self.bar.display_asked.connect(self.display_asked)
        self.bar.ticket_asked.connect(self.ticket_asked)
        self.bar.away_asked.connect(self._on_away)
        self.bar.credit.clicked.connect(self.credit_asked)
        self.line.wished.connect(self.wished)
        self.line.options_asked.connect(self.options_asked)
        self.line.keyboard_left.connect(self.bar.home.setFocus)
        self.grace.wished.connect(self.wished)
        self.back.clicked.connect(self.home_asked)

    def _on_away(self) -> None:
        self.wished.emit(AwayAsked())

    def _lay_out(self) -> None:
        content = QWidget()
        middle = column(content, margins=(64, 24, 64, 24))
        middle.addStretch(2)
        middle.addWidget(self._plate, 0, CENTRE)
        middle.addSpacing(28)
        middle.addWidget(self._title)
        middle.addSpacing(10)
        middle.addWidget(self._text)
        middle.addSpacing(32)
        middle.addWidget(self.back, 0, CENTRE)
        middle.addStretch(3)
        self._body = ScrollBox(self.outfit.look)
        self._body.set_content(content)
        whole = column(self)
        whole.addWidget(self.bar)
        whole.addWidget(self.line)
        whole.addWidget(self.grace)
        whole.addWidget(self._body, 1)
        # Without the body the bar and its line stay as high as they are.
        whole.addStretch(0)

    def strip_height(self) -> int:
        """Return how much of the screen the bar takes with its second line, in pixels."""
        parts = [part for part in (self.bar, self.line, self.grace) if not part.isHidden()]
        return max((part.geometry().bottom() + 1 for part in parts), default=0)

    def display_button(self) -> Button:
        """Return the one of the bar."""
        return self.bar.display

    def enter(self) -> None:
        """Give the keyboard to the way home, or in the grace to what saves time."""
        if self.grace.isHidden():
            self.bar.home.setFocus()
        elif not self.grace.renew.isHidden():
            self.grace.renew.setFocus()
        else:
            self.bar.call.setFocus()

    def spoken(self) -> list[str]:
        """Return the time left, or in the grace how long one may save."""
        if not self.grace.isHidden():
            return self.grace.spoken()
        line = [] if self.line.isHidden() else self.line.spoken()
        home = [] if line else [self.outfit.teller.button(self.bar.home.text())]
        return [
            self._title.plain(),
            self._text.plain(),
            self.bar.ring.accessibleName(),
            *line,
            *home,
        ]

    def tell(self, snapshot: Snapshot) -> None:
        """Put words and figures in place."""
        session = snapshot.session
        if session is None:
            return
        _ = self.outfit.language.gettext
        is_over = snapshot.shown is Shown.GRACE
        self.bar.show_snapshot(snapshot)
        self.grace.setVisible(is_over)
        if is_over:
            self.line.hide()
            self.grace.show_session(snapshot, session)
            self._title.say(_("Save your work now"))
            self._text.say(_("What is not on a USB key or sent by mail is erased at the end."))
            self._plate.show_icon("download", "files")
        else:
            self.line.show_session(snapshot, session)
            self._title.say(_("Your program is open in a window of its own"))
            self._text.say(_("This bar stays here: your time, the end, and help."))
            self._plate.show_icon("monitor", "internet")
        self._body.setVisible(snapshot.windowed)
        self.back.setText(_("See what else you can do"))
        self.back.setVisible(not is_over)
