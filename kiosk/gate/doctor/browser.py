"""The browser of a session, and the rules of the house that it obeys."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kiosk.gate.browserpolicy import MINOR_FILES, POLICY_FILES, Policy, PolicyFile
from kiosk.gate.doctor.finding import Finding, doubtful, good, wrong
from kiosk.gate.doctor.machine import Machine

_BROWSERS = ("chromium", "google-chrome", "firefox-esr", "firefox")


def check_browser(machine: Machine) -> Iterator[Finding]:
    """Look for a browser that starts in a home of a session: a snap does not."""
    for name in _BROWSERS:
        found = machine.find_program(name)
        if found is None:
            continue
        if _is_snap(machine.path(found)):
            yield wrong(
                "browser",
                f"{found} is a snap, which refuses the home of a session",
                "install chromium from Debian, or Firefox from Mozilla's own repository",
            )
        else:
            yield good("browser", found)
        return
    yield doubtful("browser", "none is found, so none is offered", "apt-get install chromium")


def check_browser_rules(machine: Machine) -> Iterator[Finding]:
    """Look whether each browser of the machine obeys the rules of the house."""
    for one in POLICY_FILES:
        if machine.find_program(*one.programs) is not None:
            yield _check_rules(machine, one)


def _check_rules(machine: Machine, file: PolicyFile) -> Finding:
    subject = f"rules of {file.programs[0]}"
    # A browser reads all files of the folder in the order of their names, the last word winning.
    folder = file.path.parent
    said: dict[str, Any] = {}
    for path in machine.files(str(folder), "*.json"):
        read = _read(path)
        if read is None:
            return wrong(
                subject, f"{folder}/{path.name} cannot be read", "mend it, or take it away"
            )
        said |= read
    minor = next((one for one in MINOR_FILES if one.parent == folder), None)
    if minor is not None and not machine.path(str(minor)).is_file():
        return wrong(
            subject,
            f"{minor} is missing, and nothing would start for a minor",
            "lay it down again: it says {}, and the rules for minors lie over it in their sessions",
        )
    broken = sorted(_differences(file.policy(), said))
    if not broken:
        return good(subject, str(file.path))
    return wrong(
        subject,
        f"{broken[0]} is not as the house wants it"
        + (f", nor are {len(broken) - 1} more" if len(broken) > 1 else ""),
        f"lay {file.path} down again, and let no other file beside it say otherwise",
    )


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _differences(wanted: Policy, said: Policy) -> Iterator[str]:
    """Name the rules that are missing or other; what else is said is the site's own."""
    for name, value in wanted.items():
        if name == "policies":
            yield from _differences(value, said.get(name) or {})
        elif said.get(name) != value:
            yield name


def _is_snap(program: Path) -> bool:
    if program.resolve().name == "snap":
        return True
    return b"/snap/bin/" in program.read_bytes()[:4096]
