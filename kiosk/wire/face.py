"""Between the shell's brain and its faces: a `Snapshot` goes out, a `Wish` comes back.

A face shows and wishes; it never decides. Both directions are encoded and decoded even when face
and brain live in one process, so that a face can move out of it without a change.
"""

from enum import StrEnum

from kiosk.rules.presence import LockCause
from kiosk.rules.slot import Ground
from kiosk.rules.ticket import TicketState
from kiosk.rules.waiting import ListFault
from kiosk.rules.warning import Stage
from kiosk.wire.codec import Id, Message, Name, Seconds, Stamp, Text
from kiosk.wire.creditface import CreditFace, CreditWish
from kiosk.wire.goodbye import GoodbyeFace
from kiosk.wire.keyface import KeyRemovalAsked, KeysFace
from kiosk.wire.outage import ResumeFace
from kiosk.wire.outing import PlacesFace, PlacesSeen, PlacesWished
from kiosk.wire.place import HelpContact
from kiosk.wire.provision import PassDigits
from kiosk.wire.station import CardNumber, Pin, TicketCode
from kiosk.wire.turn import TicketChangeWished, TurnWished
from kiosk.wire.welcome import HouseRulesRead, TrialAsked, WelcomeFace
from kiosk.wire.workshop import BookingFace


class Shown(StrEnum):
    """Which face is due. `TAKEN` stands on the display that is not the one of the session."""

    STARTING = "starting"
    LOCK = "lock"
    CLOSED = "closed"
    WORKSHOP = "workshop"
    OUT_OF_ORDER = "out_of_order"
    SESSION = "session"
    GRACE = "grace"
    AWAY = "away"
    TAKEN = "taken"
    GOODBYE = "goodbye"


class Contact(StrEnum):
    """Whether the hub answers."""

    LIVE = "live"
    LOST = "lost"


class Span(Message, frozen=True, kw_only=True):
    """A stretch of time, both ends aware."""

    start: Stamp
    end: Stamp


class RefusalFace(Message, frozen=True, kw_only=True):
    """Why what was asked is refused, and what the words need (see `SlotRefused`).

    `ticket` waits since `waiting_since`; `mercy` says that the minutes of mercy may be asked for.
    `minimum_age` goes with somebody too young.
    """

    ground: Ground
    at: Stamp | None = None
    tries_left: int | None = None
    retry_at: Stamp | None = None
    seat_number: int | None = None
    room_name: str = ""
    ticket: str = ""
    waiting_since: Stamp | None = None
    mercy: bool = False
    minimum_age: int | None = None


class HeldFace(Message, frozen=True, kw_only=True):
    """The seat is kept `until` then, `hold_seconds` in all, for the ticket of this label.

    A `coded` one opens it by its code, beside a card or a pass.
    """

    ticket: str
    until: Stamp | None = None
    hold_seconds: Seconds = 0
    coded: bool = False


class AwayFace(Message, frozen=True, kw_only=True):
    """The seat is locked over a running slot; nothing tells whose it is.

    The pause of `pause_seconds` ends `until` then, None where nobody asked for one; the slot is
    closed at `closes_at` unless its visitor comes back.
    """

    cause: LockCause
    until: Stamp | None = None
    pause_seconds: Seconds = 0
    closes_at: Stamp


class IdleFace(Message, frozen=True, kw_only=True):
    """*Êtes-vous toujours là ?* asked after `quiet_seconds`; unanswered, the seat locks `until`."""

    until: Stamp
    answer_seconds: Seconds
    quiet_seconds: Seconds


class LockFace(Message, frozen=True, kw_only=True):
    """The sign-in. `busy` while the hub is asked.

    `slot_seconds` is what would be granted now, with what shortens it; `refusal` is the answer to
    the last try. `held` tells for whom the seat is kept; `tickets_wait` that nobody sits down
    without a ticket, though no seat is kept yet; `away` that somebody's slot runs here; `resume`
    that the seat is kept after a power cut; `alone` that slots are opened here without the hub;
    `card_alone` that no code is asked for.
    """

    busy: bool = False
    slot_seconds: Seconds = 0
    limit: Ground | None = None
    limit_at: Stamp | None = None
    refusal: RefusalFace | None = None
    held: HeldFace | None = None
    tickets_wait: bool = False
    away: AwayFace | None = None
    resume: ResumeFace | None = None
    alone: bool = False
    card_alone: bool = False


class RenewalStage(StrEnum):
    """Where the renewal of this slot stands."""

    NOT_YET = "not_yet"
    OFFERED = "offered"
    ASKING = "asking"
    DECLINED = "declined"
    REFUSED = "refused"


class RenewalFace(Message, frozen=True, kw_only=True):
    """The renewal: `until` is the end it would give; `offered_at` when it will first be offered.

    `mercy_until` is the end that the minutes of mercy would give, while they are to be had;
    `by_itself` says that the slot goes on if its visitor is at work and says nothing.
    """

    stage: RenewalStage
    offered_at: Stamp
    until: Stamp | None = None
    limit: Ground | None = None
    limit_at: Stamp | None = None
    refusal: RefusalFace | None = None
    mercy_until: Stamp | None = None
    by_itself: bool = False


class MessageFace(Message, frozen=True, kw_only=True):
    """A sentence from the desk, shown until it is read."""

    command_id: Id
    text: Text


class SessionFace(Message, frozen=True, kw_only=True):
    """The session. `remaining_seconds` stands at 0 in the grace, which has its own count.

    `limit` tells what shortened the slot: at its grant, or while it ran if it is `shortened`.
    `workshop` is what the seat was opened for, without a card. `running_applications` counts what
    was started; `launch_failed` says that the last program wished for did not start; `first_use`
    that its visitor never sat before; `welcome` is shown to them before everything else. `credit`
    is told where prints are sold; `keys` are what is plugged in.
    """

    slot_id: Id
    first_name: str
    total_seconds: Seconds
    remaining_seconds: Seconds
    ends_at: Stamp
    stage: Stage
    renewal: RenewalFace
    grace_remaining_seconds: Seconds = 0
    ended_by_staff: bool = False
    limit: Ground | None = None
    limit_at: Stamp | None = None
    message: MessageFace | None = None
    applications: tuple[Name, ...] = ()
    running_applications: int = 0
    launch_failed: bool = False
    can_step_away: bool = False
    can_take_turn: bool = False
    idle: IdleFace | None = None
    shortened: bool = False
    workshop: BookingFace | None = None
    first_use: bool = False
    welcome: WelcomeFace | None = None
    credit: CreditFace | None = None
    keys: KeysFace = KeysFace()


class HelpStage(StrEnum):
    """What became of *Appeler*."""

    QUIET = "quiet"
    ASKED = "asked"
    REACHED = "reached"
    COMING = "coming"
    UNREACHED = "unreached"


class TicketStage(StrEnum):
    """What became of the ticket that somebody asks for."""

    ASKING = "asking"
    TAKEN = "taken"
    REFUSED = "refused"
    UNKNOWN_CARD = "unknown_card"
    NO_ANSWER = "no_answer"
    CHANGED = "changed"


class TicketFace(Message, frozen=True, kw_only=True):
    """A ticket: its label, and when and on which seat its holder may sit.

    A refused one tells the one that the person has, in which room, or `refusal`, why not. It is
    `here` if it is one of this room's; so many are `ahead` of it. `seat` is held for it until
    `hold_until`; its holder said to be back at `back_at`. `of_sitter` marks the visitor's.
    """

    stage: TicketStage
    fault: ListFault | None = None
    label: str = ""
    expected_at: Stamp | None = None
    expected_seat: int | None = None
    room_name: str = ""
    refusal: RefusalFace | None = None
    here: bool = False
    state: TicketState | None = None
    ahead: int | None = None
    seat: int | None = None
    hold_until: Stamp | None = None
    back_at: Stamp | None = None
    of_sitter: bool = False


class Snapshot(Message, frozen=True, kw_only=True):
    """Everything a face needs to draw itself, as of `now`.

    `booking` is the workshop or the reservation that takes the free seat now.
    """

    shown: Shown
    now: Stamp
    zone: Name
    contact: Contact
    windowed: bool
    site_name: str = ""
    town: str = ""
    room_name: str = ""
    seat_number: int = 0
    staffed: bool = False
    help_contact: HelpContact | None = None
    help_stage: HelpStage = HelpStage.QUIET
    openings: tuple[Span, ...] = ()
    next_opening: Span | None = None
    identify: bool = False
    lock: LockFace | None = None
    session: SessionFace | None = None
    goodbye: GoodbyeFace | None = None
    out_of_order: Text | None = None
    out_of_order_since: Stamp | None = None
    ticket: TicketFace | None = None
    booking: BookingFace | None = None
    places: PlacesFace | None = None


class SignInAsked(Message, frozen=True, kw_only=True, tag="sign_in_asked"):
    """Card and code, typed on the lock only; without `pin` where the card alone opens.

    `ticket_code` goes with them where the seat asks for one.
    """

    card: CardNumber
    pin: Pin | None = None
    ticket_code: TicketCode | None = None


class PassTyped(Message, frozen=True, kw_only=True, tag="pass_typed"):
    """The ten digits of a guest pass, typed on the lock only; `ticket_code` as there."""

    digits: PassDigits
    ticket_code: TicketCode | None = None


class RefusalRead(Message, frozen=True, kw_only=True, tag="refusal_read"):
    """The visitor starts to type again: the last refusal leaves the lock."""


class RenewalAsked(Message, frozen=True, kw_only=True, tag="renewal_asked"):
    """*Prolonger*."""


class RenewalDeclined(Message, frozen=True, kw_only=True, tag="renewal_declined"):
    """*Non merci*: the visitor wants the slot to end at its end."""


class RenewalPutOff(Message, frozen=True, kw_only=True, tag="renewal_put_off"):
    """*Pas maintenant*: nothing is decided, the question is only out of the way."""


class MercyAsked(Message, frozen=True, kw_only=True, tag="mercy_asked"):
    """*5 minutes de plus*, after a refusal."""


class AwayAsked(Message, frozen=True, kw_only=True, tag="away_asked"):
    """*Je m'absente*."""


class CardPassed(Message, frozen=True, kw_only=True, tag="card_passed"):
    """Some card was passed over an open seat; whose does not matter."""


class StillHere(Message, frozen=True, kw_only=True, tag="still_here"):
    """*Oui, je continue*."""


class TicketWished(Message, frozen=True, kw_only=True, tag="ticket_wished"):
    """*Prendre un ticket*: a card was passed for it, of whoever stands there."""

    card: CardNumber


class TicketSeen(Message, frozen=True, kw_only=True, tag="ticket_seen"):
    """What was answered about a ticket was read."""


class EndAsked(Message, frozen=True, kw_only=True, tag="end_asked"):
    """*Terminer*, after the question was answered with yes; or *J'ai fini* in the grace."""


class HelpWished(Message, frozen=True, kw_only=True, tag="help_wished"):
    """*Appeler*."""


class HelpSeen(Message, frozen=True, kw_only=True, tag="help_seen"):
    """The visitor closed what *Appeler* answered."""


class GoodbyeSeen(Message, frozen=True, kw_only=True, tag="goodbye_seen"):
    """Somebody touched the goodbye: the next visitor may begin, if everything is erased."""


class MessageRead(Message, frozen=True, kw_only=True, tag="message_read"):
    """The visitor has read the desk's message."""

    command_id: Id


class LaunchAsked(Message, frozen=True, kw_only=True, tag="launch_asked"):
    """Start a program of the list, with an address for the browser."""

    application: Name
    url: str = ""


Wish = (
    SignInAsked
    | PassTyped
    | HouseRulesRead
    | TrialAsked
    | RefusalRead
    | RenewalAsked
    | RenewalDeclined
    | RenewalPutOff
    | MercyAsked
    | AwayAsked
    | CardPassed
    | StillHere
    | TicketWished
    | TicketChangeWished
    | TurnWished
    | TicketSeen
    | PlacesWished
    | PlacesSeen
    | EndAsked
    | HelpWished
    | HelpSeen
    | GoodbyeSeen
    | MessageRead
    | LaunchAsked
    | KeyRemovalAsked
    | CreditWish
)
