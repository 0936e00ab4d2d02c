"""The documents name every route, message, setting and flag: none is a secret of the code."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from admin_console.hub.service.clock import SystemClock
from admin_console.hub.store.engine import sqlite_address
from admin_console.hub.store.store import open_store
from admin_console.hub.web.application import make_application
from admin_console.hub.web.problem import STATUS
from kiosk.wire import (
    act,
    change,
    command,
    desk,
    event,
    hold,
    money,
    people,
    problem,
    rule,
    station,
    tariff,
    ticket,
)
from tests.hub.web.house import make_cases

ROOT = Path(__file__).parent.parent
WIRE = (ROOT / "docs" / "wire.md").read_text(encoding="utf-8")
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
ACCESSIBILITY = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
PRODUCT = [ROOT / "kiosk", ROOT / "admin_console"]


def structs(module: ModuleType) -> Iterator[type[msgspec.Struct]]:
    for _, found in inspect.getmembers(module, inspect.isclass):
        if issubclass(found, msgspec.Struct) and found.__module__ == module.__name__:
            yield found


def test_every_route_stands_in_the_page_of_the_wire(tmp_path: Path) -> None:
    store = open_store(sqlite_address(tmp_path / "empty.sqlite"), SystemClock().now)
    application = make_application(make_cases(store), "0", slow_threads=1)
    store.close()
    served = {
        (method, re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path))
        for route in application.litestar.routes
        for method in route.methods
        if method != "OPTIONS"
    }

    told = {
        (method, path.partition("?")[0])
        for method, path in re.findall(r"^\| `([A-Z]+) (/[^`]+)` \|", WIRE, re.MULTILINE)
    }

    assert told == served


@pytest.mark.parametrize(
    "module",
    [
        act,
        station,
        event,
        change,
        command,
        desk,
        hold,
        money,
        people,
        problem,
        rule,
        tariff,
        ticket,
    ],
)
def test_every_tag_stands_in_the_page_of_the_wire(module: ModuleType) -> None:
    tags = [str(tag) for one in structs(module) if (tag := one.__struct_config__.tag)]

    assert tags
    assert [tag for tag in tags if f"`{tag}`" not in WIRE] == []


@pytest.mark.parametrize(
    "name",
    sorted(
        {name for choice in (event.EventBody, change.ChangeBody, command.CommandBody)
         for name in (one.__name__ for one in choice.__args__)}
    ),
)  # fmt: skip
def test_every_body_stands_beside_its_tag(name: str) -> None:
    assert re.search(rf"^\| `[a-z_]+` \| `{name}` \|", WIRE, re.MULTILINE)


def test_every_problem_stands_with_its_status() -> None:
    told = dict(re.findall(r"^\| `([a-z_]+)` \| (\d{3}) \|", WIRE, re.MULTILINE))

    assert told == {code.value: str(status) for code, status in STATUS.items()}


def strings(of: str) -> set[str]:
    """Return the string constants of the product that match a pattern in full."""
    pattern = re.compile(of)
    return {
        node.value
        for folder in PRODUCT
        for module in folder.rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and pattern.fullmatch(node.value)
    }


def flags() -> set[str]:
    """Return the flags that any program of the product takes."""
    return {
        argument.value
        for folder in PRODUCT
        for module in folder.rglob("*.py")
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "add_argument"
        for argument in node.args
        if isinstance(argument, ast.Constant)
        and isinstance(argument.value, str)
        and argument.value.startswith("-")
    }


def test_every_setting_stands_in_the_page_of_operations() -> None:
    settings = strings(r"CRENEAU_[A-Z_]+")

    assert "CRENEAU_DATABASE_URL" in settings
    assert {one for one in settings if f"`{one}`" not in OPERATIONS} == set()


def test_every_flag_stands_in_the_page_of_operations() -> None:
    assert "--listen" in flags()
    assert {one for one in flags() if not re.search(rf"`{one}[ `]", OPERATIONS)} == set()


def test_the_page_of_operations_names_nothing_that_is_gone() -> None:
    told = set(re.findall(r"`(--[a-z-]+)", OPERATIONS))

    assert told - flags() == set()
    assert set(re.findall(r"CRENEAU_[A-Z_]+", OPERATIONS)) - strings(r"CRENEAU_[A-Z_]+") == set()


VERDICTS = {"met", "in part", "not met", "none"}
WCAG_22 = (
    "1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5 1.4.1 1.4.2 1.4.3 1.4.4 "
    "1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 "
    "2.4.5 2.4.6 2.4.7 2.4.11 2.5.1 2.5.2 2.5.3 2.5.4 2.5.7 2.5.8 3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 "
    "3.2.4 3.2.6 3.3.1 3.3.2 3.3.3 3.3.4 3.3.7 3.3.8 4.1.2 4.1.3"
)
"""The criteria of levels A and AA of the recommendation of 5 October 2023."""


def accessibility_lines() -> list[list[str]]:
    """Return the lines of the tables of clauses and criteria, cell by cell."""
    lines = re.findall(r"^\| ((?:5|11|[1-4])\.\d[\d.]*) \|(.*)\|$", ACCESSIBILITY, re.MULTILINE)
    return [[clause, *(cell.strip() for cell in rest.split("|"))] for clause, rest in lines]


def test_every_criterion_of_the_web_guidelines_has_its_line_and_verdict() -> None:
    criteria = {line[0]: line[3] for line in accessibility_lines() if len(line) == 5}
    assert sorted(criteria) == sorted(WCAG_22.split())
    assert set(criteria.values()) <= VERDICTS


def test_every_clause_has_a_verdict_and_what_is_not_met_says_why() -> None:
    clauses = [line for line in accessibility_lines() if len(line) == 4]
    assert len(clauses) > 100
    assert {line[2] for line in clauses} <= VERDICTS
    assert [line[0] for line in clauses if line[2] not in {"none"} and not line[3]] == []


def test_every_test_that_the_statement_names_is_there() -> None:
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", ACCESSIBILITY))
    assert named
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


def test_every_attempt_on_a_station_names_tests_that_exist_or_a_check_by_hand() -> None:
    lines = re.findall(r"^\| (\d+) \| [^|]+ \| ([^|]+) \|$", OPERATIONS, re.MULTILINE)
    assert [int(number) for number, _ in lines] == list(range(1, 37))

    by_hand = set(
        re.findall(r"^\| ([A-Z]) \| [^|]+ \| [^|]+ \| [^|]+ \|$", OPERATIONS, re.MULTILINE)
    )
    for number, told in lines:
        for word in told.split(", "):
            name = word.strip("` ")
            assert name in by_hand or is_test(name), f"{number}: {name}"


def is_test(name: str) -> bool:
    """Tell whether `path::function` names a test."""
    path, _, function = name.partition("::")
    file = ROOT / path
    return file.is_file() and f"\ndef {function}(" in file.read_text("utf-8")
