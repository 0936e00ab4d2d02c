"""What a visitor finds in the folder of documents at the start."""

import os
from pathlib import Path

import pytest

from kiosk.gate.documents import Documents
from kiosk.gate.drop import Account

ME = Account(os.geteuid(), os.getegid())


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    (folder / "CV").mkdir(parents=True)
    (folder / "CV" / "simple.odt").write_text("a CV")
    (folder / "letter.odt").write_text("a letter")
    return folder


def test_every_program_is_told_of_one_folder(home: Path) -> None:
    Documents(viewers="[Default Applications]\n").lay(home, ME)
    assert (home / ".config" / "mimeapps.list").read_text() == "[Default Applications]\n"
    told = (home / ".config" / "user-dirs.dirs").read_text()
    assert 'XDG_DOWNLOAD_DIR="$HOME/Documents"' in told.splitlines()
    assert "XDG_DESKTOP_DIR" not in told
    assert list((home / "Documents").iterdir()) == []


def test_templates_are_copied_with_their_folders_for_the_visitor_alone(
    home: Path, templates: Path
) -> None:
    Documents(templates).lay(home, ME)
    copy = home / "Documents" / "CV" / "simple.odt"
    assert copy.read_text() == "a CV"
    assert (home / "Documents" / "letter.odt").read_text() == "a letter"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.parent.stat().st_mode & 0o777 == 0o700


def test_what_is_neither_file_nor_folder_is_left_out(home: Path, templates: Path) -> None:
    (templates / "link.odt").symlink_to("/etc/passwd")
    (templates / "all").symlink_to("/etc")
    os.mkfifo(templates / "pipe")
    Documents(templates).lay(home, ME)
    found = {one.name for one in (home / "Documents").iterdir()}
    assert found == {"CV", "letter.odt"}


def test_a_folder_that_has_gone_gives_no_templates(home: Path, tmp_path: Path) -> None:
    Documents(tmp_path / "nowhere").lay(home, ME)
    assert list((home / "Documents").iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a small file system")
def test_what_has_no_room_is_left_out(home: Path, templates: Path) -> None:
    (templates / "big.odt").write_bytes(b"x" * 300_000)
    code = os.fork()
    if code == 0:
        from kiosk.gate import kernel

        kernel.leave_namespaces(kernel.MOUNT_NAMESPACE)
        kernel.keep_mounts_inside()
        kernel.mount("tmpfs", str(home), "tmpfs", 0, "size=100k")
        Documents(templates).lay(home, ME)
        found = {one.name for one in (home / "Documents").iterdir()}
        os._exit(found != {"CV", "letter.odt"})
    assert os.waitpid(code, 0)[1] == 0
