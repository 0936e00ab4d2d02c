"""Where a program keeps its secrets: the system's keyring where there is one, else private files.

The place is chosen once, with the first secret, and written down: a keyring that is away for a
moment is then an error to be said, not a station that has forgotten who it is. Importing this
module is cheap; the keyring library is imported only when it may be needed.
"""

import logging
import os
import re
import tempfile
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Protocol

_log = logging.getLogger(__name__)

_NAME = re.compile(r"[a-z][a-z_]{0,40}")
_MARK = ".place"
_OTHERS = 0o077


class Place(StrEnum):
    """Where secrets are; the sentence for people lives in the program that says it."""

    KEYRING = "secrets_in_system_keyring"
    FILES = "secrets_in_private_files"


class SecretsUnavailable(Exception):
    """The place of the secrets does not give or take them now. Never holds a secret."""


class KeyringAway(Exception):
    """The system's keyring does not serve."""


class Keyring(Protocol):
    """What is needed of a keyring. Every call may raise `KeyringAway`."""

    def read(self, service: str, name: str) -> str | None:
        """Return a secret, None when there is none."""

    def write(self, service: str, name: str, value: str) -> None:
        """Keep a secret."""

    def forget(self, service: str, name: str) -> None:
        """Let a secret go; one that is not there is no error."""


class SystemKeyring:
    """The keyring of the operating system, by the `keyring` library."""

    def __init__(self) -> None:
        """Find the system's keyring.

        Raises:
            KeyringAway: there is none that is fit for secrets.
        """
        import keyring  # noqa: PLC0415 - a tenth of a second that an enrolled station does not need
        from keyring.errors import KeyringError, PasswordDeleteError  # noqa: PLC0415

        self._error = KeyringError
        self._absent = PasswordDeleteError
        try:
            self._ring = keyring.get_keyring()
            # 1 is what the library itself recommends; below are plain text and refusal.
            usable = self._ring.priority >= 1
        except (KeyringError, RuntimeError) as error:
            raise KeyringAway(type(error).__name__) from error
        if not usable:
            raise KeyringAway(type(self._ring).__module__)

    def read(self, service: str, name: str) -> str | None:
        """Return a secret, None when there is none."""
        try:
            return self._ring.get_password(service, name)
        except self._error as error:
            raise KeyringAway(type(error).__name__) from error

    def write(self, service: str, name: str, value: str) -> None:
        """Keep a secret."""
        try:
            self._ring.set_password(service, name, value)
        except self._error as error:
            raise KeyringAway(type(error).__name__) from error

    def forget(self, service: str, name: str) -> None:
        """Let a secret go; one that is not there is no error."""
        try:
            with suppress(self._absent):
                self._ring.delete_password(service, name)
        except self._error as error:
            raise KeyringAway(type(error).__name__) from error


class SecretFiles:
    """One file a secret, in a folder that only its owner may enter."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made with the first secret."""
        self._folder = folder

    def names(self) -> set[str]:
        """Return the names of the secrets there are."""
        try:
            return {entry.name for entry in self._folder.iterdir() if _NAME.fullmatch(entry.name)}
        except FileNotFoundError:
            return set()

    def read(self, name: str) -> str | None:
        """Return a secret, None when there is none.

        A file or folder that others may enter is closed to them, and that is said.

        Raises:
            OSError: it cannot be read, or is a link.
            PermissionError: it belongs to somebody else.
        """
        try:
            self._close_to_others()
            handle = os.open(self._folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        with os.fdopen(handle, encoding="utf-8") as file:
            facts = os.fstat(handle)
            _own(facts, name)
            if facts.st_mode & _OTHERS:
                os.fchmod(handle, 0o600)
                _log.warning("the secret %s could be read by others; it no longer can", name)
            return file.read()

    def write(self, name: str, value: str) -> None:
        """Keep a secret: wholly, or as before.

        Raises:
            OSError: it cannot be written.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._close_to_others()
        # The name of the draft is no name of a secret; the file is private from its first moment.
        handle, draft = tempfile.mkstemp(prefix=".draft-", dir=self._folder)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(value)
                file.flush()
                os.fsync(handle)
            Path(draft).replace(self._folder / name)
        except OSError:
            with suppress(OSError):
                Path(draft).unlink()
            raise
        self._sync()

    def forget(self, name: str) -> None:
        """Let a secret go; one that is not there is no error."""
        (self._folder / name).unlink(missing_ok=True)
        if self._folder.is_dir():
            self._sync()

    def _close_to_others(self) -> None:
        facts = self._folder.stat()
        _own(facts, "folder")
        if facts.st_mode & _OTHERS:
            self._folder.chmod(0o700)
            _log.warning("the folder of the secrets was open to others; it no longer is")

    def _sync(self) -> None:
        handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class SecretStore:
    """The secrets of one program on one machine."""

    def __init__(
        self,
        folder: Path,
        service: str = "creneau-kiosk",
        open_keyring: Callable[[], Keyring] = SystemKeyring,
    ) -> None:
        """Take the places; nothing is read or imported yet.

        Args:
            folder: the secrets' own folder, also where the choice of place is written down.
            service: the name of the program in the keyring.
            open_keyring: finds the system's keyring, or raises `KeyringAway`.
        """
        self._files = SecretFiles(folder)
        # Two stations of one user, each with its own folder, must not share an entry.
        self._service = f"{service} {folder.absolute()}"
        self._open_keyring = open_keyring
        self._keyring: Keyring | None = None

    def where(self) -> str:
        """Return the `Place` of the secrets, or the one that the first secret will go to.

        Raises:
            SecretsUnavailable: the folder cannot be read.
        """
        return (self._chosen() or self._choose()).value

    def read(self, name: str) -> str | None:
        """Return a secret, None when there is none.

        Raises:
            SecretsUnavailable: the place does not serve now.
        """
        _check(name)
        place = self._chosen()
        try:
            if place is Place.KEYRING:
                return self._ring().read(self._service, name)
            return None if place is None else self._files.read(name)
        except (KeyringAway, OSError, UnicodeDecodeError) as error:
            raise SecretsUnavailable(_plain(error)) from error

    def write(self, name: str, value: str) -> None:
        """Keep a secret.

        Raises:
            SecretsUnavailable: the place does not serve now.
        """
        _check(name)
        chosen = self._chosen()
        place = chosen or self._choose()
        try:
            if place is Place.KEYRING:
                try:
                    self._ring().write(self._service, name, value)
                except KeyringAway as away:
                    if chosen is not None:
                        raise
                    _log.warning("the keyring takes no secret (%s): they go to files", away)
                    place = Place.FILES
            if place is Place.FILES:
                self._files.write(name, value)
            if chosen is None:
                self._files.write(_MARK, place.value)
        except (KeyringAway, OSError) as error:
            raise SecretsUnavailable(_plain(error)) from error

    def forget(self, name: str) -> None:
        """Let a secret go; one that is not there is no error.

        Raises:
            SecretsUnavailable: the place does not serve now.
        """
        _check(name)
        place = self._chosen()
        try:
            if place is Place.KEYRING:
                self._ring().forget(self._service, name)
            elif place is Place.FILES:
                self._files.forget(name)
        except (KeyringAway, OSError) as error:
            raise SecretsUnavailable(_plain(error)) from error

    def _chosen(self) -> Place | None:
        try:
            mark = self._files.read(_MARK)
            if mark is not None:
                return Place(mark)
            return Place.FILES if self._files.names() else None
        except (OSError, ValueError) as error:
            raise SecretsUnavailable(_plain(error)) from error

    def _choose(self) -> Place:
        try:
            self._ring()
        except KeyringAway:
            return Place.FILES
        return Place.KEYRING

    def _ring(self) -> Keyring:
        if self._keyring is None:
            self._keyring = self._open_keyring()
        return self._keyring


def _check(name: str) -> None:
    if _NAME.fullmatch(name) is None:
        message = "the name of a secret is of small letters and strokes"
        raise ValueError(message)


def _own(facts: os.stat_result, name: str) -> None:
    if facts.st_uid != os.geteuid():
        message = f"the secret {name} belongs to another user"
        raise PermissionError(message)


def _plain(error: Exception) -> str:
    """Say what happened without what was being read or written."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return f"{type(error).__name__}: {error}" if isinstance(error, KeyringAway) else "unreadable"
