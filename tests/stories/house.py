"""A small house: the real hub on its sample estate, and real kiosks on virtual screens."""

import re
import secrets
import socket
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import httpx

from kiosk.rules.identifier import make_id
from kiosk.wire.codec import decode, encode
from kiosk.wire.command import CommandBody, CommandView, IssueCommand
from kiosk.wire.desk import Estate, SignInStaff, StaffAnswer, StaffSignedIn
from kiosk.wire.place import SeatView
from kiosk.wire.ticket import TakeTicket, TicketAnswer, TicketTaken
from tests.helpers.process import Program, Programs, wait_until
from tests.helpers.xvfb import Xvfb

ROOM = "trapeze.salle"
HUB = [sys.executable, "-m", "admin_console.hub"]
GUARD_SECONDS = 0.8
KIOSK = [sys.executable, "-m", "kiosk.composition.kiosk"]


@dataclass(frozen=True)
class Member:
    """A printed card and its code."""

    card: str
    pin: str


class Kiosk:
    """One workstation in a window on a screen of its own."""

    def __init__(
        self,
        house: "House",
        screen: Xvfb,
        seat: int,
        port: int | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._house = house
        self._port = port
        # Without a voice, whatever the machine of the test has: the rows of buttons are the same.
        self._environment = {"SPEECHD_ADDRESS": "unix_socket:/dev/null", **(environment or {})}
        self.screen = screen
        self.seat = seat
        self.state = house.folder / f"kiosk-{seat}"
        self.program: Program | None = None
        self._seen = 0

    def start(self, *, enrol: bool = False) -> Program:
        """Start the program, for the first time with a code, and wait until it is in contact."""
        environment = {**self.screen.environment, **self._environment}
        if enrol:
            environment["CRENEAU_ENROL_CODE"] = self._house.code()
        hub = f"http://127.0.0.1:{self._port or self._house.port}"
        words = ["--windowed", "--hub", hub, "--state", str(self.state), "--seat", str(self.seat)]
        self.program = self._house.programs.start(
            [*KIOSK, *words], name=f"kiosk-{self.seat}", environment=environment
        )
        self._seen = 0
        return self.program

    def kill(self) -> None:
        """Kill the program, as a crash would."""
        self._running().kill()

    def wait_for_face(self, face: str, within: float = 20) -> None:
        """Wait until a face has come up and takes keys: none counts for 600 ms after a change."""
        program = self._running()
        program.wait_for_line(f"face: {face}$", within=within, after=self._seen)
        self._seen = len(program.lines)
        pause(GUARD_SECONDS)

    def open_ending(self) -> None:
        """Press *Terminer…* from the first tile of the home, and wait until keys count again."""
        self.screen.press("shift+Tab", "shift+Tab", "shift+Tab", "Return")
        pause(GUARD_SECONDS)

    def end_session(self) -> None:
        """Press *Terminer…*, and answer the question with yes."""
        self.open_ending()
        self.screen.press("Tab", "Return")

    def _running(self) -> Program:
        assert self.program is not None
        return self.program

    def sign_in(self, member: Member) -> None:
        """Pass the card under the scanner, and tap the code as a hand does."""
        self.screen.type_text(member.card)
        self.screen.press("Return")
        self.screen.tap(member.pin)
        self.screen.press("Return")

    def sit_down(self, member: Member) -> None:
        """Sign in for the first time, and read the rules of the house."""
        self.sign_in(member)
        self.wait_for_face("session")
        self.read_rules()

    def read_rules(self) -> None:
        """Press *J'ai compris*, which has the keyboard, and wait until keys count again."""
        self.screen.press("Return")
        pause(GUARD_SECONDS)


class House:
    """The hub, its staff seen from outside, and its kiosks."""

    def __init__(self, programs: Programs, folder: Path) -> None:
        self.programs = programs
        self.folder = folder
        self.port = _free_port()
        self._settings = {
            "CRENEAU_STATE": str(folder / "hub"),
            "CRENEAU_LISTEN": f"127.0.0.1:{self.port}",
        }
        sample = self._order("sample", "--always-open")
        self.members = [
            Member(card, pin) for card, pin in re.findall(r"^ +(\d{14}) (\d{4}) ", sample, re.M)
        ]
        found = re.search(r"^ +admin +(\S+)", sample, re.M)
        assert found is not None
        self._password = found[1]
        self.hub: Program | None = None
        self._client: httpx.Client | None = None

    # -- the hub -----------------------------------------------------------------------------

    def open(self) -> None:
        """Start the hub, or start it again where it was."""
        self.hub = self.programs.start([*HUB, "serve"], name="hub", environment=self._settings)
        self.hub.wait_for_line("^listening on ", within=30)

    def stop_hub(self) -> None:
        """Stop the hub."""
        assert self.hub is not None
        self._forget()
        self.hub.stop()

    def close(self) -> None:
        """Let go of the connection."""
        self._forget()

    def code(self) -> str:
        """Make a code that enrols one station."""
        printed = self._order("enrol-code", "--room", ROOM.replace(".", "/"))
        found = re.search(r"\b([A-Z0-9]{8})\b", printed)
        assert found is not None, printed
        return found[1]

    def _order(self, *words: str) -> str:
        program = self.programs.start([*HUB, *words], name=words[0], environment=self._settings)
        assert program.wait_for_end(within=60) == 0, program.tail()
        return "\n".join(program.lines)

    # -- what staff see ------------------------------------------------------------------------

    def seat(self, number: int) -> SeatView:
        """What the hub says of a seat of the room."""
        answer = self._staff().get("/v1/estate")
        estate: Estate = decode(answer.content, Estate)
        return next(
            seat
            for site in estate.sites
            for room in site.rooms
            for seat in room.seats
            if room.room.room_id == ROOM and seat.number == number
        )

    def until(
        self, number: int, what: str, holds: Callable[[SeatView], bool], within: float = 15
    ) -> SeatView:
        """Wait until a seat is as wanted, and return it."""

        def looked() -> SeatView | None:
            seat = self.seat(number)
            return seat if holds(seat) else None

        found = wait_until(looked, within=within, what=f"seat {number}: {what}")
        assert found is not None
        return found

    def command(self, seat: SeatView, body: CommandBody, slot_id: str | None) -> CommandView:
        """Send a command to a seat, as the desk does."""
        ask = IssueCommand(
            command_id=make_id(datetime.now(UTC), secrets.token_bytes),
            seat_id=seat.seat_id,
            slot_id=slot_id,
            body=body,
        )
        answer = self._staff().post("/v1/commands", content=encode(ask))
        view: CommandView = decode(answer.content, CommandView)
        return view

    def take_ticket(self) -> TicketTaken:
        """Take a ticket of the room without a card, as a board does."""
        ask = TakeTicket(ask_id=make_id(datetime.now(UTC), secrets.token_bytes))
        answer = self._staff().post(f"/v1/rooms/{ROOM}/tickets", content=encode(ask))
        taken: TicketAnswer = decode(answer.content, TicketAnswer)
        assert isinstance(taken, TicketTaken), taken
        return taken

    def held_seat(self) -> int | None:
        """The number of the seat that is held for the first ticket of the room."""
        answer = self._staff().get("/v1/estate")
        estate: Estate = decode(answer.content, Estate)
        rooms = (room for site in estate.sites for room in site.rooms)
        waiting = next(room.waiting for room in rooms if room.room.room_id == ROOM)
        tickets = () if waiting is None else waiting.tickets
        return next((one.seat for one in tickets), None)

    def changes(self) -> str:
        """Every change that the hub still keeps, as text."""
        return self._staff().get("/v1/changes", params={"after": 0}).text

    def _staff(self) -> httpx.Client:
        if self._client is None:
            url = f"http://127.0.0.1:{self.port}"
            client = httpx.Client(base_url=url, trust_env=False, timeout=10)
            ask = SignInStaff(name="admin", password=self._password)
            answer = client.post("/v1/staff/sessions", content=encode(ask))
            signed: StaffAnswer = decode(answer.content, StaffAnswer)
            assert isinstance(signed, StaffSignedIn)
            client.headers["Authorization"] = f"Bearer {signed.token}"
            self._client = client
        return self._client

    def _forget(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None


def pause(seconds: float) -> None:
    """Leave the time that a person would."""
    wait_until(partial(_passed, time.monotonic() + seconds), within=seconds + 10)


def _passed(end: float) -> bool:
    return time.monotonic() >= end


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
