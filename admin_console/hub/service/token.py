"""Bearer tokens and codes: made by chance, kept as their SHA-256."""

import hashlib

from kiosk.rules.identifier import Entropy

TOKEN_BYTES = 32
CODE_LENGTH = 8
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0 and O, no 1, I and L, no U that reads like V."""

_FAIR = 256 - 256 % len(CODE_LETTERS)


def make_token(entropy: Entropy) -> str:
    """Return a new token of 256 bits, in hexadecimal."""
    return entropy(TOKEN_BYTES).hex()


def make_code(entropy: Entropy) -> str:
    """Return a new code of 8 letters and digits that are hard to confuse (39 bits)."""
    letters: list[str] = []
    while len(letters) < CODE_LENGTH:
        # A byte past the last whole alphabet would make the first letters likelier.
        letters += [CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in entropy(16) if byte < _FAIR]
    return "".join(letters[:CODE_LENGTH])


def read_code(typed: str) -> str:
    """Return a code as it was made from what somebody typed: any case, spaces and hyphens."""
    return "".join(character for character in typed.upper() if character.isalnum())


def sha256(secret: str) -> bytes:
    """Return what is kept of a token or a code."""
    return hashlib.sha256(secret.encode()).digest()
