"""How an opening ends: a sitting for which the gate is asked, or a refusal."""

from kiosk.rules.throttle import Tries
from kiosk.session.effect import OpenGate, TellHub
from kiosk.session.kept import Sitting
from kiosk.session.state import Decision, Opening, State
from kiosk.wire.event import OpeningGivenUp
from kiosk.wire.face import RefusalFace


def seat(state: State, sitting: Sitting) -> Decision:
    """Keep the sitting, and the use of its pass, before the gate is asked to open."""
    passes, used = state.kept.passes, sitting.guest_pass
    if used is not None and used not in passes:
        passes = (*passes, used)
    granted = state.but(
        opening=None,
        refusal=None,
        renewal_refusal=None,
        answered_boot=None,
        unlock_tries=Tries(),
        ticket=None,
        ticket_ask=None,
    )
    return Decision(
        granted.keeping(sitting=sitting, passes=passes),
        effects=(OpenGate(sitting.slot_id, sitting.total_seconds, sitting.grace_seconds),),
    )


def turn_away(state: State, opening: Opening, refusal: RefusalFace) -> Decision:
    """Say why not, and tell the hub that a slot it may have granted will not open here."""
    refused = state.but(opening=None, refusal=refusal)
    if not opening.asked_hub:
        return Decision(refused)
    given_up = OpeningGivenUp(slot_id=opening.slot_id)
    return Decision(refused, events=(given_up,), effects=(TellHub(),))
