"""Sites, rooms and seats as every program sees them."""

from datetime import date

from kiosk.rules.hours import DatedException, Interval, OpeningHours
from kiosk.rules.slot import SlotRule
from kiosk.wire.codec import Id, Message, Name, Seconds, Stamp, Text


class HelpContact(Message, frozen=True, kw_only=True):
    """Who answers at a site: a name, a telephone number and the hours, as the town wrote them."""

    name: Name
    telephone: Name
    hours: Text = ""


class SiteView(Message, frozen=True, kw_only=True):
    """A site. Where `staffed` is false no sentence on screen may name an agent or the accueil."""

    site_id: Name
    name: Name
    town: Name
    staffed: bool
    help: HelpContact | None = None


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
    """The slot rule of a room, durations in seconds; None means without limit."""

    slot_seconds: Seconds
    grace_seconds: Seconds
    closing_margin_seconds: Seconds
    shortest_slot_seconds: Seconds
    max_renewals: int | None = None
    daily_seconds: Seconds | None = None

    def as_rule(self) -> SlotRule:
        """Return the rule as `kiosk.rules.slot` wants it."""
        return SlotRule(
            slot_seconds=self.slot_seconds,
            grace_seconds=self.grace_seconds,
            closing_margin_seconds=self.closing_margin_seconds,
            shortest_slot_seconds=self.shortest_slot_seconds,
            max_renewals=self.max_renewals,
            daily_seconds=self.daily_seconds,
        )


class RoomView(Message, frozen=True, kw_only=True):
    """A room of a site, with its hours and its rule."""

    room_id: Name
    site_id: Name
    name: Name
    hours: HoursView
    rule: RuleView


class SlotView(Message, frozen=True, kw_only=True):
    """The slot that runs on a seat, without the person. `ended_at` is None while it runs."""

    slot_id: Id
    opened_at: Stamp
    ends_at: Stamp
    total_seconds: Seconds
    renewals: int = 0
    in_grace: bool = False


class SeatView(Message, frozen=True, kw_only=True):
    """A seat and what stands there now.

    The state to show follows from these facts and the room's hours (`kiosk.rules.seat`): a seat
    with no station is never in contact.
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
