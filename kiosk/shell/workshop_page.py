"""A workshop or a reservation takes the free seat: which, until when, and where to go instead."""

from html import escape

from kiosk.rules.seat import SeatState
from kiosk.rules.slot import Ground
from kiosk.shell.state_page import StatePage
from kiosk.wire.face import Snapshot


class WorkshopPage(StatePage):
    """Taken for a while, by something that staff entered."""

    state = SeatState.WORKSHOP

    def words(self, snapshot: Snapshot) -> tuple[str, str]:
        """Return what takes the seat, until when, who opens it and what to do."""
        _ = self.outfit.language.gettext
        booking = snapshot.booking
        title = _("This seat is reserved")
        lines = []
        if booking is not None:
            until = self.outfit.teller.phrase(snapshot).time(booking.end)
            if booking.ground is Ground.WORKSHOP:
                title = _("This seat is reserved for a workshop")
            said = _("%(title)s, until %(time)s.") % {"title": booking.title, "time": until}
            lines.append(f"<b>{escape(said)}</b>")
            if booking.ground is Ground.WORKSHOP:
                lines.append(escape(_("The trainer opens it, no card is needed.")))
        lines.append(escape(_("Please choose another seat.")))
        if helps := self.outfit.teller.who_helps(snapshot):
            lines.append(escape(helps))
        return title, "<br>".join(lines)
