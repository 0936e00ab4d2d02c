"""The shell's state: what is kept, and what may be forgotten when the shell is killed."""

import dataclasses
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from kiosk.rules.booking import bookings_of
from kiosk.rules.boundary import known_boundaries
from kiosk.rules.slot import Boundary, Refusal, Running
from kiosk.rules.throttle import Tries
from kiosk.session.effect import Effect
from kiosk.session.kept import Kept, Sitting
from kiosk.session.moment import Moment
from kiosk.session.wallet import Wallet
from kiosk.wire.event import EventBody
from kiosk.wire.face import Contact, HelpStage, RefusalFace, TicketFace
from kiosk.wire.goodbye import GoodbyeFace
from kiosk.wire.outing import PlacesFace
from kiosk.wire.provision import KnownCardView, PassUse, Provisions
from kiosk.wire.station import RenewalKind

CLOCK_TOLERANCE = timedelta(seconds=5)
"""A step back of the wall clock smaller than this is the hub's offset settling, not a fault."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A slot that somebody asks for at the lock, until it is granted or refused.

    Attributes:
        slot_id: made here, the same for the hub and for the station alone.
        proof: of card and code, or of the pass, for the sitting.
        resumes: the slot that it would go on with, after a power cut.
        asked_hub: whether the hub was asked, which may have granted it.
        lookup: under what a card is found among the known ones, empty where no key is known.
        guest_pass: the pass that opens it, where its key is known.
        known: the card whose code is being checked here, without the hub.
        by_card: whether it is asked for by the card alone.
    """

    slot_id: str
    proof: str
    resumes: str | None = None
    asked_hub: bool = False
    lookup: str = ""
    guest_pass: PassUse | None = None
    known: KnownCardView | None = None
    by_card: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """Everything that decisions and snapshots follow from.

    Attributes:
        opening: the slot that is being asked for.
        provisions: what lets the station act alone; the composition keeps it, with the secrets.
        refusal: the answer to the last try at the lock.
        unlock_tries: the tries in vain to open the lock over the running slot.
        asked_boot: boot time since which the screen asks whether anybody is there.
        answered_boot: boot time at which the visitor answered that, or came back.
        renewing: what renewal the hub is being asked for, if any.
        renewal_refusal: why the running slot is not renewed.
        tried_total: the total from which the slot was to go on by itself; it is tried once.
        put_off: whether the visitor wants to be left alone with the question for now.
        offered_boot: boot time at which an offer to renew was shown last.
        ticket: what became of the ticket that somebody asks for here.
        ticket_ask: the ask that the hub has not answered yet.
        places: where one can go, for whoever asks here; `places_ask` is not answered yet.
        wallet: the print credit of whoever sits here.
        identify_until: boot time until which the seat's number is shown large.
        journal_writes: whether the disk takes what happens; if not, nobody new sits down.
        gate_answers: whether the gate is there; if not, nobody new sits down either.
        launched: how many programs the visitor has started in this slot.
        goodbye_until: boot time until which the goodbye stays; None while the wipe is not proved.
    """

    windowed: bool
    kept: Kept = field(default_factory=Kept)
    contact: Contact = Contact.LOST
    opening: Opening | None = None
    provisions: Provisions | None = None
    refusal: RefusalFace | None = None
    unlock_tries: Tries = field(default_factory=Tries)
    asked_boot: float | None = None
    answered_boot: float | None = None
    renewing: RenewalKind | None = None
    renewal_refusal: RefusalFace | None = None
    tried_total: int | None = None
    put_off: bool = False
    offered_boot: float | None = None
    ticket: TicketFace | None = None
    ticket_ask: str | None = None
    places: PlacesFace | None = None
    places_ask: str | None = None
    wallet: Wallet | None = None
    help_stage: HelpStage = HelpStage.QUIET
    identify_until: float | None = None
    goodbye: GoodbyeFace | None = None
    goodbye_until: float | None = None
    outbox: int = 0
    journal_writes: bool = True
    gate_answers: bool = True
    applications: tuple[str, ...] = ()
    launched: int = 0
    launch_failed: bool = False

    def but(self, **changes: object) -> "State":
        """Return this state with some fields changed."""
        # `replace` checks the names; that each value fits its field, the callers' tests do.
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]

    def keeping(self, **changes: object) -> "State":
        """Return this state with some kept fields changed."""
        return self.but(kept=msgspec.structs.replace(self.kept, **changes))

    def seating(self, **changes: object) -> "State":
        """Return this state with some fields of the sitting changed; there must be one."""
        if self.kept.sitting is None:
            message = "nobody sits here"
            raise ValueError(message)
        return self.keeping(sitting=msgspec.structs.replace(self.kept.sitting, **changes))


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from a command: the next state, facts to journal, then effects to run."""

    state: State
    events: tuple[EventBody, ...] = ()
    effects: tuple[Effect, ...] = ()

    def then(self, after: "Decision") -> "Decision":
        """Return this decision followed by one that was taken on its state."""
        return Decision(after.state, self.events + after.events, self.effects + after.effects)


def takes_visitors(state: State) -> bool:
    """Tell whether somebody may sit down here once the seat is free."""
    return state.kept.out_of_order is None and state.journal_writes and state.gate_answers


def clock_trusted(kept: Kept, wall: datetime) -> bool:
    """Tell whether the wall clock stands after every stamp given before."""
    return kept.last_stamp is None or wall >= kept.last_stamp - CLOCK_TOLERANCE


def boundaries(state: State, moment: Moment) -> tuple[Boundary, ...] | Refusal:
    """Return what a slot on this seat must not pass, or why none opens now.

    Without a situation or with an untrusted clock nothing is known.
    """
    situation = state.kept.situation
    if situation is None:
        return ()
    room = situation.room
    booked = (
        booking
        for series in room.bookings
        for booking in bookings_of(series.as_rule(), room.hours.zone)
    )
    return known_boundaries(
        room.rule.as_rule(),
        room.hours.as_rule(),
        booked,
        situation.seat.number,
        moment.wall,
        trusted=clock_trusted(state.kept, moment.wall),
    )


def running(sitting: Sitting, moment: Moment) -> Running:
    """Return what the rules want of the sitting; one that has not opened yet has not run."""
    elapsed = 0.0 if sitting.opened_boot is None else moment.boot - sitting.opened_boot
    if sitting.grace_boot is not None:
        # Staff may start the grace early: from then on the slot counts as used up.
        elapsed = sitting.total_seconds + moment.boot - sitting.grace_boot
    return Running(sitting.total_seconds, elapsed, sitting.renewals)


def remaining_seconds(sitting: Sitting, moment: Moment) -> float:
    """Return the seconds left of the slot, 0 in its grace."""
    now = running(sitting, moment)
    return max(0.0, now.total_seconds - now.elapsed_seconds)
