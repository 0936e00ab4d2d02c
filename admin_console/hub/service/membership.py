"""What the rules of who may sit need of the store: the members and the kinds of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from admin_console.hub.service.record import Member, Registration
from kiosk.rules.person import Member as Facts
from kiosk.wire.people import CategoryView

REGISTER = "members"
"""The subject that whoever writes members holds, so that the same card is one member."""


class Categories(Protocol):
    """The kinds of member, the same in all rooms of the town."""

    def add(self, category: CategoryView) -> None:
        """Keep a new category after those that are there."""

    def get(self, key: str) -> CategoryView | None:
        """Return a category."""

    def all(self) -> tuple[CategoryView, ...]:
        """Return all categories in the order in which they were added."""


class Members(Protocol):
    """The members that the hub itself knows; whoever writes one holds `REGISTER`."""

    def add(self, members: Sequence[Member]) -> None:
        """Keep new members."""

    def get(self, reference: str) -> Member | None:
        """Return a member."""

    def of(self, references: Collection[str]) -> dict[str, Member]:
        """Return those of the references that are members."""

    def save(self, members: Sequence[Member]) -> None:
        """Write what staff know of members; their codes and their first use stay."""

    def set_pins(self, hashes: Sequence[tuple[str, str | None]]) -> None:
        """Give members other codes: references, each with what is kept of it, None for no code."""

    def note_use(self, reference: str, at: datetime) -> None:
        """Keep that a slot of somebody opened, unless one did before; strangers are passed by."""

    def note_trial(self, reference: str, at: datetime, since: datetime) -> None:
        """Keep that somebody tried: what opened since then was no slot of theirs."""

    def registration(self, ask_id: str) -> Registration | None:
        """Return what came of an ask to register somebody, None for one that kept nobody."""

    def keep_registration(self, made: Registration) -> None:
        """Keep what came of an ask to register somebody."""

    def drop_registrations(self, before: datetime) -> int:
        """Forget what came of the asks before an instant."""


def facts_of(member: Member, category: CategoryView) -> Facts:
    """Return a member as the rules want it."""
    return Facts(
        category=category.as_rule(),
        least_age=member.least_age,
        resident=member.resident,
        authorised_on=member.authorised_on,
        valid_until=member.valid_until,
    )
