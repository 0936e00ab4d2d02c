"""The warning of the last ten minutes, as a line with *Prolonger* in it (k3b, k3c)."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from kiosk.look.button import Button
from kiosk.look.field import Mark
from kiosk.look.words import Words
from kiosk.rules.warning import Stage
from kiosk.shell.action_line import ActionLine, bold
from kiosk.shell.outfit import Outfit
from kiosk.wire.face import RenewalAsked, RenewalPutOff, RenewalStage, SessionFace, Snapshot

MARK = 34


class WarningLine(ActionLine):
    """The line; hidden while there is nothing to warn of.

    Signals:
        wished: `RenewalAsked` or `RenewalPutOff`.
        options_asked: *Que puis-je faire ?*
        keyboard_left: the button that had the keyboard has gone; the page gives it a safe place,
            where Qt would take the next button: *Terminer…*.
    """

    wished = Signal(object)
    options_asked = Signal()
    keyboard_left = Signal()

    def __init__(
        self, outfit: Outfit, *, rounded: bool = False, parent: QWidget | None = None
    ) -> None:
        look = outfit.look
        self._outfit = outfit
        self._icon = Mark(look, "hourglass", "warning", MARK)
        self._text = Words(look, rem=1.15, wrap=True)
        least = look.tokens.target.session_bar_line
        super().__init__(
            look,
            self._icon,
            [self._text],
            "warning",
            least=least,
            rounded=rounded,
            parent=parent,
        )
        self.renew = Button(look, "", "primary", size="small", icon="timer")
        self.decline = Button(look, "", "secondary", size="small")
        self.options = Button(look, "", "secondary", size="small", icon="circle-question-mark")
        for button in (self.renew, self.decline, self.options):
            self.add_button(button)
        self.renew.clicked.connect(self._on_renew)
        self.decline.clicked.connect(self._on_decline)
        self.options.clicked.connect(self.options_asked)

    def show_session(self, snapshot: Snapshot, session: SessionFace) -> None:
        """Show what the renewal stands at; say nothing while there is time."""
        _ = self._outfit.language.gettext
        teller = self._outfit.teller
        had_keyboard = self._has_keyboard()
        self.setVisible(session.stage is not Stage.NONE)
        renewal = session.renewal
        can_renew = renewal.stage in (RenewalStage.OFFERED, RenewalStage.DECLINED)
        can_renew = can_renew and renewal.until is not None
        self.renew.setVisible(can_renew)
        self.decline.setVisible(can_renew and renewal.stage is RenewalStage.OFFERED)
        self.options.setVisible(renewal.stage is RenewalStage.REFUSED)
        if renewal.until is not None:
            self.renew.setText(renew_words(self._outfit, snapshot, session))
        self.decline.setText(_("Not now"))
        self.options.setText(_("What can I do?"))
        told = teller.left(snapshot, session)
        self._text.say_rich(bold(told, self._sentence(snapshot, session)))
        kind = "danger" if session.stage is Stage.TWO else "warning"
        self._icon.show_icon("hourglass", "danger" if kind == "danger" else "warning")
        self.set_kind("danger" if kind == "danger" else "warning")
        self.arrange()
        if had_keyboard and not self._has_keyboard():
            self.keyboard_left.emit()

    def _has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def spoken(self) -> list[str]:
        """Return the warning, and the first thing that can be pressed."""
        buttons = [one for one in (self.renew, self.options) if not one.isHidden()]
        pressed = [self._outfit.teller.button(one.text()) for one in buttons]
        return [self._text.plain(), *pressed]

    def _sentence(self, snapshot: Snapshot, session: SessionFace) -> str:
        _ = self._outfit.language.gettext
        renewal = session.renewal
        match renewal.stage:
            case RenewalStage.OFFERED:
                return _("Your seat is free.")
            case RenewalStage.DECLINED:
                return _("You can still renew.")
            case RenewalStage.ASKING:
                return _("We are asking for your renewal…")
            case RenewalStage.REFUSED:
                return self._outfit.teller.ground(snapshot, renewal.refusal)
            case RenewalStage.NOT_YET:
                return ""

    def _on_renew(self) -> None:
        self.wished.emit(RenewalAsked())

    def _on_decline(self) -> None:
        self.wished.emit(RenewalPutOff())


def renew_words(outfit: Outfit, snapshot: Snapshot, session: SessionFace) -> str:
    """Return what the button will do: "Prolonger jusqu'à 16 h 40"."""
    _ = outfit.language.gettext
    until = session.renewal.until
    if until is None:
        return _("Renew")
    return _("Renew until %(time)s") % {"time": outfit.teller.phrase(snapshot).time(until)}
