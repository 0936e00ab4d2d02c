"""The last minutes, to save: a large line over the work, which stays usable (k12)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kiosk.look.button import Button
from kiosk.look.ring import Ring
from kiosk.look.words import Words
from kiosk.shell.action_line import ActionLine
from kiosk.shell.outfit import Outfit
from kiosk.shell.warning_line import renew_words
from kiosk.wire.face import EndAsked, RenewalAsked, RenewalStage, SessionFace, Snapshot

RING = 104
FULL_SECONDS = 120


class GraceLine(ActionLine):
    """The line.

    Signals:
        wished: `RenewalAsked` or `EndAsked`.
    """

    wished = Signal(object)

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        look = outfit.look
        self._outfit = outfit
        self._ring = Ring(look, RING)
        self._title = Words(look, "", "h2", rem=1.9, weight=700, line=1.2, wrap=True)
        self._text = Words(look, rem=1.4, line=1.3, wrap=True)
        super().__init__(
            look,
            self._ring,
            [self._title, self._text],
            "danger",
            least=look.tokens.target.session_bar_grace_line,
            parent=parent,
        )
        self.renew = Button(look, "", "primary", size="large", icon="timer")
        self.finish = Button(look, "", "secondary", size="large")
        self.add_button(self.renew)
        self.add_button(self.finish)
        self.renew.clicked.connect(self._on_renew)
        self.finish.clicked.connect(self._on_finish)

    def show_session(self, snapshot: Snapshot, session: SessionFace) -> None:
        """Show how long one may still save, and who ended the session."""
        _ = self._outfit.language.gettext
        left = session.grace_remaining_seconds
        told = self._outfit.teller.still_to_save(snapshot, session)
        title = self._outfit.teller.over(snapshot, session)
        if not session.ended_by_staff and session.renewal.stage is RenewalStage.ASKING:
            told = _("We are asking for your renewal…")
        self._ring.show_time(
            left,
            max(FULL_SECONDS, left),
            unit=_("min"),
            spoken=f"{title} {told}",
        )
        self._title.say(title)
        self._text.say(told)
        can_renew = session.renewal.stage in (RenewalStage.OFFERED, RenewalStage.DECLINED)
        self.renew.setVisible(can_renew and session.renewal.until is not None)
        self.renew.setText(renew_words(self._outfit, snapshot, session))
        self.finish.setText(_("I have finished"))
        self.arrange()

    def spoken(self) -> list[str]:
        """Return that it is over, how long one may save, and what can be pressed."""
        button = self.finish if self.renew.isHidden() else self.renew
        said = [self._title.plain(), self._text.plain()]
        return [*said, self._outfit.teller.button(button.text())]

    def _on_renew(self) -> None:
        self.wished.emit(RenewalAsked())

    def _on_finish(self) -> None:
        self.wished.emit(EndAsked())
