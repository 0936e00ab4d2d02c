"""What a simulated station knows of the slot that runs on it, and the facts it has to tell.

Pure: instants come in as arguments, facts go out as events that wait in the outbox until the hub
has answered for each.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.rules.identifier import Entropy, make_id
from kiosk.wire.command import (
    AnswerHelp,
    ClearOutOfOrder,
    Command,
    EndSlot,
    ExtendSlot,
    Identify,
    OpenWorkshop,
    SetOutOfOrder,
    ShortenSlot,
    ShowMessage,
)
from kiosk.wire.event import (
    CommandAnswered,
    CommandReceived,
    Decider,
    EndReason,
    Event,
    EventBody,
    GraceStarted,
    OpeningGivenUp,
    Outcome,
    OutOfOrderCleared,
    OutOfOrderSet,
    SlotEnded,
    SlotExtended,
    SlotOpened,
    SlotRenewed,
    SlotShortened,
    SlotWiped,
)
from kiosk.wire.place import SlotView
from kiosk.wire.station import Phase, SlotGranted, StationReport

VERSION = "rehearsal"
LARGEST_BATCH = 100
COMMANDS_REMEMBERED = 100
OVER = "over"
SEAT_TAKEN = "seat_taken"


@dataclass(slots=True)
class Sitting:
    """The slot on the seat. `grace_at` is when its grace began, None before."""

    slot_id: str
    total_seconds: int
    grace_seconds: int
    opened_at: datetime
    grace_at: datetime | None = None
    ended_by_staff: bool = False

    @property
    def ends_at(self) -> datetime:
        """When the slot is over."""
        return self.opened_at + timedelta(seconds=self.total_seconds)

    def remaining_seconds(self, now: datetime) -> int:
        """Return what is left, 0 in the grace."""
        if self.grace_at is not None:
            return 0
        return max(0, int((self.ends_at - now).total_seconds()))

    def used_seconds(self, now: datetime) -> int:
        """Return what has been used, at most the total."""
        return min(self.total_seconds, max(0, int((now - self.opened_at).total_seconds())))


class SeatBook:
    """The state of one simulated station; every change of it leaves its facts in the outbox.

    Args:
        now: gives the aware instant.
        entropy: makes identifiers.
    """

    def __init__(self, now: Callable[[], datetime], entropy: Entropy) -> None:
        self._now = now
        self._entropy = entropy
        self._seq = 0
        self._obeyed: deque[str] = deque(maxlen=COMMANDS_REMEMBERED)
        self._outbox: deque[Event] = deque()
        self.sitting: Sitting | None = None
        self.out_of_order: str | None = None
        self.opening = False

    # ------------------------------------------------------------------------------- facts

    def fresh_id(self) -> str:
        """Return a new identifier."""
        return make_id(self._now(), self._entropy)

    def tell(self, body: EventBody, at: datetime | None = None) -> None:
        """Put a fact in the outbox."""
        now = self._now()
        # Counting on from the time of day, a station that starts anew never repeats a number.
        self._seq = max(self._seq + 1, int(now.timestamp() * 1000))
        self._outbox.append(
            Event(
                event_id=make_id(now, self._entropy),
                seq=self._seq,
                at=at or now,
                clock_trusted=True,
                body=body,
            )
        )

    def pending(self) -> tuple[Event, ...]:
        """Return the oldest facts that wait, at most one batch."""
        return tuple(self._outbox)[:LARGEST_BATCH]

    def settle(self, count: int) -> None:
        """Forget the oldest facts, which the hub has answered."""
        for _ in range(count):
            self._outbox.popleft()

    def report(self) -> StationReport:
        """Return the sign of life."""
        sitting = self.sitting
        if sitting is None:
            phase = Phase.OPENING if self.opening else Phase.FREE
            if self.out_of_order is not None:
                phase = Phase.OUT_OF_ORDER
            return StationReport(phase=phase, outbox=len(self._outbox), version=VERSION)
        return StationReport(
            phase=Phase.OPEN if sitting.grace_at is None else Phase.GRACE,
            slot_id=sitting.slot_id,
            total_seconds=sitting.total_seconds,
            remaining_seconds=sitting.remaining_seconds(self._now()),
            outbox=len(self._outbox),
            version=VERSION,
        )

    # ------------------------------------------------------------------------------- slots

    def open(self, grant: SlotGranted | OpenWorkshop, sat_part: float = 0.0) -> None:
        """Let a visitor or a workshop in; a part of the slot may be behind them already."""
        sitting = Sitting(
            slot_id=grant.slot_id,
            total_seconds=grant.total_seconds,
            grace_seconds=grant.grace_seconds,
            opened_at=self._now() - timedelta(seconds=sat_part * grant.total_seconds),
        )
        self.sitting = sitting
        self.tell(
            SlotOpened(
                slot_id=sitting.slot_id,
                total_seconds=sitting.total_seconds,
                ends_at=sitting.ends_at,
            ),
            at=sitting.opened_at,
        )

    def renew(self, total_seconds: int) -> None:
        """Take the new total that the hub has granted."""
        if self.sitting is None or total_seconds <= self.sitting.total_seconds:
            return
        self._lengthen(self.sitting, total_seconds)
        self.tell(
            SlotRenewed(
                slot_id=self.sitting.slot_id,
                total_seconds=total_seconds,
                ends_at=self.sitting.ends_at,
                decided_by=Decider.HUB,
            )
        )

    def begin_grace(self) -> None:
        """Let the grace begin, once."""
        if self.sitting is None or self.sitting.grace_at is not None:
            return
        self.sitting.grace_at = self._now()
        self.tell(
            GraceStarted(slot_id=self.sitting.slot_id, grace_seconds=self.sitting.grace_seconds)
        )

    def end(self, reason: EndReason) -> None:
        """Close the session, if there is one."""
        if self.sitting is None:
            return
        now = self._now()
        sitting, self.sitting = self.sitting, None
        self.tell(
            SlotEnded(
                slot_id=sitting.slot_id,
                reason=EndReason.STAFF if sitting.ended_by_staff else reason,
                used_seconds=sitting.used_seconds(now),
                remaining_seconds=sitting.remaining_seconds(now),
            )
        )
        self.tell(SlotWiped(slot_id=sitting.slot_id, processes_ended=0, clean=True))

    def close_left_over(self, slot: SlotView) -> None:
        """Tell the end of a slot that an earlier rehearsal left open."""
        now = self._now()
        left = min(max(0, int((slot.ends_at - now).total_seconds())), slot.total_seconds)
        self.tell(
            SlotEnded(
                slot_id=slot.slot_id,
                reason=EndReason.POWER_LOST,
                used_seconds=slot.total_seconds - left,
                remaining_seconds=left,
            )
        )

    # ---------------------------------------------------------------------------- commands

    def obey(self, command: Command) -> bool:
        """Carry a command of the desk out, once; False when it was known already."""
        if command.command_id in self._obeyed:
            return False
        self._obeyed.append(command.command_id)
        self.tell(CommandReceived(command_id=command.command_id))
        if self._now() > command.expires_at:
            self._answer(command, Outcome.EXPIRED)
            return True
        sitting = self.sitting
        if command.slot_id is not None and (sitting is None or sitting.slot_id != command.slot_id):
            self._answer(command, Outcome.REFUSED, OVER)
            return True
        match command.body:
            case ExtendSlot(total_seconds=total):
                self._extend(command, total)
            case ShortenSlot(total_seconds=total):
                self._shorten(total)
                self._answer(command, Outcome.DONE)
            case OpenWorkshop() as wish:
                self._open_workshop(command, wish)
            case EndSlot():
                if sitting is not None:
                    sitting.ended_by_staff = True
                    self.begin_grace()
                self._answer(command, Outcome.DONE)
            case SetOutOfOrder(reason=reason):
                self.set_out_of_order(reason)
                self._answer(command, Outcome.DONE)
            case ClearOutOfOrder():
                self.out_of_order = None
                self.tell(OutOfOrderCleared())
                self._answer(command, Outcome.DONE)
            case ShowMessage() | Identify() | AnswerHelp():
                # These visitors read at once.
                self._answer(command, Outcome.DONE)
        return True

    def set_out_of_order(self, reason: str) -> None:
        """Take no visitor after the present one."""
        self.out_of_order = reason
        self.tell(OutOfOrderSet(reason=reason))

    def _extend(self, command: Command, total_seconds: int) -> None:
        sitting = self.sitting
        if sitting is None or sitting.ended_by_staff:
            self._answer(command, Outcome.REFUSED, OVER)
            return
        if total_seconds > sitting.total_seconds:
            self._lengthen(sitting, total_seconds)
            self.tell(
                SlotExtended(
                    slot_id=sitting.slot_id,
                    total_seconds=total_seconds,
                    ends_at=sitting.ends_at,
                    command_id=command.command_id,
                )
            )
        self._answer(command, Outcome.DONE)

    def _shorten(self, total_seconds: int) -> None:
        sitting = self.sitting
        if sitting is None or total_seconds >= sitting.total_seconds:
            return
        sitting.total_seconds = total_seconds
        self.tell(
            SlotShortened(
                slot_id=sitting.slot_id, total_seconds=total_seconds, ends_at=sitting.ends_at
            )
        )

    def _open_workshop(self, command: Command, wish: OpenWorkshop) -> None:
        if self.sitting is not None:
            self.tell(OpeningGivenUp(slot_id=wish.slot_id))
            self._answer(command, Outcome.REFUSED, SEAT_TAKEN)
            return
        self.open(wish)
        self._answer(command, Outcome.DONE)

    def _answer(self, command: Command, outcome: Outcome, code: str | None = None) -> None:
        self.tell(CommandAnswered(command_id=command.command_id, outcome=outcome, code=code))

    def _lengthen(self, sitting: Sitting, total_seconds: int) -> None:
        sitting.total_seconds = total_seconds
        sitting.grace_at = None
