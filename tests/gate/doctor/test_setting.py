"""The doctor holds what root has set against the machine, before a visitor meets a gap."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.gate import table as table_module
from kiosk.gate.doctor.account import Accounts
from kiosk.gate.doctor.finding import Finding, Verdict
from kiosk.gate.doctor.machine import Machine
from kiosk.gate.doctor.report import examine_settings
from kiosk.gate.drop import Account
from tests.gate.doctor.room import install, write

GATE = "/etc/creneau/gate.toml"
TABLE = "etc/creneau/applications.toml"
PRODUCT = Path("/opt/creneau")


@pytest.fixture(autouse=True)
def accounts_of_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = {"kiosk": 901, "creneau-face": 902, "visitor": 903}

    def find(who: str | int) -> Account:
        return Account(numbers[str(who)], numbers[str(who)], str(who))

    monkeypatch.setattr(table_module, "find_account", find)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    made = install(tmp_path)
    for program in ("usr/bin/creneau-kiosk", "usr/bin/creneau-face", "usr/bin/systemctl"):
        write(tmp_path, program, "#!/bin/sh\n").chmod(0o755)
    return made


def say(root: Path, more: str, applications: str = "") -> None:
    """Let root say more than the installation does, at the head of the file."""
    file = root / GATE.lstrip("/")
    if applications:
        write(root, TABLE, applications).chmod(0o644)
        more += f'\napplications = "{root / TABLE}"'
    file.write_text(f"{more}\n{file.read_text('utf-8')}", "utf-8")
    file.chmod(0o644)


def look_at(machine: Machine, product: Path = PRODUCT) -> list[Finding]:
    return examine_settings(machine, Path(GATE), product, os.geteuid())[1]


def faults(machine: Machine, product: Path = PRODUCT) -> list[tuple[str, Verdict]]:
    found = [one for one in look_at(machine, product) if one.verdict is not Verdict.GOOD]
    assert all(one.mend for one in found)
    return [(one.subject, one.verdict) for one in found]


def test_what_the_installation_sets_can_be_done(machine: Machine) -> None:
    accounts, found = examine_settings(machine, Path(GATE), PRODUCT, os.geteuid())

    assert accounts == Accounts("visitor", "creneau-face", "kiosk")
    assert [(one.subject, one.said) for one in found] == [("gate.toml", "is understood")]


def test_a_file_that_the_gate_refuses_is_named_with_its_line(machine: Machine) -> None:
    say(machine.root, "", '[[application]]\nid = "drawing"\nprogram = "drawing"')

    (found,) = look_at(machine)

    assert found.verdict is Verdict.WRONG
    assert f"{TABLE}, line 1: program is to be a whole path" in found.said


def program(name: str, text: str = "#!/bin/sh\n") -> Callable[[Path], object]:
    def install_it(root: Path) -> None:
        write(root, f"usr/bin/{name}", text).chmod(0o755)

    return install_it


def folder(name: str) -> Callable[[Path], object]:
    return lambda root: (root / name).mkdir(parents=True)


def join(group: str) -> Callable[[Path], object]:
    return lambda root: write(root, "etc/group", f"{group}:x:119:visitor\n")


def nothing(_root: Path) -> None: ...


DRAWING = '[[application]]\nid = "drawing"\nprogram = "/usr/bin/drawing"'
SHOWN = 'hidden = ["/srv"]\nshown = ["/srv/models"]'


def hide_and_show(root: Path) -> None:
    file = root / GATE.lstrip("/")
    text = file.read_text("utf-8").replace('hidden = ["/var/lib/creneau"]', SHOWN)
    file.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("more", "applications", "prepare", "expected"),
    [
        ("", DRAWING, nothing, [("application drawing", Verdict.WRONG)]),
        ("", DRAWING, program("drawing"), [("application drawing", Verdict.DOUBTFUL)]),
        ("", DRAWING.replace("drawing", "writer"), program("writer"), []),
        (
            "",
            DRAWING,
            program("drawing", "#!/bin/sh\nexec /snap/bin/drawing\n"),
            [("application drawing", Verdict.WRONG)],
        ),
        (
            "",
            '[[application]]\nid = "wrtier"\noff = true',
            nothing,
            [("application wrtier", Verdict.DOUBTFUL)],
        ),
        ("", '[[application]]\nid = "writer"\noff = true', nothing, []),
        ('templates = "/srv/models"', "", nothing, [("templates", Verdict.DOUBTFUL)]),
        ('templates = "/srv/models"', "", folder("srv/models"), []),
        ("", "", hide_and_show, [("shown", Verdict.WRONG)]),
        ("scanner = true", "", nothing, [("scanner", Verdict.DOUBTFUL)]),
        ("scanner = true", "", program("simple-scan"), [("scanner", Verdict.DOUBTFUL)]),
    ],
)
def test_what_cannot_be_done_is_named_before_a_visitor_meets_it(
    machine: Machine,
    more: str,
    applications: str,
    prepare: Callable[[Path], object],
    expected: list[tuple[str, Verdict]],
) -> None:
    say(machine.root, more, applications)
    prepare(machine.root)

    assert faults(machine) == expected


def test_a_folder_that_is_shown_and_there_is_no_fault(machine: Machine) -> None:
    hide_and_show(machine.root)
    folder("srv/models")(machine.root)

    assert faults(machine) == []


def test_a_scanner_is_offered_where_the_visitor_may_use_it(machine: Machine) -> None:
    say(machine.root, "scanner = true")
    program("simple-scan")(machine.root)
    join("scanner")(machine.root)

    assert [one.subject for one in look_at(machine)] == ["gate.toml", "scanner"]
    assert faults(machine) == []


def test_programs_of_the_gate_that_are_not_there_are_named(machine: Machine) -> None:
    for name in ("creneau-kiosk", "creneau-face", "systemctl"):
        (machine.root / "usr/bin" / name).unlink()

    assert faults(machine) == [
        ("[shell]", Verdict.WRONG),
        ("[face]", Verdict.WRONG),
        ("[power] reboot", Verdict.WRONG),
        ("[power] poweroff", Verdict.WRONG),
    ]


@pytest.mark.parametrize("place", ["/var/lib/creneau/program", "/tmp/creneau", "/home/visitor/x"])
def test_a_product_that_a_session_would_not_see_is_named(machine: Machine, place: str) -> None:
    assert faults(machine, Path(place)) == [("the product", Verdict.WRONG)]


def test_a_backend_that_confines_nothing_is_no_station(machine: Machine) -> None:
    file = machine.root / GATE.lstrip("/")
    text = file.read_text("utf-8").replace('"confined"', '"open"')
    file.write_text(text, "utf-8")

    assert faults(machine) == [("backend", Verdict.WRONG)]
