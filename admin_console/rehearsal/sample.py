"""The part of the sample estate that the rehearsal has to know: who may sit, and who signs in."""

from datetime import date
from pathlib import Path

import msgspec

from admin_console.rehearsal.visitor import Card
from kiosk.rules.person import Admitted, Member, may_sit
from kiosk.wire.people import CategoryView
from kiosk.wire.place import AdmissionView

ESTATE_FILE = Path(__file__).parents[2] / "assets" / "sample" / "estate.toml"


class SampleUnusable(Exception):
    """The sample's file is missing or does not say what the rehearsal needs."""


class SampleMember(msgspec.Struct, frozen=True, kw_only=True):
    """A member with the code of their card."""

    card: str
    first_name: str
    pin: str
    category: str
    least_age: int | None = None
    resident: bool = False
    authorised_on: date | None = None
    valid_until: date | None = None

    @property
    def as_card(self) -> Card:
        """What a visitor holds."""
        return Card(self.card, self.pin)


class SampleStaff(msgspec.Struct, frozen=True, kw_only=True):
    """A member of staff; `sites` None means all."""

    name: str
    display_name: str
    roles: tuple[str, ...]
    password: str
    sites: tuple[str, ...] | None = None


class SamplePrintCard(msgspec.Struct, frozen=True, kw_only=True):
    """A print card with its credit in cents; `member` is the card of whom it belongs to."""

    number: str
    site: str
    cents: int = 0
    member: str | None = None


class SampleRoom(msgspec.Struct, frozen=True, kw_only=True):
    """A room, and whom it admits."""

    id: str
    admission: AdmissionView = AdmissionView()


class SampleSite(msgspec.Struct, frozen=True, kw_only=True):
    """A site with its rooms."""

    id: str
    room: tuple[SampleRoom, ...]


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """Members and staff, and who may sit where."""

    site: tuple[SampleSite, ...]
    category: tuple[CategoryView, ...]
    member: tuple[SampleMember, ...]
    staff: tuple[SampleStaff, ...]
    print_card: tuple[SamplePrintCard, ...] = ()

    def admits(self, room_id: str, member: SampleMember, today: date) -> bool:
        """Tell whether a member may sit in a room; none of the sample's rooms admits nobody."""
        rooms = {f"{site.id}.{room.id}": room for site in self.site for room in site.room}
        kinds = {one.key: one.as_rule() for one in self.category}
        if room_id not in rooms or member.category not in kinds:
            return False
        facts = Member(
            category=kinds[member.category],
            least_age=member.least_age,
            resident=member.resident,
            authorised_on=member.authorised_on,
            valid_until=member.valid_until,
        )
        return isinstance(may_sit(rooms[room_id].admission.as_rule(), facts, today), Admitted)

    def someone(self, role: str) -> SampleStaff:
        """Return the first member of staff with a role.

        Raises:
            SampleUnusable: nobody has it.
        """
        for person in self.staff:
            if role in person.roles:
                return person
        raise SampleUnusable(f"nobody in the sample is {role}")


def read_sample(path: Path = ESTATE_FILE) -> Sample:
    """Return members and staff of an estate file.

    Raises:
        SampleUnusable: the file cannot be read, or lacks them.
    """
    try:
        return msgspec.toml.decode(path.read_text(encoding="utf-8"), type=Sample)
    except (OSError, msgspec.ValidationError, msgspec.DecodeError) as error:
        raise SampleUnusable(f"{path}: {error}") from error


def shorten_slots(text: str, site_id: str, minutes: int) -> str:
    """Return an estate file's text with slots of so many minutes in the rooms of one site.

    Raises:
        SampleUnusable: there is no such site, or it has no room.
    """
    start = text.find(f'\nid = "{site_id}"\n')
    end = text.find("\n[[site]]\n", start)
    end = len(text) if end < 0 else end
    lines = text[start:end].split("\n")
    changed = [
        f"slot_minutes = {minutes}" if line.startswith("slot_minutes = ") else line
        for line in lines
    ]
    if start < 0 or changed == lines:
        raise SampleUnusable(f"the sample has no room of a site {site_id}")
    return text[:start] + "\n".join(changed) + text[end:]
