"""What is put in order without being asked."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from admin_console.hub.service.allowance import CONFIRM_SECONDS, lapsed
from admin_console.hub.service.command import Commands
from admin_console.hub.service.contact import ContactBook, Presence
from admin_console.hub.service.holiday import keep_holidays
from admin_console.hub.service.port import Clock, Store
from admin_console.hub.service.provision import RECOGNISED_DAYS
from admin_console.hub.service.record import Slot, SlotState
from admin_console.hub.service.view import tell_seat
from admin_console.hub.service.waiting import refresh
from kiosk.rules.throttle import FORGET_AFTER_SECONDS
from kiosk.wire.event import EndReason

LOST_SECONDS = 900
"""How long after its grace an open slot is waited for, before the hub takes it for over."""

OPENING_ANSWER_SECONDS = 3600
RENEWAL_ANSWER_SECONDS = 2 * 24 * 3600
COMMAND_DAYS = 30
PASS_DAYS = 60
"""How long a guest pass that was used twice is still noticed, however late a station tells it."""

PERSON_DAYS = 365
"""How long the hub remembers whose a slot was; the slot itself stays, without the person."""


@dataclass(frozen=True, slots=True)
class Swept:
    """How much a sweep found to do."""

    contacts: int = 0
    commands: int = 0
    given_up: int = 0
    lost: int = 0
    lists: int = 0


class Janitor:
    """Sweeps every second or so; tidies away what is old now and then.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        commands: expires those that are due.
        presence: says what stations report of themselves.
        contacts: writes contact that began or ended.
        keep_changes_days: how long a reader may be away and still read only what has changed.
        country: whose public holidays are entered, see `holiday.keep_holidays`.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        commands: Commands,
        presence: Presence,
        contacts: ContactBook,
        keep_changes_days: int = 14,
        country: str = "",
    ) -> None:
        self._store = store
        self._clock = clock
        self._commands = commands
        self._presence = presence
        self._contacts = contacts
        self._keep_changes = timedelta(days=keep_changes_days)
        self._country = country

    def sweep(self) -> Swept:
        """Mark silent stations, expire commands, give up grants, settle the lists that are due."""
        contacts = self._contacts.settle()
        commands = self._commands.expire_due()
        now = self._clock.now()
        with self._store.begin(write=False) as work:
            waiting = work.slots.granted_before(now - timedelta(seconds=CONFIRM_SECONDS))
            overdue = work.slots.open_ending_before(now - timedelta(seconds=LOST_SECONDS))
        return Swept(
            contacts=contacts,
            commands=commands,
            given_up=sum(self._give_up(slot) for slot in waiting),
            lost=sum(self._take_for_over(slot) for slot in overdue),
            lists=self._look_at_lists(),
        )

    def tidy(self) -> int:
        """Forget what is old: changes, answers, commands, sessions, codes, tries, and who sat.

        Public holidays are entered ahead. Returns how many rows were forgotten.
        """
        keep_holidays(self._store, self._clock, self._country)
        now = self._clock.now()
        with self._store.begin(write=True) as work:
            forgotten = (
                work.slots.drop_answers(
                    _before(now, OPENING_ANSWER_SECONDS), _before(now, RENEWAL_ANSWER_SECONDS)
                )
                + work.slots.drop_persons(now - timedelta(days=PERSON_DAYS))
                + work.acts.drop_persons(now - timedelta(days=PERSON_DAYS))
                + work.tickets.drop_answers(_before(now, OPENING_ANSWER_SECONDS))
                + work.members.drop_registrations(_before(now, OPENING_ANSWER_SECONDS))
                + work.tickets.drop_persons((now - timedelta(days=PERSON_DAYS)).date())
                + work.known.drop(now - timedelta(days=RECOGNISED_DAYS))
                + work.passes.drop((now - timedelta(days=PASS_DAYS)).date())
                + work.commands.drop(now - timedelta(days=COMMAND_DAYS))
                + work.staff.drop_expired(now)
                + work.codes.drop_expired(now)
                + work.tries.forget(_before(now, FORGET_AFTER_SECONDS))
            )
        # Alone, because it locks the change numbers, which every other work takes last.
        with self._store.begin(write=True) as work:
            return forgotten + work.changes.drop(now - self._keep_changes)

    def _look_at_lists(self) -> int:
        """Settle the waiting lists whose next moment has come; a room without tickets has none."""
        with self._store.begin(write=False) as work:
            due = work.waiting.due(self._clock.now())
        for room_id in due:
            with self._store.begin(write=True) as work:
                room = work.rooms.hold(room_id)
                if room is not None:
                    refresh(work, room, self._clock.now())
        return len(due)

    def _give_up(self, found: Slot) -> bool:
        with self._store.begin(write=True) as work:
            room = work.rooms.hold(found.room_id)
            slot = work.slots.get(found.slot_id)
            now = self._clock.now()
            if slot is None or not lapsed(slot, now):
                return False
            work.slots.save(replace(slot, state=SlotState.GIVEN_UP, ended_at=now))
            if room is not None:
                refresh(work, room, now)
        return True

    def _take_for_over(self, found: Slot) -> bool:
        """End a slot whose station is silent or runs another; its own word still wins later."""
        report = self._presence.report_of(found.station_id)
        if report is not None and (report.slot_id == found.slot_id or report.outbox):
            return False
        with self._store.begin(write=True) as work:
            room = work.rooms.hold(found.room_id)
            slot = work.slots.get(found.slot_id)
            if slot is None or slot.state is not SlotState.OPEN or slot.ends_at is None:
                return False
            if slot.ends_at != found.ends_at:
                return False
            work.slots.save(
                replace(
                    slot,
                    state=SlotState.ENDED,
                    in_grace=False,
                    ended_at=slot.ends_at,
                    end_reason=EndReason.FAULT,
                    used_seconds=slot.total_seconds,
                )
            )
            tell_seat(work, slot.seat_id)
            if room is not None:
                refresh(work, room, self._clock.now())
        return True


def _before(now: datetime, seconds: int) -> datetime:
    return now - timedelta(seconds=seconds)
