"""The whole product on one machine: the real programs as processes, and life in the other rooms.

Life cycle: `Rehearsal.prepare` plants the sample where there is none, starts the hub and enrols the
stations; then windows are started and visitors let in until somebody ends it. `Programs` ends all.
"""

import asyncio
import errno
import os
import re
import shlex
import shutil
import signal
import socket
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from admin_console.rehearsal.connection import Address
from admin_console.rehearsal.house import (
    RehearsalFailed,
    StaffDesk,
    Tokens,
    enrol_seats,
    live,
    sign_in,
)
from admin_console.rehearsal.program import Program, ProgramFailed, Programs, find
from admin_console.rehearsal.sample import ESTATE_FILE, Sample, shorten_slots
from admin_console.rehearsal.station import Enrolled
from admin_console.rehearsal.visitor import Card, SeatPlan, plan_house
from kiosk.wire.place import SeatView

SITE_ID = "trapeze"
CALLING_NUMBER = 3
HANDED_OUT = 4
"""So many cards of the sample are for whoever tries the window; the others are the visitors'."""
HUB_SECONDS = 30.0
PORT = 8620
PORTS_TRIED = 3
ADDRESS_TAKEN = os.strerror(errno.EADDRINUSE)
PLAYED = "played"
"""The folder, inside of another rehearsal's, in which a visit is played."""
SECRETS_IN_FILES = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
"""What a rehearsal keeps stays in its folder and never enters the key ring of who runs it."""

_MEANT = frozenset({0, -signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT})
"""Exit statuses of a program that somebody closed or killed."""

_CODE = re.compile(r"^ +([0-9A-Z]{8}) .*\(([a-z0-9.-]+)\)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a rehearsal keeps what it needs."""

    root: Path

    @property
    def hub(self) -> Path:
        """The hub's state."""
        return self.root / "hub"

    @property
    def kiosk(self) -> Path:
        """The workstation's state."""
        return self.root / "kiosk"

    @property
    def tokens(self) -> Path:
        """The simulated stations."""
        return self.root / "stations.json"

    @property
    def logs(self) -> Path:
        """What the programs say."""
        return self.root / "logs"

    @property
    def pictures(self) -> Path:
        """What a played visit leaves."""
        return self.root / "pictures"

    def forget(self) -> None:
        """Remove what rehearsals have left, and nothing else that may stand in the folder."""
        for made in (self.hub, self.kiosk, self.logs, self.pictures, self.root / PLAYED):
            shutil.rmtree(made, ignore_errors=True)
        self.tokens.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Started:
    """A program that runs, and the command that would start it again."""

    program: Program
    command: str


@dataclass(slots=True)
class Rehearsal:
    """One rehearsal.

    Args:
        folder: where it keeps what it needs.
        programs: runs the programs.
        sample: who may sit and who signs in.
        seat_number: the seat, in the room of `SITE_ID`, that the real window fills.
        say: tells whoever watches.
    """

    folder: Folder
    programs: Programs
    sample: Sample
    seat_number: int
    say: Callable[[str], None]
    address: Address = field(init=False)
    hub: Started = field(init=False)
    window_seat: SeatView = field(init=False)
    _enrolled: tuple[Enrolled, ...] = field(init=False, default=())
    _simulated: tuple[SeatView, ...] = field(init=False, default=())
    _codes: dict[str, str] = field(init=False, default_factory=dict)

    @property
    def url(self) -> str:
        """Where the hub is."""
        return f"http://{self.address}"

    @property
    def stations(self) -> int:
        """How many stations are simulated."""
        return len(self._enrolled)

    async def prepare(self, slot_minutes: int | None = None) -> None:
        """Bring the hub up with its estate and its stations.

        Args:
            slot_minutes: slots of this length in the window's site, if a new estate is planted.

        Raises:
            HubAway: the hub does not come up.
            ProgramFailed: one of the programs is missing or fails.
            RehearsalFailed: what is kept in the folder does not fit.
        """
        if not (self.folder.hub / "hub.sqlite").exists():
            await self._plant(slot_minutes)
        await self._open_hub()
        admin = self.sample.someone("admin")
        desk = await sign_in(self.address, admin.name, admin.password)
        try:
            await self._enrol(desk)
        finally:
            desk.close()

    async def open_kiosk(self, environment: Mapping[str, str] | None = None) -> Started:
        """Start the workstation's window, and enrol it if it is new."""
        code = {}
        if self.window_seat.station_id is None or not self.folder.kiosk.exists():
            made = await self._make_code(self.window_seat.room_id, 1)
            code = {"CRENEAU_ENROL_CODE": made}
        command = [
            *("creneau-kiosk", "--windowed", "--hub", self.url),
            *("--state", str(self.folder.kiosk), "--seat", str(self.seat_number)),
        ]
        return await self._start("kiosk", command, {**(environment or {}), **code}, hidden=code)

    async def open_desk(self, user: str, environment: Mapping[str, str] | None = None) -> Started:
        """Start the staff console, with a name proposed."""
        command = ["creneau-desk", "--hub", self.url, "--user", user]
        return await self._start("desk", command, environment or {})

    def plan(self, seed: int, fast: float) -> tuple[SeatPlan, ...]:
        """Return who comes to the simulated seats."""
        calling = next(
            seat.seat_id
            for seat in self._simulated
            if seat.site_id == SITE_ID and seat.number == CALLING_NUMBER
        )
        members = {one.as_card: one for one in self.sample.member[HANDED_OUT:]}
        rooms = {seat.seat_id: seat.room_id for seat in self._simulated}
        today = datetime.now(UTC).date()

        def fits(seat_id: str, card: Card) -> bool:
            return self.sample.admits(rooms[seat_id], members[card], today)

        return plan_house(seed, list(rooms), list(members), calling=calling, fast=fast, fits=fits)

    async def live(self, plans: tuple[SeatPlan, ...]) -> None:
        """Let the visitors in until cancelled."""
        await live(self.address, self._enrolled, plans, self.say)

    async def tell_ends(self, *started: Started) -> None:
        """Say of each program when it ends, and how to start it again; until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for one in started:
                tasks.create_task(self._tell_end(one))

    @property
    def _hub_environment(self) -> dict[str, str]:
        return {"CRENEAU_STATE": str(self.folder.hub), "CRENEAU_LOG": "console"}

    async def _plant(self, slot_minutes: int | None) -> None:
        command = ["creneau-hub", "sample", "--always-open"]
        if slot_minutes is not None:
            self.folder.root.mkdir(parents=True, exist_ok=True)
            estate = self.folder.root / "estate.toml"
            text = shorten_slots(ESTATE_FILE.read_text(encoding="utf-8"), SITE_ID, slot_minutes)
            estate.write_text(text, encoding="utf-8")
            command += ["--estate", str(estate)]
        printed = await self.programs.run(command, self._hub_environment)
        # Each code enrols all seats of its room, the window's too; asking for others takes time.
        self._codes = {room_id: code for code, room_id in _CODE.findall(printed)}

    async def _open_hub(self) -> None:
        """Start the hub on the usual port, or on another one where that is taken."""
        for chance in range(PORTS_TRIED):
            self.address = Address("127.0.0.1", PORT if chance == 0 else _free_port())
            command = ["creneau-hub", "serve", "--listen", str(self.address)]
            self.hub = await self._start("hub", command, self._hub_environment)
            try:
                # Ours has to say so itself: whoever answers there may be another rehearsal's.
                await self.hub.program.wait_for("listening on ", HUB_SECONDS)
            except ProgramFailed:
                last = chance == PORTS_TRIED - 1
                if last or ADDRESS_TAKEN not in self.hub.program.tail():
                    raise
            else:
                return

    async def _enrol(self, desk: StaffDesk) -> None:
        seats = await desk.seats()
        chosen = [
            seat for seat in seats if seat.site_id == SITE_ID and seat.number == self.seat_number
        ]
        if len(chosen) != 1:
            raise RehearsalFailed(
                f"the hub has no seat {self.seat_number} at {SITE_ID}: try --fresh"
            )
        self.window_seat = chosen[0]
        self._simulated = tuple(seat for seat in seats if seat != self.window_seat)
        self._enrolled = await enrol_seats(
            self.address, self._simulated, Tokens(self.folder.tokens), self._make_code
        )

    async def _make_code(self, room_id: str, uses: int) -> str:
        if room_id in self._codes:
            return self._codes[room_id]
        command = ["creneau-hub", "enrol-code", "--room", room_id, "--uses", str(uses)]
        return (await self.programs.run(command, self._hub_environment)).strip()

    async def _start(
        self,
        name: str,
        command: list[str],
        environment: Mapping[str, str],
        hidden: Collection[str] = (),
    ) -> Started:
        program = await self.programs.start(name, command, environment)
        shown = {**SECRETS_IN_FILES, **environment}
        words = [f"{key}={shlex.quote(value)}" for key, value in shown.items() if key not in hidden]
        return Started(program, " ".join([*words, shlex.join([find(command[0]), *command[1:]])]))

    async def _tell_end(self, started: Started) -> None:
        program = started.program
        status = await program.process.wait()
        how = f"was ended by signal {-status}" if status < 0 else f"has ended ({status})"
        if status not in _MEANT:
            self.say(program.tail())
        self.say(f"\nThe {program.name} {how}. To start it again:")
        self.say(f"  {started.command}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
