"""What lets a station take visitors while the hub is away: keys of the day, and known cards.

Stations fetch `Provisions` under their own token; changes say only that there is something new to
fetch, so that no key stands in the journal of changes.
"""

from datetime import date
from typing import Annotated

import msgspec

from kiosk.rules.allowance import AdaptedTime
from kiosk.rules.guestpass import KEY_BYTES, Use
from kiosk.rules.person import BrowserProfile
from kiosk.wire.codec import Id, Label, Message, Name, Seconds, Stamp
from kiosk.wire.station import TicketCode

Key = Annotated[bytes, msgspec.Meta(min_length=KEY_BYTES, max_length=KEY_BYTES)]
"""Travels in base64."""

PassDigits = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{10}$")]
DurationCode = Annotated[int, msgspec.Meta(ge=0, le=9)]
Serial = Annotated[int, msgspec.Meta(ge=0, le=999)]
Lookup = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]
"""HMAC-SHA256 of a card under the room's key, hexadecimal."""


class DayKey(Message, frozen=True, kw_only=True):
    """The key of a site's guest passes on one local date."""

    day: date
    key: Key


class PassUse(Message, frozen=True, kw_only=True):
    """What tells a pass from all others of its site, without the digits that prove it."""

    day: date
    duration_code: DurationCode
    serial: Serial

    @classmethod
    def of(cls, use: Use) -> "PassUse":
        """Return a use of the rules for the wire."""
        return cls(day=use.day, duration_code=use.duration_code, serial=use.serial)

    def as_rule(self) -> Use:
        """Return the use as the rules want it."""
        return Use(self.day, self.duration_code, self.serial)


class KnownCardView(Message, frozen=True, kw_only=True):
    """A card that was accepted in this room, last at `accepted_at`.

    `verifier` is argon2id of the HMAC-SHA256 of card and PIN under the room's key. What a slot
    needs goes with it: the name that is shown, the holder's time and browser profile.
    """

    lookup: Lookup
    verifier: Annotated[str, msgspec.Meta(max_length=200)]
    accepted_at: Stamp
    first_name: Label = ""
    time: AdaptedTime = AdaptedTime.ORDINARY
    profile: BrowserProfile = BrowserProfile.ADULT
    used_today_seconds: Seconds = 0


class Provisions(Message, frozen=True, kw_only=True):
    """All of it, for one station. The cards of the last 30 days that were not revoked since."""

    at: Stamp
    room_key: Key
    day_keys: tuple[DayKey, ...] = ()
    cards: tuple[KnownCardView, ...] = ()
    used: tuple[PassUse, ...] = ()


class OpenByPass(Message, frozen=True, kw_only=True):
    """Ask to open a slot by a guest pass. The station made `slot_id`; answered as `OpenSlot`.

    A wrong pass is refused on `WRONG_CARD_OR_CODE` with what is said of tries there, one that was
    used before on `PASS_USED`. `resumes` and `ticket_code` as there.
    """

    slot_id: Id
    digits: PassDigits
    resumes: Id | None = None
    ticket_code: TicketCode | None = None


class MakePass(Message, frozen=True, kw_only=True):
    """Ask for a guest pass of a site, for today. The desk made `ask_id`; repeating is harmless.

    `duration_code` is the first digit: see `kiosk.rules.guestpass.DURATIONS`.
    """

    ask_id: Id
    duration_code: DurationCode = 0


class PassMade(Message, frozen=True, kw_only=True, tag="pass_made"):
    """The pass, for the local date `day`; `seconds` is None where each room's own slot is meant."""

    digits: PassDigits
    day: date
    seconds: Seconds | None = None


class PassesOut(Message, frozen=True, kw_only=True, tag="passes_out"):
    """All serials of this duration are given out today."""

    site_id: Name


PassAnswer = PassMade | PassesOut
