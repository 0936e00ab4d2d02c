"""The first tables of the hub.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

from admin_console.hub.store.column import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NEVER = "the journal keeps its rows as they are"

_SQLITE = [
    f"""
    CREATE TRIGGER event_no_{verb.lower()} BEFORE {verb} ON event
    BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END
    """
    for verb in ("UPDATE", "DELETE")
]
_POSTGRESQL = [
    f"""
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{_NEVER}' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER event_no_change BEFORE UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
]


def upgrade() -> None:
    """Make the tables, the row of the change numbers, and the guards of the journal."""
    make_tables()
    op.execute("INSERT INTO meta (id, last_change, dropped_change) VALUES (1, 0, 0)")
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _POSTGRESQL if postgresql else _SQLITE:
        op.execute(statement)


def make_tables() -> None:
    """Make the tables and their indexes."""
    op.create_table(
        "change",
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("topic", sa.String(length=100), nullable=False),
        sa.Column("site_id", sa.String(length=80), nullable=False),
        sa.Column("for_staff", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_change"),
    )
    op.create_index("ix_change_site_id_n", "change", ["site_id", "n"], unique=False)
    op.create_index("ix_change_topic_n", "change", ["topic", "n"], unique=False)
    op.create_table(
        "member",
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("first_name", sa.String(length=80), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_member"),
    )
    op.create_table(
        "meta",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_change", sa.BigInteger(), nullable=False),
        sa.Column("dropped_change", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meta"),
    )
    op.create_table(
        "opening_answer",
        sa.Column("slot_id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("slot_id", name="pk_opening_answer"),
    )
    op.create_index("ix_opening_answer_at", "opening_answer", ["at"], unique=False)
    op.create_table(
        "site",
        sa.Column("site_id", sa.String(length=80), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("site_id", name="pk_site"),
    )
    op.create_table(
        "staff",
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("display_name", sa.String(length=80), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("site_ids", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("staff_id", name="pk_staff"),
        sa.UniqueConstraint("name", name="uq_staff_name"),
    )
    op.create_table(
        "tries",
        sa.Column("subject", sa.String(length=100), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_tries"),
    )
    op.create_index("ix_tries_last_at", "tries", ["last_at"], unique=False)
    op.create_table(
        "room",
        sa.Column("room_id", sa.String(length=80), nullable=False),
        sa.Column("site_id", sa.String(length=80), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name="fk_room_site_id_site"),
        sa.PrimaryKeyConstraint("room_id", name="pk_room"),
    )
    op.create_index("ix_room_site_id", "room", ["site_id"], unique=False)
    op.create_table(
        "staff_session",
        sa.Column("token_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"], ["staff.staff_id"], name="fk_staff_session_staff_id_staff"
        ),
        sa.PrimaryKeyConstraint("token_sha256", name="pk_staff_session"),
    )
    op.create_index("ix_staff_session_expires_at", "staff_session", ["expires_at"], unique=False)
    op.create_table(
        "enrolment_code",
        sa.Column("code_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("room_id", sa.String(length=80), nullable=False),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["room_id"], ["room.room_id"], name="fk_enrolment_code_room_id_room"
        ),
        sa.PrimaryKeyConstraint("code_sha256", name="pk_enrolment_code"),
    )
    op.create_table(
        "seat",
        sa.Column("seat_id", sa.String(length=80), nullable=False),
        sa.Column("room_id", sa.String(length=80), nullable=False),
        sa.Column("site_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("in_contact", sa.Boolean(), nullable=False),
        sa.Column("contact_since", Instant(), nullable=True),
        sa.Column("out_of_order", sa.Text(), nullable=True),
        sa.Column("out_of_order_since", Instant(), nullable=True),
        sa.Column("order_seq", sa.BigInteger(), nullable=False),
        sa.Column("help_asked_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["room_id"], ["room.room_id"], name="fk_seat_room_id_room"),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name="fk_seat_site_id_site"),
        sa.PrimaryKeyConstraint("seat_id", name="pk_seat"),
        sa.UniqueConstraint("room_id", "number", name="uq_seat_room_id_number"),
    )
    op.create_index("ix_seat_site_id", "seat", ["site_id"], unique=False)
    op.create_table(
        "station",
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("seat_id", sa.String(length=80), nullable=False),
        sa.Column("hostname", sa.String(length=80), nullable=False),
        sa.Column("token_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("enrolled_at", Instant(), nullable=False),
        sa.Column("retired_at", Instant(), nullable=True),
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("windowed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.seat_id"], name="fk_station_seat_id_seat"),
        sa.PrimaryKeyConstraint("station_id", name="pk_station"),
        sa.UniqueConstraint("token_sha256", name="uq_station_token_sha256"),
    )
    op.create_index(
        "uq_station_seat_id_active",
        "station",
        ["seat_id"],
        unique=True,
        sqlite_where=sa.text("retired_at IS NULL"),
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_table(
        "command",
        sa.Column("command_id", sa.String(length=36), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=False),
        sa.Column("site_id", sa.String(length=80), nullable=False),
        sa.Column("room_id", sa.String(length=80), nullable=False),
        sa.Column("seat_id", sa.String(length=80), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("slot_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.seat_id"], name="fk_command_seat_id_seat"),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.staff_id"], name="fk_command_staff_id_staff"),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.station_id"], name="fk_command_station_id_station"
        ),
        sa.PrimaryKeyConstraint("command_id", name="pk_command"),
    )
    op.create_index(
        "ix_command_expires_at_waiting",
        "command",
        ["expires_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('sent', 'received')"),
        postgresql_where=sa.text("state IN ('sent', 'received')"),
    )
    op.create_index("ix_command_issued_at", "command", ["issued_at"], unique=False)
    op.create_table(
        "event",
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("seat_id", sa.String(length=80), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("clock_trusted", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.seat_id"], name="fk_event_seat_id_seat"),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.station_id"], name="fk_event_station_id_station"
        ),
        sa.PrimaryKeyConstraint("event_id", name="pk_event"),
    )
    op.create_index("ix_event_seat_id_at", "event", ["seat_id", "at"], unique=False)
    op.create_index("ix_event_station_id_seq", "event", ["station_id", "seq"], unique=False)
    op.create_table(
        "slot",
        sa.Column("slot_id", sa.String(length=36), nullable=False),
        sa.Column("seat_id", sa.String(length=80), nullable=False),
        sa.Column("room_id", sa.String(length=80), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("granted_at", Instant(), nullable=False),
        sa.Column("total_seconds", sa.Integer(), nullable=False),
        sa.Column("grace_seconds", sa.Integer(), nullable=False),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("ends_at", Instant(), nullable=True),
        sa.Column("renewals", sa.Integer(), nullable=False),
        sa.Column("in_grace", sa.Boolean(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("end_reason", sa.String(length=16), nullable=True),
        sa.Column("used_seconds", sa.Integer(), nullable=False),
        sa.Column("remaining_seconds", sa.Integer(), nullable=False),
        sa.Column("end_told", sa.Boolean(), nullable=False),
        sa.Column("wiped_clean", sa.Boolean(), nullable=True),
        sa.Column("last_seq", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["room.room_id"], name="fk_slot_room_id_room"),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.seat_id"], name="fk_slot_seat_id_seat"),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.station_id"], name="fk_slot_station_id_station"
        ),
        sa.PrimaryKeyConstraint("slot_id", name="pk_slot"),
    )
    op.create_index(
        "ix_slot_seat_id_live",
        "slot",
        ["seat_id", "granted_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('granted', 'open')"),
        postgresql_where=sa.text("state IN ('granted', 'open')"),
    )
    op.create_index(
        "ix_slot_granted_at_waiting",
        "slot",
        ["granted_at"],
        unique=False,
        sqlite_where=sa.text("state = 'granted'"),
        postgresql_where=sa.text("state = 'granted'"),
    )
    op.create_index(
        "ix_slot_ends_at_open",
        "slot",
        ["ends_at"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index("ix_slot_seat_id_opened_at", "slot", ["seat_id", "opened_at"], unique=False)
    op.create_index(
        "uq_slot_seat_id_open",
        "slot",
        ["seat_id"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "parked_event",
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.event_id"], name="fk_parked_event_event_id_event"
        ),
        sa.PrimaryKeyConstraint("event_id", name="pk_parked_event"),
    )
    op.create_index("ix_parked_event_received_at", "parked_event", ["received_at"], unique=False)
    op.create_table(
        "renewal_answer",
        sa.Column("slot_id", sa.String(length=36), nullable=False),
        sa.Column("from_total_seconds", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("granted_total", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["slot.slot_id"], name="fk_renewal_answer_slot_id_slot"
        ),
        sa.PrimaryKeyConstraint("slot_id", "from_total_seconds", name="pk_renewal_answer"),
    )
    op.create_index("ix_renewal_answer_at", "renewal_answer", ["at"], unique=False)
    op.create_table(
        "slot_person",
        sa.Column("slot_id", sa.String(length=36), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.slot_id"], name="fk_slot_person_slot_id_slot"),
        sa.PrimaryKeyConstraint("slot_id", name="pk_slot_person"),
    )
    op.create_index("ix_slot_person_reference", "slot_person", ["reference"], unique=False)
