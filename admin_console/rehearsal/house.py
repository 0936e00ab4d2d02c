"""All simulated stations of an estate: enrolled over the wire, then alive in one event loop."""

import asyncio
import os
import secrets
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from admin_console.rehearsal.connection import Address, Connection, HubRefused
from admin_console.rehearsal.station import Enrolled, SimulatedStation
from admin_console.rehearsal.visitor import SeatPlan
from kiosk.rules.identifier import make_id
from kiosk.wire.desk import Estate, SignInStaff, StaffAnswer, StaffSignedIn
from kiosk.wire.place import SeatView
from kiosk.wire.station import EnrolmentAnswer, EnrolStation, StationEnrolled

MakeCode = Callable[[str, int], Awaitable[str]]
"""Returns a code that enrols so many stations in a room."""


class RehearsalFailed(Exception):
    """The rehearsal cannot go on; the sentence says why."""


class StaffDesk:
    """A member of staff at the hub, without a window.

    Args:
        address: where the hub is.
        token: of the staff session.
    """

    def __init__(self, address: Address, token: str) -> None:
        self.token = token
        self.connection = Connection(address, token)

    async def estate(self) -> Estate:
        """Return all that the member of staff may see; raises `HubAway`."""
        estate: Estate = await self.connection.call("GET", "/v1/estate", None, Estate)
        return estate

    async def seats(self) -> tuple[SeatView, ...]:
        """Return all seats in their order; raises `HubAway`."""
        estate = await self.estate()
        return tuple(seat for site in estate.sites for room in site.rooms for seat in room.seats)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


async def sign_in(address: Address, name: str, password: str) -> StaffDesk:
    """Return a signed-in member of staff.

    Raises:
        HubAway: the hub does not answer.
        RehearsalFailed: the hub refuses.
    """
    door = Connection(address)
    try:
        answer: StaffAnswer = await door.call(
            "POST", "/v1/staff/sessions", SignInStaff(name=name, password=password), StaffAnswer
        )
    finally:
        door.close()
    if not isinstance(answer, StaffSignedIn):
        raise RehearsalFailed(f"the hub does not let {name} of the sample in: {answer.code}")
    return StaffDesk(address, answer.token)


class Tokens:
    """The simulated stations' tokens, in a file that only its owner can read.

    Args:
        path: the file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, Enrolled]:
        """Return who is enrolled, by seat.

        Raises:
            RehearsalFailed: the file is not what was written.
        """
        try:
            found = msgspec.json.decode(self._path.read_bytes(), type=list[Enrolled])
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.ValidationError, msgspec.DecodeError) as error:
            raise RehearsalFailed(f"{self._path}: {error}") from error
        return {enrolled.seat_id: enrolled for enrolled in found}

    def write(self, enrolled: Iterable[Enrolled]) -> None:
        """Keep who is enrolled."""
        self._path.unlink(missing_ok=True)
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(list(enrolled)))


async def enrol_seats(
    address: Address, seats: Sequence[SeatView], tokens: Tokens, make_code: MakeCode
) -> tuple[Enrolled, ...]:
    """Enrol a station on each seat where ours is not enrolled yet; returns them in seat order.

    Raises:
        HubAway: the hub does not answer.
        RehearsalFailed: the hub refuses.
    """
    known = tokens.read()
    missing: dict[str, list[SeatView]] = {}
    for seat in seats:
        ours = known.get(seat.seat_id)
        if ours is None or ours.station_id != seat.station_id:
            missing.setdefault(seat.room_id, []).append(seat)
    door = Connection(address)
    try:
        for room_id, lacking in missing.items():
            code = await make_code(room_id, len(lacking))
            for seat in lacking:
                known[seat.seat_id] = await _enrol(door, code, seat)
    finally:
        door.close()
        tokens.write(known.values())
    return tuple(known[seat.seat_id] for seat in seats)


async def live(
    address: Address,
    enrolled: Sequence[Enrolled],
    plans: Sequence[SeatPlan],
    say: Callable[[str], None],
) -> None:
    """Let the stations and their visitors live until cancelled; tell which ones stop, and why."""
    by_seat = {one.seat_id: one for one in enrolled}
    async with asyncio.TaskGroup() as tasks:
        for plan in plans:
            station = SimulatedStation(
                address, by_seat[plan.seat_id], plan, lambda: datetime.now(UTC), secrets.token_bytes
            )
            tasks.create_task(_run(station, plan.seat_id, say), name=plan.seat_id)


async def _run(station: SimulatedStation, seat_id: str, say: Callable[[str], None]) -> None:
    try:
        await station.run()
    except* HubRefused as refused:
        # Somebody has put another station on the seat: ours is nobody any more.
        say(f"The simulated station of {seat_id} stops: {refused.exceptions[0]}")


async def _enrol(door: Connection, code: str, seat: SeatView) -> Enrolled:
    station_id = make_id(datetime.now(UTC), secrets.token_bytes)
    ask = EnrolStation(
        code=code,
        station_id=station_id,
        hostname=f"simulated-{seat.number:02}",
        seat_number=seat.number,
    )
    answer: EnrolmentAnswer = await door.call("POST", "/v1/enrolments", ask, EnrolmentAnswer)
    if not isinstance(answer, StationEnrolled):
        raise RehearsalFailed(f"the hub did not enrol a station for {seat.seat_id}: {answer.code}")
    return Enrolled(answer.seat_id, answer.station_id, answer.token)
