"""What the holder of a ticket may do with it: step away, come back, give it back after a question.

The choice of a time and the question stand in the place of the buttons that led to them.
"""

from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from kiosk.look.button import Button
from kiosk.rules.ticket import LATER, LIVE, return_times
from kiosk.shell.layout import row
from kiosk.shell.outfit import Outfit
from kiosk.wire.face import Shown, Snapshot, TicketFace, TicketStage
from kiosk.wire.ticket import TicketAct

SHOWN = frozenset(
    {TicketStage.TAKEN, TicketStage.REFUSED, TicketStage.CHANGED, TicketStage.NO_ANSWER}
)


class Mode(StrEnum):
    """What is shown."""

    ACTS = "acts"
    TIMES = "times"
    GIVING = "giving"


def may_change(snapshot: Snapshot) -> bool:
    """Tell whether the ticket that is shown may be changed here: over nobody's session."""
    ticket = snapshot.ticket
    if ticket is None or snapshot.shown is Shown.SESSION or not ticket.here:
        return False
    return ticket.stage in SHOWN and ticket.state in LIVE


class TicketActs(QWidget):
    """The buttons.

    Signals:
        act_asked: a `TicketAct`, and until when where somebody steps away.
        mode_changed: something else is asked now.
    """

    act_asked = Signal(object, object)
    mode_changed = Signal()

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = outfit.look
        self._outfit = outfit
        self._mode = Mode.ACTS
        self._moments: tuple[datetime, ...] = ()
        self.later = Button(look, "", "secondary", size="large", icon="timer")
        self.here = Button(look, "", "secondary", size="large", icon="check")
        self.give = Button(look, "", "secondary", size="large", icon="log-out")
        self.times = [Button(look, "", "secondary", size="large") for _one in LATER]
        self.cancel = Button(look, "", "quiet", size="large", icon="chevron-left")
        self.keep = Button(look, "", "primary", size="large")
        self.really = Button(look, "", "danger", size="large")
        self._line = row(self, spacing=16)
        for button in (self.later, self.here, self.give, *self.times, self.cancel):
            self._line.addWidget(button, 1)
        self._line.addWidget(self.keep, 1)
        self._line.addWidget(self.really, 1)
        self.later.clicked.connect(self._ask_time)
        self.give.clicked.connect(self._ask_really)
        self.cancel.clicked.connect(self.begin)
        self.keep.clicked.connect(self.begin)
        self.here.clicked.connect(self._come_back)
        self.really.clicked.connect(self._give_back)
        for button in self.times:
            button.clicked.connect(self._step_away)

    @property
    def mode(self) -> Mode:
        """What is asked now."""
        return self._mode

    def begin(self) -> None:
        """Go back to the first buttons."""
        self.turn(Mode.ACTS)

    def first(self) -> Button:
        """Return the button that takes the keyboard when the question changes."""
        if self._mode is Mode.GIVING:
            return self.keep
        if self._mode is Mode.TIMES:
            return self.times[0]
        return self.give if self.later.isHidden() else self.later

    def tell(self, snapshot: Snapshot) -> None:
        """Show what may be done now."""
        _ = self._outfit.language.gettext
        ticket = snapshot.ticket or TicketFace(stage=TicketStage.ASKING)
        phrase = self._outfit.teller.phrase(snapshot)
        is_away = ticket.back_at is not None
        if self._mode is not Mode.TIMES:
            # What somebody chooses from does not move under the hand.
            now = snapshot.now
            closes = next((one.end for one in snapshot.openings if one.end > now), now)
            self._moments = return_times(now, closes)
        self.later.setText(_("I come back later"))
        self.here.setText(_("I am here"))
        self.give.setText(_("Give my ticket back"))
        self.cancel.setText(_("Back"))
        self.keep.setText(_("Keep my ticket"))
        self.really.setText(_("Yes, give it back"))
        acts = self._mode is Mode.ACTS
        self.later.setVisible(acts and not is_away and bool(self._moments))
        self.here.setVisible(acts and is_away)
        self.give.setVisible(acts)
        for place, button in enumerate(self.times):
            is_there = place < len(self._moments)
            button.setText(phrase.time(self._moments[place]) if is_there else "")
            button.setVisible(self._mode is Mode.TIMES and is_there)
        self.cancel.setVisible(self._mode is Mode.TIMES)
        self.keep.setVisible(self._mode is Mode.GIVING)
        self.really.setVisible(self._mode is Mode.GIVING)

    def words(self, snapshot: Snapshot) -> tuple[str, str] | None:
        """Return the question that stands here, None while the ticket itself is shown."""
        _ = self._outfit.language.gettext
        label = {"ticket": "" if snapshot.ticket is None else snapshot.ticket.label}
        match self._mode:
            case Mode.TIMES:
                told = _("Your place is kept. Nobody calls you before.")
                return _("When do you come back?"), told
            case Mode.GIVING:
                told = _("You lose your place on the list.")
                return _("Give ticket %(ticket)s back?") % label, told
            case Mode.ACTS:
                return None

    def arrange(self, *, stacked: bool) -> None:
        """Put the buttons beside each other, or one below the other."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._line.setDirection(down if stacked else across)

    def turn(self, mode: Mode) -> None:
        """Ask something else."""
        if self._mode is not mode:
            self._mode = mode
            self.mode_changed.emit()

    def _ask_time(self) -> None:
        self.turn(Mode.TIMES)

    def _ask_really(self) -> None:
        self.turn(Mode.GIVING)

    def _come_back(self) -> None:
        self.act_asked.emit(TicketAct.COME_BACK, None)

    def _give_back(self) -> None:
        self.act_asked.emit(TicketAct.LEAVE, None)

    def _step_away(self) -> None:
        place = next(n for n, button in enumerate(self.times) if button is self.sender())
        self.act_asked.emit(TicketAct.STEP_AWAY, self._moments[place])
