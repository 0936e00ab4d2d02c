"""Where the session face meets the rest of the shell, on a workstation that confines.

The lock's display and the session's show what is theirs; what a visitor chose of the appearance on
the one goes along to the other, and the face tells of a display that the shell cannot ask.
"""

import pwd

from PySide6.QtCore import QObject, Signal

from kiosk.composition.activity import SeatActivity
from kiosk.composition.option import Options
from kiosk.shell.display import Display
from kiosk.shell.face_server import FaceServer
from kiosk.shell.side import for_lock
from kiosk.wire.face import Snapshot
from kiosk.wire.facelink import QuietTold


class AccountMissing(RuntimeError):
    """The account of the session face is not on this machine; says which."""


class FaceStand(QObject):
    """Speaks with the session face.

    Life cycle: `start` makes the socket, `show` at each snapshot, `close`.

    Args:
        options: where the socket stands, and whose face is heard.
        display: what a visitor chose on the lock.
        activity: what hears how long the visitor has done nothing.
        parent: who owns it.

    Signals:
        wished: a `SessionWish`.
    """

    wished = Signal(object)

    def __init__(
        self,
        options: Options,
        display: Display,
        activity: SeatActivity,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        uid = _uid_of(options.face_account)
        self._display, self._activity = display, activity
        self._server = FaceServer(options.face_socket, uid, self)
        self._server.wished.connect(self.wished)
        self._server.appearance_chosen.connect(display.wear)
        self._server.quiet_told.connect(self._on_quiet)
        self._server.face_left.connect(activity.forget)

    def start(self) -> None:
        """Make the socket.

        Raises:
            SocketRefused: it cannot be made.
        """
        self._server.listen()

    def show(self, snapshot: Snapshot) -> Snapshot:
        """Tell the face, and return what the lock's display shows."""
        self._server.use_appearance(self._display.appearance())
        self._server.show(snapshot)
        return for_lock(snapshot)

    def close(self) -> None:
        """Take the socket away; a face that runs waits for the next shell."""
        self._server.close()

    def _on_quiet(self, told: QuietTold) -> None:
        self._activity.hear(told.seconds)


def _uid_of(named: str) -> int:
    if named.isdecimal():
        return int(named)
    try:
        return pwd.getpwnam(named).pw_uid
    except KeyError as missing:
        message = f"there is no account {named} for the session face"
        raise AccountMissing(message) from missing
