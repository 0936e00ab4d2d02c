"""Between the shell and the session face, once they are two programs on one workstation.

The face begins with `FaceHello`; the shell answers with what was chosen of the appearance and with
a snapshot, and sends another at each change. What the face may wish for is named one by one: it
stands on the visitor's display, so that no card's code can come from there, nor anything that
belongs to the lock.
"""

from typing import Literal

from kiosk.wire.codec import Id, Message
from kiosk.wire.creditface import CreditWish
from kiosk.wire.face import (
    AwayAsked,
    CardPassed,
    EndAsked,
    HelpSeen,
    HelpWished,
    LaunchAsked,
    MercyAsked,
    MessageRead,
    RenewalAsked,
    RenewalDeclined,
    RenewalPutOff,
    Snapshot,
    StillHere,
    TicketSeen,
    TicketWished,
)
from kiosk.wire.keyface import KeyRemovalAsked
from kiosk.wire.turn import TurnWished
from kiosk.wire.welcome import HouseRulesRead


class FaceHello(Message, frozen=True, kw_only=True, tag="face_hello"):
    """Which slot the face was started for. Any other than the running one is turned away."""

    slot_id: Id


class Appearance(Message, frozen=True, kw_only=True, tag="appearance"):
    """What a visitor chose of size (in percent), contrast, motion, language and gestures."""

    text_size: Literal[100, 125, 150] = 100
    high_contrast: bool = False
    reduced_motion: bool = False
    calm: bool = False
    language: Literal["fr", "en"] = "fr"


class QuietTold(Message, frozen=True, kw_only=True, tag="quiet_told"):
    """How many seconds ago keyboard or pointer of the visitor's display were last used."""

    seconds: float


class FaceShown(Message, frozen=True, kw_only=True, tag="face_shown"):
    """What the face has to show."""

    snapshot: Snapshot


SessionWish = (
    HouseRulesRead
    | RenewalAsked
    | RenewalDeclined
    | RenewalPutOff
    | MercyAsked
    | AwayAsked
    | CardPassed
    | StillHere
    | TicketWished
    | TurnWished
    | TicketSeen
    | EndAsked
    | HelpWished
    | HelpSeen
    | MessageRead
    | LaunchAsked
    | KeyRemovalAsked
    | CreditWish
)
"""The wishes that are heard from the visitor's display."""

FromFace = FaceHello | Appearance | QuietTold | SessionWish
ToFace = FaceShown | Appearance
