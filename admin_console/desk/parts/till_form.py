"""A small form over the page *Caisse*: an amount, a card, a reason, a day; one for all of them.

What is wrong with a field is said at it, and what the hub refuses above; nothing typed is lost.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from admin_console.desk.models.till_ask import CHOICE, Ask, Line
from admin_console.desk.parts.choice_card import ChoiceFlow, ChoiceGroup, PillChoice
from admin_console.desk.parts.flow import Flow
from admin_console.desk.parts.line import grown
from kiosk.look.announce import announce
from kiosk.look.banner import Banner
from kiosk.look.button import Button
from kiosk.look.dialog import Dialog
from kiosk.look.field import Field
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words

WIDTH = 560
MORE = 180
Wrong = Mapping[str, str]
"""What is wrong, by the key of the field; nothing where all is well."""

Check = Callable[[Mapping[str, str]], Wrong]
"""Takes the values of a form, does what is wanted, or says what is wrong."""


class TillForm(Dialog):
    """The form. Whoever asks answers with `show_trouble`, or closes it with `dismiss`."""

    def __init__(self, look: Look, guard: Guard, language: Language, parent: QWidget) -> None:
        super().__init__(look, guard, parent, width=WIDTH)
        self._language = language
        self._check: Check | None = None
        self.fields: dict[str, Field] = {}
        self.title = Words(look, "", "h2", wrap=True)
        self.note = Words(look, "", "body", "ink_muted", wrap=True)
        self.trouble = Banner(look, "danger")
        self.choice_label = Words(look, "", "strong")
        self.choice = ChoiceGroup(ChoiceFlow(gap=9, line_gap=9))
        self.ready = Flow(gap=9, line_gap=9)
        self._ready: list[Button] = []
        self.stay = Button(look, "", "secondary", size="main")
        self.go = Button(look, "", "primary", size="main")
        parts = (self.title, self.note, self.trouble, self.choice_label, self.choice, self.ready)
        for part in parts:
            self.body.addWidget(part)
        self.add_answer(self.stay, "stay", escape=True, stretch=1)
        self.answers.addWidget(self.go, 1)
        self.go.clicked.connect(self.send)

    def ask(self, ask: Ask, check: Check) -> None:
        """Ask; `check` gets the values each time that the button is pressed."""
        self._check = check
        self.title.say(ask.title)
        self.set_spoken(ask.title)
        self.note.say(ask.note)
        self.note.setVisible(bool(ask.note))
        self.trouble.hide()
        self._offer(ask.choices, ask.choice_label)
        self._set_lines(ask.lines)
        self._set_ready(ask.ready)
        self.stay.setText(self._language.gettext("Cancel"))
        self.go.setText(ask.do)
        self.go.kind = "danger" if ask.harms else "primary"
        self.go.setEnabled(True)
        self.set_width(grown(self._look, WIDTH, MORE))
        self.open()
        first: QWidget | None = next(iter(self.fields.values()), None)
        (first or self.go).setFocus(Qt.FocusReason.PopupFocusReason)

    def values(self) -> dict[str, str]:
        """Return what is written and chosen."""
        found = {key: field.text().strip() for key, field in self.fields.items()}
        found[CHOICE] = self.choice.value()
        return found

    def send(self) -> None:
        """Do what is asked, unless something is wrong with it."""
        if self._check is None or not self.go.isEnabled():
            return
        self.trouble.hide()
        self.go.setEnabled(False)
        wrong = self._check(self.values())
        first = next((self.fields[key] for key in wrong if key in self.fields), None)
        for key, field in self.fields.items():
            if key in wrong:
                field.say_wrong(wrong[key])
        if wrong:
            self.go.setEnabled(True)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rearrange()

    def show_trouble(self, trouble: Trouble) -> None:
        """Say why it was not done; it may be tried again."""
        self.go.setEnabled(True)
        self.trouble.tell(trouble.fact, trouble.rest)
        self.trouble.show()
        self.rearrange()
        announce(self.go, trouble.whole, urgent=True)

    def dismiss(self, *, guarded: bool = True) -> None:
        """Close; no number of a card stays behind."""
        super().dismiss(guarded=guarded)
        self._check = None
        for field in self.fields.values():
            field.clear()

    def _offer(self, choices: Sequence[tuple[str, str]], label: str) -> None:
        self.choice_label.say(label)
        self.choice.set_spoken(label)
        self.choice.set_cards([PillChoice(self._look, value) for value, _words in choices])
        for card, (_value, words) in zip(self.choice.cards, choices, strict=True):
            card.tell(words)
        self.choice.set_value(choices[0][0] if choices else "")
        self.choice.setVisible(bool(choices))
        self.choice_label.setVisible(bool(choices))

    def _set_lines(self, lines: Sequence[Line]) -> None:
        for old in self.fields.values():
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.fields = {}
        for line in lines:
            field = Field(self._look, line.label, digits_only=line.is_card)
            field.set_text(line.value)
            field.say_help(line.help)
            field.submitted.connect(self._on_submitted)
            self.body.insertWidget(self.body.indexOf(self.ready), field)
            field.show()
            self.fields[line.key] = field

    def _set_ready(self, ready: Sequence[str]) -> None:
        for button in self._ready:
            self.ready.remove(button)
            button.deleteLater()
        self._ready = []
        for sentence in ready:
            button = Button(self._look, sentence, "secondary", size="small")
            button.clicked.connect(self._on_ready)
            self.ready.add(button)
            self._ready.append(button)
        self.ready.setVisible(bool(ready))

    def _on_ready(self) -> None:
        button = self.sender()
        if isinstance(button, Button) and self.fields:
            last = list(self.fields.values())[-1]
            last.set_text(button.text())
            last.say_help("")
            last.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_submitted(self) -> None:
        """Go on to the next empty field, and do it from the last."""
        fields = list(self.fields.values())
        field = self.sender()
        place = fields.index(field) if isinstance(field, Field) and field in fields else -1
        if 0 <= place < len(fields) - 1:
            fields[place + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.send()
