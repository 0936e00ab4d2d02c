"""The journal of acts: lines that are never touched again, and apart whom they concern."""

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    String,
    Table,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from admin_console.hub.service.act import Act, ActQuery
from admin_console.hub.store import schema
from admin_console.hub.store.column import Instant, Json
from kiosk.wire.act import GROUP_OF, ActFacts, ActKind, ActLine, Actor
from kiosk.wire.codec import decode, encode

act = Table(
    "act",
    schema.metadata,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("staff_id", schema.ID, ForeignKey("staff.staff_id")),
    Column("kind", String(40), nullable=False),
    Column("site_id", schema.NAME),
    Column("facts", Json, nullable=False),
    Index("ix_act_at", "at"),
    Index("ix_act_staff_id_at", "staff_id", "at"),
)
"""What was done. Triggers refuse to change or take away a row."""

act_person = Table(
    "act_person",
    schema.metadata,
    Column("n", BigInteger, ForeignKey("act.n"), primary_key=True, autoincrement=False),
    Column("reference", schema.REFERENCE, nullable=False, index=True),
    Column("card_end", String(4), nullable=False),
)
"""Whom an act was about; the purge takes this row and leaves the act."""

_act, _person, _staff, _meta = act.c, act_person.c, schema.staff.c, schema.meta.c


class ActRows:
    """The journal: acts are gathered during the work, numbered and written by `flush`."""

    def __init__(self, connection: Connection, *, writable: bool) -> None:
        self._connection = connection
        self._writable = writable
        self._gathered: list[Act] = []

    def add(self, act: Act) -> None:
        """Gather an act."""
        if not self._writable:
            message = "a unit of work that reads does nothing that could be journalled"
            raise RuntimeError(message)
        self._gathered.append(act)

    def flush(self, at: datetime) -> None:
        """Number the gathered acts and write them, at the end of the work.

        The row with the last number is that of the changes, and stays locked until the commit.
        """
        if not self._gathered:
            return
        taken = (
            update(schema.meta)
            .values(last_act=_meta.last_act + len(self._gathered))
            .returning(_meta.last_act)
        )
        first = self._connection.execute(taken).scalar_one() - len(self._gathered) + 1
        numbered = list(enumerate(self._gathered, start=first))
        self._connection.execute(
            insert(act),
            [
                {
                    "n": n,
                    "at": at,
                    "staff_id": one.staff_id,
                    "kind": one.kind.value,
                    "site_id": one.site_id,
                    "facts": encode(one.facts),
                }
                for n, one in numbered
            ],
        )
        persons = [
            {"n": n, "reference": one.whom.reference, "card_end": one.whom.card_end}
            for n, one in numbered
            if one.whom is not None
        ]
        if persons:
            self._connection.execute(insert(act_person), persons)

    def find(self, query: ActQuery, skip: int, limit: int) -> tuple[ActLine, ...]:
        """Return lines, the newest first."""
        wanted = (
            select(*act.columns, _staff.display_name, _person.card_end)
            .outerjoin(schema.staff, _staff.staff_id == _act.staff_id)
            .outerjoin(act_person, _person.n == _act.n)
            .where(*_conditions(query))
            .order_by(_act.n.desc())
            .offset(skip)
            .limit(limit)
        )
        return tuple(
            ActLine(
                n=row.n,
                at=row.at,
                staff_id=row.staff_id,
                staff_name=row.display_name or "",
                kind=ActKind(row.kind),
                site_id=row.site_id,
                facts=decode(row.facts, ActFacts),
                card_end=row.card_end or "",
            )
            for row in self._connection.execute(wanted)
        )

    def count(self, query: ActQuery) -> int:
        """Count the lines."""
        counted = select(func.count()).select_from(act).where(*_conditions(query))
        return int(self._connection.execute(counted).scalar_one())

    def actors(self, query: ActQuery) -> tuple[Actor, ...]:
        """Return who stands in the lines, by name."""
        mine = select(_act.staff_id).where(*_conditions(query))
        wanted = (
            select(_staff.staff_id, _staff.display_name)
            .where(_staff.staff_id.in_(mine))
            .order_by(_staff.display_name, _staff.staff_id)
        )
        rows = self._connection.execute(wanted)
        return tuple(Actor(staff_id=row.staff_id, name=row.display_name) for row in rows)

    def kept(self) -> tuple[int, int]:
        """Return how many lines there are, and the newest number."""
        counted = self._connection.execute(select(func.count()).select_from(act)).scalar_one()
        return int(counted), int(self._connection.execute(select(_meta.last_act)).scalar_one())

    def drop_persons(self, before: datetime) -> int:
        """Forget whom the acts before an instant were about."""
        old = select(_act.n).where(_act.at < before)
        return self._connection.execute(delete(act_person).where(_person.n.in_(old))).rowcount


def _conditions(query: ActQuery) -> list[ColumnElement[bool]]:
    here = _act.site_id.in_(query.site_ids)
    found: list[ColumnElement[bool]] = [
        _act.at >= query.since,
        _act.at < query.until,
        or_(here, _act.site_id.is_(None)) if query.town_too else here,
    ]
    if query.staff_id is not None:
        found.append(_act.staff_id == query.staff_id)
    if query.automatic:
        found.append(_act.staff_id.is_(None))
    if query.group is not None:
        kinds = [kind.value for kind, group in GROUP_OF.items() if group is query.group]
        found.append(_act.kind.in_(kinds))
    return found
