"""What the gate needs of a visitor's session: to begin it, fill it, end it, and prove it gone."""

from dataclasses import dataclass
from typing import Protocol

from kiosk.gate.answer import Refusal
from kiosk.gate.appearance import PLAIN, Appearance, Scaling
from kiosk.gate.fact import Proof, Residue
from kiosk.rules.person import BrowserProfile


@dataclass(frozen=True, slots=True)
class Application:
    """A program found on this machine, offered under an id of the table.

    `{private}` in an argument stands for the session's private folder.
    """

    app_id: str
    program: str
    arguments: tuple[str, ...] = ()
    takes_url: bool = False
    scaling: Scaling = Scaling.VARIABLES

    def command(self, private: str, url: str, appearance: Appearance) -> tuple[str, ...]:
        """Return what is started, with an address or an empty one."""
        arguments = (one.replace("{private}", private) for one in self.arguments)
        dressed = appearance.arguments(self.scaling)
        return (self.program, *arguments, *dressed, *([url] if url else []))


class SessionFailed(Exception):
    """A session cannot be given on this machine now."""


class SessionBackend(Protocol):
    """The visitor's processes and files. Repeats are harmless; no method asks a visitor's program.

    A station has one visitor: `end` and `audit` take everything of every slot, whichever is named,
    and None after a restart that knows no slot.
    """

    @property
    def confines(self) -> bool:
        """Whether a visitor's program is kept from the lock and from other people's files."""
        ...

    def applications(self) -> tuple[Application, ...]:
        """Return what can be launched on this machine."""
        ...

    def start(self, slot_id: str) -> None:
        """Make the session of this slot, or take up the one that the gate left in this boot.

        Raises:
            SessionFailed: it cannot be made.
        """
        ...

    def launch(
        self,
        slot_id: str,
        app_id: str,
        url: str,
        appearance: Appearance = PLAIN,
        profile: BrowserProfile = BrowserProfile.ADULT,
    ) -> Refusal | None:
        """Start an application, with an address or an empty one; None means that it started."""
        ...

    def cover(self, slot_id: str, on: bool) -> None:
        """Bring the lock in front of the session, or the session in front again."""
        ...

    def end(self, slot_id: str | None) -> None:
        """End every program of the visitor and remove every file; `audit` tells what is left."""
        ...

    def audit(self, slot_id: str | None) -> Proof | Residue:
        """Look for anything of a visitor, and tell what `end` has ended and removed."""
        ...

    def close(self) -> None:
        """Let go of the session without ending it; the next gate takes it up."""
        ...
