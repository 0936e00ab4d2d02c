"""What all faces have in common: a snapshot in, wishes out, words said again on request."""

from abc import abstractmethod

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from kiosk.look.button import Button, ButtonSize, Kind
from kiosk.shell.layout import Ground
from kiosk.shell.outfit import Outfit
from kiosk.shell.reader import ListenButton
from kiosk.wire.face import HelpWished, Snapshot


class Page(Ground):
    """A face, or a part of one.

    A page shows the last snapshot it got. It decides nothing, and what it forgets when it leaves
    nobody misses.

    Signals:
        wished: a `Wish`, for the brain.
    """

    wished = Signal(object)

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(outfit.look, "ground", parent)
        self.outfit = outfit
        self._snapshot: Snapshot | None = None
        outfit.language.changed.connect(self.retell)
        outfit.reader.came_or_went.connect(self.retell)
        # Queued: what is arranged anew must have taken its new fonts before it is measured.
        outfit.look.changed.connect(self.retell, Qt.ConnectionType.QueuedConnection)

    @property
    def snapshot(self) -> Snapshot | None:
        """What is shown now."""
        return self._snapshot

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show another snapshot."""
        self._snapshot = snapshot
        self.retell()

    def retell(self) -> None:
        """Say everything again, in the current language."""
        if self._snapshot is not None:
            self.tell(self._snapshot)

    @abstractmethod
    def tell(self, snapshot: Snapshot) -> None:
        """Put the words and figures of a snapshot in place."""

    def spoken(self) -> list[str]:
        """Return what is read aloud: the heading, the state, and the main button.

        Never what was typed, nor the name of whoever is here: others hear it too. A part of a face
        says nothing by itself.
        """
        return []

    def enter(self) -> None:
        """The face has come up; take the keyboard where it is expected."""

    def leave(self) -> None:
        """The face goes; nothing typed may stay in it."""

    def display_button(self) -> Button | None:
        """Return the button from which *Affichage* hangs, where the page has one."""
        return None

    def call_button(self, *, on_band: bool = False) -> Button:
        """Return *Appeler*, which wishes for help; the page places it and says its word."""
        button = Button(self.outfit.look, "", "call", icon="hand", on_band=on_band)
        button.clicked.connect(self._on_call)
        return button

    def listen_button(
        self, kind: Kind = "tool", *, size: ButtonSize = "normal", on_band: bool = False
    ) -> ListenButton:
        """Return *Écouter*, which says its own words; the page places it left of *Appeler*."""
        outfit = self.outfit
        return ListenButton(
            outfit.look,
            outfit.language,
            outfit.guard,
            outfit.reader,
            kind,
            size=size,
            on_band=on_band,
        )

    def _on_call(self) -> None:
        self.wished.emit(HelpWished())
