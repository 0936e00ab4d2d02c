"""What the staff console asks of the hub."""

from enum import StrEnum

from kiosk.rules.slot import Ground
from kiosk.wire.act import CardShown
from kiosk.wire.codec import Count, Id, Message, Name, Seconds, Stamp, Text
from kiosk.wire.people import CategoryView
from kiosk.wire.place import RoomView, SeatView, SiteView
from kiosk.wire.station import CardNumber
from kiosk.wire.waiting import WaitingView


class Role(StrEnum):
    """What a member of staff may do; limited to sites."""

    OBSERVER = "observer"
    AGENT = "agent"
    TRAINER = "trainer"
    CASHIER = "cashier"
    REGISSEUR = "regisseur"
    IT = "it"
    ADMIN = "admin"


class SignInStaff(Message, frozen=True, kw_only=True):
    """Sign in at the desk; the password travels in the body of this request only."""

    name: Name
    password: Text


class StaffSignedIn(Message, frozen=True, kw_only=True, tag="staff_signed_in"):
    """The bearer token is told this once. `site_ids` are the sites the person may see."""

    token: str
    name: Name
    display_name: Name
    roles: tuple[Role, ...]
    site_ids: tuple[Name, ...]
    expires_at: Stamp


class StaffRefused(Message, frozen=True, kw_only=True, tag="staff_refused"):
    """Wrong name or password (never which), or too many tries: wait `retry_seconds`."""

    code: Name
    retry_seconds: Seconds = 0


StaffAnswer = StaffSignedIn | StaffRefused


class FindCard(Message, frozen=True, kw_only=True):
    """Ask where a card sits. It was passed at the desk, and stands in this body only."""

    card: CardNumber


class CardSeated(Message, frozen=True, kw_only=True, tag="card_seated"):
    """The card has a session on this seat. Never whose card it is."""

    seat_id: Name
    site_id: Name


class CardElsewhere(Message, frozen=True, kw_only=True, tag="card_elsewhere"):
    """The card has a session at a site that the person who asks may not see."""


class CardIdle(Message, frozen=True, kw_only=True, tag="card_idle"):
    """The card is known, and has no session."""


class CardUnknown(Message, frozen=True, kw_only=True, tag="card_unknown"):
    """Nobody here has this card."""


CardAnswer = CardSeated | CardElsewhere | CardIdle | CardUnknown

ShowAnswer = CardShown | CardUnknown


class RoomEstate(Message, frozen=True, kw_only=True):
    """A room with its seats, in seat order."""

    room: RoomView
    seats: tuple[SeatView, ...]
    waiting: WaitingView | None = None


class SiteEstate(Message, frozen=True, kw_only=True):
    """A site with its rooms."""

    site: SiteView
    rooms: tuple[RoomEstate, ...]


class Estate(Message, frozen=True, kw_only=True):
    """All that a member of staff may see, as of `cursor`."""

    cursor: Count
    hub_time: Stamp
    sites: tuple[SiteEstate, ...]
    categories: tuple[CategoryView, ...] = ()


class Delay(Message, frozen=True, kw_only=True):
    """Somebody whom more time on a seat would keep waiting, and until when."""

    ticket: Name
    until: Stamp


class ExtensionForecast(Message, frozen=True, kw_only=True, tag="extension_forecast"):
    """What giving `seconds` more to a slot would do: the new total, its end, and whom it delays.

    `added_seconds` is less than what was asked where `limit` cuts it.
    """

    slot_id: Id
    seconds: Seconds
    added_seconds: Seconds
    total_seconds: Seconds
    ends_at: Stamp
    delays: tuple[Delay, ...] = ()
    limit: Ground | None = None
    limit_at: Stamp | None = None


class ExtensionRefused(Message, frozen=True, kw_only=True, tag="extension_refused"):
    """No time can be added, on this ground."""

    ground: Ground
    at: Stamp | None = None


ForecastAnswer = ExtensionForecast | ExtensionRefused


class DaySlot(Message, frozen=True, kw_only=True):
    """One slot of a seat's day; `ended_at` is None while it runs."""

    opened_at: Stamp
    ended_at: Stamp | None
    used_seconds: Seconds


class DayLine(Message, frozen=True, kw_only=True):
    """One line of a seat's day: what happened (a code), and when. Never who."""

    at: Stamp
    what: Name


class SeatDay(Message, frozen=True, kw_only=True):
    """A seat's day on the room's local date: its slots, and its last events, newest first."""

    seat_id: Name
    slots: tuple[DaySlot, ...]
    lines: tuple[DayLine, ...]
