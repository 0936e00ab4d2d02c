"""The members that the hub itself knows, the kinds of them, and which ask made which."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import (
    Column,
    Connection,
    Row,
    Table,
    bindparam,
    case,
    delete,
    func,
    insert,
    select,
    update,
)

from admin_console.hub.service.record import Member, Registration
from admin_console.hub.store import schema
from admin_console.hub.store.column import Instant
from admin_console.hub.store.row import columns, first, record, values
from kiosk.wire.people import CategoryView

registration = Table(
    "registration",
    schema.metadata,
    Column("ask_id", schema.ID, primary_key=True),
    Column("ask_seal", schema.REFERENCE, nullable=False),
    Column("reference", schema.REFERENCE, nullable=False),
    Column("at", Instant, nullable=False, index=True),
)
"""Which ask made which member, for as long as the ask may come again; no code and no card."""

_member, _category = schema.member.c, schema.category.c

_ONE = select(schema.member).where(_member.reference == bindparam("reference"))
_SOME = select(schema.member).where(_member.reference.in_(bindparam("references", expanding=True)))
_FIXED = ("reference", "pin_hash", "first_used_at", "tried_at")
_SAVE = update(schema.member).where(_member.reference == bindparam("key"))
_SET_PIN = _SAVE.values(pin_hash=bindparam("made"))
_NOTE_USE = (
    update(schema.member)
    .where(_member.reference == bindparam("key"), _member.first_used_at.is_(None))
    .values(first_used_at=bindparam("at"))
)
_NOTE_TRIAL = (
    update(schema.member)
    .where(_member.reference == bindparam("key"))
    .values(
        first_used_at=case((_member.first_used_at < bindparam("since"), _member.first_used_at)),
        tried_at=func.coalesce(_member.tried_at, bindparam("at", type_=Instant())),
    )
)
_CATEGORIES = select(*columns(schema.category, without=["place"])).order_by(_category.place)
AT_ONCE = 500
"""As many references are asked for in one statement."""


class MemberRows:
    """The members; whoever writes one holds them all."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, members: Sequence[Member]) -> None:
        """Keep new members."""
        if members:
            self._connection.execute(insert(schema.member), [values(one) for one in members])

    def get(self, reference: str) -> Member | None:
        """Return a member."""
        return first(self._connection, _ONE, Member, reference=reference)

    def of(self, references: Collection[str]) -> dict[str, Member]:
        """Return those of the references that are members."""
        found: dict[str, Member] = {}
        for part in _parts(sorted(references)):
            for row in self._connection.execute(_SOME, {"references": part}):
                found[row.reference] = record(Member, row)
        return found

    def save(self, members: Sequence[Member]) -> None:
        """Write what staff know of members; their codes and their first use stay."""
        if members:
            rows = [{"key": one.reference, **values(one, without=_FIXED)} for one in members]
            self._connection.execute(_SAVE, rows)

    def set_pins(self, hashes: Sequence[tuple[str, str | None]]) -> None:
        """Give members other codes: references, each with what is kept of it, None for no code."""
        if hashes:
            rows = [{"key": reference, "made": made} for reference, made in hashes]
            self._connection.execute(_SET_PIN, rows)

    def note_use(self, reference: str, at: datetime) -> None:
        """Keep that a slot of somebody opened, unless one did before; strangers are passed by."""
        self._connection.execute(_NOTE_USE, {"key": reference, "at": at})

    def note_trial(self, reference: str, at: datetime, since: datetime) -> None:
        """Keep that somebody tried: what opened since then was no slot of theirs."""
        self._connection.execute(_NOTE_TRIAL, {"key": reference, "at": at, "since": since})

    def registration(self, ask_id: str) -> Registration | None:
        """Return what came of an ask to register somebody, None for one that kept nobody."""
        wanted = select(registration).where(registration.c.ask_id == ask_id)
        return first(self._connection, wanted, Registration)

    def keep_registration(self, made: Registration) -> None:
        """Keep what came of an ask to register somebody."""
        self._connection.execute(insert(registration), values(made))

    def drop_registrations(self, before: datetime) -> int:
        """Forget what came of the asks before an instant."""
        gone = self._connection.execute(delete(registration).where(registration.c.at < before))
        return gone.rowcount


class CategoryRows:
    """The kinds of member, in their order."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, category: CategoryView) -> None:
        """Keep a new category after those that are there."""
        last = self._connection.scalar(select(func.max(_category.place)))
        self._connection.execute(
            insert(schema.category),
            {
                "key": category.key,
                "place": 0 if last is None else last + 1,
                "title": category.title,
                "staff": category.staff,
                "needs_authorisation": category.needs_authorisation,
                "profile": category.profile,
            },
        )

    def get(self, key: str) -> CategoryView | None:
        """Return a category."""
        row = self._connection.execute(_CATEGORIES.where(_category.key == key)).first()
        return None if row is None else _view(row)

    def all(self) -> tuple[CategoryView, ...]:
        """Return all categories in the order in which they were added."""
        return tuple(_view(row) for row in self._connection.execute(_CATEGORIES))


def _view(row: Row[tuple[object, ...]]) -> CategoryView:
    return record(CategoryView, row)


def _parts(references: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(references), AT_ONCE):
        yield references[start : start + AT_ONCE]
