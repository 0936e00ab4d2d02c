"""Guest passes: made at the desk, checked when a station asks to open by one."""

from datetime import date, datetime, timedelta

from admin_console.hub.service.act import Whom, note
from admin_console.hub.service.answer import Conflict, NotAllowed, NotFound
from admin_console.hub.service.command import COMMANDERS
from admin_console.hub.service.identity import StaffIdentity, StationIdentity
from admin_console.hub.service.opening import Openings, earlier_answer
from admin_console.hub.service.port import Clock, Person, Store, Work
from admin_console.hub.service.provision import tell_site_provisions
from admin_console.hub.service.provisionbook import GuestPass, Keys
from admin_console.hub.service.record import OpeningAnswer, SlotState
from admin_console.hub.service.tries import count_failure, start_afresh, wait_of
from kiosk.rules.guestpass import (
    DURATIONS,
    PASS_TRIES,
    SERIALS,
    PassAccepted,
    Use,
    check_pass,
    make_pass,
)
from kiosk.rules.hours import local_date
from kiosk.rules.identifier import Entropy
from kiosk.rules.person import Category, Member
from kiosk.rules.slot import Ground
from kiosk.rules.throttle import TriesRule, tries_left, wait_seconds
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.codec import encode
from kiosk.wire.place import RoomView
from kiosk.wire.provision import MakePass, OpenByPass, PassAnswer, PassesOut, PassMade
from kiosk.wire.station import SlotAnswer, SlotGranted, SlotRefused

SITE_TRIES = TriesRule(free_tries=20, first_delay_seconds=60, longest_delay_seconds=600)
"""All stations of a site together: a guess is not cheaper for being made on many keyboards."""

GUEST = Member(Category("guest", staff=True))
"""Whoever holds a pass was looked at by staff of the site: no room of it asks for more."""

_LONGEST_CHAIN = 20


def passes_of(site_id: str) -> str:
    """Return the subject that whoever writes the passes of a site holds."""
    return f"passes:{site_id}"


class PassDesk:
    """Gives out guest passes of today.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        entropy: draws the serials, so that nobody can tell the next one.
        keys: derives the keys of the days.
    """

    def __init__(self, store: Store, clock: Clock, entropy: Entropy, keys: Keys) -> None:
        self._store = store
        self._clock = clock
        self._entropy = entropy
        self._keys = keys

    def make(
        self, staff: StaffIdentity, site_id: str, ask: MakePass
    ) -> PassAnswer | NotAllowed | NotFound | Conflict:
        """Make a pass of a site; the same ask gets the same pass."""
        if not COMMANDERS & staff.roles:
            return NotAllowed()
        if site_id not in staff.site_ids:
            return NotFound()
        now = self._clock.now()
        with self._store.begin(write=True) as work:
            work.hold(passes_of(site_id))
            earlier = work.passes.asked(ask.ask_id)
            if earlier is not None:
                same = (earlier.site_id, earlier.duration_code) == (site_id, ask.duration_code)
                return self._told(earlier) if same else Conflict("another pass has this id")
            rooms = work.rooms.of_sites([site_id])
            if not rooms:
                return Conflict("a site without rooms takes no guests")
            # A site stands at one place: its rooms have one date.
            day = local_date(now, rooms[0].hours.zone)
            given = work.passes.serials(site_id, day, ask.duration_code)
            free = [serial for serial in range(SERIALS) if serial not in given]
            if not free:
                return PassesOut(site_id=site_id)
            made = GuestPass(
                ask_id=ask.ask_id,
                site_id=site_id,
                day=day,
                duration_code=ask.duration_code,
                serial=free[int.from_bytes(self._entropy(8)) % len(free)],
                made_by=staff.staff_id,
                made_at=now,
            )
            work.passes.add(made)
            facts = ActFacts(seconds=DURATIONS[made.duration_code])
            whom = Whom(self._keys.guest(site_id, made.use))
            note(work, staff, ActKind.PASS_MADE, site_id, facts, whom)
        return self._told(made)

    def _told(self, made: GuestPass) -> PassMade:
        return PassMade(
            digits=make_pass(self._keys.day_key(made.site_id, made.day), made.use),
            day=made.day,
            seconds=DURATIONS[made.duration_code],
        )


class PassOpenings:
    """Opens slots by guest passes, under the same rules as by a card.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        keys: derives the keys of the days, and the references of guests.
        openings: decides who may sit.
    """

    def __init__(self, store: Store, clock: Clock, keys: Keys, openings: Openings) -> None:
        self._store = store
        self._clock = clock
        self._keys = keys
        self._openings = openings

    def open(self, station: StationIdentity, ask: OpenByPass) -> SlotAnswer:
        """Grant or refuse a slot. The same ask, the same answer."""
        now = self._clock.now()
        with self._store.begin(write=True) as work:
            room = work.rooms.hold(station.room_id)
            work.hold(passes_of(station.site_id))
            if room is None:
                return SlotRefused(slot_id=ask.slot_id, ground=Ground.FAULT)
            today = local_date(now, room.hours.zone)
            found = self._check(station, ask.digits, today)
            # An answer to this id was given yesterday, perhaps.
            known = found or self._check(station, ask.digits, today - timedelta(days=1))
            holder = "" if known is None else self._keys.guest(station.site_id, known.use)
            earlier = earlier_answer(work, station, ask.slot_id, holder)
            if earlier is not None:
                return earlier
            answer = self._judge(work, station, room, ask, found, now)
            work.slots.keep_answer(
                OpeningAnswer(ask.slot_id, station.station_id, now, encode(answer))
            )
        return answer

    def _check(self, station: StationIdentity, digits: str, day: date) -> PassAccepted | None:
        return find_pass(self._keys, station.site_id, digits, day)

    def _judge(
        self,
        work: Work,
        station: StationIdentity,
        room: RoomView,
        ask: OpenByPass,
        found: PassAccepted | None,
        now: datetime,
    ) -> SlotAnswer:
        here, site = f"passes:{station.station_id}", passes_of(station.site_id)
        wait = max(wait_of(work, [here], now, PASS_TRIES), wait_of(work, [site], now, SITE_TRIES))
        if wait:
            return SlotRefused(
                slot_id=ask.slot_id, ground=Ground.TOO_MANY_TRIES, retry_seconds=wait
            )
        if found is None or not work.passes.is_made(station.site_id, found.use):
            mine, all_here = count_failure(work, [here, site], now)
            return SlotRefused(
                slot_id=ask.slot_id,
                ground=Ground.WRONG_CARD_OR_CODE,
                tries_left=min(
                    tries_left(mine, now, PASS_TRIES), tries_left(all_here, now, SITE_TRIES)
                ),
                retry_seconds=max(
                    wait_seconds(mine, now, PASS_TRIES), wait_seconds(all_here, now, SITE_TRIES)
                ),
            )
        start_afresh(work, [here, site])
        if used_before(work, station.site_id, found.use, ask.resumes):
            return SlotRefused(slot_id=ask.slot_id, ground=Ground.PASS_USED)
        guest = Person(
            reference=self._keys.guest(station.site_id, found.use),
            first_name="",
            facts=GUEST,
            slot_seconds=found.seconds,
        )
        answer = self._openings.seat(work, station, room, ask, guest)
        if isinstance(answer, SlotGranted):
            work.passes.keep_use(station.site_id, found.use, ask.slot_id, now)
            tell_site_provisions(work, station.site_id)
        return answer or SlotRefused(slot_id=ask.slot_id, ground=Ground.FAULT)


def find_pass(keys: Keys, site_id: str, digits: str, day: date) -> PassAccepted | None:
    """Return the pass of a site and a local date that these digits prove, None if they are none."""
    checked = check_pass(digits, {day: keys.day_key(site_id, day)}, (day,), ())
    return checked if isinstance(checked, PassAccepted) else None


def used_before(work: Work, site_id: str, use: Use, goes_on: str | None) -> bool:
    """Tell whether a pass has opened a slot, other than those that this one goes on with.

    What was granted and never opened uses no pass.

    Args:
        work: the unit of work.
        site_id: the site of the pass.
        use: the pass.
        goes_on: the slot that a new one would go on with, None for none.
    """
    used = work.passes.used_by(site_id, use)
    slot = None if used is None else work.slots.get(used)
    if slot is None or slot.state in {SlotState.GRANTED, SlotState.GIVEN_UP}:
        return False
    for _ in range(_LONGEST_CHAIN):
        if goes_on is None or goes_on == slot.slot_id:
            break
        before = work.slots.get(goes_on)
        goes_on = None if before is None else before.resumes
    return goes_on != slot.slot_id
