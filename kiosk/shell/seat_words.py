"""What the lock says of a seat that is not simply free: for whom it is kept, and what to do."""

from dataclasses import dataclass

from kiosk.rules.seat import SeatState
from kiosk.shell.outfit import Outfit
from kiosk.wire.face import AwayFace, Contact, HeldFace, Snapshot
from kiosk.wire.outage import ResumeFace


@dataclass(frozen=True, slots=True)
class SeatStory:
    """A seat that is kept.

    Attributes:
        state: its badge and its colours; the banner has those of `banner` where it brings good
            news, with `icon` in the badge.
        title: the fact.
        sentence: until when, or what to do.
        seconds: how long it still lasts; of `total_seconds`, which are 0 where no end is known.
        total_seconds: how long it lasts in all.
        column_title: the same for the column.
        column_sentence: what comes then.
        asks: whom the form is for.
        advice: what that person does.
        button: what the form does.
        others: whom the ticket is for.
        note: what has happened, for the foot of the page.
        warns: whether the sentence is no good news, and stands in a strip of its own where it can.
    """

    state: SeatState
    title: str
    sentence: str
    seconds: int
    total_seconds: int
    column_title: str
    column_sentence: str
    asks: str
    advice: str
    button: str
    others: str
    banner: SeatState | None = None
    icon: str = ""
    note: str = ""
    warns: bool = False


def seat_story(outfit: Outfit, snapshot: Snapshot) -> SeatStory | None:
    """Return what there is to say, None of a seat that is simply free."""
    lock = snapshot.lock
    if lock is None:
        return None
    if lock.away is not None:
        return _away(outfit, snapshot, lock.away)
    if lock.resume is not None:
        return _resumed(outfit, snapshot, lock.resume)
    if lock.held is not None:
        return _held(outfit, snapshot, lock.held)
    return _reserved(outfit, snapshot) if lock.tickets_wait else None


def gives_tickets(snapshot: Snapshot) -> bool:
    """Tell whether a ticket may be taken here: others have the seat, and the hub is there."""
    lock = snapshot.lock
    if lock is None or snapshot.contact is not Contact.LIVE:
        return False
    kept = (lock.held, lock.away, lock.resume)
    return lock.tickets_wait or any(one is not None for one in kept)


def _away(outfit: Outfit, snapshot: Snapshot, away: AwayFace) -> SeatStory:
    _ = outfit.language.gettext
    phrase = outfit.teller.phrase(snapshot)
    seconds = 0
    if away.until is not None:
        seconds = max(0, round((away.until - snapshot.now).total_seconds()))
    if away.until is not None and seconds:
        told = _("What is open here is safe. The pause ends at %(time)s.")
        sentence = told % {"time": phrase.time(away.until)}
    else:
        told = _("What is open here is safe until %(time)s, or until somebody needs the seat.")
        sentence = told % {"time": phrase.time(away.closes_at)}
    return SeatStory(
        state=SeatState.LOCKED,
        title=_("This seat is paused"),
        sentence=sentence,
        seconds=seconds,
        total_seconds=away.pause_seconds if seconds else 0,
        column_title=_("This seat is in use"),
        column_sentence=_("Its visitor will soon be back"),
        asks=_("Is this your session?"),
        advice=_how(outfit, snapshot),
        button=_("Resume my session"),
        others=_("Do you need a seat?"),
    )


def _resumed(outfit: Outfit, snapshot: Snapshot, kept: ResumeFace) -> SeatStory:
    _ = outfit.language.gettext
    phrase = outfit.teller.phrase(snapshot)
    until = {"time": phrase.time(kept.until)}
    duration = {"duration": phrase.long_duration(kept.left_seconds)}
    return SeatStory(
        state=SeatState.HELD,
        title=_("Your time is given back: %(duration)s") % duration,
        sentence=_("What was not on your USB key is lost."),
        seconds=kept.left_seconds,
        total_seconds=kept.total_seconds,
        column_title=_("This seat is held"),
        column_sentence=_("for its visitor, until %(time)s") % until,
        asks=_("Did the power fail during your session?"),
        advice=_how(outfit, snapshot),
        button=_("Resume my session"),
        others=_("Do you need a seat?"),
        banner=SeatState.FREE,
        icon="zap",
        note=_outage(outfit, snapshot, kept),
        warns=True,
    )


def _outage(outfit: Outfit, snapshot: Snapshot, kept: ResumeFace) -> str:
    """Return from when to when the power failed; nothing where it is not known."""
    if kept.lost_at is None or kept.back_at is None:
        return ""
    phrase = outfit.teller.phrase(snapshot)
    said = {"start": phrase.time(kept.lost_at), "end": phrase.time(kept.back_at)}
    return outfit.language.gettext("The power was off from %(start)s to %(end)s.") % said


def _held(outfit: Outfit, snapshot: Snapshot, held: HeldFace) -> SeatStory:
    _ = outfit.language.gettext
    until, seconds = "", 0
    if held.until is not None:
        time = outfit.teller.phrase(snapshot).time(held.until)
        until = _("Until %(time)s.") % {"time": time}
        seconds = max(0, round((held.until - snapshot.now).total_seconds()))
    ticket = {"ticket": held.ticket}
    advice = _how(outfit, snapshot)
    if held.coded:
        then = _("You are then asked for the code of the ticket.")
        advice = f"{advice} {then}"
    return SeatStory(
        state=SeatState.HELD,
        title=_("This seat is held for ticket %(ticket)s") % ticket,
        sentence=until,
        seconds=seconds,
        total_seconds=held.hold_seconds if held.until is not None else 0,
        column_title=_("This seat is reserved"),
        column_sentence=_("Then it goes to the next ticket"),
        asks=_("Do you have ticket %(ticket)s?") % ticket,
        advice=advice,
        button=_("Open my session"),
        others=_("Not your ticket?"),
    )


def _reserved(outfit: Outfit, snapshot: Snapshot) -> SeatStory:
    _ = outfit.language.gettext
    return SeatStory(
        state=SeatState.HELD,
        title=_("This seat is reserved"),
        sentence=_("Others are waiting. With a ticket, your turn comes."),
        seconds=0,
        total_seconds=0,
        column_title=_("This seat is reserved"),
        column_sentence=_("It goes to the next ticket"),
        asks=_("Has your ticket been called?"),
        advice=_how(outfit, snapshot),
        button=_("Open my session"),
        others=_("No ticket yet?"),
    )


def _how(outfit: Outfit, snapshot: Snapshot) -> str:
    """Return what the person for whom the form is does."""
    _ = outfit.language.gettext
    if snapshot.lock is not None and snapshot.lock.card_alone:
        return _("Hold your card under the reader.")
    return _("Hold your card under the reader, then type your code.")
