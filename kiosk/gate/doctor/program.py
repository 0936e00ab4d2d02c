"""Programs, libraries and fonts that a workstation needs."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from kiosk.gate.doctor.finding import Finding, good, wrong
from kiosk.gate.doctor.machine import Machine

OLDEST_QT = (6, 8)
FIRST_BROKEN_QT = (6, 12)
"""PySide6 6.12 loses a reference to None at each void call on Python 3.11, and aborts."""


def check_qt(version: str | None) -> Iterator[Finding]:
    """Look at the release of PySide6 that the faces would load."""
    if version is None:
        yield wrong("PySide6", "is not installed", "install the product's package again")
        return
    parts = tuple(int(part) for part in version.split(".")[:2] if part.isdigit())
    if OLDEST_QT <= parts < FIRST_BROKEN_QT:
        yield good("PySide6", version)
    else:
        yield wrong(
            "PySide6",
            f"{version} is outside of 6.8 to 6.11: the lock may abort by itself",
            "install the release that the lock file names",
        )


def check_displays(machine: Machine) -> Iterator[Finding]:
    """Look for what draws: an X server, a window manager for the session."""
    for program, names, package in (
        ("X server", ("Xorg",), "xserver-xorg-core"),
        ("window manager", ("openbox",), "openbox"),
    ):
        found = machine.find_program(*names)
        if found is None:
            yield wrong(program, "is missing", f"apt-get install {package}")
        else:
            yield good(program, found)


def check_fonts(fonts: Mapping[str, Path]) -> Iterator[Finding]:
    """Look whether the product's own fonts are where the faces look for them."""
    missing = [name for name, place in fonts.items() if not place.is_file()]
    if missing:
        yield wrong("fonts", f"{missing[0]} is missing", "install the product's package again")
    else:
        yield good("fonts", f"{len(fonts)} files are there")


def check_print_history(machine: Machine) -> Iterator[Finding]:
    """Look whether CUPS keeps documents of former visitors (cupsd.conf(5))."""
    lines = machine.lines("/etc/cups/cupsd.conf")
    if not lines:
        yield good("print history", "there is no CUPS on this machine")
        return
    pairs = (line.partition(" ") for line in lines)
    words = {key: value.strip() for key, _, value in pairs}
    for key in ("PreserveJobFiles", "PreserveJobHistory"):
        if words.get(key, "").lower() in ("no", "off", "false"):
            yield good(key, "is off")
        else:
            yield wrong(
                key,
                "CUPS keeps what visitors printed, or the names of their documents",
                f"put {key} No into /etc/cups/cupsd.conf",
            )
