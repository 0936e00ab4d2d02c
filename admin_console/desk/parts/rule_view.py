"""The limits of a room: two cards of them, and what the changes would do beside or below."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.hours_wording import HoursWording
from admin_console.desk.models.rule_draft import RuleWriting
from admin_console.desk.models.rule_wording import RuleWording
from admin_console.desk.parts.rule_row import RuleRow
from admin_console.desk.parts.side_cards import EffectCard
from admin_console.desk.parts.sign_in_row import SignInRow
from kiosk.look.announce import announce
from kiosk.look.banner import Banner, BannerKind
from kiosk.look.button import Button
from kiosk.look.card import Card, Rule
from kiosk.look.look import Look
from kiosk.look.scroll import ScrollBox
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words
from kiosk.rules.roomrule import RuleField

EDGE, GAP = 26, 18
SIDE_WIDTH = 300
BESIDE, TWO_COLUMNS = 1180, 900
"""Least widths in pixels, at the usual size of text, of three columns and of two."""

SESSIONS = (
    RuleField.SLOT, RuleField.SHORTEST_SLOT, RuleField.RENEWALS, RuleField.DAILY,
    RuleField.GRACE, RuleField.MERCY,
)  # fmt: skip
BREAKS = (
    RuleField.HOLD, RuleField.LETTER, RuleField.CODED_TICKETS, RuleField.AWAY, RuleField.IDLE,
    RuleField.RESUME, RuleField.CLOSING_MARGIN,
)  # fmt: skip


class RuleCard(Card):
    """A heading and its rows; what is `first` goes before them."""

    def __init__(
        self,
        look: Look,
        wording: RuleWording,
        fields: Sequence[RuleField],
        parent: QWidget,
        first: QWidget | None = None,
    ) -> None:
        super().__init__(look, "panel", parent)
        self.title = Words(look, "", "h2", wrap=True)
        self.rows = [RuleRow(look, wording, one) for one in fields]
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 20)
        column.setSpacing(10)
        column.addWidget(self.title)
        if first is not None:
            column.addWidget(first)
        for place, row in enumerate(self.rows):
            if place or first is not None:
                column.addWidget(Rule(look))
            column.addWidget(row)
        column.addStretch(1)


class RuleBox(QWidget):
    """The view.

    Signals:
        theirs_asked: what somebody else has saved is to be taken over.
        mine_kept: what is written is kept, over what somebody else has saved.
    """

    theirs_asked = Signal()
    mine_kept = Signal()

    def __init__(self, look: Look, wording: RuleWording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._wording = look, wording
        self.notice = Banner(look, "info")
        self.theirs = Button(look, "", "secondary")
        self.mine = Button(look, "", "secondary")
        self.theirs.clicked.connect(self.theirs_asked)
        self.mine.clicked.connect(self.mine_kept)
        self.choices = QWidget()
        choices = QHBoxLayout(self.choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(10)
        choices.addWidget(self.mine)
        choices.addWidget(self.theirs)
        choices.addStretch(1)
        self.sign_in = SignInRow(look, wording)
        self.sessions = RuleCard(look, wording, SESSIONS, self, self.sign_in)
        self.breaks = RuleCard(look, wording, BREAKS, self)
        self.rows = {row.field_name: row for row in (*self.sessions.rows, *self.breaks.rows)}
        self.effect = EffectCard(look, HoursWording(wording.language))
        self._right = QWidget()
        side = QVBoxLayout(self._right)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.effect)
        side.addStretch(1)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(GAP)
        self._cards.addWidget(self.sessions, 1)
        self._cards.addWidget(self.breaks, 1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(GAP)
        self._sides.addLayout(self._cards, 1)
        self._sides.addWidget(self._right)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(EDGE, 20, EDGE, 20)
        column.setSpacing(GAP)
        column.addWidget(self.notice)
        column.addWidget(self.choices)
        column.addLayout(self._sides)
        column.addStretch(1)
        self._scroll = ScrollBox(look)
        self._scroll.set_content(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self.choices.hide()
        self.notice.hide()
        look.changed.connect(self._arrange)

    def show_rule(self, room: str, writing: RuleWriting, running: int, *, may_edit: bool) -> None:
        """Show the limits of a room as they are written, and what they change."""
        _ = self._wording.language.gettext
        self.sessions.title.say(_("Sessions, %(room)s") % {"room": room})
        self.breaks.title.say(_("Waiting and breaks"))
        for row in self.rows.values():
            row.show_value(writing, may_edit=may_edit)
        self.sign_in.show_value(writing, may_edit=may_edit)
        self.effect.show_effect(self._effects(writing, running))

    def show_outcome(self, trouble: Trouble | None, *, is_saved: bool, may_edit: bool) -> None:
        """Say what came of the last save, or why the limits can only be read."""
        _ = self._wording.language.gettext
        if trouble is not None:
            self._tell("danger", trouble.fact, trouble.rest)
        elif is_saved:
            rest = _("The seats of the room know them from now on.")
            self._tell("success", _("The limits are saved."), rest)
        elif not may_edit:
            rest = _("The administrators of this place change them.")
            self._tell("info", _("You may read these limits."), rest)
        else:
            self.notice.hide()
        self.choices.hide()

    def show_moved(self, over_theirs: RuleWriting) -> None:
        """Say that somebody else has saved, and set both sides against each other."""
        _ = self._wording.language.gettext
        trouble = self._wording.moved()
        self._tell("warning", trouble.fact, f"{trouble.rest} {self._wording.compared(over_theirs)}")
        self.mine.setText(_("Keep mine"))
        self.theirs.setText(_("Take theirs"))
        self.choices.show()

    def commit(self) -> None:
        """Take over what stands in the field that has the keyboard."""
        for row in self.rows.values():
            if row.field.edit.hasFocus():
                row.field.commit()

    def _tell(self, kind: BannerKind, fact: str, rest: str) -> None:
        said = f"{fact} {rest}"
        if said != self.notice.plain() or self.notice.isHidden():
            announce(self, said)
        self.notice.set_kind(kind)
        self.notice.tell(fact, rest)
        self.notice.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards side by side or below each other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        scale = self._look.theme.text_scale
        direction = QBoxLayout.Direction
        beside = self.width() >= BESIDE * scale
        two = self.width() >= TWO_COLUMNS * scale
        self._sides.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        self._cards.setDirection(direction.LeftToRight if two else direction.TopToBottom)
        wide = round(SIDE_WIDTH * scale)
        self._right.setMinimumWidth(wide if beside else 0)
        self._right.setMaximumWidth(wide if beside else 16_777_215)

    def _effects(self, writing: RuleWriting, running: int) -> Sequence[str]:
        if not writing.count() or writing.wrong():
            return ()
        told = [self._wording.change(writing, one) for one in writing.changed()]
        told.append(escape(self._wording.since()))
        told += [escape(one) for one in self._wording.sessions(writing, running)]
        return told
