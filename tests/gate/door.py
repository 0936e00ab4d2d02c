"""A server and its gate, turned by hand, and those who come to its door."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

from kiosk.gate.loop import Loop
from kiosk.gate.protocol import (
    Ask,
    Frames,
    Message,
    dump_ask,
    load_message,
)
from kiosk.gate.server import (
    Server,
    open_listener,
)
from tests.gate.fake import Station, slot_id
from tests.gatelink.served import RecordedPower
from tests.helpers.clock import FakeClock

A, B = slot_id(1), slot_id(2)


class Caller:
    """One that connects, and reads what has come when asked."""

    def __init__(self, house: "House") -> None:
        self._house = house
        self._frames = Frames()
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.connect(str(house.path))
        self.socket.setblocking(False)
        house.callers.append(self)
        house.turn()

    def send(self, data: bytes) -> None:
        self.socket.send(data)
        self._house.turn()

    def ask(self, ask: Ask, number: int = 1) -> Message:
        self.send(dump_ask(number, ask))
        return self.heard()[-1]

    def heard(self) -> list[Message]:
        try:
            data = self.socket.recv(1 << 20)
        except BlockingIOError:
            return []
        return [load_message(frame) for frame in self._frames.feed(data)]

    @property
    def let_go(self) -> bool:
        try:
            return self.socket.recv(1 << 20) == b""
        except BlockingIOError:
            return False
        except ConnectionResetError:
            return True


class House:
    """The server, its gate and their loop, turned by hand."""

    def __init__(self, folder: Path, uids: frozenset[int]) -> None:
        self.clock = FakeClock()
        self.station = Station(folder, self.clock)
        self.path = folder / "run" / "gate.socket"
        self.power = RecordedPower()
        self.loop = Loop(self.clock)
        self.listener = open_listener(self.path, os.getgid())
        self.server = Server(
            self.listener, self.loop, self.station.gate, self.clock, self.power, uids
        )
        self.loop.serve(self.station.gate, self.server)
        self.callers: list[Caller] = []

    def turn(self, times: int = 3) -> None:
        for _ in range(times):
            self.loop.turn(0)

    def close(self) -> None:
        for caller in self.callers:
            caller.socket.close()
        self.server.close()
        self.loop.close()
        self.station.kill()


MakeHouse = Callable[..., House]
