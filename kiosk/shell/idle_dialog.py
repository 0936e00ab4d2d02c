"""*Êtes-vous toujours là ?* After a long quiet, before the seat locks over its slot (k11)."""

from PySide6.QtWidgets import QWidget

from kiosk.look.banner import Notice
from kiosk.look.button import Button
from kiosk.look.dialog import Dialog, Edges
from kiosk.look.ring import Ring
from kiosk.look.words import Words
from kiosk.rules.seat import SeatState
from kiosk.shell.layout import WIDE, column, row
from kiosk.shell.outfit import Outfit
from kiosk.wire.face import IdleFace, Snapshot

STAY, AWAY = "stay", "away"


class IdleDialog(Dialog):
    """The question; *Oui, je continue* has the focus, and Escape means it too."""

    def __init__(self, outfit: Outfit, parent: QWidget) -> None:
        look = outfit.look
        super().__init__(look, outfit.guard, parent, edges=Edges(68, 60, 56, 44))
        self._outfit = outfit
        self._ring = Ring(look, 232)
        self._title = Words(look, "", "h1", rem=2.3, wrap=True)
        self._text = Words(look, "", "lead", "ink_muted", wrap=True)
        self._notice = Notice(look)
        self.stay = Button(look, "", "primary", size="main", icon="check")
        self.away = Button(look, "", "secondary", size="main", icon="lock")
        line = row(spacing=56)
        line.addWidget(self._ring)
        told = column(spacing=14)
        told.addStretch(1)
        told.addWidget(self._title)
        told.addWidget(self._text)
        told.addSpacing(8)
        told.addWidget(self._notice)
        told.addStretch(1)
        line.addLayout(told, 1)
        self.body.addLayout(line)
        self.add_answer(self.stay, STAY, safe=True, escape=True, stretch=1)
        self.add_answer(self.away, AWAY)

    def spoken(self) -> list[str]:
        """Return the question, what follows without an answer, and the first button."""
        button = self._outfit.teller.button(self.stay.text())
        return [self._title.plain(), self._text.plain(), self._notice.plain(), button]

    def tell(self, snapshot: Snapshot, idle: IdleFace) -> None:
        """Say how long nothing has moved, and what follows."""
        _, ngettext = self._outfit.language.gettext, self._outfit.language.ngettext
        phrase = self._outfit.teller.phrase(snapshot)
        left = max(0, round((idle.until - snapshot.now).total_seconds()))
        title = _("Are you still there?")
        said = {
            "duration": phrase.long_duration(idle.quiet_seconds),
            "time": phrase.time(idle.until),
        }
        text = _("Nothing has moved here for %(duration)s. Your work is open, nothing is lost.")
        then = _("Without an answer at %(time)s the seat is paused; your card opens it again.")
        self._ring.set_size(232 if self._face.width() >= WIDE else 168)
        self._ring.set_state(SeatState.ENDING)
        self._ring.show_time(
            left,
            idle.answer_seconds,
            unit=ngettext("minute", "minutes", -(-left // 60)),
            spoken=f"{title} {then % said}",
        )
        self._title.say(title)
        self._text.say(text % said)
        self._notice.tell(then % said)
        self.stay.setText(_("Yes, I go on"))
        self.away.setText(_("I step away"))
        self.set_spoken(title)
