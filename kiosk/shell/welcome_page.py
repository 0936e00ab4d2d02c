"""The house's rules and who keeps what, on one screen, to somebody who never sat before.

Four things to know, and one button. Nothing else can be done here but to end or to call: the
session goes on behind it.
"""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from kiosk.look.button import Button
from kiosk.look.card import Card
from kiosk.look.scroll import ScrollBox
from kiosk.look.words import Words
from kiosk.shell.help_page import Topic
from kiosk.shell.layout import LARGE, LEFT, NARROW, SHORT, WIDE, column, needed_height, row
from kiosk.shell.outfit import Outfit
from kiosk.shell.page import Page
from kiosk.wire.face import SessionFace, Snapshot
from kiosk.wire.welcome import HouseRulesRead, TrialAsked

MINUTE = 60
WIDEST = 1480
"""No line of the rules becomes longer than the eye follows: the content is so wide at most."""


class WelcomePage(Page):
    """The page.

    Signals:
        display_asked: *Affichage*.
    """

    display_asked = Signal()

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit, parent)
        look = outfit.look
        self._place = Words(look, "", "strong", "ink_muted", wrap=True)
        self.display = Button(look, "", "tool", icon="a-large-small")
        self.listen = self.listen_button()
        self.call = self.call_button()
        self._title = Words(look, "", "h1", rem=2.6, wrap=True)
        self._lead = Words(look, "", "lead", "ink_muted", wrap=True)
        self._time = Topic(look, "timer", "internet")
        self._work = Topic(look, "usb", "files")
        self._print = Topic(look, "printer", "write")
        self._house = Topic(look, "scroll-text", "help")
        self._privacy = Topic(look, "shield-check", "write")
        self.begin = Button(look, "", "primary", size="main", icon="check")
        self.attempt = Button(look, "", "secondary", size="main", icon="lightbulb")
        self._counts = Words(look, "", "body", "ink_muted", wrap=True)
        self.display.clicked.connect(self.display_asked)
        self.attempt.clicked.connect(self._on_try)
        self.begin.clicked.connect(self._on_begin)
        self._lay_out()
        look.changed.connect(self._fit)

    def _lay_out(self) -> None:
        look = self.outfit.look
        self._head = row(spacing=16)
        self._head.addWidget(self._place, 1)
        self._head.addWidget(self.display)
        self._head.addWidget(self.listen)
        self._head.addWidget(self.call)
        self._card = Card(look)
        self._topics = QGridLayout(self._card)
        self._topics.setColumnStretch(0, 1)
        self._topics.setColumnStretch(1, 1)
        self._all = (self._time, self._work, self._print, self._privacy, self._house)
        places = self._all[:4]
        for place, topic in enumerate(places):
            self._topics.addWidget(topic, place // 2, place % 2)
        self._topics.addWidget(self._house, 2, 0, 1, 2)
        content = QWidget()
        self._middle = column(content)
        self._middle.addWidget(self._title)
        self._middle.addSpacing(4)
        self._middle.addWidget(self._lead)
        self._gap = QWidget()
        self._middle.addWidget(self._gap)
        self._middle.addWidget(self._card)
        self._scroll = ScrollBox(look)
        self._scroll.set_content(content)
        self._foot = row(spacing=20)
        self._foot.addWidget(self.begin, 0, LEFT)
        self._foot.addWidget(self.attempt)
        self._foot.addWidget(self._counts, 1)
        self._foot.addStretch(0)
        self._whole = column(self)
        self._whole.addLayout(self._head)
        self._whole.addStretch(2)
        # It takes what it needs; only what is left becomes air.
        self._whole.addWidget(self._scroll, 1000)
        self._foot_gap = QWidget()
        self._whole.addWidget(self._foot_gap)
        self._whole.addLayout(self._foot)
        self._whole.addStretch(3)

    def display_button(self) -> Button:
        """Return the one at the top."""
        return self.display

    def enter(self) -> None:
        """Give the keyboard to what goes on."""
        self.begin.setFocus()

    def tell(self, snapshot: Snapshot) -> None:
        """Put words and figures in place."""
        session = snapshot.session
        if session is None or session.welcome is None:
            return
        _ = self.outfit.language.gettext
        name, rules = session.first_name, session.welcome.rules
        self._place.say(self.outfit.teller.place(snapshot))
        self.display.setText(_("Display"))
        self.listen.retell()
        self.call.setText(_("Call for help"))
        self._title.say(_("Welcome %(name)s") % {"name": name} if name else _("Welcome"))
        self._lead.say(_("It is your first time here. This is good to know."))
        self._time.tell(_("Your time"), self._time_words(snapshot, session))
        self._tell_work(snapshot)
        self._print.tell(
            _("Printing"),
            _("The price is shown before you print. You pay only for the pages that come out."),
        )
        self._privacy.tell(_("Your privacy"), self._privacy_words(snapshot))
        self._house.setVisible(bool(rules))
        self._house.tell(_("The rules of this place"), rules)
        self.begin.setText(_("I have understood"))
        self._tell_trial(session.welcome.trial_seconds // MINUTE)
        self._fit()

    def _tell_trial(self, minutes: int) -> None:
        _, ngettext = self.outfit.language.gettext, self.outfit.language.ngettext
        if minutes == 0 and self.attempt.hasFocus():
            # Somebody waits by now: the keyboard goes to what is still there.
            self.begin.setFocus()
        self.attempt.setVisible(minutes > 0)
        said = ngettext(
            "Try without risk (%(count)d minute)", "Try without risk (%(count)d minutes)", minutes
        )
        self.attempt.setText(said % {"count": minutes})
        counted = _("Nothing of it is counted.")
        self._counts.say(counted)
        self.attempt.setAccessibleDescription(counted)

    def _time_words(self, snapshot: Snapshot, session: SessionFace) -> str:
        _ = self.outfit.language.gettext
        phrase = self.outfit.teller.phrase(snapshot)
        until = {"time": phrase.time(session.ends_at)}
        if session.limit is not None:
            return (
                _("It is yours until %(time)s. The minutes left are always on the screen.") % until
            )
        told = _("It is yours until %(time)s. You can renew it while nobody needs the seat.")
        return told % until

    def _tell_work(self, snapshot: Snapshot) -> None:
        _ = self.outfit.language.gettext
        if snapshot.windowed:
            told = _(
                "What you open from here is erased at the end; the rest of this computer "
                "is not. Keep your work on a USB key."
            )
        else:
            told = _("Everything is erased at the end. Keep your work on a USB key, or print it.")
        self._work.tell(_("Your work"), told)

    def _privacy_words(self, snapshot: Snapshot) -> str:
        _ = self.outfit.language.gettext
        unseen = _("What you do here is not kept.")
        kept = _("Only your card, the seat and the time are kept, for one year.")
        if snapshot.town:
            told = _("%(town)s keeps only your card, the seat and the time, for one year.")
            kept = told % {"town": snapshot.town}
        return f"{unseen} {kept}"

    def spoken(self) -> list[str]:
        """Return all that is to be known, and the button; the name of whoever is here is not."""
        _ = self.outfit.language.gettext
        topics = (topic for topic in self._all if not topic.isHidden())
        return [
            _("Welcome"),
            self._lead.plain(),
            *(topic.spoken() for topic in topics),
            self.outfit.teller.button(self.begin.text()),
            *self._spoken_trial(),
        ]

    def _spoken_trial(self) -> list[str]:
        if self.attempt.isHidden():
            return []
        return [self.outfit.teller.button(self.attempt.text()), self._counts.plain()]

    def _on_begin(self) -> None:
        self.wished.emit(HouseRulesRead())

    def _on_try(self) -> None:
        self.wished.emit(TrialAsked())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width, height = self.width(), self.height()
        is_large = self.outfit.look.theme.text_scale >= LARGE
        is_wide = width >= WIDE and not is_large
        is_short = height < SHORT
        tight = is_short and is_large
        side = max(64 if width >= WIDE else 40, (width - WIDEST) // 2)
        self._head.setContentsMargins(side, 40 if is_wide else 24, side, 8)
        self._middle.setContentsMargins(side, 4, side, 4)
        self._foot.setContentsMargins(side, 0, side, 12 if is_short else 24)
        self._foot_gap.setFixedHeight(40 if is_wide else 8 if is_short else 24)
        self._title.set_size(3.4 if is_wide else 1.6 if tight else 2.0 if is_short else 2.4)
        self._lead.set_size(1.5 if is_wide else 1.1)
        self._lead.setVisible(not tight)
        self._gap.setFixedHeight(40 if is_wide else 8 if is_short else 16 if is_large else 20)
        inside = 48 if is_wide else 16 if is_short else 28
        self._topics.setContentsMargins(inside + 4, inside, inside + 4, inside)
        self._topics.setHorizontalSpacing(64 if is_wide else 28)
        self._topics.setVerticalSpacing(
            44 if is_wide else 8 if tight else 12 if is_short or is_large else 20
        )
        for topic in self._all:
            topic.set_size(1.3 if is_wide else 1.0 if is_large else 1.1, has_plate=not tight)
        # Large words leave it no room; the name of the button says as much.
        self._counts.setVisible(not self.attempt.isHidden() and not is_large)
        for button in (self.begin, self.attempt):
            button.setFixedHeight(76 if is_short else 92)
        self.call.set_compact(width < NARROW and is_large)
        self._scroll.setMaximumHeight(needed_height(self._middle, width))
