"""*1 h renouvelable si la place est libre*: whether a slot may go on, asked for or by itself.

The room's own limits are asked first (`slot.renew`), then whether a ticket refuses this seat
(`cover.standing_answers`). An offer once shown holds for a minute, whoever comes meanwhile. Without
the hub only a seat that a young snapshot names as refused is refused.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.rules.cover import SeatAnswer
from kiosk.rules.reason import Reason, reason_for, ways_for
from kiosk.rules.room import SNAPSHOT_SECONDS
from kiosk.rules.slot import (
    ENDING_SECONDS,
    Boundary,
    Grant,
    Ground,
    Refusal,
    Running,
    SlotRule,
    extend,
    renew,
)

OFFER_SECONDS = 60
"""How long an offer to renew holds once it was shown, in seconds."""

MERCY_GROUNDS = frozenset({Ground.WAITING, Ground.RENEWALS, Ground.DAILY_MINUTES})
"""The grounds on which a refused visitor may take the minutes of mercy."""


@dataclass(frozen=True, slots=True)
class Asker:
    """The slot whose renewal is asked for.

    Attributes:
        running: its time.
        used_today_seconds: what its holder has used today, this slot left out.
        mercy_taken: whether the minutes of mercy were taken in this slot.
        offered_seconds_ago: how long ago the offer to renew was shown last, None if it was not.
    """

    running: Running
    used_today_seconds: int = 0
    mercy_taken: bool = False
    offered_seconds_ago: float | None = None


@dataclass(frozen=True, slots=True)
class AtWork:
    """What is known of somebody who has not answered at the end of the slot.

    Attributes:
        quiet_seconds: how long ago the last input, sound or video was.
        idle_seconds: from when on the room calls that idle.
        declined: whether *Non merci* was pressed.
    """

    quiet_seconds: float
    idle_seconds: int = 900
    declined: bool = False


def ask_renewal(
    rule: SlotRule,
    now: datetime,
    asker: Asker,
    boundaries: tuple[Boundary, ...],
    answer: SeatAnswer | None,
) -> Grant | Reason:
    """Say whether a visitor who asks may renew, and the new total.

    Args:
        rule: the room's rule, adapted to the card.
        now: the present instant.
        asker: the slot.
        boundaries: what is known now.
        answer: what the room's snapshot says of this seat; None says nothing against it.
    """
    found = renew(rule, now, asker.running, boundaries, asker.used_today_seconds)
    if isinstance(found, Refusal):
        left = found.ground in MERCY_GROUNDS and not asker.mercy_taken
        return reason_for(found, mercy_left=left)
    if answer is None or answer.ticket is None or _offer_holds(asker):
        return found
    return Reason(
        Ground.WAITING,
        ticket=answer.ticket,
        waiting_since=answer.waiting_since,
        ways=ways_for(Ground.WAITING, mercy_left=not asker.mercy_taken),
    )


def renew_itself(
    rule: SlotRule,
    now: datetime,
    asker: Asker,
    boundaries: tuple[Boundary, ...],
    answer: SeatAnswer | None,
    work: AtWork,
) -> Grant | Reason:
    """Say whether a slot at its end goes on by itself, or why it ends.

    Somebody at work is not thrown out of a seat that nobody wants. A seat that is not refused is
    wanted by no uncovered ticket: it would cover it.
    """
    if work.declined:
        return Reason(Ground.DECLINED, ways=ways_for(Ground.DECLINED))
    found = ask_renewal(rule, now, asker, boundaries, answer)
    if isinstance(found, Grant) and work.quiet_seconds > work.idle_seconds:
        return Reason(Ground.IDLE, ways=ways_for(Ground.IDLE))
    return found


def take_mercy(
    rule: SlotRule,
    now: datetime,
    asker: Asker,
    boundaries: tuple[Boundary, ...],
    ground: Ground,
) -> Grant | Reason:
    """Give a refused visitor the minutes of mercy, once; slot plus grace still passes nothing.

    Args:
        rule: the room's rule, adapted to the card.
        now: the present instant.
        asker: the slot.
        boundaries: what is known now.
        ground: why its renewal is refused.
    """
    left = asker.running.total_seconds - asker.running.elapsed_seconds
    if left > ENDING_SECONDS:
        return reason_for(Refusal(Ground.TOO_EARLY, now + timedelta(seconds=left - ENDING_SECONDS)))
    if asker.mercy_taken or ground not in MERCY_GROUNDS:
        return Reason(ground, ways=ways_for(ground))
    found = extend(rule, now, asker.running, boundaries, rule.mercy_seconds)
    return reason_for(found) if isinstance(found, Refusal) else found


def answer_alone(answer: SeatAnswer | None, slot_id: str, age_seconds: float) -> SeatAnswer | None:
    """Return what a station without the hub goes by: its last snapshot's answer, while young.

    Only a refusal that the snapshot names as told counts, and only for the slot it was about.

    Args:
        answer: the seat's answer in the last snapshot, None if it had none.
        slot_id: the slot that runs now.
        age_seconds: how old the snapshot is, by the boot clock.
    """
    if answer is None or not answer.told or answer.slot_id != slot_id:
        return None
    return answer if age_seconds < SNAPSHOT_SECONDS else None


def _offer_holds(asker: Asker) -> bool:
    shown = asker.offered_seconds_ago
    return shown is not None and shown < OFFER_SECONDS
