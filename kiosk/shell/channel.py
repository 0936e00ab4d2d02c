"""The way between brain and faces, encoded as if a socket lay between them.

Windowed mode keeps both in one process; what a face gets and sends has still gone through bytes,
so that nothing can come to depend on a shared object.
"""

from kiosk.wire.codec import decode, encode
from kiosk.wire.face import Snapshot, Wish


def carry_snapshot(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot as it arrives at a face.

    Raises:
        MessageInvalid: it breaks a rule of its own form.
    """
    return decode(encode(snapshot), Snapshot)


def carry_wish(wish: Wish) -> Wish:
    """Return the wish as it arrives at the brain.

    Raises:
        MessageInvalid: it breaks a rule of its own form, for example a card with a letter in it.
    """
    arrived: Wish = decode(encode(wish), Wish)
    return arrived
