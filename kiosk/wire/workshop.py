"""Workshops and reservations as staff write them, and what the hub made of them.

The draft is not checked by its form: the hub answers every fault, then what the series runs into
and whom it shortens, and keeps nothing until that is confirmed.
"""

from datetime import date
from enum import StrEnum

from kiosk.rules.booking import Conflict, ConflictKind
from kiosk.rules.slot import Ground
from kiosk.rules.workshop import Cut, DraftSeries, SeriesFault
from kiosk.wire.codec import Id, Message, Name, Stamp, Text
from kiosk.wire.place import RoomView, SeriesView


class SeriesDraft(Message, frozen=True, kw_only=True):
    """A series as typed; minutes from local midnight, no seats named for the whole room."""

    ground: Ground
    title: Text
    dates: tuple[date, ...]
    start: int
    end: int
    seats: tuple[int, ...] | None = None

    def as_rule(self) -> DraftSeries:
        """Return the draft as the rules want it."""
        return DraftSeries(self.ground, self.title, self.dates, self.start, self.end, self.seats)


class SetSeries(Message, frozen=True, kw_only=True):
    """Ask to keep a series under an identifier that the desk made; no `draft` takes it away.

    `before` is what the editor began with, None for a new one: where it is no longer what the room
    has, nothing is overwritten. `confirmed` says that what it runs into was seen and is meant;
    `shorten` names the seats whose slots are to end earlier, and were seen, too.
    """

    series_id: Id
    before: SeriesView | None = None
    draft: SeriesDraft | None = None
    confirmed: bool = False
    shorten: tuple[int, ...] = ()


class ConflictView(Message, frozen=True, kw_only=True):
    """What one date runs into: closed doors, or another series of the room on some seats.

    Without a `day` every date is concerned; without seats the whole room is.
    """

    kind: ConflictKind
    day: date | None = None
    other: Id | None = None
    seats: tuple[int, ...] = ()

    @classmethod
    def of(cls, conflict: Conflict) -> "ConflictView":
        """Return a conflict of the rules for the wire."""
        return cls(
            kind=conflict.kind,
            day=conflict.day,
            other=conflict.other,
            seats=tuple(sorted(conflict.seats)),
        )


class CutView(Message, frozen=True, kw_only=True):
    """A running slot that could be shortened: its seat, its end now and then. Never whose it is."""

    seat: int
    ends_at: Stamp
    new_end: Stamp

    @classmethod
    def of(cls, cut: Cut) -> "CutView":
        """Return a cut of the rules for the wire."""
        return cls(seat=cut.seat, ends_at=cut.ends_at, new_end=cut.new_end)


class SeriesSaved(Message, frozen=True, kw_only=True, tag="series_saved"):
    """The series is kept and told; the room as it stands now, and who is being shortened."""

    room: RoomView
    cuts: tuple[CutView, ...] = ()


class SeriesMoved(Message, frozen=True, kw_only=True, tag="series_moved"):
    """Somebody else saved meanwhile, and nothing was kept; the room as it stands now."""

    room: RoomView


class SeriesFaulty(Message, frozen=True, kw_only=True, tag="series_faulty"):
    """The draft cannot be kept, and was not."""

    faults: tuple[SeriesFault, ...]


class SeriesAsks(Message, frozen=True, kw_only=True, tag="series_asks"):
    """The series runs into something, or into somebody who sits there; nothing was kept yet."""

    conflicts: tuple[ConflictView, ...]
    cuts: tuple[CutView, ...]


SeriesAnswer = SeriesSaved | SeriesMoved | SeriesFaulty | SeriesAsks


class WorkshopAct(StrEnum):
    """What a trainer does with all the seats of a series at once."""

    OPEN = "open"
    END = "end"


class RunWorkshop(Message, frozen=True, kw_only=True):
    """Ask to open the seats of a series without cards, or to end what was opened so."""

    series_id: Id
    act: WorkshopAct


class SeatRun(Message, frozen=True, kw_only=True):
    """One seat: whether its station was told (or does it already), by which command, or why not."""

    seat_id: Name
    number: int
    told: bool
    command_id: Id | None = None
    ground: Ground | None = None


class WorkshopRun(Message, frozen=True, kw_only=True, tag="workshop_run"):
    """What became of each seat, by number."""

    act: WorkshopAct
    seats: tuple[SeatRun, ...]


class WorkshopRefused(Message, frozen=True, kw_only=True, tag="workshop_refused"):
    """No seat was told: too early (until `at`), or the series is over."""

    ground: Ground
    at: Stamp | None = None


WorkshopAnswer = WorkshopRun | WorkshopRefused


class BookingFace(Message, frozen=True, kw_only=True):
    """A workshop or a reservation of this seat, both ends aware."""

    ground: Ground
    title: str
    start: Stamp
    end: Stamp
