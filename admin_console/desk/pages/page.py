"""What every page of the console is: a widget with a name, which takes what the house tells it.

The house shows one page at a time under the bar and beside the rail, and tells all of them what
happens, so that a page is right at once when somebody turns to it.
"""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from admin_console.desk.models.board import Difference
from admin_console.desk.models.freshness import Freshness
from admin_console.desk.parts.scanner import ScanTarget


class Page(QWidget):
    """A page; what is not for it, it need not take.

    Signals:
        shown_asked: something was found that this page shows.
    """

    shown_asked = Signal()

    icon = ""
    """The picture of the page in the rail."""

    def title(self) -> str:
        """Return the name of the page: in the rail, and on top."""
        raise NotImplementedError

    def parts(self) -> list[QWidget]:
        """Return the parts that are shown, in reading order; F6 goes from one to the next."""
        return [self]

    def settle(self, difference: Difference) -> None:
        """Take over what became different on the board."""

    def show_time(self, now: datetime) -> None:
        """Show what depends on the time of day alone."""

    def show_freshness(self, freshness: Freshness, since: datetime | None) -> None:
        """Show how far the page may be trusted; `since` is when contact was lost."""

    def cover(self, house: QWidget) -> None:
        """Let the questions of the page lie over the whole house, rail and bar too."""

    def is_writing(self) -> bool:
        """Return whether a text is being written that a scanned card must not take away."""
        return False

    def filters(self) -> QWidget | None:
        """Return what narrows the page, for the bar to show beside its name."""
        return None

    def scan_target(self) -> ScanTarget | None:
        """Return where a scanned card goes; None is the search in the bar."""
        return None

    def is_held(self) -> bool:
        """Return whether leaving would lose something, so that `leave` would ask."""
        return False

    def leave(self, go_on: Callable[[], object]) -> None:
        """Do `go_on` at once, or once somebody has answered that what is written may be lost."""
        go_on()
