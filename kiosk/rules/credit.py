"""Print credit: what an amount may be, and the life of a hold.

Money is whole cents. A hold sets credit aside for a job: nothing is sent to a printer before the
hub has written `sending`, and what is being sent never expires by itself, since pages may have come
out.
"""

import calendar
import re
from datetime import date
from enum import StrEnum

LARGEST_TOP_UP_CENTS = 200_00
LARGEST_BALANCE_CENTS = 500_00
"""More is a slip of the finger: no card is meant to hold a month's rent."""

AUTHORISED_SECONDS = 15 * 60
"""What was set aside and not sent returns to the card after this time."""

SILENT_SECONDS = 2 * 3600
"""A job being sent of which nobody has told anything for this long is doubtful."""

_AMOUNT = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]*))?")
_SPACES = str.maketrans("", "", " \u00a0\u202f")
_DECIMALS = 2


class AmountFault(StrEnum):
    """Why a typed amount is none."""

    NO_NUMBER = "no_number"
    NEGATIVE = "negative"
    TOO_FINE = "too_fine"
    ZERO = "zero"
    TOO_LARGE = "too_large"


def read_amount(typed: str, largest_cents: int = LARGEST_TOP_UP_CENTS) -> int | AmountFault:
    """Return the cents of an amount as somebody types it: `12`, `12,5`, `12.50 €`.

    Args:
        typed: the text; spaces and a euro sign are passed by.
        largest_cents: the most that is taken for meant.
    """
    text = typed.translate(_SPACES).removesuffix("€")
    if text.startswith("-"):
        return AmountFault.NEGATIVE
    if text.isascii() and text.isdigit():
        # However many digits somebody leans on, they are a number that is too large.
        cents = int(text[:18]) * 100
        return _judged(cents, largest_cents)
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return AmountFault.NO_NUMBER
    euros, decimals = found[1], found[2] or ""
    if len(decimals) > _DECIMALS:
        return AmountFault.TOO_FINE
    return _judged(int(euros) * 100 + int(decimals.ljust(_DECIMALS, "0")), largest_cents)


def _judged(cents: int, largest_cents: int) -> int | AmountFault:
    if cents == 0:
        return AmountFault.ZERO
    return AmountFault.TOO_LARGE if cents > largest_cents else cents


class HoldState(StrEnum):
    """Where the credit set aside for a job stands."""

    AUTHORISED = "authorised"
    SENDING = "sending"
    DOUBTFUL = "doubtful"
    SETTLED = "settled"
    RELEASED = "released"


OPEN_STATES = frozenset({HoldState.AUTHORISED, HoldState.SENDING, HoldState.DOUBTFUL})
"""In these the credit is neither spent nor back on the card."""


class HoldStep(StrEnum):
    """What may be done with a hold."""

    SEND = "send"
    SETTLE = "settle"
    RELEASE = "release"
    DOUBT = "doubt"


_NEXT = {
    (HoldState.AUTHORISED, HoldStep.SEND): HoldState.SENDING,
    (HoldState.AUTHORISED, HoldStep.RELEASE): HoldState.RELEASED,
    (HoldState.SENDING, HoldStep.SETTLE): HoldState.SETTLED,
    (HoldState.SENDING, HoldStep.DOUBT): HoldState.DOUBTFUL,
    (HoldState.DOUBTFUL, HoldStep.SETTLE): HoldState.SETTLED,
}


def step_hold(state: HoldState, step: HoldStep, captured_cents: int = 0) -> HoldState | None:
    """Return where a hold stands after a step; None where the step is not to be taken.

    Args:
        state: where it stands.
        step: what is to be done.
        captured_cents: what is charged when it is settled; a hold of which nothing is charged is
            released.
    """
    after = _NEXT.get((state, step))
    if after is HoldState.SETTLED and captured_cents == 0:
        return HoldState.RELEASED
    return after


def last_day(moved: date, months: int) -> date:
    """Return the last day of credit that moved on a day and is good for some months after it."""
    years, month = divmod(moved.month - 1 + months, 12)
    year = moved.year + years
    return date(year, month + 1, min(moved.day, calendar.monthrange(year, month + 1)[1]))
