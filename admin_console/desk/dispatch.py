"""Commands on their way from the console to the hub."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot

from admin_console.desk.models.outgoing import FOR_THE_SLOT, KINDS, Outgoing, OutgoingState
from kiosk.hublink.client import Failure, HubClient
from kiosk.hublink.failure import Reason
from kiosk.rules.identifier import Entropy, make_id
from kiosk.wire.command import CommandBody, CommandView, IssueCommand
from kiosk.wire.problem import ProblemCode

KEPT = 20
"""How many commands that came to nothing are remembered."""


class Errand(QObject):
    """One command and the question that carries it.

    Signals:
        ended: the errand and what came of it, a `CommandView` or a `Failure`.
    """

    ended = Signal(object, object)

    def __init__(self, client: HubClient, outgoing: Outgoing, ask: IssueCommand) -> None:
        super().__init__(client)
        self.outgoing = outgoing
        call = client.call("POST", "/v1/commands", ask, CommandView)
        call.answered.connect(self._end)
        call.failed.connect(self._end)

    @Slot(object)
    def _end(self, result: CommandView | Failure) -> None:
        self.deleteLater()
        self.ended.emit(self, result)


class Dispatch(QObject):
    """Sends commands and remembers those that the hub has not answered for.

    Signals:
        accepted: the hub's view of a command that it took.
        moved: the id of the seat whose outgoing commands look different.
        failed: why a command was not taken, for those who watch the session.
    """

    accepted = Signal(object)
    moved = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        client: HubClient,
        clock: Callable[[], datetime],
        entropy: Entropy,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client, self._clock, self._entropy = client, clock, entropy
        self._outgoing: dict[str, Outgoing] = {}

    def send(self, seat_id: str, slot_id: str | None, body: CommandBody) -> str:
        """Send a command; return its id. What is for a slot names the slot, the rest none."""
        now = self._clock()
        command_id = make_id(now, self._entropy)
        outgoing = Outgoing(command_id, seat_id, KINDS[type(body)], now)
        self._outgoing[command_id] = outgoing
        ask = IssueCommand(
            command_id=command_id,
            seat_id=seat_id,
            slot_id=slot_id if isinstance(body, FOR_THE_SLOT) else None,
            body=body,
        )
        Errand(self._client, outgoing, ask).ended.connect(self._on_ended)
        self.moved.emit(seat_id)
        return command_id

    def outgoing_of(self, seat_id: str) -> tuple[Outgoing, ...]:
        """Return what the hub has not answered for, newest first."""
        found = [one for one in self._outgoing.values() if one.seat_id == seat_id]
        return tuple(sorted(found, key=lambda one: one.at, reverse=True))

    def settle(self, command_ids: frozenset[str]) -> None:
        """Forget what the hub has told of by its changes."""
        for command_id in command_ids & self._outgoing.keys():
            self.moved.emit(self._outgoing.pop(command_id).seat_id)

    def forget(self) -> None:
        """Forget everything: the person has left."""
        self._outgoing.clear()

    @Slot(object, object)
    def _on_ended(self, errand: Errand, result: CommandView | Failure) -> None:
        outgoing = errand.outgoing
        if isinstance(result, CommandView):
            self._outgoing.pop(outgoing.command_id, None)
            self.accepted.emit(result)
            return
        if outgoing.command_id in self._outgoing:
            self._outgoing[outgoing.command_id] = replace(outgoing, state=_state_after(result))
            for oldest in list(self._outgoing)[:-KEPT]:
                del self._outgoing[oldest]
            self.moved.emit(outgoing.seat_id)
        self.failed.emit(result)


def _state_after(failure: Failure) -> OutgoingState:
    if failure.reason is not Reason.PROBLEM or failure.problem is None:
        return OutgoingState.NOT_SENT
    if failure.problem.code is ProblemCode.NOT_ALLOWED:
        return OutgoingState.NOT_ALLOWED
    if failure.problem.code in {
        ProblemCode.CONFLICT,
        ProblemCode.NOT_FOUND,
        ProblemCode.INVALID,
    }:
        return OutgoingState.IMPOSSIBLE
    return OutgoingState.NOT_SENT
