"""The applications in root's own words: what is added to the machine's, replaced or left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.gate.appearance import Scaling
from kiosk.gate.backend import Application
from kiosk.gate.table import Table
from kiosk.gate.trusted import NotTrusted, parse, read_trusted_text

KEY = "application"
_HEAD = re.compile(rf"\s*\[\[\s*{KEY}\s*\]\]")


@dataclass(frozen=True, slots=True)
class Said:
    """What root says of applications.

    Attributes:
        added: what is offered besides what the machine has, or instead of it, by its id.
        without: the ids of what is not offered though the machine has it.
    """

    added: tuple[Application, ...] = ()
    without: frozenset[str] = frozenset()


def read_applications(path: Path, owner: int = 0) -> Said:
    """Return what a table of applications says.

    Raises:
        NotTrusted: it cannot be believed, or says something that makes no sense; it tells the line
            where the entry begins.
    """
    text = read_trusted_text(path, owner)
    whole = Table(str(path), parse(path, text))
    entries = whole.tables(KEY)
    whole.refuse_the_rest()
    added: list[Application] = []
    without: list[str] = []
    for where, entry in zip(_places(path, text, len(entries)), entries, strict=True):
        table = Table(where, entry)
        app_id = table.text("id", None)
        if app_id in {*without, *(one.app_id for one in added)}:
            raise NotTrusted(f"{where}: an entry before it has the same id, {app_id}")
        if table.flag("off"):
            without.append(app_id)
        else:
            added.append(_read_application(app_id, table))
        table.refuse_the_rest()
    return Said(tuple(added), frozenset(without))


def _read_application(app_id: str, table: Table) -> Application:
    return Application(
        app_id=app_id,
        program=str(table.folder("program", None)),
        arguments=table.words("arguments"),
        takes_url=table.flag("takes_url"),
        scaling=table.choice("scaling", Scaling, Scaling.VARIABLES),
    )


def _places(path: Path, text: str, count: int) -> Sequence[str]:
    """Say where each entry begins: its line, or its place in the list where no line is to be told.

    The reader of TOML tells no lines, and an entry may be written otherwise than under a head.
    """
    heads = [n for n, line in enumerate(text.splitlines(), 1) if _HEAD.match(line)]
    if len(heads) == count:
        return [f"{path}, line {line}" for line in heads]
    return [f"{path}, {KEY} {number}" for number in range(1, count + 1)]
