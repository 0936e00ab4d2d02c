"""What a session shows of its visitor's USB keys: how many, and what may be done with them."""

from kiosk.wire.codec import Count, Message


class KeysFace(Message, frozen=True, kw_only=True):
    """How many keys are plugged in, by how they stand; nothing of what they are or hold.

    `ready` ones are open; `busy` ones too, for a program would not let go of them. On `leaving`
    ones the last is being written, `out` ones may be pulled out. `unreadable` ones hold nothing
    that is opened here. `earlier` ones were there before the slot: they are somebody else's, or
    open once they are plugged in again.
    """

    ready: Count = 0
    busy: Count = 0
    leaving: Count = 0
    out: Count = 0
    unreadable: Count = 0
    earlier: Count = 0

    @property
    def open(self) -> int:
        """How many can be looked into, and let go of."""
        return self.ready + self.busy

    @property
    def own(self) -> int:
        """How many were plugged in during the slot: their visitor has to take them along."""
        return self.open + self.leaving + self.out + self.unreadable


class KeyRemovalAsked(Message, frozen=True, kw_only=True, tag="key_removal_asked"):
    """*Retirer ma clé*: every open key is to be written out and let go of."""
