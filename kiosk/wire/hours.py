"""New opening hours of a room: as somebody wrote them, and what the hub made of them.

The draft is not checked by its form: the hub answers every fault at its place, and keeps nothing.
"""

from datetime import date

from kiosk.rules.timetable import Draft, DraftException, Fault, FaultKind
from kiosk.wire.codec import Message
from kiosk.wire.place import ExceptionView, HoursView, RoomView


class SetHours(Message, frozen=True, kw_only=True):
    """Ask to give a room these hours, in its own time zone.

    `before` are the hours that the editor began with: where they are no longer those of the room,
    somebody else has saved meanwhile, and nothing is overwritten.
    """

    before: HoursView
    week: tuple[tuple[tuple[int, int], ...], ...]
    exceptions: tuple[ExceptionView, ...] = ()

    def as_draft(self, zone: str) -> Draft:
        """Return the draft as the rules want it."""
        return Draft(
            zone,
            self.week,
            tuple(DraftException(one.day, one.intervals, one.label) for one in self.exceptions),
        )


class FaultView(Message, frozen=True, kw_only=True):
    """A fault and its place: a weekday (0 is Monday) or a date, and the interval's index."""

    kind: FaultKind
    weekday: int | None = None
    day: date | None = None
    index: int | None = None

    @classmethod
    def of(cls, fault: Fault) -> "FaultView":
        """Return a fault of the rules for the wire."""
        return cls(kind=fault.kind, weekday=fault.weekday, day=fault.day, index=fault.index)


class HoursSaved(Message, frozen=True, kw_only=True, tag="hours_saved"):
    """The hours are kept and told; the room as it stands now."""

    room: RoomView


class HoursMoved(Message, frozen=True, kw_only=True, tag="hours_moved"):
    """Somebody else saved meanwhile, and nothing was kept; the room as it stands now."""

    room: RoomView


class HoursFaulty(Message, frozen=True, kw_only=True, tag="hours_faulty"):
    """The draft cannot be kept, and was not: every fault at its place."""

    faults: tuple[FaultView, ...]


HoursAnswer = HoursSaved | HoursMoved | HoursFaulty
