"""Guest passes: ten digits that open a slot, made by the hub and checked by a station alone.

One digit is the duration, three are the serial of the day, six are an HMAC under the site's key of
the day. Stations fetch keys a week ahead. A pass is good once on a station without the hub; its use
elsewhere is reported. Six digits bear few guesses: five wrong ones lock the entry for a minute,
each further one for twice as long (`PASS_TRIES`).
"""

import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from kiosk.rules.throttle import TriesRule

DURATIONS = MappingProxyType(
    {
        0: None,
        1: 15 * 60,
        2: 30 * 60,
        3: 45 * 60,
        4: 60 * 60,
        5: 90 * 60,
        6: 120 * 60,
        7: 150 * 60,
        8: 180 * 60,
        9: 240 * 60,
    }
)
"""What the first digit means, in seconds; None is the room's own slot."""

SERIALS = 1000
"""Serials of one day and duration: 0 to 999."""

KEY_BYTES = 32
PASS_TRIES = TriesRule(free_tries=5, first_delay_seconds=60, longest_delay_seconds=3600)

PASS_DIGITS = 10
_PROOF_MODULUS = 10**6
_PURPOSE = b"creneau guest pass 1"


class PassInvalid(ValueError):
    """A pass was asked for with a duration, a serial or a key that cannot be."""


class PassFault(StrEnum):
    """Why a pass is not taken."""

    SHAPE = "shape"
    WRONG = "wrong"
    USED = "used"


@dataclass(frozen=True, slots=True)
class Use:
    """What tells a pass from all others of its site, without the digits that prove it."""

    day: date
    duration_code: int
    serial: int


@dataclass(frozen=True, slots=True)
class PassAccepted:
    """The pass is good; `seconds` is its duration, None means the room's own slot."""

    use: Use
    seconds: int | None


@dataclass(frozen=True, slots=True)
class PassRefused:
    """The pass is not taken. `SHAPE` is a slip of the finger, `WRONG` counts as a wrong try."""

    fault: PassFault


def make_pass(key: bytes, use: Use) -> str:
    """Return the ten digits of a pass.

    Args:
        key: the site's key of the day, 32 bytes.
        use: the day, the duration's digit and the serial.

    Raises:
        PassInvalid: one of them cannot be.
    """
    if use.duration_code not in DURATIONS or not 0 <= use.serial < SERIALS:
        message = "a pass has a duration of one digit and a serial of three"
        raise PassInvalid(message)
    if len(key) != KEY_BYTES:
        message = f"the key of the day has {KEY_BYTES} bytes"
        raise PassInvalid(message)
    return f"{use.duration_code}{use.serial:03d}{_proof(key, use)}"


def check_pass(
    typed: str, keys: Mapping[date, bytes], days: Collection[date], used: Collection[Use]
) -> PassAccepted | PassRefused:
    """Say whether a pass is good.

    Args:
        typed: what was typed or scanned; spaces are left out.
        keys: the site's keys by day.
        days: the days that count as today: one, or all of the keys' with a clock not trusted.
        used: the passes that this station, or the hub, has already taken.
    """
    digits = "".join(typed.split())
    if len(digits) != PASS_DIGITS or not (digits.isascii() and digits.isdecimal()):
        return PassRefused(PassFault.SHAPE)
    found: Use | None = None
    for day in sorted(days):
        use = Use(day, int(digits[0]), int(digits[1:4]))
        key = keys.get(day)
        if key is not None and hmac.compare_digest(_proof(key, use), digits[4:]):
            found = use
    if found is None:
        return PassRefused(PassFault.WRONG)
    if found in used:
        return PassRefused(PassFault.USED)
    return PassAccepted(found, DURATIONS[found.duration_code])


def print_pass(digits: str) -> str:
    """Return a pass in groups of 2, 3, 2 and 3 digits, as it is printed and read aloud."""
    return " ".join((digits[:2], digits[2:5], digits[5:7], digits[7:]))


def _proof(key: bytes, use: Use) -> str:
    said = f"{use.day.isoformat()} {use.duration_code} {use.serial:03d}".encode()
    digest = hmac.new(key, _PURPOSE + b"\0" + said, hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8]) % _PROOF_MODULUS:06d}"
