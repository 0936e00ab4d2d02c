"""Forgetting a rehearsal takes nothing along that is not its own."""

from pathlib import Path

from admin_console.rehearsal.rehearsal import PLAYED, Folder


def test_only_what_a_rehearsal_made_is_forgotten(tmp_path: Path) -> None:
    for name in ("hub", "kiosk", "logs", "pictures", PLAYED, "thesis"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    (tmp_path / "stations.json").touch()
    (tmp_path / "letter.txt").touch()

    Folder(tmp_path).forget()

    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter.txt", "thesis"]


def test_a_rehearsal_that_never_was_is_forgotten_too(tmp_path: Path) -> None:
    Folder(tmp_path / "nowhere").forget()

    assert list(tmp_path.iterdir()) == []
