"""What staff ask about people, and tell of them: met at the desk, registered, imported.

A person is what the rules need of them: an age band by its lowest age, never a birth date; that an
authorisation was recorded, never by whom. Cards and codes stand in the bodies of these messages
only; no answer carries a card that the asker did not send, except one that the hub just made.
"""

from datetime import date
from enum import StrEnum

from kiosk.rules.allowance import AdaptedTime
from kiosk.rules.person import BrowserProfile, Category
from kiosk.rules.slot import Ground
from kiosk.wire.codec import Count, Id, Label, Message, Name, Seconds, Stamp
from kiosk.wire.place import Age
from kiosk.wire.station import CardNumber, NewPin
from kiosk.wire.waiting import SeatNumber, TicketView

LARGEST_IMPORT = 6 * 1024 * 1024
"""No import is longer than this many bytes, as it travels: about 60,000 members."""


class CategoryView(Message, frozen=True, kw_only=True):
    """A kind of member, with the title that staff see; see `kiosk.rules.person.Category`."""

    key: Name
    title: Name
    staff: bool = False
    needs_authorisation: bool = False
    profile: BrowserProfile = BrowserProfile.ADULT

    def as_rule(self) -> Category:
        """Return the category as the rules want it."""
        return Category(self.key, self.staff, self.needs_authorisation, self.profile)


class PersonFacts(Message, frozen=True, kw_only=True):
    """What staff write down of a person."""

    first_name: Label = ""
    category: Name
    least_age: Age | None = None
    resident: bool = False
    authorised_on: date | None = None
    valid_until: date | None = None
    time: AdaptedTime = AdaptedTime.ORDINARY


class MeetPerson(Message, frozen=True, kw_only=True):
    """Ask who holds a card that was passed at the desk, and what a room has for them."""

    card: CardNumber
    room_id: Name


class SeatingView(Message, frozen=True, kw_only=True):
    """What a room has for somebody now.

    With a `ground` they may not sit there; `minimum_age`, `at`, `seat_number` and `room_name` go
    with it as in `SlotRefused`. `seats` can be given at once, the best first. `ticket` is theirs
    already, in the room `ticket_room`. `expected_at` estimates when a new ticket would be served;
    `seconds` is the slot that they would get, shortened by `limit` at `limit_at`.
    """

    ground: Ground | None = None
    minimum_age: Age | None = None
    at: Stamp | None = None
    seat_number: SeatNumber | None = None
    room_name: Label = ""
    seats: tuple[SeatNumber, ...] = ()
    ticket: TicketView | None = None
    ticket_room: Name | None = None
    expected_at: Stamp | None = None
    seconds: Seconds = 0
    limit: Ground | None = None
    limit_at: Stamp | None = None


class PersonMet(Message, frozen=True, kw_only=True, tag="person_met"):
    """The person, their day in this room, and what it has for them. `first_use`: never sat yet."""

    facts: PersonFacts
    seating: SeatingView
    slots_today: Count = 0
    used_today_seconds: Seconds = 0
    first_use: bool = False


class PersonUnknown(Message, frozen=True, kw_only=True, tag="person_unknown"):
    """Nobody here has this card."""


MeetingAnswer = PersonMet | PersonUnknown


class PersonFault(StrEnum):
    """Why a person is not written down."""

    CARD_TAKEN = "card_taken"
    NO_SUCH_CATEGORY = "no_such_category"
    NO_NAME = "no_name"
    AUTHORISED_LATER = "authorised_later"


class RegisterPerson(Message, frozen=True, kw_only=True):
    """Ask to keep a new person. Without a card the hub makes its number, without a PIN the PIN.

    The same `ask_id` gets the same answer: asked twice, one person is kept.
    """

    facts: PersonFacts
    card: CardNumber | None = None
    pin: NewPin | None = None
    ask_id: Id | None = None


class PersonRegistered(Message, frozen=True, kw_only=True, tag="person_registered"):
    """The person is kept. Only this ask is told `pin`, and `made_card` where the hub made one."""

    facts: PersonFacts
    pin: NewPin
    made_card: CardNumber | None = None


class PersonFaulty(Message, frozen=True, kw_only=True, tag="person_faulty"):
    """Nothing was kept, for these reasons."""

    faults: tuple[PersonFault, ...]


RegistrationAnswer = PersonRegistered | PersonFaulty


class ChangePerson(Message, frozen=True, kw_only=True):
    """Ask to keep these facts of a known person from now on."""

    card: CardNumber
    facts: PersonFacts


class PersonChanged(Message, frozen=True, kw_only=True, tag="person_changed"):
    """The facts are kept."""

    facts: PersonFacts


PersonChangeAnswer = PersonChanged | PersonFaulty | PersonUnknown


class MakePin(Message, frozen=True, kw_only=True):
    """Ask for a new PIN of a known person; the old one opens nothing any more."""

    card: CardNumber


class PinMade(Message, frozen=True, kw_only=True, tag="pin_made"):
    """The new PIN, told this once."""

    pin: NewPin


PinAnswer = PinMade | PersonUnknown


class LineFault(StrEnum):
    """What is wrong with a line of an import, or with the whole file (line 0)."""

    ENCODING = "encoding"
    EMPTY = "empty"
    NO_COLUMN = "no_column"
    UNKNOWN_COLUMN = "unknown_column"
    FIELDS = "fields"
    CARD = "card"
    CARD_TWICE = "card_twice"
    NAME = "name"
    CATEGORY = "category"
    AGE = "age"
    YES_NO = "yes_no"
    DATE = "date"
    TIME = "time"
    PIN = "pin"


class LineFaultView(Message, frozen=True, kw_only=True):
    """A fault on a line (1 is the heading, 0 the whole file), and the column's name."""

    line: Count
    fault: LineFault
    column: Label = ""


class ImportPeople(Message, frozen=True, kw_only=True):
    """A CSV file of members as it is on disk (base64). Nothing is written without `confirmed`.

    `confirmed` is the digest that the dry run of the same file told.
    """

    content: bytes
    confirmed: Label = ""


class ImportChecked(Message, frozen=True, kw_only=True, tag="import_checked"):
    """What the file would do; nothing was written. With faults it can not be confirmed."""

    digest: Name
    added: Count
    changed: Count
    same: Count
    faults: tuple[LineFaultView, ...] = ()


class ImportDone(Message, frozen=True, kw_only=True, tag="import_done"):
    """The file is written. `pins_missing` people have no PIN yet."""

    added: Count
    changed: Count
    same: Count
    pins_missing: Count = 0


ImportAnswer = ImportChecked | ImportDone
