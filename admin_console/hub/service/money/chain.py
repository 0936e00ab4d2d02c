"""How the lines of a book hang together: each hash is made of the line and of the one before.

The hash is SHA-256 over a JSON array: anybody can check an exported book without any key. Whoever
can write to the database could make all hashes anew; they cannot make the seal of the book's end,
which needs the hub's key.
"""

import hashlib
from collections.abc import Sequence

import msgspec

from admin_console.hub.service.money.record import Line, Posting

FORM = "creneau-ledger-1"
"""Stands first in what is hashed; another form of it gets another name."""

BEGINNING = bytes(32)
"""Stands in place of the hash before the first line of a book."""

_encode = msgspec.json.Encoder().encode


def posting_fields(posting: Posting) -> tuple[object, ...]:
    """Return all that is hashed of a posting: each of its fields, texts as they are kept."""
    return (
        posting.posting_id,
        posting.key,
        posting.ask_digest,
        posting.kind,
        posting.at,
        posting.site_id,
        posting.actor,
        posting.line_count,
        posting.answer.decode(),
        posting.detail.decode(),
        posting.card_id,
        posting.hold_id,
        posting.reverses,
        posting.reason,
    )


def line_fields(line: Line) -> tuple[object, ...]:
    """Return all that is hashed of a line besides its posting and the line before."""
    return (
        line.book_id,
        line.number,
        line.posting_id,
        line.kind,
        line.subject,
        line.amount_cents,
        line.balance_cents,
    )


def digest_posting(fields: Sequence[object]) -> bytes:
    """Return the digest of a posting, which each of its lines carries along."""
    return hashlib.sha256(_encode((FORM, *fields))).digest()


def hash_line(fields: Sequence[object], posting_digest: bytes, previous: bytes) -> bytes:
    """Return the hash of a line."""
    return hashlib.sha256(_encode((FORM, *fields, posting_digest, previous))).digest()
