"""Who a board is signed in as: an account that may only watch, kept as a secret of its machine.

A board stands alone for months, and its sign-in lasts for hours. So the name and the password of
its account are kept where programs of the house keep secrets, and used again when the hub asks.
What is refused is forgotten at once: then a person signs it in anew.
"""

import logging
from typing import Protocol

from kiosk.hublink.secret import SecretsUnavailable

_log = logging.getLogger(__name__)

NAME, PASSWORD = "board_account", "board_password"


class Secrets(Protocol):
    """What is needed of the place of secrets. Every call may raise `SecretsUnavailable`."""

    def read(self, name: str) -> str | None:
        """Return a secret, None when there is none."""

    def write(self, name: str, value: str) -> None:
        """Keep a secret."""

    def forget(self, name: str) -> None:
        """Let a secret go."""


class Keeper:
    """Keeps the account. Without a place for secrets it is kept until the program ends."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets
        self._account: tuple[str, str] | None = None

    def account(self) -> tuple[str, str] | None:
        """Return name and password, None where a person must sign in."""
        if self._account is None:
            try:
                name, password = self._secrets.read(NAME), self._secrets.read(PASSWORD)
            except SecretsUnavailable:
                _log.warning("the board's account cannot be read")
                return None
            if name and password:
                self._account = (name, password)
        return self._account

    def keep(self, name: str, password: str) -> None:
        """Keep an account that was let in."""
        if self._account == (name, password):
            return
        self._account = (name, password)
        try:
            self._secrets.write(NAME, name)
            self._secrets.write(PASSWORD, password)
        except SecretsUnavailable:
            _log.warning("the board's account cannot be kept: it ends with the program")

    def forget(self) -> None:
        """Forget the account."""
        self._account = None
        try:
            self._secrets.forget(NAME)
            self._secrets.forget(PASSWORD)
        except SecretsUnavailable:
            _log.warning("the board's account could not be forgotten")
