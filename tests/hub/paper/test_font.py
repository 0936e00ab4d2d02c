"""The fonts are found beside the code and inside a frozen program."""

import sys
from pathlib import Path

import pytest

from admin_console.hub.paper import font


def test_a_frozen_program_finds_its_fonts_where_it_was_unpacked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    beside = font._folder()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    assert all((beside / f"{font.FAMILY}-{weight}.ttf").is_file() for weight in font.Weight)
    assert font._folder() == tmp_path / "assets" / "fonts"
