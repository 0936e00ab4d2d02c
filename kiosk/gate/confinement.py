"""How sessions are confined on this machine: what root has decided, and no peer can change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.gate.backend import Application
from kiosk.gate.cell import CellPlan
from kiosk.gate.cgroup import Ground, GroupLimits
from kiosk.gate.display import NUMBER, ServerPlan
from kiosk.gate.drop import Account, ProcessLimits
from kiosk.gate.sweep import CANCEL, SPOOLS
from kiosk.gate.terminal import Terminals

PATH = "/usr/local/bin:/usr/bin:/bin:/usr/games"
BUS = "/usr/bin/dbus-daemon"


@dataclass(frozen=True, slots=True)
class Companion:
    """A program of ours that stands in every session, such as the window manager or the face.

    `{slot}` in an argument stands for the id of the slot.
    """

    name: str
    arguments: tuple[str, ...]
    account: Account
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Confinement:
    """Everything that a confined session needs.

    Attributes:
        cell: what it sees.
        server: what draws it.
        ground: where its group comes from.
        applications: what may be launched in it.
        companions: what starts with it, in this order.
        terminals: the screen's terminals, None where there is no screen.
        language: variables of language for every program inside.
        group_limits: what the whole session may take.
        process_limits: what the visitor's account may take.
        spools: folders of the machine that are swept and looked through.
        bus: the program of the session's own message bus; left out where it is missing.
        cancel: the program that empties print queues; left out where it is missing.
    """

    cell: CellPlan
    server: ServerPlan
    ground: Ground
    applications: tuple[Application, ...] = ()
    companions: tuple[Companion, ...] = ()
    terminals: Terminals | None = None
    language: Mapping[str, str] = field(default_factory=lambda: {"LANG": "C.UTF-8"})
    group_limits: GroupLimits = field(default_factory=GroupLimits)
    process_limits: ProcessLimits = field(default_factory=ProcessLimits)
    spools: tuple[Path, ...] = SPOOLS
    bus: str = BUS
    cancel: str = CANCEL

    @property
    def remnant(self) -> Path:
        """Where the gate notes the running session."""
        return self.cell.run / "session.json"

    @property
    def visitor(self) -> Account:
        """The visitor's account."""
        return self.cell.visitor

    @property
    def face(self) -> Account:
        """The account of the session's face."""
        return self.cell.face

    def cookie_of(self, account: Account) -> Path:
        """Return the cookie file of an account, as a path of the inside."""
        return self.cell.run / f"{account.uid}.cookie"

    def all_companions(self) -> tuple[Companion, ...]:
        """Return the companions, the bus before those that may need it."""
        if not self.bus or not Path(self.bus).is_file():
            return self.companions
        arguments = (self.bus, "--session", "--nofork", "--nopidfile", f"--address={self._address}")
        return (Companion("bus", arguments, self.visitor), *self.companions)

    def variables(self, account: Account) -> dict[str, str]:
        """Return the variables of an account's programs inside."""
        home = self.cell.home if account == self.visitor else self.cell.face_runtime
        runtime = self.cell.runtime if account == self.visitor else self.cell.face_runtime
        bus = {"DBUS_SESSION_BUS_ADDRESS": self._address} if account == self.visitor else {}
        name = account.name or str(account.uid)
        return {
            "DISPLAY": f":{NUMBER}",
            "HOME": str(home),
            "LOGNAME": name,
            "PATH": PATH,
            "SHELL": "/bin/sh",
            "USER": name,
            "XAUTHORITY": str(self.cookie_of(account)),
            "XDG_RUNTIME_DIR": str(runtime),
            "XDG_SESSION_TYPE": "x11",
            **bus,
            **self.language,
        }

    @property
    def _address(self) -> str:
        return f"unix:path={self.cell.runtime / 'bus'}"
