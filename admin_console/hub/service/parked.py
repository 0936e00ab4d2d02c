"""The parked facts of a site, for its staff: listed, and taken off the list once looked at."""

from admin_console.hub.service.act import note
from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.bell import desk_topic
from admin_console.hub.service.command import COMMANDERS
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.port import Store, Work
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.change import ParkedChanged
from kiosk.wire.parked import MarkSeen, ParkedFact, ParkedFacts

LINES = 100
"""The most facts listed at once."""


class ParkedDesk:
    """Tells what contradicts what the hub knows, never who it was about.

    Args:
        store: where everything is kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def facts(self, staff: StaffIdentity, site_id: str) -> ParkedFacts | NotAllowed | NotFound:
        """Return the facts of a site that nobody has looked at, the newest first."""
        refused = _refused(staff, site_id)
        if refused is not None:
            return refused
        with self._store.begin(write=False) as work:
            return _listed(work, site_id)

    def mark_seen(
        self, staff: StaffIdentity, site_id: str, ask: MarkSeen
    ) -> ParkedFacts | NotAllowed | NotFound:
        """Take facts off the list and return what is left of it; repeating is harmless."""
        refused = _refused(staff, site_id)
        if refused is not None:
            return refused
        with self._store.begin(write=True) as work:
            seen = work.parked.take_off(site_id, ask.event_ids)
            if seen:
                tell_parked(work, site_id)
                note(work, staff, ActKind.FACTS_SEEN, site_id, ActFacts(count=seen))
            return _listed(work, site_id)


def tell_parked(work: Work, site_id: str) -> None:
    """Tell the desks that the list of a site is another one."""
    work.changes.add(ParkedChanged(site_id=site_id), topic=desk_topic(site_id), site_id=site_id)


def _refused(staff: StaffIdentity, site_id: str) -> NotAllowed | NotFound | None:
    if not COMMANDERS & staff.roles:
        return NotAllowed()
    return None if site_id in staff.site_ids else NotFound()


def _listed(work: Work, site_id: str) -> ParkedFacts:
    found = work.parked.of_site(site_id, LINES + 1)
    return ParkedFacts(
        site_id=site_id,
        facts=tuple(
            ParkedFact(
                event_id=row.event_id,
                room_id=row.room_id,
                seat_id=row.seat_id,
                at=row.at,
                received_at=row.received_at,
                what=row.kind,
                code=row.code,
            )
            for row in found[:LINES]
        ),
        more=len(found) > LINES,
    )
