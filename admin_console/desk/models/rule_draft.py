"""The limits of a room while they are written: what stands in each field, and what is wrong.

A text that means nothing keeps its field at fault and leaves the value before it. The bounds are
those of `kiosk.rules.roomrule`; what only the hub can know of a letter is told by it, and stands
until another letter is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import msgspec

from kiosk.rules.roomrule import BOUNDS, RuleFault, RuleField, faults_of
from kiosk.wire.place import RoomView
from kiosk.wire.rule import RuleDraft, RuleFaulty, SetRule

MINUTE = 60
STEPS: Mapping[RuleField, int] = {
    RuleField.SLOT: 15 * MINUTE,
    RuleField.SHORTEST_SLOT: MINUTE,
    RuleField.GRACE: 30,
    RuleField.MERCY: MINUTE,
    RuleField.CLOSING_MARGIN: 5 * MINUTE,
    RuleField.RENEWALS: 1,
    RuleField.DAILY: 30 * MINUTE,
    RuleField.HOLD: MINUTE,
    RuleField.AWAY: 5 * MINUTE,
    RuleField.IDLE: 5 * MINUTE,
    RuleField.RESUME: 5 * MINUTE,
    RuleField.CODED_TICKETS: 1,
}
"""By how much a press moves a limit, in its own unit."""

STARTS: Mapping[RuleField, int] = {RuleField.RENEWALS: 2, RuleField.DAILY: 120 * MINUTE}
"""Where a limit begins that there was not."""

Value = int | str | None


@dataclass(frozen=True, slots=True)
class RuleWriting:
    """What is written; `unread` are fields whose text means nothing, `told` what the hub said."""

    before: RuleDraft
    draft: RuleDraft
    unread: frozenset[RuleField] = frozenset()
    told: tuple[RuleFault, ...] = field(default=())

    @classmethod
    def of(cls, room: RoomView) -> "RuleWriting":
        """Return what changes nothing yet."""
        standing = RuleDraft.of(room)
        return cls(standing, standing)

    # ------------------------------------------------------------------------------- changing

    def with_value(self, name: RuleField, value: Value) -> "RuleWriting":
        """Return it with another value in a field."""
        told = tuple(one for one in self.told if one.field is not name)
        draft = msgspec.structs.replace(self.draft, **{name.value: value})
        return replace(self, draft=draft, unread=self.unread - {name}, told=told)

    def with_unread(self, name: RuleField) -> "RuleWriting":
        """Return it with a field whose text means nothing."""
        return replace(self, unread=self.unread | {name})

    def over(self, room: RoomView) -> "RuleWriting":
        """Return it as a change of what somebody else has saved; a field left alone follows."""
        theirs = RuleDraft.of(room)
        mine = {name.value: self.value(name) for name in self.changed()}
        return replace(self, before=theirs, draft=msgspec.structs.replace(theirs, **mine), told=())

    def refused(self, answer: RuleFaulty) -> "RuleWriting":
        """Return it with what the hub says is wrong."""
        return replace(self, told=tuple(one.as_rule() for one in answer.faults))

    # -------------------------------------------------------------------------------- reading

    def value(self, name: RuleField) -> Value:
        """Return what stands in a field."""
        found: Value = getattr(self.draft, name.value)
        return found

    def kept(self, name: RuleField) -> Value:
        """Return what stood in a field before."""
        found: Value = getattr(self.before, name.value)
        return found

    def changed(self) -> tuple[RuleField, ...]:
        """Return the fields that are others than before."""
        return tuple(name for name in RuleField if self.value(name) != self.kept(name))

    def count(self) -> int:
        """Return how many limits would be saved otherwise than before."""
        return len(self.changed())

    def faults(self) -> tuple[RuleFault, ...]:
        """Return everything that is wrong, but for texts that mean nothing."""
        return faults_of(self.draft.as_rule()) or self.told

    def wrong(self) -> int:
        """Return how many fields are to be mended."""
        return len(self.unread | {fault.field for fault in self.faults()})

    def fault_of(self, name: RuleField) -> RuleFault | None:
        """Return what is wrong with a field, None where its value may stay."""
        return next((fault for fault in self.faults() if fault.field is name), None)

    def can_be_saved(self) -> bool:
        """Return whether there is something to save and nothing wrong with it."""
        return bool(self.count()) and not self.wrong()

    def says(self, room: RoomView) -> bool:
        """Return whether a room has the limits that are written."""
        return not self.unread and self.draft == RuleDraft.of(room)

    def ask(self) -> SetRule:
        """Return what is asked of the hub."""
        return SetRule(before=self.before, draft=self.draft)


def stepped(name: RuleField, value: Value, up: bool) -> Value:
    """Return the next value in a direction, on the steps of its field and within its bounds."""
    if isinstance(value, str) or name is RuleField.LETTER:
        return _next_letter(value if isinstance(value, str) else "", up)
    least, most = BOUNDS[name]
    step = STEPS[name]
    if value is None:
        return STARTS[name]
    moved = (value // step + 1) * step if up else (-(-value // step) - 1) * step
    return min(max(moved, least), most)


def _next_letter(letter: str, up: bool) -> str:
    if len(letter) != 1 or not "A" <= letter <= "Z":
        return "A"
    moved = ord(letter) + (1 if up else -1)
    return chr(min(max(moved, ord("A")), ord("Z")))
