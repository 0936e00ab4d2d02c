"""The room is closed: when it opens again (k8)."""

from html import escape

from kiosk.rules.seat import SeatState
from kiosk.shell.state_page import StatePage
from kiosk.wire.face import Snapshot


class ClosedPage(StatePage):
    """Closed."""

    state = SeatState.CLOSED
    is_night = True

    def words(self, snapshot: Snapshot) -> tuple[str, str]:
        """Return when the room opens, when that is known."""
        _ = self.outfit.language.gettext
        lines = []
        if snapshot.next_opening is not None:
            when = self.outfit.teller.opening(snapshot, snapshot.next_opening)
            lines.append(
                escape(_("We open %(when)s.") % {"when": "\0"}).replace(
                    "\0", f"<b>{escape(when)}</b>"
                )
            )
        lines.append(escape(_("This seat will start by itself.")))
        if not snapshot.staffed and (helps := self.outfit.teller.who_helps(snapshot)):
            lines.append(escape(helps))
        return _("We are closed"), "<br>".join(lines)
