"""Lays each picture of the design beside what the programs draw today.

    python -m tests.look.twins --mockups DIR     makes docs/look again; DIR holds the pictures

On the left stands the picture, on the right its twin. Each twin is a view of a gallery, so it
shows what the program draws and nothing that was made for the occasion.
"""

import argparse
import os
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from admin_console.desk import gallery as desk_gallery
from admin_console.desk.gallery_state import Stage
from kiosk.look.gallery import View as SheetView
from kiosk.look.gallery import build as build_sheet
from kiosk.look.guard import Guard
from kiosk.look.language import Language
from kiosk.look.look import Look
from kiosk.shell.gallery import Stand, View, drop
from kiosk.shell.sample_page import samples

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "look"
WIDTH = 960
"""Of each half, in pixels: the smallest words can still be read."""

GAP = 16
COLOURS = 256
MOST_BYTES = 6_000_000
"""Of all pictures together."""

Kind = Literal["kiosk", "desk", "parts"]


@dataclass(frozen=True, slots=True)
class Twin:
    """A picture of the design, and what shows the same.

    Attributes:
        mockup: the name of the picture, without its ending.
        says: what it is, for the page that lists them.
        samples: gallery samples; several are laid out two by two.
        kind: which gallery they are of.
        scale: text scale of the kiosk.
        is_contrasted: whether in high contrast.
        screen: size of the kiosk's screen.
        differs: what is not the same, and why.
    """

    mockup: str
    says: str
    samples: tuple[str, ...]
    kind: Kind = "kiosk"
    scale: float = 1.0
    is_contrasted: bool = False
    screen: str = "1920x1080"
    differs: str = ""


NO_EXTRAS = "The catalogue is not there yet."
LATER = "Printing and learning are not there yet: four tiles, two by two."
OWN_WINDOW = "The visitor's program has a window of its own, which a gallery does not open."

TWINS = (
    Twin("s0-composants", "every part in every state", ("parts",), "parts"),
    Twin("k1-connexion", "sign-in", ("lock",), differs=NO_EXTRAS),
    Twin(
        "k1-connexion-1280x1024",
        "sign-in on a small screen",
        ("lock-card",),
        screen="1280x1024",
        differs=NO_EXTRAS,
    ),
    Twin("k1-connexion-150", "sign-in at 150 %", ("lock",), scale=1.5, differs=NO_EXTRAS),
    Twin(
        "k1-connexion-contraste",
        "sign-in in high contrast",
        ("lock-card",),
        is_contrasted=True,
        differs=NO_EXTRAS,
    ),
    Twin("k2-accueil-session", "home of a session", ("home",), differs=LATER),
    Twin("k3-barre-de-session", "session bar", ("bar",), differs=OWN_WINDOW),
    Twin("k3b-dix-minutes", "ten minutes, the seat is free", ("bar-10",), differs=OWN_WINDOW),
    Twin(
        "k3c-dix-minutes-refus",
        "ten minutes, the seat is wanted",
        ("bar-10-waiting",),
        differs=OWN_WINDOW,
    ),
    Twin("k3d-affichage", "display options", ("display",), differs=OWN_WINDOW),
    Twin("k4-deux-minutes", "two minutes, the seat is free", ("offer",)),
    Twin(
        "k4b-prolongation-impossible",
        "two minutes, the seat is wanted",
        ("options-mercy",),
        differs="Printing comes later.",
    ),
    Twin(
        "k7-fin-de-session",
        "ending",
        ("goodbye",),
        differs="It lists what the wipe can prove, and promises no bar of progress.",
    ),
    Twin(
        "k7b-fichiers-effaces",
        "ended",
        ("goodbye-clean",),
        differs="Pages and minutes are not told to whoever stands there next.",
    ),
    Twin(
        "k8-etats",
        "a seat that cannot be used",
        ("closed", "workshop", "out-of-order", "offline"),
        screen="1366x768",
        differs="Each state has the whole screen.",
    ),
    Twin("k9-poste-garde", "a seat kept for a ticket", ("lock-kept",)),
    Twin("k10-poste-en-pause", "its visitor is away", ("away",)),
    Twin("k11-toujours-la", "is anybody there?", ("idle",)),
    Twin("k13-apres-coupure", "after a power cut", ("lock-resume",)),
    Twin(
        "k12-deux-minutes-pour-enregistrer",
        "two minutes to save",
        ("grace",),
        differs=OWN_WINDOW,
    ),
    Twin("k14-terminer", "the question before the end", ("ending",)),
    Twin("k15-sans-carte", "without a card", ("pass-half",)),
    Twin("b1-tableau-de-salle", "the board of a room", ("board-called",), "desk"),
    Twin("c1-en-direct", "live", ("live-waiting",), "desk"),
    Twin("c2-poste-choisi", "a seat whose extension harms", ("seat-harmful",), "desk"),
    Twin(
        "c2b-prolongation-permise", "a seat whose extension is harmless", ("seat-harmless",), "desk"
    ),
    Twin(
        "c3-accueil",
        "the front desk",
        ("desk-seat",),
        "desk",
        differs="A person's print credit is looked at where the till is.",
    ),
    Twin(
        "c4-caisse",
        "the till",
        ("till-amount",),
        "desk",
        differs="What the till should hold is told once it is counted, and not before.",
    ),
    Twin(
        "c4b-cloture-de-caisse",
        "closing the till",
        ("till-compare-reason",),
        "desk",
        differs="Slips and cheques are counted by their sum, and the float that stays is asked.",
    ),
    Twin(
        "c6-reglages",
        "opening hours",
        ("settings-changed",),
        "desk",
        differs="Each room has hours of its own; limits and texts have a view of theirs.",
    ),
    Twin(
        "c8-journal",
        "the journal",
        ("journal",),
        "desk",
        differs="Of a card the hub keeps the last digits alone: there is nothing more to show.",
    ),
)
"""In the order of the page. Pictures of what is not built yet have no twin."""


class Drawer:
    """Draws the twins."""

    def __init__(self, app: QApplication) -> None:
        self._app = app

    def draw(self, twin: Twin) -> QImage:
        """Return what the programs draw."""
        shown = [self._draw_one(twin, sample) for sample in twin.samples]
        if len(shown) == 1:
            return shown[0]
        size = shown[0].size()
        whole = QImage(size * 2 + QSize(GAP, GAP), QImage.Format.Format_RGB32)
        whole.fill(Qt.GlobalColor.white)
        painter = QPainter(whole)
        for place, picture in enumerate(shown):
            across, down = place % 2, place // 2
            painter.drawImage(across * (size.width() + GAP), down * (size.height() + GAP), picture)
        painter.end()
        return whole

    def _draw_one(self, twin: Twin, sample: str) -> QImage:
        if twin.kind == "desk":
            return self._draw_desk(sample)
        if twin.kind == "parts":
            return self._draw_parts(sample)
        return self._draw_kiosk(twin, sample)

    def _draw_kiosk(self, twin: Twin, name: str) -> QImage:
        look = Look.for_program(self._app, "kiosk")
        sample = next(sample for sample in samples() if sample.name == name)
        theme = "high_contrast" if twin.is_contrasted else "light"
        view = View(sample, "fr", twin.scale, theme, twin.screen)  # type: ignore[arg-type]
        window = Stand(self._app, look).build(view)
        picture = window.grab().toImage()
        drop(window, self._app)
        return picture

    def _draw_parts(self, sheet: str) -> QImage:
        owner = QWidget()
        page = build_sheet(self._app, SheetView(sheet, "light", 1.0, "fr"), owner)
        page.show()
        desk_gallery.settle(self._app)
        return self._grab(page, owner)

    def _draw_desk(self, state: str) -> QImage:
        owner = QWidget()
        look = Look.for_program(self._app, "console")
        guard = Guard(self._app, look.tokens.behaviour, lambda: 0.0, owner)
        stage = Stage(look, Language("fr", owner), guard)
        is_board = state.startswith("board-")
        view = desk_gallery.View(state, size=desk_gallery.BOARD if is_board else (1440, 900))
        window = desk_gallery.stand_up(stage, view)
        desk_gallery.present(self._app, window, view)
        return self._grab(window, owner)

    def _grab(self, window: QWidget, owner: QWidget) -> QImage:
        picture = window.grab().toImage()
        window.close()
        window.deleteLater()
        owner.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return picture


def lay_side_by_side(mockup: QImage, twin: QImage) -> QImage:
    """Return both at the same width, the picture of the design on the left."""
    smooth = Qt.TransformationMode.SmoothTransformation
    halves = [one.scaledToWidth(WIDTH, smooth) for one in (mockup, twin)]
    tall = max(half.height() for half in halves)
    sheet = QImage(2 * WIDTH + GAP, tall, QImage.Format.Format_RGB32)
    sheet.fill(QColor("white"))
    painter = QPainter(sheet)
    for place, half in enumerate(halves):
        painter.drawImage(place * (WIDTH + GAP), 0, half)
    painter.end()
    return sheet


def reduce_colours(picture: QImage) -> QImage:
    """Return a picture of so few colours that it is small; flat grounds stay exact."""
    rgb = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(rgb.constBits()).cast("I")  # 32 bits to a pixel, so no line is padded
    counted = Counter(pixels.tolist())
    palette = [colour for colour, _count in counted.most_common(COLOURS)]
    nearest = {colour: place for place, colour in enumerate(palette)}
    reds = [(colour >> 16) & 255 for colour in palette]
    greens = [(colour >> 8) & 255 for colour in palette]
    blues = [colour & 255 for colour in palette]
    for colour in counted:
        if colour not in nearest:
            red, green, blue = (colour >> 16) & 255, (colour >> 8) & 255, colour & 255
            nearest[colour] = min(
                range(len(palette)),
                key=lambda place: (
                    (reds[place] - red) ** 2
                    + (greens[place] - green) ** 2
                    + (blues[place] - blue) ** 2
                ),
            )
    few = QImage(rgb.size(), QImage.Format.Format_Indexed8)
    few.setColorTable(palette)
    line = few.bytesPerLine()
    target = few.bits()
    assert isinstance(target, memoryview)
    for row in range(rgb.height()):
        start = row * rgb.width()
        places = bytes(nearest[pixel] for pixel in pixels[start : start + rgb.width()])
        target[row * line : row * line + rgb.width()] = places
    return few


def page_of(twins: tuple[Twin, ...]) -> str:
    """Return the page that says what is what."""
    lines = [
        "# The pictures of the design, and what the programs draw",
        "",
        "On the left stands the picture of the design, on the right its twin: a view of a gallery,",
        "drawn by the program itself. Names, hours and figures are examples on both sides.",
        "",
        "`make twins MOCKUPS=DIR` draws them again, where DIR holds the pictures of the design as",
        "PNG files under the names below. `make pictures` draws every page in every state, without",
        "a picture beside it.",
        "",
    ]
    for twin in twins:
        lines += [f"## {twin.mockup}: {twin.says}", ""]
        if twin.differs:
            lines += [twin.differs, ""]
        lines += [f"![{twin.says}, beside its picture]({twin.mockup}.png)", ""]
    return "\n".join(lines)


def make_twins(app: QApplication, mockups: Path, folder: Path, only: str = "") -> list[str]:
    """Write every twin and the page; return the names of pictures that were not found."""
    folder.mkdir(parents=True, exist_ok=True)
    drawer, missing = Drawer(app), []
    for twin in TWINS:
        if not twin.mockup.startswith(only):
            continue
        mockup = QImage(str(mockups / f"{twin.mockup}.png"))
        if mockup.isNull():
            missing.append(twin.mockup)
            continue
        sheet = reduce_colours(lay_side_by_side(mockup, drawer.draw(twin)))
        sheet.save(str(folder / f"{twin.mockup}.png"), quality=0)
    (folder / "README.md").write_text(page_of(TWINS), encoding="utf-8")
    return missing


def main(arguments: list[str] | None = None) -> int:
    """Make the twins; return the exit code."""
    parser = argparse.ArgumentParser(prog="tests.look.twins", description=__doc__)
    parser.add_argument("--mockups", type=Path, required=True, help="the pictures of the design")
    parser.add_argument("--into", type=Path, default=FOLDER, help="where the twins go")
    parser.add_argument("--only", default="", help="pictures whose names begin so")
    chosen = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(sys.argv[:1])
    missing = make_twins(app, chosen.mockups, chosen.into, chosen.only)
    total = sum(path.stat().st_size for path in chosen.into.glob("*.png"))
    print(f"{chosen.into}: {total / 1_000_000:.1f} MB")
    for name in missing:
        print(f"no picture of the design is called {name}.png", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
