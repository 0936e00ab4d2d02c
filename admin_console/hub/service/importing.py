"""Members from a file: what it would do, and the doing, all or nothing.

The file says what is known of people, and is right: a member who is there already gets what it
says, a column that it lacks changes nothing, and nobody is taken away. A code in it is for a card
that has none yet, and replaces none: codes are changed at the desk.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from admin_console.hub.service.act import note
from admin_console.hub.service.answer import NotAllowed
from admin_console.hub.service.hours import EDITORS
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.memberfile import Column, Entry, MemberFile, read_members
from admin_console.hub.service.membership import REGISTER
from admin_console.hub.service.port import CardReferences, Clock, Store
from admin_console.hub.service.provision import forget_known
from admin_console.hub.service.record import Member
from admin_console.hub.service.registry import LATEST_ZONE
from kiosk.wire.act import ActFacts, ActKind
from kiosk.wire.people import ImportAnswer, ImportChecked, ImportDone, ImportPeople

AT_ONCE = 500
"""As many cards are forgotten by the stations in one step."""


@dataclass(slots=True)
class Plan:
    """What a file would do to the members that are there.

    `pins` are the entries whose code is to be kept, by reference; `without` counts the people of
    the file who have no code afterwards.
    """

    added: dict[str, Entry] = field(default_factory=dict)
    changed: dict[str, Member] = field(default_factory=dict)
    pins: dict[str, Entry] = field(default_factory=dict)
    same: int = 0
    without: int = 0

    @property
    def touched(self) -> frozenset[str]:
        """The members who are there and become others."""
        return frozenset(self.changed) | (frozenset(self.pins) - frozenset(self.added))


class Imports:
    """Takes files of members.

    Args:
        store: where the members are kept.
        clock: the hub's clock.
        references: turns cards into references.
        hash_all: hashes codes at the cost of the house; takes its time.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        references: CardReferences,
        hash_all: Callable[[Sequence[str]], list[str]],
    ) -> None:
        self._store = store
        self._clock = clock
        self._references = references
        self._hash_all = hash_all

    def take_from_desk(self, staff: StaffIdentity, ask: ImportPeople) -> ImportAnswer | NotAllowed:
        """Take a file from staff who may change the house."""
        if not EDITORS & staff.roles:
            return NotAllowed()
        return self.take(ask.content, ask.confirmed, staff)

    def take(
        self, content: bytes, confirmed: str = "", staff: StaffIdentity | None = None
    ) -> ImportAnswer:
        """Say what a file would do; write it if that was confirmed and no line is bad.

        Args:
            content: the file as it is on disk.
            confirmed: the digest that was told of the same file.
            staff: who takes it; None for an order given on the hub's own machine.
        """
        digest = digest_of(content)
        today = (self._clock.now() + LATEST_ZONE).date()
        with self._store.begin(write=False) as work:
            categories = work.categories.all()
        found = read_members(content, categories, today)
        by_reference = {self._references.reference(one.card): one for one in found.entries}
        with self._store.begin(write=False) as work:
            plan = make_plan(found, by_reference, work.members.of(by_reference))
        if found.faults or confirmed != digest:
            return ImportChecked(
                digest=digest,
                added=len(plan.added),
                changed=len(plan.touched),
                same=plan.same,
                faults=found.faults,
            )
        return self._write(found, by_reference, self._hash(plan.pins), staff)

    def _hash(self, pins: Mapping[str, Entry]) -> dict[str, str]:
        secrets = [self._references.seal(one.card, one.pin or "") for one in pins.values()]
        return dict(zip(pins, self._hash_all(secrets), strict=True))

    def _write(
        self,
        found: MemberFile,
        by_reference: Mapping[str, Entry],
        hashes: Mapping[str, str],
        staff: StaffIdentity | None,
    ) -> ImportDone:
        with self._store.begin(write=True) as work:
            work.hold(REGISTER)
            # Somebody may have been written down since: what stands now is what counts.
            plan = make_plan(found, by_reference, work.members.of(by_reference))
            work.members.add(
                [
                    merged(Member(reference, "", hashes.get(reference), ""), one, found.columns)
                    for reference, one in plan.added.items()
                ]
            )
            work.members.save(list(plan.changed.values()))
            work.members.set_pins(
                [
                    (reference, hashes[reference])
                    for reference in plan.pins
                    if reference in hashes and reference not in plan.added
                ]
            )
            others = sorted(plan.changed)
            for start in range(0, len(others), AT_ONCE):
                forget_known(work, *others[start : start + AT_ONCE])
            facts = ActFacts(count=len(plan.added) + len(plan.touched))
            note(work, staff, ActKind.MEMBERS_IMPORTED, facts=facts)
        return ImportDone(
            added=len(plan.added),
            changed=len(plan.touched),
            same=plan.same,
            pins_missing=plan.without,
        )


def digest_of(content: bytes) -> str:
    """Return what tells a file from another: SHA-256, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def make_plan(
    found: MemberFile, by_reference: Mapping[str, Entry], known: Mapping[str, Member]
) -> Plan:
    """Return what the good lines of a file would do to the members that are known."""
    plan = Plan()
    for reference, entry in by_reference.items():
        before = known.get(reference)
        lacks = before is None or before.pin_hash is None
        if lacks and entry.pin is not None:
            plan.pins[reference] = entry
        elif lacks:
            plan.without += 1
        if before is None:
            plan.added[reference] = entry
            continue
        after = merged(before, entry, found.columns)
        if after != before:
            plan.changed[reference] = after
        elif reference not in plan.pins:
            plan.same += 1
    return plan


def merged(before: Member, entry: Entry, columns: frozenset[Column]) -> Member:
    """Return a member as a line tells it; columns that the file lacks leave what stands there."""
    after = replace(before, first_name=entry.first_name, category=entry.category)
    if Column.LEAST_AGE in columns:
        after = replace(after, least_age=entry.least_age)
    if Column.RESIDENT in columns:
        after = replace(after, resident=entry.resident)
    if Column.AUTHORISED_ON in columns:
        after = replace(after, authorised_on=entry.authorised_on)
    if Column.VALID_UNTIL in columns:
        after = replace(after, valid_until=entry.valid_until)
    if Column.TIME in columns:
        after = replace(after, time=entry.time)
    return after
