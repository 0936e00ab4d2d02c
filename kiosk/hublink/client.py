"""The hub as a Qt program asks it: one typed question, one typed answer, no thread.

Life cycle: a program makes one `HubClient` on its one network manager and shares it. A question is
a `Call`; connect to its signals at once, they come through the event loop. Repeating a question is
harmless by the design of the wire, and Qt itself repeats one whose kept-alive connection had gone.
"""

from typing import Any, Literal

from PySide6.QtCore import QObject
from PySide6.QtNetwork import (
    QNetworkAccessManager,
    QNetworkReply,
    QNetworkRequest,
    QSsl,
)

from kiosk.hublink.address import AddressRefused, HubAddress
from kiosk.hublink.call import Call
from kiosk.hublink.credential import Credential
from kiosk.hublink.exchange import Exchange
from kiosk.hublink.failure import Failure, Reason
from kiosk.hublink.network import choose_proxy
from kiosk.wire.codec import Message, encode

__all__ = ["AddressRefused", "Call", "Credential", "Failure", "HubClient", "Reason"]

TIMEOUT_MS = 5_000

Method = Literal["GET", "POST", "DELETE"]

_Attribute = QNetworkRequest.Attribute


class HubClient(QObject):
    """One hub, one credential."""

    def __init__(
        self,
        manager: QNetworkAccessManager,
        base_url: str,
        credential: Credential | None = None,
        pinned_key: str = "",
        parent: QObject | None = None,
    ) -> None:
        """Remember whom to ask; nothing is sent yet.

        Args:
            manager: the program's network manager (`kiosk.hublink.network.make_manager`), for
                this hub alone.
            base_url: where the hub is; http:// on this machine only.
            credential: for whom to speak; may be given its token later.
            pinned_key: SHA-256 of the hub's public key, hexadecimal; empty before enrolment.
            parent: owner.

        Raises:
            AddressRefused: (a ValueError) the address is none to speak to.
        """
        super().__init__(parent)
        self._manager = manager
        self._address = HubAddress.parse(base_url)
        self._credential = credential if credential is not None else Credential()
        self._pinned_key = pinned_key
        choose_proxy(manager, self._address.url("/"))

    @property
    def address(self) -> HubAddress:
        """Where the hub is."""
        return self._address

    @property
    def credential(self) -> Credential:
        """For whom the client speaks."""
        return self._credential

    def pin(self, key: str) -> None:
        """Accept only the hub that holds this key, from the next question on."""
        if key != self._pinned_key:
            self._pinned_key = key
            self._manager.clearConnectionCache()

    def call(
        self,
        method: Method,
        path: str,
        body: Message | None,
        form: Any,
        timeout_ms: int = TIMEOUT_MS,
    ) -> Call:
        """Ask the hub.

        Args:
            method: of HTTP.
            path: with its query, from `/v1` on; no secret and no personal datum may be in it.
            body: what goes with the question.
            form: the type of the answer, or a union of types; None for an empty answer, `bytes`
                for a file as it comes.
            timeout_ms: from now to the whole answer, in milliseconds.
        """
        accept = "*/*" if form is bytes else "application/json"
        exchange = self._open(method, path, accept, body)
        return Call(exchange, form, timeout_ms, self)

    def open_stream(self, path: str) -> Exchange:
        """Ask for a stream of events; it has no end of its own."""
        return self._open("GET", path, "text/event-stream", None)

    def _open(self, method: Method, path: str, accept: str, body: Message | None) -> Exchange:
        request = self._request(path, accept)
        reply: QNetworkReply
        if method == "POST":
            data = b"" if body is None else encode(body)
            request.setHeader(QNetworkRequest.KnownHeaders.ContentTypeHeader, "application/json")
            reply = self._manager.post(request, data)
        elif body is not None:
            message = f"a {method} carries no body"
            raise ValueError(message)
        elif method == "DELETE":
            reply = self._manager.deleteResource(request)
        else:
            reply = self._manager.get(request)
        return Exchange(reply, self._pinned_key, self)

    def _request(self, path: str, accept: str) -> QNetworkRequest:
        request = QNetworkRequest(self._address.url(path))
        request.setRawHeader(b"Accept", accept.encode())
        # Qt would ask for a packed answer and unpack it without our limit on its size.
        request.setRawHeader(b"Accept-Encoding", b"identity")
        request.setRawHeader(b"User-Agent", b"creneau")
        if self._credential.token is not None:
            request.setRawHeader(b"Authorization", b"Bearer " + self._credential.token.encode())
        manual = QNetworkRequest.LoadControl.Manual
        for attribute, value in (
            (
                _Attribute.RedirectPolicyAttribute,
                QNetworkRequest.RedirectPolicy.ManualRedirectPolicy,
            ),
            (_Attribute.CacheLoadControlAttribute, QNetworkRequest.CacheLoadControl.AlwaysNetwork),
            (_Attribute.CookieLoadControlAttribute, manual),
            (_Attribute.CookieSaveControlAttribute, manual),
            (_Attribute.AuthenticationReuseAttribute, manual),
            (_Attribute.Http2AllowedAttribute, False),
        ):
            request.setAttribute(attribute, value)
        if self._pinned_key:
            # A resumed session would not show the peer's certificate anew.
            tls = request.sslConfiguration()
            tls.setSslOption(QSsl.SslOption.SslOptionDisableSessionSharing, True)
            tls.setSslOption(QSsl.SslOption.SslOptionDisableSessionTickets, True)
            request.setSslConfiguration(tls)
        return request
