"""Away, idle and forgotten seats: when a seat asks, locks and is given up.

A visitor who steps away, or somebody else's card, locks the seat; only its owner's card opens it
again. Time goes on counting. A seat without input, sound or video asks whether anybody is there,
then locks. A locked seat whose pause is over, or whose question nobody answered, is freed only for
a ticket that nothing else covers, or after a pause's length more. All times are boot seconds.
"""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.rules.slot import Ground


@dataclass(frozen=True, slots=True)
class PresenceRule:
    """The room's rule, in seconds: a pause, the quiet before the question, the time to answer."""

    away_seconds: int = 600
    idle_seconds: int = 900
    answer_seconds: int = 180


@dataclass(frozen=True, slots=True)
class Here:
    """The seat is in use. `active_at` is the last input, sound or video, or an answer."""

    active_at: float


@dataclass(frozen=True, slots=True)
class Asked:
    """*Êtes-vous toujours là ?* stands on the screen since `since`."""

    since: float


class LockCause(StrEnum):
    """Why a seat with a running slot is locked."""

    AWAY = "away"
    CARD = "card"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Locked:
    """The seat is locked over a running slot since `since`."""

    cause: LockCause
    since: float


Presence = Here | Asked | Locked


@dataclass(frozen=True, slots=True)
class Freed:
    """The seat is given up on this ground: nobody answered (`IDLE`) or came back (`AWAY`)."""

    ground: Ground


def after(
    rule: PresenceRule, presence: Presence, now: float, *, uncovered: bool
) -> Presence | Freed:
    """Return what follows once it is `now`; the same presence when nothing does.

    Args:
        rule: the room's rule.
        presence: where the seat stands.
        now: the present boot second.
        uncovered: a ticket waits that neither a free nor an ending nor a refused seat covers.
    """
    if isinstance(presence, Here):
        return Asked(now) if now - presence.active_at >= rule.idle_seconds else presence
    if isinstance(presence, Asked):
        over = now - presence.since >= rule.answer_seconds
        return Locked(LockCause.IDLE, now) if over else presence
    waited = now - (pause_ends(rule, presence) or presence.since)
    if waited >= rule.away_seconds or (uncovered and waited >= 0):
        return Freed(Ground.IDLE if presence.cause is LockCause.IDLE else Ground.AWAY)
    return presence


def active(presence: Presence, now: float) -> Presence:
    """Return what follows from input, sound or video; a locked seat takes none of it."""
    return presence if isinstance(presence, Locked) else Here(now)


def step_away(presence: Presence, now: float) -> Presence:
    """Return what follows from *Je m'absente*; a pause that runs is not prolonged."""
    return presence if isinstance(presence, Locked) else Locked(LockCause.AWAY, now)


def pass_card(presence: Presence, now: float, *, owner: bool) -> Presence:
    """Return what follows from a card passed on a seat with a running slot.

    Any card locks an open seat; only the owner's reopens it.
    """
    if isinstance(presence, Locked):
        return Here(now) if owner else presence
    return Locked(LockCause.CARD, now)


def next_look(rule: PresenceRule, presence: Presence) -> float:
    """Return the boot second at which time alone changes something next."""
    if isinstance(presence, Here):
        return presence.active_at + rule.idle_seconds
    if isinstance(presence, Asked):
        return presence.since + rule.answer_seconds
    return (pause_ends(rule, presence) or presence.since) + rule.away_seconds


def pause_ends(rule: PresenceRule, presence: Presence) -> float | None:
    """Return the boot second at which a pause is over, None when there is none.

    A seat that fell idle has no pause: nobody asked for one.
    """
    if not isinstance(presence, Locked) or presence.cause is LockCause.IDLE:
        return None
    return presence.since + rule.away_seconds
