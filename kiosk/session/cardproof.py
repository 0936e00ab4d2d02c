"""Knows again, without the hub, the card and the code that opened a sitting; see decision 16.

Neither is kept: only a slow hash of both, salted with the slot, and only as long as the sitting
lasts. It is slow so that a stolen disk is no shortcut to a code, though four digits resist nobody
for long.
"""

import hashlib
import hmac

COST, BLOCK, LANES = 2**13, 8, 1
"""About 20 ms and 8 MB."""

LENGTH = 32


def make_proof(slot_id: str, card: str, pin: str) -> str:
    """Return what is kept of a card and its code while the slot lasts, in hexadecimal."""
    secret = f"{card}:{pin}".encode()
    salt = slot_id.encode()
    made = hashlib.scrypt(secret, salt=salt, n=COST, r=BLOCK, p=LANES, dklen=LENGTH)
    return made.hex()


def is_proved(proof: str, slot_id: str, card: str, pin: str) -> bool:
    """Tell whether a card and its code are those of the sitting."""
    return hmac.compare_digest(proof, make_proof(slot_id, card, pin))
