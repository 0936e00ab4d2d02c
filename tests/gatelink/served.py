"""A gate on a real socket, served between the turns of the test's own event loop."""

import os
from pathlib import Path

from PySide6.QtCore import QTimer

from kiosk.gate.answer import Refusal
from kiosk.gate.clock import Clock, SystemClock
from kiosk.gate.loop import Loop
from kiosk.gate.protocol import PowerKind
from kiosk.gate.server import Server, open_listener
from kiosk.gate.service import Gate


class RecordedPower:
    """Notes what the machine was asked; nothing is configured beyond a restart."""

    def __init__(self) -> None:
        self.asked: list[PowerKind] = []

    def ask(self, kind: PowerKind) -> Refusal | None:
        if kind is not PowerKind.REBOOT:
            return Refusal.UNSUPPORTED
        self.asked.append(kind)
        return None


class Served:
    """The gate's loop, turned by a timer; `stop` is a gate that has gone, `hang` one that hangs."""

    def __init__(self, folder: Path, gate: Gate, clock: Clock | None = None) -> None:
        self.path = folder / "gate.socket"
        self.gate = gate
        self.power = RecordedPower()
        self._loop = Loop(clock or SystemClock())
        self._server = Server(
            open_listener(self.path, os.getgid()),
            self._loop,
            gate,
            clock or SystemClock(),
            self.power,
            frozenset({os.getuid()}),
        )
        self._loop.serve(gate, self._server)
        gate.start()
        self._timer = QTimer()
        self._timer.timeout.connect(self._turn)
        self._timer.start(1)

    def hang(self) -> None:
        self._timer.stop()

    def close(self) -> None:
        self._timer.stop()
        self._server.close()
        self._loop.close()
        self.gate.close()

    def _turn(self) -> None:
        self._loop.turn(0)
