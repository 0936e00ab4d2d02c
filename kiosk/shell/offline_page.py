"""No contact with the hub: no card can be checked, so no field is shown that cannot work (k8)."""

from html import escape

from kiosk.rules.seat import SeatState
from kiosk.shell.state_page import StatePage
from kiosk.wire.face import Snapshot


class OfflinePage(StatePage):
    """Waiting for the connection."""

    state = SeatState.OFFLINE

    def words(self, snapshot: Snapshot) -> tuple[str, str]:
        """Return what is kept and what to do meanwhile."""
        _ = self.outfit.language.gettext
        lines = [
            f"<b>{escape(_('We cannot check your card at the moment.'))}</b>",
            escape(_("Your card stays valid. This seat keeps trying by itself.")),
            escape(_("If it takes long, please try another seat.")),
        ]
        if helps := self.outfit.teller.who_helps(snapshot):
            lines.append(escape(helps))
        return _("Waiting for the connection"), "<br>".join(lines)
