"""Somebody's session is open, and its face stands on a display of its own."""

from html import escape

from kiosk.rules.seat import SeatState
from kiosk.shell.state_page import StatePage
from kiosk.wire.face import Snapshot


class TakenPage(StatePage):
    """Stands behind a session, where it is seen for a moment only."""

    state = SeatState.IN_USE

    def words(self, snapshot: Snapshot) -> tuple[str, str]:
        """Return that the seat is in use, and what to do when this page stays."""
        _ = self.outfit.language.gettext
        working = _("Somebody works here at the moment.")
        lines = [
            f"<b>{escape(working)}</b>",
            escape(_("If this page stays, the screen of the session is missing.")),
        ]
        if helps := self.outfit.teller.who_helps(snapshot):
            lines.append(escape(helps))
        return _("This seat is taken"), "<br>".join(lines)

    def tell(self, snapshot: Snapshot) -> None:
        """Say it; somebody sits here, who needs no other place to go."""
        super().tell(snapshot)
        self.places.hide()
