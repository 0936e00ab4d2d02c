"""The shipped fonts as the PDF library takes them, and text of which they know every letter.

The library keeps its fonts in a register of its own and reads their files while it writes: one
document is made at a time, under `WRITING`.
"""

import sys
import unicodedata
from collections.abc import Collection
from enum import StrEnum
from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from admin_console.hub.paper.wording import NARROW, NBSP

WRITING = Lock()
"""Held while a document is laid out and written."""

FAMILY = "AtkinsonHyperlegibleNext"

# Letters that do not come apart into a base and an accent.
BASES = str.maketrans({"Ł": "L", "ł": "l", "Đ": "D", "đ": "d", "ẞ": "SS"})


class Weight(StrEnum):
    """How heavy the letters are."""

    REGULAR = "400"
    BOLD = "700"


def font_name(weight: Weight) -> str:
    """Return the name under which the library knows a font; registers it at first. Needs `WRITING`.

    Raises:
        reportlab.pdfbase.ttfonts.TTFError: the installation lacks the file.
    """
    name = f"{FAMILY}-{weight}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(_folder() / f"{name}.ttf")))
    return name


def text_width(text: str, weight: Weight, size: float) -> float:
    """Return how wide a text is, in points. Needs `WRITING`."""
    return float(pdfmetrics.stringWidth(text, font_name(weight), size))


def drawable(text: str) -> str:
    """Return a text with letters of the font only: without an accent, or "?", where it has none.

    A line's end and any other sign that steers is a space. Needs `WRITING`.
    """
    known = pdfmetrics.getFont(font_name(Weight.REGULAR)).face.charToGlyph
    whole = unicodedata.normalize("NFC", text.replace(NARROW, NBSP))
    return "".join(_letter(letter, known) for letter in whole)


def _letter(letter: str, known: Collection[int]) -> str:
    if unicodedata.category(letter).startswith(("C", "Zl", "Zp")):
        return " "
    if ord(letter) in known:
        return letter
    apart = unicodedata.normalize("NFKD", letter.translate(BASES))
    kept = [one for one in apart if not unicodedata.combining(one)]
    return "".join(one if ord(one) in known else "?" for one in kept)


def _folder() -> Path:
    # PyInstaller unpacks the assets beside the code, under this name.
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if isinstance(frozen, str) else Path(__file__).resolve().parents[3]
    return root / "assets" / "fonts"
