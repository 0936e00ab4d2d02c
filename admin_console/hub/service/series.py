"""Workshops and reservations of a room: kept, told, and never over somebody else's."""

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec.structs import replace

from admin_console.hub.service.act import Whom, note
from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.command import COMMANDERS
from admin_console.hub.service.dispatch import send
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.port import Clock, Store, Work
from admin_console.hub.service.record import Seat, Sitter, SlotState
from admin_console.hub.service.standing import total_of
from admin_console.hub.service.waiting import save_room
from kiosk.rules.booking import Series, conflicts
from kiosk.rules.hours import local_date
from kiosk.rules.identifier import make_id
from kiosk.rules.workshop import Cut, RunningSlot, cuts_of, faults_of, series_of
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.command import ShortenSlot
from kiosk.wire.place import RoomView, SeriesView
from kiosk.wire.workshop import (
    ConflictView,
    CutView,
    SeriesAnswer,
    SeriesAsks,
    SeriesDraft,
    SeriesFaulty,
    SeriesMoved,
    SeriesSaved,
    SetSeries,
)

PLANNERS = COMMANDERS
"""The roles that may write series and run workshops: whoever may end a session."""

READABLE_DAYS = 92
"""A series stays readable for so long after its last date, and goes away with a later save."""


class SeriesBook:
    """Keeps series under the room's lock, and shortens whom an agent has seen and confirmed.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        entropy: random bytes, for the identifiers of commands.
    """

    def __init__(self, store: Store, clock: Clock, entropy: Callable[[int], bytes]) -> None:
        self._store = store
        self._clock = clock
        self._entropy = entropy

    def set_series(
        self, staff: StaffIdentity, room_id: str, ask: SetSeries
    ) -> SeriesAnswer | NotAllowed | NotFound:
        """Keep, change or take away a series; asks first where it runs into something.

        The same ask again changes nothing, but for those seats that are to be shortened still.
        """
        if not PLANNERS & staff.roles:
            return NotAllowed()
        with self._store.begin(write=True) as work:
            room = work.rooms.hold(room_id)
            if room is None or room.site_id not in staff.site_ids:
                return NotFound()
            kept = next((one for one in room.bookings if one.series_id == ask.series_id), None)
            if kept != ask.before and not _says_the_same(kept, ask.draft):
                return SeriesMoved(room=room)
            now = self._clock.now()
            if ask.draft is None:
                if kept is not None:
                    _note(work, staff, room, ActKind.SERIES_REMOVED, kept)
                return SeriesSaved(room=_with(work, room, ask.series_id, None, now))
            return self._keep(work, staff, room, ask, ask.draft, kept)

    def _keep(
        self,
        work: Work,
        staff: StaffIdentity,
        room: RoomView,
        ask: SetSeries,
        draft: SeriesDraft,
        kept: SeriesView | None,
    ) -> SeriesAnswer:
        now = self._clock.now()
        seats = {seat.number: seat for seat in work.seats.of_room(room.room_id)}
        wanted = draft.as_rule()
        faults = faults_of(wanted, seats, local_date(now, room.hours.zone))
        if faults and not _says_the_same(kept, draft):
            return SeriesFaulty(faults=faults)
        entered_at = kept.entered_at if kept and _takes_the_same(kept, draft) else now
        series = series_of(wanted, ask.series_id, entered_at)
        sitters = {one.slot.seat_id: one for one in work.sitters.in_room(room.room_id)}
        cuts = _cuts(room, series, seats, sitters, now)
        if not ask.confirmed and not _says_the_same(kept, draft):
            others = [one.as_rule() for one in room.bookings]
            found = conflicts(series, room.hours.as_rule(), others)
            if found or cuts:
                return SeriesAsks(
                    conflicts=tuple(ConflictView.of(one) for one in found),
                    cuts=tuple(CutView.of(cut) for cut in cuts),
                )
        view = _view(series, draft)
        if view != kept:
            _note(work, staff, room, ActKind.SERIES_SET, view)
        room = _with(work, room, ask.series_id, view, now)
        meant = tuple(cut for cut in cuts if ask.confirmed and cut.seat in ask.shorten)
        for cut in meant:
            seat = seats[cut.seat]
            self._shorten(work, staff, seat, sitters[seat.seat_id], cut, now)
        return SeriesSaved(room=room, cuts=tuple(CutView.of(cut) for cut in meant))

    def _shorten(
        self,
        work: Work,
        staff: StaffIdentity,
        seat: Seat,
        sitter: Sitter,
        cut: Cut,
        now: datetime,
    ) -> None:
        total = total_of(sitter) - int((cut.ends_at - cut.new_end).total_seconds())
        body = ShortenSlot(
            total_seconds=max(total, 1), ground=cut.boundary.ground, at=cut.boundary.at
        )
        command_id = make_id(now, self._entropy)
        send(work, staff.staff_id, seat, command_id, body, now, sitter.slot.slot_id)
        facts = ActFacts(room_id=seat.room_id, seat=seat.number)
        whom = None if sitter.person is None else Whom(sitter.person)
        note(work, staff, ActKind.SESSION_SHORTENED, seat.site_id, facts, whom)


def _note(
    work: Work, staff: StaffIdentity, room: RoomView, kind: ActKind, series: SeriesView
) -> None:
    facts = ActFacts(room_id=room.room_id, what=series.title, count=len(series.dates))
    note(work, staff, kind, room.site_id, facts)


def _cuts(
    room: RoomView,
    series: Series,
    seats: dict[int, Seat],
    sitters: dict[str, Sitter],
    now: datetime,
) -> tuple[Cut, ...]:
    """Return whom the series could shorten; its own seats, opened for it, are not among them."""
    running = []
    for number, seat in seats.items():
        sitter = sitters.get(seat.seat_id)
        if sitter is None or seat.station_id is None or sitter.slot.series_id is not None:
            continue
        slot = sitter.slot
        if slot.state is SlotState.OPEN and slot.opened_at is not None and not slot.in_grace:
            ends_at = slot.opened_at + timedelta(seconds=total_of(sitter))
            running.append(RunningSlot(number, ends_at, slot.grace_seconds))
    return cuts_of(series, room.hours.zone, running, now)


def _with(
    work: Work, room: RoomView, series_id: str, series: SeriesView | None, now: datetime
) -> RoomView:
    """Write the room with a series in its place, or without it; nothing where that is no news."""
    if series is not None and series in room.bookings:
        return room
    if series is None and all(one.series_id != series_id for one in room.bookings):
        return room
    oldest = local_date(now, room.hours.zone) - timedelta(days=READABLE_DAYS)
    others = [
        one for one in room.bookings if one.series_id != series_id and max(one.dates) >= oldest
    ]
    listed = others if series is None else [*others, series]
    listed.sort(key=lambda one: (one.dates[0], one.start, one.series_id))
    room = replace(room, bookings=tuple(listed))
    save_room(work, room, now)
    return room


def _view(series: Series, draft: SeriesDraft) -> SeriesView:
    return SeriesView(
        series_id=series.series_id,
        ground=series.ground,
        title=draft.title.strip(),
        dates=series.dates,
        start=series.start,
        end=series.end,
        seats=None if series.seats is None else tuple(sorted(series.seats)),
        entered_at=series.entered_at,
    )


def _takes_the_same(kept: SeriesView, draft: SeriesDraft) -> bool:
    """Tell whether a draft takes what the series takes already, under whatever title."""
    seats = None if draft.seats is None else tuple(sorted(set(draft.seats)))
    return (kept.dates, kept.start, kept.end, kept.seats, kept.ground) == (
        tuple(sorted(draft.dates)),
        draft.start,
        draft.end,
        seats,
        draft.ground,
    )


def _says_the_same(kept: SeriesView | None, draft: SeriesDraft | None) -> bool:
    if kept is None or draft is None:
        return kept is None and draft is None
    return kept.title == draft.title.strip() and _takes_the_same(kept, draft)
