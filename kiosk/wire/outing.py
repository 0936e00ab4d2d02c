"""What somebody sees who asks where else to go, and their wishes."""

from enum import StrEnum

from kiosk.wire.codec import Message
from kiosk.wire.guide import Places


class PlacesStage(StrEnum):
    """What became of *Where can I go?*."""

    ASKING = "asking"
    TOLD = "told"
    NO_ANSWER = "no_answer"


class PlacesFace(Message, frozen=True, kw_only=True):
    """Where one can go, as the hub has just told it; `places` goes with its stage."""

    stage: PlacesStage
    places: Places | None = None


class PlacesWished(Message, frozen=True, kw_only=True, tag="places_wished"):
    """*Où aller ?*."""


class PlacesSeen(Message, frozen=True, kw_only=True, tag="places_seen"):
    """The list of places is closed."""
