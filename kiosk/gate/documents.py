"""The folder of a session in which a visitor's documents lie, and what lies in it at the start.

There is one such folder: what is downloaded, saved or opened is looked for there by every program.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kiosk.gate.drop import Account

NAME = "Documents"
"""The same word in French and in English."""

# Not the desktop: Chromium takes no folder for downloads that is one.
_KINDS = ("DOCUMENTS", "DOWNLOAD", "MUSIC", "PICTURES", "TEMPLATES", "VIDEOS")
_FOLDERS = "".join(f'XDG_{kind}_DIR="$HOME/{NAME}"\n' for kind in _KINDS)


@dataclass(frozen=True, slots=True)
class Documents:
    """What a visitor finds in a fresh home.

    Attributes:
        templates: a folder that root has filled; each visitor gets a copy of its files and folders.
            No link counts, and what has no room in the home is left out.
        viewers: text of `mimeapps.list`, which says what opens the visitor's files.
    """

    templates: Path | None = None
    viewers: str = ""

    def lay(self, home: Path, visitor: Account) -> None:
        """Make the folder in a home that nobody is in yet.

        Raises:
            OSError: the folder itself cannot be made.
        """
        folder = home / NAME
        settings = home / ".config"
        made = [folder, settings]
        for place in made:
            place.mkdir(0o700)
        # See xdg-user-dir(1): this is where programs ask for the folders of a user.
        for name, text in (("user-dirs.dirs", _FOLDERS), ("mimeapps.list", self.viewers)):
            file = settings / name
            file.write_text(text, encoding="utf-8")
            made.append(file)
        if self.templates is not None:
            made += _copies(self.templates, folder)
        for place in made:
            os.chown(place, visitor.uid, visitor.gid)


def _copies(source: Path, target: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(source):
        place = target / Path(folder).relative_to(source)
        names[:] = [name for name in names if not Path(folder, name).is_symlink()]
        for name in names:
            with suppress(OSError):
                (place / name).mkdir(0o700)
                yield place / name
        for name in files:
            with suppress(OSError):
                yield _copy(Path(folder, name), place / name)


def _copy(source: Path, target: Path) -> Path:
    if source.is_symlink() or not source.is_file():
        raise FileNotFoundError(source)
    with source.open("rb") as given, target.open("xb") as taken:
        try:
            shutil.copyfileobj(given, taken)
            taken.flush()
        except OSError:
            target.unlink()
            raise
    target.chmod(0o600)
    return target
