"""What a place says at its seats: each text, and beside it how it reads there."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from admin_console.desk.models.house_wording import HouseWording
from admin_console.desk.models.house_writing import HouseWriting
from admin_console.desk.parts.text_pair import TextPreview, TextSheet
from kiosk.look.announce import announce
from kiosk.look.banner import Banner, BannerKind
from kiosk.look.button import Button
from kiosk.look.look import Look
from kiosk.look.scroll import ScrollBox
from kiosk.look.trouble import Trouble
from kiosk.wire.place import SiteView

EDGE, GAP = 26, 18
TWO_COLUMNS = 820
"""Least width in pixels, at the usual size of text, of text and preview side by side."""
RULES_ROWS, SELLING_ROWS = 8, 3


class HouseBox(QWidget):
    """The view.

    Attributes:
        sheet: the rules of the place, as they are written.
        preview: the same as whoever sits there first reads it.
        selling: where and when the place sells print credit.
        selling_preview: the same as it stands beside a visitor's credit.

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
        self.sheet = TextSheet(look, wording.language, RULES_ROWS, self)
        self.preview = TextPreview(look, "scroll-text", self)
        self.selling = TextSheet(look, wording.language, SELLING_ROWS, self)
        self.selling_preview = TextPreview(look, "map-pin", self)
        pairs = ((self.sheet, self.preview), (self.selling, self.selling_preview))
        self._rows = [QBoxLayout(QBoxLayout.Direction.LeftToRight) for _pair in pairs]
        for row, pair in zip(self._rows, pairs, strict=True):
            row.setSpacing(GAP)
            for card in pair:
                row.addWidget(card, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(EDGE, 20, EDGE, 20)
        column.setSpacing(GAP)
        column.addWidget(self.notice)
        column.addWidget(self.choices)
        for row in self._rows:
            column.addLayout(row)
        column.addStretch(1)
        self._scroll = ScrollBox(look)
        self._scroll.set_content(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self.choices.hide()
        self.notice.hide()
        look.changed.connect(self._arrange)

    def show_texts(self, site: SiteView, writing: HouseWriting, *, may_edit: bool) -> None:
        """Show whose texts these are, and how what is written reads."""
        _ = self._wording.language.gettext
        name = {"site": site.name}
        once = _("Read once, by whoever sits for the first time. One paragraph, without any name.")
        self.sheet.tell(_("Rules of the place, %(site)s") % name, once, may_edit=may_edit)
        beside = _("Shown beside the visitor’s credit: where and when, in one sentence.")
        self.selling.tell(_("Where print credit is sold"), beside, may_edit=may_edit)
        lead = (
            _("This is how it reads at the seats, after what holds everywhere.")
            if writing.draft
            else _("The seats show no rules of this place: nothing is written.")
        )
        self.preview.show_text(lead, _("The rules of this place"), writing.draft)
        lead = _("This is how it reads at the seats, below the credit.")
        if not writing.top_up:
            lead = self._wording.without_top_up(staffed=site.staffed)
        self.selling_preview.show_text(lead, _("To buy credit:"), writing.top_up)

    def show_outcome(self, trouble: Trouble | None, *, is_saved: bool, may_edit: bool) -> None:
        """Say what came of the last save, or why the rules can only be read."""
        _ = self._wording.language.gettext
        if trouble is not None:
            self._tell("danger", trouble.fact, trouble.rest)
        elif is_saved:
            self._tell("success", _("The texts are saved."), _("The seats of the place know them."))
        elif not may_edit:
            rest = _("The administrators of this place change them.")
            self._tell("info", _("You may read these texts."), rest)
        else:
            self.notice.hide()
        self.choices.hide()

    def show_moved(self, mine: HouseWriting, theirs: SiteView) -> None:
        """Say that somebody else has saved, and what."""
        _ = self._wording.language.gettext
        trouble = self._wording.moved(mine, theirs)
        self._tell("warning", trouble.fact, trouble.rest)
        self.mine.setText(_("Keep what I wrote"))
        self.theirs.setText(_("Take what they wrote"))
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
        for row in self._rows:
            row.setDirection(direction.LeftToRight if two else direction.TopToBottom)
