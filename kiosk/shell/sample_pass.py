"""What may be said of a guest pass, for the gallery and the tests."""

from datetime import timedelta

from kiosk.rules.slot import Ground
from kiosk.shell.sample_refusal import MOMENT
from kiosk.wire.face import RefusalFace

HALF = "482107"
WHOLE = "4821073915"
PASSES = {
    "wrong": RefusalFace(ground=Ground.WRONG_CARD_OR_CODE, tries_left=4),
    "locked": RefusalFace(ground=Ground.TOO_MANY_TRIES, retry_at=MOMENT + timedelta(seconds=60)),
    "used": RefusalFace(ground=Ground.PASS_USED),
    "unchecked": RefusalFace(ground=Ground.NO_ANSWER),
}
