"""The habits of the house that no linter knows."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PRODUCT = [ROOT / "kiosk", ROOT / "admin_console"]
MOST_LINES = 400

COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")

# Put together here, so that this file does not hold what it looks for.
SLASH = "/"
PLACES = {
    "the folder of one machine": re.compile(
        r"(?<![\w.])(?:"
        + "|".join(
            SLASH + place for place in ("work" + SLASH, "root" + SLASH, "opt" + SLASH + "py")
        )
        + r"|\.\."
        + SLASH
        + r"shared\b)"
    ),
    "the address of a package index": re.compile(
        "|".join(("pypi" + r"\.", "python" + "hosted", "npm" + "js", "deb" + r"\.debian"))
    ),
    "an unfinished thought": re.compile(r"\b(?:" + "TO" + "DO|" + "FIX" + r"ME|XX" + r"X)\b"),
}


def modules(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from sorted(folder.rglob("*.py"))


def kept_files() -> list[Path]:
    """The files that a clone would have."""
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=30,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    too_long = {
        str(module.relative_to(ROOT)): count
        for module in modules(*PRODUCT, ROOT / "tests")
        if (count := len(module.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }

    assert too_long == {}


def test_every_package_says_who_lives_there() -> None:
    silent = []
    # The kiosk's own package stays empty, and a folder of migrations is no room.
    unspoken = {ROOT / "kiosk", ROOT / "admin_console/hub/store/migrations/versions"}
    for package in sorted({module.parent for module in modules(*PRODUCT)} - unspoken):
        start = package / "__init__.py"
        if not start.is_file():
            silent.append(f"{package.relative_to(ROOT)} is no package")
            continue
        text = ast.get_docstring(ast.parse(start.read_text(encoding="utf-8"))) or ""
        if len(re.findall(r"[.!?](?:\s|$)", text)) < 3:
            silent.append(f"{package.relative_to(ROOT)} says too little")

    assert silent == []


def test_every_folder_of_tests_is_a_package() -> None:
    """Otherwise two test modules of one name would hide each other."""
    folders = {module.parent for module in (ROOT / "tests").rglob("test_*.py")}

    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_the_kiosk_package_itself_is_empty() -> None:
    assert (ROOT / "kiosk" / "__init__.py").read_bytes() == b""


def test_no_colour_is_written_outside_the_tokens() -> None:
    written = []
    for module in modules(*PRODUCT):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found = COLOUR.search(node.value) is not None
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                numbers = [a for a in node.args if isinstance(a, ast.Constant)]
                found = node.func.id == "QColor" and len(numbers) >= 3
            else:
                continue
            if found:
                written.append(f"{module.relative_to(ROOT)}:{node.lineno}")
    sheets = [sheet for folder in PRODUCT for sheet in folder.rglob("*.qss")]
    written += [
        str(sheet.relative_to(ROOT))
        for sheet in sheets
        if COLOUR.search(sheet.read_text(encoding="utf-8"))
    ]

    assert written == []


def test_dates_are_written_by_a_library_that_knows_the_language() -> None:
    by_hand = [
        f"{module.relative_to(ROOT)}:{node.lineno}"
        for module in modules(*PRODUCT)
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "strftime"
    ]

    assert by_hand == []


@pytest.mark.parametrize("what", PLACES)
def test_no_file_holds(what: str) -> None:
    pattern = PLACES[what]
    spoken = []
    for path in kept_files():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
            if pattern.search(line):
                spoken.append(f"{path.relative_to(ROOT)}:{number}")

    assert spoken == []


def test_every_locked_release_has_hashes_and_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    joined = re.sub(r"\\\n\s*", "", text)
    releases = [line for line in joined.splitlines() if line and not line.startswith("#")]

    loose = [
        line
        for line in releases
        if not re.fullmatch(r"[a-z0-9-]+==[^\s;]+(?: ;[^-]+)?\s*(?:\s*--hash=sha256:\w{64})+", line)
    ]

    assert len(releases) > 50
    assert loose == []
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash)", text, re.MULTILINE)


def test_the_lock_knows_every_dependency_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[<>=! ]", line)[0].lower().replace("_", "-") for line in asked}
    locked = re.findall(
        r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert names - set(locked) == set()
