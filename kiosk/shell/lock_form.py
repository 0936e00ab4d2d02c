"""Card, code and keypad of the lock; what is typed lives here and nowhere else."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QWidget

from kiosk.look.button import Button
from kiosk.look.card_picture import CardPicture
from kiosk.look.field import Field
from kiosk.look.keycode import digit_of
from kiosk.look.keypad import Keypad
from kiosk.look.pin import PinBoxes
from kiosk.look.repeat import UNSTAMPED
from kiosk.look.words import Words
from kiosk.shell.form_level import FormLevel
from kiosk.shell.layout import LARGE, LEFT, column, loosen, row
from kiosk.shell.outfit import Outfit
from kiosk.shell.scan import END_WAIT_MS, ScanReader
from kiosk.shell.seat_words import SeatStory

PIN_LENGTH = 4
LEAST_CARD = 4
LONGEST_CARD = 20
VISIBLE_DIGITS = 4
OPEN_ICON = "log-in"
ROOMY = 700
PICTURE_ROOM = 380
WIDE_GAP = 64
"""Between the form and the pad, in pixels."""


class LockForm(QWidget):
    """The form. Where the card alone opens, no code is asked for and a scan is enough.

    Signals:
        submitted: card and code, complete; they go into one request. No code is an empty one.
        typed: a hand or a scanner has begun to put something in.
    """

    submitted = Signal(str, str)
    typed = Signal()

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outfit = outfit
        look = outfit.look
        self.picture = CardPicture(look)
        self.ask = Words(look, "", "h3", rem=1.15, wrap=True, even=True)
        self.or_type = Words(look, "", "body", "ink_muted", wrap=True)
        self.card = Field(look, icon="scan-barcode", digits_only=True)
        self.card.edit.setMaxLength(LONGEST_CARD)
        self.pin_label = Words(look)
        self.pin = PinBoxes(look, outfit.clock, spoken="", length=PIN_LENGTH)
        self.pin_label.setBuddy(self.pin)
        self.button = Button(look, "", "primary", size="large", icon=OPEN_ICON)
        self.pad = Keypad(look, outfit.language, outfit.clock)
        self._card_number = ""
        self._is_busy = self._card_alone = False
        self._story: SeatStory | None = None
        self._left_width = 600
        self._scan = ScanReader(outfit.clock)
        self._scan_end = QTimer(self)
        self._scan_end.setSingleShot(True)
        self._scan_end.setInterval(END_WAIT_MS)
        self._scan_end.timeout.connect(self._finish_scan)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(1000 * look.tokens.motion.timeouts.pin_entry_idle_s)
        self._idle.timeout.connect(self.begin)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self._invite = QWidget()
        invite = row(self._invite, spacing=26)
        invite.addWidget(self.picture)
        told = column(spacing=4)
        told.addStretch(1)
        told.addWidget(self.ask)
        told.addWidget(self.or_type)
        told.addStretch(1)
        invite.addLayout(told, 1)
        self._gaps = [QWidget() for _place in range(3)]
        left = column()
        self._left = left
        left.addWidget(self._invite)
        left.addWidget(self._gaps[0])
        left.addWidget(self.card)
        left.addWidget(self._gaps[1])
        left.addWidget(self.pin_label)
        self._pin_gap = QWidget()
        self._pin_gap.setFixedHeight(10)
        left.addWidget(self._pin_gap)
        left.addWidget(self.pin, 0, LEFT)
        left.addWidget(self._gaps[2])
        left.addStretch(1)
        left.addWidget(self.button)
        self._line = row(self, spacing=64, margins=(0, 0, 0, 0))
        self._line.addLayout(left, 1)
        self._line.addWidget(self.pad)

    def _connect(self) -> None:
        self.card.edited.connect(self._on_edited)
        self.card.submitted.connect(self._finish_card)
        self.card.change_asked.connect(self._change_card)
        self.pin.edited.connect(self._on_edited)
        self.pin.submitted.connect(self._submit)
        self.card.edit.installEventFilter(self)
        self.pin.installEventFilter(self)
        self.button.clicked.connect(self._submit)
        self.pad.digit_pressed.connect(self._on_pad_digit)
        self.pad.erase_pressed.connect(self._erase)
        self.pad.next_pressed.connect(self._go_on)

    # ------------------------------------------------------------------------------- contents

    def begin(self) -> None:
        """Empty the form and wait for a card."""
        self.forget()
        if self.isVisible():
            self.card.setFocus()

    def forget(self) -> None:
        """Empty the form."""
        self._idle.stop()
        self._scan.forget()
        self._scan_end.stop()
        self._card_number = ""
        self.card.clear()
        self._clear_code()
        self._follow()

    def refuse(self, *, keep_card: bool) -> None:
        """Empty the code, and the card too unless it may simply be typed again."""
        if not keep_card or not self._card_number or self._card_alone:
            self.begin()
            return
        self._clear_code()
        self._follow()
        self._idle.start()
        if self.isVisible():
            self.pin.setFocus()

    def ask_code(self, wanted: bool) -> None:
        """Ask for a code beside the card, or for the card alone."""
        if wanted is self._card_alone:
            self._card_alone = not wanted
            self.begin()
        for part in (self.pin_label, self.pin, self._pin_gap):
            part.setVisible(wanted)

    def show_busy(self, busy: bool) -> None:
        """Say that card and code are being checked; nothing can be typed meanwhile."""
        self._is_busy = busy
        self.retell()
        self._follow()

    def show_story(self, story: SeatStory | None) -> None:
        """Say for whom the form is on a seat that is kept; None on a free one."""
        self._story = story
        self.retell()

    def retell(self) -> None:
        """Say the words in the current language."""
        _ = self._outfit.language.gettext
        story = self._story
        self.ask.say(_("Hold your card under the reader") if story is None else story.asks)
        self.or_type.say(_("or type its number.") if story is None else story.advice)
        self.card.set_label(_("Card number"))
        digits = _("(%(count)d digits)") % {"count": PIN_LENGTH}
        self.pin_label.say_rich(f"<b>{_('Secret code')}</b> {digits}")
        self.pin.set_spoken(f"{_('Secret code')} {digits}")
        opens = _("Open my session") if story is None else story.button
        self.button.setText(_("Checking…") if self._is_busy else opens)
        self.button.set_icon("hourglass" if self._is_busy else "log-in")
        self._hint()
        if self.card.is_done():
            self._show_done()

    def spoken(self) -> list[str]:
        """Return what comes next, and the button that opens the session."""
        _ = self._outfit.language.gettext
        if self._is_busy:
            return [self.button.text()]
        wanted = [self.ask.plain(), self.or_type.plain()]
        if self.card.is_done():
            wanted = [_("Type your secret code"), _("(%(count)d digits)") % {"count": PIN_LENGTH}]
        return [" ".join(wanted), self._outfit.teller.button(self.button.text())]

    def fill(self, card: str, code: str) -> None:
        """Put in a card and the beginning of a code, as if they had been typed."""
        if card:
            self._accept_card(card)
        for digit in code:
            self.pin.press_digit(digit)

    def take_digit(self, digit: str, stamp: int = UNSTAMPED) -> None:
        """Put a digit where one is due: the card first, then the code.

        `stamp` is the own time of its event in milliseconds.
        """
        if self._is_busy:
            return
        # The keyboard goes where the digit goes, and the rest of a card with it.
        self._scan.take(digit, 0, stamp)
        if self.card.is_done():
            self.pin.setFocus()
            self.pin.press_digit(digit, stamp)
        else:
            self.card.setFocus()
            self.card.type_digit(digit)

    # ------------------------------------------------------------------------------ going on

    def _on_edited(self) -> None:
        self.typed.emit()
        is_empty = not self.card.text() and not self._card_number and not self.pin.code()
        if is_empty:
            self._idle.stop()
        else:
            self._idle.start()
        self._follow()

    def _finish_card(self) -> None:
        number = self.card.text()
        if len(number) < LEAST_CARD:
            if number:
                _ = self._outfit.language.gettext
                self.card.say_wrong(_("A few digits are missing."))
            return
        self._accept_card(number)

    def _accept_card(self, number: str) -> None:
        self._card_number = number
        # The line edit forgets the number, and with it what could be undone or copied.
        self.card.clear()
        self._show_done()
        self._idle.start()
        if self._card_alone:
            self._submit()
            return
        self.pin.setFocus()
        self._follow()

    def _show_done(self) -> None:
        _ = self._outfit.language.gettext
        hidden, shown = self._card_number[:-VISIBLE_DIGITS], self._card_number[-VISIBLE_DIGITS:]
        dots = "•" * min(len(hidden), 8)
        groups = [dots[start : start + 4] for start in range(0, len(dots), 4)]
        self.card.show_done(" ".join((*groups, shown)), _("Change"))

    def _change_card(self) -> None:
        self.begin()
        self.typed.emit()

    def _clear_code(self) -> None:
        # What the program empties is not what a hand has typed.
        self.pin.blockSignals(True)
        self.pin.clear()
        self.pin.blockSignals(False)

    def _on_pad_digit(self, digit: str) -> None:
        self.take_digit(digit, self.pad.stamp)

    def _erase(self) -> None:
        if self._is_busy:
            return
        if self.card.is_done():
            self.pin.erase()
        else:
            self.card.erase()

    def _go_on(self) -> None:
        if self.card.is_done():
            self._submit()
        else:
            self._finish_card()

    def _submit(self) -> None:
        if self._is_busy or not self._is_complete():
            return
        if not self._card_number:
            self._finish_card()
            return
        self.submitted.emit(self._card_number, self.pin.code())

    def _is_complete(self) -> bool:
        if self._card_alone:
            return bool(self._card_number) or len(self.card.text()) >= LEAST_CARD
        return bool(self._card_number) and self.pin.is_full()

    def _follow(self) -> None:
        self.button.setEnabled(self._is_complete() and not self._is_busy)
        self.card.setEnabled(not self._is_busy)
        self.pin.setEnabled(not self._is_busy)
        self.pad.setEnabled(not self._is_busy)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice a card that is passed, while the number is due or already the code."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched not in (self.card.edit, self.pin) or event.isAutoRepeat():
            return False
        number = self._scan.take(digit_of(event), event.key(), event.timestamp())
        self._scan_end.stop()
        if self._scan.is_reading:
            # Readers that press no key at the end are done when they fall silent.
            self._scan_end.start()
        if watched is self.card.edit:
            return self._leave_card(event)
        if number is not None:
            self._take_scan(number)
        if self._scan.is_reading:
            self._clear_code()
        return number is not None or self._scan.is_reading

    def _leave_card(self, event: QKeyEvent) -> bool:
        """Take the number that Tab leaves behind; a hand on the keyboard may end it so.

        Where the card alone opens, that takes Enter or the button: Tab opens nothing.
        """
        if self._card_alone:
            return False
        if event.key() != Qt.Key.Key_Tab or len(self.card.text()) < LEAST_CARD:
            return False
        self._finish_card()
        return True

    def _take_scan(self, number: str) -> None:
        self._clear_code()
        self._accept_card(number)

    def _finish_scan(self) -> None:
        number = self._scan.finish()
        if number is None or self._is_busy:
            return
        if self.card.is_done():
            self._take_scan(number)
        else:
            self._finish_card()

    # ---------------------------------------------------------------------------- arrangement

    def set_room(self, width: int, *, wide: bool) -> None:
        """Take the width in pixels that there is."""
        spacing = WIDE_GAP if wide else 36 if width > ROOMY else 24
        self._line.setSpacing(spacing)
        keys = self.pad.minimumSizeHint().width()
        wanted = max(keys, 3 * 128 + 28 if wide else 3 * 96 + 28)
        self.pad.setFixedWidth(wanted)
        self._left_width = max(260, width - spacing - wanted)
        self._hint()

    def arrange(self, level: FormLevel, *, has_banner: bool) -> None:
        """Take one of the arrangements."""
        self._invite.setVisible(level.picture and not has_banner)
        self.or_type.setVisible(self._outfit.look.theme.text_scale < LARGE)
        is_large = self._outfit.look.theme.text_scale >= LARGE
        is_wide = self._line.spacing() == WIDE_GAP
        self.picture.set_width(104 if is_large else 150 if is_wide else 132)
        self.picture.setVisible(self._left_width >= PICTURE_ROOM and self._story is None)
        self.card.frame.setFixedHeight(level.box)
        box = min(level.box, (self._left_width - 3 * 16) // PIN_LENGTH)
        self.pin.set_box(box)
        for gap, height in zip(
            self._gaps,
            (level.gap + 2 if level.picture and not has_banner else 0, level.gap, level.gap + 8),
            strict=True,
        ):
            gap.setFixedHeight(height)
        self.button.setFixedHeight(level.button)
        self.button.set_icon(OPEN_ICON)
        if self.button.sizeHint().width() > self._left_width:
            self.button.set_icon(None)
        # The pad is as high as the form; its own wish counts only where there is room for it.
        loosen(self._left)
        needed = max(self._left.minimumSize().height(), self.pad.minimumSizeHint().height())
        self.pad.setMaximumHeight(needed)

    def _hint(self) -> None:
        _ = self._outfit.language.gettext
        font = QFontMetricsF(self.card.edit.font())
        # 120: icon and paddings of the field.
        room = self._left_width - 120
        hints = (_("Scan it, or type the number"), _("Scan or type"), "")
        hint = next(one for one in hints if font.horizontalAdvance(one) <= room)
        self.card.set_hint(hint)
