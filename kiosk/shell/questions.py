"""Which dialog stands over the face: one at a time, and none that breaks in.

What a hand asked for opens at once. What the session wants to say waits until the hands have
rested for three seconds; it closes by itself only when the session has moved on.
"""

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kiosk.look.button import Button
from kiosk.look.dialog import Dialog
from kiosk.look.fade import Fade
from kiosk.rules.warning import Stage
from kiosk.shell import ending_dialog, idle_dialog, renewal_dialog, telling_dialog
from kiosk.shell.credit_dialog import CreditDialog
from kiosk.shell.display_dialog import DisplayDialog
from kiosk.shell.ending_dialog import EndingDialog
from kiosk.shell.idle_dialog import IdleDialog
from kiosk.shell.outfit import Outfit
from kiosk.shell.outing_dialog import OutingDialog
from kiosk.shell.question import Question, fits, stands, turned
from kiosk.shell.renewal_dialog import OfferDialog, OptionsDialog
from kiosk.shell.telling_dialog import TellingDialog
from kiosk.shell.ticket_dialog import TicketDialog
from kiosk.wire.creditface import CreditSeen, CreditWished, PrintCardPassed
from kiosk.wire.face import (
    AwayAsked,
    EndAsked,
    HelpSeen,
    HelpStage,
    LaunchAsked,
    MercyAsked,
    MessageRead,
    RenewalAsked,
    RenewalDeclined,
    RenewalPutOff,
    Shown,
    Snapshot,
    StillHere,
    TicketSeen,
    TicketWished,
)
from kiosk.wire.outing import PlacesSeen, PlacesWished
from kiosk.wire.ticket import TicketAct
from kiosk.wire.turn import TicketChangeWished, TurnWished

GIVES_WAY = timedelta(minutes=2)
"""So long a sentence about what has changed stands at least, before something else may open."""


class Questions(QObject):
    """Opens, tells and closes the dialogs of a window.

    Signals:
        wished: a `Wish`.
        program_asked: a program was launched from a dialog; its face is wanted.
        digit_typed: a digit that the lock waits for, and the own time of its event.
        opened: a dialog stands; what it says, in parts.
    """

    wished = Signal(object)
    program_asked = Signal()
    digit_typed = Signal(str, object)
    opened = Signal(list)

    def __init__(self, outfit: Outfit, window: QWidget, fade: Fade) -> None:
        super().__init__(window)
        self._outfit = outfit
        self._fade = fade
        self._window = window
        self._snapshot: Snapshot | None = None
        self._dialogs: dict[Question, Dialog] = {}
        self._current: Question | None = None
        self._called = False
        self._warned: tuple[str, int, Question] | None = None
        self._read = ""
        self._turned_at: datetime | None = None
        self._wait = outfit.guard.wait_for_quiet(self)
        self._wait.came.connect(self._open_due)
        outfit.language.changed.connect(self._retell)

    @property
    def current(self) -> Question | None:
        """The dialog that stands, if any."""
        return self._current

    def dialog(self, question: Question) -> Dialog:
        """Return a dialog, made when it is first wanted."""
        if question not in self._dialogs:
            made = self._make(question)
            made.answered.connect(self._on_answered)
            made.set_fade(self._fade)
            self._dialogs[question] = made
        return self._dialogs[question]

    def ask(self, question: Question, hook: Button | None = None) -> None:
        """Open what a hand asked for, at once; a panel hangs from its `hook`."""
        if self._current is None and self._snapshot is not None and self._fits(question):
            if question is Question.TICKET:
                self._begin_ticket()
            if question is Question.PLACES:
                self.wished.emit(PlacesWished())
            if question is Question.CREDIT:
                self.wished.emit(CreditWished())
            self._open(question, hook)

    def open_now(self, question: Question) -> None:
        """Open a dialog without waiting for the hands to rest, for the gallery."""
        self._wait.stop()
        self.ask(question)

    def expect_help(self) -> None:
        """Remember that *Appeler* was pressed: the answer to it may open at once."""
        self._called = True

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Take what is due from another snapshot."""
        self._snapshot = snapshot
        if snapshot.session is None:
            self._warned = None
        if self._current is not None and not stands(self._current, snapshot):
            self._turn(self._current, snapshot)
        if self._current is Question.MOVED_ON and self._has_stood(snapshot):
            if self._due() is not None:
                self._dismiss()
        self._retell()
        if snapshot.help_stage is HelpStage.QUIET:
            self._called = self._called and self._current is None
        elif self._called and self._current is None:
            self._called = False
            self._open(Question.HELP)
        self._wait_when_due()

    def close_all(self) -> None:
        """Close what stands."""
        self._wait.stop()
        self._dismiss()

    def change_face(self, *, same_visit: bool) -> None:
        """Close what stands: its face has gone, unless the same visitor has another before them.

        What hangs from a button goes with it.
        """
        if not same_visit or self._current is Question.DISPLAY:
            self.close_all()

    def take_focus(self) -> None:
        """Give the keyboard back to what stands over a face that has come up."""
        if self._current is not None:
            self._dialogs[self._current].stay_over()

    def close_display(self) -> None:
        """Close the panel of choices: whoever opened it has gone."""
        if self._current is Question.DISPLAY:
            self._dismiss()

    # ------------------------------------------------------------------------------- what is due

    def _fits(self, question: Question) -> bool:
        """Return whether a dialog would say something true."""
        return self._snapshot is not None and fits(question, self._snapshot)

    def _due(self) -> Question | None:
        snapshot = self._snapshot
        if snapshot is None:
            return None
        session = snapshot.session
        if session is not None and session.stage is Stage.TWO:
            for question in (Question.OFFER, Question.OPTIONS):
                told = (session.slot_id, session.total_seconds, question)
                if self._fits(question) and self._warned != told:
                    return question
        if self._fits(Question.IDLE):
            return Question.IDLE
        message = None if session is None else session.message
        if message is not None and message.command_id != self._read:
            return Question.MESSAGE
        return Question.HELP if self._fits(Question.HELP) else None

    def _wait_when_due(self) -> None:
        if self._current is not None or self._due() is None:
            self._wait.stop()
        elif not self._wait.is_waiting():
            self._wait.start()

    def _open_due(self) -> None:
        due = self._due()
        if due is not None and self._current is None:
            self._open(due)

    # ------------------------------------------------------------------------- opening, closing

    def _open(self, question: Question, hook: Button | None = None) -> None:
        self._current = question
        snapshot = self._snapshot
        session = None if snapshot is None else snapshot.session
        is_last = session is not None and session.stage is Stage.TWO
        if session is not None and is_last and question in (Question.OFFER, Question.OPTIONS):
            self._warned = (session.slot_id, session.total_seconds, question)
        self._tell(question)
        self.dialog(question).open(hook)
        self._outfit.reader.open_dialog()
        self.opened.emit(self.dialog(question).spoken())

    def _turn(self, question: Question, snapshot: Snapshot) -> None:
        """Put something in the place of a question that has fallen away, or close it."""
        follower = turned(question, snapshot)
        self._dismiss()
        if follower is not None:
            self._turned_at = snapshot.now
            self._open(follower)

    def _has_stood(self, snapshot: Snapshot) -> bool:
        return self._turned_at is not None and snapshot.now - self._turned_at >= GIVES_WAY

    def _dismiss(self, *, guarded: bool = True) -> None:
        if self._current is not None:
            self._dialogs[self._current].dismiss(guarded=guarded)
            self._current = None
            self._outfit.reader.stop()

    def _retell(self) -> None:
        if self._current is not None:
            self._tell(self._current)

    def _tell(self, question: Question) -> None:
        snapshot, dialog = self._snapshot, self.dialog(question)
        if snapshot is None:
            return
        session = snapshot.session
        if isinstance(dialog, OfferDialog | OptionsDialog | EndingDialog):
            if session is not None:
                dialog.tell(snapshot, session)
        elif isinstance(dialog, IdleDialog):
            if session is not None and session.idle is not None:
                dialog.tell(snapshot, session.idle)
        elif isinstance(dialog, TicketDialog | OutingDialog | CreditDialog):
            dialog.tell(snapshot)
        elif isinstance(dialog, TellingDialog):
            if question is Question.HELP:
                telling_dialog.tell_help(dialog, snapshot)
            elif question is Question.FORGOTTEN:
                telling_dialog.tell_forgotten(dialog, snapshot)
            elif question is Question.MOVED_ON:
                if session is not None:
                    telling_dialog.tell_moved_on(dialog, snapshot, session)
            elif session is not None and session.message is not None:
                telling_dialog.tell_message(dialog, snapshot, session.message)

    def _make(self, question: Question) -> Dialog:
        outfit, window = self._outfit, self._window
        match question:
            case Question.OFFER:
                return OfferDialog(outfit, window)
            case Question.OPTIONS:
                options = OptionsDialog(outfit, window)
                options.launch_asked.connect(self._on_launch)
                options.turn_asked.connect(self._on_turn)
                return options
            case Question.ENDING:
                return EndingDialog(outfit, window)
            case Question.MESSAGE:
                return TellingDialog(outfit, window, "message-square", "internet")
            case Question.HELP:
                return TellingDialog(outfit, window, "hand", "help")
            case Question.MOVED_ON:
                return TellingDialog(outfit, window, "timer", "internet")
            case Question.FORGOTTEN:
                return TellingDialog(outfit, window, "key-round", "help")
            case Question.IDLE:
                return IdleDialog(outfit, window)
            case Question.PLACES:
                return OutingDialog(outfit, window)
            case Question.CREDIT:
                credit = CreditDialog(outfit, window)
                credit.card_given.connect(self._on_print_card)
                return credit
            case Question.TICKET:
                ticket = TicketDialog(outfit, window)
                ticket.card_given.connect(self._on_ticket_card)
                ticket.change_asked.connect(self._on_ticket_change)
                return ticket
            case Question.DISPLAY:
                display = DisplayDialog(outfit, window)
                display.digit_typed.connect(self._on_digit)
                return display

    def _on_answered(self, name: str) -> None:
        question, self._current = self._current, None
        self._outfit.reader.stop()
        snapshot = self._snapshot
        session = None if snapshot is None else snapshot.session
        if name == renewal_dialog.RENEW:
            self.wished.emit(RenewalAsked())
        elif name == renewal_dialog.DECLINE:
            self.wished.emit(RenewalDeclined())
        elif name == renewal_dialog.LATER:
            self.wished.emit(RenewalPutOff())
        elif name == renewal_dialog.MERCY:
            self.wished.emit(MercyAsked())
        elif name == idle_dialog.STAY:
            self.wished.emit(StillHere())
        elif name == idle_dialog.AWAY:
            self.wished.emit(AwayAsked())
        elif name == ending_dialog.END:
            self.wished.emit(EndAsked())
        elif question is Question.HELP:
            self.wished.emit(HelpSeen())
        elif question is Question.TICKET:
            self.wished.emit(TicketSeen())
        elif question is Question.PLACES:
            self.wished.emit(PlacesSeen())
        elif question is Question.CREDIT:
            self.wished.emit(CreditSeen())
        elif question is Question.MESSAGE and session is not None and session.message is not None:
            self._read = session.message.command_id
            self.wished.emit(MessageRead(command_id=self._read))
        self._wait_when_due()

    def _on_digit(self, digit: str, stamp: int) -> None:
        # A card passed at the lock is read whatever is open. The reader has more to say within the
        # 600 ms, and its digits can do nothing but fill the field.
        if self._snapshot is not None and self._snapshot.shown in (Shown.LOCK, Shown.AWAY):
            self._dismiss(guarded=False)
            self.digit_typed.emit(digit, stamp)

    def _begin_ticket(self) -> None:
        """Forget whose ticket was shown before, if the face went before it was read."""
        dialog = self.dialog(Question.TICKET)
        if isinstance(dialog, TicketDialog):
            dialog.forget()
        if self._snapshot is not None and self._snapshot.ticket is not None:
            self.wished.emit(TicketSeen())

    def _on_ticket_card(self, card: str) -> None:
        self.wished.emit(TicketWished(card=card))

    def _on_print_card(self, number: str) -> None:
        self.wished.emit(PrintCardPassed(number=number))

    def _on_ticket_change(self, card: str, act: TicketAct, until: datetime | None) -> None:
        self.wished.emit(TicketChangeWished(card=card, act=act, until=until))

    def _on_turn(self) -> None:
        self.wished.emit(TurnWished())

    def _on_launch(self, application: str) -> None:
        self.wished.emit(LaunchAsked(application=application))
        self.program_asked.emit()
