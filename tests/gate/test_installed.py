"""What the installation lays down for the gate is what the gate and systemd understand."""

import os
import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from kiosk.gate import table as table_module
from kiosk.gate.configuration import BackendKind, Configuration, read_configuration
from kiosk.gate.drop import Account

ETC = Path(__file__).parents[2] / "installers" / "workstation" / "etc"
OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"
UNIT = ETC / "systemd" / "system" / "creneau-gate.service"


@pytest.fixture(autouse=True)
def accounts_of_a_workstation(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {"kiosk": 23001, "visitor": 23002, "creneau-face": 23003}

    def find(who: str | int) -> Account:
        number = names[str(who)]
        return Account(number, number, str(who))

    monkeypatch.setattr(table_module, "find_account", find)


def read(folder: Path, text: str) -> Configuration:
    path = folder / "gate.toml"
    path.write_text(text, "utf-8")
    path.chmod(0o644)
    return read_configuration(path, os.geteuid())


def test_the_sample_of_root_s_configuration_is_understood(tmp_path: Path) -> None:
    found = read(tmp_path, (ETC / "creneau" / "gate.toml").read_text("utf-8"))
    assert found.backend is BackendKind.CONFINED
    assert found.kiosk.name == "kiosk"
    assert found.shell[0] == "/usr/bin/creneau-kiosk"
    assert found.face_program == ("/usr/bin/creneau-face",)


def test_what_the_page_for_operations_writes_is_understood_and_leaves_nothing_out(
    tmp_path: Path,
) -> None:
    gate, table = re.findall(r"^```toml\n(.*?)^```$", OPERATIONS.read_text("utf-8"), re.M | re.S)
    path = tmp_path / "applications.toml"
    path.write_text(table, "utf-8")
    path.chmod(0o644)
    found = read(tmp_path, gate.replace("/etc/creneau/applications.toml", str(path)))
    assert (len(found.applications), found.without) == (1, frozenset({"scanner"}))

    # What is not said there has its default: the page says everything.
    silent = {one.name for one in fields(found) if getattr(found, one.name) in (None, (), {})}
    assert silent == set()
    assert found.displays.configuration is not None


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd is not installed here")
    unit = tmp_path / UNIT.name
    # The program is not installed where the tests run: any other stands for it.
    program = "ExecStart=/usr/bin/creneau-gate"
    unit.write_text(UNIT.read_text("utf-8").replace(program, "ExecStart=/bin/true"), "utf-8")
    looked = subprocess.run(
        [analyze, "verify", "--man=no", str(unit)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = [line for line in looked.stderr.splitlines() if UNIT.name in line]
    assert said == []
    assert looked.returncode == 0, looked.stderr


def test_the_unit_lets_shell_and_session_outlive_the_gate() -> None:
    lines = UNIT.read_text("utf-8").splitlines()
    for wanted in ("KillMode=process", "Restart=always", "Type=notify", "WatchdogSec=60"):
        assert wanted in lines
