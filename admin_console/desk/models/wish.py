"""What the page *Accueil* wants of the hub, as values.

Two wishes that are equal are one intent: whatever is repeated before an answer came is the same
ask. A card and a code are never shown when a wish is printed.
"""

from dataclasses import dataclass, field

from kiosk.wire.people import PersonFacts


@dataclass(frozen=True, slots=True)
class Meet:
    """Who holds this card, and what does this room have for them?"""

    card: str = field(repr=False)
    room_id: str


@dataclass(frozen=True, slots=True)
class ShowCard:
    """All digits of a card, at the desk of a room: that goes into the journal first."""

    card: str = field(repr=False)
    room_id: str


@dataclass(frozen=True, slots=True)
class Give:
    """A ticket of a room for a card, with a seat held for it, or without one."""

    card: str = field(repr=False)
    room_id: str
    seat: int | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """A new person; without a card the hub makes the number."""

    facts: PersonFacts = field(repr=False)
    card: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Alter:
    """Other facts of a known person."""

    card: str = field(repr=False)
    facts: PersonFacts = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewPin:
    """A new code for a card."""

    card: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewPass:
    """A guest pass of a site; `duration_code` as in `kiosk.rules.guestpass.DURATIONS`."""

    site_id: str
    duration_code: int = 0


@dataclass(frozen=True, slots=True)
class Import:
    """A file of members; with `confirmed`, the digest of its dry run, it is written."""

    content: bytes = field(repr=False)
    confirmed: str = ""


Wish = Meet | ShowCard | Give | Register | Alter | NewPin | NewPass | Import
