"""The coins and notes of a drawer: one field for each kind, its amount, and the sum of all."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from admin_console.desk.models.coin_draft import COINS, NOTES, CoinDraft
from admin_console.desk.models.till_wording import TillWording
from admin_console.desk.parts.flow import Apart, Columns
from admin_console.desk.parts.line import grown
from kiosk.look.button import Button
from kiosk.look.card import Card, Rule
from kiosk.look.field import Field, Mark
from kiosk.look.look import Look
from kiosk.look.paint import begin, draw_box
from kiosk.look.words import Words

FIELD, MORE = 74, 24
LEAST_TITLE, LEAST_COLUMN = 240, 230
FIELD_HEIGHT = 34
TAG = QSize(58, 32)
DISC = 36
EURO = 100
RIGHT = Qt.AlignmentFlag.AlignRight


def lock(field: Field, *, is_locked: bool) -> None:
    """Let a field be read only, passed by with the Tab key; or written again."""
    policy = Qt.FocusPolicy.ClickFocus if is_locked else Qt.FocusPolicy.StrongFocus
    field.edit.setReadOnly(is_locked)
    field.edit.setFocusPolicy(policy)


class MoneyTag(QWidget):
    """The picture of a note or a coin with its value; the field beside it says the same."""

    def __init__(self, look: Look, *, is_note: bool) -> None:
        super().__init__()
        self._look, self._is_note, self._text = look, is_note, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def say(self, text: str) -> None:
        """Show a value."""
        self._text = text
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the value."""
        text = QFontMetricsF(self._look.font("extra_small", weight=600))
        wide = round(text.horizontalAdvance(self._text) + 14)
        if self._is_note:
            return QSize(max(TAG.width(), wide), max(TAG.height(), round(text.lineSpacing() + 10)))
        side = max(DISC, wide)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a note, or a coin."""
        theme = self._look.theme
        ink = theme.colour("primary" if self._is_note else "warning")
        fill = theme.colour("soft" if self._is_note else "warning_soft")
        painter = begin(self)
        corner = 5 if self._is_note else self.height() / 2
        draw_box(painter, QRectF(self.rect()), corner, fill, ink, 1.5)
        painter.setFont(self._look.font("extra_small", weight=600))
        painter.setPen(ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


class CoinColumn(QWidget):
    """Notes, or coins."""

    def __init__(self, look: Look, values: Sequence[int], *, is_note: bool) -> None:
        super().__init__()
        self._look, self.values = look, tuple(values)
        self.title = Words(look, "", "small", "ink_muted", weight=600)
        self.sum_name = Words(look, "", "strong")
        self.sum = Words(look, "", "strong", align=RIGHT)
        self.fields: dict[int, Field] = {}
        self.tags: dict[int, MoneyTag] = {}
        self.amounts: dict[int, Words] = {}
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Mark(look, "banknote" if is_note else "coins", "ink_muted", 18))
        head.addWidget(self.title, 1)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(3, 1)
        centre = Qt.AlignmentFlag.AlignVCenter
        for place, value in enumerate(values):
            tag = self.tags[value] = MoneyTag(look, is_note=is_note)
            field = self.fields[value] = Field(look, spoken=" ", height=FIELD_HEIGHT)
            field.edit.setAlignment(RIGHT)
            amount = self.amounts[value] = Words(look, "", "strong", align=RIGHT)
            grid.addWidget(Rule(look), 2 * place, 0, 1, 4)
            row = 2 * place + 1
            grid.addWidget(tag, row, 0, centre | Qt.AlignmentFlag.AlignHCenter)
            grid.addWidget(Words(look, "×", "body", "ink_muted"), row, 1, centre)
            grid.addWidget(field, row, 2, centre)
            grid.addWidget(amount, row, 3, centre)
        last = 2 * len(values)
        grid.addWidget(Rule(look), last, 0, 1, 4)
        grid.addWidget(self.sum_name, last + 1, 0, 1, 3)
        grid.addWidget(self.sum, last + 1, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addLayout(grid)
        column.addStretch(1)
        look.changed.connect(self.resize_fields)
        self.resize_fields()

    def resize_fields(self) -> None:
        """Take the width of the text's size."""
        for field in self.fields.values():
            field.setFixedWidth(grown(self._look, FIELD, MORE))


class CoinSheet(Card):
    """The card. Enter and the arrows go from field to field.

    Signals:
        edited: the value in cents, and what is written in its field.
    """

    edited = Signal(int, str)

    def __init__(self, look: Look, wording: TillWording) -> None:
        super().__init__(look)
        self._wording = wording
        self.title = Words(look, "", "h2", wrap=True)
        self.note = Words(look, "", "small", "ink_muted", wrap=True)
        self.notes = CoinColumn(look, NOTES, is_note=True)
        self.coins = CoinColumn(look, COINS, is_note=False)
        self.said_mark = Mark(look, "lock", "success", 18)
        self.said = Words(look, "", "strong", "success")
        self.again = Button(look, "", "quiet")
        told, acts = QWidget(), QWidget()
        titles = QVBoxLayout(told)
        titles.setContentsMargins(0, 0, 0, 0)
        titles.setSpacing(2)
        titles.addWidget(self.title)
        titles.addWidget(self.note)
        locked = QHBoxLayout(acts)
        locked.setContentsMargins(0, 0, 0, 0)
        locked.setSpacing(8)
        for part in (self.said_mark, self.said, self.again):
            locked.addWidget(part)
        self.total_box = Card(look, "soft")
        self.total_name = Words(look, "", "body")
        self.total = Words(look, "", "figure", rem=2.2, weight=700)
        box = QVBoxLayout(self.total_box)
        box.setContentsMargins(18, 12, 18, 12)
        box.setSpacing(0)
        box.addWidget(self.total_name)
        box.addWidget(self.total)
        beside = QWidget()
        left = QVBoxLayout(beside)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.notes)
        left.addStretch(1)
        left.addWidget(self.total_box)
        columns = Columns(least=LEAST_COLUMN, gap=44)
        columns.add(beside)
        columns.add(self.coins)
        column = QVBoxLayout(self)
        column.setContentsMargins(26, 18, 26, 18)
        column.setSpacing(8)
        column.addWidget(Apart(told, acts, least=LEAST_TITLE))
        column.addWidget(columns)
        for value, field in self.fields().items():
            field.edit.setProperty("cents", value)
            field.edited.connect(self._on_edited)
            field.edit.installEventFilter(self)

    def fields(self) -> dict[int, Field]:
        """Return the fields by their value in cents, the largest first."""
        return {**self.notes.fields, **self.coins.fields}

    def show_draft(self, draft: CoinDraft, said_at: datetime | None, *, is_final: bool) -> None:
        """Show what is counted, locked from when it was said; final where the till is closed."""
        _ = self._wording.language.gettext
        is_locked = said_at is not None
        for part in (self.said_mark, self.said):
            part.setVisible(is_locked)
        self.again.setVisible(is_locked and not is_final)
        self.again.setText(_("Count again…"))
        if said_at is not None:
            self.said.say(_("Counted at %(time)s") % {"time": self._wording.phrase.time(said_at)})
        money = self._wording.money
        self.title.say(_("Cash counted"))
        self.note.say(_("Notes and coins in the drawer, float included."))
        for side, name in ((self.notes, _("Notes")), (self.coins, _("Coins"))):
            side.title.say(name)
            side.sum_name.say(name)
            side.sum.say(money(draft.sum_of(side.values)))
            for value in side.values:
                words = self._value(value)
                side.tags[value].say(words)
                pieces = draft.count(value)
                side.amounts[value].say(money(value * (pieces or 0)))
                side.amounts[value].set_tone("ink" if pieces else "ink_muted")
                self._show_field(side.fields[value], draft.pieces.get(value, ""), words)
                lock(side.fields[value], is_locked=is_locked)
                wrong = "" if pieces is not None else _("This is no number.")
                field = side.fields[value]
                field.frame.is_wrong = bool(wrong)
                field.edit.setAccessibleDescription(wrong)
                field.frame.update()
        self.total_name.say(_("Cash in all"))
        self.total.say(money(draft.cash_cents))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go to the next field, or the one before."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        step = {
            Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Up: -1,
        }.get(Qt.Key(event.key()))  # fmt: skip
        if step is None:
            return False
        fields = list(self.fields().values())
        here = next((n for n, one in enumerate(fields) if one.edit is watched), 0)
        if 0 <= here + step < len(fields):
            fields[here + step].setFocus(Qt.FocusReason.TabFocusReason)
            fields[here + step].edit.selectAll()
        return True

    def _show_field(self, field: Field, text: str, words: str) -> None:
        _ = self._wording.language.gettext
        field.edit.setAccessibleName(_("How many of %(value)s") % {"value": words})
        field.set_hint("0")
        if field.text() != text:
            field.set_text(text)

    def _value(self, cents: int) -> str:
        if cents >= EURO:
            return self._wording.phrase.round_money(cents)
        return self._wording.language.gettext("%(cents)d c") % {"cents": cents}

    def _on_edited(self, text: str) -> None:
        field = self.sender()
        if isinstance(field, Field):
            self.edited.emit(field.edit.property("cents"), text)
