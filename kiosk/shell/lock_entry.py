"""Where a visitor went at the lock: to card and code, to a pass, or to the code of a ticket.

A wish to sit down passes through here: on a seat that is held for a ticket with a code it waits
until that code is typed. What a visitor comes back from is put back into its fields.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from kiosk.shell.face import Face
from kiosk.shell.lock_page import LockPage
from kiosk.shell.page import Page
from kiosk.shell.pass_page import PassPage
from kiosk.shell.ticket_code_page import TicketCodePage, asks_code, wants_code
from kiosk.wire.face import PassTyped, RefusalRead, Shown, SignInAsked, Snapshot, Wish


class LockEntry(QObject):
    """The way through the entries of the lock.

    Args:
        page: gives the page of a face.
        parent: the window.

    Signals:
        moved: another face is due.
        wished: a `Wish`.
    """

    moved = Signal()
    wished = Signal(object)

    def __init__(self, page: Callable[[Face], Page], parent: QObject) -> None:
        super().__init__(parent)
        self._page = page
        self._snapshot: Snapshot | None = None
        self._wants_pass = self._wants_code = False
        self._kept: SignInAsked | PassTyped | None = None

    def wants(self) -> dict[str, bool]:
        """Return where the visitor went, for `face_due`."""
        return {"wants_pass": self._wants_pass, "wants_code": self._wants_code}

    def follow(self, snapshot: Snapshot) -> None:
        """Leave an entry that asks for nothing any more; before the face is turned."""
        self._snapshot = snapshot
        self._wants_pass = self._wants_pass and snapshot.shown in (Shown.LOCK, Shown.AWAY)
        if self._wants_code and not asks_code(snapshot):
            waits = self._code_page().wish
            self._wants_code = False
            # What was refused of a pass is typed anew; a card stays to be looked at.
            is_card = isinstance(waits, SignInAsked) and snapshot.shown is Shown.LOCK
            self._kept = waits if is_card else None

    def put_back(self) -> None:
        """Fill the fields with what the visitor comes back with, once their face is up."""
        kept, self._kept = self._kept, None
        if isinstance(kept, SignInAsked):
            lock = self._page(Face.LOCK)
            # A card that opens alone would ask again at once: it is passed once more.
            if isinstance(lock, LockPage) and kept.pin is not None:
                lock.form.fill(kept.card, "")
        elif kept is not None:
            entry = self._page(Face.PASS)
            if isinstance(entry, PassPage):
                entry.fill(kept.digits)

    def send(self, wish: Wish) -> None:
        """Send a wish on, or ask for the code of the ticket first."""
        if not wants_code(self._snapshot, wish) or not isinstance(wish, SignInAsked | PassTyped):
            self.wished.emit(wish)
            return
        self._code_page().take(wish)
        self._go(wants_code=True)

    def want_pass(self) -> None:
        """Go to the entry of a pass; what was said of a card is not said of a pass."""
        self._read_refusal()
        self._go(wants_pass=True)

    def leave_pass(self) -> None:
        """Go back to card and code."""
        self._read_refusal()
        self._go(wants_pass=False)

    def leave_code(self) -> None:
        """Go back to what was typed before."""
        self._kept = self._code_page().wish
        self.forget_code()

    def forget_code(self) -> None:
        """Go back to empty fields: whoever typed them has gone."""
        self._read_refusal()
        self._go(wants_code=False)

    def _go(self, *, wants_pass: bool | None = None, wants_code: bool | None = None) -> None:
        self._wants_pass = self._wants_pass if wants_pass is None else wants_pass
        self._wants_code = self._wants_code if wants_code is None else wants_code
        self.moved.emit()

    def _read_refusal(self) -> None:
        lock = None if self._snapshot is None else self._snapshot.lock
        if lock is not None and lock.refusal is not None:
            self.wished.emit(RefusalRead())

    def _code_page(self) -> TicketCodePage:
        page = self._page(Face.TICKET_CODE)
        if not isinstance(page, TicketCodePage):
            message = "the face of the code has another page"
            raise TypeError(message)
        return page
