"""What the hub is told from outside: the environment, read once into one typed value.

docs/operations.md lists every name; a test holds the two together.
"""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

DATABASE_URL = "CRENEAU_DATABASE_URL"
LISTEN = "CRENEAU_LISTEN"
STATE = "CRENEAU_STATE"
TLS_CERTIFICATE = "CRENEAU_TLS_CERTIFICATE"
TLS_KEY = "CRENEAU_TLS_KEY"
LOG = "CRENEAU_LOG"
HOLIDAYS = "CRENEAU_HOLIDAYS"

NAMES = (DATABASE_URL, LISTEN, STATE, TLS_CERTIFICATE, TLS_KEY, LOG, HOLIDAYS)

DEFAULT_LISTEN = "127.0.0.1:8620"
DATABASE_FILE = "hub.sqlite"
CERTIFICATE_FILE = "hub-certificate.pem"
KEY_FILE = "hub-key.pem"
LARGEST_PORT = 65535


class SettingInvalid(ValueError):
    """A setting cannot be used; the sentence names it and says what would do."""


class LogForm(StrEnum):
    """How the log is written: one JSON object a line, or for the eyes of a developer."""

    JSON = "json"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the hub listens. Port 0 lets the system choose one."""

    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Tell whether only this machine can reach the address."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class KeyPair:
    """The files of a TLS certificate (with its chain) and of its private key, both PEM."""

    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the hub is told.

    Attributes:
        state: the folder of the database, the secrets and the hub's own certificate.
        database_url: the address of the database, which may hold a password and is never shown;
            None for the file in the state folder.
        listen: where to listen.
        key_pair: the town's own certificate; None where there is none.
        log: how the log is written.
        holidays: whose public holidays rooms keep; empty for those they were planted with.
    """

    state: Path
    database_url: str | None
    listen: Address
    key_pair: KeyPair | None = None
    log: LogForm = LogForm.JSON
    holidays: str = ""

    @property
    def database_file(self) -> Path:
        """The database where no address is told."""
        return self.state / DATABASE_FILE

    @property
    def own_key_pair(self) -> KeyPair:
        """Where the certificate stands that the hub makes for itself."""
        return KeyPair(self.state / CERTIFICATE_FILE, self.state / KEY_FILE)

    def listening(self, text: str) -> "Settings":
        """Return these settings with another address; raises `SettingInvalid`."""
        return replace(self, listen=read_address(text, "--listen"))


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Return the settings; an empty variable counts as unset.

    Raises:
        SettingInvalid: one of them cannot be used.
    """
    told = {name: value for name in NAMES if (value := environment.get(name, "").strip())}
    state = Path(told[STATE]).expanduser() if STATE in told else _default_state(environment)
    state = state.absolute()
    return Settings(
        state=state,
        database_url=_read_database_url(told.get(DATABASE_URL)),
        listen=read_address(told.get(LISTEN, DEFAULT_LISTEN), LISTEN),
        key_pair=_read_key_pair(told.get(TLS_CERTIFICATE), told.get(TLS_KEY)),
        log=_read_log(told.get(LOG, LogForm.JSON)),
        holidays=told.get(HOLIDAYS, ""),
    )


def read_address(text: str, name: str) -> Address:
    """Return the address in `text`, as HOST:PORT or [IPV6]:PORT.

    Raises:
        SettingInvalid: it is none; the sentence calls it `name`.
    """
    match = re.fullmatch(r"(?:\[([0-9a-fA-F:.]+)\]|([^\s:\[\]/]+)):([0-9]{1,5})", text)
    if match is None or int(match[3]) > LARGEST_PORT:
        message = f"{name} must be HOST:PORT such as {DEFAULT_LISTEN}, not {text!r}"
        raise SettingInvalid(message)
    return Address(match[1] or match[2], int(match[3]))


def _default_state(environment: Mapping[str, str]) -> Path:
    base = environment.get("XDG_STATE_HOME", "").strip()
    folder = Path(base) if base else Path.home() / ".local" / "state"
    return folder / "creneau" / "hub"


def _read_database_url(text: str | None) -> str | None:
    if text is not None and re.match(r"(sqlite|postgresql(\+psycopg)?)://.", text) is None:
        # The address itself may hold a password: it is not repeated.
        message = f"{DATABASE_URL} must begin with sqlite:/// or postgresql://"
        raise SettingInvalid(message)
    return text


def _read_key_pair(certificate: str | None, key: str | None) -> KeyPair | None:
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        missing = TLS_KEY if key is None else TLS_CERTIFICATE
        message = f"{TLS_CERTIFICATE} and {TLS_KEY} go together: {missing} is missing"
        raise SettingInvalid(message)
    for name, path in ((TLS_CERTIFICATE, Path(certificate)), (TLS_KEY, Path(key))):
        if not path.is_file():
            message = f"{name} names a file that is not there: {path}"
            raise SettingInvalid(message)
    return KeyPair(Path(certificate), Path(key))


def _read_log(text: str) -> LogForm:
    try:
        return LogForm(text)
    except ValueError:
        message = f"{LOG} must be json or console, not {text!r}"
        raise SettingInvalid(message) from None
