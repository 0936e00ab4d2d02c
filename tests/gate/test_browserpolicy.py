"""The rules that the installation lays down for browsers are those of the house.

After a change of the rules, `python -m tests.gate.test_browserpolicy` writes the files anew.
"""

import json
from pathlib import Path

import pytest

from kiosk.gate.application import CANDIDATES
from kiosk.gate.browserpolicy import (
    MINOR_FILES,
    MINOR_TEXT,
    POLICY_FILES,
    PolicyFile,
    chromium_policy,
    firefox_policy,
    minor_policy,
)

INSTALLED = Path(__file__).parents[2] / "installers" / "workstation"


def laid_down(file: PolicyFile) -> Path:
    return INSTALLED / file.path.relative_to("/")


@pytest.mark.parametrize("file", POLICY_FILES, ids=lambda one: one.programs[0])
def test_what_is_laid_down_is_what_the_house_says(file: PolicyFile) -> None:
    assert laid_down(file).read_text("utf-8") == file.text
    assert json.loads(file.text) == file.policy()


def test_every_browser_that_may_be_offered_has_rules() -> None:
    browsers = {one.program for one in CANDIDATES if one.app_id == "internet"}
    ruled = {name for file in POLICY_FILES for name in file.programs}
    assert ruled == browsers


def test_the_two_browsers_say_the_same_of_files() -> None:
    home = Path("/srv/visitor")
    chromium, firefox = chromium_policy(home), firefox_policy(home)["policies"]
    assert chromium["URLAllowlist"] == ["file:///srv/visitor/"]
    assert firefox["WebsiteFilter"]["Exceptions"] == ["file:///srv/visitor/*"]
    shared = chromium.keys() & firefox.keys()
    assert {name: chromium[name] for name in shared} == {name: firefox[name] for name in shared}


def test_rules_for_minors_have_a_file_beside_those_of_everybody_that_says_nothing() -> None:
    beside = {file.path.parent for file in POLICY_FILES if file.policy is chromium_policy}
    assert {file.parent for file in MINOR_FILES} == beside
    for file in MINOR_FILES:
        assert (INSTALLED / file.relative_to("/")).read_text("utf-8") == "{}\n"


def test_rules_for_minors_take_nothing_back() -> None:
    assert json.loads(MINOR_TEXT) == minor_policy()
    assert not minor_policy().keys() & chromium_policy().keys()


if __name__ == "__main__":
    for one in POLICY_FILES:
        laid_down(one).write_text(one.text, "utf-8")
