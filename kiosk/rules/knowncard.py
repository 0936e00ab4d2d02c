"""Known cards: whether a station without the hub takes a card, before any code is checked.

The hub told the station about cards that were accepted in this room; within 30 days, and unless the
hub has revoked one since, the station may check the code itself. The slow check of the code, and
the limits on tries, stand elsewhere.

What both sides derive from card and code hangs on the room's key: a list of known cards without
that key names nobody.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.rules.clock import WallClock

KNOWN_DAYS = 30
"""How long after its last acceptance in the room a card is known, in days."""


@dataclass(frozen=True, slots=True)
class KnownCard:
    """A card that the hub accepted in this room, last at `accepted_at` (aware)."""

    accepted_at: datetime
    revoked: bool = False


class CardFault(StrEnum):
    """Why a card is not taken without the hub."""

    UNKNOWN = "unknown"
    TOO_OLD = "too_old"
    REVOKED = "revoked"


def card_fault(
    known: KnownCard | None, clock: WallClock, last_stamp: datetime | None
) -> CardFault | None:
    """Return why a card is not taken without the hub, None if its code may be checked.

    A clock set back makes no old card young: it is never earlier than the last stamp.

    Args:
        known: what the hub told of the card, None if nothing.
        clock: the station's wall clock.
        last_stamp: the latest stamp that the station wrote down.
    """
    if known is None:
        return CardFault.UNKNOWN
    if known.revoked:
        return CardFault.REVOKED
    if clock.not_before(last_stamp) - known.accepted_at > timedelta(days=KNOWN_DAYS):
        return CardFault.TOO_OLD
    return None


def card_lookup(room_key: bytes, card: str) -> str:
    """Return under what a card is found among the known ones: a hexadecimal HMAC-SHA256."""
    return _keyed(room_key, card)


def card_secret(room_key: bytes, card: str, pin: str) -> str:
    """Return what a card's verifier was made of, and is checked with, slowly."""
    return _keyed(room_key, card, pin)


def _keyed(room_key: bytes, *parts: str) -> str:
    return hmac.new(room_key, "\0".join(parts).encode(), hashlib.sha256).hexdigest()
