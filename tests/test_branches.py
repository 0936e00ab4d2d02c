"""The heart of the product has no branch that its own tests leave out.

The rules, the brain of a workstation and the machine of its gate are run once more under coverage,
by the tests of their own folders alone and with a glance of what hypothesis has to say.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TESTS = ("tests/rules", "tests/session", "tests/gate")
LEFT_OUT = (
    "doctor", "test_appearance.py", "test_application.py", "test_audit.py", "test_browser.py",
    "test_browserpolicy.py", "test_cell.py", "test_cgroup.py", "test_confinedbackend.py",
    "test_display.py", "test_documents.py", "test_drop.py", "test_folder.py",
    "test_installed.py", "test_keyring.py", "test_kill.py", "test_launch.py", "test_lockdisplay.py",
    "test_openbackend.py", "test_remnant.py", "test_scope.py", "test_sweep.py", "test_terminal.py",
    "test_viewer.py",
)  # fmt: skip
"""These start programs or walk through folders: they say nothing of the machine."""

HELD = (
    "kiosk/rules/*", "kiosk/session/*",
    *(
        f"kiosk/gate/{one}.py"
        for one in (
            "clock", "disk", "fact", "journal", "keywatch", "machine", "phase",
            "loop", "notify", "protocol", "server", "supervisor", "trusted", "verb",
        )
    ),
)  # fmt: skip


def run(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    """Run coverage with a data file of its own, apart from the test run around it."""
    outside = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    return subprocess.run(
        [sys.executable, "-m", "coverage", *arguments],
        cwd=ROOT,
        env={**outside, "COVERAGE_FILE": str(data)},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


@pytest.mark.timeout(420)
def test_every_branch_of_rules_brain_and_gate_is_taken_by_their_own_tests(tmp_path: Path) -> None:
    data = tmp_path / "branches"
    tests = run(
        "run", "--branch", "--source=kiosk.rules,kiosk.session,kiosk.gate",
        "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider",
        "--hypothesis-profile", "glance",
        *(f"--ignore=tests/gate/{name}" for name in LEFT_OUT), *TESTS,
        data=data,
    )  # fmt: skip
    assert tests.returncode == 0, tests.stdout[-4000:]

    report = run(
        "report", "--show-missing", "--skip-covered", "--fail-under=100",
        f"--include={','.join(HELD)}",
        data=data,
    )  # fmt: skip
    assert report.returncode == 0, report.stdout
