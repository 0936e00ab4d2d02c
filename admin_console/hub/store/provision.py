"""Known cards and guest passes: their tables and their rows, and the past of one person."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import (
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from admin_console.hub.service.provisionbook import GuestPass, Known
from admin_console.hub.service.record import Slot, SlotState
from admin_console.hub.store import schema
from admin_console.hub.store.column import Instant
from admin_console.hub.store.row import every, first, values
from kiosk.rules.guestpass import Use

known_card = Table(
    "known_card",
    schema.metadata,
    Column("room_id", schema.NAME, ForeignKey("room.room_id"), primary_key=True),
    Column("reference", schema.REFERENCE, primary_key=True, index=True),
    Column("lookup", String(64), nullable=False),
    Column("accepted_at", Instant, nullable=False, index=True),
    Column("verifier", Text),
    Column("code_mark", LargeBinary),
    Index("uq_known_card_room_id_lookup", "room_id", "lookup", unique=True),
)
"""The cards accepted in a room. Without `verifier` the card was forgotten."""

guest_pass = Table(
    "guest_pass",
    schema.metadata,
    Column("site_id", schema.NAME, ForeignKey("site.site_id"), primary_key=True),
    Column("day", Date, primary_key=True, index=True),
    Column("duration_code", Integer, primary_key=True, autoincrement=False),
    Column("serial", Integer, primary_key=True, autoincrement=False),
    Column("ask_id", schema.ID, nullable=False, unique=True),
    Column("made_by", schema.ID, ForeignKey("staff.staff_id"), nullable=False),
    Column("made_at", Instant, nullable=False),
)
"""The guest passes that were given out, without the digits that prove them."""

guest_use = Table(
    "guest_use",
    schema.metadata,
    Column("site_id", schema.NAME, ForeignKey("site.site_id"), primary_key=True),
    Column("day", Date, primary_key=True, index=True),
    Column("duration_code", Integer, primary_key=True, autoincrement=False),
    Column("serial", Integer, primary_key=True, autoincrement=False),
    Column("slot_id", schema.ID, ForeignKey("slot.slot_id"), nullable=False),
    Column("at", Instant, nullable=False),
)
"""For which slot a pass was used, also one that a station made out to be good by itself."""

_known, _pass, _use = known_card.c, guest_pass.c, guest_use.c
_slot, _person = schema.slot.c, schema.slot_person.c


class KnownCardRows:
    """The known cards."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, room_id: str, reference: str) -> Known | None:
        """Return what is kept of a card in a room, forgotten or not."""
        wanted = select(known_card).where(_known.room_id == room_id, _known.reference == reference)
        return first(self._connection, wanted, Known)

    def by_lookup(self, room_id: str, lookup: str) -> Known | None:
        """Return the card that a station has under a look-up, forgotten or not."""
        wanted = select(known_card).where(_known.room_id == room_id, _known.lookup == lookup)
        return first(self._connection, wanted, Known)

    def of_room(self, room_id: str, since: datetime) -> tuple[Known, ...]:
        """Return the cards accepted in a room at or after an instant and not forgotten."""
        wanted = select(known_card).where(
            _known.room_id == room_id, _known.accepted_at >= since, _known.verifier.is_not(None)
        )
        return every(self._connection, wanted.order_by(_known.lookup), Known)

    def save(self, known: Known) -> None:
        """Keep what stands of a card in a room."""
        changed = self._connection.execute(
            update(known_card)
            .where(_known.room_id == known.room_id, _known.reference == known.reference)
            .values(values(known, without=["room_id", "reference"]))
        )
        if changed.rowcount == 0:
            self._connection.execute(insert(known_card).values(values(known)))

    def forget(self, references: Collection[str]) -> tuple[str, ...]:
        """Take the verifiers of some cards away; returns the rooms that had one."""
        had = self._connection.execute(
            update(known_card)
            .where(
                _known.reference.in_(bindparam("references", expanding=True)),
                _known.verifier.is_not(None),
            )
            .values(verifier=None, code_mark=None)
            .returning(_known.room_id),
            {"references": list(references)},
        )
        return tuple(sorted({row.room_id for row in had}))

    def drop(self, before: datetime) -> int:
        """Forget the cards accepted before an instant, and whose they were."""
        gone = self._connection.execute(delete(known_card).where(_known.accepted_at < before))
        return gone.rowcount


class PassRows:
    """The guest passes and their uses."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def asked(self, ask_id: str) -> GuestPass | None:
        """Return the pass that an ask was answered with."""
        wanted = select(guest_pass).where(_pass.ask_id == ask_id)
        return first(self._connection, wanted, GuestPass)

    def serials(self, site_id: str, day: date, duration_code: int) -> frozenset[int]:
        """Return the serials given out on a day for a duration."""
        wanted = select(_pass.serial).where(
            _pass.site_id == site_id, _pass.day == day, _pass.duration_code == duration_code
        )
        return frozenset(self._connection.scalars(wanted))

    def add(self, made: GuestPass) -> None:
        """Keep a new pass."""
        self._connection.execute(insert(guest_pass).values(values(made)))

    def is_made(self, site_id: str, use: Use) -> bool:
        """Tell whether a pass was given out."""
        wanted = select(_pass.serial).where(
            _pass.site_id == site_id,
            _pass.day == use.day,
            _pass.duration_code == use.duration_code,
            _pass.serial == use.serial,
        )
        return self._connection.execute(wanted).first() is not None

    def used_by(self, site_id: str, use: Use) -> str | None:
        """Return the slot that a pass was used for, None if it was not."""
        found: str | None = self._connection.scalar(
            select(_use.slot_id).where(
                _use.site_id == site_id,
                _use.day == use.day,
                _use.duration_code == use.duration_code,
                _use.serial == use.serial,
            )
        )
        return found

    def keep_use(self, site_id: str, use: Use, slot_id: str, at: datetime) -> None:
        """Keep for which slot a pass was used; a slot that goes on takes the place of the first."""
        changed = self._connection.execute(
            update(guest_use)
            .where(
                _use.site_id == site_id,
                _use.day == use.day,
                _use.duration_code == use.duration_code,
                _use.serial == use.serial,
            )
            .values(slot_id=slot_id, at=at)
        )
        if changed.rowcount == 0:
            self._connection.execute(
                insert(guest_use).values(site_id=site_id, slot_id=slot_id, at=at, **values(use))
            )

    def used_from(self, site_id: str, day: date) -> tuple[Use, ...]:
        """Return the passes of a date and later that have a slot which was not given up."""
        wanted = (
            select(_use.day, _use.duration_code, _use.serial)
            .join(schema.slot, _slot.slot_id == _use.slot_id)
            .where(_use.site_id == site_id, _use.day >= day, _slot.state != SlotState.GIVEN_UP)
            .order_by(_use.day, _use.duration_code, _use.serial)
        )
        return every(self._connection, wanted, Use)

    def drop(self, before: date) -> int:
        """Forget the passes of the dates before one, and their uses."""
        made = self._connection.execute(delete(guest_pass).where(_pass.day < before))
        used = self._connection.execute(delete(guest_use).where(_use.day < before))
        return made.rowcount + used.rowcount


class PastRows:
    """The slots of one person in all rooms; read only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_person(self, person: str, since: datetime) -> tuple[Slot, ...]:
        """Return the slots that somebody opened at or after an instant, in any room."""
        wanted = (
            select(schema.slot)
            .join(schema.slot_person, _person.slot_id == _slot.slot_id)
            .where(_person.reference == person, _slot.opened_at >= since)
            .order_by(_slot.opened_at)
        )
        return every(self._connection, wanted, Slot)
