"""Card references: what the hub remembers instead of card numbers."""

import hashlib
import hmac


class HmacReferences:
    """HMAC-SHA256 under the hub's pepper; without the pepper a stolen database names nobody.

    Args:
        pepper: a secret key of at least 32 bytes, the same for the life of the database.
    """

    def __init__(self, pepper: bytes) -> None:
        if len(pepper) < hashlib.sha256().digest_size:
            message = "the pepper must have at least 32 bytes"
            raise ValueError(message)
        self._pepper = pepper

    def reference(self, card: str) -> str:
        """Return the reference of a card; the same card always gets the same one."""
        return self._digest("card", card)

    def seal(self, card: str, pin: str) -> str:
        """Return what is hashed for a card's code: four digits alone would be guessed at once."""
        return self._digest("code", card, pin)

    def _digest(self, *parts: str) -> str:
        text = "\0".join(parts)
        return hmac.new(self._pepper, text.encode(), hashlib.sha256).hexdigest()
