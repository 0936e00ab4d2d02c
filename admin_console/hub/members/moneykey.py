"""Keyed digests of print card numbers and asks, and the seals of the books."""

import hashlib
import hmac


class HmacMoneyKeys:
    """HMAC-SHA256 under the hub's pepper, with a purpose in front: no digest serves two ends.

    A print card has a digest of its own even where a member's card bears the same number.

    Args:
        pepper: a secret key of at least 32 bytes, the same for the life of the database.
    """

    def __init__(self, pepper: bytes) -> None:
        if len(pepper) < hashlib.sha256().digest_size:
            message = "the pepper must have at least 32 bytes"
            raise ValueError(message)
        self._pepper = pepper

    def number(self, card: str) -> str:
        """Return the digest of a print card's number."""
        return self._digest(b"print card", card.encode()).hex()

    def ask(self, *parts: bytes) -> bytes:
        """Return the digest of an ask."""
        return self._digest(b"money ask", *parts)

    def seal(self, book_id: str, last_number: int, last_hash: bytes) -> bytes:
        """Return the seal of a book that ends so."""
        return self._digest(b"book", book_id.encode(), str(last_number).encode(), last_hash)

    def _digest(self, *parts: bytes) -> bytes:
        # The length before each part: what is told apart here is told apart in the digest.
        framed = b"".join(len(part).to_bytes(4) + part for part in parts)
        return hmac.new(self._pepper, framed, hashlib.sha256).digest()
