"""The journal of facts, and the numbered changes."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from admin_console.hub.service.record import ChangeRow, JournalEntry, Told
from admin_console.hub.store import schema
from admin_console.hub.store.row import columns, every, values
from kiosk.wire.change import ChangeBody
from kiosk.wire.codec import encode

_event, _parked, _change, _meta = (
    schema.event.c,
    schema.parked_event.c,
    schema.change.c,
    schema.meta.c,
)

_KNOWN = select(_event.event_id, _event.code).where(
    _event.event_id.in_(bindparam("event_ids", expanding=True))
)
_TAKE_NUMBERS = (
    update(schema.meta)
    .values(last_change=_meta.last_change + bindparam("count"))
    .returning(_meta.last_change)
)
_CHANGES = select(_change.n, _change.at, _change.body).where(
    _change.n > bindparam("after"), _change.n <= bindparam("last")
)
_OF_TOPICS = (
    _CHANGES.where(_change.topic.in_(bindparam("keys", expanding=True)))
    .order_by(_change.n)
    .limit(bindparam("at_most"))
)
_OF_SITES = (
    _CHANGES.where(
        _change.site_id.in_(bindparam("keys", expanding=True)), _change.for_staff.is_(True)
    )
    .order_by(_change.n)
    .limit(bindparam("at_most"))
)


class EventRows:
    """The journal; its rows are added and never touched again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def known(self, event_ids: Collection[str]) -> dict[str, str | None]:
        """Return those of the ids that the journal has, with the code of the parked ones."""
        rows = self._connection.execute(_KNOWN, {"event_ids": list(event_ids)})
        return {row.event_id: row.code for row in rows}

    def append(self, entries: Sequence[JournalEntry]) -> None:
        """Add facts, and put those with a code on the list of parked ones."""
        if not entries:
            return
        self._connection.execute(insert(schema.event), [values(entry) for entry in entries])
        parked = [
            {"event_id": entry.event_id, "received_at": entry.received_at}
            for entry in entries
            if entry.code is not None
        ]
        if parked:
            self._connection.execute(insert(schema.parked_event), parked)

    def of_seat(
        self, seat_id: str, start: datetime, end: datetime, limit: int
    ) -> tuple[JournalEntry, ...]:
        """Return the newest facts of a seat from `start` to before `end`, newest first."""
        wanted = (
            select(schema.event)
            .where(_event.seat_id == seat_id, _event.at >= start, _event.at < end)
            .order_by(_event.at.desc(), _event.seq.desc())
            .limit(limit)
        )
        return every(self._connection, wanted, JournalEntry)

    def parked(self, limit: int) -> tuple[JournalEntry, ...]:
        """Return the newest parked facts, newest first."""
        wanted = (
            select(*columns(schema.event))
            .join(schema.parked_event, _parked.event_id == _event.event_id)
            .order_by(_parked.received_at.desc(), _event.seq.desc())
            .limit(limit)
        )
        return every(self._connection, wanted, JournalEntry)


class ChangeRows:
    """The numbered changes: gathered during the work, numbered and written by `flush`."""

    def __init__(self, connection: Connection, *, writable: bool) -> None:
        self._connection = connection
        self._writable = writable
        self._gathered: list[dict[str, object]] = []

    def add(self, body: ChangeBody, *, topic: str, site_id: str, for_staff: bool = True) -> None:
        """Gather a change."""
        if not self._writable:
            message = "a unit of work that reads cannot change anything"
            raise RuntimeError(message)
        self._gathered.append(
            {"topic": topic, "site_id": site_id, "for_staff": for_staff, "body": encode(body)}
        )

    def flush(self, at: datetime) -> tuple[Told, ...]:
        """Number the gathered changes and write them; the last thing before the commit.

        The row with the last number stays locked until the commit, so that a reader who sees a
        number also sees every smaller one.
        """
        count = len(self._gathered)
        if not count:
            return ()
        last = self._connection.execute(_TAKE_NUMBERS, {"count": count}).scalar_one()
        rows = [
            {"n": n, "at": at, **change}
            for n, change in enumerate(self._gathered, start=last - count + 1)
        ]
        self._connection.execute(insert(schema.change), rows)
        return tuple(
            Told(
                n=n,
                topic=str(change["topic"]),
                site_id=str(change["site_id"]),
                for_staff=bool(change["for_staff"]),
            )
            for n, change in enumerate(self._gathered, start=last - count + 1)
        )

    def last(self) -> int:
        """Return the number of the last change committed."""
        return int(self._connection.execute(select(_meta.last_change)).scalar_one())

    def dropped(self) -> int:
        """Return the number of the newest change that is no longer kept."""
        return int(self._connection.execute(select(_meta.dropped_change)).scalar_one())

    def of_topics(
        self, topics: Collection[str], after: int, last: int, limit: int
    ) -> tuple[ChangeRow, ...]:
        """Return the changes under some topics, in order."""
        given = {"keys": list(topics), "after": after, "last": last, "at_most": limit}
        return every(self._connection, _OF_TOPICS, ChangeRow, **given)

    def of_sites(
        self, site_ids: Collection[str], after: int, last: int, limit: int
    ) -> tuple[ChangeRow, ...]:
        """Return the changes for staff of some sites, in order."""
        given = {"keys": list(site_ids), "after": after, "last": last, "at_most": limit}
        return every(self._connection, _OF_SITES, ChangeRow, **given)

    def drop(self, before: datetime) -> int:
        """Forget the changes made before an instant, and remember up to which number."""
        # The clock may have gone back: what is forgotten is a stretch of numbers without holes.
        oldest_kept = self._connection.scalar(
            select(func.min(_change.n)).where(_change.at >= before)
        )
        up_to = self.last() if oldest_kept is None else oldest_kept - 1
        gone = self._connection.execute(delete(schema.change).where(_change.n <= up_to))
        if gone.rowcount:
            self._connection.execute(update(schema.meta).values(dropped_change=up_to))
        return gone.rowcount
