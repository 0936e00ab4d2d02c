"""Ending always asks, wherever it is pressed; going on has the focus, and Escape goes on (k14)."""

from html import escape

from PySide6.QtWidgets import QWidget

from kiosk.look.button import Button
from kiosk.look.card import Rule
from kiosk.look.dialog import Dialog, Edges
from kiosk.look.token import TintName
from kiosk.look.words import Words
from kiosk.shell.help_page import Plate
from kiosk.shell.layout import column, row
from kiosk.shell.outfit import Outfit
from kiosk.wire.face import SessionFace, Snapshot

GO_ON, END = "go_on", "end"


class Concern(QWidget):
    """One thing to think of before leaving."""

    def __init__(
        self, outfit: Outfit, icon: str, tint: TintName, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        look = outfit.look
        self._title = Words(look, "", "strong", rem=1.15, line=1.25, wrap=True)
        self._text = Words(look, "", "body", "ink_muted", wrap=True)
        line = row(self, spacing=22, margins=(0, 14, 0, 14))
        line.addWidget(Plate(look, icon, tint))
        told = column(spacing=2)
        told.addStretch(1)
        told.addWidget(self._title)
        told.addWidget(self._text)
        told.addStretch(1)
        line.addLayout(told, 1)

    def plain(self) -> str:
        """Return both."""
        return f"{self._title.plain()} {self._text.plain()}"

    def tell(self, title: str, text: str) -> None:
        """Say it."""
        self._title.say(title)
        self._text.say(text)


class EndingDialog(Dialog):
    """The question."""

    def __init__(self, outfit: Outfit, parent: QWidget) -> None:
        look = outfit.look
        super().__init__(look, outfit.guard, parent, edges=Edges(68, 56, 56, 40))
        self._outfit = outfit
        self._title = Words(look, "", "h1", rem=2.3, wrap=True)
        self._lead = Words(look, "", "lead", "ink_muted", wrap=True)
        self._work = Concern(outfit, "usb", "files")
        self._programs = Concern(outfit, "monitor", "internet")
        self.go_on = Button(look, "", "primary", size="main")
        self.end = Button(look, "", "danger", size="main", icon="log-out")
        self.body.setSpacing(0)
        self.body.addWidget(self._title)
        self.body.addSpacing(12)
        self.body.addWidget(self._lead)
        self.body.addSpacing(30)
        self.body.addWidget(Rule(look))
        self.body.addSpacing(12)
        self.body.addWidget(self._work)
        self.body.addWidget(self._programs)
        self.body.addSpacing(12)
        self.body.addWidget(Rule(look))
        self.add_answer(self.go_on, GO_ON, safe=True, escape=True, stretch=1)
        self.add_answer(self.end, END, stretch=1)

    def spoken(self) -> list[str]:
        """Return the question, what would be given up, and the safe answer."""
        concerns = [self._work.plain()]
        if not self._programs.isHidden():
            concerns.append(self._programs.plain())
        button = self._outfit.teller.button(self.go_on.text())
        return [self._title.plain(), self._lead.plain(), *concerns, button]

    def tell(self, snapshot: Snapshot, session: SessionFace) -> None:
        """Say what would be given up."""
        language, teller = self._outfit.language, self._outfit.teller
        _ = language.gettext
        title = _("End your session?")
        self._title.say(title)
        duration = teller.phrase(snapshot).long_duration(session.remaining_seconds)
        left = escape(_("You have %(duration)s left.") % {"duration": "\0"})
        left = left.replace("\0", f"<b>{escape(duration)}</b>")
        erased = (
            _("At the end, what you opened from here is erased.")
            if snapshot.windowed
            else _("At the end, everything is erased from this seat.")
        )
        self._lead.say_rich(f"{left} {escape(erased)}")
        self._work.tell(_("Have you kept your work?"), _("Copy it to a USB key before you end."))
        count = session.running_applications
        self._programs.setVisible(count > 0)
        told = language.ngettext(
            "%(count)d program is open.", "%(count)d programs are open.", count
        )
        self._programs.tell(
            (told % {"count": count}).rstrip("."), _("What is not saved in it is lost.")
        )
        self.go_on.setText(_("Go on"))
        self.end.setText(_("End and erase everything"))
        self.set_spoken(title)
