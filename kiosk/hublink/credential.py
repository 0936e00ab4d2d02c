"""The token that lets a program in at the hub, held in one place and never shown."""

import re

_SHAPE = re.compile(r"[\x21-\x7e]+")


class Credential:
    """Whom requests speak for; None is nobody. Shared by everything that asks the hub."""

    __slots__ = ("_token",)

    def __init__(self, token: str | None = None) -> None:
        """Take the token, if there is one already."""
        self._token: str | None = None
        self.token = token

    @property
    def token(self) -> str | None:
        """The bearer token.

        Raises:
            ValueError: on setting one that does not fit in a header.
        """
        return self._token

    @token.setter
    def token(self, token: str | None) -> None:
        if token is not None and _SHAPE.fullmatch(token) is None:
            message = "a token is visible ASCII without spaces"
            raise ValueError(message)
        self._token = token

    def __repr__(self) -> str:
        """Tell whether there is a token, never which."""
        return f"Credential({'held' if self._token else 'none'})"
