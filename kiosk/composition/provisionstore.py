"""Keeps what lets the station act alone, so that it still can after a start without the hub.

The keys are secrets like the enrolment. The known cards stand in a private file: without the room's
key nobody can say whose they are, and their codes cannot be tried.
"""

import logging
from pathlib import Path

from msgspec.structs import replace

from kiosk.hublink.secret import SecretFiles, SecretStore, SecretsUnavailable
from kiosk.wire.codec import LARGEST_ANSWER, MessageInvalid, decode, encode
from kiosk.wire.provision import Provisions

KEYS = "provision_keys"
CARDS = "known_cards"

_log = logging.getLogger(__name__)


class ProvisionStore:
    """Two places, each written wholly or not at all. Nothing that is kept is ever logged."""

    def __init__(self, secrets: SecretStore, folder: Path) -> None:
        """Take the places.

        Args:
            secrets: where the keys go.
            folder: the cards' own, made with the first of them.
        """
        self._secrets = secrets
        self._files = SecretFiles(folder)

    def read(self) -> Provisions | None:
        """Return what was kept last, None where nothing usable is."""
        try:
            keys, cards = self._secrets.read(KEYS), self._files.read(CARDS)
        except (SecretsUnavailable, OSError, UnicodeDecodeError) as error:
            _log.error("what lets this station act alone cannot be read: %s", _plain(error))
            return None
        if keys is None:
            return None
        try:
            found: Provisions = decode(keys.encode(), Provisions)
            known = found
            if cards is not None:
                known = decode(cards.encode(), Provisions, LARGEST_ANSWER)
        except MessageInvalid:
            # The cause would show the value.
            _log.error("what lets this station act alone is not what was written")
            return None
        return replace(known, room_key=found.room_key, day_keys=found.day_keys)

    def write(self, provisions: Provisions) -> None:
        """Keep it; what cannot be kept serves until the next start."""
        keys = replace(provisions, cards=(), used=())
        cards = replace(provisions, room_key=bytes(len(provisions.room_key)), day_keys=())
        try:
            self._secrets.write(KEYS, encode(keys).decode())
            self._files.write(CARDS, encode(cards).decode())
        except (SecretsUnavailable, OSError) as error:
            _log.error("what lets this station act alone cannot be kept: %s", _plain(error))

    def forget(self) -> None:
        """Let it all go, with the enrolment."""
        try:
            self._secrets.forget(KEYS)
            self._files.forget(CARDS)
        except (SecretsUnavailable, OSError) as error:
            _log.error("what lets this station act alone cannot be forgotten: %s", _plain(error))


def _plain(error: Exception) -> str:
    """Say what happened without what was being read or written."""
    if isinstance(error, OSError):
        return error.strerror or type(error).__name__
    return str(error) if isinstance(error, SecretsUnavailable) else type(error).__name__
