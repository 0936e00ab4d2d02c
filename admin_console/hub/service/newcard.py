"""Numbers for cards that the hub makes, and the codes that go with any card.

A made number begins with the prefix of the house, goes on with chance and ends with the check digit
that scanners of library cards know (Luhn), so that one mistyped digit is no other card.
"""

import itertools
from collections.abc import Callable

from kiosk.rules.identifier import Entropy

CARD_PREFIX = "29990"
"""Cards of the hub's own making begin so; a town whose printed cards do too sets another one."""

CARD_DIGITS = 14
PIN_DIGITS = 4
FIRST_YEAR, LAST_YEAR = 1900, 2039
"""Codes that could be the year of somebody's birth are guessed first."""
LEAST_DIGITS = 3
"""A code has as many different digits at least."""


def drawn_for(ask_id: str, seal: Callable[[str, str], str]) -> Entropy:
    """Return chance that is the same for the same ask each time, and known to this hub alone.

    Args:
        ask_id: the identifier of the ask.
        seal: makes hexadecimal digits of two texts that nobody can make without the hub's key.
    """
    kept, turns = b"", itertools.count()

    def draw(count: int) -> bytes:
        nonlocal kept
        while len(kept) < count:
            kept += bytes.fromhex(seal(f"drawn for {ask_id}", str(next(turns))))
        drawn, kept = kept[:count], kept[count:]
        return drawn

    return draw


def make_card(entropy: Entropy) -> str:
    """Return a new card number; nothing tells it from those that exist already."""
    drawn = CARD_DIGITS - len(CARD_PREFIX) - 1
    body = CARD_PREFIX + f"{_below(10**drawn, entropy):0{drawn}d}"
    return body + check_digit(body)


def check_digit(body: str) -> str:
    """Return the digit that makes a number of `body` whole."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in body[-1::-2])
    kept = (int(digit) for digit in body[-2::-2])
    return str(-(sum(doubled) + sum(kept)) % 10)


def make_pin(entropy: Entropy) -> str:
    """Return a new code that nobody tries first."""
    while True:
        pin = f"{_below(10**PIN_DIGITS, entropy):0{PIN_DIGITS}d}"
        if not is_weak(pin):
            return pin


def is_weak(pin: str) -> bool:
    """Tell whether a code is among those that are tried first: 1111, 1234, 1212, 1957."""
    digits = [int(digit) for digit in pin]
    steps = {after - before for before, after in itertools.pairwise(digits)}
    if len(set(digits)) < LEAST_DIGITS or steps in ({1}, {-1}):
        return True
    return len(pin) == PIN_DIGITS and FIRST_YEAR <= int(pin) <= LAST_YEAR


def _below(limit: int, entropy: Entropy) -> int:
    """Return a number below a limit, each as likely as any other."""
    size = (limit.bit_length() + 7) // 8
    fair = 256**size // limit * limit
    while True:
        drawn = int.from_bytes(entropy(size))
        if drawn < fair:
            return drawn % limit
