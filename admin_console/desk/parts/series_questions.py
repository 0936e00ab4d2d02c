"""The questions of the page of workshops: what a series runs into, and before anything ends."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from admin_console.desk.models.series_wording import SeriesWording
from admin_console.desk.parts.flow import Flow
from kiosk.look.button import Button
from kiosk.look.dialog import Dialog
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.words import Words
from kiosk.wire.workshop import CutView

WIDTH = 640


class ConflictQuestion(Dialog):
    """What a series runs into, and whose session is to end earlier for it.

    Signals:
        confirmed: it is meant; the numbers of the seats whose sessions end earlier.
    """

    confirmed = Signal(object)

    def __init__(self, look: Look, guard: Guard, wording: SeriesWording, parent: QWidget) -> None:
        super().__init__(look, guard, parent, width=WIDTH)
        self._wording = wording
        self._cuts: tuple[CutView, ...] = ()
        self.title = Words(look, "", "h2", wrap=True)
        self.conflicts = Words(look, "", "body", wrap=True)
        self.cuts_heading = Words(look, "", "strong", wrap=True)
        self.cuts_note = Words(look, "", "small", "ink_muted", wrap=True)
        self.cuts: dict[int, Button] = {}
        self._flow = Flow(gap=8, line_gap=8)
        self.stay = Button(look, "", "secondary", size="main")
        self.keep = Button(look, "", "primary", size="main")
        for part in (self.title, self.conflicts, self.cuts_heading, self._flow, self.cuts_note):
            self.body.addWidget(part)
        self.add_answer(self.stay, "stay", safe=True, escape=True, stretch=1)
        self.add_answer(self.keep, "keep", stretch=1)
        self.answered.connect(self._on_answered)
        self._look = look
        self.hide()

    def ask(self, conflicts: Sequence[str], cuts: Sequence[CutView]) -> None:
        """Ask; the sentences are of the language that is spoken now."""
        _ = self._wording.language.gettext
        self._cuts = tuple(cuts)
        title = _("Save it all the same?")
        self.title.say(title)
        self.set_spoken(title)
        self.conflicts.say("\n".join(conflicts))
        self.conflicts.setVisible(bool(conflicts))
        self.cuts_heading.say(_("These sessions run beyond its start. Which ones end earlier?"))
        self.cuts_note.say(
            _(
                "Their visitors are told at once and keep 15 minutes at least. "
                "The others keep their time, and their seats are taken at the end."
            )
        )
        for button in self.cuts.values():
            self._flow.remove(button)
            button.deleteLater()
        self.cuts = {}
        for cut in cuts:
            button = Button(self._look, self._wording.cut(cut), "tool")
            button.setCheckable(True)
            self._flow.add(button)
            self.cuts[cut.seat] = button
        for part in (self.cuts_heading, self._flow, self.cuts_note):
            part.setVisible(bool(cuts))
        self.stay.setText(_("Do not save"))
        self.keep.setText(_("Save it"))
        self.open()
        self.rearrange()

    def _on_answered(self, name: str) -> None:
        if name == "keep":
            chosen = tuple(seat for seat, button in self.cuts.items() if button.isChecked())
            self.confirmed.emit(chosen)


class SureQuestion(Dialog):
    """Whether something is to end for good."""

    def __init__(self, look: Look, guard: Guard, wording: SeriesWording, parent: QWidget) -> None:
        super().__init__(look, guard, parent, width=WIDTH)
        self._wording = wording
        self._go_on: Callable[[], object] | None = None
        self.title = Words(look, "", "h2", wrap=True)
        self.text = Words(look, "", "body", wrap=True)
        self.stay = Button(look, "", "secondary", size="main")
        self.go = Button(look, "", "danger", size="main")
        self.body.addWidget(self.title)
        self.body.addWidget(self.text)
        self.add_answer(self.stay, "stay", safe=True, escape=True, stretch=1)
        self.add_answer(self.go, "go", stretch=1)
        self.answered.connect(self._on_answered)
        self.hide()

    def ask(self, title: str, text: str, go: str, go_on: Callable[[], object]) -> None:
        """Ask; `go_on` is done where somebody is sure."""
        self._go_on = go_on
        self.title.say(title)
        self.text.say(text)
        self.stay.setText(self._wording.language.gettext("Leave it as it is"))
        self.go.setText(go)
        self.set_spoken(title)
        self.open()

    def _on_answered(self, name: str) -> None:
        go_on, self._go_on = self._go_on, None
        if name == "go" and go_on is not None:
            go_on()
