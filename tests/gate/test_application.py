"""Which applications this machine offers."""

from pathlib import Path

import pytest

from kiosk.gate.application import find_applications, merge_applications
from kiosk.gate.backend import Application


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bin").mkdir()
    return tmp_path / "bin"


def install(folder: Path, name: str, text: str = "#!/bin/sh\n") -> None:
    (folder / name).write_text(text)
    (folder / name).chmod(0o755)


def found(folder: Path, *, as_root: bool = False) -> dict[str, str]:
    applications = find_applications(str(folder), as_root=as_root)
    return {one.app_id: Path(one.program).name for one in applications}


def test_a_machine_without_programs_offers_nothing(folder: Path) -> None:
    (folder / "firefox").write_text("not executable")
    assert found(folder) == {}


def test_the_first_program_of_the_table_serves(folder: Path) -> None:
    for name in ("firefox", "chromium", "thunar", "pcmanfm", "soffice"):
        install(folder, name)
    assert found(folder) == {"internet": "chromium", "writer": "soffice", "files": "pcmanfm"}


def test_a_browser_that_refuses_root_is_not_offered_to_root(folder: Path) -> None:
    install(folder, "chromium")
    assert found(folder, as_root=True) == {}
    install(folder, "firefox")
    assert found(folder, as_root=True) == {"internet": "firefox"}


def test_a_program_that_only_calls_a_snap_is_passed_over(folder: Path) -> None:
    install(folder, "chromium", '#!/bin/sh\nexec /snap/bin/chromium "$@"\n')
    install(folder, "snap")
    (folder / "firefox").symlink_to(folder / "snap")
    assert found(folder) == {}


def test_a_scanner_is_offered_where_root_says_that_there_is_one(folder: Path) -> None:
    install(folder, "simple-scan")
    assert found(folder) == {}
    applications = find_applications(str(folder), as_root=False, has_scanner=True)
    assert [one.app_id for one in applications] == ["scanner"]


def test_only_a_browser_takes_an_address(folder: Path) -> None:
    for name in ("firefox", "libreoffice", "thunar"):
        install(folder, name)
    applications = find_applications(str(folder), as_root=False)
    assert [one.app_id for one in applications if one.takes_url] == ["internet"]


def test_root_adds_to_what_the_machine_has_replaces_it_and_leaves_it_out() -> None:
    found = [Application(name, f"/usr/bin/{name}") for name in ("internet", "writer", "files")]
    added = [Application("writer", "/opt/writer"), Application("drawing", "/opt/drawing")]

    merged = merge_applications(found, added, frozenset({"files", "nothing"}))

    assert [(one.app_id, one.program) for one in merged] == [
        ("internet", "/usr/bin/internet"),
        ("writer", "/opt/writer"),
        ("drawing", "/opt/drawing"),
    ]


def test_what_root_says_nothing_of_is_offered_as_it_was_found() -> None:
    found = (Application("internet", "/usr/bin/chromium"),)
    assert merge_applications(found, (), frozenset()) == found
