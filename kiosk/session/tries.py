"""Tries in vain without the hub: counted for the station, for each card, and for passes."""

from collections.abc import Collection
from datetime import timedelta

from kiosk.rules.slot import Ground
from kiosk.rules.throttle import (
    CARD_TRIES,
    FORGET_AFTER_SECONDS,
    Tries,
    TriesRule,
    after_failure,
    tries_left,
    wait_seconds,
)
from kiosk.session.kept import SubjectTries
from kiosk.session.moment import Moment
from kiosk.session.state import State
from kiosk.wire.face import RefusalFace

STATION, PASSES = "station", "passes"


def too_soon(
    state: State, subjects: Collection[str], moment: Moment, rule: TriesRule = CARD_TRIES
) -> RefusalFace | None:
    """Return that somebody must wait before the next try, None if they may try now."""
    wait = max(wait_seconds(_of(state, one), moment.wall, rule) for one in subjects)
    if not wait:
        return None
    return RefusalFace(ground=Ground.TOO_MANY_TRIES, retry_at=moment.wall_in(wait))


def count_failure(
    state: State, subjects: Collection[str], moment: Moment, rule: TriesRule = CARD_TRIES
) -> tuple[State, RefusalFace]:
    """Remember one more failure; return what there is to say of it."""
    failed = {one: after_failure(_of(state, one), moment.wall) for one in subjects}
    wait = max(wait_seconds(one, moment.wall, rule) for one in failed.values())
    left = min(tries_left(one, moment.wall, rule) for one in failed.values())
    others = tuple(one for one in state.kept.tries if _counts(one, failed, moment))
    told = tuple(SubjectTries(subject=name, tries=tries) for name, tries in failed.items())
    refusal = RefusalFace(
        ground=Ground.WRONG_CARD_OR_CODE,
        tries_left=None if wait else left,
        retry_at=moment.wall_in(wait) if wait else None,
    )
    return state.keeping(tries=others + told), refusal


def start_afresh(state: State, subjects: Collection[str]) -> State:
    """Forget the failures of those who have just succeeded."""
    return state.keeping(
        tries=tuple(one for one in state.kept.tries if one.subject not in subjects)
    )


def _of(state: State, subject: str) -> Tries:
    found = (one.tries for one in state.kept.tries if one.subject == subject)
    return next(found, Tries())


def _counts(one: SubjectTries, failed: Collection[str], moment: Moment) -> bool:
    last, forget = one.tries.last_at, timedelta(seconds=FORGET_AFTER_SECONDS)
    return one.subject not in failed and last is not None and moment.wall - last <= forget
