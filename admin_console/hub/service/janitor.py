"""What is put in order without being asked."""

from dataclasses import dataclass

from admin_console.hub.service.command import Commands
from admin_console.hub.service.contact import ContactBook, Presence
from admin_console.hub.service.port import Clock, Store


@dataclass(frozen=True, slots=True)
class Swept:
    """How much a sweep found to do."""

    contacts: int = 0
    commands: int = 0
    given_up: int = 0
    lost: int = 0


class Janitor:
    """Sweeps every second or so; tidies away what is old now and then."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        commands: Commands,
        presence: Presence,
        contacts: ContactBook,
        keep_changes_days: int = 14,
    ) -> None:
        self._store = store

    def sweep(self) -> Swept:
        """Mark silent stations, expire commands, give up grants that nobody confirmed."""
        raise NotImplementedError

    def tidy(self) -> int:
        """Forget old changes, answers, sessions, codes and tries; returns the rows forgotten."""
        raise NotImplementedError
