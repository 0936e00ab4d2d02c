"""Two minutes are left: go on with one press, or what else can be done (k4, k4b)."""

from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from kiosk.look.banner import Banner, Notice
from kiosk.look.button import Button
from kiosk.look.card import Card
from kiosk.look.dialog import Dialog, Edges
from kiosk.look.ring import Ring
from kiosk.look.token import TintName
from kiosk.look.words import Words
from kiosk.rules.slot import Ground
from kiosk.rules.warning import Stage
from kiosk.shell.help_page import Plate
from kiosk.shell.layout import LARGE, NARROW, WIDE, column, row
from kiosk.shell.outfit import Outfit
from kiosk.shell.question import is_over
from kiosk.shell.ticket_words import ticket_words
from kiosk.shell.warning_line import renew_words
from kiosk.wire.face import RenewalStage, SessionFace, Snapshot, TicketStage

RENEW, DECLINE, LATER = "renew", "decline", "later"
MERCY, UNDERSTOOD = "mercy", "understood"
FULL_SECONDS = 120
"""A grace of so many seconds fills the ring."""


def show_ring(outfit: Outfit, ring: Ring, snapshot: Snapshot, session: SessionFace) -> None:
    """Put the time left into the ring of a dialog."""
    left, whole = session.remaining_seconds, session.total_seconds
    spoken = outfit.teller.spoken_time(snapshot, session)
    if is_over(snapshot, session):
        left = session.grace_remaining_seconds
        whole = max(left, FULL_SECONDS)
        spoken = end_words(outfit, snapshot, session)
    minutes = -(-left // 60)
    unit = outfit.language.ngettext("minute", "minutes", minutes)
    ring.show_time(left, whole, unit=unit, spoken=spoken)


def end_words(outfit: Outfit, snapshot: Snapshot, session: SessionFace) -> str:
    """Return how long the session goes on, or that it is over."""
    teller = outfit.teller
    if is_over(snapshot, session):
        return teller.over(snapshot, session)
    return teller.left(snapshot, session)


class OfferDialog(Dialog):
    """The seat is free: *Prolonger* has the focus, Escape leaves everything as it is."""

    def __init__(self, outfit: Outfit, parent: QWidget) -> None:
        look = outfit.look
        super().__init__(look, outfit.guard, parent, edges=Edges(68, 60, 56, 52))
        self._outfit = outfit
        self._ring = Ring(look, 268)
        self._title = Words(look, "", "h1", rem=2.3, wrap=True)
        self._until = Words(look, "", "lead", "ink_muted", wrap=True)
        self._banner = Banner(look, "success", rem=1.15, roomy=True)
        self._notice = Notice(look)
        self.renew = Button(look, "", "primary", size="main", icon="timer")
        self.decline = Button(look, "", "quiet", size="main")
        line = row(spacing=64)
        line.addWidget(self._ring)
        told = column(spacing=14)
        told.addStretch(1)
        told.addWidget(self._title)
        told.addWidget(self._until)
        told.addSpacing(12)
        told.addWidget(self._banner)
        told.addStretch(1)
        line.addLayout(told, 1)
        self.body.addLayout(line)
        self.body.addWidget(self._notice)
        self.add_answer(self.renew, RENEW, safe=True, stretch=1)
        self.add_answer(self.decline, DECLINE)
        self.escape_means(LATER)

    def spoken(self) -> list[str]:
        """Return the time left, the offer, and the button that takes it."""
        said = [self._title.plain(), self._until.plain(), self._banner.plain()]
        if not self._notice.isHidden():
            said.append(self._notice.plain())
        return [*said, self._outfit.teller.button(self.renew.text())]

    def tell(self, snapshot: Snapshot, session: SessionFace) -> None:
        """Say how long one may stay."""
        _ = self._outfit.language.gettext
        teller = self._outfit.teller
        phrase = teller.phrase(snapshot)
        self._ring.set_size(268 if self._face.width() >= WIDE else 180)
        show_ring(self._outfit, self._ring, snapshot, session)
        over = is_over(snapshot, session)
        self._title.say(end_words(self._outfit, snapshot, session).rstrip("."))
        ends = f"<b>{escape(phrase.time(session.ends_at))}</b>"
        told = escape(_("Your session ends at %(time)s.") % {"time": "\0"})
        saves = escape(teller.still_to_save(snapshot, session))
        self._until.say_rich(saves if over else told.replace("\0", ends))
        self._banner.tell(*self._offer(snapshot, session))
        self._notice.setVisible(session.renewal.by_itself)
        self._notice.tell(_("If you are at work, your session goes on by itself."))
        self.renew.setText(renew_words(self._outfit, snapshot, session))
        self.decline.setText(_("No thank you"))
        told = teller.spoken_time(snapshot, session)
        self.set_spoken(end_words(self._outfit, snapshot, session) if over else told)

    def _offer(self, snapshot: Snapshot, session: SessionFace) -> tuple[str, str]:
        _ = self._outfit.language.gettext
        phrase = self._outfit.teller.phrase(snapshot)
        renewal = session.renewal
        if renewal.stage is RenewalStage.ASKING:
            return _("We are asking for your renewal…"), ""
        fact = _("Your seat is free.")
        if renewal.until is None:
            return fact, ""
        seconds = round((renewal.until - session.ends_at).total_seconds())
        # The two ends were taken at the same instant; a second is rounding, not time.
        duration = phrase.long_duration(60 * round(seconds / 60))
        if renewal.limit is Ground.CLOSING and renewal.limit_at is not None:
            said = {"duration": duration, "time": phrase.time(renewal.limit_at)}
            return fact, _("You can stay %(duration)s more; the room closes at %(time)s.") % said
        return fact, _("You can stay %(duration)s more.") % {"duration": duration}


class Option(Card):
    """One thing that can be done; with a button where it can be done from here."""

    def __init__(
        self, outfit: Outfit, icon: str, tint: TintName, parent: QWidget | None = None
    ) -> None:
        look = outfit.look
        super().__init__(look, "outlined", parent)
        self._title = Words(look, "", "h3", rem=1.35, wrap=True)
        self._text = Words(look, "", "body", "ink_muted", line=1.35, wrap=True, even=True)
        self.button = Button(look, "", "secondary", padding=14)
        head = row(spacing=20)
        head.addWidget(Plate(look, icon, tint, 76))
        head.addWidget(self._title, 1)
        whole = column(self, spacing=20, margins=(30, 30, 30, 28))
        whole.addLayout(head)
        whole.addWidget(self._text)
        whole.addStretch(1)
        whole.addWidget(self.button)

    def plain(self) -> str:
        """Return what can be done."""
        return f"{self._title.plain()}. {self._text.plain()}"

    def tell(self, title: str, text: str, button: str = "") -> None:
        """Say it; without a word on it there is no button."""
        self._title.say(title)
        self._text.say(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))


class OptionsDialog(Dialog):
    """The session cannot be renewed: the ground, and what can be done (k4b).

    Signals:
        launch_asked: the id of an application that helps to keep the work.
        turn_asked: *Prendre mon tour*; the dialog stays, and tells the ticket.
    """

    launch_asked = Signal(str)
    turn_asked = Signal()

    def __init__(self, outfit: Outfit, parent: QWidget) -> None:
        look = outfit.look
        super().__init__(look, outfit.guard, parent, width=1520, edges=Edges(64, 48, 46, 34))
        self._outfit = outfit
        self._ring = Ring(look, 200)
        self._title = Words(look, "", "h1", rem=2.3, wrap=True)
        self._ground = Words(look, "", "lead", "ink_muted", wrap=True)
        self._keep = Option(outfit, "download", "files")
        self._send = Option(outfit, "globe", "internet")
        self._return = Option(outfit, "history", "learn")
        self._notice = Notice(look)
        self.close_button = Button(look, "", "primary", size="large", padding=72)
        self.no_thanks = Button(look, "", "quiet", size="large")
        self.mercy = Button(look, "", "primary", size="large", icon="timer")
        head = row(spacing=52)
        head.addWidget(self._ring)
        told = column(spacing=14)
        told.addStretch(1)
        told.addWidget(self._title)
        told.addWidget(self._ground)
        told.addStretch(1)
        head.addLayout(told, 1)
        self._options = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._options.setSpacing(24)
        for option in (self._keep, self._send, self._return):
            self._options.addWidget(option, 1)
        self.body.setSpacing(36)
        self.body.addLayout(head)
        self.body.addLayout(self._options)
        self.answers.addWidget(self._notice, 1)
        self.add_answer(self.close_button, UNDERSTOOD, safe=True, escape=True)
        self.add_answer(self.no_thanks, UNDERSTOOD)
        self.add_answer(self.mercy, MERCY)
        self.adopt(self._keep.button, "files")
        self.adopt(self._send.button, "internet")
        self.turn = self._return.button
        self.turn.clicked.connect(self.turn_asked)
        self.answered.connect(self._on_answered)

    def spoken(self) -> list[str]:
        """Return the ground, the ways out, and the button that closes."""
        ways = [one.plain() for one in (self._keep, self._send, self._return) if not one.isHidden()]
        first = self.close_button if self.mercy.isHidden() else self.mercy
        button = self._outfit.teller.button(first.text())
        return [self._title.plain(), self._ground.plain(), *ways, button]

    def tell(self, snapshot: Snapshot, session: SessionFace) -> None:
        """Say the ground and the ways out."""
        _ = self._outfit.language.gettext
        teller = self._outfit.teller
        width = self._face.width()
        self._ring.set_size(200 if width >= WIDE else 140)
        direction = QBoxLayout.Direction
        self._options.setDirection(
            direction.LeftToRight if width >= NARROW else direction.TopToBottom
        )
        show_ring(self._outfit, self._ring, snapshot, session)
        left = end_words(self._outfit, snapshot, session)
        self._title.say(left.rstrip("."))
        refusal = session.renewal.refusal
        ground = escape(teller.ground(snapshot, refusal))
        then = escape(_("This session cannot be renewed. Here is what you can do."))
        once = self._tell_mercy(snapshot, session)
        self._ground.say_rich(f"<b>{ground}</b><br>{then} {escape(once)}".strip())
        can_open = session.applications
        self._keep.tell(
            _("Keep my work"),
            _("Save it in your program, then copy it to a USB key."),
            _("Open my files") if "files" in can_open else "",
        )
        self._send.setVisible("internet" in can_open)
        self._send.tell(
            _("Send it to myself"),
            _("Send your documents to your own mail address."),
            _("Open Internet"),
        )
        self._tell_return(snapshot, session)
        self.close_button.setText(_("I understand"))
        self.no_thanks.setText(_("No thank you"))
        self.set_spoken(f"{left} {teller.ground(snapshot, refusal)}")

    def _tell_return(self, snapshot: Snapshot, session: SessionFace) -> None:
        """Offer a ticket where others wait, then tell it."""
        _ = self._outfit.language.gettext
        title, refusal = _("Come back later"), session.renewal.refusal
        ticket = snapshot.ticket if snapshot.ticket and snapshot.ticket.of_sitter else None
        waits = refusal is not None and refusal.ground is Ground.WAITING
        if ticket is None and not (waits and session.can_take_turn):
            self._return.tell(title, self._outfit.teller.what_then(snapshot, refusal))
            return
        if ticket is None:
            self._return.tell(title, _("Take a ticket: we keep your turn."), _("Take my turn"))
        elif ticket.stage is TicketStage.ASKING:
            self._return.tell(title, _("We are asking for your ticket…"))
        else:
            self._return.tell(*ticket_words(self._outfit, snapshot, ticket))

    def _tell_mercy(self, snapshot: Snapshot, session: SessionFace) -> str:
        """Offer the minutes of mercy; return what its notice has no room for."""
        _ = self._outfit.language.gettext
        until = session.renewal.mercy_until
        has_mercy = until is not None and session.stage is Stage.TWO
        self.close_button.setVisible(not has_mercy)
        self.no_thanks.setVisible(has_mercy)
        self.mercy.setVisible(has_mercy)
        self.begin_at(self.mercy if has_mercy else self.close_button)
        saved = _("After the end you still have a moment to save.")
        if is_over(snapshot, session):
            saved = self._outfit.teller.still_to_save(snapshot, session)
        if until is None or not has_mercy:
            self._notice.show()
            self._notice.tell(saved)
            return ""
        phrase = self._outfit.teller.phrase(snapshot)
        seconds = (until - session.ends_at).total_seconds()
        duration = phrase.long_duration(60 * max(1, round(seconds / 60)))
        said = {"duration": duration, "time": phrase.time(until)}
        self.mercy.setText(_("%(duration)s more, until %(time)s") % said)
        once = _("The %(duration)s more are given only once.") % said
        has_room = self._face.width() >= WIDE and self._outfit.look.theme.text_scale < LARGE
        self._notice.setVisible(has_room)
        self._notice.tell(f"{once} {saved}")
        return "" if has_room else once

    def _on_answered(self, name: str) -> None:
        if name in {"files", "internet"}:
            self.launch_asked.emit(name)
