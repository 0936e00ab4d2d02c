"""This computer is no seat yet: one code makes it one."""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.look.button import Button
from kiosk.look.field import Field
from kiosk.look.scroll import ScrollBox
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words
from kiosk.shell.help_page import Plate
from kiosk.shell.layout import CENTRE, column, row
from kiosk.shell.outfit import Outfit
from kiosk.shell.page import Page
from kiosk.wire.face import Snapshot

WIDTH = 640


class EnrolmentStage(StrEnum):
    """Where the enrolment stands."""

    ASKING = "asking"
    BUSY = "busy"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"
    NOT_TRUSTED = "not_trusted"
    NOT_KEPT = "not_kept"


class EnrolmentPage(Page):
    """The page. It needs no snapshot: there is nothing to show yet.

    Signals:
        enrolment_asked: the code that was typed.
    """

    enrolment_asked = Signal(str)

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit, parent)
        look = outfit.look
        self._stage = EnrolmentStage.ASKING
        self._plate = Plate(look, "monitor", "internet", 96)
        self._title = Words(look, "", "h1", align=CENTRE, wrap=True)
        self._lead = Words(look, "", "lead", "ink_muted", align=CENTRE, wrap=True)
        self.field = Field(look, icon="key-round")
        self.field.edit.setMaxLength(80)
        self.button = Button(look, "", "primary", size="main", icon="arrow-right")
        self.field.edited.connect(self._follow)
        self.field.submitted.connect(self._submit)
        self.button.clicked.connect(self._submit)
        content = QWidget()
        middle = column(content, margins=(48, 40, 48, 40))
        middle.addStretch(1)
        middle.addWidget(self._plate, 0, CENTRE)
        middle.addSpacing(26)
        middle.addWidget(self._title)
        middle.addSpacing(10)
        middle.addWidget(self._lead)
        middle.addSpacing(36)
        form = QWidget()
        form.setFixedWidth(WIDTH)
        inside = column(form, spacing=26, margins=(8, 8, 8, 8))
        inside.addWidget(self.field)
        inside.addWidget(self.button)
        across = row()
        across.addStretch(1)
        across.addWidget(form)
        across.addStretch(1)
        middle.addLayout(across)
        middle.addStretch(1)
        scroll = ScrollBox(look)
        scroll.set_content(content)
        whole = column(self)
        whole.addWidget(scroll)
        self.retell()

    def show_stage(self, stage: EnrolmentStage) -> None:
        """Show where the enrolment stands."""
        self._stage = stage
        self.retell()

    def retell(self) -> None:
        """Say the words; no snapshot is needed."""
        _ = self.outfit.language.gettext
        self._title.say(_("This seat is not enrolled yet"))
        self._lead.say(_("Type the enrolment code of the room, as the town's IT gave it to you."))
        self.field.set_label(_("Enrolment code"))
        busy = self._stage is EnrolmentStage.BUSY
        self.button.setText(_("Checking…") if busy else _("Enrol this seat"))
        trouble = self.trouble()
        if trouble is None:
            self.field.say_help("")
        else:
            self.field.say_wrong(trouble.whole)
        self._follow()

    def trouble(self) -> Trouble | None:
        """Return what stands in the way, if anything does."""
        _ = self.outfit.language.gettext
        unchanged = _("Nothing has been changed on this seat.")
        match self._stage:
            case EnrolmentStage.REFUSED:
                fact = _("This code is unknown, used up or too old.")
                return Trouble(fact, unchanged, _("Ask for a new one."))
            case EnrolmentStage.NO_ANSWER:
                advice = _("Check the network cable, then try again.")
                return Trouble(_("There was no answer."), unchanged, advice)
            case EnrolmentStage.NOT_TRUSTED:
                fact = _("What answered is not the town's service.")
                return Trouble(fact, _("Nothing has been sent."), _("Tell the town's IT."))
            case EnrolmentStage.NOT_KEPT:
                fact = _("This seat cannot write down its enrolment.")
                return Trouble(fact, unchanged, _("Have its disk looked at."))
            case _:
                return None

    def tell(self, snapshot: Snapshot) -> None:
        """Show nothing of a snapshot."""

    def spoken(self) -> list[str]:
        """Return what is asked for; never the code."""
        button = self.outfit.teller.button(self.button.text())
        return [self._title.plain(), self._lead.plain(), self.field.message(), button]

    def enter(self) -> None:
        """Wait for the code."""
        self.field.setFocus()

    def leave(self) -> None:
        """Forget the code."""
        self.field.clear()

    def _follow(self) -> None:
        busy = self._stage is EnrolmentStage.BUSY
        self.field.setEnabled(not busy)
        self.button.setEnabled(bool(self.field.text().strip()) and not busy)

    def _submit(self) -> None:
        code = self.field.text().strip()
        if code and self._stage is not EnrolmentStage.BUSY:
            self.enrolment_asked.emit(code)
