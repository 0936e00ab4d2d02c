"""The journal of what staff did: written in the unit of work of the act, read by administrators.

An act and its line are kept together or not at all. Lines are numbered without holes, and the
database itself refuses to change one or to take it away; whose card it was stands apart, and is
forgotten after a year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from admin_console.hub.service.answer import NotAllowed
from admin_console.hub.service.identity import StaffIdentity
from kiosk.wire.act import PAGE, ActFacts, ActGroup, ActKind, ActLine, Actor, ActsPage, ReadActs
from kiosk.wire.desk import Role

if TYPE_CHECKING:
    from admin_console.hub.service.port import Store, Work

CARD_END = 4
READERS = frozenset({Role.ADMIN})
"""The roles that may read the journal."""


@dataclass(frozen=True, slots=True)
class Whom:
    """Whose card or pass an act was about. `card_end` is empty where the number is not known."""

    reference: str
    card_end: str = ""

    @classmethod
    def of(cls, reference: str, card: str) -> "Whom":
        """Return the holder of a card that was passed at the desk."""
        return cls(reference, card[-CARD_END:])


@dataclass(frozen=True, slots=True)
class Act:
    """One act, before it has a number. Without `staff_id` the hub did it by itself."""

    kind: ActKind
    staff_id: str | None
    site_id: str | None
    facts: ActFacts
    whom: Whom | None = None


@dataclass(frozen=True, slots=True)
class ActQuery:
    """Which lines are wanted: those of some sites and of the whole town."""

    since: datetime
    until: datetime
    site_ids: tuple[str, ...]
    town_too: bool = True
    staff_id: str | None = None
    group: ActGroup | None = None
    automatic: bool = False


class ActBook(Protocol):
    """The journal; a line is numbered when the unit of work commits."""

    def add(self, act: Act) -> None:
        """Add an act of this unit of work."""

    def find(self, query: ActQuery, skip: int, limit: int) -> tuple[ActLine, ...]:
        """Return lines, the newest first."""

    def count(self, query: ActQuery) -> int:
        """Count the lines."""

    def actors(self, query: ActQuery) -> tuple[Actor, ...]:
        """Return who stands in the lines, by name."""

    def kept(self) -> tuple[int, int]:
        """Return how many lines there are, and the newest number."""

    def drop_persons(self, before: datetime) -> int:
        """Forget whom the acts before an instant were about."""


def note(
    work: "Work",
    staff: StaffIdentity | None,
    kind: ActKind,
    site_id: str | None = None,
    facts: ActFacts | None = None,
    whom: Whom | None = None,
) -> None:
    """Write an act into the journal, in the unit of work that does it.

    Args:
        work: the unit of work.
        staff: who does it; None for what the hub does by itself.
        kind: what is done.
        site_id: where; None for what concerns the town, which somebody of one site does there.
        facts: what is told of it.
        whom: whose card or pass it is about.
    """
    if site_id is None and staff is not None and len(staff.site_ids) == 1:
        site_id = staff.site_ids[0]
    staff_id = None if staff is None else staff.staff_id
    work.acts.add(Act(kind, staff_id, site_id, facts or ActFacts(), whom))


class ActJournal:
    """Shows the journal to administrators: of their sites, and of the town.

    Args:
        store: where everything is kept.
    """

    def __init__(self, store: "Store") -> None:
        self._store = store

    def read(self, staff: StaffIdentity, ask: ReadActs) -> ActsPage | NotAllowed:
        """Return a page of lines, the newest first."""
        if not READERS & staff.roles:
            return NotAllowed()
        query = ActQuery(
            since=ask.since,
            until=ask.until,
            site_ids=_sites(staff.site_ids, ask.site_id),
            town_too=ask.site_id is None,
            staff_id=ask.staff_id,
            group=ask.group,
            automatic=ask.automatic,
        )
        everybody = ActQuery(query.since, query.until, query.site_ids, query.town_too)
        with self._store.begin(write=False) as work:
            kept, last = work.acts.kept()
            return ActsPage(
                lines=work.acts.find(query, ask.skip, PAGE),
                total=work.acts.count(query),
                actors=work.acts.actors(everybody),
                kept=kept,
                last=last,
            )


def _sites(mine: Sequence[str], wanted: str | None) -> tuple[str, ...]:
    if wanted is None:
        return tuple(mine)
    return (wanted,) if wanted in mine else ()
