"""What root has set: caps, accounts, places, the backend, the shell, the applications.

Every key has a default but the accounts; a key that is not known is refused, because a cap with a
mistyped name would be none.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from kiosk.gate.applicationtable import Said, read_applications
from kiosk.gate.backend import Application
from kiosk.gate.drop import Account
from kiosk.gate.keymount import COMMON_KINDS, KINDS
from kiosk.gate.machine import Caps
from kiosk.gate.protocol import PowerKind
from kiosk.gate.table import Table
from kiosk.gate.trusted import NotTrusted, read_trusted

DEFAULT_PATH = Path("/etc/creneau/gate.toml")


class BackendKind(StrEnum):
    """How a visitor's session is kept apart."""

    CONFINED = "confined"
    XEPHYR = "xephyr"
    OPEN = "open"

    @property
    def confines(self) -> bool:
        """Whether a visitor's program is kept from the lock."""
        return self is not BackendKind.OPEN


class Screen(StrEnum):
    """What lock and sessions are drawn by."""

    XORG = "xorg"
    XVFB = "xvfb"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Displays:
    """The displays of lock and sessions.

    Attributes:
        screen: Xorg, Xvfb where there is no screen, or a display that somebody else keeps and
            that the shell's variables name.
        lock_terminal: the virtual terminal of the lock.
        session_terminal: the virtual terminal of the sessions.
        configuration: Xorg's own file for both, None for its defaults.
        size: width, height and depth of a virtual screen.
    """

    screen: Screen = Screen.XORG
    lock_terminal: int = 7
    session_terminal: int = 8
    configuration: Path | None = None
    size: str = "1366x768x24"


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the gate is told at its start.

    Attributes:
        state: folder of the journal; it outlives a power cut.
        run: folder of the socket and of what is true for one boot; the socket's group may enter.
        kiosk: the account of the shell, and the only one that may connect.
        face: the account of the session face.
        visitor: the account of the visitor's programs.
        displays: what lock and sessions are drawn by.
        home: the visitor's home; it exists only in a confined session.
        hidden: folders of the machine that show nothing in a confined session.
        shown: folders below hidden ones that show all the same.
        templates: a folder of documents that each visitor finds a copy of.
        has_scanner: a scanner stands beside the machine.
        keys: the file systems of USB keys that a session opens; empty where it opens none.
        shell: the program of the shell and its arguments; empty where somebody else starts it.
        face_program: the session face and its arguments; empty where there is none.
        face_environment: variables that the face gets besides those of its account.
        shell_environment: variables that the shell gets besides those of its account.
        applications: what may be launched besides what the machine has, or instead of it.
        without: ids of applications that are not offered though the machine has them.
    """

    state: Path
    run: Path
    backend: BackendKind
    caps: Caps
    kiosk: Account
    face: Account
    visitor: Account
    displays: Displays = Displays()
    home: Path = Path("/home/visitor")
    hidden: tuple[Path, ...] = ()
    shown: tuple[Path, ...] = ()
    templates: Path | None = None
    has_scanner: bool = False
    keys: tuple[str, ...] = COMMON_KINDS
    shell: tuple[str, ...] = ()
    face_program: tuple[str, ...] = ()
    face_environment: dict[str, str] = field(default_factory=dict)
    shell_environment: dict[str, str] = field(default_factory=dict)
    power: dict[PowerKind, tuple[str, ...]] = field(default_factory=dict)
    applications: tuple[Application, ...] = ()
    without: frozenset[str] = frozenset()

    @property
    def socket(self) -> Path:
        """Where the shell connects."""
        return self.run / "gate.socket"

    @property
    def face_folder(self) -> Path:
        """The shell's own folder for the socket of session faces, which no visitor may enter."""
        return self.run.with_name(f"{self.run.name}-face")

    @property
    def face_socket(self) -> Path:
        """Where session faces connect to the shell."""
        return self.face_folder / "socket"


def read_configuration(path: Path, owner: int = 0) -> Configuration:
    """Return what the file says.

    Raises:
        NotTrusted: it cannot be believed, or says something that makes no sense.
    """
    table = Table(str(path), read_trusted(path, owner))
    accounts, shell, face = table.table("accounts"), table.table("shell"), table.table("face")
    caps, power = table.table("caps"), table.table("power")
    display = table.table("display")
    standard = Caps()
    listed = table.optional_path("applications")
    said = read_applications(listed, owner) if listed else Said()
    configuration = Configuration(
        state=table.folder("state", "/var/lib/creneau/gate"),
        run=table.folder("run", "/run/creneau"),
        backend=table.choice("backend", BackendKind, BackendKind.CONFINED),
        displays=Displays(
            screen=display.choice("screen", Screen, Screen.XORG),
            lock_terminal=display.number("lock_terminal", 7),
            session_terminal=display.number("session_terminal", 8),
            configuration=display.optional_path("configuration"),
            size=display.text("size", "1366x768x24"),
        ),
        home=table.folder("home", "/home/visitor"),
        hidden=table.folders("hidden"),
        shown=table.folders("shown"),
        templates=table.optional_path("templates"),
        has_scanner=table.flag("scanner"),
        keys=table.words("keys", COMMON_KINDS),
        caps=Caps(
            max_total_seconds=caps.number("max_total_seconds", standard.max_total_seconds),
            max_grace_seconds=caps.number("max_grace_seconds", standard.max_grace_seconds),
            notice_seconds=caps.number("notice_seconds", standard.notice_seconds),
            wipe_seconds=float(caps.number("wipe_seconds", int(standard.wipe_seconds))),
        ),
        kiosk=accounts.account("kiosk", "kiosk"),
        face=accounts.account("face", "creneau-face"),
        visitor=accounts.account("visitor", "visitor"),
        shell=shell.words("program"),
        face_program=face.words("program"),
        face_environment=face.table("environment").texts(),
        shell_environment=shell.table("environment").texts(),
        power={kind: words for kind in PowerKind if (words := power.words(kind.value))},
        applications=said.added,
        without=said.without,
    )
    for one in (table, accounts, shell, face, caps, power, display):
        one.refuse_the_rest()
    if not KINDS.keys() >= set(configuration.keys):
        raise NotTrusted(f"{path}: keys is to be a list of " + ", ".join(KINDS))
    for place in configuration.shown:
        if not any(hidden in place.parents for hidden in configuration.hidden):
            raise NotTrusted(f"{path}: {place} is shown, and lies in no folder that is hidden")
    _refuse_shared_accounts(path, configuration)
    if configuration.displays.screen is Screen.GIVEN and configuration.backend.confines:
        raise NotTrusted(f"{path}: a confined session needs displays of the gate's own")
    return configuration


def _refuse_shared_accounts(path: Path, configuration: Configuration) -> None:
    """Refuse accounts whose end would end more than a session: all their processes are killed."""
    if not configuration.backend.confines:
        return
    ended = (configuration.visitor.uid, configuration.face.uid)
    if 0 in ended:
        raise NotTrusted(f"{path}: root can be neither the visitor nor the face")
    if len({*ended, configuration.kiosk.uid}) < len(ended) + 1:
        raise NotTrusted(f"{path}: visitor, face and kiosk are to be three accounts")
