"""The seat is held for a ticket without a card: beside card or pass it asks for the ticket's code.

What was typed before stays here until it is sent with the code, and leaves with the visitor.
"""

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from kiosk.look.pass_boxes import PassBoxes
from kiosk.look.trouble import Trouble
from kiosk.rules.slot import Ground
from kiosk.shell.digit_page import DigitPage
from kiosk.shell.outfit import Outfit
from kiosk.wire.face import PassTyped, RefusalFace, Shown, SignInAsked, Snapshot, Wish

LENGTH = 3
BOX = 64
"""How wide a box is, in pixels."""


def wants_code(snapshot: Snapshot | None, wish: Wish) -> bool:
    """Tell whether what is wished opens the seat only with the code of its ticket."""
    if not isinstance(wish, SignInAsked | PassTyped) or wish.ticket_code is not None:
        return False
    return snapshot is not None and asks_code(snapshot)


def asks_code(snapshot: Snapshot) -> bool:
    """Tell whether the seat is held for a ticket with a code, and nothing else was refused."""
    lock = snapshot.lock
    if snapshot.shown is not Shown.LOCK or lock is None or lock.resume is not None:
        return False
    if lock.refusal is not None and lock.refusal.ground is not Ground.WRONG_TICKET_CODE:
        return False
    return lock.held is not None and lock.held.coded


class TicketCodePage(DigitPage):
    """The entry of the code."""

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        boxes = PassBoxes(outfit.look, outfit.clock, spoken="", groups=(LENGTH,), width=BOX)
        super().__init__(outfit, boxes, parent)
        self._wish: SignInAsked | PassTyped | None = None

    @property
    def wish(self) -> SignInAsked | PassTyped | None:
        """What waits for the code."""
        return self._wish

    def take(self, wish: SignInAsked | PassTyped) -> None:
        """Wait with a wish until the code is there."""
        self._wish = wish

    def leave(self) -> None:
        """Forget everything."""
        self._wish = None
        super().leave()

    def tell_words(self, snapshot: Snapshot) -> None:
        """Say which code is meant."""
        _ = self.outfit.language.gettext
        held = None if snapshot.lock is None else snapshot.lock.held
        ticket = {"ticket": "" if held is None else held.ticket}
        self.title.say(_("The code of ticket %(ticket)s") % ticket)
        self.lead.say(_("Type the three digits that were given with the ticket."))
        self.name_boxes(_("Ticket code"), LENGTH)
        self.tell_help("", "", "")

    def refused(self, snapshot: Snapshot, refusal: RefusalFace) -> Trouble:
        """Return that the code is another one, and how often it may be tried."""
        _, ngettext = self.outfit.language.gettext, self.outfit.language.ngettext
        teller = self.outfit.teller
        fact = _("This is not the code of this ticket.")
        kept = _("Your card and your ticket stay valid.")
        if isinstance(self._wish, PassTyped):
            kept = _("Your pass and your ticket stay valid.")
        if refusal.retry_at is not None and refusal.retry_at > snapshot.now:
            again = teller.wait(snapshot, refusal.retry_at)
            return Trouble(fact, kept, f"{again} {teller.who_helps(snapshot)}".strip())
        left = refusal.tries_left
        again = _("Please type it again.")
        if left is None:
            return Trouble(fact, kept, again)
        told = ngettext("You have %(count)d try left.", "You have %(count)d tries left.", left)
        return Trouble(fact, kept, f"{again} {told % {'count': left}}")

    def send(self, digits: str) -> None:
        """Send what waited, with the code."""
        if self._wish is not None:
            self.wished.emit(replace(self._wish, ticket_code=digits))
