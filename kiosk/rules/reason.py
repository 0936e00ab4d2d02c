"""A refusal that names its ground and what to do next, as data; the sentences live in the faces."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from kiosk.rules.slot import Ground, Refusal


class Way(StrEnum):
    """Something that a refused visitor can do. A face offers those that it can carry out."""

    SAVE = "save"
    PRINT = "print"
    MERCY = "mercy"
    TAKE_TICKET = "take_ticket"
    OTHER_SEAT = "other_seat"
    OTHER_PLACE = "other_place"
    NEW_SLOT = "new_slot"
    WAIT = "wait"
    TRY_AGAIN = "try_again"
    COME_BACK_WHEN_OPEN = "come_back_when_open"
    COME_BACK_TOMORROW = "come_back_tomorrow"
    END_OTHER_SESSION = "end_other_session"
    RECORD_AUTHORISATION = "record_authorisation"
    RENEW_CARD = "renew_card"
    GET_HELP = "get_help"


_KEEP = (Way.SAVE, Way.PRINT)

WAYS: Mapping[Ground, tuple[Way, ...]] = MappingProxyType(
    {
        Ground.CLOSED: (Way.COME_BACK_WHEN_OPEN, Way.OTHER_PLACE),
        Ground.CLOSING: (*_KEEP, Way.COME_BACK_WHEN_OPEN, Way.OTHER_PLACE),
        Ground.WORKSHOP: (*_KEEP, Way.OTHER_SEAT, Way.TAKE_TICKET),
        Ground.RESERVATION: (*_KEEP, Way.OTHER_SEAT, Way.TAKE_TICKET),
        Ground.DAILY_MINUTES: (*_KEEP, Way.MERCY, Way.COME_BACK_TOMORROW),
        Ground.RENEWALS: (*_KEEP, Way.MERCY, Way.NEW_SLOT),
        Ground.TOO_EARLY: (Way.WAIT,),
        Ground.OUT_OF_ORDER: (Way.OTHER_SEAT, Way.TAKE_TICKET),
        Ground.SEAT_TAKEN: (Way.OTHER_SEAT, Way.TAKE_TICKET),
        Ground.PERSON_SEATED: (Way.END_OTHER_SESSION, Way.GET_HELP),
        Ground.WRONG_CARD_OR_CODE: (Way.TRY_AGAIN, Way.GET_HELP),
        Ground.TOO_MANY_TRIES: (Way.WAIT, Way.GET_HELP),
        Ground.PASS_USED: (Way.GET_HELP,),
        Ground.NO_ANSWER: (Way.TRY_AGAIN, Way.GET_HELP),
        Ground.OVER: (Way.NEW_SLOT, Way.TAKE_TICKET),
        Ground.FAULT: (Way.TRY_AGAIN, Way.OTHER_SEAT, Way.GET_HELP),
        Ground.WAITING: (*_KEEP, Way.TAKE_TICKET, Way.MERCY),
        Ground.DECLINED: (*_KEEP, Way.NEW_SLOT, Way.TAKE_TICKET),
        Ground.HELD: (Way.TAKE_TICKET, Way.OTHER_SEAT),
        Ground.TICKET_NEEDED: (Way.TAKE_TICKET, Way.OTHER_PLACE),
        Ground.WRONG_TICKET_CODE: (Way.TRY_AGAIN, Way.GET_HELP),
        Ground.NOT_ADMITTED: (Way.OTHER_PLACE, Way.GET_HELP),
        Ground.TOO_YOUNG: (Way.OTHER_PLACE, Way.GET_HELP),
        Ground.NOT_RESIDENT: (Way.OTHER_PLACE, Way.GET_HELP),
        Ground.NO_AUTHORISATION: (Way.RECORD_AUTHORISATION, Way.GET_HELP),
        Ground.CARD_EXPIRED: (Way.RENEW_CARD, Way.GET_HELP),
        Ground.IDLE: (Way.NEW_SLOT, Way.TAKE_TICKET),
        Ground.AWAY: (Way.NEW_SLOT, Way.TAKE_TICKET),
        Ground.TRIAL: (Way.NEW_SLOT,),
        Ground.STAFF: (*_KEEP, Way.OTHER_SEAT, Way.GET_HELP),
    }
)
"""What can be done on each ground, best first."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is refused, and what to do next.

    Attributes:
        ground: why.
        at: the instant that the ground names: the closing, the start of a workshop.
        ticket: the number of the ticket that waits, for `WAITING`, `HELD`.
        waiting_since: when that ticket was taken.
        ways: what to do next, best first.
    """

    ground: Ground
    at: datetime | None = None
    ticket: int | None = None
    waiting_since: datetime | None = None
    ways: tuple[Way, ...] = ()


def reason_for(refusal: Refusal, *, mercy_left: bool = False) -> Reason:
    """Return a refusal with what to do next; the mercy only where it is still to be had."""
    return Reason(refusal.ground, refusal.at, ways=ways_for(refusal.ground, mercy_left=mercy_left))


def ways_for(ground: Ground, *, mercy_left: bool = False) -> tuple[Way, ...]:
    """Return what to do next on a ground, best first."""
    return tuple(way for way in WAYS[ground] if mercy_left or way is not Way.MERCY)
