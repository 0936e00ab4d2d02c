"""What whoever leaves is shown: what is closed and erased, and what they may forget."""

from kiosk.wire.codec import Message


class GoodbyeFace(Message, frozen=True, kw_only=True):
    """The session is closing; `clean` is true only once the audit has passed.

    `key_left` says that a USB key of its visitor is still plugged in, `key_writing` that what was
    saved on it is not all there yet.
    """

    programs_closed: bool
    clean: bool
    key_left: bool = False
    key_writing: bool = False
