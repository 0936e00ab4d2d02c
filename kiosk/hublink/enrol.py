"""A station becomes one of the hub's: by a code, once, and it keeps what it was told."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from kiosk.hublink.client import Call, HubClient
from kiosk.hublink.failure import Failure, Reason
from kiosk.hublink.secret import SecretStore, SecretsUnavailable
from kiosk.rules.identifier import is_id
from kiosk.wire.codec import MessageInvalid, decode, encode
from kiosk.wire.station import EnrolmentAnswer, EnrolmentRefused, EnrolStation, StationEnrolled

_log = logging.getLogger(__name__)

ENROLMENT = "enrolment"
STATION_ID = "station_id"
TIMEOUT_MS = 10_000


def read_enrolment(secrets: SecretStore) -> StationEnrolled | None:
    """Return what the hub told this station at its enrolment, None before it.

    Raises:
        SecretsUnavailable: the secrets cannot be read now, or are not what was written.
    """
    text = secrets.read(ENROLMENT)
    if text is None:
        return None
    try:
        found: StationEnrolled = decode(text.encode(), StationEnrolled)
    except MessageInvalid:
        message = "the enrolment cannot be read"
        # The cause would show the value.
        raise SecretsUnavailable(message) from None
    return found


def forget_enrolment(secrets: SecretStore) -> None:
    """Be nobody again; the station keeps its own id.

    Raises:
        SecretsUnavailable: the place of the secrets does not serve now.
    """
    secrets.forget(ENROLMENT)


class Enroller(QObject):
    """Asks the hub to be let in, one asking at a time.

    The station's own id is kept before the first asking, so that an answer that was lost is given
    to the same station again. Once enrolled the client speaks for the station, to that hub alone.

    Signals:
        enrolled(StationEnrolled): the hub knows this station, and it is written down.
        refused(str): the hub's code for why not.
        failed(Failure): the hub was not there, or gave no answer to go by.
        not_kept(str): the secrets could not be written or read, in plain words for a log.
    """

    enrolled = Signal(object)
    refused = Signal(str)
    failed = Signal(object)
    not_kept = Signal(str)

    def __init__(
        self,
        client: HubClient,
        secrets: SecretStore,
        new_id: Callable[[], str],
        hostname: str,
        parent: QObject | None = None,
    ) -> None:
        """Take what an enrolment needs.

        Args:
            client: the hub.
            secrets: where to write down what the hub tells.
            new_id: makes an identifier for the station.
            hostname: how people call the machine.
            parent: owner.
        """
        super().__init__(parent)
        self._client = client
        self._secrets = secrets
        self._new_id = new_id
        self._hostname = hostname
        self._call: Call | None = None

    @property
    def is_asking(self) -> bool:
        """Whether an answer is awaited."""
        return self._call is not None

    def enrol(self, code: str, seat_number: int | None = None) -> None:
        """Ask with a code, for a numbered seat or the first empty one.

        Does nothing while an answer is awaited.
        """
        if self._call is not None:
            return
        try:
            station_id = self._station_id()
        except SecretsUnavailable as error:
            self._not_kept(error)
            return
        ask = EnrolStation(
            code=code, station_id=station_id, hostname=self._hostname, seat_number=seat_number
        )
        self._call = self._client.call("POST", "/v1/enrolments", ask, EnrolmentAnswer, TIMEOUT_MS)
        self._call.answered.connect(self._take)
        self._call.failed.connect(self._fail)

    def stop(self) -> None:
        """Break off; nothing is said any more."""
        if self._call is not None:
            self._call.abandon()
            self._call = None

    def _station_id(self) -> str:
        station_id = self._secrets.read(STATION_ID)
        if station_id is None or not is_id(station_id):
            station_id = self._new_id()
            self._secrets.write(STATION_ID, station_id)
        return station_id

    @Slot(object)
    def _take(self, answer: StationEnrolled | EnrolmentRefused) -> None:
        self._call = None
        if isinstance(answer, EnrolmentRefused):
            self.refused.emit(answer.code)
            return
        try:
            self._client.credential.token = answer.token
        except ValueError:
            self.failed.emit(Failure(Reason.INVALID_ANSWER))
            return
        try:
            self._secrets.write(ENROLMENT, encode(answer).decode())
        except SecretsUnavailable as error:
            self._client.credential.token = None
            self._not_kept(error)
            return
        if answer.hub_key:
            self._client.pin(answer.hub_key)
        self.enrolled.emit(answer)

    @Slot(object)
    def _fail(self, failure: Failure) -> None:
        self._call = None
        self.failed.emit(failure)

    def _not_kept(self, error: SecretsUnavailable) -> None:
        _log.error("the enrolment cannot be kept: %s", error)
        self.not_kept.emit(str(error))
