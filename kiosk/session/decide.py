"""The one place where something that happens becomes a decision: pure, and readable aloud."""

import msgspec

from kiosk.rules.presence import LockCause
from kiosk.rules.slot import Ground
from kiosk.session import (
    absence,
    alone,
    credit,
    gatestory,
    interruption,
    order,
    outing,
    prolong,
    queue,
    residue,
    shortening,
    signin,
    trial,
    usbkey,
    workshop,
)
from kiosk.session.command import (
    CardChecked,
    ChangesRead,
    Command,
    ContactChanged,
    CreditAnswered,
    CreditUnanswered,
    GateLost,
    GateMet,
    GateRefused,
    GateReported,
    JournalChanged,
    Launched,
    OpeningAnswered,
    OpeningUnanswered,
    OutboxCounted,
    PlacesAnswered,
    PlacesUnanswered,
    ProvisionsRead,
    RenewalAnswered,
    RenewalUnanswered,
    ShorteningRefused,
    SituationRead,
    Started,
    Ticked,
    TicketAnswered,
    TicketUnanswered,
    WipeRefused,
    Wished,
)
from kiosk.session.effect import EndGate, ExtendGate, Launch, TellHub
from kiosk.session.fairness import hear_room, keep_offer, note_offer
from kiosk.session.moment import Moment
from kiosk.session.state import Decision, State
from kiosk.wire.change import (
    ChangesPage,
    CommandIssued,
    CreditChanged,
    RoomChanged,
    SiteChanged,
    WaitingChanged,
)
from kiosk.wire.creditface import CreditSeen, CreditWished, PrintCardPassed
from kiosk.wire.event import (
    CommandAnswered,
    EndReason,
    HelpAsked,
    OpeningGivenUp,
    Outcome,
    SlotEnded,
    StationStarted,
)
from kiosk.wire.face import (
    AwayAsked,
    CardPassed,
    Contact,
    EndAsked,
    GoodbyeSeen,
    HelpSeen,
    HelpStage,
    HelpWished,
    LaunchAsked,
    MercyAsked,
    MessageRead,
    PassTyped,
    RefusalFace,
    RefusalRead,
    RenewalAsked,
    RenewalDeclined,
    RenewalPutOff,
    SignInAsked,
    StillHere,
    TicketSeen,
    TicketWished,
    Wish,
)
from kiosk.wire.keyface import KeyRemovalAsked
from kiosk.wire.outing import PlacesSeen, PlacesWished
from kiosk.wire.provision import Provisions
from kiosk.wire.turn import TicketChangeWished, TurnWished
from kiosk.wire.welcome import HouseRulesRead, TrialAsked


def decide(state: State, command: Command, moment: Moment) -> Decision:
    """Return the next state, the facts to journal and the effects to run."""
    decision = credit.follow(_decide(keep_offer(state, moment), command, moment), moment)
    return Decision(note_offer(decision.state, moment), decision.events, decision.effects)


def _decide(state: State, command: Command, moment: Moment) -> Decision:  # noqa: PLR0911, PLR0912
    """One branch for each kind of command; one of more than a few lines is a function elsewhere."""
    match command:
        case Wished(wish=wish):
            return _wish(state, wish, moment)
        case OpeningAnswered():
            return signin.take_answer(state, command, moment)
        case OpeningUnanswered():
            return signin.go_without_answer(state, command, moment)
        case CardChecked():
            return alone.take_check(state, command, moment)
        case ProvisionsRead(provisions=provisions):
            return Decision(_provided(state, provisions))
        case RenewalAnswered():
            return prolong.take_answer(state, command)
        case RenewalUnanswered():
            return prolong.go_without_answer(state, command, moment)
        case TicketAnswered():
            return queue.take_ticket(state, command)
        case TicketUnanswered():
            return queue.miss_ticket(state, command)
        case PlacesAnswered():
            return outing.take_places(state, command)
        case PlacesUnanswered():
            return outing.miss_places(state, command)
        case CreditAnswered():
            return Decision(credit.take_credit(state, command))
        case CreditUnanswered():
            return Decision(credit.miss_credit(state, command))
        case GateReported(fact=fact):
            return gatestory.take_fact(state, fact, moment)
        case GateRefused():
            return _gate_refused(state, command)
        case GateLost():
            return Decision(state.but(gate_answers=False))
        case GateMet(running_slot=running_slot):
            return gatestory.meet(state.but(gate_answers=True), running_slot, moment)
        case ShorteningRefused(slot_id=slot_id):
            return shortening.leave_as_it_is(state, slot_id)
        case WipeRefused():
            return residue.stay_closed(state, residue.WIPE_REFUSED)
        case SituationRead(situation=situation):
            read = credit.ask_anew(state.keeping(situation=situation))
            return Decision(hear_room(read, moment))
        case ChangesRead(page=page):
            return _changes(state, page, moment)
        case ContactChanged(contact=contact):
            return _on_contact(state, contact, moment)
        case OutboxCounted(pending=pending):
            reached = state.help_stage is HelpStage.ASKED and pending == 0
            stage = HelpStage.REACHED if reached else state.help_stage
            counted = state.but(outbox=pending, help_stage=stage)
            return Decision(credit.ask_anew(counted, if_missed=True))
        case JournalChanged(writes=writes):
            return Decision(state.but(journal_writes=writes))
        case Launched():
            return _launched(state, command)
        case Started():
            return _start(state, command, moment)
        case Ticked():  # pragma: no branch
            again = credit.ask_anew(_forget(state, moment), if_missed=True)
            kept = interruption.forget_cut(again, moment)
            watched = absence.watch(kept, moment)
            ended = watched.then(trial.end_when_over(watched.state, moment))
            return ended.then(prolong.go_on_by_itself(ended.state, moment))


def _wish(state: State, wish: Wish, moment: Moment) -> Decision:  # noqa: PLR0911, PLR0912
    sitting = state.kept.sitting
    match wish:
        case SignInAsked():
            return signin.ask_to_sit(state, wish, moment)
        case PassTyped():
            return signin.ask_by_pass(state, wish, moment)
        case HouseRulesRead():
            return Decision(state if sitting is None else state.seating(first_use=False))
        case TrialAsked():
            return trial.begin(state, moment)
        case RefusalRead():
            return Decision(state.but(refusal=None))
        case RenewalAsked():
            return prolong.ask_to_renew(state, moment)
        case MercyAsked():
            return prolong.ask_mercy(state, moment)
        case RenewalDeclined():
            return prolong.decline(state)
        case RenewalPutOff():
            return Decision(state.but(put_off=sitting is not None))
        case TicketWished():
            return queue.ask_ticket(state, wish, moment)
        case TicketChangeWished():
            return queue.ask_change(state, wish, moment)
        case TurnWished():
            return queue.ask_turn(state, moment)
        case TicketSeen():
            return Decision(state.but(ticket=None, ticket_ask=None))
        case PlacesWished():
            return outing.ask_places(state, moment)
        case PlacesSeen():
            return Decision(state.but(places=None, places_ask=None))
        case AwayAsked():
            return absence.lock(state, LockCause.AWAY, moment)
        case CardPassed():
            return absence.lock(state, LockCause.CARD, moment)
        case StillHere():
            return Decision(absence.still_here(state, moment))
        case EndAsked():
            if sitting is None or sitting.opened_boot is None:
                return Decision(state)
            return Decision(state, effects=(EndGate(sitting.slot_id, EndReason.FINISHED),))
        case HelpWished():
            return _call_for_help(state)
        case HelpSeen():
            return Decision(state.but(help_stage=HelpStage.QUIET))
        case GoodbyeSeen():
            if state.goodbye is None or not state.goodbye.clean:
                return Decision(state)
            return Decision(state.but(goodbye=None, goodbye_until=None))
        case MessageRead(command_id=command_id):
            if sitting is None or sitting.message is None:
                return Decision(state)
            if sitting.message.command_id != command_id:
                return Decision(state)
            read = CommandAnswered(command_id=command_id, outcome=Outcome.DONE)
            return Decision(state.seating(message=None), (read,), (TellHub(),))
        case CreditWished() | PrintCardPassed() | CreditSeen():
            return Decision(credit.take_wish(state, wish))
        case KeyRemovalAsked():
            return usbkey.remove(state)
        case LaunchAsked(application=application, url=url):  # pragma: no branch
            if sitting is None or not usbkey.may_launch(state, sitting, application):
                return Decision(state)
            return Decision(
                state, effects=(Launch(sitting.slot_id, application, url, sitting.profile),)
            )


def _launched(state: State, command: Launched) -> Decision:
    sitting = state.kept.sitting
    if sitting is None or sitting.slot_id != command.slot_id:
        return Decision(state)
    count = state.launched + (1 if command.started else 0)
    return Decision(state.but(launched=count, launch_failed=not command.started))


def _call_for_help(state: State) -> Decision:
    if state.contact is not Contact.LIVE:
        return Decision(state.but(help_stage=HelpStage.UNREACHED))
    asked = state.but(help_stage=HelpStage.ASKED)
    return Decision(asked, events=(HelpAsked(),), effects=(TellHub(),))


def _on_contact(state: State, contact: Contact, moment: Moment) -> Decision:
    if contact is Contact.LIVE:
        back = credit.ask_anew(state.but(contact=contact))
        return Decision(back, effects=(TellHub(),))
    if state.contact is Contact.LIVE:
        # What the hub told was true until now: from here on it grows old.
        state = state.keeping(heard_boot=moment.boot)
    return Decision(state.but(contact=contact))


def _changes(state: State, page: ChangesPage, moment: Moment) -> Decision:
    situation = state.kept.situation
    if situation is None:
        return Decision(state)
    decision = Decision(state)
    for change in page.changes:
        if change.n <= situation.cursor:
            continue
        match change.body:
            case SiteChanged(site=site) if site.site_id == situation.site.site_id:
                situation = msgspec.structs.replace(situation, site=site)
            case RoomChanged(room=room) if room.room_id == situation.room.room_id:
                situation = msgspec.structs.replace(situation, room=room)
            case WaitingChanged(waiting=waiting) if waiting.room_id == situation.room.room_id:
                situation = msgspec.structs.replace(situation, waiting=waiting)
            case CreditChanged() as moved:
                heard = Decision(credit.hear_change(decision.state, moved))
                decision = decision.then(heard)
            case CommandIssued(command=command):
                decision = decision.then(order.obey(decision.state, command, moment))
            case _:
                continue
    situation = msgspec.structs.replace(situation, cursor=max(page.cursor, situation.cursor))
    read = decision.state.keeping(situation=situation)
    return decision.then(Decision(hear_room(read, moment)))


def _provided(state: State, provisions: Provisions | None) -> State:
    """Take what lets the station act alone; what the hub counts by now is not kept twice."""
    provided = state.but(provisions=provisions)
    if provisions is None:
        return provided
    days = {one.day for one in provisions.day_keys}
    return provided.keeping(
        passes=tuple(use for use in state.kept.passes if use.day in days),
        card_uses=tuple(
            use for use in state.kept.card_uses if use.ended_at > provisions.at or state.outbox > 0
        ),
    )


def _gate_refused(state: State, command: GateRefused) -> Decision:
    if command.opening:
        return signin.gate_would_not_open(state, command.slot_id)
    sitting = state.kept.sitting
    if sitting is None or sitting.slot_id != command.slot_id or sitting.pending is None:
        return Decision(state)
    told: tuple[CommandAnswered, ...] = ()
    if sitting.pending.command_id is not None:
        told = (
            CommandAnswered(
                command_id=sitting.pending.command_id,
                outcome=Outcome.REFUSED,
                code=Ground.OVER,
            ),
        )
    state = state.seating(pending=None)
    over = RefusalFace(ground=Ground.OVER)
    kept = Decision(state.but(renewing=None, renewal_refusal=over), told)
    return kept.then(shortening.ask_gate(kept.state))


def _start(state: State, command: Started, moment: Moment) -> Decision:
    """Take up where the shell was killed; the gate's facts have already been taken in."""
    sitting = state.kept.sitting
    recovered = sitting is not None and sitting.slot_id == command.running_slot
    started = StationStarted(version=command.version, windowed=state.windowed, recovered=recovered)
    begun = Decision(state, events=(started,), effects=(TellHub(),))
    begun = begun.then(residue.take_up(state, moment))
    if sitting is None:
        return begun
    if recovered:
        if sitting.pending is None:
            return begun.then(shortening.ask_gate(state))
        extend = ExtendGate(sitting.slot_id, sitting.pending.total_seconds)
        return begun.then(Decision(state, effects=(extend,)))
    state = state.keeping(sitting=None)
    if sitting.opened_boot is None:
        asked = workshop.refused(workshop.asked_by(sitting), Ground.FAULT)
        told = (OpeningGivenUp(slot_id=sitting.slot_id), *asked)
        return begun.then(Decision(state, events=told))
    # The gate knows nothing of a slot that ran: its own record was lost with the disk.
    lost = SlotEnded(
        slot_id=sitting.slot_id, reason=EndReason.FAULT, used_seconds=0, remaining_seconds=0
    )
    return begun.then(Decision(state, events=(lost,)))


def _forget(state: State, moment: Moment) -> State:
    if state.identify_until is not None and moment.boot >= state.identify_until:
        state = state.but(identify_until=None)
    if state.goodbye_until is not None and moment.boot >= state.goodbye_until:
        state = state.but(goodbye=None, goodbye_until=None)
    retry_at = None if state.refusal is None else state.refusal.retry_at
    if retry_at is not None and moment.wall >= retry_at:
        state = state.but(refusal=None)
    return state
