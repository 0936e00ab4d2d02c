"""New limits of a room: as somebody wrote them, and what the hub made of them.

The draft is not checked by its form: the hub answers every fault beside its field, and keeps
nothing.
"""

import msgspec

from kiosk.rules.roomrule import Limits, RuleFault, RuleFaultKind, RuleField
from kiosk.rules.signin import SignIn
from kiosk.wire.codec import Label, Message
from kiosk.wire.place import RoomView

BESIDES = ("letter", "sign_in")
"""What a draft holds that stands beside a room's rule."""

LATER = ("sign_in", "coded_tickets")
"""What older programs do not write, and leave as it stands."""


class RuleDraft(Message, frozen=True, kw_only=True):
    """What staff may write of a room's rule, durations in seconds; None means without limit.

    `sign_in` is what opens a slot there, and so many `coded_tickets` live at once that a board gave
    without a card; None leaves what stands.
    """

    slot_seconds: int
    grace_seconds: int
    closing_margin_seconds: int
    shortest_slot_seconds: int
    max_renewals: int | None = None
    daily_seconds: int | None = None
    mercy_seconds: int
    hold_seconds: int
    away_seconds: int
    idle_seconds: int
    resume_seconds: int
    letter: Label
    sign_in: SignIn | None = None
    coded_tickets: int | None = None

    @classmethod
    def of(cls, room: RoomView) -> "RuleDraft":
        """Return what stands in a room."""
        names = (name for name in cls.__struct_fields__ if name not in BESIDES)
        rule = {name: getattr(room.rule, name) for name in names}
        return cls(letter=room.letter, sign_in=room.sign_in, **rule)

    def filled(self, room: RoomView) -> "RuleDraft":
        """Return it with what stands in a room where an older program leaves something alone."""
        standing = RuleDraft.of(room)
        left = (name for name in LATER if getattr(self, name) is None)
        return msgspec.structs.replace(self, **{name: getattr(standing, name) for name in left})

    def as_rule(self) -> Limits:
        """Return the limits as the rules want them; what is left alone is the usual."""
        left = (name for name in LATER if getattr(self, name) is None)
        without = {"sign_in", *left}
        names = (name for name in self.__struct_fields__ if name not in without)
        return Limits(**{name: getattr(self, name) for name in names})

    def kept_in(self, room: RoomView) -> RoomView:
        """Return a room with these limits; whatever else stands in its rule stays."""
        whole = self.filled(room)
        names = (name for name in self.__struct_fields__ if name not in BESIDES)
        rule = msgspec.structs.replace(room.rule, **{name: getattr(whole, name) for name in names})
        return msgspec.structs.replace(
            room, rule=rule, letter=whole.letter, sign_in=whole.sign_in or room.sign_in
        )


class SetRule(Message, frozen=True, kw_only=True):
    """Ask to give a room these limits.

    `before` is what the editor began with: where the room has other limits by now, somebody else
    has saved meanwhile, and nothing is overwritten.
    """

    before: RuleDraft
    draft: RuleDraft


class RuleFaultView(Message, frozen=True, kw_only=True):
    """A fault, and the limit it belongs to."""

    kind: RuleFaultKind
    field: RuleField

    @classmethod
    def of(cls, fault: RuleFault) -> "RuleFaultView":
        """Return a fault of the rules for the wire."""
        return cls(kind=fault.kind, field=fault.field)

    def as_rule(self) -> RuleFault:
        """Return the fault as the rules have it."""
        return RuleFault(self.kind, self.field)


class RuleSaved(Message, frozen=True, kw_only=True, tag="rule_saved"):
    """The limits are kept and told; the room as it stands now."""

    room: RoomView


class RuleMoved(Message, frozen=True, kw_only=True, tag="rule_moved"):
    """Somebody else saved meanwhile, and nothing was kept; the room as it stands now."""

    room: RoomView


class RuleFaulty(Message, frozen=True, kw_only=True, tag="rule_faulty"):
    """The draft cannot be kept, and was not: every fault beside its field."""

    faults: tuple[RuleFaultView, ...]


RuleAnswer = RuleSaved | RuleMoved | RuleFaulty
