"""All parts to look at: `python -m kiosk.look.gallery`.

Shows one sheet in a window, or with `--pictures DIR` leaves a picture of each sheet in both
themes, three text sizes and both languages there (offscreen when `QT_QPA_PLATFORM=offscreen`).
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QApplication, QWidget

from kiosk.look.desk_sheet import desk_sheet
from kiosk.look.guard import Guard
from kiosk.look.language import Language, LanguageCode
from kiosk.look.look import Look
from kiosk.look.phrase import Phrase
from kiosk.look.sheet import Stage, dialog_sheet, lock_sheet, parts_sheet
from kiosk.look.theme import Theme
from kiosk.look.token import Program, ThemeName, load_tokens

SHEETS: dict[str, tuple[Program, Callable[[Stage], QWidget]]] = {
    "parts": ("kiosk", parts_sheet),
    "lock": ("kiosk", lock_sheet),
    "dialog": ("kiosk", dialog_sheet),
    "desk": ("console", desk_sheet),
}
ZONE = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a sheet."""

    sheet: str
    theme: ThemeName
    scale: float
    code: LanguageCode

    def file_name(self) -> str:
        """Return the name of its picture."""
        return f"{self.sheet}-{self.theme}-{round(self.scale * 100)}-{self.code}.png"


def all_views() -> Iterator[View]:
    """Return every sheet in every theme, size and language."""
    for sheet, (program, _build) in SHEETS.items():
        scales = load_tokens().type.kiosk.user_scale if program == "kiosk" else (1.0,)
        for theme in get_args(ThemeName):
            for scale in scales:
                for code in get_args(LanguageCode):
                    yield View(sheet, theme, scale, code)


def build(app: QApplication, view: View, owner: QWidget) -> QWidget:
    """Return a sheet as it is seen; `owner` keeps what the sheet needs alive."""
    program, make = SHEETS[view.sheet]
    look = Look(app, Theme(load_tokens(), view.theme, view.scale, program), owner)
    language = Language(view.code, owner)
    guard = Guard(app, look.tokens.behaviour, time.monotonic, owner)
    return make(Stage(look, language, Phrase(language, ZONE), guard, time.monotonic))


def take_pictures(app: QApplication, folder: Path) -> None:
    """Leave a picture of every view in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for view in all_views():
        owner = QWidget()
        page = build(app, view, owner)
        page.show()
        app.processEvents()
        page.grab().save(str(folder / view.file_name()))
        page.close()
        page.deleteLater()
        owner.deleteLater()
        app.processEvents()


def main(arguments: list[str] | None = None) -> int:
    """Run the gallery; return the exit code."""
    parser = argparse.ArgumentParser(prog="kiosk.look.gallery")
    parser.add_argument("--pictures", type=Path, help="leave pictures in this folder and end")
    parser.add_argument("--sheet", choices=SHEETS, default="parts")
    parser.add_argument("--theme", choices=get_args(ThemeName), default="light")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--language", choices=get_args(LanguageCode), default="fr")
    chosen = parser.parse_args(arguments)
    app = QApplication(sys.argv[:1])
    if chosen.pictures is not None:
        take_pictures(app, chosen.pictures)
        print(f"pictures are in {chosen.pictures}")
        return 0
    owner = QWidget()
    view = View(chosen.sheet, chosen.theme, chosen.scale, chosen.language)
    page = build(app, view, owner)
    page.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
