"""Who holds a ticket: whose card was passed, or whose guest pass; neither asks for a code."""

from dataclasses import dataclass
from datetime import datetime

from admin_console.hub.service.admission import judge_admission
from admin_console.hub.service.answer import AskInvalid
from admin_console.hub.service.guestpass import GUEST, find_pass, used_before
from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.port import Clock, People, Person, Work
from admin_console.hub.service.provisionbook import Keys
from admin_console.hub.service.record import SlotState
from kiosk.rules.hours import local_date
from kiosk.rules.person import NotAdmitted
from kiosk.rules.slot import Ground
from kiosk.wire.place import RoomView
from kiosk.wire.ticket import ChangeTicket, TakeTicket, TicketAct, TicketRefused


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with a card or a pass.

    Attributes:
        reference: under which the hub remembers them.
        person: who they are, None for a number that the hub does not know.
        is_used: whether it is a pass that has opened its session.
        sits: whether they sit in the room: who they are was judged when they sat down.
    """

    reference: str
    person: Person | None
    is_used: bool = False
    sits: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the hub knows them."""
        return self.person is not None or self.sits


class Holders:
    """Finds out who somebody is. A number may be tried as a card first, then as a pass.

    Args:
        clock: the hub's clock.
        people: knows the members.
        keys: derives the keys of the days, and the references of guests.
    """

    def __init__(self, clock: Clock, people: People, keys: Keys) -> None:
        self._clock = clock
        self._people = people
        self._keys = keys

    def find_member(self, ask: TakeTicket | ChangeTicket) -> Person | None:
        """Return whose card it is; before the unit of work."""
        return None if ask.card is None else self._people.find(ask.card)

    def find(
        self, work: Work, room: RoomView, ask: TakeTicket | ChangeTicket, member: Person | None
    ) -> Holder | None:
        """Return who asks; None where neither a card nor a pass was given."""
        if member is None and ask.guest_pass is not None:
            today = local_date(self._clock.now(), room.hours.zone)
            found = find_pass(self._keys, room.site_id, ask.guest_pass, today)
            if found is not None and work.passes.is_made(room.site_id, found.use):
                guest = self._keys.guest(room.site_id, found.use)
                person = Person(guest, "", GUEST, slot_seconds=found.seconds)
                used = used_before(work, room.site_id, found.use, None)
                return Holder(guest, person, is_used=used)
        number = ask.card or ask.guest_pass
        return None if number is None else Holder(self._people.reference(number), member)


def find_sitter(work: Work, station: StationIdentity, slot_id: str) -> Holder | None:
    """Return whose slot runs at a station, None where it does not."""
    slot, reference = work.slots.get(slot_id), work.slots.person(slot_id)
    if slot is None or reference is None or slot.station_id != station.station_id:
        return None
    return Holder(reference, None, sits=True) if slot.state is SlotState.OPEN else None


def judge_holder(room: RoomView, holder: Holder, now: datetime) -> TicketRefused | None:
    """Give nobody a place in the list of a room where they may not sit."""
    if holder.is_used:
        return TicketRefused(ground=Ground.PASS_USED)
    if holder.person is None:
        return None
    admitted = judge_admission(room, holder.person, now)
    if isinstance(admitted, NotAdmitted):
        return TicketRefused(ground=admitted.ground, minimum_age=admitted.minimum_age)
    return None


def fault_of(ask: ChangeTicket) -> AskInvalid | None:
    """Return what an ask lacks, None of one that says all."""
    if ask.card is None and ask.guest_pass is None:
        return AskInvalid("a ticket is its holder's: it takes a card or a pass")
    if ask.act is TicketAct.CALL_AGAIN:
        return AskInvalid("only staff call again")
    if ask.act is TicketAct.STEP_AWAY and ask.until is None:
        return AskInvalid("who steps away says until when")
    return None
