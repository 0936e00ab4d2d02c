"""A ticket of the waiting list: a number on the board, bound to one person.

The number is anonymous on screen. The person is a reference that the hub alone can resolve; no rule
looks into it. A ticket lives while it waits, while a seat is held for it, and while its holder has
stepped away; it ends seated, left or expired, and never lives again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

COMING_BACK_SECONDS = 600
"""A holder who stepped away counts from this many seconds before the return that was said."""

QUARTER = 15
LATER = (0, 15, 30, 60)
"""How many minutes after the first quarter of an hour somebody may say to be back."""

CODES = 1000
"""Codes of three digits: 0 to 999."""


class TicketState(StrEnum):
    """Where a ticket stands."""

    WAITING = "waiting"
    CALLED = "called"
    AWAY = "away"
    SEATED = "seated"
    LEFT = "left"
    EXPIRED = "expired"


LIVE = frozenset({TicketState.WAITING, TicketState.CALLED, TicketState.AWAY})
"""The states in which a ticket has not ended."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket.

    Attributes:
        number: its number of the day in its room; the first is 1.
        person: the reference of its holder.
        taken_at: when it was taken, aware.
        place: its place in the list; the smallest comes first.
        state: where it stands.
        seat: the number of the seat held for it, or on which its holder sat down.
        hold_until: until when that seat is held.
        missed: how often it was called in vain.
        back_at: when its holder who stepped away comes back.
        ended_at: when it ended.
        coded: whether `person` stands for its code still, and not for a card or a pass.
    """

    number: int
    person: str
    taken_at: datetime
    place: int
    state: TicketState = TicketState.WAITING
    seat: int | None = None
    hold_until: datetime | None = None
    missed: int = 0
    back_at: datetime | None = None
    ended_at: datetime | None = None
    coded: bool = False

    @property
    def live(self) -> bool:
        """Whether it has not ended."""
        return self.state in LIVE


def code_person(code: int) -> str:
    """Return the person that stands for a three-digit code, until a card or a pass claims it.

    Raises:
        ValueError: the code has not three digits.
    """
    if not 0 <= code < CODES:
        message = "a code has three digits"
        raise ValueError(message)
    return f"code:{code:03d}"


def counts_at(ticket: Ticket, now: datetime) -> bool:
    """Tell whether a live ticket counts: always, but while its holder is away for longer."""
    if ticket.state is TicketState.AWAY and ticket.back_at is not None:
        return now >= ticket.back_at - timedelta(seconds=COMING_BACK_SECONDS)
    return ticket.live


def return_times(now: datetime, closes_at: datetime) -> tuple[datetime, ...]:
    """Return when somebody who steps away may say to be back: quarters of an hour before closing.

    The first one leaves them at least the minutes for which they count anyway.
    """
    soonest = now + timedelta(seconds=COMING_BACK_SECONDS)
    quarter = timedelta(minutes=QUARTER)
    past = timedelta(minutes=soonest.minute % QUARTER, seconds=soonest.second,
                     microseconds=soonest.microsecond)  # fmt: skip
    first = soonest - past + (quarter if past else timedelta(0))
    times = (first + timedelta(minutes=later) for later in LATER)
    return tuple(one for one in times if one < closes_at)


def ticket_label(letter: str, number: int) -> str:
    """Return what is printed and called, such as A-18; the letter is the room's."""
    return f"{letter}-{number:02d}"


def read_label(text: str) -> tuple[str, int] | None:
    """Return the letter and the number of a label as somebody types it, None if it is none."""
    letters, _, digits = text.strip().upper().replace(" ", "-").rpartition("-")
    if not (letters.isalpha() and letters.isascii()):
        return None
    if not (digits.isascii() and digits.isdecimal() and int(digits) > 0):
        return None
    return letters, int(digits)
