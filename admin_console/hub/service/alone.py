"""Slots that a station decided on while the hub was away: taken in as facts, never undone.

What the hub would have refused is kept like the rest, and parked with a code for staff to look at.
Whose a slot is stands with its person, where the purge takes it, and never in the journal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from msgspec.structs import replace

from admin_console.hub.service.allowance import used_today
from admin_console.hub.service.guestpass import passes_of, used_before
from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.port import Work
from admin_console.hub.service.provision import tell_site_provisions
from admin_console.hub.service.provisionbook import Keys
from admin_console.hub.service.record import Slot, SlotState
from admin_console.hub.service.waiting import find_waiting
from kiosk.rules.allowance import AdaptedTime, adapted
from kiosk.rules.hours import local_date
from kiosk.wire.event import Event, EventBody, SlotEnded, SlotOpenedAlone, SlotResumed
from kiosk.wire.place import RoomView

PERSON_UNKNOWN = "person_unknown"
PASS_UNKNOWN = "pass_unknown"  # noqa: S105 - a word of the wire
PASS_USED = "pass_used"  # noqa: S105 - a word of the wire
PERSON_SEATED = "person_seated"
SEAT_HELD = "seat_held"
DAY_EXCEEDED = "day_exceeded"

CLOCKS = timedelta(seconds=60)
"""Slots of one person that overlap by less may be told by two clocks."""

LONGEST_SLOT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch of facts says of its slots besides: when they end, what they go on with."""

    ends: Mapping[str, datetime] = field(default_factory=dict)
    resumes: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, events: Iterable[Event]) -> "Batch":
        """Read a batch."""
        ends: dict[str, datetime] = {}
        resumes: dict[str, str] = {}
        for event in events:
            match event.body:
                case SlotEnded(slot_id=slot_id):
                    ends[slot_id] = event.at
                case SlotResumed(slot_id=slot_id, before=before):
                    resumes[slot_id] = before
        return cls(ends, resumes)


def sat_on(slot: Slot, used_seconds: int) -> str | None:
    """Return the code of a slot that was used on after its visitor sat down elsewhere."""
    if slot.left_at is None or slot.opened_at is None:
        return None
    until = slot.opened_at + timedelta(seconds=used_seconds)
    return PERSON_SEATED if until > slot.left_at + CLOCKS else None


def nameless(body: EventBody) -> EventBody:
    """Return a fact as the journal keeps it: without whose it is."""
    if isinstance(body, SlotOpenedAlone):
        return replace(body, lookup="", guest_pass=None)
    return body


@dataclass(frozen=True, slots=True)
class _Holder:
    """Whose a slot is, None where nobody can tell, and what is strange about it."""

    reference: str | None
    time: AdaptedTime = AdaptedTime.ORDINARY
    code: str | None = None


class Alone:
    """Takes in the slots of one batch that the hub has not granted.

    Args:
        work: a unit of work that holds the station's room.
        station: who tells the facts.
        room: the station's room.
        now: the instant of the hub.
        keys: derives the references of guests.
        batch: what else the batch says of its slots.
    """

    def __init__(
        self,
        work: Work,
        station: StationIdentity,
        room: RoomView,
        now: datetime,
        keys: Keys,
        batch: Batch,
    ) -> None:
        self._work = work
        self._station = station
        self._room = room
        self._now = now
        self._keys = keys
        self._batch = batch

    def take_opened(self, event: Event, body: SlotOpenedAlone) -> str | None:
        """Keep a slot that nobody here granted, and whose it is; returns the code to park it with.

        One that was granted after all (its answer was lost) is as it was granted.
        """
        opened_at = self._now
        if event.clock_trusted:
            opened_at = body.ends_at - timedelta(seconds=body.total_seconds)
        holder = self._holder(body)
        if self._work.slots.get(body.slot_id) is None:
            self._add(body.slot_id, body.total_seconds, opened_at, holder)
        used = self._use_pass(body)
        return holder.code or used or self._conflict(body, opened_at, holder)

    def take_resumed(self, slot_id: str, before: str, at: datetime) -> Slot | None:
        """Keep a slot that goes on with one of this station; None if the hub does not know that."""
        cut = self._work.slots.get(before)
        if cut is None or cut.station_id != self._station.station_id:
            return None
        left = max(cut.remaining_seconds, 0)
        holder = _Holder(self._work.slots.person(before), cut.time)
        return self._add(slot_id, left, at, holder)

    def goes_on_with(self, slot_id: str) -> str | None:
        """Return the slot that another one goes on with, as the batch says."""
        return self._batch.resumes.get(slot_id)

    def _holder(self, body: SlotOpenedAlone) -> _Holder:
        granted = self._work.slots.get(body.slot_id)
        if granted is not None:
            return _Holder(self._work.slots.person(body.slot_id), granted.time)
        if body.guest_pass is not None:
            use = body.guest_pass.as_rule()
            made = self._work.passes.is_made(self._station.site_id, use)
            reference = self._keys.guest(self._station.site_id, use)
            return _Holder(reference, code=None if made else PASS_UNKNOWN)
        before = self.goes_on_with(body.slot_id)
        if not body.lookup and before is not None:
            return _Holder(self._work.slots.person(before))
        known = None
        if body.lookup:
            known = self._work.known.by_lookup(self._room.room_id, body.lookup)
        if known is None:
            return _Holder(None, code=PERSON_UNKNOWN)
        member = self._work.members.get(known.reference)
        time = AdaptedTime.ORDINARY if member is None else member.time
        return _Holder(known.reference, time)

    def _add(self, slot_id: str, total: int, opened_at: datetime, holder: _Holder) -> Slot:
        rule = adapted(self._room.rule.as_rule(), holder.time)
        slot = Slot(
            slot_id=slot_id,
            seat_id=self._station.seat_id,
            room_id=self._room.room_id,
            station_id=self._station.station_id,
            state=SlotState.GRANTED,
            granted_at=opened_at,
            total_seconds=total,
            grace_seconds=rule.grace_seconds,
            time=holder.time,
        )
        self._work.slots.add(slot, holder.reference)
        return slot

    def _use_pass(self, body: SlotOpenedAlone) -> str | None:
        """Keep for which slot a pass was used; the first one stands."""
        if body.guest_pass is None:
            return None
        site_id, use = self._station.site_id, body.guest_pass.as_rule()
        self._work.hold(passes_of(site_id))
        goes_on = self.goes_on_with(body.slot_id)
        if self._work.passes.used_by(site_id, use) == body.slot_id:
            return None
        if used_before(self._work, site_id, use, goes_on):
            return PASS_USED
        self._work.passes.keep_use(site_id, use, body.slot_id, self._now)
        tell_site_provisions(self._work, site_id)
        return None

    def _conflict(self, body: SlotOpenedAlone, opened_at: datetime, holder: _Holder) -> str | None:
        person = holder.reference
        if person is None:
            return None
        told_end = self._batch.ends.get(body.slot_id)
        ends_at = opened_at + timedelta(seconds=body.total_seconds)
        until = ends_at if told_end is None else min(ends_at, told_end)
        if self._sits_twice(person, body.slot_id, opened_at, until):
            return PERSON_SEATED
        if self._is_held(person):
            return SEAT_HELD
        return self._exceeds(person, body, opened_at, holder.time)

    def _sits_twice(self, person: str, slot_id: str, start: datetime, end: datetime) -> bool:
        """Tell whether somebody sat somewhere else at the same time, as far as is known."""
        for other in self._work.past.of_person(person, start - LONGEST_SLOT):
            other_end = other.left_at or other.ended_at or other.ends_at
            if other.slot_id == slot_id or other.opened_at is None or other_end is None:
                continue
            if other.opened_at + CLOCKS < end and start + CLOCKS < other_end:
                return True
        return False

    def _is_held(self, person: str) -> bool:
        """Tell whether the seat is held for somebody else's ticket."""
        seat = self._work.seats.get(self._station.seat_id)
        found = find_waiting(self._work, self._room, self._now)
        holder = None if seat is None or found is None else found.waiting.held(seat.number)
        return holder is not None and holder.person != person

    def _exceeds(
        self, person: str, body: SlotOpenedAlone, opened_at: datetime, time: AdaptedTime
    ) -> str | None:
        """Say whether a slot is longer than what was left of the person's day."""
        daily = adapted(self._room.rule.as_rule(), time).daily_seconds
        if daily is None or local_date(opened_at, self._room.hours.zone) != local_date(
            self._now, self._room.hours.zone
        ):
            return None
        used = used_today(
            self._work, self._room, person, self._now, opened_at, without=body.slot_id
        )
        return DAY_EXCEEDED if used + body.total_seconds > daily else None
