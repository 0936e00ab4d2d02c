"""The walls between the rooms stand, and would be missed if they fell.

The contracts of pyproject.toml say who may not come in. Where a room admits only a short list of
guests, that list is checked here, import by import.
"""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"

# What a room may import besides itself: "stdlib" stands for the standard library.
GUESTS = {
    "kiosk/rules": {"stdlib"},
    "kiosk/wire": {"stdlib", "msgspec", "kiosk.rules"},
    "kiosk/gate": {"stdlib", "psutil", "kiosk.rules"},
    "admin_console/hub/paper": {
        "stdlib",
        "babel",
        "reportlab",
        "xlsxwriter",
        "kiosk.rules",
        "kiosk.wire",
    },
}

# Parts of the standard library that a pure room may not use; a contract can name whole packages
# only, and these stand inside packages that are otherwise harmless.
IMPURE = {"urllib.request", "multiprocessing.connection", "concurrent.futures"}
PURE_ROOMS = ["kiosk/rules", "kiosk/wire", "kiosk/session", "admin_console/hub/service"]


def imports_of(room: str) -> Iterator[tuple[Path, str]]:
    for module in sorted((ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield module, alias.name
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{module} imports relatively"
                assert node.module is not None
                yield module, node.module
                for alias in node.names:
                    yield module, f"{node.module}.{alias.name}"


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        check=False,
        capture_output=True,
        text=True,
        timeout=110,
    )


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for package in ("kiosk", "admin_console"):
        shutil.copytree(
            ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    return tmp_path


def test_every_wall_stands() -> None:
    answer = lint(ROOT)

    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize(
    ("room", "intruder", "contract"),
    [
        ("kiosk/rules", "import PySide6.QtCore", "Rules, wire and session know no Qt"),
        ("kiosk/hublink", "import kiosk.session", "Arrows in the kiosk point inwards"),
        ("kiosk/wire", "import admin_console", "The kiosk never imports the console"),
        ("admin_console/hub/service", "import sqlalchemy", "The use cases of the hub know no Qt"),
        ("admin_console/hub/paper", "import admin_console.hub.service", "Paper is made of what"),
        ("admin_console/desk", "import admin_console.hub", "The desk knows the hub by the wire"),
    ],
)
def test_an_intruder_is_named(
    copy_of_the_house: Path, room: str, intruder: str, contract: str
) -> None:
    (copy_of_the_house / room / "intruder.py").write_text(f"{intruder}\n", encoding="utf-8")

    answer = lint(copy_of_the_house)

    assert answer.returncode == 1
    broken = [line for line in answer.stdout.splitlines() if line.endswith("BROKEN")]
    assert any(contract in line for line in broken), answer.stdout


@pytest.mark.parametrize(("room", "guests"), GUESTS.items())
def test_a_short_list_of_guests_is_kept(room: str, guests: set[str]) -> None:
    own = room.replace("/", ".")
    strangers = [
        f"{module.relative_to(ROOT)}: {name}"
        for module, name in imports_of(room)
        if not within(name, own)
        and not any(within(name, guest) for guest in guests)
        and not (guest_from_stdlib(name) and "stdlib" in guests)
        # `from kiosk import rules` names the package first
        and name != "kiosk"
    ]

    assert strangers == []


def guest_from_stdlib(name: str) -> bool:
    return name.partition(".")[0] in sys.stdlib_module_names


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_a_pure_room_reaches_for_nothing_outside(room: str) -> None:
    reached = [
        f"{module.relative_to(ROOT)}: {name}"
        for module, name in imports_of(room)
        if any(within(name, impure) for impure in IMPURE)
    ]

    assert reached == []


@pytest.mark.parametrize("room", ["kiosk", "admin_console"])
def test_no_import_goes_round_the_walls(room: str) -> None:
    """An import made from a string at run time is seen by no contract."""
    hidden = [
        f"{module.relative_to(ROOT)}:{node.lineno}"
        for module in sorted((ROOT / room).rglob("*.py"))
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name | ast.Attribute)
        and (node.id if isinstance(node, ast.Name) else node.attr)
        in {"__import__", "import_module"}
    ]

    assert hidden == []
