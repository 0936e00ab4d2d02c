"""An estate of any size for tests, and a real hub that serves it."""

import sys
from dataclasses import dataclass
from pathlib import Path

from admin_console.rehearsal.connection import Address
from admin_console.rehearsal.program import SCRIPTS
from tests.helpers.process import Program, Programs

STAFF = ("admin", "tilleul-ardoise-47")

_SITE = """
[[site]]
id = "site-{site}"
name = "Site {site}"
staffed = true
[[site.room]]
id = "salle"
name = "Salle {site}"
seats = {seats}
slot_minutes = {minutes}
[site.room.hours]
mon = ["09:00-19:00"]
"""
_MEMBER = """
[[member]]
card = "{card}"
first_name = "Jeanne"
pin = "{pin}"
category = "adulte"
"""
_HEAD = """
town = "Boulogne-Billancourt"
zone = "Europe/Paris"
holidays = "FR"

[[category]]
key = "adulte"
title = "Adulte"
"""
_STAFF = """
[[staff]]
name = "{0}"
display_name = "Hélène Marchand"
roles = ["admin"]
password = "{1}"
"""


def card_of(number: int) -> tuple[str, str]:
    """Return card and code of a member of the test estate."""
    return f"2048{number:08}", f"{number % 10_000:04}"


def write_estate(
    path: Path, *, sites: int = 1, seats: int = 8, members: int = 8, minutes: int = 60
) -> Path:
    """Write an estate of `sites` rooms with `seats` seats each, and return its path."""
    parts = [_HEAD]
    parts += [_SITE.format(site=site, seats=seats, minutes=minutes) for site in range(1, sites + 1)]
    parts.append(_STAFF.format(*STAFF))
    for number in range(1, members + 1):
        card, pin = card_of(number)
        parts.append(_MEMBER.format(card=card, pin=pin))
    path.write_text("".join(parts), encoding="utf-8")
    return path


@dataclass(frozen=True, slots=True)
class RunningHub:
    """A hub process, where it listens, and how to make codes for it."""

    program: Program
    address: Address
    state: Path
    programs: Programs

    def code(self, room_id: str, uses: int) -> str:
        """Return a code that enrols stations in a room."""
        making = self.programs.start(
            [SCRIPTS / "creneau-hub", "enrol-code", "--room", room_id, "--uses", str(uses)],
            name="enrol-code",
            environment={"CRENEAU_STATE": str(self.state)},
        )
        assert making.wait_for_end() == 0, making.tail()
        return making.lines[-1]


def start_hub(programs: Programs, state: Path, estate: Path | None, port: int = 0) -> RunningHub:
    """Plant an estate (unless it is None) and serve it on this machine."""
    environment = {"CRENEAU_STATE": str(state)}
    hub = SCRIPTS / "creneau-hub"
    if estate is not None:
        planting = programs.start(
            [hub, "sample", "--always-open", "--estate", estate],
            name="sample",
            environment=environment,
        )
        assert planting.wait_for_end(within=60) == 0, planting.tail()
    serving = programs.start(
        [sys.executable, "-m", "admin_console.hub", "serve", "--listen", f"127.0.0.1:{port}"],
        name="hub",
        environment=environment,
    )
    found = serving.wait_for_line(r"listening on http://127\.0\.0\.1:(\d+)")
    return RunningHub(serving, Address("127.0.0.1", int(found[1])), state, programs)
