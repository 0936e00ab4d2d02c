"""How far the console may be trusted: up to date, catching up, or without contact since when."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from admin_console.desk.models.freshness import Freshness


class Trust(QObject):
    """What is known of the freshness of the board.

    Signals:
        changed: a `Freshness`, and since when contact is lost.
    """

    changed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._freshness = Freshness.CATCHING_UP
        self._lost_at: datetime | None = None

    @property
    def told(self) -> tuple[Freshness, datetime | None]:
        """How far the board may be trusted, and since when contact is lost."""
        return self._freshness, self._lost_at

    def begin(self) -> None:
        """Know nothing yet; nobody is told."""
        self._freshness, self._lost_at = Freshness.CATCHING_UP, None

    def show(self, freshness: Freshness, now: datetime) -> None:
        """Take over how contact stands, by the hub's time."""
        if freshness is Freshness.LOST:
            if self._lost_at is None:
                self._lost_at = now
        elif freshness is Freshness.LIVE:
            self._lost_at = None
        elif self._lost_at is not None:
            # Until the missed changes are read, what is shown is as old as the loss.
            freshness = Freshness.LOST
        if freshness is not self._freshness or freshness is Freshness.LOST:
            self._freshness = freshness
            self.changed.emit(freshness, self._lost_at)
