"""The receipts of a till, the newest first: one is looked at, printed again, or taken back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QWidget

from admin_console.desk.models.till_wording import TillWording
from admin_console.desk.parts.line import grown
from kiosk.look.banner import Banner
from kiosk.look.button import Button
from kiosk.look.dialog import Dialog
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words
from kiosk.wire.money import ReceiptView

WIDTH = 760
MORE = 260
LIST = 320


class ReceiptList(Dialog):
    """The list.

    Signals:
        chosen: the `ReceiptView` to look at.
        more_asked: older ones are wanted.
    """

    chosen = Signal(object)
    more_asked = Signal()

    def __init__(self, look: Look, guard: Guard, wording: TillWording, parent: QWidget) -> None:
        super().__init__(look, guard, parent, width=WIDTH)
        self._wording = wording
        self._receipts: list[ReceiptView] = []
        self.title = Words(look, "", "h2", wrap=True)
        self.told = Banner(look, "info")
        self.lines = QListWidget()
        self.lines.setFrameShape(QFrame.Shape.NoFrame)
        self.lines.setProperty("part", "matches")
        self.lines.setWordWrap(True)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.setMinimumHeight(LIST)
        self.more = Button(look, "", "quiet", icon="chevron-down")
        self.stay = Button(look, "", "secondary", size="main")
        self.show_one = Button(look, "", "primary", size="main")
        for part in (self.title, self.told, self.lines, self.more):
            self.body.addWidget(part)
        self.add_answer(self.stay, "stay", safe=True, escape=True, stretch=1)
        self.add_answer(self.show_one, "show", stretch=1)
        self.more.clicked.connect(self.more_asked)
        self.lines.itemActivated.connect(self._on_activated)
        self.lines.currentRowChanged.connect(self._on_row)
        self.answered.connect(self._on_answered)
        look.changed.connect(self._restyle)
        self._restyle()

    def begin(self) -> None:
        """Open with nothing yet."""
        _ = self._wording.language.gettext
        self._receipts = []
        self.lines.clear()
        title = _("Receipts of this till")
        self.title.say(title)
        self.set_spoken(title)
        self.lines.setAccessibleName(title)
        self.told.set_kind("info")
        self.told.tell(_("Looking it up…"))
        self.told.show()
        self.lines.hide()
        self.more.setText(_("Older receipts"))
        self.more.hide()
        self.stay.setText(_("Close"))
        self.show_one.setText(_("Show"))
        self.show_one.setEnabled(False)
        self.set_width(grown(self._look, WIDTH, MORE))
        self.open()

    def add(self, receipts: Sequence[ReceiptView], *, more: bool) -> None:
        """Show receipts after those that stand already."""
        if not self.is_open():
            return
        _ = self._wording.language.gettext
        is_first = not self._receipts
        self._receipts += receipts
        self.lines.addItems([self._wording.receipt_line(one) for one in receipts])
        self.lines.setVisible(bool(self._receipts))
        self.told.setVisible(not self._receipts)
        self.told.set_kind("info")
        self.told.tell(_("There is no receipt this year."))
        self.more.setVisible(more)
        if is_first and self._receipts:
            self.lines.setCurrentRow(0)
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rearrange()

    def show_trouble(self, trouble: Trouble) -> None:
        """Say that they could not be read."""
        self.told.set_kind("danger")
        self.told.tell(trouble.fact, trouble.rest)
        self.told.show()
        self.rearrange()

    @property
    def last_number(self) -> int | None:
        """The number of the oldest that is shown."""
        return self._receipts[-1].number if self._receipts else None

    def _on_row(self, row: int) -> None:
        self.show_one.setEnabled(row >= 0)

    def _on_activated(self) -> None:
        self.answer("show")

    def _on_answered(self, name: str) -> None:
        row = self.lines.currentRow()
        if name == "show" and 0 <= row < len(self._receipts):
            self.chosen.emit(self._receipts[row])

    def _restyle(self) -> None:
        self.lines.setFont(self._look.font("body"))
