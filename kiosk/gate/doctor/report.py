"""All checks in the order in which a person would mend them, and the report they make."""

import os
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kiosk.gate.configuration import read_configuration
from kiosk.gate.doctor.account import (
    Accounts,
    check_accounts,
    check_denials,
    check_jobs,
    check_swap,
    check_visitor,
)
from kiosk.gate.doctor.browser import check_browser, check_browser_rules
from kiosk.gate.doctor.console import (
    check_boot_menu,
    check_consoles,
    check_power,
    check_reboot_keys,
    check_x_server,
)
from kiosk.gate.doctor.finding import Finding, Verdict, good, wrong
from kiosk.gate.doctor.kernel import (
    check_cgroups,
    check_core_dumps,
    check_kernel,
    check_namespaces,
)
from kiosk.gate.doctor.machine import Machine
from kiosk.gate.doctor.program import (
    check_displays,
    check_fonts,
    check_print_history,
    check_qt,
)
from kiosk.gate.doctor.setting import check_settings
from kiosk.gate.doctor.trace import check_addresses, check_bluetooth, check_names
from kiosk.gate.drop import Account
from kiosk.gate.trusted import NotTrusted

FONT_FILES = tuple(f"AtkinsonHyperlegibleNext-{weight}.ttf" for weight in (400, 500, 600, 700))

_MARKS = {Verdict.GOOD: "ok   ", Verdict.DOUBTFUL: "look ", Verdict.WRONG: "WRONG"}


def examine(
    machine: Machine, accounts: Accounts, qt: str | None, fonts: Mapping[str, Path]
) -> Iterator[Finding]:
    """Go through a machine from its kernel to its fonts; nothing is changed.

    Args:
        machine: what is looked at.
        accounts: names of the three accounts.
        qt: release of PySide6 that the faces load, None where there is none.
        fonts: files that the faces draw with.
    """
    yield from check_kernel(machine)
    yield from check_cgroups(machine)
    yield from check_namespaces(machine)
    yield from check_core_dumps(machine)
    yield from check_swap(machine)
    yield from check_accounts(machine, accounts)
    yield from check_visitor(machine, accounts)
    yield from check_jobs(machine, accounts)
    yield from check_denials(machine, accounts)
    yield from check_displays(machine)
    yield from check_x_server(machine)
    yield from check_consoles(machine)
    yield from check_reboot_keys(machine)
    yield from check_power(machine)
    yield from check_boot_menu(machine)
    yield from check_browser(machine)
    yield from check_browser_rules(machine)
    yield from check_print_history(machine)
    yield from check_addresses(machine)
    yield from check_names(machine)
    yield from check_bluetooth(machine)
    yield from check_qt(qt)
    yield from check_fonts(fonts)


def examine_settings(
    machine: Machine, path: Path, product: Path, owner: int = 0
) -> tuple[Accounts, list[Finding]]:
    """Return whose accounts root has set, and how what is set stands to the machine.

    Args:
        machine: what is looked at.
        path: the gate's file, a path of the machine.
        product: the folder in which the product lies.
        owner: who may have written the file besides root.
    """
    try:
        found = read_configuration(machine.path(str(path)), owner)
    except NotTrusted as error:
        mend = "mend it: the gate does not start with it"
        return Accounts(), [wrong(path.name, str(error), mend)]
    accounts = Accounts(*map(_name_of, (found.visitor, found.face, found.kiosk)))
    return accounts, [
        good(path.name, "is understood"),
        *check_settings(machine, found, product),
    ]


def examine_here(path: Path, assets: Path) -> tuple[Finding, ...]:
    """Go through the machine on which this runs, as the gate's file would have it."""
    fonts = {name: assets / "fonts" / name for name in FONT_FILES}
    machine = Machine()
    accounts, findings = examine_settings(machine, path, assets.parent, os.geteuid())
    return (*findings, *examine(machine, accounts, _installed_qt(), fonts))


def _name_of(account: Account) -> str:
    return account.name or str(account.uid)


def _installed_qt() -> str | None:
    try:
        return version("PySide6-Essentials")
    except PackageNotFoundError:
        return None


def printed_report(findings: Sequence[Finding]) -> str:
    """Return the report: a line for each finding, and under what is not good, how to mend it."""
    lines = []
    for one in findings:
        lines.append(f"{_MARKS[one.verdict]}  {one.subject}: {one.said}")
        if one.mend:
            lines.append(f"       -> {one.mend}")
    wrong = sum(one.verdict is Verdict.WRONG for one in findings)
    doubtful = sum(one.verdict is Verdict.DOUBTFUL for one in findings)
    lines.append(f"{len(findings)} looked at, {wrong} wrong, {doubtful} to look at")
    return "\n".join(lines)


def is_fit(findings: Sequence[Finding]) -> bool:
    """Tell whether a visitor may be let in: nothing is wrong."""
    return all(one.verdict is not Verdict.WRONG for one in findings)
