"""Without a card: the ten digits of a guest pass, one button (k15)."""

from PySide6.QtWidgets import QWidget

from kiosk.look.pass_boxes import LENGTH, PassBoxes
from kiosk.look.trouble import Trouble
from kiosk.shell.digit_page import DigitPage
from kiosk.shell.outfit import Outfit
from kiosk.shell.pass_words import pass_refusal, who_gives
from kiosk.wire.face import PassTyped, RefusalFace, Snapshot


class PassPage(DigitPage):
    """The entry of a pass."""

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit, PassBoxes(outfit.look, outfit.clock, spoken=""), parent)

    def tell_words(self, snapshot: Snapshot) -> None:
        """Say what a pass is, and where one is given."""
        _ = self.outfit.language.gettext
        self.title.say(_("Without a card"))
        self.lead.say(_("Type the code of your guest pass. It opens one session."))
        self.name_boxes(_("Pass code"), LENGTH)
        self.tell_help(_("You have no code?"), *who_gives(self.outfit.language, snapshot))

    def refused(self, snapshot: Snapshot, refusal: RefusalFace) -> Trouble:
        """Return why the pass opens nothing."""
        return pass_refusal(self.outfit.language, self.outfit.teller, snapshot, refusal)

    def send(self, digits: str) -> None:
        """Wish for a session by the pass."""
        self.wished.emit(PassTyped(digits=digits))
