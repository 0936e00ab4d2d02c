"""What the way in needs of the store: staff with their sessions, and failed tries."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from admin_console.hub.service.record import StaffMember
from kiosk.rules.throttle import Tries


class StaffRows(Protocol):
    """The members of staff and their sessions."""

    def add(self, member: StaffMember) -> bool:
        """Keep a new member of staff; False when the name is taken."""

    def by_name(self, name: str) -> StaffMember | None:
        """Return the member of staff of that name."""

    def add_session(self, token_sha256: bytes, staff_id: str, expires_at: datetime) -> None:
        """Keep a session."""

    def by_session(self, token_sha256: bytes, now: datetime) -> StaffMember | None:
        """Return whose session this is, unless it is over."""

    def drop_session(self, token_sha256: bytes) -> None:
        """End a session."""

    def drop_expired(self, now: datetime) -> int:
        """Forget the sessions that are over."""


class TryRows(Protocol):
    """The failed tries of secrets, by subject."""

    def get(self, subjects: Collection[str]) -> dict[str, Tries]:
        """Return the tries of each subject; one without failures has `Tries()`."""

    def save(self, subject: str, tries: Tries) -> None:
        """Write the tries of a subject."""

    def clear(self, subjects: Collection[str]) -> None:
        """Let subjects start afresh."""

    def forget(self, before: datetime) -> int:
        """Forget the subjects whose last failure was before an instant."""
