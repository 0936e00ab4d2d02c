"""What the gate's facts make of the state. A fact is taken once, in the order of its number."""

from datetime import datetime

from msgspec.structs import replace

from kiosk.rules.slot import Ground
from kiosk.session import residue, shortening, usbkey, workshop
from kiosk.session.effect import TellHub
from kiosk.session.gatefact import (
    GateFact,
    GateGraceStarted,
    GateKeysFound,
    GateKeysLeft,
    GateNoted,
    GateQuarantined,
    GateSlotEnded,
    GateSlotExtended,
    GateSlotOpened,
    GateSlotShortened,
    GateWiped,
)
from kiosk.session.interruption import remember_cut
from kiosk.session.kept import CardUse, Sitting
from kiosk.session.moment import Moment
from kiosk.session.state import Decision, State, running
from kiosk.wire import event
from kiosk.wire.event import CommandAnswered, EventBody, Outcome
from kiosk.wire.face import HelpStage
from kiosk.wire.station import RenewalKind


def take_fact(state: State, fact: GateFact, moment: Moment) -> Decision:
    """Return what a fact changes; one that was taken before changes nothing."""
    if fact.n <= state.kept.gate_fact:
        return Decision(state)
    state = state.keeping(gate_fact=fact.n)
    match fact:
        case GateSlotOpened():
            return _opened(state, fact, moment)
        case GateSlotExtended():
            return _extended(state, fact, moment)
        case GateGraceStarted():
            return _grace(state, fact)
        case GateSlotEnded():
            return _ended(state, fact, moment)
        case GateWiped():
            return _wiped(state, fact, moment)
        case GateQuarantined():
            return residue.take_quarantined(state, fact, moment)
        case GateSlotShortened():
            return shortening.take_shortened(state, fact, moment)
        case GateKeysFound() | GateKeysLeft():
            return usbkey.take_fact(state, fact, moment)
        case GateNoted():  # pragma: no branch
            return Decision(state)


def meet(state: State, running_slot: str | None, moment: Moment) -> Decision:
    """Return what a gate that was away changes, once its facts are taken in."""
    sitting = state.kept.sitting
    if sitting is None or sitting.opened_boot is None or sitting.slot_id == running_slot:
        return residue.take_up(state, moment)
    # It knows nothing of a slot that ran: its own record was lost, and no wipe will be told.
    lost = GateSlotEnded(state.kept.gate_fact, sitting.slot_id, event.EndReason.FAULT, 0, 0)
    ended = _ended(state, lost, moment)
    return ended.then(Decision(ended.state.but(goodbye=None)))


def _opened(state: State, fact: GateSlotOpened, moment: Moment) -> Decision:
    sitting = state.kept.sitting
    if sitting is None or sitting.slot_id != fact.slot_id:
        # The gate is right about what runs, even when our own record of it was lost.
        sitting = Sitting(
            slot_id=fact.slot_id,
            total_seconds=fact.total_seconds,
            grace_seconds=fact.grace_seconds,
        )
    state = state.but(opening=None, goodbye=None, goodbye_until=None).keeping(sitting=sitting)
    state = state.seating(
        opened_boot=fact.boot,
        opened_at=moment.wall_in(fact.boot - moment.boot),
        total_seconds=fact.total_seconds,
        grace_seconds=fact.grace_seconds,
    )
    ends_at = moment.wall_in(fact.boot + fact.total_seconds - moment.boot)
    told: tuple[EventBody, ...] = (_opening_told(sitting, fact, ends_at),)
    asked = workshop.asked_by(sitting)
    if sitting.workshop is not None and asked is not None:
        state = state.seating(workshop=replace(sitting.workshop, command_id=None))
        told += (CommandAnswered(command_id=asked, outcome=Outcome.DONE),)
    if sitting.resumes is not None:
        told += (event.SlotResumed(slot_id=fact.slot_id, before=sitting.resumes),)
    # Whoever sits here now, nobody else's time waits any more.
    return Decision(state.keeping(cut=None), events=told, effects=(TellHub(),))


def _opening_told(sitting: Sitting, fact: GateSlotOpened, ends_at: datetime) -> EventBody:
    if not sitting.alone:
        return event.SlotOpened(
            slot_id=fact.slot_id, total_seconds=fact.total_seconds, ends_at=ends_at
        )
    return event.SlotOpenedAlone(
        slot_id=fact.slot_id,
        total_seconds=fact.total_seconds,
        ends_at=ends_at,
        lookup=sitting.lookup,
        guest_pass=sitting.guest_pass,
    )


def _extended(state: State, fact: GateSlotExtended, moment: Moment) -> Decision:
    sitting = state.kept.sitting
    if sitting is None or sitting.slot_id != fact.slot_id:
        return Decision(state)
    pending = sitting.pending
    mercy = pending is not None and pending.kind is RenewalKind.MERCY
    renewed = (pending is None or pending.command_id is None) and not mercy
    # Minutes of mercy answer no refusal: it stands, and will not be softened twice.
    refusal = state.renewal_refusal if mercy else None
    state = state.but(
        renewing=None,
        renewal_refusal=None if refusal is None else replace(refusal, mercy=False),
        put_off=False,
        offered_boot=None,
    ).seating(
        total_seconds=fact.total_seconds,
        pending=None,
        grace_boot=None,
        declined=False,
        mercy_taken=sitting.mercy_taken or mercy,
        renewals=sitting.renewals + (1 if renewed else 0),
    )
    ends_at = moment.wall_in(fact.total_seconds - running(sitting, moment).elapsed_seconds)
    told: tuple[EventBody, ...]
    if pending is None or pending.command_id is None:
        told = (
            event.SlotRenewed(
                slot_id=fact.slot_id,
                total_seconds=fact.total_seconds,
                ends_at=ends_at,
                decided_by=event.Decider.STATION if pending is None else pending.decided_by,
                kind=RenewalKind.ASKED if pending is None else pending.kind,
            ),
        )
    else:
        told = (
            event.SlotExtended(
                slot_id=fact.slot_id,
                total_seconds=fact.total_seconds,
                ends_at=ends_at,
                command_id=pending.command_id,
            ),
            CommandAnswered(command_id=pending.command_id, outcome=Outcome.DONE),
        )
    extended = Decision(state, events=told, effects=(TellHub(),))
    return extended.then(shortening.ask_gate(state))


def _grace(state: State, fact: GateGraceStarted) -> Decision:
    sitting = state.kept.sitting
    if sitting is None or sitting.slot_id != fact.slot_id:
        return Decision(state)
    told: tuple[EventBody, ...] = (
        event.GraceStarted(slot_id=fact.slot_id, grace_seconds=fact.grace_seconds),
    )
    if sitting.end_command is not None:
        told += (CommandAnswered(command_id=sitting.end_command, outcome=Outcome.DONE),)
    state = state.seating(grace_boot=fact.boot, end_command=None)
    return Decision(state, events=told, effects=(TellHub(),))


def _ended(state: State, fact: GateSlotEnded, moment: Moment) -> Decision:
    told: tuple[EventBody, ...] = (
        event.SlotEnded(
            slot_id=fact.slot_id,
            reason=fact.reason,
            used_seconds=fact.used_seconds,
            remaining_seconds=fact.remaining_seconds,
        ),
    )
    sitting = state.kept.sitting
    if sitting is None or sitting.slot_id != fact.slot_id:
        return Decision(state, events=told, effects=(TellHub(),))
    if sitting.end_command is not None:
        told += (CommandAnswered(command_id=sitting.end_command, outcome=Outcome.DONE),)
    if sitting.pending is not None and sitting.pending.command_id is not None:
        told += (_too_late(sitting.pending.command_id),)
    if sitting.shortening is not None:
        told += (_too_late(sitting.shortening.command_id),)
    if sitting.message is not None:
        told += (_too_late(sitting.message.command_id),)
    # After a power cut nobody stands there to be taken leave of.
    leaving = fact.reason is not event.EndReason.POWER_LOST
    state = state.but(
        renewing=None,
        renewal_refusal=None,
        put_off=False,
        offered_boot=None,
        tried_total=None,
        refusal=None,
        asked_boot=None,
        answered_boot=None,
        help_stage=HelpStage.QUIET,
        launched=0,
        launch_failed=False,
        goodbye=usbkey.say_goodbye(sitting) if leaving else None,
        goodbye_until=None,
    ).keeping(sitting=None)
    if sitting.lookup and not sitting.trial:
        had = CardUse(lookup=sitting.lookup, ended_at=moment.wall, used_seconds=fact.used_seconds)
        state = state.keeping(card_uses=(*state.kept.card_uses, had))
    state = remember_cut(state, sitting, fact, moment)
    return Decision(state, events=told, effects=(TellHub(),))


def _wiped(state: State, fact: GateWiped, moment: Moment) -> Decision:
    told: tuple[EventBody, ...] = ()
    if fact.slot_id is not None:
        processes = fact.processes_ended
        told = (event.SlotWiped(slot_id=fact.slot_id, processes_ended=processes, clean=True),)
    state = usbkey.erased(state, moment)
    wiped = Decision(state, events=told, effects=(TellHub(),))
    return wiped.then(residue.take_wiped(state))


def _too_late(command_id: str) -> CommandAnswered:
    return CommandAnswered(command_id=command_id, outcome=Outcome.REFUSED, code=Ground.OVER)
