"""Sites, rooms and seats as every program sees them."""

from datetime import date
from typing import Annotated

import msgspec

from kiosk.rules.booking import Series
from kiosk.rules.hours import DatedException, Interval, OpeningHours
from kiosk.rules.person import Admission
from kiosk.rules.presence import LockCause
from kiosk.rules.signin import SignIn
from kiosk.rules.slot import Ground, SlotRule
from kiosk.wire.codec import Count, Id, Label, Message, Name, Seconds, Stamp, Text

Age = Annotated[int, msgspec.Meta(ge=0, le=130)]


class HelpContact(Message, frozen=True, kw_only=True):
    """Who answers at a site: a name, a telephone number and the hours, as the town wrote them."""

    name: Name
    telephone: Name
    hours: Text = ""


class SiteView(Message, frozen=True, kw_only=True):
    """A site. Where `staffed` is false no sentence on screen may name an agent or the accueil.

    `house_rules` are what it tells whoever sits there first, besides what holds everywhere.
    `top_up` is where and when it sells print credit.
    """

    site_id: Name
    name: Name
    town: Name
    staffed: bool
    help: HelpContact | None = None
    house_rules: Text = ""
    top_up: Text = ""


class ExceptionView(Message, frozen=True, kw_only=True):
    """The hours of one date; no interval means closed all day."""

    day: date
    intervals: tuple[tuple[int, int], ...] = ()
    label: Text = ""


class HoursView(Message, frozen=True, kw_only=True):
    """Opening hours in minutes from local midnight; the week starts on Monday."""

    zone: Name
    week: tuple[tuple[tuple[int, int], ...], ...]
    exceptions: tuple[ExceptionView, ...] = ()

    def __post_init__(self) -> None:
        """Refuse hours that no rule can use.

        Raises:
            HoursInvalid: (a ValueError) says why.
        """
        self.as_rule()

    @classmethod
    def of(cls, hours: OpeningHours) -> "HoursView":
        """Return hours of the rules for the wire."""
        return cls(
            zone=hours.zone,
            week=tuple(tuple((part.start, part.end) for part in day) for day in hours.week),
            exceptions=tuple(
                ExceptionView(
                    day=one.day,
                    intervals=tuple((part.start, part.end) for part in one.intervals),
                    label=one.label,
                )
                for one in hours.exceptions
            ),
        )

    def as_rule(self) -> OpeningHours:
        """Return the hours as the rules want them."""
        return OpeningHours(
            zone=self.zone,
            week=tuple(tuple(Interval(*part) for part in day) for day in self.week),
            exceptions=tuple(
                DatedException(
                    item.day, tuple(Interval(*part) for part in item.intervals), item.label
                )
                for item in self.exceptions
            ),
        )


class RuleView(Message, frozen=True, kw_only=True):
    """The slot rule of a room, durations in seconds; None means without limit.

    So many `coded_tickets` may live there at once that a board gave without a card.
    """

    slot_seconds: Seconds
    grace_seconds: Seconds
    closing_margin_seconds: Seconds
    shortest_slot_seconds: Seconds
    max_renewals: int | None = None
    daily_seconds: Seconds | None = None
    mercy_seconds: Seconds = 300
    hold_seconds: Seconds = 600
    away_seconds: Seconds = 600
    idle_seconds: Seconds = 900
    resume_seconds: Seconds = 600
    coded_tickets: Count = 3

    def as_rule(self) -> SlotRule:
        """Return the rule as `kiosk.rules.slot` wants it."""
        return SlotRule(
            slot_seconds=self.slot_seconds,
            grace_seconds=self.grace_seconds,
            closing_margin_seconds=self.closing_margin_seconds,
            shortest_slot_seconds=self.shortest_slot_seconds,
            max_renewals=self.max_renewals,
            daily_seconds=self.daily_seconds,
            mercy_seconds=self.mercy_seconds,
        )


class SeriesView(Message, frozen=True, kw_only=True):
    """A workshop or a reservation on several dates, minutes from local midnight.

    `seats` are the numbers of its seats; None takes the whole room.
    """

    series_id: Id
    ground: Ground
    title: Label
    dates: tuple[date, ...]
    start: int
    end: int
    seats: tuple[int, ...] | None = None
    entered_at: Stamp

    def __post_init__(self) -> None:
        """Refuse a series for which no seat could be kept.

        Raises:
            SeriesInvalid: (a ValueError) says why.
        """
        super().__post_init__()
        self.as_rule()

    def as_rule(self) -> Series:
        """Return the series as the rules want it."""
        return Series(
            series_id=self.series_id,
            ground=self.ground,
            dates=self.dates,
            start=self.start,
            end=self.end,
            seats=None if self.seats is None else frozenset(self.seats),
            entered_at=self.entered_at,
        )


class AdmissionView(Message, frozen=True, kw_only=True):
    """Whom a room admits; see `kiosk.rules.person.Admission`."""

    minimum_age: Age | None = None
    residents_only: bool = False
    categories: tuple[Name, ...] | None = None

    def as_rule(self) -> Admission:
        """Return the admission as the rules want it."""
        admitted = None if self.categories is None else frozenset(self.categories)
        return Admission(self.minimum_age, self.residents_only, admitted)


class RoomView(Message, frozen=True, kw_only=True):
    """A room: its hours, its rule, what is booked, whom it admits, what opens a slot there.

    `letter` begins its tickets.
    """

    room_id: Name
    site_id: Name
    name: Name
    hours: HoursView
    rule: RuleView
    letter: Name = "A"
    bookings: tuple[SeriesView, ...] = ()
    admission: AdmissionView = AdmissionView()
    sign_in: SignIn = SignIn.CARD_AND_PIN


class SlotView(Message, frozen=True, kw_only=True):
    """The slot that runs on a seat, without the person; `locked` while its visitor is away.

    `series_id` is the workshop or reservation that it was opened for without a card.
    """

    slot_id: Id
    opened_at: Stamp
    ends_at: Stamp
    total_seconds: Seconds
    renewals: int = 0
    in_grace: bool = False
    locked: LockCause | None = None
    locked_since: Stamp | None = None
    series_id: Id | None = None


class SeatView(Message, frozen=True, kw_only=True):
    """A seat and what stands there now.

    The state to show follows from these facts and the room's hours (`kiosk.rules.seat`): a seat
    with no station is never in contact. `clock_trusted` is what its station said last of its clock.
    Since `key_left_at` a USB key stands there that a visitor has forgotten.
    """

    seat_id: Name
    room_id: Name
    site_id: Name
    number: int
    label: Text = ""
    station_id: Id | None = None
    in_contact: bool = False
    contact_since: Stamp | None = None
    out_of_order: Text | None = None
    out_of_order_since: Stamp | None = None
    slot: SlotView | None = None
    help_asked_at: Stamp | None = None
    clock_trusted: bool = True
    key_left_at: Stamp | None = None
