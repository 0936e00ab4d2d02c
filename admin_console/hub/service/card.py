"""What the desk may learn of a card that was passed there: where it sits, never whose it is."""

from admin_console.hub.service.allowance import lapsed
from admin_console.hub.service.answer import NotAllowed
from admin_console.hub.service.command import COMMANDERS
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.port import Clock, People, Store
from kiosk.wire.desk import (
    CardAnswer,
    CardElsewhere,
    CardIdle,
    CardSeated,
    CardUnknown,
    FindCard,
)


class Cards:
    """Finds the seat of a card.

    Who may act at a seat may ask for it, of the sites of their account; of a seat elsewhere they
    learn that it is elsewhere. Nothing is written down: there is no trace of who came to the desk.

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
            seated = [one for one in work.slots.live_of(reference) if not lapsed(one.slot, now)]
            seats = [work.seats.get(one.slot.seat_id) for one in seated]
        here = [seat for seat in seats if seat is not None and seat.site_id in staff.site_ids]
        if here:
            return CardSeated(seat_id=here[-1].seat_id, site_id=here[-1].site_id)
        if seats:
            return CardElsewhere()
        return CardIdle() if self._people.knows(ask.card) else CardUnknown()
