"""The applications that a visitor may start, and which of them this machine has."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.gate.appearance import Scaling
from kiosk.gate.backend import Application

_SNAP_MARK = b"/snap/bin/"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A program that can serve as an application.

    Some programs refuse to run as root, and some are of no use without a scanner.
    """

    app_id: str
    program: str
    arguments: tuple[str, ...] = ()
    takes_url: bool = False
    refuses_root: bool = False
    needs_scanner: bool = False
    scaling: Scaling = Scaling.VARIABLES


def _chromium(program: str) -> Candidate:
    arguments = (
        "--user-data-dir={private}/browser",
        "--no-first-run",
        "--no-default-browser-check",
        "--password-store=basic",
        "--disable-sync",
    )
    return Candidate(
        "internet",
        program,
        arguments,
        takes_url=True,
        refuses_root=True,
        scaling=Scaling.CHROMIUM,
    )


def _firefox(program: str) -> Candidate:
    return Candidate("internet", program, ("--profile", "{private}/browser"), takes_url=True)


CANDIDATES = (
    *(_chromium(name) for name in ("chromium", "google-chrome")),
    *(_firefox(name) for name in ("firefox-esr", "firefox")),
    Candidate("writer", "libreoffice", ("--nologo", "--norestore", "--writer")),
    Candidate("writer", "soffice", ("--nologo", "--norestore", "--writer")),
    Candidate("writer", "abiword"),
    Candidate("files", "pcmanfm"),
    Candidate("files", "pcmanfm-qt"),
    Candidate("files", "thunar"),
    Candidate("files", "nautilus", ("--new-window",)),
    Candidate("files", "nemo"),
    Candidate("files", "caja", ("--no-desktop",)),
    Candidate("scanner", "simple-scan", needs_scanner=True),
)
"""Of several that share an id, the first one found serves."""


def find_applications(
    path: str,
    *,
    as_root: bool,
    has_scanner: bool = False,
    candidates: Sequence[Candidate] = CANDIDATES,
) -> tuple[Application, ...]:
    """Return the applications found in the folders of `path`, in the order of the table.

    Whether a scanner stands beside the machine is what root says: to look for one takes long, and
    one of the network may be asleep.
    """
    found: dict[str, Application] = {}
    for one in candidates:
        if one.app_id in found or (one.refuses_root and as_root):
            continue
        if one.needs_scanner and not has_scanner:
            continue
        program = shutil.which(one.program, path=path)
        if program is not None and not is_snap(Path(program)):
            found[one.app_id] = Application(
                one.app_id, program, one.arguments, one.takes_url, one.scaling
            )
    return tuple(found.values())


def merge_applications(
    found: Sequence[Application], added: Sequence[Application], without: frozenset[str]
) -> tuple[Application, ...]:
    """Return what the machine has, in root's own words where there are any.

    Args:
        found: what the table finds on this machine.
        added: what root adds; it replaces what was found under the same id.
        without: the ids of what root does not offer.
    """
    merged = {one.app_id: one for one in found}
    merged.update((one.app_id, one) for one in added)
    return tuple(one for one in merged.values() if one.app_id not in without)


def is_snap(program: Path) -> bool:
    """Tell whether a program is a snap or calls one: those refuse any home but the account's."""
    if program.resolve().name == "snap":
        return True
    with program.open("rb") as file:
        start = file.read(4096)
    return start.startswith(b"#!") and _SNAP_MARK in start
