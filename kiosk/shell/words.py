"""The sentences that follow from a snapshot: refusals, shortened slots, openings, who can help.

They stand in one module because of one promise: where a site has no staff, no sentence names an
agent or the accueil. Whether it may is asked here and nowhere else. A refusal says three things:
what is the case, what is kept, what to do now.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from kiosk.look.language import Language
from kiosk.look.phrase import Phrase
from kiosk.look.trouble import Trouble
from kiosk.rules.slot import Ground
from kiosk.shell.admission_words import ADMISSION, not_admitted, reserved
from kiosk.shell.card_words import wrong_card
from kiosk.wire.face import HelpStage, RefusalFace, SessionFace, Snapshot, Span

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Told:
    """What is the case, what is kept, what to do now. The last two may be empty."""

    fact: str
    kept: str = ""
    advice: str = ""

    @property
    def rest(self) -> str:
        """Everything after the fact."""
        return " ".join(part for part in (self.kept, self.advice) if part)


@dataclass(frozen=True, slots=True)
class Offer:
    """What the lock says of the seat; `open_` is false when no slot could open now."""

    title: str
    sentence: str
    open_: bool


class Teller:
    """Writes the sentences of the faces in the current language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._phrases: dict[str, Phrase] = {}

    def phrase(self, snapshot: Snapshot) -> Phrase:
        """Return the writer of times for the zone of the room."""
        if snapshot.zone not in self._phrases:
            zone = ZoneInfo(snapshot.zone)
            self._phrases[snapshot.zone] = Phrase(self._language, zone)
        return self._phrases[snapshot.zone]

    def seat(self, snapshot: Snapshot) -> str:
        """Return the name of the seat."""
        return self._language.gettext("Seat %(number)d") % {"number": snapshot.seat_number}

    def place(self, snapshot: Snapshot) -> str:
        """Return site and seat in one line."""
        return " · ".join(part for part in (snapshot.site_name, self.seat(snapshot)) if part)

    # ------------------------------------------------------------------------------ who helps

    def who_helps(self, snapshot: Snapshot) -> str:
        """Return whom to turn to; nothing where the site has not said it."""
        _ = self._language.gettext
        if snapshot.staffed:
            return _("The front desk can help you.")
        contact = snapshot.help_contact
        if contact is None:
            return ""
        said = {"telephone": contact.telephone, "name": contact.name, "hours": contact.hours}
        if contact.hours:
            return _("Call %(telephone)s (%(name)s, %(hours)s).") % said
        return _("Call %(telephone)s (%(name)s).") % said

    def forgotten_code(self, snapshot: Snapshot) -> Told:
        """Return what to do when the code is forgotten."""
        _ = self._language.gettext
        kept = _("Your card stays valid, and no time is lost.")
        if snapshot.staffed:
            advice = _("Go to the front desk with your card: you choose a new code there.")
        elif snapshot.help_contact is not None:
            advice = self.who_helps(snapshot)
        else:
            advice = _("Ask where you got your card for a new code.")
        return Told(_("You have forgotten your code?"), kept, advice)

    def help_answer(self, snapshot: Snapshot) -> Told | Trouble:
        """Return what became of the call for help."""
        _ = self._language.gettext
        asked = _("Your time goes on as usual.")
        if not snapshot.staffed:
            told = self.who_helps(snapshot) or _("You can try another seat meanwhile.")
            if snapshot.help_stage is HelpStage.COMING:
                return Told(_("Somebody is coming."), asked, told)
            if snapshot.help_stage is HelpStage.UNREACHED:
                return Trouble(_("Your call could not be passed on."), asked, told)
            if snapshot.help_stage is HelpStage.REACHED:
                return Told(_("Your call has been passed on."), asked, told)
            return Told(_("We are passing your call on…"), asked, told)
        match snapshot.help_stage:
            case HelpStage.COMING:
                return Told(_("Somebody is coming."), asked, _("Stay where you are."))
            case HelpStage.REACHED:
                return Told(_("Your call has been passed on to the front desk."), asked)
            case HelpStage.UNREACHED:
                contact = snapshot.help_contact
                advice = _("Please go to the front desk.")
                if contact is not None:
                    said = {"telephone": contact.telephone}
                    advice = _("Please go to the front desk, or call %(telephone)s.") % said
                return Trouble(_("The front desk could not be reached."), asked, advice)
            case _:
                return Told(_("We are telling the front desk…"), asked)

    # ------------------------------------------------------------------------------- openings

    def opening(self, snapshot: Snapshot, span: Span) -> str:
        """Return when the room opens: "tomorrow, Thursday, from 2 pm to 7 pm"."""
        _ = self._language.gettext
        phrase = self.phrase(snapshot)
        zone = ZoneInfo(snapshot.zone)
        today = snapshot.now.astimezone(zone).date()
        day = span.start.astimezone(zone).date()
        said = {
            "day": phrase.day(span.start),
            "weekday": phrase.weekday(span.start),
            "start": phrase.time(span.start),
            "end": phrase.time(span.end),
        }
        if day == today:
            return _("today, from %(start)s to %(end)s") % said
        if day == today + timedelta(days=1):
            return _("tomorrow, %(weekday)s, from %(start)s to %(end)s") % said
        return _("on %(day)s, from %(start)s to %(end)s") % said

    def come_back(self, snapshot: Snapshot) -> str:
        """Return when to come back; nothing when no opening is known."""
        if snapshot.next_opening is None:
            return ""
        when = self.opening(snapshot, snapshot.next_opening)
        return self._language.gettext("We open %(when)s.") % {"when": when}

    def wait(self, snapshot: Snapshot, until: datetime) -> str:
        """Return how long to wait and until when, in whole minutes."""
        _ = self._language.gettext
        seconds = (until - snapshot.now).total_seconds()
        minutes = max(1, -int(-seconds // MINUTE))
        phrase = self.phrase(snapshot)
        # The clock shows whole minutes: the next one is the first at which a try can work.
        at = until + timedelta(seconds=MINUTE - 1)
        return _("You can try again in %(duration)s, at %(time)s.") % {
            "duration": phrase.long_duration(minutes * MINUTE),
            "time": phrase.time(at),
        }

    # ------------------------------------------------------------------------------- the lock

    def offer(self, snapshot: Snapshot) -> Offer:
        """Return what a visitor may have on this seat now."""
        _ = self._language.gettext
        face = snapshot.lock
        if face is None or (face.slot_seconds <= 0 and face.limit is None):
            return Offer(_("This seat is free"), "", open_=True)
        if face.slot_seconds <= 0 and face.limit is not None:
            return Offer(
                _("No session can start now"),
                self.ground(snapshot, RefusalFace(ground=face.limit, at=face.limit_at)),
                open_=False,
            )
        duration = self.phrase(snapshot).long_duration(face.slot_seconds)
        if face.limit is None:
            told = _("%(duration)s, renewable if the seat is free") % {"duration": duration}
        else:
            told = self.shortened(snapshot, duration, face.limit, face.limit_at)
        return Offer(_("This seat is free"), told, open_=True)

    def shortened(
        self, snapshot: Snapshot, duration: str, ground: Ground, at: datetime | None
    ) -> str:
        """Return what shortens a slot that has not begun."""
        _ = self._language.gettext
        said = {
            "duration": duration,
            "time": "" if at is None else self.phrase(snapshot).time(at),
        }
        if ground is Ground.DAILY_MINUTES:
            return _("You will have %(duration)s: that is what is left of your day.") % said
        if at is None:
            return _("You will have %(duration)s.") % said
        match ground:
            case Ground.WORKSHOP:
                return _("You will have %(duration)s, a workshop starts at %(time)s.") % said
            case Ground.RESERVATION:
                return _("You will have %(duration)s, the seat is booked from %(time)s.") % said
            case _:
                return _("You will have %(duration)s, the room closes at %(time)s.") % said

    def sign_in_refusal(self, snapshot: Snapshot, refusal: RefusalFace) -> Trouble:
        """Return why no session opens, what is kept and what to do."""
        _ = self._language.gettext
        valid = _("Your card stays valid.")
        elsewhere = _("Please choose another seat.")
        match refusal.ground:
            case Ground.WRONG_CARD_OR_CODE:
                wait, at = "", refusal.retry_at
                if at is not None and at > snapshot.now:
                    wait = self.wait(snapshot, at)
                who = self.who_helps(snapshot)
                return wrong_card(self._language, snapshot.lock, refusal, wait, who)
            case Ground.TOO_MANY_TRIES:
                again = _("You can try again later.")
                if refusal.retry_at is not None and refusal.retry_at > snapshot.now:
                    again = self.wait(snapshot, refusal.retry_at)
                advice = " ".join(part for part in (again, self.who_helps(snapshot)) if part)
                return Trouble(_("There have been too many tries in a row."), valid, advice)
            case Ground.PERSON_SEATED:
                return self._seated(snapshot, refusal)
            case Ground.SEAT_TAKEN:
                return Trouble(_("This seat has just been taken."), valid, elsewhere)
            case Ground.OUT_OF_ORDER:
                return Trouble(_("This seat is out of order."), valid, elsewhere)
            case Ground.NO_ANSWER:
                return Trouble(
                    _("We cannot check your card at the moment."),
                    _("Nothing is lost, your card stays valid."),
                    " ".join(
                        part
                        for part in (
                            _("With the code of a guest pass you can open a session."),
                            self.who_helps(snapshot),
                        )
                        if part
                    ),
                )
            case Ground.HELD | Ground.TICKET_NEEDED:
                return reserved(self._language, self.phrase(snapshot), refusal)
            case ground if ground in ADMISSION:
                return not_admitted(self._language, refusal, self.who_helps(snapshot))
            case Ground.CLOSED | Ground.CLOSING:
                come_back = self.come_back(snapshot) or _("Come back when the room is open.")
                return Trouble(self.ground(snapshot, refusal), valid, come_back)
            case Ground.DAILY_MINUTES:
                return Trouble(
                    self.ground(snapshot, refusal), valid, _("You can come back tomorrow.")
                )
            case Ground.WORKSHOP | Ground.RESERVATION:
                return Trouble(self.ground(snapshot, refusal), valid, elsewhere)
            case _:
                return Trouble(
                    _("This seat could not open your session."),
                    _("No time has been counted."),
                    _("Please try once more, or choose another seat."),
                )

    def _seated(self, snapshot: Snapshot, refusal: RefusalFace) -> Trouble:
        _ = self._language.gettext
        said = {"number": refusal.seat_number, "room": refusal.room_name}
        if refusal.seat_number is None:
            fact = _("This card is already in use at another seat.")
        elif refusal.room_name:
            fact = _("This card is already in use at seat %(number)d, %(room)s.") % said
        else:
            fact = _("This card is already in use at seat %(number)d.") % said
        advice = [_("End that session first, then come here."), self.who_helps(snapshot)]
        return Trouble(fact, _("That session goes on."), " ".join(filter(None, advice)))

    # ---------------------------------------------------------------------------- the session

    def ground(self, snapshot: Snapshot, refusal: RefusalFace | None) -> str:
        """Return the ground of a refusal in one sentence; without one, the site has decided."""
        _ = self._language.gettext
        if refusal is None:
            if snapshot.staffed:
                return _("The front desk needs this seat.")
            return _("This seat is needed.")
        at = refusal.at
        said = {"time": "" if at is None else self.phrase(snapshot).time(at)}
        match refusal.ground:
            case Ground.CLOSING:
                if at is None:
                    return _("The room closes soon.")
                return _("The room closes at %(time)s.") % said
            case Ground.CLOSED:
                return _("The room is closed.")
            case Ground.WORKSHOP:
                if at is None:
                    return _("A workshop takes place here.")
                return _("A workshop starts here at %(time)s.") % said
            case Ground.RESERVATION:
                if at is None:
                    return _("This seat is booked.")
                return _("This seat is booked from %(time)s.") % said
            case Ground.DAILY_MINUTES:
                return _("Your time of today is used up.")
            case Ground.RENEWALS:
                return _("This session cannot be renewed once more.")
            case Ground.TOO_EARLY:
                if at is None:
                    return _("It is too early to renew.")
                return _("You can renew from %(time)s.") % said
            case Ground.OUT_OF_ORDER:
                return _("This seat must be repaired.")
            case Ground.SEAT_TAKEN | Ground.PERSON_SEATED:
                return _("This seat is needed.")
            case Ground.OVER:
                return _("This session is already over.")
            case Ground.TRIAL:
                return _("This is a trial: nothing of it is counted.")
            case Ground.WAITING:
                return self._waits(snapshot, refusal)
            case Ground.NO_ANSWER:
                return _("Your request got no answer.")
            case _:
                return _("This seat could not renew your session.")

    def _waits(self, snapshot: Snapshot, refusal: RefusalFace) -> str:
        _ = self._language.gettext
        if not refusal.ticket or refusal.waiting_since is None:
            return _("Somebody is waiting, and your seat is freed first.")
        seconds = int((snapshot.now - refusal.waiting_since).total_seconds())
        said = {
            "ticket": refusal.ticket,
            "duration": self.phrase(snapshot).duration(max(MINUTE, seconds)),
        }
        return _("%(ticket)s has waited for %(duration)s, and your seat is freed first.") % said

    def what_then(self, snapshot: Snapshot, refusal: RefusalFace | None) -> str:
        """Return when a visitor who may not renew can come back."""
        _ = self._language.gettext
        if refusal is not None and refusal.ground in (Ground.CLOSING, Ground.CLOSED):
            return self.come_back(snapshot) or _("Come back when the room is open.")
        if refusal is not None and refusal.ground is Ground.DAILY_MINUTES:
            return _("You can come back tomorrow.")
        if refusal is not None and refusal.ground is Ground.WAITING:
            return _("Once those who wait have had their turn, you can open a new session.")
        if refusal is not None and refusal.ground is Ground.TRIAL:
            return _("Your own session is still all yours: sign in again.")
        return _("You can open a new session on a free seat.")

    def left(self, snapshot: Snapshot, session: SessionFace) -> str:
        """Return the minutes left, as a sentence."""
        said = {"duration": self.phrase(snapshot).long_duration(session.remaining_seconds)}
        return self._language.gettext("You have %(duration)s left.") % said

    def over(self, snapshot: Snapshot, session: SessionFace) -> str:
        """Return that the slot is over, and who ends it."""
        _ = self._language.gettext
        if not session.ended_by_staff:
            return _("Your session is over.")
        if snapshot.staffed:
            return _("The front desk is ending your session.")
        return _("Your session is being ended.")

    def still_to_save(self, snapshot: Snapshot, session: SessionFace) -> str:
        """Return how long one may still save, in whole minutes."""
        minutes = max(1, -(-session.grace_remaining_seconds // 60))
        return self.to_save(self.phrase(snapshot).long_duration(minutes * 60))

    def to_save(self, duration: str) -> str:
        """Return how long one may still save."""
        _ = self._language.gettext
        return _("You have %(duration)s to save your work.") % {"duration": duration}

    def launch_failed(self) -> Trouble:
        """Return that a program could not be opened."""
        _ = self._language.gettext
        return Trouble(
            _("This program could not be opened."),
            _("Your time goes on as usual."),
            _("You can try again, or call for help."),
        )

    def erased(self, snapshot: Snapshot) -> str:
        """Return what the check has proved."""
        _ = self._language.gettext
        if snapshot.windowed:
            return _("What was opened from here is erased")
        return _("Your files have been erased")

    def button(self, words: str) -> str:
        """Return the words of a button, to be heard: that it is one cannot be seen then."""
        return self._language.gettext("Button: %(words)s") % {"words": words}

    def spoken_time(self, snapshot: Snapshot, session: SessionFace) -> str:
        """Return the time left twice, as everywhere: minutes and clock time."""
        phrase = self.phrase(snapshot)
        said = {
            "duration": phrase.long_duration(session.remaining_seconds),
            "time": phrase.time(session.ends_at),
        }
        return self._language.gettext("You have %(duration)s left, until %(time)s.") % said
