"""Keys of rooms and of days, and references of guests, derived from the hub's pepper."""

import hashlib
import hmac
from datetime import date

from kiosk.rules.guestpass import Use


class HmacKeys:
    """HMAC-SHA256 under the hub's pepper; what is derived can be told without telling the pepper.

    Args:
        pepper: a secret key of at least 32 bytes, the same for the life of the database.
    """

    def __init__(self, pepper: bytes) -> None:
        if len(pepper) < hashlib.sha256().digest_size:
            message = "the pepper must have at least 32 bytes"
            raise ValueError(message)
        self._pepper = pepper

    def room_key(self, room_id: str) -> bytes:
        """Return the key of a room: 32 bytes, the same for the life of the database."""
        return self._digest("room", room_id)

    def day_key(self, site_id: str, day: date) -> bytes:
        """Return the key of a site's guest passes on a local date: 32 bytes."""
        return self._digest("guest pass", site_id, day.isoformat())

    def guest(self, site_id: str, use: Use) -> str:
        """Return the reference of whoever holds a pass."""
        said = (use.day.isoformat(), str(use.duration_code), str(use.serial))
        return self._digest("guest", site_id, *said).hex()

    def _digest(self, *parts: str) -> bytes:
        return hmac.new(self._pepper, "\0".join(parts).encode(), hashlib.sha256).digest()
