"""What may be said of a guest pass and of a ticket's code, for the gallery and the tests."""

from datetime import timedelta

from kiosk.rules.slot import Ground
from kiosk.shell.sample_refusal import MOMENT
from kiosk.wire.face import HeldFace, RefusalFace, SignInAsked

HALF = "482107"
WHOLE = "4821073915"
PASSES = {
    "wrong": RefusalFace(ground=Ground.WRONG_CARD_OR_CODE, tries_left=4),
    "locked": RefusalFace(ground=Ground.TOO_MANY_TRIES, retry_at=MOMENT + timedelta(seconds=60)),
    "used": RefusalFace(ground=Ground.PASS_USED),
    "unchecked": RefusalFace(ground=Ground.NO_ANSWER),
}

SENT = SignInAsked(card="292145435678", pin="2718")
_HELD = HeldFace(ticket="P-03", until=MOMENT + timedelta(minutes=7), hold_seconds=600, coded=True)
_WRONG = RefusalFace(ground=Ground.WRONG_TICKET_CODE, tries_left=2)
CODES: dict[str, tuple[dict[str, object], str | None]] = {
    "lock-kept-code": ({"held": _HELD}, None),
    "ticket-code": ({"held": _HELD}, ""),
    "ticket-code-ready": ({"held": _HELD}, "042"),
    "ticket-code-busy": ({"held": _HELD, "busy": True}, "042"),
    "ticket-code-wrong": ({"held": _HELD, "refusal": _WRONG}, ""),
}
"""The lock, and what was typed of a ticket's code; None before it is asked for."""
