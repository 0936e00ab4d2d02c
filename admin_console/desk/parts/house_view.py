"""The rules of a place: the text, and beside it how it reads at the seats."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.house_wording import HouseWording
from admin_console.desk.models.house_writing import LONGEST, HouseWriting
from admin_console.desk.parts.text_ask import Sheet
from kiosk.look.announce import announce
from kiosk.look.banner import Banner, BannerKind
from kiosk.look.button import Button
from kiosk.look.card import Card
from kiosk.look.field import Mark
from kiosk.look.look import Look
from kiosk.look.scroll import ScrollBox
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words

EDGE, GAP = 26, 18
TWO_COLUMNS = 820
"""Least width in pixels, at the usual size of text, of text and preview side by side."""
ROWS = 9


class RulesSheet(Card):
    """The text, and how many letters it has.

    Signals:
        written: the text.
    """

    written = Signal(str)

    def __init__(self, look: Look, wording: HouseWording, parent: QWidget) -> None:
        super().__init__(look, "panel", parent)
        self._look, self._wording = look, wording
        self.title = Words(look, "", "h2", wrap=True)
        self.note = Words(look, "", "small", "ink_muted", wrap=True)
        self.text = Sheet(look)
        self.count = Words(look, "", "extra_small", "ink_muted", align=Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 20)
        column.setSpacing(10)
        column.addWidget(self.title)
        column.addWidget(self.note)
        column.addWidget(self.text)
        column.addWidget(self.count)
        column.addStretch(1)
        self.text.textChanged.connect(self._on_text)
        look.changed.connect(self._restyle)
        self._restyle()

    def tell(self, site: str, *, may_edit: bool) -> None:
        """Say whose rules these are."""
        _ = self._wording.language.gettext
        self.title.say(_("Rules of the place, %(site)s") % {"site": site})
        self.note.say(
            _("Read once, by whoever sits for the first time. One paragraph, without any name.")
        )
        self.text.setAccessibleName(self.title.plain())
        self.text.setAccessibleDescription(self.note.plain())
        self.text.setReadOnly(not may_edit)
        self._count()

    def show_text(self, text: str) -> None:
        """Show another text; nobody is told."""
        if text != self.text.toPlainText():
            self.text.blockSignals(True)
            self.text.setPlainText(text)
            self.text.blockSignals(False)
        self._count()

    def _on_text(self) -> None:
        text = self.text.toPlainText()
        if len(text) > LONGEST:
            place = min(self.text.textCursor().position(), LONGEST)
            self.text.setPlainText(text[:LONGEST])
            cursor = self.text.textCursor()
            cursor.setPosition(place)
            self.text.setTextCursor(cursor)
            announce(self.text, self.count.plain())
            return
        self._count()
        self.written.emit(text)

    def _count(self) -> None:
        told = {"count": len(self.text.toPlainText()), "most": LONGEST}
        self.count.say(self._wording.language.gettext("%(count)d of %(most)d characters") % told)

    def _restyle(self) -> None:
        self.text.setFont(self._look.font("body"))
        self.text.setFixedHeight(ROWS * self.text.fontMetrics().lineSpacing() + 32)


class RulesPreview(Card):
    """How the rules read at a seat."""

    def __init__(self, look: Look, wording: HouseWording, parent: QWidget) -> None:
        super().__init__(look, "soft", parent)
        self._wording = wording
        self.lead = Words(look, "", "small", "ink_muted", wrap=True)
        self.title = Words(look, "", "h3", wrap=True)
        self.text = Words(look, "", "body", wrap=True, even=True)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Mark(look, "scroll-text", "primary", 22), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 20)
        column.setSpacing(10)
        column.addWidget(self.lead)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addStretch(1)

    def show_rules(self, rules: str) -> None:
        """Show the rules; without any the seats leave them out."""
        _ = self._wording.language.gettext
        self.lead.say(
            _("This is how it reads at the seats, after what holds everywhere.")
            if rules
            else _("The seats show no rules of this place: nothing is written.")
        )
        self.title.say(_("The rules of this place"))
        self.text.say(rules)
        self.title.setVisible(bool(rules))
        self.text.setVisible(bool(rules))


class HouseBox(QWidget):
    """The view.

    Signals:
        theirs_asked: what somebody else has saved is to be taken over.
        mine_kept: what is written is kept, over what somebody else has saved.
    """

    theirs_asked = Signal()
    mine_kept = Signal()

    def __init__(self, look: Look, wording: HouseWording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._wording = look, wording
        self.notice = Banner(look, "info")
        self.mine = Button(look, "", "secondary")
        self.theirs = Button(look, "", "secondary")
        self.mine.clicked.connect(self.mine_kept)
        self.theirs.clicked.connect(self.theirs_asked)
        self.choices = QWidget()
        choices = QHBoxLayout(self.choices)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.setSpacing(10)
        choices.addWidget(self.mine)
        choices.addWidget(self.theirs)
        choices.addStretch(1)
        self.sheet = RulesSheet(look, wording, self)
        self.preview = RulesPreview(look, wording, self)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(GAP)
        self._cards.addWidget(self.sheet, 1)
        self._cards.addWidget(self.preview, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(EDGE, 20, EDGE, 20)
        column.setSpacing(GAP)
        column.addWidget(self.notice)
        column.addWidget(self.choices)
        column.addLayout(self._cards)
        column.addStretch(1)
        self._scroll = ScrollBox(look)
        self._scroll.set_content(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self.choices.hide()
        self.notice.hide()
        look.changed.connect(self._arrange)

    def show_rules(self, site: str, writing: HouseWriting, *, may_edit: bool) -> None:
        """Show whose rules these are, and how what is written reads."""
        self.sheet.tell(site, may_edit=may_edit)
        self.preview.show_rules(writing.draft)

    def show_outcome(self, trouble: Trouble | None, *, is_saved: bool, may_edit: bool) -> None:
        """Say what came of the last save, or why the rules can only be read."""
        _ = self._wording.language.gettext
        if trouble is not None:
            self._tell("danger", trouble.fact, trouble.rest)
        elif is_saved:
            self._tell("success", _("The rules are saved."), _("The seats of the place know them."))
        elif not may_edit:
            rest = _("The administrators of this place change them.")
            self._tell("info", _("You may read these rules."), rest)
        else:
            self.notice.hide()
        self.choices.hide()

    def show_moved(self, theirs: str) -> None:
        """Say that somebody else has saved, and what."""
        _ = self._wording.language.gettext
        trouble = self._wording.moved(theirs)
        self._tell("warning", trouble.fact, trouble.rest)
        self.mine.setText(_("Keep my rules"))
        self.theirs.setText(_("Take their rules"))
        self.choices.show()

    def _tell(self, kind: BannerKind, fact: str, rest: str) -> None:
        if f"{fact} {rest}" != self.notice.plain() or self.notice.isHidden():
            announce(self, f"{fact} {rest}")
        self.notice.set_kind(kind)
        self.notice.tell(fact, rest)
        self.notice.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put text and preview side by side or below each other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        two = self.width() >= TWO_COLUMNS * self._look.theme.text_scale
        direction = QBoxLayout.Direction
        self._cards.setDirection(direction.LeftToRight if two else direction.TopToBottom)
