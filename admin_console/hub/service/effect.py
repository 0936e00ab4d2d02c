"""What a fact of a station makes of the rows. Facts win: nothing here takes one back.

Facts about one slot may arrive in any order and lead to the same row, because the newest total
counts, an end that was told stays, and each row remembers how new the newest fact about it was.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from admin_console.hub.service.alone import Alone, sat_on
from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.port import Work
from admin_console.hub.service.record import OpeningAnswer, Seat, Slot, SlotState
from admin_console.hub.service.seatmark import mark
from admin_console.hub.service.view import decode_command, tell_command
from kiosk.rules.slot import Ground
from kiosk.wire.codec import encode
from kiosk.wire.command import AnswerHelp, CommandState
from kiosk.wire.event import (
    CommandAnswered,
    CommandReceived,
    EndReason,
    Event,
    GraceStarted,
    HelpAsked,
    KeyLeft,
    KeyTaken,
    OpeningGivenUp,
    Outcome,
    OutOfOrderCleared,
    OutOfOrderSet,
    SlotDeclined,
    SlotEnded,
    SlotExtended,
    SlotLocked,
    SlotOpened,
    SlotOpenedAlone,
    SlotRenewed,
    SlotResumed,
    SlotShortened,
    SlotTried,
    SlotUnlocked,
    SlotWiped,
    StationStarted,
)
from kiosk.wire.station import RenewalKind, SlotRefused

UNKNOWN_SLOT = "unknown_slot"
WRONG_STATION = "wrong_station"
SLOT_OVER = "slot_over"
UNKNOWN_COMMAND = "unknown_command"

Total = SlotOpened | SlotRenewed | SlotExtended | SlotShortened | SlotTried
Running = Total | GraceStarted
Heard = SlotDeclined | SlotLocked | SlotUnlocked | SlotResumed

_OUTCOMES = {
    Outcome.DONE: CommandState.DONE,
    Outcome.REFUSED: CommandState.REFUSED,
    Outcome.EXPIRED: CommandState.EXPIRED,
}
_ANSWERED = frozenset({CommandState.DONE, CommandState.REFUSED})


class Effects:
    """Applies the facts of one batch.

    `seat_touched` says whether the seat must be told anew, `list_touched` whether those who wait
    may be concerned, `opened` names the slots that opened.

    Args:
        work: a unit of work that holds the station's room.
        station: who tells the facts.
        seat: the station's seat.
        now: the instant of the hub.
        alone: takes in what the station decided without the hub.
    """

    def __init__(
        self, work: Work, station: StationIdentity, seat: Seat, now: datetime, alone: Alone
    ) -> None:
        self._work = work
        self._station = station
        self._seat = seat
        self._now = now
        self._alone = alone
        self.seat_touched = False
        self.list_touched = False
        self.opened: list[str] = []

    def apply(self, event: Event) -> str | None:
        """Take one fact in; returns the code of a fact that contradicts what the hub knows."""
        match event.body:
            case StationStarted(version=version, windowed=windowed):
                self._work.stations.describe(self._station.station_id, version, windowed)
            case (
                SlotOpened() | SlotOpenedAlone() | SlotRenewed() | SlotExtended()
                | SlotShortened() | SlotTried() | GraceStarted()
            ) as body:  # fmt: skip
                return self._run(event, body)
            case SlotDeclined() | SlotLocked() | SlotUnlocked() | SlotResumed() as body:
                return self._hear(event, body)
            case OpeningGivenUp(slot_id=slot_id):
                return self._give_up(slot_id)
            case SlotEnded() as body:
                return self._end(event, body)
            case SlotWiped(slot_id=slot_id, clean=clean):
                return self._wiped(slot_id, clean)
            case CommandReceived(command_id=command_id):
                return self._receive(command_id)
            case CommandAnswered() as body:
                return self._answer(body)
            case HelpAsked() | KeyLeft() | KeyTaken() as body:
                marked = mark(self._seat, body, self._stamp(event))
                if marked != self._seat:
                    self._save_seat(marked)
            case OutOfOrderSet(reason=reason):
                self._order(event, reason, self._stamp(event))
            case OutOfOrderCleared():
                self._order(event, None, None)
        return None

    def _stamp(self, event: Event) -> datetime:
        return event.at if event.clock_trusted else self._now

    def _mine(self, slot_id: str) -> Slot | str:
        slot = self._work.slots.get(slot_id)
        if slot is None:
            return UNKNOWN_SLOT
        return slot if slot.station_id == self._station.station_id else WRONG_STATION

    def _save(self, slot: Slot) -> None:
        self._work.slots.save(slot)
        self.seat_touched = self.list_touched = True

    def _save_seat(self, seat: Seat) -> None:
        self._seat = seat
        self._work.seats.save(seat)
        self.seat_touched = self.list_touched = True

    def _open_alone(self, event: Event, body: SlotOpenedAlone) -> str | None:
        """Take in a slot that the station decided on; what is strange about it undoes nothing."""
        if self._mine(body.slot_id) == WRONG_STATION:
            return WRONG_STATION
        strange = self._alone.take_opened(event, body)
        opened = SlotOpened(
            slot_id=body.slot_id, total_seconds=body.total_seconds, ends_at=body.ends_at
        )
        return self._run(event, opened) or strange

    def _run(self, event: Event, body: Running | SlotOpenedAlone) -> str | None:
        if isinstance(body, SlotOpenedAlone):
            return self._open_alone(event, body)
        slot = self._mine(body.slot_id)
        cut_slot = self._alone.goes_on_with(body.slot_id)
        if slot == UNKNOWN_SLOT and isinstance(body, SlotOpened) and cut_slot is not None:
            slot = self._alone.take_resumed(body.slot_id, cut_slot, self._stamp(event)) or slot
        if isinstance(slot, str):
            return slot
        newer = event.seq > slot.last_seq
        if slot.end_told and newer:
            return SLOT_OVER
        before = slot
        if isinstance(body, GraceStarted):
            slot = replace(slot, in_grace=newer or slot.in_grace)
        else:
            slot = self._take_total(slot, event, body, newer=newer)
        if isinstance(body, SlotOpened):
            self._begin(slot, event)
        if not slot.end_told:
            slot = self._come_alive(slot, event)
        if newer:
            slot = replace(slot, last_seq=event.seq)
        if slot != before:
            self._save(slot)
        return None

    def _begin(self, slot: Slot, event: Event) -> None:
        """Note that a slot opened: its visitor waits no more, and is nobody's first time again."""
        self.opened.append(slot.slot_id)
        person = self._work.slots.person(slot.slot_id)
        if person is not None:
            self._work.members.note_use(person, self._stamp(event))

    def _note_trial(self, slot: Slot, event: Event) -> None:
        person = self._work.slots.person(slot.slot_id)
        if person is not None:
            # By the earlier of two clocks: what opened since then is this slot.
            since = min(slot.granted_at, slot.opened_at or slot.granted_at)
            self._work.members.note_trial(person, self._stamp(event), since)

    def _take_total(
        self,
        slot: Slot,
        event: Event,
        body: Total,
        *,
        newer: bool,
    ) -> Slot:
        if event.seq > slot.total_seq:
            # What was granted may be longer than what was opened, and staff may shorten it.
            slot = replace(slot, total_seconds=body.total_seconds, total_seq=event.seq)
        if isinstance(body, SlotShortened | SlotTried):
            slot = replace(slot, shortened=True)
        if isinstance(body, SlotTried) and not slot.trial:
            slot = replace(slot, trial=True)
            self._note_trial(slot, event)
        if isinstance(body, SlotRenewed) and body.kind is RenewalKind.MERCY:
            slot = replace(slot, mercy=True)
        elif isinstance(body, SlotRenewed):
            slot = replace(slot, renewals=slot.renewals + 1)
        opened_at = slot.opened_at
        if event.clock_trusted and (newer or opened_at is None):
            opened_at = body.ends_at - timedelta(seconds=body.total_seconds)
        opened_at = opened_at or self._now
        return replace(
            slot,
            opened_at=opened_at,
            ends_at=opened_at + timedelta(seconds=slot.total_seconds),
            in_grace=slot.in_grace and not newer,
        )

    def _come_alive(self, slot: Slot, event: Event) -> Slot:
        """Make a slot the one that runs on the seat, unless a newer fact says another does."""
        opened_at = slot.opened_at or self._stamp(event)
        slot = replace(
            slot,
            opened_at=opened_at,
            ends_at=slot.ends_at or opened_at + timedelta(seconds=slot.total_seconds),
        )
        seq = max(event.seq, slot.last_seq)
        for other in self._work.slots.live_on(slot.seat_id):
            if other.slot_id == slot.slot_id or other.state is not SlotState.OPEN:
                continue
            if other.last_seq > seq:
                return self._assume_over(slot, other.opened_at)
            self._save(self._assume_over(other, opened_at))
        return replace(slot, state=SlotState.OPEN, ended_at=None, end_reason=None, used_seconds=0)

    def _assume_over(self, slot: Slot, at: datetime | None) -> Slot:
        """A seat runs one slot: the older one is over, though its end is still to be told."""
        at = at or self._now
        sat = 0 if slot.opened_at is None else int((at - slot.opened_at).total_seconds())
        return replace(
            slot,
            state=SlotState.ENDED,
            in_grace=False,
            ended_at=at,
            end_reason=EndReason.FAULT,
            used_seconds=min(max(sat, 0), slot.total_seconds),
        )

    def _hear(self, event: Event, body: Heard) -> str | None:
        """Take in what the visitor of a slot wishes, that they are away or back, what they resume.

        Each of these keeps the place of its own newest fact, so that they may come in any order.
        """
        slot = self._mine(body.slot_id)
        if slot == UNKNOWN_SLOT and isinstance(body, SlotResumed):
            slot = self._resume_alone(event, body)
        if isinstance(slot, str):
            return slot
        if slot.end_told and event.seq > slot.last_seq:
            return SLOT_OVER
        before = slot
        match body:
            case SlotDeclined(declined=declined):
                if event.seq > _place(slot.declined_seq):
                    slot = replace(slot, declined=declined, declined_seq=event.seq)
            case SlotResumed(before=resumed):
                slot = self._go_on(slot, resumed)
            case SlotLocked() | SlotUnlocked():
                if event.seq > _place(slot.locked_seq):
                    locked = body.cause if isinstance(body, SlotLocked) else None
                    since = None if locked is None else self._stamp(event)
                    slot = replace(slot, locked=locked, locked_since=since, locked_seq=event.seq)
        if slot != before:
            self._save(slot)
        return None

    def _resume_alone(self, event: Event, body: SlotResumed) -> Slot | str:
        """Take in a slot of which nothing was told but that it goes on with a known one."""
        slot = self._alone.take_resumed(body.slot_id, body.before, self._stamp(event))
        if slot is None:
            return UNKNOWN_SLOT
        self._begin(slot, event)
        slot = replace(self._come_alive(slot, event), last_seq=event.seq)
        self._save(slot)
        return slot

    def _go_on(self, slot: Slot, before: str) -> Slot:
        """Let a slot go on with one that a power cut ended: what was taken there stays taken."""
        if slot.resumes is not None:
            return slot
        slot = replace(slot, resumes=before)
        cut = self._mine(before)
        if isinstance(cut, str):
            return slot
        return replace(slot, renewals=slot.renewals + cut.renewals, mercy=slot.mercy or cut.mercy)

    def _give_up(self, slot_id: str) -> str | None:
        slot = self._mine(slot_id)
        if slot == UNKNOWN_SLOT:
            # The ask may have been lost, or be still on its way: then it is answered with no.
            if self._work.slots.answer(slot_id) is None:
                refused = SlotRefused(slot_id=slot_id, ground=Ground.NO_ANSWER)
                self._work.slots.keep_answer(
                    OpeningAnswer(
                        slot_id=slot_id,
                        station_id=self._station.station_id,
                        at=self._now,
                        answer=encode(refused),
                    )
                )
            return None
        if isinstance(slot, str):
            return slot
        if slot.state is SlotState.GRANTED:
            self._work.slots.save(replace(slot, state=SlotState.GIVEN_UP, ended_at=self._now))
            self.list_touched = True
        return None

    def _end(self, event: Event, body: SlotEnded) -> str | None:
        slot = self._mine(body.slot_id)
        if isinstance(slot, str):
            return slot
        if slot.end_told:
            return None
        ended_at = self._stamp(event)
        slot = replace(
            slot,
            state=SlotState.ENDED,
            in_grace=False,
            opened_at=slot.opened_at or ended_at - timedelta(seconds=body.used_seconds),
            ended_at=ended_at,
            end_reason=body.reason,
            used_seconds=body.used_seconds,
            remaining_seconds=body.remaining_seconds,
            end_told=True,
            last_seq=max(slot.last_seq, event.seq),
        )
        self._save(slot)
        if self._seat.help_asked_at is not None:
            self._save_seat(replace(self._seat, help_asked_at=None))
        return sat_on(slot, body.used_seconds)

    def _wiped(self, slot_id: str, clean: bool) -> str | None:
        slot = self._mine(slot_id)
        if isinstance(slot, str):
            return slot
        self._work.slots.save(replace(slot, wiped_clean=clean))
        return None

    def _receive(self, command_id: str) -> str | None:
        command = self._work.commands.get(command_id)
        if command is None or command.station_id != self._station.station_id:
            return UNKNOWN_COMMAND
        if command.state is CommandState.SENT:
            command = replace(command, state=CommandState.RECEIVED, changed_at=self._now)
            self._work.commands.save(command)
            tell_command(self._work, command)
        return None

    def _answer(self, body: CommandAnswered) -> str | None:
        command = self._work.commands.get(body.command_id)
        if command is None or command.station_id != self._station.station_id:
            return UNKNOWN_COMMAND
        if command.state in _ANSWERED:
            return None
        command = replace(
            command,
            state=_OUTCOMES[body.outcome],
            changed_at=self._now,
            code=body.code,
        )
        self._work.commands.save(command)
        tell_command(self._work, command)
        helped = isinstance(decode_command(command.body), AnswerHelp)
        if helped and body.outcome is Outcome.DONE and self._seat.help_asked_at is not None:
            self._save_seat(replace(self._seat, help_asked_at=None))
        return None

    def _order(self, event: Event, reason: str | None, since: datetime | None) -> None:
        if event.seq > self._seat.order_seq:
            self._save_seat(
                replace(
                    self._seat,
                    out_of_order=reason,
                    out_of_order_since=since,
                    order_seq=event.seq,
                )
            )


def _place(seq: int | None) -> int:
    return -1 if seq is None else seq
