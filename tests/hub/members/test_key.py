"""The keys that the hub derives: each for one thing, and none of them tells the pepper."""

import hashlib
import hmac
from datetime import date, timedelta

import pytest

from admin_console.hub.members.key import HmacKeys
from admin_console.hub.members.reference import HmacReferences
from kiosk.rules.guestpass import KEY_BYTES, Use

DAY = date(2026, 11, 24)
PEPPER = b"p" * 32


def test_a_key_is_the_digest_that_the_documents_say() -> None:
    keys = HmacKeys(PEPPER)

    expected = hmac.new(PEPPER, b"guest pass\0trapeze\x002026-11-24", hashlib.sha256).digest()
    assert keys.day_key("trapeze", DAY) == expected
    assert keys.room_key("salle") == hmac.new(PEPPER, b"room\0salle", hashlib.sha256).digest()
    assert len(expected) == KEY_BYTES


def test_no_two_keys_or_references_are_the_same() -> None:
    keys, others = HmacKeys(PEPPER), HmacKeys(b"q" * 32)
    use = Use(DAY, 4, 12)
    found = [
        keys.room_key("a"),
        keys.room_key("b"),
        others.room_key("a"),
        keys.day_key("a", DAY),
        keys.day_key("b", DAY),
        keys.day_key("a", DAY + timedelta(days=1)),
        bytes.fromhex(keys.guest("a", use)),
        bytes.fromhex(keys.guest("b", use)),
        bytes.fromhex(keys.guest("a", Use(DAY, 4, 13))),
        bytes.fromhex(HmacReferences(PEPPER).reference("a")),
    ]

    assert len(set(found)) == len(found)


def test_a_short_pepper_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        HmacKeys(b"short")
