"""The journal of what staff did: who, when, what and where, never the name of whom it was about.

A line is written with the act itself and never changed. Whose card it was is kept apart for a year;
of the card a reader sees the last digits at most.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

import msgspec

from kiosk.wire.codec import Count, Label, Message, Name, Seconds, Stamp, Text
from kiosk.wire.station import CardNumber
from kiosk.wire.waiting import SeatNumber

PAGE = 50
"""So many lines are read at once."""

Skip = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
CardEnd = Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{0,4}\Z")]
"""The last digits of a card; empty where the hub never had its number, or has forgotten it."""


class ActGroup(StrEnum):
    """What an act is about, for those who look for one."""

    PEOPLE = "people"
    MONEY = "money"
    SEATS = "seats"
    SETTINGS = "settings"


class ActKind(StrEnum):
    """What was done. A word that stands here once is never used for something else."""

    PERSON_REGISTERED = "person_registered"
    PERSON_CHANGED = "person_changed"
    PIN_MADE = "pin_made"
    CARD_SHOWN = "card_shown"
    MEMBERS_IMPORTED = "members_imported"
    PASS_MADE = "pass_made"  # noqa: S105 - no secret, an act
    TICKET_TAKEN = "ticket_taken"
    SEAT_GIVEN = "seat_given"
    TICKET_LEFT = "ticket_left"
    TICKET_STEPPED_AWAY = "ticket_stepped_away"
    TICKET_CAME_BACK = "ticket_came_back"
    TICKET_CALLED_AGAIN = "ticket_called_again"
    SESSION_EXTENDED = "session_extended"
    SESSION_SHORTENED = "session_shortened"
    SESSION_ENDED = "session_ended"
    MESSAGE_SENT = "message_sent"
    HELP_ANSWERED = "help_answered"
    SEAT_CLOSED = "seat_closed"
    SEAT_REOPENED = "seat_reopened"
    FACTS_SEEN = "facts_seen"
    HOURS_SET = "hours_set"
    RULE_SET = "rule_set"
    HOUSE_RULES_SET = "house_rules_set"
    TOP_UP_WORDS_SET = "top_up_words_set"
    HOLIDAYS_ENTERED = "holidays_entered"
    SERIES_SET = "series_set"
    SERIES_REMOVED = "series_removed"
    WORKSHOP_OPENED = "workshop_opened"
    WORKSHOP_ENDED = "workshop_ended"
    PRINT_CARD_ISSUED = "print_card_issued"
    PRINT_CARD_BLOCKED = "print_card_blocked"
    PRINT_CARD_UNBLOCKED = "print_card_unblocked"
    PRINT_CARD_REPLACED = "print_card_replaced"
    TILL_OPENED = "till_opened"
    TILL_COUNTED = "till_counted"
    TILL_CLOSED = "till_closed"
    RECEIPT_COPIED = "receipt_copied"
    TOPPED_UP = "topped_up"
    POSTING_REVERSED = "posting_reversed"
    PAGES_REFUNDED = "pages_refunded"
    JOB_DOUBTED = "job_doubted"
    DOUBT_SETTLED = "doubt_settled"
    CREDIT_LAPSED = "credit_lapsed"
    PRICES_WRITTEN = "prices_written"


_PEOPLE, _SEATS, _SETTINGS = ActGroup.PEOPLE, ActGroup.SEATS, ActGroup.SETTINGS
_MONEY = ActGroup.MONEY

GROUP_OF: Mapping[ActKind, ActGroup] = MappingProxyType(
    {
        ActKind.PERSON_REGISTERED: _PEOPLE,
        ActKind.PERSON_CHANGED: _PEOPLE,
        ActKind.PIN_MADE: _PEOPLE,
        ActKind.CARD_SHOWN: _PEOPLE,
        ActKind.MEMBERS_IMPORTED: _PEOPLE,
        ActKind.PASS_MADE: _PEOPLE,
        ActKind.TICKET_TAKEN: _PEOPLE,
        ActKind.SEAT_GIVEN: _PEOPLE,
        ActKind.TICKET_LEFT: _PEOPLE,
        ActKind.TICKET_STEPPED_AWAY: _PEOPLE,
        ActKind.TICKET_CAME_BACK: _PEOPLE,
        ActKind.TICKET_CALLED_AGAIN: _PEOPLE,
        ActKind.SESSION_EXTENDED: _SEATS,
        ActKind.SESSION_SHORTENED: _SEATS,
        ActKind.SESSION_ENDED: _SEATS,
        ActKind.MESSAGE_SENT: _SEATS,
        ActKind.HELP_ANSWERED: _SEATS,
        ActKind.SEAT_CLOSED: _SEATS,
        ActKind.SEAT_REOPENED: _SEATS,
        ActKind.FACTS_SEEN: _SEATS,
        ActKind.HOURS_SET: _SETTINGS,
        ActKind.RULE_SET: _SETTINGS,
        ActKind.HOUSE_RULES_SET: _SETTINGS,
        ActKind.TOP_UP_WORDS_SET: _SETTINGS,
        ActKind.HOLIDAYS_ENTERED: _SETTINGS,
        ActKind.SERIES_SET: _SETTINGS,
        ActKind.SERIES_REMOVED: _SETTINGS,
        ActKind.WORKSHOP_OPENED: _SETTINGS,
        ActKind.WORKSHOP_ENDED: _SETTINGS,
        ActKind.PRINT_CARD_ISSUED: _MONEY,
        ActKind.PRINT_CARD_BLOCKED: _MONEY,
        ActKind.PRINT_CARD_UNBLOCKED: _MONEY,
        ActKind.PRINT_CARD_REPLACED: _MONEY,
        ActKind.TILL_OPENED: _MONEY,
        ActKind.TILL_COUNTED: _MONEY,
        ActKind.TILL_CLOSED: _MONEY,
        ActKind.RECEIPT_COPIED: _MONEY,
        ActKind.TOPPED_UP: _MONEY,
        ActKind.POSTING_REVERSED: _MONEY,
        ActKind.PAGES_REFUNDED: _MONEY,
        ActKind.JOB_DOUBTED: _MONEY,
        ActKind.DOUBT_SETTLED: _MONEY,
        ActKind.CREDIT_LAPSED: _MONEY,
        ActKind.PRICES_WRITTEN: _SETTINGS,
    }
)
"""The group of each act."""


class ActFacts(Message, frozen=True, kw_only=True):
    """What is told of an act; what does not go with its kind is left out.

    `ticket` is its label, `count` how many (members, seats, dates), `cents` an amount, `what` a
    title, `number` that of a receipt or of a book. With a `code` the act was asked for and refused.
    """

    room_id: Name | None = None
    seat: SeatNumber | None = None
    ticket: Label = ""
    seconds: Seconds | None = None
    count: Count | None = None
    cents: int | None = None
    number: Label = ""
    what: Text = ""
    code: Label = ""


class ActLine(Message, frozen=True, kw_only=True):
    """One line; `n` has no holes. Without `staff_id` nobody did it: the hub acted by itself."""

    n: Count
    at: Stamp
    staff_id: Name | None
    staff_name: Label
    kind: ActKind
    site_id: Name | None
    facts: ActFacts
    card_end: CardEnd = ""


class Actor(Message, frozen=True, kw_only=True):
    """A member of staff who stands in the journal."""

    staff_id: Name
    name: Label


class ReadActs(Message, frozen=True, kw_only=True):
    """Ask for lines from `since` to before `until`, the newest first, and for some of them only.

    `automatic` leaves what the hub did by itself. `skip` is where the page begins.
    """

    since: Stamp
    until: Stamp
    site_id: Name | None = None
    staff_id: Name | None = None
    group: ActGroup | None = None
    automatic: bool = False
    skip: Skip = 0


class ActsPage(Message, frozen=True, kw_only=True, tag="acts"):
    """At most `PAGE` lines of `total`, and who acted in that time.

    `kept` lines stand in the whole journal and `last` is the newest number: where they are the same
    none is missing.
    """

    lines: tuple[ActLine, ...]
    total: Count
    actors: tuple[Actor, ...] = ()
    kept: Count
    last: Count


class ShowCard(Message, frozen=True, kw_only=True):
    """Ask to see all digits of a card that was passed at the desk of a room; that is journalled."""

    card: CardNumber
    room_id: Name


class CardShown(Message, frozen=True, kw_only=True, tag="card_shown"):
    """It stands in the journal that the card was shown; the hub has no number to tell."""
