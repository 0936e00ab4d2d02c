"""What the desk may learn of a card that was passed there: where it sits, never whose it is."""

from admin_console.hub.service.act import Whom, note
from admin_console.hub.service.allowance import gone
from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.command import COMMANDERS
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.port import Clock, People, Store
from kiosk.wire.act import ActFacts, ActKind, CardShown, ShowCard
from kiosk.wire.desk import (
    CardAnswer,
    CardElsewhere,
    CardIdle,
    CardSeated,
    CardUnknown,
    FindCard,
    ShowAnswer,
)


class Cards:
    """Finds the seat of a card.

    Who may act at a seat may ask for it, of the sites of their account; of a seat elsewhere they
    learn that it is elsewhere. Nothing is written down of who came to the desk, but that somebody
    looked at all digits of a card.

    Args:
        store: where everything is kept.
        clock: the hub's clock.
        people: knows the members.
    """

    def __init__(self, store: Store, clock: Clock, people: People) -> None:
        self._store = store
        self._clock = clock
        self._people = people

    def find(self, staff: StaffIdentity, ask: FindCard) -> CardAnswer | NotAllowed:
        """Return where a card sits, or that it does not."""
        if not COMMANDERS & staff.roles:
            return NotAllowed()
        reference = self._people.reference(ask.card)
        now = self._clock.now()
        with self._store.begin(write=False) as work:
            seated = [
                one for one in work.slots.live_of(reference) if not gone(one.slot, one.lost_at, now)
            ]
            seats = [work.seats.get(one.slot.seat_id) for one in seated]
        here = [seat for seat in seats if seat is not None and seat.site_id in staff.site_ids]
        if here:
            return CardSeated(seat_id=here[-1].seat_id, site_id=here[-1].site_id)
        if seats:
            return CardElsewhere()
        return CardIdle() if self._people.knows(ask.card) else CardUnknown()

    def show(self, staff: StaffIdentity, ask: ShowCard) -> ShowAnswer | NotAllowed | NotFound:
        """Write down that staff of a room look at all digits of a card."""
        if not COMMANDERS & staff.roles:
            return NotAllowed()
        if not self._people.knows(ask.card):
            return CardUnknown()
        whom = Whom.of(self._people.reference(ask.card), ask.card)
        with self._store.begin(write=True) as work:
            room = work.rooms.get(ask.room_id)
            if room is None or room.site_id not in staff.site_ids:
                return NotFound()
            facts = ActFacts(room_id=room.room_id)
            note(work, staff, ActKind.CARD_SHOWN, room.site_id, facts, whom)
        return CardShown()
