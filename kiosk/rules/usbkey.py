"""USB keys between two visitors: whose a key is, and which one was forgotten.

A key that was plugged in before the slot began may be another visitor's: it opens only after being
plugged in again. One that still stands at the end is told to the desk. Boot seconds.
"""

from collections.abc import Iterable
from dataclasses import dataclass

OPEN_KEY = "usb-open"
REMOVE_KEY = "usb-remove"
"""What is asked of the gate, beside its applications: to show the keys, and to let go of them."""


@dataclass(frozen=True, slots=True)
class UsbKey:
    """A key that is plugged in now, since `plugged_at`. `port` says where, never what it is."""

    port: str
    plugged_at: float


def opens(key: UsbKey, slot_opened: float) -> bool:
    """Tell whether a key may be opened in a slot that opened at that boot second.

    One that is found in the very moment of the opening was there before it.
    """
    return key.plugged_at > slot_opened


def forgotten(keys: Iterable[UsbKey], slot_opened: float) -> tuple[UsbKey, ...]:
    """Return the keys that the visitor of a slot leaves behind at its end, by port."""
    left = (key for key in keys if opens(key, slot_opened))
    return tuple(sorted(left, key=lambda key: key.port))


def strangers(keys: Iterable[UsbKey], slot_opened: float) -> tuple[UsbKey, ...]:
    """Return the keys that were there before the slot: somebody else forgot them."""
    found = (key for key in keys if not opens(key, slot_opened))
    return tuple(sorted(found, key=lambda key: key.port))
