"""Files open in a viewer, not in a program that draws."""

from pathlib import Path

from kiosk.gate.viewer import preferred_viewers


def test_the_first_viewer_found_serves_each_kind(tmp_path: Path) -> None:
    for name in ("evince", "qpdfview", "gpicview", "gimp"):
        (tmp_path / f"{name}.desktop").write_text("[Desktop Entry]\n")
    lines = preferred_viewers(tmp_path).splitlines()
    assert lines[0] == "[Default Applications]"
    assert "application/pdf=evince.desktop" in lines
    assert "image/png=gpicview.desktop" in lines
    assert len(lines) == 8


def test_a_machine_without_viewers_prefers_nothing(tmp_path: Path) -> None:
    assert preferred_viewers(tmp_path) == "[Default Applications]\n"
