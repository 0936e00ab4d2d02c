"""A whole visit, played with real key presses on real windows, with a picture at each step.

What the windows show is photographed; whether it is true is asked of the hub.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from admin_console.rehearsal.house import RehearsalFailed, StaffDesk
from admin_console.rehearsal.sample import SampleMember, SampleStaff
from admin_console.rehearsal.screen import Screen
from kiosk.rules.slot import ENDING_SECONDS
from kiosk.wire.place import SeatView

STEP_SECONDS = 30.0
LOOK_SECONDS = 0.1
DRAWN_SECONDS = 1.5
"""So long after a change the windows have drawn it, and the faces take keys again."""

# Backwards in the order of reading; *Écouter* would be one stop more, and there is no voice here.
FROM_FIRST_TILE_TO_RENEW = ("shift+Tab",) * 7
FROM_FIRST_TILE_TO_END = ("shift+Tab",) * 3
FROM_GO_ON_TO_END = ("Tab",)


@dataclass(frozen=True, slots=True)
class Stage:
    """The two windows, who plays, and where the pictures go."""

    kiosk: Screen
    desk: Screen
    member: SampleMember
    agent: SampleStaff
    pictures: Path


class PlayedVisit:
    """One visit.

    Args:
        stage: the windows and the players.
        watcher: asks the hub what is true.
        seat_id: the window's seat.
        say: tells whoever watches.
    """

    def __init__(
        self, stage: Stage, watcher: StaffDesk, seat_id: str, say: Callable[[str], None]
    ) -> None:
        self._stage = stage
        self._watcher = watcher
        self._seat_id = seat_id
        self._say = say
        self._number = 0

    async def play(self) -> None:
        """Sign in, read the rules, look around, renew, end.

        Raises:
            RehearsalFailed: something that the visitor did had no effect.
            HubAway: the hub does not answer.
            ProgramFailed: keys cannot be pressed, or pictures not be taken.
        """
        try:
            await self._until("the workstation to be in contact", lambda seat: seat.in_contact)
            await self._sign_in_at_the_desk()
            await self._sit_down()
            await self._renew()
            await self._leave()
        except RehearsalFailed:
            await self._photograph(self._stage.kiosk, "failed", "the window, when it failed")
            await self._photograph(self._stage.desk, "desk-failed", "the desk, when it failed")
            raise

    async def _sign_in_at_the_desk(self) -> None:
        agent, desk = self._stage.agent, self._stage.desk
        await asyncio.sleep(DRAWN_SECONDS)
        await desk.type(agent.name)
        await desk.press("Tab")
        await desk.type(agent.password)
        await desk.press("Return")
        await self._photograph(self._stage.kiosk, "lock", "the lock waits for a card")
        await self._photograph(self._stage.desk, "desk", f"{agent.display_name} at the desk")

    async def _sit_down(self) -> None:
        member, kiosk = self._stage.member, self._stage.kiosk
        await kiosk.type(member.card)
        await kiosk.press("Return")
        await kiosk.tap(member.pin)
        await self._photograph(kiosk, "sign-in", "card and code are typed")
        await kiosk.press("Return")
        asked = time.monotonic()
        await self._until("the seat to be taken", lambda seat: seat.slot is not None)
        self._say(f"  the hub knew of the slot {time.monotonic() - asked:.2f} s after Enter")
        await self._photograph(kiosk, "rules", "the rules of the house, read once")
        await kiosk.press("Return")
        await self._photograph(kiosk, "home", f"{member.first_name} is at home")
        await self._photograph(self._stage.desk, "desk-occupied", "the seat is occupé at the desk")

    async def _renew(self) -> None:
        seat = await self._until("the slot", lambda seat: seat.slot is not None)
        slot = seat.slot
        if slot is None:
            return
        total = slot.total_seconds
        waiting = (slot.ends_at - datetime.now(UTC)).total_seconds() - ENDING_SECONDS
        if waiting > 0:
            self._say(f"  waiting {waiting:.0f} s for the last ten minutes of this short slot")
            await asyncio.sleep(waiting + 1)
        kiosk = self._stage.kiosk
        await self._photograph(kiosk, "ten-minutes", "ten minutes left: a line, no dialog")
        await kiosk.press(*FROM_FIRST_TILE_TO_RENEW, "Return")
        await self._until(
            "the renewal", lambda seat: seat.slot is not None and seat.slot.total_seconds > total
        )
        await self._photograph(kiosk, "renewed", "renewed with one key")
        await self._photograph(self._stage.desk, "desk-renewed", "the desk has the new end")

    async def _leave(self) -> None:
        kiosk = self._stage.kiosk
        await kiosk.press(*FROM_FIRST_TILE_TO_END, "Return")
        await self._photograph(kiosk, "ending", "ending asks, and going on has the focus")
        await kiosk.press(*FROM_GO_ON_TO_END, "Return")
        await self._until("the end of the slot", lambda seat: seat.slot is None)
        await self._photograph(kiosk, "goodbye", "goodbye: what was opened is erased")
        await self._photograph(self._stage.desk, "desk-free", "the seat is free again")

    async def _photograph(self, screen: Screen, name: str, words: str) -> None:
        await asyncio.sleep(DRAWN_SECONDS)
        self._number += 1
        path = self._stage.pictures / f"{self._number:02}-{name}.png"
        await screen.photograph(path)
        self._say(f"  {path.name:<24} {words}")

    async def _until(self, what: str, holds: Callable[[SeatView], bool]) -> SeatView:
        deadline = time.monotonic() + STEP_SECONDS
        while time.monotonic() < deadline:
            seats = await self._watcher.seats()
            seat = next(one for one in seats if one.seat_id == self._seat_id)
            if holds(seat):
                return seat
            await asyncio.sleep(LOOK_SECONDS)
        raise RehearsalFailed(f"waited {STEP_SECONDS:.0f} s in vain for {what}")
