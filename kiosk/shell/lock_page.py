"""The sign-in: a card, a code, one button (k1)."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.look.banner import Banner, Notice
from kiosk.look.button import Button
from kiosk.look.card import Rule
from kiosk.look.keycode import digit_of
from kiosk.look.scroll import ScrollBox
from kiosk.look.words import Words
from kiosk.rules.slot import Ground as RefusalGround
from kiosk.shell.band import Band
from kiosk.shell.face_banner import FaceBanner
from kiosk.shell.form_level import LEVELS, FormLevel
from kiosk.shell.layout import LARGE, column, fit, needed_height, row
from kiosk.shell.lock_column import LockColumn
from kiosk.shell.lock_form import LockForm
from kiosk.shell.lock_frame import REACH, LockFrame
from kiosk.shell.outfit import Outfit
from kiosk.shell.page import Page
from kiosk.shell.seat_words import SeatStory, gives_tickets, seat_story
from kiosk.shell.tools import LockTools
from kiosk.wire.face import Contact, RefusalRead, Shown, SignInAsked, Snapshot

ROOMY_GAP = 24


class LockPage(Page):
    """The lock. Card and code leave it when a session opens, when it leaves, and after a minute.

    Signals:
        forgotten_asked: *Code oublié ?*
        display_asked: *Affichage*.
        ticket_asked: *Prendre un ticket*.
        places_asked: *Où aller ?*.
        pass_asked: *Je n'ai pas de carte*.
    """

    forgotten_asked = Signal()
    display_asked = Signal()
    ticket_asked = Signal()
    places_asked = Signal()
    pass_asked = Signal()

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit, parent)
        look = outfit.look
        self.column = LockColumn(outfit)
        self.band = Band(outfit)
        self.tools = LockTools(outfit, self.listen_button(), self.call_button())
        self.title = Words(look, "", "h1", rem=2.8, wrap=True)
        self.lead = Words(look, "", "lead", "ink_muted", wrap=True)
        self.banner = Banner(look, "warning", icon="info", rem=1.1)
        self.form = LockForm(outfit)
        self.story = FaceBanner(outfit)
        self.strip = Banner(look, "warning", icon="usb", rem=1.1)
        self.notice = Notice(look)
        self.others = Words(look, "", "strong")
        self.ticket = Button(look, "", "secondary", icon="ticket", padding=20)
        self.no_card = Button(look, "", "secondary", icon="id-card", padding=20)
        self.places = Button(look, "", "quiet", icon="map-pin", padding=14)
        self.forgotten = Button(look, "", "quiet", icon="circle-question-mark", padding=14)
        self._refusal_shown = self._has_note = self._warns = False
        self.form.submitted.connect(self._on_submitted)
        self.form.typed.connect(self._on_typed)
        self.forgotten.clicked.connect(self.forgotten_asked)
        self.ticket.clicked.connect(self.ticket_asked)
        self.places.clicked.connect(self.places_asked)
        self.no_card.clicked.connect(self.pass_asked)
        self.tools.display_asked.connect(self.display_asked)
        self._lay_out()
        self.banner.hide()
        self.strip.hide()
        look.changed.connect(self._fit)

    def _lay_out(self) -> None:
        look = self.outfit.look
        content = QWidget()
        # The content reaches out of its place on every side, for the rings of what stands at its
        # edge would be cut where it scrolls.
        self._middle = column(content, margins=(REACH, REACH, REACH, REACH))
        self._middle.addStretch(1)
        self._middle.addWidget(self.story)
        self._strip_gap = QWidget()
        self._middle.addWidget(self._strip_gap)
        self._middle.addWidget(self.strip)
        self._middle.addWidget(self.title)
        self._middle.addSpacing(6)
        self._middle.addWidget(self.lead)
        self._gap = QWidget()
        self._middle.addWidget(self._gap)
        self._middle.addWidget(self.banner)
        self._gap_below = QWidget()
        self._middle.addWidget(self._gap_below)
        self._middle.addWidget(self.form)
        self._middle.addStretch(1)
        self._content = content
        self._scroll = ScrollBox(look)
        self._scroll.set_content(content)
        foot = row(spacing=16, margins=(REACH, 0, REACH, 0))
        foot.addWidget(self.no_card)
        foot.addWidget(self.notice, 1)
        foot.addWidget(self.others)
        foot.addWidget(self.ticket)
        foot.addStretch(0)
        foot.addWidget(self.places)
        foot.addWidget(self.forgotten)
        self._right = column()
        head = row(margins=(REACH, 0, REACH, 0))
        head.addWidget(self.tools)
        self._right.addLayout(head)
        self._right.addWidget(self._scroll, 1)
        self._rule_gap = QWidget()
        self._right.addWidget(self._rule_gap)
        rule = row(margins=(REACH, 0, REACH, 0))
        rule.addWidget(Rule(look))
        self._right.addLayout(rule)
        self._foot_gap = QWidget()
        self._right.addWidget(self._foot_gap)
        self._right.addLayout(foot)
        line = row()
        line.addWidget(self.column)
        line.addLayout(self._right, 1)
        whole = column(self)
        whole.addWidget(self.band)
        whole.addLayout(line, 1)

    def display_button(self) -> Button:
        """Return the one beside the text size."""
        return self.tools.display

    def enter(self) -> None:
        """Wait for a card."""
        self.form.begin()

    def leave(self) -> None:
        """Forget what was typed."""
        self.form.forget()

    def tell(self, snapshot: Snapshot) -> None:
        """Put words and figures in place."""
        _ = self.outfit.language.gettext
        self.column.show_snapshot(snapshot)
        self.band.show_snapshot(snapshot)
        self.tools.retell()
        self.title.say(_("Hello"))
        self.lead.say(_("Sign in to open your session."))
        story = seat_story(self.outfit, snapshot)
        self.story.tell(story)
        self._warns = story is not None and story.warns
        self.form.show_story(story)
        self._tell_ticket(snapshot, story)
        self._has_note = story is not None and bool(story.note)
        if story is not None and story.note:
            self.notice.tell(story.note)
        elif snapshot.windowed:
            self.notice.tell(
                _("What you open from here is closed and erased at the end of the session.")
            )
        else:
            self.notice.tell(_("Everything is erased at the end. Keep your work on a USB key."))
        self.forgotten.setText(_("Forgot your code?"))
        self.places.setText(_("Where to go?"))
        face = snapshot.lock
        needs_code = face is None or not face.card_alone
        self.form.ask_code(needs_code)
        self.forgotten.setVisible(needs_code)
        self.form.show_busy(face is not None and face.busy)
        self._tell_refusal(snapshot)
        self._fit()

    def _tell_ticket(self, snapshot: Snapshot, story: SeatStory | None) -> None:
        _ = self.outfit.language.gettext
        gives = story is not None and gives_tickets(snapshot)
        self.no_card.setText(_("I have no card"))
        self.ticket.setVisible(gives)
        self.ticket.setText(_("Take a ticket"))
        self.others.say("" if story is None else story.others)

    def _guides(self, *, roomy: bool) -> bool:
        """Tell whether *Où aller ?* stands here: where this seat is not to be had, or has room."""
        snapshot = self.snapshot
        if snapshot is None or snapshot.shown is not Shown.LOCK:
            return False
        if snapshot.contact is not Contact.LIVE:
            return False
        # On a small screen a ticket goes first.
        needs = not self.outfit.teller.offer(snapshot).open_ and self.ticket.isHidden()
        return (roomy and self.ticket.isHidden()) or needs

    def spoken(self) -> list[str]:
        """Return what is asked for, and why not before that; never a digit of it."""
        snapshot = self.snapshot
        if snapshot is None:
            return []
        refusal = None if snapshot.lock is None else snapshot.lock.refusal
        offer = self.outfit.teller.offer(snapshot)
        state = [offer.title, offer.sentence] if refusal is None else [self.banner.plain()]
        if self.story.is_told():
            told = self.story.plain() if refusal is None else [*self.story.plain()[:1], *state]
            note = [self.notice.plain()] if self._has_note else []
            return [*told, *note, *self.form.spoken()]
        return [self.title.plain(), *state, *self.form.spoken()]

    def _note(self) -> str:
        """Return what has happened, for where the foot has no room for it."""
        return self.notice.plain() if self._has_note else ""

    def _tell_refusal(self, snapshot: Snapshot) -> None:
        refusal = None if snapshot.lock is None else snapshot.lock.refusal
        self.banner.setVisible(refusal is not None)
        if refusal is None:
            self._refusal_shown = False
            return
        told = self.outfit.teller.sign_in_refusal(snapshot, refusal)
        self.banner.tell(told.fact, told.rest)
        if not self._refusal_shown:
            self._refusal_shown = True
            # After a mismatch both may be wrong: the card stays to be looked at, masked.
            self.form.refuse(keep_card=refusal.ground is RefusalGround.WRONG_CARD_OR_CODE)

    def _on_typed(self) -> None:
        if self._refusal_shown:
            self._refusal_shown = False
            self.wished.emit(RefusalRead())

    def _on_submitted(self, card: str, pin: str) -> None:
        self.wished.emit(SignInAsked(card=card, pin=pin or None))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits that came to a button: a card may be passed at any moment."""
        digit = digit_of(event)
        if digit is not None and not event.isAutoRepeat():
            self.form.take_digit(digit, event.timestamp())
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        frame = LockFrame.of(self.width(), self.height(), self.outfit.look.theme.text_scale)
        is_wide, roomy = frame.is_wide, frame.is_roomy
        is_large = self.outfit.look.theme.text_scale >= LARGE
        self.column.setVisible(not frame.is_banded)
        self.band.setVisible(frame.is_banded)
        self.column.setFixedWidth(frame.column)
        self._right.setContentsMargins(*frame.margins())
        self._foot_gap.setFixedHeight(frame.foot_gap)
        self._rule_gap.setFixedHeight(4 if frame.is_short else 24)
        self.tools.fit(frame.room)
        # Beside a button with a whole sentence on it the words have room on a wide screen only.
        # What has happened is said in the place of the words.
        has_words = roomy and not self.ticket.isHidden() and not self._has_note
        self.others.setVisible(has_words)
        self.places.setVisible(self._guides(roomy=roomy))
        gives = not self.ticket.isHidden()
        self.notice.setVisible(roomy and (self._has_note or not gives))
        # Beside a ticket there is room for the picture only; on a small screen also beside the way.
        self.no_card.set_compact(gives or (not roomy and not self.places.isHidden()))
        self.form.set_room(frame.room, wide=is_wide)
        # Large words leave one line to what is lost, and none to what happened.
        has_line = not roomy and self.outfit.look.theme.text_scale <= 1
        if self._warns:
            self.strip.tell(self.story.plain()[1], "" if roomy else self._note())

        def apply(level: FormLevel) -> None:
            has_banner = not self.banner.isHidden()
            has_story = self.story.is_told()
            has_strip = self._warns and level.title and not has_banner
            self.story.arrange(
                roomy=level.roomy and level.picture and roomy,
                slim=not level.title,
                yields=not level.title and has_banner,
                worded=not has_strip,
                note="" if has_strip or not has_line else self._note(),
            )
            self._strip_gap.setFixedHeight(16 if has_strip else 0)
            self.strip.setVisible(has_strip)
            self.title.setVisible(level.title and not has_story)
            self.title.set_size(2.8 if level.roomy and not is_large else 2.2)
            self.lead.setVisible(level.lead and not has_banner and not has_story)
            lead_gap = 34 if not is_large and level.gap >= ROOMY_GAP else 22
            self._gap.setFixedHeight(lead_gap if level.roomy else 12)
            self._gap_below.setFixedHeight((24 if level.roomy else 16) if has_banner else 0)
            self.form.arrange(level, has_banner=has_banner)

        def fits() -> bool:
            self._right.invalidate()
            foot = max(self.forgotten.sizeHint().height(), self.ticket.sizeHint().height())
            chrome = self.tools.sizeHint().height() + foot
            chrome += frame.top + self._rule_gap.height() + 2 + frame.foot_gap + frame.bottom
            chrome += self.band.sizeHint().height() if frame.is_banded else 0
            return needed_height(self._middle, frame.room + 2 * REACH) <= self.height() - chrome

        # Beside a narrow column the largest fields would look heavy, room for them or not.
        fit(LEVELS[0 if is_wide else 1 :], apply, fits)
