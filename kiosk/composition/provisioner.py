"""Fetches what lets the station act alone: when it is told to, and every hour.

`HubLine` tells it to at each contact, when the hub says that something changed, on a new day of the
room, and when the room admits others than before.
"""

import logging

from PySide6.QtCore import QObject, QTimer, Signal

from kiosk.hublink.client import Call, Failure, HubClient
from kiosk.wire.provision import Provisions

HOUR_MS = 3_600_000
AGAIN_MS = 60_000
"""After a failure it is asked again after this long, in milliseconds."""

_log = logging.getLogger(__name__)


class Provisioner(QObject):
    """One question is under way at a time; what changes meanwhile is asked for anew.

    Signals:
        read(Provisions): as the hub told.
    """

    read = Signal(object)

    def __init__(
        self, client: HubClient, parent: QObject | None = None, *, hour_ms: int = HOUR_MS
    ) -> None:
        """Take whom to ask; nothing is sent before `fetch`."""
        super().__init__(parent)
        self._client = client
        self._hour_ms = hour_ms
        self._call: Call | None = None
        self._again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.fetch)

    def fetch(self) -> None:
        """Ask now, or once more when the answer under way is here."""
        if self._call is not None:
            self._again = True
            return
        self._timer.stop()
        self._call = self._client.call("GET", "/v1/provisions", None, Provisions)
        self._call.answered.connect(self._take)
        self._call.failed.connect(self._miss)

    def stop(self) -> None:
        """Ask nothing more until the next `fetch`."""
        self._timer.stop()
        self._again = False
        if self._call is not None:
            self._call.abandon()
            self._call = None

    def _take(self, provisions: Provisions) -> None:
        self._rest(self._hour_ms)
        self.read.emit(provisions)

    def _miss(self, failure: Failure) -> None:
        _log.info("what lets this station act alone could not be fetched: %s", failure.reason)
        self._rest(AGAIN_MS)

    def _rest(self, pause_ms: int) -> None:
        self._call = None
        self._timer.start(0 if self._again else pause_ms)
        self._again = False
