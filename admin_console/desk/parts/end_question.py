"""The question before staff end a session; the focus is on the answer that ends nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from admin_console.desk.models.stand import SeatStand
from admin_console.desk.models.wording import Wording
from kiosk.look.button import Button
from kiosk.look.dialog import Dialog
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.words import Words

WIDTH = 480


class EndQuestion(Dialog):
    """The question.

    Signals:
        confirmed: the seat and the slot that are to end.
    """

    confirmed = Signal(str, str)

    def __init__(self, look: Look, guard: Guard, wording: Wording, parent: QWidget) -> None:
        super().__init__(look, guard, parent, width=WIDTH)
        self._wording = wording
        self._stand: SeatStand | None = None
        self.title = Words(look, "", "h2", wrap=True)
        self.text = Words(look, "", "body", wrap=True)
        self.stay = Button(look, "", "secondary", size="main")
        self.end = Button(look, "", "danger", size="main")
        self.body.addWidget(self.title)
        self.body.addWidget(self.text)
        self.add_answer(self.stay, "stay", safe=True, escape=True, stretch=1)
        self.add_answer(self.end, "end", stretch=1)
        self.answered.connect(self._on_answered)
        wording.language.changed.connect(self.retell)
        self.hide()

    @property
    def slot_id(self) -> str | None:
        """The slot that the question is about, while it stands."""
        return self._stand.slot_id if self._stand is not None and self.is_open() else None

    def ask(self, stand: SeatStand) -> None:
        """Ask about a seat."""
        self._stand = stand
        self.retell()
        self.open()

    def retell(self) -> None:
        """Say everything again."""
        if self._stand is None:
            return
        _ = self._wording.language.gettext
        seat = self._wording.seat_name(self._stand.number)
        question = _("End the session at %(seat)s?") % {"seat": seat.lower()}
        self.title.say(question)
        self.text.say(
            _("The visitor is told at once and has a moment to save. Nothing is lost before that.")
        )
        self.stay.setText(_("Let it go on"))
        self.end.setText(_("End the session"))
        self.set_spoken(question)

    def _on_answered(self, name: str) -> None:
        stand = self._stand
        if name == "end" and stand is not None and stand.slot_id is not None:
            self.confirmed.emit(stand.seat_id, stand.slot_id)
