"""Staff with their sessions, and failed tries."""

from collections.abc import Collection
from datetime import datetime

import msgspec
from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from admin_console.hub.service.record import StaffMember
from admin_console.hub.store import schema
from admin_console.hub.store.row import columns, values
from kiosk.rules.throttle import Tries
from kiosk.wire.desk import Role

_staff, _session, _tries = schema.staff.c, schema.staff_session.c, schema.tries.c

_BY_SESSION = (
    select(*columns(schema.staff))
    .join(schema.staff_session, _session.staff_id == _staff.staff_id)
    .where(_session.token_sha256 == bindparam("token"), _session.expires_at > bindparam("now"))
)
_TRIES = select(schema.tries).where(_tries.subject.in_(bindparam("subjects", expanding=True)))


class StaffRows:
    """The members of staff and their sessions."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, member: StaffMember) -> bool:
        """Keep a new member of staff; False when the name is taken."""
        if self.by_name(member.name) is not None:
            return False
        sites = None if member.site_ids is None else msgspec.json.encode(member.site_ids)
        self._connection.execute(
            insert(schema.staff),
            {
                **values(member),
                "roles": msgspec.json.encode(sorted(member.roles)),
                "site_ids": sites,
            },
        )
        return True

    def by_name(self, name: str) -> StaffMember | None:
        """Return the member of staff of that name."""
        row = self._connection.execute(select(schema.staff).where(_staff.name == name)).first()
        return None if row is None else _staff_member(row)

    def add_session(self, token_sha256: bytes, staff_id: str, expires_at: datetime) -> None:
        """Keep a session."""
        self._connection.execute(
            insert(schema.staff_session).values(
                token_sha256=token_sha256, staff_id=staff_id, expires_at=expires_at
            )
        )

    def by_session(self, token_sha256: bytes, now: datetime) -> StaffMember | None:
        """Return whose session this is, unless it is over."""
        row = self._connection.execute(_BY_SESSION, {"token": token_sha256, "now": now}).first()
        return None if row is None else _staff_member(row)

    def drop_session(self, token_sha256: bytes) -> None:
        """End a session."""
        self._connection.execute(
            delete(schema.staff_session).where(_session.token_sha256 == token_sha256)
        )

    def drop_expired(self, now: datetime) -> int:
        """Forget the sessions that are over."""
        gone = self._connection.execute(
            delete(schema.staff_session).where(_session.expires_at <= now)
        )
        return gone.rowcount


class TryRows:
    """The failed tries of secrets; whoever writes them holds the subject."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, subjects: Collection[str]) -> dict[str, Tries]:
        """Return the tries of each subject."""
        rows = self._connection.execute(_TRIES, {"subjects": list(subjects)})
        known = {row.subject: Tries(row.failures, row.last_at) for row in rows}
        return {subject: known.get(subject, Tries()) for subject in subjects}

    def save(self, subject: str, tries: Tries) -> None:
        """Write the tries of a subject."""
        given = {"failures": tries.failures, "last_at": tries.last_at}
        changed = self._connection.execute(
            update(schema.tries).where(_tries.subject == subject).values(given)
        )
        if changed.rowcount == 0:
            self._connection.execute(insert(schema.tries).values(subject=subject, **given))

    def clear(self, subjects: Collection[str]) -> None:
        """Let subjects start afresh."""
        self._connection.execute(delete(schema.tries).where(_tries.subject.in_(subjects)))

    def forget(self, before: datetime) -> int:
        """Forget the subjects whose last failure was before an instant."""
        # Rows that somebody is writing to are passed by: waiting for them could wait for ever.
        old = (
            select(_tries.subject).where(_tries.last_at < before).with_for_update(skip_locked=True)
        )
        gone = self._connection.execute(delete(schema.tries).where(_tries.subject.in_(old)))
        return gone.rowcount


def _staff_member(row: Row[tuple[object, ...]]) -> StaffMember:
    sites = row.site_ids
    return StaffMember(
        staff_id=row.staff_id,
        name=row.name,
        display_name=row.display_name,
        password_hash=row.password_hash,
        roles=frozenset(msgspec.json.decode(row.roles, type=tuple[Role, ...])),
        site_ids=None if sites is None else msgspec.json.decode(sites, type=tuple[str, ...]),
    )
