"""What the entries of digits have in common: boxes, a pad, one button, and the way back."""

from abc import abstractmethod

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from kiosk.look.banner import Banner
from kiosk.look.button import Button
from kiosk.look.card import Rule
from kiosk.look.field import Mark
from kiosk.look.keycode import digit_of
from kiosk.look.keypad import Keypad
from kiosk.look.pass_boxes import PassBoxes
from kiosk.look.repeat import UNSTAMPED
from kiosk.look.scroll import ScrollBox
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words
from kiosk.shell.band import Band
from kiosk.shell.layout import (
    LEFT,
    TOP,
    column,
    fit,
    needed_height,
    row,
)
from kiosk.shell.lock_column import LockColumn
from kiosk.shell.lock_frame import REACH, LockFrame
from kiosk.shell.outfit import Outfit
from kiosk.shell.page import Page
from kiosk.shell.tools import LockTools
from kiosk.wire.face import RefusalFace, RefusalRead, Snapshot

SCROLL_BAR = 16
"""What the bar of the page takes where longer words make it scroll."""

HEAD_GAP = 12
"""Between the tools and what scrolls below them, in pixels: no key comes close to a tool."""


class DigitPage(Page):
    """An entry of digits. What was typed leaves it with the visitor, and after a minute.

    Args:
        outfit: what every face wears.
        boxes: for the digits.
        parent: the widget that holds it.

    Signals:
        back_asked: *Retour*.
        left_alone: nobody typed for a minute.
        display_asked: *Affichage*.
    """

    back_asked = Signal()
    left_alone = Signal()
    display_asked = Signal()

    def __init__(self, outfit: Outfit, boxes: PassBoxes, parent: QWidget | None = None) -> None:
        super().__init__(outfit, parent)
        look = outfit.look
        self.column = LockColumn(outfit)
        self.band = Band(outfit)
        self.tools = LockTools(outfit, self.listen_button(), self.call_button())
        self.title = Words(look, "", "h1", rem=2.8, wrap=True)
        self.lead = Words(look, "", "lead", "ink_muted", wrap=True)
        self.banner = Banner(look, "warning", icon="info", rem=1.1)
        self.label = Words(look)
        self.boxes = boxes
        self.label.setBuddy(self.boxes)
        self.ask = Words(look, "", "h3", wrap=True)
        self.who = Words(look, "", "strong", rem=1.1, wrap=True)
        self.when = Words(look, "", "body", "ink_muted", wrap=True)
        self.button = Button(look, "", "primary", size="large", icon="log-in")
        self.pad = Keypad(look, outfit.language, outfit.clock)
        self.back = Button(look, "", "secondary", icon="chevron-left", padding=20)
        self._is_busy = self._refusal_shown = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(1000 * look.tokens.motion.timeouts.pin_entry_idle_s)
        self._connect()
        self._lay_out()
        self.banner.hide()
        look.changed.connect(self._fit)

    def _connect(self) -> None:
        self._idle.timeout.connect(self.left_alone)
        self.boxes.edited.connect(self._on_edited)
        self.boxes.submitted.connect(self._submit)
        self.button.clicked.connect(self._submit)
        self.pad.digit_pressed.connect(self._on_pad_digit)
        self.pad.erase_pressed.connect(self.boxes.erase)
        self.pad.next_pressed.connect(self._submit)
        self.back.clicked.connect(self.back_asked)
        self.tools.display_asked.connect(self.display_asked)

    def _lay_out(self) -> None:
        look = self.outfit.look
        left = column(spacing=0)
        left.addWidget(self.label)
        left.addSpacing(10)
        left.addWidget(self.boxes, 0, LEFT)
        left.addSpacing(28)
        self._help = QWidget()
        helps = row(self._help, spacing=18)
        helps.addWidget(Mark(look, "phone", "primary", 32), 0, TOP)
        told = column(spacing=4)
        for words in (self.ask, self.who, self.when):
            told.addWidget(words)
        helps.addLayout(told, 1)
        left.addWidget(self._help)
        left.addSpacing(28)
        left.addStretch(1)
        left.addWidget(self.button)
        self._entry = row(spacing=56)
        self._entry.addLayout(left, 1)
        self._entry.addWidget(self.pad)
        content = QWidget()
        self._middle = middle = column(content, margins=(REACH, REACH, REACH, REACH))
        middle.addStretch(1)
        middle.addWidget(self.title)
        middle.addSpacing(6)
        middle.addWidget(self.lead)
        middle.addSpacing(24)
        middle.addWidget(self.banner)
        middle.addSpacing(12)
        middle.addLayout(self._entry)
        middle.addStretch(1)
        scroll = ScrollBox(look)
        scroll.set_content(content)
        head = row(margins=(REACH, 0, REACH, 0))
        head.addWidget(self.tools)
        rule = row(margins=(REACH, 0, REACH, 0))
        rule.addWidget(Rule(look))
        foot = row(margins=(REACH, 0, REACH, 0))
        foot.addWidget(self.back)
        foot.addStretch(1)
        self._right = column()
        self._right.addLayout(head)
        self._right.addSpacing(HEAD_GAP)
        self._right.addWidget(scroll, 1)
        self._right.addSpacing(4)
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
        """Wait for a code; nobody who walks away leaves this page up."""
        self._idle.start()
        self._clear()
        self.boxes.setFocus()

    def leave(self) -> None:
        """Forget what was typed."""
        self._idle.stop()
        self._clear()

    def fill(self, digits: str) -> None:
        """Put digits in, as if they had been typed."""
        for digit in digits:
            self.boxes.press_digit(digit)

    def tell(self, snapshot: Snapshot) -> None:
        """Put words and figures in place."""
        _ = self.outfit.language.gettext
        self.column.show_snapshot(snapshot)
        self.band.show_snapshot(snapshot)
        self.tools.retell()
        self.tell_words(snapshot)
        self.back.setText(_("Back"))
        face = snapshot.lock
        self._is_busy = face is not None and face.busy
        self.button.setText(_("Checking…") if self._is_busy else _("Open my session"))
        self.button.set_icon("hourglass" if self._is_busy else "log-in")
        self._tell_refusal(snapshot)
        self._follow()
        self._fit()

    @abstractmethod
    def tell_words(self, snapshot: Snapshot) -> None:
        """Say what is typed here, and where it is to be had."""

    @abstractmethod
    def refused(self, snapshot: Snapshot, refusal: RefusalFace) -> Trouble:
        """Return why what was typed opens nothing."""

    @abstractmethod
    def send(self, digits: str) -> None:
        """Wish for what the digits are for."""

    def name_boxes(self, name: str, count: int) -> None:
        """Say over the boxes what goes into them."""
        digits = self.outfit.language.gettext("(%(count)d digits)") % {"count": count}
        self.label.say_rich(f"<b>{name}</b> {digits}")
        self.boxes.set_spoken(f"{name} {digits}")

    def tell_help(self, ask: str, who: str, when: str) -> None:
        """Say where digits are to be had; nothing where `who` is empty."""
        self._help.setVisible(bool(who))
        self.ask.say(ask)
        self.who.say(who)
        self.when.say(when)
        self.when.setVisible(bool(when))

    def spoken(self) -> list[str]:
        """Return what is asked for, or why not; never a digit of it."""
        said = [self.banner.plain()] if not self.banner.isHidden() else [self.lead.plain()]
        helps = [self.ask.plain(), self.who.plain()] if not self._help.isHidden() else []
        return [self.title.plain(), *said, *helps, self.outfit.teller.button(self.button.text())]

    def _tell_refusal(self, snapshot: Snapshot) -> None:
        refusal = None if snapshot.lock is None else snapshot.lock.refusal
        self.banner.setVisible(refusal is not None)
        if refusal is None:
            self._refusal_shown = False
            return
        told = self.refused(snapshot, refusal)
        self.banner.tell(told.fact, told.rest)
        if not self._refusal_shown:
            self._refusal_shown = True
            self._clear()

    def _clear(self) -> None:
        # What the program empties is not what a hand has typed.
        self.boxes.blockSignals(True)
        self.boxes.clear()
        self.boxes.blockSignals(False)
        self._follow()

    def _on_edited(self) -> None:
        self._idle.start()
        if self._refusal_shown:
            self._refusal_shown = False
            self.wished.emit(RefusalRead())
        self._follow()

    def take_digit(self, digit: str, stamp: int = UNSTAMPED) -> None:
        """Put a digit into the next box; `stamp` is the own time of its event."""
        if not self._is_busy:
            self.boxes.setFocus()
            self.boxes.press_digit(digit, stamp)

    def _on_pad_digit(self, digit: str) -> None:
        self.take_digit(digit, self.pad.stamp)

    def _submit(self) -> None:
        if self.boxes.is_full() and not self._is_busy:
            self.send(self.boxes.code())

    def _follow(self) -> None:
        self.button.setEnabled(self.boxes.is_full() and not self._is_busy)
        self.boxes.setEnabled(not self._is_busy)
        self.pad.setEnabled(not self._is_busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits that came to a button."""
        digit = digit_of(event)
        if digit is not None and not event.isAutoRepeat():
            self.take_digit(digit, event.timestamp())
            event.accept()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        frame = LockFrame.of(self.width(), self.height(), self.outfit.look.theme.text_scale)
        is_wide = frame.is_wide
        self.column.setVisible(not frame.is_banded)
        self.band.setVisible(frame.is_banded)
        self.column.setFixedWidth(frame.column)
        self._right.setContentsMargins(*frame.margins())
        self._foot_gap.setFixedHeight(frame.foot_gap)
        self.tools.fit(frame.room)
        spacing = 56 if is_wide else 24
        self._entry.setSpacing(spacing)
        keys = self.pad.minimumSizeHint().width()
        pad = max(keys, 3 * 128 + 28 if is_wide else 3 * 96 + 28)
        self.pad.setFixedWidth(pad)
        self.boxes.set_room(frame.room - spacing - pad - SCROLL_BAR)
        self.title.set_size(2.8 if frame.is_roomy else 2.2)
        self.title.setVisible(not frame.is_short or self.banner.isHidden())
        self.lead.setVisible(self.banner.isHidden())
        chrome = self.tools.sizeHint().height() + self.back.sizeHint().height()
        chrome += frame.top + HEAD_GAP + 6 + frame.foot_gap + frame.bottom
        chrome += self.band.sizeHint().height() if frame.is_banded else 0
        least = self.pad.minimumSizeHint().height()

        def fits() -> bool:
            return needed_height(self._middle, frame.room + 2 * REACH) <= self.height() - chrome

        # A pad that scrolls out of sight would be no use: its keys become lower before that.
        fit([*range(514, least, -24), least], self.pad.setFixedHeight, fits)
