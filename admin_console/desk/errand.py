"""A wish of a page on its way to the hub, and what comes of it."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from kiosk.hublink.client import Call, Failure, HubClient, Method
from kiosk.hublink.failure import Reason
from kiosk.wire.codec import Message

TRIES = 2
"""How often a wish is sent that may be repeated."""

USUAL_MS = 10_000
"""A PIN takes its time at the hub."""


@dataclass(frozen=True, slots=True)
class Request:
    """Where a wish goes, and what comes back."""

    path: str
    body: Message | None
    form: Any
    timeout_ms: int = USUAL_MS
    method: Method = "POST"


W = TypeVar("W")


class Errand(QObject, Generic[W]):
    """A wish and the question that carries it, sent again where no answer came.

    Signals:
        ended: the errand and what came of it.
    """

    ended = Signal(object, object)

    def __init__(self, client: HubClient, wish: W, request: Request, tries: int) -> None:
        super().__init__(client)
        self.wish = wish
        self._client, self._request, self._left = client, request, tries
        self._call: Call | None = None
        self._send()

    def abandon(self) -> None:
        """Want no answer any more."""
        if self._call is not None:
            self._call.abandon()
        self.deleteLater()

    def _send(self) -> None:
        self._left -= 1
        request = self._request
        call = self._client.call(request.method, request.path, request.body, request.form,
                                 request.timeout_ms)  # fmt: skip
        call.answered.connect(self._end)
        call.failed.connect(self._on_failed)
        self._call = call

    @Slot(object)
    def _on_failed(self, failure: Failure) -> None:
        if failure.reason is not Reason.PROBLEM and self._left > 0:
            self._send()
        else:
            self._end(failure)

    @Slot(object)
    def _end(self, result: object) -> None:
        self._call = None
        self.deleteLater()
        self.ended.emit(self, result)
