"""Something to read, and one button: the desk's message, the answer to a call, a forgotten code."""

from html import escape

from PySide6.QtWidgets import QWidget

from kiosk.look.button import Button
from kiosk.look.card import Card
from kiosk.look.dialog import Dialog
from kiosk.look.field import Mark
from kiosk.look.token import TintName
from kiosk.look.trouble import Trouble
from kiosk.look.words import Words
from kiosk.shell.help_page import Plate
from kiosk.shell.layout import TOP, column, row
from kiosk.shell.outfit import Outfit
from kiosk.shell.question import OFFERED, is_over
from kiosk.shell.words import Told
from kiosk.wire.face import HelpStage, MessageFace, SessionFace, Snapshot

READ = "read"


class TellingDialog(Dialog):
    """The dialog; closing it is always the expected answer, and what Escape means."""

    def __init__(self, outfit: Outfit, parent: QWidget, icon: str, tint: TintName) -> None:
        look = outfit.look
        super().__init__(look, outfit.guard, parent, width=1080)
        self.outfit = outfit
        self._title = Words(look, "", "h1", rem=2.0, wrap=True)
        self._text = Words(look, "", "lead", "ink_muted", rem=1.3, wrap=True, even=True)
        self._contact = Card(look, "sunken")
        self._telephone = Words(look, "", "h2", rem=1.7)
        self._hours = Words(look, "", "body", "ink_muted", wrap=True, even=True)
        self.close_button = Button(look, "", "primary", size="main")
        line = row(spacing=36)
        line.addWidget(Plate(look, icon, tint, 96), 0, TOP)
        told = column(spacing=14)
        told.addWidget(self._title)
        told.addWidget(self._text)
        told.addSpacing(6)
        told.addWidget(self._contact)
        told.addStretch(1)
        line.addLayout(told, 1)
        inside = row(self._contact, spacing=20, margins=(26, 18, 26, 18))
        inside.addWidget(Mark(look, "phone", "primary", 36))
        who = column(spacing=2)
        who.addWidget(self._telephone)
        who.addWidget(self._hours)
        inside.addLayout(who, 1)
        self.body.addLayout(line)
        self.answers.addStretch(1)
        self.add_answer(self.close_button, READ, safe=True, escape=True)

    def say(self, title: str, sentences: tuple[str, ...], answer: str) -> None:
        """Say title and sentences, each on a line of its own."""
        self._title.say(title)
        said = [escape(sentence) for sentence in sentences if sentence]
        self._text.say_rich("<br>".join(said))
        self._text.setVisible(bool(said))
        self.close_button.setText(answer)
        self.set_spoken(" ".join((title, *sentences)).strip())

    def spoken(self) -> list[str]:
        """Return what there is to read, the number to call, and the button that closes."""
        contact = [self._telephone.plain(), self._hours.plain()]
        if self._contact.isHidden():
            contact = []
        button = self.outfit.teller.button(self.close_button.text())
        return [self._title.plain(), self._text.plain(), *contact, button]

    def show_contact(self, snapshot: Snapshot, *, wanted: bool) -> None:
        """Give the telephone number of the site large, where it has one."""
        contact = snapshot.help_contact
        self._contact.setVisible(wanted and contact is not None)
        if contact is None:
            return
        self._telephone.say(contact.telephone)
        self._hours.say(", ".join(filter(None, (contact.name, contact.hours))))


def tell_message(dialog: TellingDialog, snapshot: Snapshot, message: MessageFace) -> None:
    """Show what the desk wrote."""
    _ = dialog.outfit.language.gettext
    title = _("A message from the front desk") if snapshot.staffed else _("A message for you")
    dialog.say(title, (message.text,), _("I have read it"))
    dialog.show_contact(snapshot, wanted=False)


def tell_moved_on(dialog: TellingDialog, snapshot: Snapshot, session: SessionFace) -> None:
    """Show what has become of a question that the visitor had before them."""
    _ = dialog.outfit.language.gettext
    teller = dialog.outfit.teller
    time = {"time": teller.phrase(snapshot).time(session.ends_at)}
    until = session.renewal.until
    if is_over(snapshot, session):
        title, text = teller.over(snapshot, session), teller.still_to_save(snapshot, session)
    elif session.renewal.stage in OFFERED and until is not None:
        title = _("You can renew now.")
        text = _("Your session ends at %(time)s.") % time
    else:
        title = _("Your session goes on.")
        text = _("It ends at %(time)s.") % time
    dialog.say(title, (text,), _("Close"))
    dialog.show_contact(snapshot, wanted=False)


def tell_help(dialog: TellingDialog, snapshot: Snapshot) -> None:
    """Show what became of the call."""
    told = dialog.outfit.teller.help_answer(snapshot)
    unreached = snapshot.help_stage is HelpStage.UNREACHED
    _tell(dialog, snapshot, told, large_number=not snapshot.staffed or unreached)


def tell_forgotten(dialog: TellingDialog, snapshot: Snapshot) -> None:
    """Show what to do without the code."""
    told = dialog.outfit.teller.forgotten_code(snapshot)
    _tell(dialog, snapshot, told, large_number=not snapshot.staffed)


def _tell(
    dialog: TellingDialog, snapshot: Snapshot, told: Told | Trouble, *, large_number: bool
) -> None:
    shows_number = large_number and snapshot.help_contact is not None
    # Where the number stands large below, the sentence does not say it a second time.
    advice = "" if shows_number and not snapshot.staffed else told.advice
    dialog.say(told.fact, (told.kept, advice), dialog.outfit.language.gettext("Close"))
    dialog.show_contact(snapshot, wanted=shows_number)
