"""The tiles of the session home: only what can be opened here, and Help (k2)."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from kiosk.look.language import N_
from kiosk.look.tile import Tile
from kiosk.look.token import TintName
from kiosk.rules.usbkey import OPEN_KEY
from kiosk.shell.outfit import Outfit

HELP = "help"
FILES = "files"
"""The file manager, which shows a key."""

GAP, NARROW_GAP = 28, 20
EDGE = 8
"""Room around the tiles for the focus ring."""

COLUMNS = 2
LEAST_LINES = 2
ROOMY = 800
LEAST_WIDTH = 200


@dataclass(frozen=True, slots=True)
class TileFace:
    """How an application is offered."""

    icon: str
    tint: TintName
    title: str
    line: str


FACES: dict[str, TileFace] = {
    "internet": TileFace("globe", "internet", N_("Internet"), N_("Search, mail, public services")),
    "writer": TileFace("file-text", "write", N_("Write a document"), N_("Text, tables, slides")),
    "files": TileFace("folder", "files", N_("My files"), N_("USB key, documents, photos")),
    OPEN_KEY: TileFace("usb", "learn", N_("My USB key"), N_("See what is on it")),
    "scanner": TileFace("scan-text", "print", N_("Scan a paper"), N_("A letter, a form, a photo")),
    HELP: TileFace("life-buoy", "help", N_("Help"), N_("How it works, who to call")),
}


class Tiles(QWidget):
    """The grid. Applications that it does not know are not shown.

    Signals:
        chosen: the id of an application, or `HELP`.
    """

    chosen = Signal(str)

    def __init__(self, outfit: Outfit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._outfit = outfit
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        self._grid.setSpacing(GAP)
        self._names: tuple[str, ...] = ()
        self._room = 10_000
        self.tiles: dict[str, Tile] = {}
        outfit.look.changed.connect(self._measure)

    def show_applications(self, applications: tuple[str, ...], *, has_key: bool = False) -> None:
        """Offer these, in the order of the house, and a USB key that is open."""
        offered = {*applications, HELP}
        if has_key and FILES in offered:
            offered.add(OPEN_KEY)
        names = tuple(name for name in FACES if name in offered)
        if names != self._names:
            self._rebuild(names)
        self.retell()

    def retell(self) -> None:
        """Say the words in the current language."""
        self._measure()

    def titles(self) -> list[str]:
        """Return what can be chosen."""
        return [self._outfit.language.gettext(FACES[name].title) for name in self._names]

    def focus_first(self) -> None:
        """Give the keyboard to the first tile."""
        for tile in self.tiles.values():
            tile.setFocus()
            return

    def _rebuild(self, names: tuple[str, ...]) -> None:
        """Offer others. They move: a press that was meant for an earlier one is swallowed.

        The keyboard stays where it was, or goes to the first where its tile is gone.
        """
        focused = [name for name, tile in self.tiles.items() if tile.hasFocus()]
        if self._names:
            self._outfit.guard.face_changed()
        self._names = names
        self._build()
        if focused and focused[0] in self.tiles:
            self.tiles[focused[0]].setFocus()
        elif focused:
            self.focus_first()

    def _build(self) -> None:
        for tile in self.tiles.values():
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = {}
        for name in self._names:
            face = FACES[name]
            tile = Tile(self._outfit.look, face.icon, face.tint)
            tile.clicked.connect(self._on_clicked)
            self.tiles[name] = tile
        self._arrange()

    def _arrange(self) -> None:
        for tile in self.tiles.values():
            self._grid.removeWidget(tile)
        tiles = list(self.tiles.values())
        for place, tile in enumerate(tiles):
            # Two by two; the third takes the whole width.
            is_last_odd = len(tiles) > 1 and place == len(tiles) - 1 and place % 2 == 0
            self._grid.addWidget(tile, place // 2, place % 2, 1, 2 if is_last_odd else 1)
        # One line of tiles leaves the lower half free instead of growing tall.
        lines = (len(tiles) + 1) // COLUMNS
        for line in range(max(self._grid.rowCount(), LEAST_LINES)):
            self._grid.setRowStretch(line, 1 if line < max(lines, LEAST_LINES) else 0)
        for across in range(COLUMNS):
            self._grid.setColumnStretch(across, 1)
        self._measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the tiles together where the page is small."""
        super().resizeEvent(event)
        self._measure()

    def fit(self, room: int) -> None:
        """Say less where `room` pixels of height are too few for every line."""
        self._room = room
        self._measure()

    def _measure(self) -> None:
        _ = self._outfit.language.gettext
        gap = GAP if self.width() >= ROOMY else NARROW_GAP
        self._grid.setSpacing(gap)
        width = (self.width() - 2 * EDGE - gap) // COLUMNS
        width = max(LEAST_WIDTH, width)
        lines = (len(self.tiles) + 1) // COLUMNS
        for says_all in (True, False):
            for name, tile in self.tiles.items():
                face = FACES[name]
                tile.tell(_(face.title), _(face.line) if says_all else "")
                tile.setAccessibleDescription(_(face.line))
                tile.setMinimumSize(LEAST_WIDTH, tile.least_height(width))
            heights = [tile.minimumHeight() for tile in self.tiles.values()]
            tall = sum(max(heights[2 * line : 2 * line + 2]) for line in range(lines))
            if 2 * EDGE + tall + (lines - 1) * gap <= self._room:
                return

    def _on_clicked(self) -> None:
        sender = self.sender()
        for name, tile in self.tiles.items():
            if tile is sender:
                self.chosen.emit(name)
                return
