"""The commands of the desk."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from admin_console.hub.service.record import CommandRecord
from admin_console.hub.store import schema
from admin_console.hub.store.row import first, values
from kiosk.wire.command import CommandState

_command = schema.command.c
_ONE = select(schema.command).where(_command.command_id == bindparam("command_id"))
_SAVE = update(schema.command).where(_command.command_id == bindparam("key"))
_OVERDUE = (
    select(_command.command_id)
    .where(
        # Written out, or SQLite does not see that the partial index serves.
        text("command.state IN ('sent', 'received')"),
        _command.expires_at < bindparam("sent_before"),
        (_command.state == CommandState.SENT)
        | (_command.expires_at < bindparam("received_before")),
    )
    .order_by(_command.expires_at)
)


class CommandRows:
    """The commands; whoever writes one holds its room."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, command: CommandRecord) -> None:
        """Keep a new command."""
        self._connection.execute(insert(schema.command), values(command))

    def get(self, command_id: str) -> CommandRecord | None:
        """Return a command."""
        return first(self._connection, _ONE, CommandRecord, command_id=command_id)

    def save(self, command: CommandRecord) -> None:
        """Write where a command stands."""
        self._connection.execute(
            _SAVE.values(state=command.state, changed_at=command.changed_at, code=command.code),
            {"key": command.command_id},
        )

    def overdue(self, sent_before: datetime, received_before: datetime) -> tuple[str, ...]:
        """Return the ids of the commands whose `expires_at` was before these, by their state."""
        given = {"sent_before": sent_before, "received_before": received_before}
        return tuple(self._connection.scalars(_OVERDUE, given))

    def drop(self, before: datetime) -> int:
        """Forget the commands issued before an instant."""
        gone = self._connection.execute(delete(schema.command).where(_command.issued_at < before))
        return gone.rowcount
