"""*Caisse du jour*: whose the till is, its float, its receipts; what it should hold is not told."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from admin_console.desk.models.till_wording import Row, TillWording
from admin_console.desk.parts.choice_card import ChoiceFlow, ChoiceGroup, PillChoice
from admin_console.desk.parts.flow import Apart
from kiosk.look.banner import Banner, Notice
from kiosk.look.button import Button
from kiosk.look.card import Card, Rule
from kiosk.look.look import Look
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words
from kiosk.wire.till import TillView

EDGE = 22


class TillCard(Card):
    """The panel.

    Signals:
        till_chosen: the id of another till of the site.
        open_asked: the till is to be opened.
        close_asked: it is to be counted and closed.
        paper_asked: a receipt of the paper book is to be entered.
        export_asked: the accountant's files are wanted.
        doubts_asked: print jobs are to be settled of which no answer came.
        again_asked: the tills could not be read, and are to be read again.
    """

    till_chosen = Signal(str)
    open_asked = Signal()
    close_asked = Signal()
    paper_asked = Signal()
    export_asked = Signal()
    doubts_asked = Signal()
    again_asked = Signal()

    def __init__(self, look: Look, wording: TillWording) -> None:
        super().__init__(look)
        self._look, self._wording = look, wording
        self._rows: list[QWidget] = []
        self.title = Words(look, "", "h2", wrap=True)
        self.count = Words(look, "", "body", "ink_muted")
        self.tills = ChoiceGroup(ChoiceFlow(gap=8, line_gap=8))
        self.line = Words(look, "", "body", "ink_muted", wrap=True)
        self.trouble = Banner(look, "danger")
        self.ceiling = Banner(look, "warning")
        self.note = Notice(look)
        self.open = Button(look, "", "primary", size="main", icon="key-round")
        self.close_till = Button(look, "", "secondary", size="main", icon="lock")
        self.again = Button(look, "", "secondary", icon="rotate-cw")
        self.doubts = Button(look, "", "secondary", icon="hourglass")
        self.doubts.hide()
        self.paper = Button(look, "", "quiet", icon="scroll-text")
        self.export = Button(look, "", "quiet", icon="download")
        self._table = QVBoxLayout()
        self._table.setSpacing(9)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, 20, EDGE, 18)
        column.setSpacing(12)
        column.addWidget(Apart(self.title, self.count))
        column.addWidget(self.tills)
        column.addWidget(self.line)
        column.addWidget(self.trouble)
        column.addLayout(self._table)
        column.addWidget(self.ceiling)
        column.addWidget(self.note)
        buttons = (
            self.again, self.open, self.doubts, self.close_till, self.paper, self.export,
        )  # fmt: skip
        for button in buttons:
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            column.addWidget(button)
        self.tills.chosen.connect(self.till_chosen)
        self.open.clicked.connect(self.open_asked)
        self.close_till.clicked.connect(self.close_asked)
        self.again.clicked.connect(self.again_asked)
        self.paper.clicked.connect(self.paper_asked)
        self.export.clicked.connect(self.export_asked)
        self.doubts.clicked.connect(self.doubts_asked)

    def show_tills(
        self, tills: tuple[TillView, ...], chosen: str, trouble: Trouble | None, *, is_known: bool
    ) -> None:
        """Show a till, the others to choose from, and why they could not be read."""
        _ = self._wording.language.gettext
        till = next((one for one in tills if one.till_id == chosen), None)
        self._offer(tills, chosen)
        self.title.say(_("Till of the day") if till is None else till.name)
        is_mine = till is not None and till.mine and till.opened_at is not None
        is_open = till is not None and till.opened_at is not None
        self.count.setVisible(is_mine)
        self.trouble.setVisible(trouble is not None)
        if trouble is not None:
            self.trouble.tell(trouble.fact, trouble.rest)
        if till is not None:
            self.line.say(self._wording.till_line(till))
        elif not is_known and trouble is None:
            self.line.say(_("Looking it up…"))
        else:
            self.line.say(_("This place has no till.") if trouble is None else "")
        self.line.setVisible(bool(self.line.plain()))
        self._fill(till if is_mine else None)
        over = till is not None and till.over_ceiling
        self.ceiling.setVisible(over)
        if till is not None and till.ceiling_cents is not None:
            most = {"most": self._wording.money(till.ceiling_cents)}
            self.ceiling.tell(
                _("More than %(most)s lie in the till.") % most,
                _("Pay it in: count and close the till today."),
            )
        self.note.tell(
            _("What the till should hold is shown once it is counted. Refunded pages are credit.")
        )
        self.note.setVisible(is_mine)
        self.open.setText(_("Open the till…"))
        self.close_till.setText(_("Count and close…"))
        self.paper.setText(_("Enter a paper receipt…"))
        self.again.setText(_("Read again"))
        self.export.setText(_("Files for the accountant…"))
        self.again.setVisible(trouble is not None)
        self.open.setVisible(till is not None and not is_open)
        self.close_till.setVisible(is_mine)
        self.paper.setVisible(is_mine)
        self.export.setVisible(till is not None)

    def show_doubts(self, count: int) -> None:
        """Show how many print jobs wait for somebody to say what came out."""
        self.doubts.setText(self._wording.doubts(count))
        self.doubts.setVisible(count > 0)

    def _offer(self, tills: tuple[TillView, ...], chosen: str) -> None:
        _ = self._wording.language.gettext
        ids = [one.till_id for one in tills]
        if ids != [card.value for card in self.tills.cards]:
            self.tills.set_cards([PillChoice(self._look, one) for one in ids])
        for card, one in zip(self.tills.cards, tills, strict=True):
            card.tell(one.name)
        self.tills.set_value(chosen)
        self.tills.set_spoken(_("Tills of this place"))
        self.tills.setVisible(len(tills) > 1)

    def _fill(self, till: TillView | None) -> None:
        _ = self._wording.language.gettext
        for old in self._rows:
            self._table.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = []
        if till is None:
            return
        self.count.say(self._wording.receipts(till.receipts))
        rows = [Row(_("Float"), self._wording.money(till.float_cents))]
        if till.regie:
            rows.insert(0, Row(_("Régie"), till.regie))
        for row in rows:
            left = Words(self._look, row.name, "body")
            right = Words(self._look, row.value, "strong", align=Qt.AlignmentFlag.AlignRight)
            for part in (Rule(self._look), Apart(left, right)):
                self._table.addWidget(part)
                self._rows.append(part)
