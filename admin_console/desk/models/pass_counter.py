"""The guest passes that are made at this desk: the last one, and whether another is being made."""

from datetime import datetime

from admin_console.desk.models.offer_face import OfferFace
from admin_console.desk.models.visit import MadePass
from admin_console.desk.models.visit_wording import VisitWording
from kiosk.hublink.failure import Failure
from kiosk.look.trouble import Trouble
from kiosk.wire.provision import PassesOut, PassMade


class PassCounter:
    """The counter.

    Attributes:
        last: the pass that was made last.
        is_new: whether it is the one that is being looked at, large.
        is_making: whether one is being asked for.
    """

    def __init__(self, wording: VisitWording) -> None:
        self._wording = wording
        self._trouble: Trouble | None = None
        self.last: MadePass | None = None
        self.is_new = self.is_making = False

    def put_away(self) -> None:
        """Look at no pass any more."""
        self.is_new, self._trouble = False, None

    def begin(self) -> bool:
        """Say whether another pass is to be asked for now."""
        if self.is_making:
            return False
        if self.is_new:
            self.put_away()
            return False
        self.is_making, self._trouble = True, None
        return True

    def end(self, answer: object, site_id: str, now: datetime) -> None:
        """Take what came of it."""
        self.is_making = False
        if isinstance(answer, PassMade):
            self.last = MadePass(answer.digits, answer.seconds, site_id, now)
            self.is_new = True
        elif isinstance(answer, PassesOut):
            self._trouble = self._wording.passes_out()
        elif isinstance(answer, Failure):
            self._trouble = self._wording.failed(answer, makes=True)

    def face(self, site: str) -> OfferFace:
        """Return what the middle of the page shows; `site` is where a pass would be good."""
        _ = self._wording.language.gettext
        if self.is_new:
            return OfferFace(
                _("Guest pass"),
                _("Say the code, or write it down: it opens one session."),
                main=_("Another pass"),
            )
        return OfferFace(
            _("Guest pass"),
            _("For somebody without a card, today, at %(site)s.") % {"site": site},
            trouble=self._trouble,
            main=_("Make a pass"),
            busy=self.is_making,
        )
