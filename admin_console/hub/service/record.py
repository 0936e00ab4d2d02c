"""What the hub keeps of each thing, as its use cases see a row.

Instants are aware UTC, durations seconds. A record is a value: a use case writes a changed copy.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kiosk.rules.allowance import AdaptedTime
from kiosk.rules.presence import LockCause
from kiosk.rules.ticket import Ticket
from kiosk.wire.command import CommandState
from kiosk.wire.desk import Role
from kiosk.wire.place import RoomView
from kiosk.wire.station import RenewalKind
from kiosk.wire.waiting import WaitingView


@dataclass(frozen=True, slots=True)
class Seat:
    """The numbered place in a room. `station_id` is the station that fills it now.

    `order_seq` is the place, in that station's order, of the last fact about being out of order.
    `key_left_at` is since when a forgotten USB key stands in it.
    """

    seat_id: str
    room_id: str
    site_id: str
    number: int
    label: str = ""
    station_id: str | None = None
    in_contact: bool = False
    contact_since: datetime | None = None
    out_of_order: str | None = None
    out_of_order_since: datetime | None = None
    order_seq: int = -1
    help_asked_at: datetime | None = None
    clock_trusted: bool = True
    key_left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Station:
    """One PC. The hub keeps the SHA-256 of its token only; a retired one is nobody."""

    station_id: str
    seat_id: str
    hostname: str
    token_sha256: bytes
    enrolled_at: datetime
    retired_at: datetime | None = None
    version: str = ""
    windowed: bool = False


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """A code that enrols stations in one room until it is used up or too old."""

    code_sha256: bytes
    room_id: str
    uses_left: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """A member known by the hub itself. The reference stands for the card, which is not kept.

    Without `pin_hash` the card opens no slot until a code is made. `least_age` is the lowest age of
    an age band, None where nobody said. `first_used_at` is when a slot of theirs opened first,
    `tried_at` when they took a trial.
    """

    reference: str
    first_name: str
    pin_hash: str | None
    category: str
    least_age: int | None = None
    resident: bool = False
    authorised_on: date | None = None
    valid_until: date | None = None
    time: AdaptedTime = AdaptedTime.ORDINARY
    first_used_at: datetime | None = None
    tried_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Registration:
    """Which member an ask made; `ask_seal` tells this ask from another, without saying it."""

    ask_id: str
    ask_seal: str
    reference: str
    at: datetime


class SlotState(StrEnum):
    """Where a slot stands in its life."""

    GRANTED = "granted"
    OPEN = "open"
    ENDED = "ended"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot of a seat, without the person, whose reference stands in a row of its own.

    `ends_at` minus `total_seconds` is the opening by the station's clock. `last_seq` is the place,
    in the station's order, of the newest fact about it: an older one cannot take its word back.
    `end_told` says that the station told the end; an end that the hub assumed is only a guess.
    `declined` and `locked` are as their own newest facts say, whose places are kept beside them.
    `total_seconds` is as the newest fact about it says, whose place is `total_seq`; `shortened`
    says that staff took of it, so that what was granted before counts no more. `series_id` is what
    it was opened for, without a person. `mercy` says that the minutes of mercy were taken,
    `resumes` which slot this one goes on with.
    `time` is that of the card when it was granted, and holds until it ends. A `trial` counts
    neither in anybody's minutes nor as their slot. `left_at` says when its visitor sat down
    elsewhere, while its station was silent.
    """

    slot_id: str
    seat_id: str
    room_id: str
    station_id: str
    state: SlotState
    granted_at: datetime
    total_seconds: int
    grace_seconds: int
    opened_at: datetime | None = None
    ends_at: datetime | None = None
    renewals: int = 0
    in_grace: bool = False
    ended_at: datetime | None = None
    end_reason: str | None = None
    used_seconds: int = 0
    remaining_seconds: int = 0
    end_told: bool = False
    wiped_clean: bool | None = None
    last_seq: int = -1
    declined: bool = False
    declined_seq: int | None = None
    mercy: bool = False
    locked: LockCause | None = None
    locked_since: datetime | None = None
    locked_seq: int | None = None
    resumes: str | None = None
    time: AdaptedTime = AdaptedTime.ORDINARY
    total_seq: int = -1
    shortened: bool = False
    series_id: str | None = None
    trial: bool = False
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpeningAnswer:
    """What was answered to an `OpenSlot`, as an encoded wire message.

    A grant holds a first name, so this is forgotten within the hour.
    """

    slot_id: str
    station_id: str
    at: datetime
    answer: bytes


@dataclass(frozen=True, slots=True)
class RenewalAnswer:
    """What was granted to a `RenewSlot`; a refusal is not kept, it stands as long as its ground."""

    slot_id: str
    from_total_seconds: int
    at: datetime
    granted_total: int | None
    answer: bytes
    kind: RenewalKind = RenewalKind.ASKED


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """A fact as the journal keeps it for ever; `code` says why it was parked, if it was."""

    event_id: str
    station_id: str
    seat_id: str
    seq: int
    at: datetime
    received_at: datetime
    clock_trusted: bool
    kind: str
    body: bytes
    code: str | None = None


@dataclass(frozen=True, slots=True)
class CommandRecord:
    """A command of the desk and where it stands."""

    command_id: str
    staff_id: str
    site_id: str
    room_id: str
    seat_id: str
    station_id: str
    slot_id: str | None
    kind: str
    body: bytes
    state: CommandState
    issued_at: datetime
    expires_at: datetime
    changed_at: datetime
    code: str | None = None


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A member of staff. `site_ids` None means every site, those to come as well."""

    staff_id: str
    name: str
    display_name: str
    password_hash: str
    roles: frozenset[Role]
    site_ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Seated:
    """Where a person sits: a live slot and its seat; `lost_at` as in `Sitter`."""

    slot: Slot
    seat_number: int
    room_name: str
    lost_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sitter:
    """A live slot of a room or of a person, and what its seat's station is to the hub.

    `person` is None once purged; `granted_total` is the most that a renewal has granted, whether
    the station has told it yet or not, and `granted_mercy` whether the minutes of mercy were.
    `lost_at` is since when its station is silent, None while it is in contact.
    """

    slot: Slot
    person: str | None
    lost_at: datetime | None
    granted_total: int | None = None
    granted_mercy: bool = False


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A live ticket of a person and its room."""

    room: RoomView
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class TicketAnswerRecord:
    """What was answered to an ask for a ticket; `ask_sha256` tells this ask from another's."""

    ask_id: str
    ask_sha256: bytes
    at: datetime
    answer: bytes


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was last told of a room's waiting list, and when time alone may change it next.

    `look_at` is None while nobody waits; `day` is the local date of the list.
    """

    room_id: str
    day: date
    look_at: datetime | None
    view: WaitingView


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change as it is kept: its number, when, and the encoded body."""

    n: int
    at: datetime
    body: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """A change that has been committed: its number, and whom it concerns."""

    n: int
    topic: str
    site_id: str
    for_staff: bool
