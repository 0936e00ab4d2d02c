"""What the faces show, from the state and the time; and when they must look again."""

from datetime import datetime

from msgspec.structs import replace

from kiosk.rules.hours import Opening, current_opening, local_date, next_opening, openings_on
from kiosk.rules.reason import Reason
from kiosk.rules.renewal import OFFER_SECONDS
from kiosk.rules.slot import ENDING_SECONDS, Boundary, Grant, Ground, Refusal, grant, named_instant
from kiosk.rules.warning import Stage, stage_at
from kiosk.session.absence import away_face, can_step_away, idle_face, look_at
from kiosk.session.alone import opens_by_card, takes_alone
from kiosk.session.credit import credit_face
from kiosk.session.fairness import ask, limits_now, refusal_face
from kiosk.session.interruption import resume_face
from kiosk.session.kept import Sitting
from kiosk.session.moment import Moment
from kiosk.session.prolong import LEAD_SECONDS, mercy_now, will_go_on
from kiosk.session.queue import can_take_turn, held_for, tickets_wait
from kiosk.session.state import (
    State,
    clock_trusted,
    remaining_seconds,
    running,
    takes_visitors,
)
from kiosk.session.welcome import welcome_face
from kiosk.session.workshop import booking_now, workshop_face
from kiosk.wire.face import (
    LockFace,
    RefusalFace,
    RenewalFace,
    RenewalStage,
    SessionFace,
    Shown,
    Snapshot,
    Span,
)
from kiosk.wire.station import Phase, StationReport, StationSituation

MINUTE = 60
DEFAULT_ZONE = "Europe/Paris"


def project(state: State, moment: Moment) -> Snapshot:
    """Return what every face needs to draw itself now."""
    situation, sitting = state.kept.situation, state.kept.sitting
    shown = _shown(state, moment)
    snapshot = Snapshot(
        shown=shown,
        now=moment.wall,
        zone=DEFAULT_ZONE if situation is None else situation.room.hours.zone,
        contact=state.contact,
        windowed=state.windowed,
        help_stage=state.help_stage,
        identify=state.identify_until is not None and moment.boot < state.identify_until,
        goodbye=state.goodbye if shown is Shown.GOODBYE else None,
        out_of_order=state.kept.out_of_order,
        out_of_order_since=state.kept.out_of_order_since,
        ticket=state.ticket,
        places=state.places,
        booking=booking_now(state, moment) if shown is Shown.WORKSHOP else None,
    )
    if situation is not None:
        snapshot = _placed(snapshot, situation, moment)
    if situation is not None and shown is Shown.LOCK:
        return replace(snapshot, lock=_lock(state, situation, moment))
    if sitting is not None and shown is Shown.AWAY:
        away = away_face(state, sitting, moment)
        return replace(
            snapshot, lock=LockFace(refusal=state.refusal, away=away, card_alone=sitting.by_card)
        )
    if sitting is not None and shown in (Shown.SESSION, Shown.GRACE):
        return replace(snapshot, session=_session(state, sitting, moment))
    return snapshot


def report(state: State, moment: Moment, version: str) -> StationReport:
    """Return the sign of life for the hub."""
    sitting = state.kept.sitting
    trusted = clock_trusted(state.kept, moment.wall)
    if sitting is None or sitting.opened_boot is None:
        phase = Phase.FREE
        if not takes_visitors(state):
            phase = Phase.OUT_OF_ORDER
        elif state.opening is not None or sitting is not None:
            phase = Phase.OPENING
        elif state.goodbye is not None and not state.goodbye.clean:
            phase = Phase.WIPING
        return StationReport(
            phase=phase, outbox=state.outbox, version=version, clock_trusted=trusted
        )
    return StationReport(
        phase=Phase.OPEN if sitting.grace_boot is None else Phase.GRACE,
        slot_id=sitting.slot_id,
        total_seconds=sitting.total_seconds,
        remaining_seconds=int(remaining_seconds(sitting, moment)),
        outbox=state.outbox,
        version=version,
        clock_trusted=trusted,
    )


def look_again_in(state: State, moment: Moment) -> float:
    """Return the seconds until a figure on screen changes by itself, at most a minute."""
    wall_minute = MINUTE - (moment.wall.second + moment.wall.microsecond / 1_000_000)
    candidates = [wall_minute]
    sitting = state.kept.sitting
    if sitting is not None and sitting.opened_boot is not None:
        left = remaining_seconds(sitting, moment)
        # Under two minutes the ring moves every ten seconds, above once a minute.
        step = 10 if left <= 2 * MINUTE else MINUTE
        candidates.append(left % step or step)
        if left > LEAD_SECONDS:
            candidates.append(left - LEAD_SECONDS)
        if sitting.grace_boot is not None:
            grace = sitting.grace_boot + sitting.grace_seconds - moment.boot
            candidates.append(max(grace, 0.0) % 10 or 10)
    if sitting is not None:
        look = look_at(state, sitting, moment)
        candidates.extend([] if look is None else [look - moment.boot])
    candidates.extend(
        until - moment.boot
        for until in (state.identify_until, state.goodbye_until)
        if until is not None
    )
    if state.offered_boot is not None and moment.boot - state.offered_boot < OFFER_SECONDS:
        candidates.append(state.offered_boot + OFFER_SECONDS - moment.boot)
    retry_at = None if state.refusal is None else state.refusal.retry_at
    if retry_at is not None:
        candidates.append((retry_at - moment.wall).total_seconds())
    return max(min(candidates), 0.0)


def _shown(state: State, moment: Moment) -> Shown:
    sitting = state.kept.sitting
    if sitting is not None and sitting.opened_boot is not None:
        if sitting.locked is not None:
            return Shown.AWAY
        return Shown.SESSION if sitting.grace_boot is None else Shown.GRACE
    if state.goodbye is not None:
        return Shown.GOODBYE
    if not takes_visitors(state):
        return Shown.OUT_OF_ORDER
    if state.kept.situation is None:
        return Shown.STARTING
    idle = state.opening is None and state.kept.sitting is None
    if idle and booking_now(state, moment) is not None:
        return Shown.WORKSHOP
    if state.opening is None and _closed(state, state.kept.situation, moment):
        return Shown.CLOSED
    return Shown.LOCK


def _closed(state: State, situation: StationSituation, moment: Moment) -> bool:
    if not clock_trusted(state.kept, moment.wall):
        return False
    return current_opening(situation.room.hours.as_rule(), moment.wall) is None


def _placed(snapshot: Snapshot, situation: StationSituation, moment: Moment) -> Snapshot:
    hours = situation.room.hours.as_rule()
    today = openings_on(hours, local_date(moment.wall, hours.zone))
    coming = next_opening(hours, moment.wall)
    return replace(
        snapshot,
        site_name=situation.site.name,
        town=situation.site.town,
        room_name=situation.room.name,
        seat_number=situation.seat.number,
        staffed=situation.site.staffed,
        help_contact=situation.site.help,
        openings=tuple(_span(opening) for opening in today),
        next_opening=None if coming is None else _span(coming),
    )


def _lock(state: State, situation: StationSituation, moment: Moment) -> LockFace:
    face = LockFace(
        busy=state.opening is not None or state.kept.sitting is not None, refusal=state.refusal
    )
    face = replace(
        face,
        alone=takes_alone(state, moment),
        card_alone=opens_by_card(state),
        held=held_for(situation),
        tickets_wait=tickets_wait(situation, moment),
        resume=resume_face(state, moment),
    )
    limits = limits_now(state, moment)
    found: Grant | Refusal
    if isinstance(limits, Refusal):
        found = limits
    else:
        found = grant(situation.room.rule.as_rule(), moment.wall, limits)
    if isinstance(found, Refusal):
        return replace(face, limit=found.ground, limit_at=found.at)
    limit = found.limit
    return replace(
        face,
        slot_seconds=found.total_seconds,
        limit=None if limit is None else limit.ground,
        limit_at=_limit_at(situation, limit),
    )


def _limit_at(situation: StationSituation, limit: Boundary | None) -> datetime | None:
    rule = situation.room.rule.as_rule()
    return None if limit is None else named_instant(rule, limit)


def _session(state: State, sitting: Sitting, moment: Moment) -> SessionFace:
    left = remaining_seconds(sitting, moment)
    grace = 0.0
    if sitting.grace_boot is not None:
        grace = max(0.0, sitting.grace_boot + sitting.grace_seconds - moment.boot)
    return SessionFace(
        slot_id=sitting.slot_id,
        first_name=sitting.first_name,
        total_seconds=sitting.total_seconds,
        remaining_seconds=round(left),
        ends_at=_ends_at(sitting, moment),
        stage=stage_at(left),
        renewal=_renewal(state, sitting, moment),
        grace_remaining_seconds=round(grace),
        ended_by_staff=sitting.ended_by_staff,
        limit=sitting.limit,
        limit_at=sitting.limit_at,
        message=sitting.message,
        applications=state.applications,
        running_applications=state.launched,
        launch_failed=state.launch_failed,
        can_step_away=can_step_away(sitting),
        can_take_turn=can_take_turn(state, sitting),
        idle=idle_face(state, moment),
        shortened=sitting.shortened,
        workshop=workshop_face(sitting, _opened_at(sitting, moment)),
        first_use=sitting.first_use,
        welcome=welcome_face(state, sitting, moment),
        credit=credit_face(state),
        keys=sitting.keys,
    )


def _opened_at(sitting: Sitting, moment: Moment) -> datetime:
    return moment.wall_in(-running(sitting, moment).elapsed_seconds)


def _ends_at(sitting: Sitting, moment: Moment) -> datetime:
    """Return the end of the slot, which lies behind us in the grace."""
    if sitting.grace_boot is not None:
        return moment.wall_in(sitting.grace_boot - moment.boot)
    return moment.wall_in(remaining_seconds(sitting, moment))


def _renewal(state: State, sitting: Sitting, moment: Moment) -> RenewalFace:
    left = remaining_seconds(sitting, moment)
    offered_at = moment.wall_in(left - ENDING_SECONDS)
    face = RenewalFace(stage=RenewalStage.NOT_YET, offered_at=offered_at)
    if state.renewing is not None or sitting.pending is not None:
        return replace(face, stage=RenewalStage.ASKING)
    if stage_at(left) is Stage.NONE:
        return face
    if sitting.trial:
        refusal = RefusalFace(ground=Ground.TRIAL)
        return replace(face, stage=RenewalStage.REFUSED, refusal=refusal)
    if sitting.ended_by_staff or sitting.workshop is not None:
        return replace(face, stage=RenewalStage.REFUSED)
    if state.renewal_refusal is not None:
        return _refused(state, sitting, face, state.renewal_refusal, moment)
    found = ask(state, sitting, moment)
    if isinstance(found, Reason):
        return _refused(state, sitting, face, refusal_face(state, found), moment)
    situation = state.kept.situation
    put_off = sitting.declined or state.put_off
    elapsed = running(sitting, moment).elapsed_seconds
    return replace(
        face,
        stage=RenewalStage.DECLINED if put_off else RenewalStage.OFFERED,
        until=moment.wall_in(found.total_seconds - elapsed),
        limit=None if found.limit is None else found.limit.ground,
        limit_at=None if situation is None else _limit_at(situation, found.limit),
        by_itself=will_go_on(state, sitting, moment),
    )


def _refused(
    state: State, sitting: Sitting, face: RenewalFace, refusal: RefusalFace, moment: Moment
) -> RenewalFace:
    face = replace(face, stage=RenewalStage.REFUSED, refusal=refusal)
    if not refusal.mercy:
        return face
    found = mercy_now(state, sitting, refusal.ground, moment)
    if isinstance(found, Reason):
        return face
    elapsed = running(sitting, moment).elapsed_seconds
    return replace(face, mercy_until=moment.wall_in(found.total_seconds - elapsed))


def _span(opening: Opening) -> Span:
    return Span(start=opening.start, end=opening.end)
