"""Why nobody is signed in any more."""

from enum import StrEnum


class Leaving(StrEnum):
    """The person asked, or the hub no longer knows the session."""

    ASKED = "asked"
    EXPIRED = "expired"
