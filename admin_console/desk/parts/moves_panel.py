"""*Mouvements de cette carte*: when, what, how much, and what was left; the newest first."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.till_wording import TillWording
from admin_console.desk.parts.flow import Apart, Flow
from kiosk.look.button import Button
from kiosk.look.card import Card, Rule
from kiosk.look.field import Mark
from kiosk.look.look import Look
from kiosk.look.token import ColourName
from kiosk.look.words import Words
from kiosk.wire.money import StatementLine

EDGE = 26
SHOWN = 8
"""So many movements are looked at first."""

LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


class MovesPanel(Card):
    """The panel.

    Signals:
        refund_asked: pages of a job are to be given back.
        more_asked: older movements are wanted.
    """

    refund_asked = Signal()
    more_asked = Signal()

    def __init__(self, look: Look, wording: TillWording) -> None:
        super().__init__(look)
        self._look, self._wording = look, wording
        self._lines: tuple[StatementLine, ...] = ()
        self._today = date.min
        self._has_more = False
        self._shown: list[QWidget] = []
        self.title = Words(look, "", "h2", wrap=True)
        self.refund = Button(look, "", "quiet", icon="rotate-cw")
        self.more = Button(look, "", "quiet", icon="chevron-down")
        self.empty = Words(look, "", "body", "ink_muted", wrap=True)
        self.rows = QWidget()
        self._grid = QGridLayout(self.rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(28)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 20, EDGE, 18)
        column.setSpacing(12)
        acts = Flow(gap=6, line_gap=4)
        acts.add(self.refund)
        acts.add(self.more)
        column.addWidget(Apart(self.title, acts))
        column.addWidget(self.empty)
        column.addWidget(self.rows)
        column.addStretch(1)
        self.refund.clicked.connect(self.refund_asked)
        self.more.clicked.connect(self.more_asked)
        self.retell()

    def show_lines(self, lines: Sequence[StatementLine], today: date, *, more: bool) -> None:
        """Show movements; `more` says that there are older ones."""
        if (tuple(lines), today, more) != (self._lines, self._today, self._has_more):
            self._lines, self._today, self._has_more = tuple(lines), today, more
            self.retell()

    def retell(self) -> None:
        """Say everything again."""
        _ = self._wording.language.gettext
        self.title.say(_("Movements of this card"))
        self.refund.setText(_("Refund pages…"))
        self.more.setText(_("Older movements"))
        self.empty.say(_("Pass a card to see what moved on it."))
        self.refund.setVisible(any(line.hold_id is not None for line in self._lines))
        self.more.setVisible(self._has_more)
        self.empty.setVisible(not self._lines)
        self.rows.setVisible(bool(self._lines))
        self._fill()

    def _fill(self) -> None:
        _ = self._wording.language.gettext
        for old in self._shown:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = []
        heads = (
            (_("When"), LEFT), (_("Operation"), LEFT), (_("Amount"), RIGHT), (_("Credit"), RIGHT),
        )  # fmt: skip
        for place, (head, side) in enumerate(heads):
            words = Words(self._look, head, "small", "ink_muted", weight=600, align=side)
            self._put(words, 0, place)
        for number, line in enumerate(self._lines):
            self._put(Rule(self._look), 2 * number + 1, 0, wide=len(heads))
            self._add(line, 2 * number + 2)

    def _put(self, part: QWidget, row: int, place: int, wide: int = 1) -> None:
        self._shown.append(part)
        self._grid.addWidget(part, row, place, 1, wide)

    def _add(self, line: StatementLine, row: int) -> None:
        look, wording = self._look, self._wording
        icon, what = wording.movement(line)
        told = QWidget()
        words = QHBoxLayout(told)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(10)
        words.addWidget(Mark(look, icon, "primary", 18), 0, Qt.AlignmentFlag.AlignTop)
        words.addWidget(Words(look, what, "body", wrap=True), 1)
        tone: ColourName = "success" if line.change_cents > 0 else "ink"
        _ = wording.language.gettext
        change = Words(look, wording.signed(line.change_cents), "strong", tone, align=RIGHT)
        left = Words(look, wording.money(line.balance_cents), "body", align=RIGHT)
        for head, part in ((_("Amount"), change), (_("Credit"), left)):
            part.setAccessibleName(f"{head}, {part.plain()}")
        self._put(Words(look, wording.when(line, self._today), "body", "ink_muted"), row, 0)
        self._put(told, row, 1)
        self._put(change, row, 2)
        self._put(left, row, 3)
