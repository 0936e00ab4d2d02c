"""A keyring in memory that can be away."""

from kiosk.hublink.secret import KeyringAway


class FakeKeyring:
    """Keeps secrets by service and name.

    Attributes:
        away: While true every call fails, as with a service that does not answer.
        read_only: While true nothing can be written.
    """

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.away = False
        self.read_only = False

    def read(self, service: str, name: str) -> str | None:
        self._serve()
        return self.kept.get((service, name))

    def write(self, service: str, name: str, value: str) -> None:
        self._serve()
        if self.read_only:
            raise KeyringAway("locked")
        self.kept[service, name] = value

    def forget(self, service: str, name: str) -> None:
        self._serve()
        self.kept.pop((service, name), None)

    def _serve(self) -> None:
        if self.away:
            raise KeyringAway("away")


def no_keyring() -> FakeKeyring:
    """Open the keyring of a system that has none."""
    raise KeyringAway("none")
