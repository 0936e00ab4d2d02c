"""Two small questions at the desk: whether something is wanted, and a code that is shown once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from kiosk.look.banner import Notice
from kiosk.look.button import Button, Kind
from kiosk.look.dialog import Dialog
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.look.words import Words

WIDTH = 480
CENTRE = Qt.AlignmentFlag.AlignHCenter


class SmallQuestion(Dialog):
    """A question with two answers; the focus is on the one that does nothing.

    Signals:
        confirmed: it is wanted.
    """

    confirmed = Signal()

    def __init__(
        self, look: Look, guard: Guard, parent: QWidget, *, kind: Kind = "primary"
    ) -> None:
        super().__init__(look, guard, parent, width=WIDTH)
        self.title = Words(look, "", "h2", wrap=True)
        self.text = Words(look, "", "body", wrap=True)
        self.stay = Button(look, "", "secondary", size="main")
        self.go_on = Button(look, "", kind, size="main")
        self.body.addWidget(self.title)
        self.body.addWidget(self.text)
        self.add_answer(self.stay, "stay", safe=True, escape=True, stretch=1)
        self.add_answer(self.go_on, "go_on", stretch=1)
        self.answered.connect(self._on_answered)

    def ask(self, question: str, text: str, stay: str, go_on: str) -> None:
        """Ask."""
        self.title.say(question)
        self.text.say(text)
        self.stay.setText(stay)
        self.go_on.setText(go_on)
        self.set_spoken(question)
        self.open()

    def _on_answered(self, name: str) -> None:
        if name == "go_on":
            self.confirmed.emit()


class CodeDialog(Dialog):
    """A secret code, and the card where the hub has made its number; gone once it is closed."""

    def __init__(self, look: Look, guard: Guard, language: Language, parent: QWidget) -> None:
        super().__init__(look, guard, parent, width=WIDTH)
        self._language = language
        self.title = Words(look, "", "h2", wrap=True)
        self.code = Words(look, "", "h1", rem=3.6, weight=700, align=CENTRE)
        self.card_title = Words(look, "", "small", "ink_muted", align=CENTRE)
        self.card = Words(look, "", "h2", align=CENTRE)
        self.note = Notice(look)
        self.done = Button(look, "", "primary", size="main")
        for part in (self.title, self.code, self.card_title, self.card, self.note):
            self.body.addWidget(part)
        self.answers.addStretch(1)
        self.add_answer(self.done, "close", safe=True, escape=True)
        self.answered.connect(self._forget)
        language.changed.connect(self.retell)
        self.retell()

    def show_code(self, title: str, code: str, card: str = "") -> None:
        """Show a code until it is closed, with a new card's number."""
        self.title.say(title)
        self.set_spoken(title)
        self.code.say("\u2002".join(code))
        # Digit by digit, once: the name goes with the code.
        self.code.setAccessibleName(" ".join(code))
        groups = in_groups(card)
        self.card.say("\u2002".join(groups))
        self.card.setAccessibleName(", ".join(groups))
        self.card.setVisible(bool(card))
        self.card_title.setVisible(bool(card))
        self.open()

    def retell(self) -> None:
        """Say everything again."""
        _ = self._language.gettext
        self.card_title.say(_("The new card has the number"))
        self.note.tell(
            _("Shown this once and kept nowhere: let the person read it, or write it down.")
        )
        self.done.setText(_("Close"))

    def dismiss(self, *, guarded: bool = True) -> None:
        """Close; no code stays behind."""
        super().dismiss(guarded=guarded)
        self._forget("")

    def _forget(self, _name: str) -> None:
        for words in (self.code, self.card):
            words.say("")
            words.setAccessibleName("")


def in_groups(digits: str) -> list[str]:
    """Return digits in groups of four from the right, as they are read aloud."""
    first = len(digits) % 4
    parts = [digits[:first]] if first else []
    return parts + [digits[place : place + 4] for place in range(first, len(digits), 4)]
