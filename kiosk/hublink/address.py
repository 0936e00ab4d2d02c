"""The address of a hub, checked once: what is not on this machine is spoken to over TLS only."""

import ipaddress
from dataclasses import dataclass

from PySide6.QtCore import QUrl


class AddressRefused(ValueError):
    """This is no address at which a hub may be spoken to; the sentence says why."""


@dataclass(frozen=True, slots=True)
class HubAddress:
    """Where a hub is. Made by `HubAddress.parse`."""

    text: str

    @classmethod
    def parse(cls, text: str) -> "HubAddress":
        """Return the address that `text` gives, such as `https://hub.example.org`.

        Raises:
            AddressRefused: it is no http(s) address of a host, carries more than host, port and
                path, or leaves the machine without TLS.
        """
        url = QUrl(text.strip(), QUrl.ParsingMode.StrictMode)
        if not url.isValid() or url.scheme() not in {"http", "https"} or not url.host():
            message = "the address of the hub must begin with https:// and name a host"
            raise AddressRefused(message)
        if url.userInfo() or url.hasQuery() or url.hasFragment():
            message = "the address of the hub may hold a host, a port and a path, nothing else"
            raise AddressRefused(message)
        if url.scheme() == "http" and not is_loopback(url.host()):
            message = "without TLS a hub is spoken to on this machine only: use https://"
            raise AddressRefused(message)
        return cls(url.toString().rstrip("/"))

    @property
    def secure(self) -> bool:
        """Whether TLS is spoken."""
        return self.text.startswith("https:")

    def url(self, path: str) -> QUrl:
        """Return the address of a path of the hub, which begins with a stroke.

        Raises:
            ValueError: the path does not stay within the hub.
        """
        url = QUrl(self.text + path, QUrl.ParsingMode.StrictMode)
        if not path.startswith("/") or not url.isValid():
            message = "a path of the hub begins with / and holds no space"
            raise ValueError(message)
        return url


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine, by its address or as `localhost`."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
