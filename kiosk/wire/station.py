"""What a station asks of the hub: to be enrolled, to open and renew a slot, to report."""

from enum import StrEnum
from typing import Annotated

import msgspec

from kiosk.rules.allowance import AdaptedTime
from kiosk.rules.person import BrowserProfile
from kiosk.rules.slot import Ground
from kiosk.wire.codec import Count, Id, Label, Message, Name, Seconds, Stamp
from kiosk.wire.place import RoomView, SeatView, SiteView
from kiosk.wire.waiting import WaitingView

CardNumber = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4,20}$")]
Pin = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4,8}$")]
NewPin = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}$")]
"""A code that somebody is given: the lock has four boxes for it."""


TicketCode = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{3}$")]


class EnrolStation(Message, frozen=True, kw_only=True):
    """Ask to become the station of a seat: the first empty one of the room, or a numbered one."""

    code: Name
    station_id: Id
    hostname: Name
    seat_number: int | None = None


class StationEnrolled(Message, frozen=True, kw_only=True, tag="station_enrolled"):
    """The bearer token is told this once; the hub keeps its SHA-256 only.

    `hub_key` is the SHA-256 of the hub's public key (hexadecimal), empty on loopback without TLS.
    """

    station_id: Id
    seat_id: Name
    token: str
    hub_key: str


class EnrolmentRefused(Message, frozen=True, kw_only=True, tag="enrolment_refused"):
    """The code is unknown, used up or too old, or the room has no such seat left."""

    code: Name


EnrolmentAnswer = StationEnrolled | EnrolmentRefused


class Phase(StrEnum):
    """What a station is doing, as its report says."""

    FREE = "free"
    OPENING = "opening"
    OPEN = "open"
    GRACE = "grace"
    WIPING = "wiping"
    OUT_OF_ORDER = "out_of_order"


class StationReport(Message, frozen=True, kw_only=True):
    """A sign of life, every 5 s and at each change; the hub keeps it in memory only.

    `clock_trusted` is false while the station's wall clock stands before a stamp it gave earlier:
    it knows no closing then, and staff are told.
    """

    phase: Phase
    slot_id: Id | None = None
    total_seconds: Seconds = 0
    remaining_seconds: Seconds = 0
    outbox: Count = 0
    version: Name = "0"
    clock_trusted: bool = True


class ReportAnswer(Message, frozen=True, kw_only=True):
    """The hub's clock, and the last change that this station may want to read."""

    hub_time: Stamp
    cursor: Count


class StationSituation(Message, frozen=True, kw_only=True):
    """Everything a station needs to act alone, as of `cursor`."""

    cursor: Count
    hub_time: Stamp
    site: SiteView
    room: RoomView
    seat: SeatView
    waiting: WaitingView | None = None


class OpenSlot(Message, frozen=True, kw_only=True):
    """Ask to open a slot. The station made `slot_id`; the same id gets the same answer.

    Without `pin` it is asked for by the card alone: a room that wants the code refuses that like a
    wrong one, and one that does not looks at no code. `resumes` names the slot that a power cut
    ended, `ticket_code` the code of a ticket without a card.
    """

    slot_id: Id
    card: CardNumber
    pin: Pin | None = None
    resumes: Id | None = None
    ticket_code: TicketCode | None = None


class SlotGranted(Message, frozen=True, kw_only=True, tag="slot_granted"):
    """The slot may open, for this many seconds.

    `limit` and `limit_at` say what shortened it. `first_name` is shown in the session only.
    `used_today_seconds` leaves this slot out. `time` is the holder's, for renewals without the
    hub; `first_use` says that they never sat before: the house's rules are shown to them once.
    For `trial_seconds` they may look around instead, nothing counted; 0 where they may not.
    `renewals` and `mercy` were taken of a slot that a power cut ended, and stay taken in this one.
    """

    slot_id: Id
    total_seconds: Seconds
    grace_seconds: Seconds
    limit: Ground | None = None
    limit_at: Stamp | None = None
    first_name: Label = ""
    used_today_seconds: Seconds = 0
    time: AdaptedTime = AdaptedTime.ORDINARY
    profile: BrowserProfile = BrowserProfile.ADULT
    first_use: bool = False
    trial_seconds: Seconds = 0
    renewals: Count = 0
    mercy: bool = False


class SlotRefused(Message, frozen=True, kw_only=True, tag="slot_refused"):
    """The slot may not open, on this ground.

    `tries_left` and `retry_seconds` go with a wrong card or code, also that of a ticket;
    `seat_number` and `room_name` with a person already seated; `at` is the instant that the ground
    names; `ticket` is the label of the ticket that the seat is held for, or that waits;
    `minimum_age` goes with one too young.
    """

    slot_id: Id
    ground: Ground
    at: Stamp | None = None
    tries_left: int | None = None
    retry_seconds: Seconds = 0
    seat_number: int | None = None
    room_name: Label = ""
    ticket: Label = ""
    minimum_age: int | None = None


SlotAnswer = SlotGranted | SlotRefused


class RenewalKind(StrEnum):
    """A slot goes on because its visitor asks, by itself at the end, or by the minutes of mercy."""

    ASKED = "asked"
    BY_ITSELF = "by_itself"
    MERCY = "mercy"


class RenewSlot(Message, frozen=True, kw_only=True):
    """Ask to renew, from the total that the station has now; the same ask gets the same answer.

    `offered_seconds_ago` tells how long ago the offer was shown last: it holds for a minute.
    """

    slot_id: Id
    from_total_seconds: Seconds
    kind: RenewalKind = RenewalKind.ASKED
    offered_seconds_ago: Seconds | None = None


class RenewalGranted(Message, frozen=True, kw_only=True, tag="renewal_granted"):
    """The new total, counted from the opening."""

    slot_id: Id
    from_total_seconds: Seconds
    total_seconds: Seconds
    limit: Ground | None = None
    limit_at: Stamp | None = None


class RenewalRefused(Message, frozen=True, kw_only=True, tag="renewal_refused"):
    """Not renewed, on this ground. `ticket` (its label) waits since `waiting_since`."""

    slot_id: Id
    from_total_seconds: Seconds
    ground: Ground
    at: Stamp | None = None
    ticket: Label = ""
    waiting_since: Stamp | None = None
    mercy: bool = False


RenewalAnswer = RenewalGranted | RenewalRefused
