"""Where the hub keeps its secrets: the key ring of the system, or a folder that only it can read.

The choice is made once, at the first start, and written down: a hub that finds its key ring locked
one morning must not make a new pepper, for no card of the town would be known any more.
"""

import hashlib
import os
import re
import secrets
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import keyring
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringError

SERVICE = "creneau-hub"
FOLDER = "secrets"
CHOICE = "kept-in"
PEPPER = "pepper"
PEPPER_BYTES = 32
_NAME = re.compile(r"[a-z][a-z0-9-]*")


class SecretsUnavailable(Exception):
    """The secrets cannot be read or written; the sentence says why and what to do."""


class Secrets(Protocol):
    """A place for secrets."""

    @property
    def place(self) -> str:
        """Where they are, for the line that the program says at its start."""

    def get(self, name: str) -> str | None:
        """Return a secret, or None where there is none; raises `SecretsUnavailable`."""

    def put(self, name: str, value: str) -> None:
        """Keep a secret; raises `SecretsUnavailable`."""


class FileSecrets:
    """Secrets as files of one folder, readable by their owner alone.

    Args:
        folder: made at the first secret, mode 0700; the files are 0600.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def place(self) -> str:
        """Where they are."""
        return f"files under {self._folder}"

    def get(self, name: str) -> str | None:
        """Return a secret, or None; one that others can read is refused."""
        path = self._path(name)
        try:
            mode = path.stat().st_mode
            value = path.read_text(encoding="ascii")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            message = f"the secret file {path} cannot be read: {type(error).__name__}"
            raise SecretsUnavailable(message) from error
        if mode & (stat.S_IRWXG | stat.S_IRWXO):
            message = f"the secret file {path} can be read by others: make it mode 0600"
            raise SecretsUnavailable(message)
        return value

    def put(self, name: str, value: str) -> None:
        """Keep a secret: whole or not at all, also across a power cut."""
        path = self._path(name)
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_private(path, value.encode("ascii"))
        except OSError as error:
            message = f"the secret file {path} cannot be written: {error.strerror}"
            raise SecretsUnavailable(message) from error

    def _path(self, name: str) -> Path:
        if _NAME.fullmatch(name) is None:
            message = f"{name!r} is no name for a secret"
            raise ValueError(message)
        return self._folder / name


class KeyringSecrets:
    """Secrets in the key ring of the system.

    Args:
        backend: the key ring.
        owner: tells the hubs of one machine apart; the same at every start.
    """

    def __init__(self, backend: KeyringBackend, owner: str) -> None:
        self._backend = backend
        self._owner = owner

    @property
    def place(self) -> str:
        """Where they are."""
        return f"the key ring of the system ({self._backend.name})"

    def get(self, name: str) -> str | None:
        """Return a secret, or None."""
        try:
            return self._backend.get_password(SERVICE, f"{self._owner}/{name}")
        except KeyringError as error:
            raise self._unavailable(error) from error

    def put(self, name: str, value: str) -> None:
        """Keep a secret."""
        try:
            self._backend.set_password(SERVICE, f"{self._owner}/{name}", value)
        except KeyringError as error:
            raise self._unavailable(error) from error

    def _unavailable(self, error: KeyringError) -> SecretsUnavailable:
        return SecretsUnavailable(f"{self.place} does not answer: {type(error).__name__}")


def open_secrets(state: Path, backend: KeyringBackend | None = None) -> Secrets:
    """Return the place of the hub's secrets, the same one as at its first start.

    Args:
        state: the hub's state folder, which must exist.
        backend: the key ring to consider; None asks the system which there is.

    Raises:
        SecretsUnavailable: the place chosen at the first start is out of reach.
    """
    files = FileSecrets(state / FOLDER)
    ring = keyring.get_keyring() if backend is None else backend
    kept = KeyringSecrets(ring, hashlib.sha256(str(state).encode()).hexdigest()[:16])
    present = not isinstance(ring, NoKeyring) and _priority(ring) >= 1
    choice = files.get(CHOICE)
    if choice is None:
        choice = "keyring" if present and _answers(kept) else "files"
        files.put(CHOICE, choice)
    if choice == "files":
        return files
    if not present:
        message = (
            "the secrets of this hub were put into the key ring of the system at its first start, "
            "and none is in reach now: start the hub as the same user, in the same kind of session"
        )
        raise SecretsUnavailable(message)
    return kept


def ensure_pepper(place: Secrets, entropy: Callable[[int], bytes] = secrets.token_bytes) -> bytes:
    """Return the key that turns card numbers into references; made at the first call.

    Raises:
        SecretsUnavailable: it cannot be read or kept, or what stands there is none.
    """
    found = place.get(PEPPER)
    if found is None:
        found = entropy(PEPPER_BYTES).hex()
        place.put(PEPPER, found)
    if re.fullmatch(rf"[0-9a-f]{{{2 * PEPPER_BYTES}}}", found) is None:
        message = f"the pepper in {place.place} is damaged: put back the copy of it that you keep"
        raise SecretsUnavailable(message)
    return bytes.fromhex(found)


def write_private(path: Path, data: bytes) -> None:
    """Write a file of mode 0600 so that a power cut leaves the old one or the new one."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _answers(place: Secrets) -> bool:
    """Tell whether a secret put there comes back; a locked key ring is no place to begin with."""
    try:
        place.put("probe", "present")
        return place.get("probe") == "present"
    except SecretsUnavailable:
        return False


def _priority(backend: KeyringBackend) -> float:
    try:
        return float(backend.priority)
    except RuntimeError:
        # A backend says so when what it needs (a session bus, a service) is not there.
        return 0.0
