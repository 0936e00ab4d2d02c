"""What the shell must find again after it was killed: one value, written with the events."""

from datetime import datetime

from kiosk.rules.allowance import AdaptedTime
from kiosk.rules.person import BrowserProfile
from kiosk.rules.presence import LockCause
from kiosk.rules.slot import Ground
from kiosk.rules.throttle import Tries
from kiosk.wire.codec import Count, Id, Label, Message, Seconds, Stamp, Text
from kiosk.wire.event import Decider
from kiosk.wire.face import MessageFace
from kiosk.wire.keyface import KeysFace
from kiosk.wire.provision import PassUse
from kiosk.wire.station import RenewalKind, StationSituation


class PendingTotal(Message, frozen=True, kw_only=True):
    """A new total that was decided and that the gate has not confirmed yet.

    `command_id` is the desk's command behind it, None for a renewal, which has a `kind`.
    """

    total_seconds: Seconds
    decided_by: Decider
    command_id: Id | None = None
    kind: RenewalKind = RenewalKind.ASKED


class Shortening(Message, frozen=True, kw_only=True):
    """A smaller total that staff wish, for what begins `at` then, until the gate confirms it."""

    total_seconds: Seconds
    ground: Ground
    at: datetime
    command_id: Id


class Residue(Message, frozen=True, kw_only=True):
    """What the gate could not remove: of which slot, if it knows, and why nobody may sit here.

    `command_id` is the desk's command to clean again, until the gate has answered.
    """

    slot_id: Id | None = None
    reason: Text
    command_id: Id | None = None


class Workshop(Message, frozen=True, kw_only=True):
    """What the seat was opened for without a card; `command_id` until the gate has opened it."""

    series_id: Id
    ground: Ground
    title: str
    until: datetime
    command_id: Id | None = None


class Sitting(Message, frozen=True, kw_only=True):
    """The slot of the person who sits here.

    `opened_boot` is None until the gate has confirmed the opening; `grace_boot` is set while the
    grace runs. `used_today_seconds` leaves this slot out. The first name is for the screen and
    goes with the sitting, like the `proof` of its card. `resumes` is the slot that it goes on with
    after a power cut. `locked` says that the seat is locked over the slot, since `locked_boot`.
    `shortened` says that `limit` was entered while the slot ran.
    `alone` says that the station decided without the hub; whose slot it is say `lookup`, of a card,
    and `guest_pass`. `by_card` says that the card alone has opened it, and opens it again. `time`
    is the visitor's own, and `profile` that of their browser. `first_use` stands until the house's
    rules, shown to somebody who never sat before, have been read; until then they may make it a
    trial of `trial_seconds`, if any. A `trial` counts nowhere, and the station ends it. `opened_at`
    is the wall time of its opening. `keys` are the USB keys that are plugged in.
    """

    slot_id: Id
    first_name: str = ""
    total_seconds: Seconds
    grace_seconds: Seconds
    opened_boot: float | None = None
    opened_at: Stamp | None = None
    grace_boot: float | None = None
    renewals: int = 0
    declined: bool = False
    mercy_taken: bool = False
    used_today_seconds: Seconds = 0
    limit: Ground | None = None
    limit_at: datetime | None = None
    pending: PendingTotal | None = None
    ended_by_staff: bool = False
    end_command: Id | None = None
    message: MessageFace | None = None
    proof: str | None = None
    locked: LockCause | None = None
    locked_boot: float | None = None
    resumes: Id | None = None
    shortening: Shortening | None = None
    shortened: bool = False
    workshop: Workshop | None = None
    alone: bool = False
    lookup: Label = ""
    guest_pass: PassUse | None = None
    time: AdaptedTime = AdaptedTime.ORDINARY
    first_use: bool = False
    by_card: bool = False
    trial_seconds: Seconds = 0
    trial: bool = False
    keys: KeysFace = KeysFace()
    profile: BrowserProfile = BrowserProfile.ADULT


class Cut(Message, frozen=True, kw_only=True):
    """A slot that a power cut has ended: what was granted and used of it, and whose card it was.

    `first_lock_boot` is the boot time at which the lock came up afterwards. What was taken of the
    slot stays taken in the one that goes on with it. The power was off from `lost_at` to `back_at`,
    where a clock that is trusted tells.
    """

    slot_id: Id
    proof: str
    total_seconds: Seconds
    used_seconds: Seconds
    first_lock_boot: float
    lost_at: Stamp | None = None
    back_at: Stamp | None = None
    used_today_seconds: Seconds = 0
    renewals: int = 0
    mercy_taken: bool = False
    guest_pass: PassUse | None = None
    time: AdaptedTime = AdaptedTime.ORDINARY
    profile: BrowserProfile = BrowserProfile.ADULT


class CardUse(Message, frozen=True, kw_only=True):
    """What a card had of a slot that ended here; the hub's own figures may not count it yet."""

    lookup: Label
    ended_at: Stamp
    used_seconds: Seconds


class SubjectTries(Message, frozen=True, kw_only=True):
    """The tries in vain of the station, of a card or of passes, while they are remembered."""

    subject: Label
    tries: Tries


class Kept(Message, frozen=True, kw_only=True):
    """The durable part of the shell's state.

    Attributes:
        gate_fact: number of the last fact of the gate that was taken in.
        heard_boot: boot time at which the hub was last known to be there, and what it had told to
            be true; it goes by the boot in which the slot runs that a refusal is about.
        last_stamp: latest wall time written; an earlier clock is not to be trusted.
        cut: the slot that a power cut has ended, while its seat is kept.
        residue: what a wipe has left, while the gate keeps the station closed for it.
        commands: the last commands seen, so that none is applied twice.
        passes: the guest passes that have opened a slot here, while their day is provided for.
        card_uses: the slots of cards that ended here since the hub last told its figures.
        tries: the tries in vain without the hub.
        keys_left: how many forgotten USB keys stand in the computer.
    """

    gate_fact: Count = 0
    last_stamp: datetime | None = None
    situation: StationSituation | None = None
    heard_boot: float | None = None
    sitting: Sitting | None = None
    cut: Cut | None = None
    out_of_order: Text | None = None
    out_of_order_since: datetime | None = None
    residue: Residue | None = None
    commands: tuple[Id, ...] = ()
    passes: tuple[PassUse, ...] = ()
    card_uses: tuple[CardUse, ...] = ()
    tries: tuple[SubjectTries, ...] = ()
    keys_left: Count = 0
