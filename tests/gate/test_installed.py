"""What the installation lays down for the gate is what the gate and systemd understand."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kiosk.gate import configuration as configuration_module
from kiosk.gate.configuration import BackendKind, read_configuration
from kiosk.gate.drop import Account

ETC = Path(__file__).parents[2] / "installers" / "workstation" / "etc"
UNIT = ETC / "systemd" / "system" / "creneau-gate.service"


def test_the_sample_of_root_s_configuration_is_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = {"kiosk": 23001, "visitor": 23002, "creneau-face": 23003}

    def find(who: str | int) -> Account:
        number = names[str(who)]
        return Account(number, number, str(who))

    monkeypatch.setattr(configuration_module, "find_account", find)
    path = tmp_path / "gate.toml"
    shutil.copyfile(ETC / "creneau" / "gate.toml", path)
    path.chmod(0o644)
    found = read_configuration(path, os.geteuid())
    assert found.backend is BackendKind.CONFINED
    assert found.kiosk.name == "kiosk"
    assert found.shell[0] == "/usr/bin/creneau-kiosk"


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
