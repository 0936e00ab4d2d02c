"""*Comparer*: what should lie in the till, shown once it is counted; why it differs; what stays."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from admin_console.desk.models.coin_draft import read_sum
from admin_console.desk.models.till_wording import ICONS, MEANS, TillWording, cents_of
from admin_console.desk.parts.flow import Flow
from admin_console.desk.parts.text_ask import Sheet
from kiosk.look.banner import Banner, Notice
from kiosk.look.button import Button
from kiosk.look.card import Card, Rule
from kiosk.look.field import Field, Mark
from kiosk.look.look import Look
from kiosk.look.token import ColourName
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words
from kiosk.rules.credit import AmountFault
from kiosk.wire.till import DrawerView, TillView

EDGE = 24
RIGHT = Qt.AlignmentFlag.AlignRight
LONGEST = 500


class CompareTable(QWidget):
    """Expected, counted and difference, means by means."""

    def __init__(self, look: Look, wording: TillWording) -> None:
        super().__init__()
        self._look, self._wording = look, wording
        self._shown: list[QWidget] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)

    def show_drawer(self, drawer: DrawerView) -> None:
        """Show a counted drawer."""
        _ = self._wording.language.gettext
        look, wording = self._look, self._wording
        for old in self._shown:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = []
        heads = (_("Expected"), _("Counted"), _("Difference"))
        for place, head in enumerate(heads, 2):
            self._put(Words(look, head, "small", "ink_muted", weight=600, align=RIGHT), 0, place)
        for number, means in enumerate(MEANS):
            expected, counted = cents_of(drawer.expected, means), cents_of(drawer.counted, means)
            row = 2 * number + 2
            tone: ColourName = "success" if counted == expected else "danger"
            self._put(Rule(look), row - 1, 0, wide=5)
            parts = (
                Mark(look, ICONS[means], "ink", 18),
                Words(look, wording.means(means), "body", wrap=True),
                Words(look, wording.money(expected), "body", align=RIGHT),
                Words(look, wording.money(counted), "strong", align=RIGHT),
                Words(look, wording.signed(counted - expected), "strong", tone, align=RIGHT),
            )
            for head, words in zip(heads, parts[2:], strict=True):
                # Heard one after the other, three amounts would be no more than three amounts.
                words.setAccessibleName(f"{head}, {words.plain()}")
            for place, part in enumerate(parts):
                self._put(part, row, place)

    def _put(self, part: QWidget, row: int, place: int, wide: int = 1) -> None:
        self._shown.append(part)
        self._grid.addWidget(part, row, place, 1, wide)


class CompareCard(Card):
    """The card.

    Signals:
        count_asked: what is counted is to be said.
        close_asked: kept cents and reason.
    """

    count_asked = Signal()
    close_asked = Signal(int, str)

    def __init__(self, look: Look, wording: TillWording) -> None:
        super().__init__(look)
        self._look, self._wording = look, wording
        self._drawer: DrawerView | None = None
        self._is_busy = False
        self.title = Words(look, "", "h2", wrap=True)
        self.hint = Words(look, "", "small", "ink_muted", wrap=True)
        self.trouble = Banner(look, "danger")
        self.trouble.hide()
        self.table = CompareTable(look, wording)
        self.difference = Banner(look, "danger", icon="triangle-alert")
        self.reason_name = Words(look, "", "strong")
        self.ready = Flow(gap=8, line_gap=8)
        self._ready: list[Button] = []
        self.reason = Sheet(look)
        self.kept = Field(look, " ")
        self.paid_in = Words(look, "", "body", wrap=True)
        self.signed = Words(look, "", "strong", wrap=True)
        self.note = Notice(look)
        self.say = Button(look, "", "primary", size="main", icon="check")
        self.close_till = Button(look, "", "primary", size="main", icon="lock")
        self._build()
        self.say.clicked.connect(self.count_asked)
        self.close_till.clicked.connect(self._on_close)
        self.reason.textChanged.connect(self._show_close)
        self.kept.edited.connect(self._show_close)
        self.kept.submitted.connect(self._on_close)
        look.changed.connect(self._restyle)
        self._restyle()

    def _build(self) -> None:
        self._after: list[QWidget] = [
            self.table, self.difference, self.reason_name, self.ready, self.reason, self.kept,
            self.paid_in, self.signed, self.note, self.close_till,
        ]  # fmt: skip
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 20, EDGE, 20)
        column.setSpacing(12)
        for first in (self.title, self.hint, self.trouble):
            column.addWidget(first)
        for part in self._after:
            if part is self.note:
                column.addStretch(1)
            column.addWidget(part)
        column.addWidget(self.say)
        for button in (self.say, self.close_till):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_till(self, till: TillView | None, *, signed_by: str) -> None:
        """Show a till that is to be counted, or is counted."""
        _ = self._wording.language.gettext
        drawer = till.drawer if till is not None else None
        if till is not None and drawer is not None and self._drawer is None:
            self.kept.set_text(self._plain(till.float_cents))
            self.reason.clear()
        self._drawer = drawer
        self.title.say(_("Compare"))
        self.hint.say(_("What should lie in the till is shown once it is counted."))
        for part in self._after:
            part.setVisible(drawer is not None)
        self.say.setVisible(drawer is None)
        self.say.setText(_("Confirm the count"))
        self.reason_name.say(_("Reason of the difference"))
        self.reason.setAccessibleName(_("Reason of the difference"))
        self._set_ready()
        self.kept.set_label(_("Float that stays in the till"))
        self.signed.say(_("Signed by %(name)s") % {"name": signed_by})
        self.note.tell(_("A closed till does not change any more. Mistakes are reversed."))
        self.close_till.setText(_("Close the till"))
        if drawer is not None:
            self.table.show_drawer(drawer)
            told = self._wording.difference(drawer.expected, drawer.counted)
            if told is not None:
                self.difference.set_kind("danger", "triangle-alert")
                self.difference.tell(told.fact, told.rest)
            else:
                self.difference.set_kind("success")
                self.difference.tell(_("Everything is right to the cent."))
            for part in (self.reason_name, self.ready, self.reason):
                part.setVisible(told is not None)
        self._show_close()

    def show_trouble(self, trouble: Trouble | None) -> None:
        """Say why nothing was written."""
        if trouble is not None:
            self.trouble.tell(trouble.fact, trouble.rest)
        self.trouble.setVisible(trouble is not None)

    def show_busy(self, *, busy: bool, is_whole: bool) -> None:
        """Let nothing be said twice, nor what is no count."""
        self._is_busy = busy
        self.say.setEnabled(is_whole and not busy)
        self._show_close()

    def kept_cents(self) -> int | AmountFault:
        """Return what stays in the till, or why what is written is no amount."""
        return read_sum(self.kept.text())

    def sentence(self) -> str:
        """Return the reason as it would be written."""
        return " ".join(self.reason.toPlainText().split())[:LONGEST]

    def _show_close(self) -> None:
        _ = self._wording.language.gettext
        drawer, kept = self._drawer, self.kept_cents()
        if drawer is None:
            return
        needs_reason = drawer.expected != drawer.counted and not self.sentence()
        fault = ""
        if isinstance(kept, AmountFault):
            trouble = self._wording.faults.amount(kept)
            fault = f"{trouble.fact} {trouble.advice}"
        elif kept > drawer.counted.cash_cents:
            fault = _("More is to stay in the till than was counted.")
        if fault:
            self.kept.say_wrong(fault)
        else:
            self.kept.say_help("")
        if isinstance(kept, int) and not fault:
            paid = {"amount": self._wording.money(drawer.counted.cash_cents - kept)}
            self.paid_in.say(_("%(amount)s in cash are paid in.") % paid)
        self.paid_in.setVisible(not fault)
        self.close_till.setEnabled(not fault and not needs_reason and not self._is_busy)

    def _set_ready(self) -> None:
        _ = self._wording.language.gettext
        ready = [_("Mistake in giving change"), _("Wrong means of payment"), _("Cause not found")]
        if [one.text() for one in self._ready] == ready:
            return
        for button in self._ready:
            self.ready.remove(button)
            button.deleteLater()
        self._ready = []
        for sentence in ready:
            button = Button(self._look, sentence, "secondary", size="small")
            button.clicked.connect(self._on_ready)
            self.ready.add(button)
            self._ready.append(button)

    def _on_ready(self) -> None:
        button = self.sender()
        if isinstance(button, Button):
            self.reason.setPlainText(button.text())
            self.reason.moveCursor(self.reason.textCursor().MoveOperation.End)
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_close(self) -> None:
        kept = self.kept_cents()
        if self.close_till.isEnabled() and isinstance(kept, int):
            self.close_asked.emit(kept, self.sentence())

    def _plain(self, cents: int) -> str:
        """Return an amount as a hand writes it."""
        comma = "," if self._wording.language.code == "fr" else "."
        return f"{cents // 100}{comma}{cents % 100:02d}"

    def _restyle(self) -> None:
        self.reason.setFont(self._look.font("body"))
        self.reason.setFixedHeight(2 * self.reason.fontMetrics().lineSpacing() + 28)
