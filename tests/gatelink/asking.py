"""Asking a gate's port, and waiting for what it answers."""

from collections.abc import Callable
from functools import partial
from typing import Any

from kiosk.rules.person import BrowserProfile
from kiosk.session.port import GatePort
from kiosk.wire.event import EndReason
from tests.helpers.process import wait_until

Turn = Callable[[], object]


def _nothing() -> None:
    pass


class Asking:
    """A port whose answers are waited for; `turn` lets the world go on meanwhile."""

    def __init__(self, port: GatePort, turn: Turn = _nothing) -> None:
        self.port = port
        self._turn = turn

    def open(self, slot_id: str, seconds: int, grace: int) -> bool:
        return self._answer(self.port.open, slot_id, seconds, grace)

    def extend_to(self, slot_id: str, total_seconds: int) -> bool:
        return self._answer(self.port.extend_to, slot_id, total_seconds)

    def shorten_to(self, slot_id: str, total_seconds: int) -> bool:
        return self._answer(self.port.shorten_to, slot_id, total_seconds)

    def end(self, slot_id: str, reason: EndReason) -> bool:
        return self._answer(self.port.end, slot_id, reason)

    def away(self, slot_id: str, on: bool) -> bool:
        return self._answer(self.port.away, slot_id, on)

    def launch(
        self,
        slot_id: str,
        app_id: str,
        url: str,
        profile: BrowserProfile = BrowserProfile.ADULT,
    ) -> bool:
        return self._answer(partial(self.port.launch, profile=profile), slot_id, app_id, url)

    def _answer(self, verb: Callable[..., None], *words: Any) -> bool:
        answers: list[bool] = []
        verb(*words, answers.append)

        def answered() -> bool:
            self._turn()
            return bool(answers)

        wait_until(answered, what="an answer of the gate")
        assert len(answers) == 1
        return answers[0]
