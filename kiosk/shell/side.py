"""What each of two displays is told when the lock and the session stand apart.

In windowed mode one window shows everything. On a confined workstation the lock has a display of
its own, where nothing of a session is ever shown; and the session's display never shows a field
for a code.
"""

from msgspec.structs import replace

from kiosk.wire.face import Shown, Snapshot

IN_SESSION = (Shown.SESSION, Shown.GRACE)


def for_lock(snapshot: Snapshot) -> Snapshot:
    """Return what the lock's display shows: of a session only that there is one."""
    if snapshot.shown not in IN_SESSION:
        return snapshot
    return replace(snapshot, shown=Shown.TAKEN, session=None, ticket=None)


def for_session(snapshot: Snapshot) -> Snapshot | None:
    """Return what the session's display shows, None for what only concerns the lock."""
    if snapshot.shown in (*IN_SESSION, Shown.TAKEN):
        return snapshot
    if snapshot.shown is Shown.AWAY:
        return replace(snapshot, shown=Shown.TAKEN, lock=None)
    return None
