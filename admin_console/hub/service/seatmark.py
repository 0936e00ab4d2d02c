"""What stands at a seat besides its slot: somebody who calls, a USB key that was forgotten."""

from dataclasses import replace
from datetime import datetime

from admin_console.hub.service.record import Seat
from kiosk.wire.event import HelpAsked, KeyLeft, KeyTaken

SeatMark = HelpAsked | KeyLeft | KeyTaken


def mark(seat: Seat, body: SeatMark, at: datetime) -> Seat:
    """Return the seat with what was told of it at that instant; the first one counts."""
    match body:
        case HelpAsked():
            return replace(seat, help_asked_at=seat.help_asked_at or at)
        case KeyLeft():
            return replace(seat, key_left_at=seat.key_left_at or at)
        case KeyTaken():
            return replace(seat, key_left_at=None)
