"""The two questions of the editor: which days to copy to, and what becomes of unsaved changes."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from admin_console.desk.models.hours_draft import WEEK
from admin_console.desk.models.hours_wording import HoursWording
from admin_console.desk.parts.flow import Flow
from kiosk.look.button import Button
from kiosk.look.dialog import Dialog
from kiosk.look.guard import Guard
from kiosk.look.look import Look
from kiosk.look.words import Words

WIDTH = 620


class CopyQuestion(Dialog):
    """Which day is copied, and to which others.

    Signals:
        confirmed: the day, and the days that become like it.
    """

    confirmed = Signal(int, object)

    def __init__(self, look: Look, guard: Guard, wording: HoursWording, parent: QWidget) -> None:
        super().__init__(look, guard, parent, width=WIDTH)
        self._wording = wording
        self.title = Words(look, "", "h2", wrap=True)
        self.from_words = Words(look, "", "strong", wrap=True)
        self.to_words = Words(look, "", "strong", wrap=True)
        self.sources = [Button(look, "", "tool") for _day in WEEK]
        self.targets = [Button(look, "", "tool") for _day in WEEK]
        self.give_up = Button(look, "", "secondary", size="main")
        self.copy = Button(look, "", "primary", size="main")
        self.body.addWidget(self.title)
        for words, buttons in ((self.from_words, self.sources), (self.to_words, self.targets)):
            self.body.addWidget(words)
            flow = Flow(gap=8, line_gap=8)
            for button in buttons:
                button.setCheckable(True)
                flow.add(button)
            self.body.addWidget(flow)
        for button in self.sources:
            button.clicked.connect(self._on_source)
        for button in self.targets:
            button.clicked.connect(self._settle)
        self.add_answer(self.give_up, "give_up", escape=True, stretch=1)
        self.add_answer(self.copy, "copy", stretch=1)
        self.answered.connect(self._on_answered)
        wording.language.changed.connect(self.retell)
        self.hide()

    def ask(self, source: int) -> None:
        """Ask, with a day to copy already chosen."""
        for day in WEEK:
            self.sources[day].setChecked(day == source)
            self.targets[day].setChecked(False)
        self.retell()
        self._settle()
        self.begin_at(self.sources[source])
        self.open()

    def retell(self) -> None:
        """Say everything again."""
        _ = self._wording.language.gettext
        self.title.say(_("Copy a day"))
        self.from_words.say(_("The day to copy"))
        self.to_words.say(_("The days that become like it"))
        for day in WEEK:
            name = self._wording.weekday(day)
            self.sources[day].setText(name)
            self.targets[day].setText(name)
            self.sources[day].setAccessibleDescription(self.from_words.plain())
            self.targets[day].setAccessibleDescription(self.to_words.plain())
        self.give_up.setText(_("Cancel"))
        self.copy.setText(_("Copy"))
        self.set_spoken(_("Copy a day"))

    def _source(self) -> int:
        return next(day for day in WEEK if self.sources[day].isChecked())

    def _chosen(self) -> tuple[int, ...]:
        source = self._source()
        return tuple(day for day in WEEK if self.targets[day].isChecked() and day != source)

    def _on_source(self) -> None:
        pressed = self.sender()
        for button in self.sources:
            button.setChecked(button is pressed)
        self._settle()

    def _settle(self) -> None:
        source = self._source()
        for day in WEEK:
            self.targets[day].setEnabled(day != source)
        self.copy.setEnabled(bool(self._chosen()))

    def _on_answered(self, name: str) -> None:
        if name == "copy" and self._chosen():
            self.confirmed.emit(self._source(), self._chosen())


class LeaveQuestion(Dialog):
    """What becomes of changes that are not saved, before another thing is shown."""

    def __init__(self, look: Look, guard: Guard, wording: HoursWording, parent: QWidget) -> None:
        super().__init__(look, guard, parent, width=WIDTH)
        self._wording = wording
        self._go_on: Callable[[], object] | None = None
        self._count = 0
        self.title = Words(look, "", "h2", wrap=True)
        self.text = Words(look, "", "body", wrap=True)
        self.stay = Button(look, "", "secondary", size="main")
        self.drop = Button(look, "", "danger", size="main")
        self.body.addWidget(self.title)
        self.body.addWidget(self.text)
        self.add_answer(self.stay, "stay", safe=True, escape=True, stretch=1)
        self.add_answer(self.drop, "drop", stretch=1)
        self.answered.connect(self._on_answered)
        wording.language.changed.connect(self.retell)
        self.hide()

    def ask(self, count: int, go_on: Callable[[], object]) -> None:
        """Ask; `go_on` is done when the changes may be forgotten."""
        self._count, self._go_on = count, go_on
        self.retell()
        self.open()

    def retell(self) -> None:
        """Say everything again."""
        _, ngettext = self._wording.language.gettext, self._wording.language.ngettext
        question = ngettext(
            "%(count)d change is not saved",
            "%(count)d changes are not saved",
            self._count,
        ) % {"count": self._count}
        self.title.say(question)
        self.text.say(_("Stay to save, or leave and forget what you wrote."))
        self.stay.setText(_("Stay here"))
        self.drop.setText(_("Leave without saving"))
        self.set_spoken(question)

    def _on_answered(self, name: str) -> None:
        go_on, self._go_on = self._go_on, None
        if name == "drop" and go_on is not None:
            go_on()
