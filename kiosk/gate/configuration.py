"""What root has set: caps, accounts, places, the backend, the shell, the applications.

Every key has a default but the accounts; a key that is not known is refused, because a cap with a
mistyped name would be none.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from kiosk.gate.account import find_account
from kiosk.gate.appearance import Scaling
from kiosk.gate.backend import Application
from kiosk.gate.drop import Account
from kiosk.gate.keymount import COMMON_KINDS, KINDS
from kiosk.gate.machine import Caps
from kiosk.gate.protocol import PowerKind
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
    table = _Table(str(path), read_trusted(path, owner))
    accounts, shell, face = table.table("accounts"), table.table("shell"), table.table("face")
    caps, power = table.table("caps"), table.table("power")
    display = table.table("display")
    standard = Caps()
    listed = table.optional_path("applications")
    applications, without = _read_applications(listed, owner) if listed else ((), frozenset())
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
        applications=applications,
        without=without,
    )
    for one in (table, accounts, shell, face, caps, power, display):
        one.refuse_the_rest()
    if not KINDS.keys() >= set(configuration.keys):
        raise NotTrusted(f"{path}: keys is to be a list of " + ", ".join(KINDS))
    if configuration.displays.screen is Screen.GIVEN and configuration.backend.confines:
        raise NotTrusted(f"{path}: a confined session needs displays of the gate's own")
    return configuration


def _read_applications(path: Path, owner: int) -> tuple[tuple[Application, ...], frozenset[str]]:
    table = _Table(str(path), read_trusted(path, owner))
    found: list[Application] = []
    without: list[str] = []
    for one in table.tables("application"):
        app_id = one.text("id", None)
        if one.flag("off"):
            without.append(app_id)
        else:
            found.append(_read_application(app_id, one))
        one.refuse_the_rest()
    table.refuse_the_rest()
    ids = [*without, *(one.app_id for one in found)]
    if len(set(ids)) < len(ids):
        raise NotTrusted(f"{path}: two applications have the same id")
    return tuple(found), frozenset(without)


def _read_application(app_id: str, table: "_Table") -> Application:
    return Application(
        app_id=app_id,
        program=str(table.folder("program", None)),
        arguments=table.words("arguments"),
        takes_url=table.flag("takes_url"),
        scaling=table.choice("scaling", Scaling, Scaling.VARIABLES),
    )


Chosen = TypeVar("Chosen", bound=StrEnum)


class _Table:
    """One table of the file, of which every key must be asked for."""

    def __init__(self, where: str, raw: dict[str, Any]) -> None:
        self._where = where
        self._rest = dict(raw)

    def text(self, key: str, default: str | None) -> str:
        value = self._rest.pop(key, default)
        if not isinstance(value, str):
            raise self._wrong(key, "a text in quotes")
        return value

    def texts(self) -> dict[str, str]:
        found = {key: self.text(key, None) for key in list(self._rest)}
        self.refuse_the_rest()
        return found

    def folder(self, key: str, default: str | None) -> Path:
        path = Path(self.text(key, default))
        if not path.is_absolute():
            raise self._wrong(key, "a whole path, from / on")
        return path

    def optional_path(self, key: str) -> Path | None:
        return self.folder(key, None) if key in self._rest else None

    def folders(self, key: str) -> tuple[Path, ...]:
        paths = tuple(Path(one) for one in self.words(key))
        if not all(path.is_absolute() for path in paths):
            raise self._wrong(key, "a list of whole paths, from / on")
        return paths

    def number(self, key: str, default: int) -> int:
        value = self._rest.pop(key, default)
        if type(value) is not int or value < 0:
            raise self._wrong(key, "a whole number, 0 or more")
        return value

    def flag(self, key: str) -> bool:
        value = self._rest.pop(key, False)
        if not isinstance(value, bool):
            raise self._wrong(key, "true or false")
        return value

    def words(self, key: str, default: tuple[str, ...] = ()) -> tuple[str, ...]:
        value = self._rest.pop(key, list(default))
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self._wrong(key, "a list of texts")
        return tuple(value)

    def choice(self, key: str, kind: type[Chosen], default: Chosen) -> Chosen:
        value = self._rest.pop(key, default)
        if value not in kind.__members__.values():
            raise self._wrong(key, "one of " + ", ".join(kind))
        return kind(value)

    def account(self, key: str, default: str) -> Account:
        value = self._rest.pop(key, default)
        if type(value) not in {str, int} or (isinstance(value, int) and value < 0):
            raise self._wrong(key, "the name or the number of an account")
        try:
            return find_account(value)
        except LookupError as error:
            raise NotTrusted(f"{self._where}: {error}") from error

    def table(self, key: str) -> "_Table":
        value = self._rest.pop(key, {})
        if not isinstance(value, dict):
            raise self._wrong(key, "a table")
        return _Table(f"{self._where}, {key}", value)

    def tables(self, key: str) -> list["_Table"]:
        value = self._rest.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self._wrong(key, "a list of tables")
        return [_Table(f"{self._where}, {key}", one) for one in value]

    def refuse_the_rest(self) -> None:
        for key in self._rest:
            raise NotTrusted(f"{self._where}: {key} is not known")

    def _wrong(self, key: str, wanted: str) -> NotTrusted:
        return NotTrusted(f"{self._where}: {key} is to be {wanted}")
