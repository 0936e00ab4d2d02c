"""The seat is out of order: since when, and where to go instead (k8)."""

from html import escape

from kiosk.rules.seat import SeatState
from kiosk.shell.state_page import StatePage
from kiosk.wire.face import Snapshot


class OutOfOrderPage(StatePage):
    """Out of order. The reason is for those who repair; visitors are told what to do."""

    state = SeatState.OUT_OF_ORDER

    def words(self, snapshot: Snapshot) -> tuple[str, str]:
        """Return since when, and what to do."""
        _ = self.outfit.language.gettext
        teller = self.outfit.teller
        lines = []
        since = snapshot.out_of_order_since
        if since is not None:
            lines.append(escape(self._since(snapshot)))
        lines.append(f"<b>{escape(_('Please choose another seat.'))}</b>")
        if helps := teller.who_helps(snapshot):
            lines.append(escape(helps))
        return _("This seat is out of order"), "<br>".join(lines)

    def _since(self, snapshot: Snapshot) -> str:
        _ = self.outfit.language.gettext
        phrase = self.outfit.teller.phrase(snapshot)
        since = snapshot.out_of_order_since
        if since is None:
            return ""
        said = {"time": phrase.time(since), "day": phrase.day(since)}
        if phrase.day(since) == phrase.day(snapshot.now):
            return _("It has been known since %(time)s.") % said
        return _("It has been known since %(day)s, %(time)s.") % said
