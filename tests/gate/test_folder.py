"""Removing a folder that somebody else filled."""

import os
from pathlib import Path

import pytest

from kiosk.gate.folder import remove_tree


def test_everything_in_it_goes_and_is_counted(tmp_path: Path) -> None:
    folder = tmp_path / "private"
    (folder / "home" / "deep").mkdir(parents=True)
    for name in ("a", "home/b", "home/deep/c"):
        (folder / name).write_text("x")
    os.mkfifo(folder / "pipe")
    assert remove_tree(folder) == 4
    assert not folder.exists()


def test_a_locked_folder_is_opened_first(tmp_path: Path) -> None:
    folder = tmp_path / "private"
    (folder / "locked").mkdir(parents=True)
    (folder / "locked" / "file").write_text("x")
    (folder / "locked").chmod(0)
    assert remove_tree(folder) == 1


def test_what_a_link_leads_to_stays(tmp_path: Path) -> None:
    folder, precious = tmp_path / "private", tmp_path / "precious"
    folder.mkdir()
    precious.mkdir()
    (precious / "file").write_text("x")
    (folder / "link").symlink_to(precious)
    assert remove_tree(folder) == 1
    assert (precious / "file").read_text() == "x"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        remove_tree(tmp_path / "nothing")
