"""The waiting lists, and what a slot says of its visitor: declined, mercy, locked.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

from admin_console.hub.store.column import Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_LIVE = sa.text("state IN ('granted', 'open')")
_LOOKED_AT = sa.text("look_at IS NOT NULL")


def upgrade() -> None:
    """Add the columns and the tables; rows that are there keep what they say."""
    add_columns()
    make_tables()


def add_columns() -> None:
    """Add what slots and renewals keep from now on, and the indexes that find a room's slots."""
    no = sa.text("false")
    op.add_column("slot", sa.Column("declined", sa.Boolean(), nullable=False, server_default=no))
    op.add_column("slot", sa.Column("declined_seq", sa.BigInteger(), nullable=True))
    op.add_column("slot", sa.Column("mercy", sa.Boolean(), nullable=False, server_default=no))
    op.add_column("slot", sa.Column("locked", sa.String(length=16), nullable=True))
    op.add_column("slot", sa.Column("locked_since", Instant(), nullable=True))
    op.add_column("slot", sa.Column("locked_seq", sa.BigInteger(), nullable=True))
    op.add_column("slot", sa.Column("resumes", sa.String(length=36), nullable=True))
    op.create_index("ix_slot_room_id_opened_at", "slot", ["room_id", "opened_at"], unique=False)
    op.create_index(
        "ix_slot_room_id_live",
        "slot",
        ["room_id"],
        unique=False,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    )
    op.add_column(
        "renewal_answer",
        sa.Column("kind", sa.String(length=16), nullable=False, server_default=sa.text("'asked'")),
    )


def make_tables() -> None:
    """Make the tables of the waiting lists."""
    op.create_table(
        "ticket",
        sa.Column("room_id", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("taken_at", Instant(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=True),
        sa.Column("hold_until", Instant(), nullable=True),
        sa.Column("missed", sa.Integer(), nullable=False),
        sa.Column("back_at", Instant(), nullable=True),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["room_id"], ["room.room_id"], name="fk_ticket_room_id_room"),
        sa.PrimaryKeyConstraint("room_id", "day", "number", name="pk_ticket"),
    )
    op.create_table(
        "ticket_person",
        sa.Column("room_id", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["room_id", "day", "number"],
            ["ticket.room_id", "ticket.day", "ticket.number"],
            name="fk_ticket_person_room_id_day_number_ticket",
        ),
        sa.PrimaryKeyConstraint("room_id", "day", "number", name="pk_ticket_person"),
    )
    op.create_index("ix_ticket_person_reference", "ticket_person", ["reference"], unique=False)
    op.create_table(
        "ticket_answer",
        sa.Column("ask_id", sa.String(length=36), nullable=False),
        sa.Column("ask_sha256", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("ask_id", name="pk_ticket_answer"),
    )
    op.create_index("ix_ticket_answer_at", "ticket_answer", ["at"], unique=False)
    op.create_table(
        "waiting",
        sa.Column("room_id", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("look_at", Instant(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["room.room_id"], name="fk_waiting_room_id_room"),
        sa.PrimaryKeyConstraint("room_id", name="pk_waiting"),
    )
    op.create_index(
        "ix_waiting_look_at_live",
        "waiting",
        ["look_at"],
        unique=False,
        sqlite_where=_LOOKED_AT,
        postgresql_where=_LOOKED_AT,
    )
