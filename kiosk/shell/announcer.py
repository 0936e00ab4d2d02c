"""Says to those who use a screen reader what the others see change."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from kiosk.look.announce import announce
from kiosk.look.language import Language
from kiosk.rules.warning import Stage
from kiosk.shell.key_words import KeyTold, key_told, leave_told
from kiosk.shell.reader import as_sentences
from kiosk.shell.words import Teller
from kiosk.wire.face import HelpStage, RefusalFace, RenewalStage, SessionFace, Shown, Snapshot


class Announcer(QObject):
    """Follows the snapshots; politely at 10 and 5 minutes, urgently from 2 on.

    Signals:
        announced: the sentence, and whether it was urgent.
    """

    announced = Signal(str, bool)

    def __init__(self, teller: Teller, language: Language, widget: QWidget) -> None:
        super().__init__(widget)
        self._teller = teller
        self._language = language
        self._key: KeyTold | None = None
        self._widget = widget
        self._stage: tuple[str, int, Stage] | None = None
        self._shown: Shown | None = None
        self._refusal: RefusalFace | None = None
        self._help = HelpStage.QUIET
        self._just_said = ""
        self._launch_failed = False
        self._is_clean = False

    def tell_face(self, spoken: list[str]) -> None:
        """Say what has come up: its heading and its state; the focus says the rest."""
        self._say(" ".join(as_sentences(spoken[:2]).split("\n")), urgent=False)

    def heed_dialog(self, spoken: list[str]) -> None:
        """Leave a dialog to the screen reader, which reads it at once; say none of it again."""
        self._just_said += as_sentences(spoken)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Say what is new in a snapshot."""
        session = snapshot.session
        if snapshot.shown is Shown.SESSION and session is not None:
            self._follow_session(snapshot, session)
        elif snapshot.shown is Shown.GRACE and self._shown is not Shown.GRACE:
            told = snapshot.session
            if told is not None:
                duration = self._teller.phrase(snapshot).long_duration(told.grace_remaining_seconds)
                self._say(self._teller.to_save(duration), urgent=True)
        self._shown = snapshot.shown
        self._follow_refusal(snapshot)
        self._follow_goodbye(snapshot)
        if snapshot.help_stage is not self._help:
            self._help = snapshot.help_stage
            if self._help is not HelpStage.QUIET:
                self._say(self._teller.help_answer(snapshot).fact, urgent=False)
        self._just_said = ""

    def _follow_session(self, snapshot: Snapshot, session: SessionFace) -> None:
        if session.launch_failed and not self._launch_failed:
            self._say(self._teller.launch_failed().fact, urgent=False)
        self._launch_failed = session.launch_failed
        self._follow_key(key_told(self._language, session.keys))
        stage = (session.slot_id, session.total_seconds, session.stage)
        before, self._stage = self._stage, stage
        if stage == before:
            return
        if session.stage is Stage.NONE:
            if before is not None and before[:1] == stage[:1]:
                # More time: renewed, or given by the desk.
                self._say(self._teller.spoken_time(snapshot, session), urgent=False)
            return
        told = [self._teller.spoken_time(snapshot, session)]
        if session.renewal.stage is RenewalStage.REFUSED:
            told.append(self._teller.ground(snapshot, session.renewal.refusal))
        self._say(" ".join(told), urgent=session.stage is Stage.TWO)

    def _follow_refusal(self, snapshot: Snapshot) -> None:
        refusal = None if snapshot.lock is None else snapshot.lock.refusal
        if refusal is not None and refusal != self._refusal:
            told = self._teller.sign_in_refusal(snapshot, refusal)
            self._say(f"{told.fact} {told.rest}".strip(), urgent=False)
        self._refusal = refusal

    def _follow_key(self, told: KeyTold | None) -> None:
        if told is not None and told != self._key:
            self._say(f"{told.fact} {told.rest}".strip(), urgent=False)
        self._key = told

    def _follow_goodbye(self, snapshot: Snapshot) -> None:
        is_clean = snapshot.goodbye is not None and snapshot.goodbye.clean
        if is_clean and not self._is_clean:
            self._say(self._teller.erased(snapshot), urgent=False)
        self._is_clean = is_clean
        if snapshot.shown is Shown.GOODBYE:
            self._follow_key(leave_told(self._language, snapshot.goodbye))

    def _say(self, text: str, *, urgent: bool) -> None:
        if text in self._just_said:
            return
        self._just_said += f" {text}"
        announce(self._widget, text, urgent=urgent)
        self.announced.emit(text, urgent)
