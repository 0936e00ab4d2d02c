"""Where the shipped files are: `assets/` of the checkout, or its copy inside a frozen program."""

import sys
from pathlib import Path


class AssetMissing(FileNotFoundError):
    """A file that the product ships is not where the installation should have put it."""


def asset_folder() -> Path:
    """Return the folder of the shipped files (PyInstaller unpacks it beside the programs)."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if isinstance(frozen, str) else Path(__file__).resolve().parents[2]
    return root / "assets"


def find_asset(*parts: str) -> Path:
    """Return the path of one shipped file, for example `find_asset("icons", "globe.svg")`.

    Raises:
        AssetMissing: the file is not there.
    """
    path = asset_folder().joinpath(*parts)
    if not path.is_file():
        raise AssetMissing(f"the installation lacks {'/'.join(('assets', *parts))}")
    return path
