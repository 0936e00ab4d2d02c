"""What root has set for the gate, held against the machine that is to do it."""

import os
from collections.abc import Iterator
from pathlib import Path

from kiosk.gate.application import CANDIDATES, is_snap
from kiosk.gate.cell import SPOOL_FOLDERS
from kiosk.gate.configuration import BackendKind, Configuration
from kiosk.gate.doctor.finding import Finding, doubtful, good, wrong
from kiosk.gate.doctor.machine import Machine

SCANNERS = "scanner"
"""The group that may use a scanner on USB."""


def check_settings(machine: Machine, set_: Configuration, product: Path) -> Iterator[Finding]:
    """Look whether what root has set can be done here.

    Args:
        machine: what is looked at.
        set_: what root has set.
        product: the folder in which the product lies.
    """
    if set_.backend is BackendKind.OPEN:
        yield wrong(
            "backend",
            "confines nothing: a visitor's program may cover the lock, and files stay",
            'put backend = "confined" into gate.toml',
        )
    yield from _check_programs(machine, set_)
    yield from _check_places(machine, set_, product)
    yield from _check_applications(machine, set_)
    if set_.has_scanner:
        yield from _check_scanner(machine, set_.visitor.name)


def _check_programs(machine: Machine, set_: Configuration) -> Iterator[Finding]:
    commands = {
        "[shell]": set_.shell,
        "[face]": set_.face_program,
        **{f"[power] {kind.value}": words for kind, words in set_.power.items()},
    }
    for subject, words in commands.items():
        if words and not _is_program(machine, Path(words[0])):
            yield wrong(subject, f"{words[0]} is no program here", "mend its path in gate.toml")


def _check_places(machine: Machine, set_: Configuration, product: Path) -> Iterator[Finding]:
    for place in set_.shown:
        if not machine.path(str(place)).is_dir():
            yield wrong(
                "shown",
                f"{place} is no folder, so that no session begins",
                f"make {place}, or take it out of gate.toml",
            )
    covers = (*set_.hidden, set_.home, *map(Path, SPOOL_FOLDERS))
    above = [one for one in covers if one in (product, *product.parents)]
    if above and not any(one in (product, *product.parents) for one in set_.shown):
        yield wrong(
            "the product",
            f"lies in {above[0]}, which shows nothing inside a session",
            "install it elsewhere, below /usr or /opt",
        )
    templates = set_.templates
    if templates is not None and not machine.path(str(templates)).is_dir():
        yield doubtful(
            "templates",
            f"{templates} is no folder: visitors find no documents",
            f"make {templates}, or take it out of gate.toml",
        )


def _check_applications(machine: Machine, set_: Configuration) -> Iterator[Finding]:
    known = {one.app_id for one in CANDIDATES}
    for one in set_.applications:
        program = Path(one.program)
        if not _is_program(machine, program):
            yield wrong(
                f"application {one.app_id}",
                f"{program} is no program here, and its tile would start nothing",
                "mend its entry in the table of applications, or take it out",
            )
        elif is_snap(machine.path(one.program)):
            yield wrong(
                f"application {one.app_id}",
                f"{program} is a snap, which refuses the home of a session",
                "install it from the distribution, or from its maker's own repository",
            )
        elif one.app_id not in known:
            yield doubtful(
                f"application {one.app_id}",
                "can be started, and the home has no tile for it",
                "the home knows " + ", ".join(sorted(known)),
            )
        else:
            yield good(f"application {one.app_id}", one.program)
    for name in sorted(set_.without - known):
        yield doubtful(
            f"application {name}",
            "is switched off, and nothing is called so",
            "the ids are " + ", ".join(sorted(known)),
        )


def _check_scanner(machine: Machine, visitor: str) -> Iterator[Finding]:
    if machine.find_program("simple-scan") is None:
        yield doubtful(
            "scanner",
            "simple-scan is missing, so none is offered",
            "apt-get install simple-scan",
        )
    elif SCANNERS not in machine.groups_of(visitor):
        yield doubtful(
            "scanner",
            f"{visitor} is not in the group {SCANNERS}: one on USB may refuse",
            f"usermod --append --groups {SCANNERS} {visitor}",
        )
    else:
        yield good("scanner", "is offered")


def _is_program(machine: Machine, path: Path) -> bool:
    place = machine.path(str(path))
    return path.is_absolute() and place.is_file() and os.access(place, os.X_OK)
