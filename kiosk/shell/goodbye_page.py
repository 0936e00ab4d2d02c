"""The leave: what is being closed and erased, and "erased" only once that is proved (k7, k7b)."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.look.banner import Banner, Notice
from kiosk.look.card import Card, Chip
from kiosk.look.field import Mark
from kiosk.look.look import Look
from kiosk.look.paint import begin
from kiosk.look.scroll import ScrollBox
from kiosk.look.shelf import Shelf
from kiosk.look.words import Words
from kiosk.shell.help_page import Plate
from kiosk.shell.key_words import leave_told
from kiosk.shell.layout import NARROW, SHORT, TOP, WIDE, Ground, column, row
from kiosk.shell.outfit import Outfit
from kiosk.shell.page import Page
from kiosk.wire.face import GoodbyeSeen, Snapshot

STEP = 48


class StepMark(QWidget):
    """A step that is done or still to come."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._is_done = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_done(self, is_done: bool) -> None:
        """Say whether the step is done."""
        self._is_done = is_done
        self.update()

    def sizeHint(self) -> QSize:
        """Return the edge."""
        return QSize(STEP, STEP)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a filled disc with a tick, or a dashed ring."""
        theme = self._look.theme
        painter = begin(self)
        disc = QRectF(2, 2, STEP - 4, STEP - 4)
        if self._is_done:
            painter.setPen(QPen(theme.colour("success"), 2))
            painter.setBrush(theme.colour("success"))
            painter.drawEllipse(disc)
            ink = theme.colour("ground" if theme.is_high_contrast else "ink_on_primary")
            self._look.icons.paint(painter, "check", QRectF(9, 9, 30, 30), ink, 2.6)
        else:
            pen = QPen(theme.colour("control_border"), 3)
            pen.setDashPattern([2.2, 1.8])
            painter.setPen(pen)
            painter.drawEllipse(disc)
        painter.end()


class Step(QWidget):
    """One line of the list."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark = StepMark(look)
        self._words = Words(look, "", "body", rem=1.25, wrap=True)
        line = row(self, spacing=22, margins=(0, 15, 0, 15))
        line.addWidget(self._mark)
        line.addWidget(self._words, 1)

    def tell(self, text: str, *, is_done: bool) -> None:
        """Say the step and where it stands."""
        self._mark.show_done(is_done)
        self._words.set_tone("ink" if is_done else "ink_muted")
        self._words.say(text)


class Reminder(Card):
    """What is easily left behind."""

    def __init__(self, look: Look, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(look, "band", parent)
        self._words = Words(look, "", "strong", "band_ink", rem=1.2, wrap=True)
        line = row(self, spacing=18, margins=(24, 18, 24, 18))
        line.addWidget(Mark(look, icon, "accent", 36))
        line.addWidget(self._words, 1)

    def plain(self) -> str:
        """Return what it says."""
        return self._words.plain()

    def tell(self, text: str) -> None:
        """Say it."""
        self._words.say(text)


class GoodbyePage(Page):
    """The page. A touch or a key lets the next visitor begin, if everything is erased."""

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit, parent)
        look = outfit.look
        self.side = Ground(look, "band")
        self._site = Words(look, "", "strong", "band_ink", rem=1.2, wrap=True)
        self._chip = Chip(look, on_band=True)
        self._farewell = Words(look, "", "display", "band_ink", rem=4.0, weight=700, wrap=True)
        self._forget = Words(look, "", "body", "band_ink_muted", rem=1.3, wrap=True)
        self._key = Reminder(look, "usb")
        self._card = Reminder(look, "id-card")
        self._shelf = Shelf(look)
        self.listen = self.listen_button()
        self.call = self.call_button()
        self._plate = Plate(look, "hourglass", "internet", 96)
        self._title = Words(look, "", "h1", rem=2.3, wrap=True)
        self._lead = Words(look, "", "lead", "ink_muted", wrap=True)
        self._steps = Card(look)
        self._closed = Step(look)
        self._erased = Step(look)
        self._notice = Notice(look)
        self._left = Banner(look, "warning", icon="usb", rem=1.2, roomy=True)
        self._lay_out()
        look.changed.connect(self._fit)

    def _lay_out(self) -> None:
        head = row(spacing=18)
        head.addWidget(self._site, 1)
        head.addWidget(self._chip, 0, TOP)
        inside = column()
        inside.addLayout(head)
        inside.addStretch(1)
        inside.addWidget(self._farewell)
        inside.addSpacing(22)
        inside.addWidget(self._forget)
        inside.addSpacing(22)
        inside.addWidget(self._key)
        inside.addSpacing(14)
        inside.addWidget(self._card)
        inside.addStretch(1)
        self._shelf_gap = QWidget()
        inside.addWidget(self._shelf_gap)
        self._inside = inside
        whole_side = column(self.side)
        whole_side.addLayout(inside, 1)
        whole_side.addWidget(self._shelf)
        self._steps_box = column(self._steps, margins=(45, 31, 45, 31))
        self._steps_box.addWidget(self._closed)
        self._steps_box.addWidget(self._erased)
        fact = row(spacing=28)
        fact.addWidget(self._plate)
        told = column(spacing=6)
        told.addStretch(1)
        told.addWidget(self._title)
        told.addWidget(self._lead)
        told.addStretch(1)
        fact.addLayout(told, 1)
        content = QWidget()
        middle = column(content)
        middle.addStretch(1)
        middle.addWidget(self._left)
        self._left_gap = QWidget()
        middle.addWidget(self._left_gap)
        middle.addLayout(fact)
        middle.addSpacing(44)
        middle.addWidget(self._steps)
        middle.addSpacing(36)
        middle.addWidget(self._notice)
        middle.addStretch(1)
        self._middle = middle
        scroll = ScrollBox(self.outfit.look)
        scroll.set_content(content)
        self._tools = row(spacing=16)
        self._tools.addStretch(1)
        self._tools.addWidget(self.listen)
        self._tools.addWidget(self.call)
        self._body = column()
        self._body.addWidget(scroll, 1)
        self._right = column()
        self._right.addLayout(self._tools)
        self._right.addLayout(self._body, 1)
        line = row(self)
        line.addWidget(self.side)
        line.addLayout(self._right, 1)

    def tell(self, snapshot: Snapshot) -> None:
        """Say what is done, and no more."""
        _ = self.outfit.language.gettext
        face = snapshot.goodbye
        is_clean = face is not None and face.clean
        self._site.say(snapshot.site_name)
        self._chip.say(self.outfit.teller.seat(snapshot))
        self._farewell.say(_("See you soon") if is_clean else _("Goodbye"))
        self._forget.say(_("Do not leave anything behind:"))
        self._key.tell(_("Your USB key, if you used one"))
        self._card.tell(_("Your library card"))
        self.listen.retell()
        self.call.setText(_("Call for help"))
        self._closed.tell(
            _("Your programs are closed"),
            is_done=is_clean or (face is not None and face.programs_closed),
        )
        self._erased.tell(_("The check: nothing is left"), is_done=is_clean)
        self._notice.tell(_("What is on your USB key is not touched."))
        left = leave_told(self.outfit.language, face)
        self._left.setVisible(left is not None)
        self._left_gap.setFixedHeight(0 if left is None else 36)
        self._notice.setVisible(left is None)
        if left is not None:
            self._left.tell(left.fact, left.rest)
            self._key.tell(_("Your USB key"))
        if is_clean:
            self._plate.show_icon("shield-check", "write")
            self._title.say(self.outfit.teller.erased(snapshot))
            self._lead.say(_("Nothing of what you did is kept on this seat."))
        else:
            self._plate.show_icon("hourglass", "internet")
            self._title.say(_("We are erasing your files…"))
            if left is None:
                self._lead.say(_("It takes less than a minute. You can already leave."))
            else:
                self._lead.say(_("It takes less than a minute."))
        if snapshot.windowed:
            self._tell_windowed(is_clean)
        self._fit()

    def spoken(self) -> list[str]:
        """Return what is erased, and what must not be left behind."""
        left = [] if self._left.isHidden() else [self._left.plain()]
        behind = [*left, self._forget.plain(), self._key.plain(), self._card.plain()]
        return [self._farewell.plain(), self._title.plain(), self._lead.plain(), *behind]

    def _tell_windowed(self, is_clean: bool) -> None:
        _ = self.outfit.language.gettext
        if is_clean:
            self._lead.say(_("The rest of this computer was not watched and is not touched."))
        self._erased.tell(_("The check: nothing of it is left"), is_done=is_clean)

    def enter(self) -> None:
        """Give the keyboard to *Appeler*."""
        self.call.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the next visitor begin."""
        self.wished.emit(GoodbyeSeen())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the next visitor begin."""
        if not event.isAutoRepeat():
            self.wished.emit(GoodbyeSeen())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange for the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.width()
        is_wide = width >= WIDE
        self.side.setFixedWidth(760 if is_wide else 460 if width >= NARROW else 340)
        side = 72 if is_wide else 40
        self._inside.setContentsMargins(side, side if self.height() >= SHORT else 36, side, 0)
        self._farewell.set_size(4.0 if is_wide else 2.6)
        right, top = (64, 40) if is_wide else (40, 32)
        self._tools.setContentsMargins(right, top, right, 8)
        body = 96 if is_wide else 48
        self._body.setContentsMargins(body, 0, body if is_wide else right, 72 if is_wide else top)
        is_roomy = self.height() >= SHORT and not self.outfit.look.theme.is_high_contrast
        self._shelf.setVisible(is_roomy)
        self._shelf_gap.setFixedHeight(48 if is_roomy else 0)
