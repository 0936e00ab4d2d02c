"""The visitor's USB keys: how they stand is the gate's word, and what is left of them is told."""

from msgspec.structs import replace

from kiosk.rules.usbkey import OPEN_KEY
from kiosk.session.effect import RemoveKeys, TellHub
from kiosk.session.gatefact import GateKeysFound, GateKeysLeft
from kiosk.session.kept import Sitting
from kiosk.session.moment import Moment
from kiosk.session.state import Decision, State
from kiosk.wire.event import KeyLeft, KeyTaken
from kiosk.wire.goodbye import GoodbyeFace

GOODBYE_SECONDS = 20
"""How long the goodbye stays once everything is erased, and what was saved is on its key."""


def take_fact(state: State, fact: GateKeysFound | GateKeysLeft, moment: Moment) -> Decision:
    """Note what the gate tells of keys."""
    if isinstance(fact, GateKeysLeft):
        return _take_left(state, fact, moment)
    return _take_found(state, fact)


def say_goodbye(sitting: Sitting) -> GoodbyeFace:
    """Return the leave of somebody who may forget their key."""
    keys = sitting.keys
    return GoodbyeFace(
        programs_closed=False, clean=False, key_left=keys.own > 0, key_writing=keys.open > 0
    )


def erased(state: State, moment: Moment) -> State:
    """Say that everything is erased; the goodbye stays while a key is being written."""
    if state.goodbye is None:
        return state
    until = None if state.goodbye.key_writing else moment.boot + GOODBYE_SECONDS
    face = replace(state.goodbye, programs_closed=True, clean=True)
    return state.but(goodbye=face, goodbye_until=until)


def remove(state: State) -> Decision:
    """Let the gate write out and let go of the open keys."""
    sitting = state.kept.sitting
    if sitting is None or not sitting.keys.open:
        return Decision(state)
    return Decision(state, effects=(RemoveKeys(sitting.slot_id),))


def may_launch(state: State, sitting: Sitting, application: str) -> bool:
    """Tell whether the gate has such a program for this slot; the keys are shown by `files`."""
    if application == OPEN_KEY:
        return sitting.keys.open > 0 and "files" in state.applications
    return application in state.applications


def _take_found(state: State, fact: GateKeysFound) -> Decision:
    """Note how the keys of the running slot stand."""
    sitting = state.kept.sitting
    if sitting is None or sitting.slot_id != fact.slot_id:
        return Decision(state)
    return Decision(state.seating(keys=fact.keys))


def _take_left(state: State, fact: GateKeysLeft, moment: Moment) -> Decision:
    """Remind whoever goes, and tell the staff how many keys are there; not that one is written."""
    leaving = state.goodbye
    if leaving is not None:
        writing = fact.writing > 0
        over = leaving.key_writing and leaving.clean and not writing
        state = state.but(
            goodbye=replace(leaving, key_left=fact.count > 0, key_writing=writing),
            goodbye_until=moment.boot + GOODBYE_SECONDS if over else state.goodbye_until,
        )
    if fact.count == state.kept.keys_left:
        return Decision(state)
    told: KeyLeft | KeyTaken = KeyTaken(slot_id=fact.slot_id)
    if fact.count:
        told = KeyLeft(slot_id=fact.slot_id, count=fact.count)
    return Decision(state.keeping(keys_left=fact.count), (told,), (TellHub(),))
