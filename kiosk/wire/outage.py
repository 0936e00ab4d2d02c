"""What the lock tells after a power cut."""

from kiosk.wire.codec import Message, Seconds, Stamp


class ResumeFace(Message, frozen=True, kw_only=True):
    """After a power cut the seat is kept `until` then; `left_seconds` of the total are left.

    The power was off from `lost_at` to `back_at`, where that is known.
    """

    left_seconds: Seconds
    total_seconds: Seconds
    until: Stamp
    lost_at: Stamp | None = None
    back_at: Stamp | None = None
