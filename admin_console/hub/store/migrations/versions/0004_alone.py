"""What lets stations take visitors while the hub is away: known cards and guest passes.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

from admin_console.hub.store.column import Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "known_card",
        sa.Column("room_id", sa.String(length=80), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("lookup", sa.String(length=64), nullable=False),
        sa.Column("accepted_at", Instant(), nullable=False),
        sa.Column("verifier", sa.Text(), nullable=True),
        sa.Column("code_mark", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["room_id"], ["room.room_id"], name="fk_known_card_room_id_room"),
        sa.PrimaryKeyConstraint("room_id", "reference", name="pk_known_card"),
    )
    op.create_index("ix_known_card_reference", "known_card", ["reference"], unique=False)
    op.create_index("ix_known_card_accepted_at", "known_card", ["accepted_at"], unique=False)
    op.create_index(
        "uq_known_card_room_id_lookup", "known_card", ["room_id", "lookup"], unique=True
    )
    op.create_table(
        "guest_pass",
        sa.Column("site_id", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("duration_code", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ask_id", sa.String(length=36), nullable=False),
        sa.Column("made_by", sa.String(length=36), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name="fk_guest_pass_site_id_site"),
        sa.ForeignKeyConstraint(
            ["made_by"], ["staff.staff_id"], name="fk_guest_pass_made_by_staff"
        ),
        sa.PrimaryKeyConstraint("site_id", "day", "duration_code", "serial", name="pk_guest_pass"),
        sa.UniqueConstraint("ask_id", name="uq_guest_pass_ask_id"),
    )
    op.create_index("ix_guest_pass_day", "guest_pass", ["day"], unique=False)
    op.create_table(
        "guest_use",
        sa.Column("site_id", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("duration_code", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slot_id", sa.String(length=36), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name="fk_guest_use_site_id_site"),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.slot_id"], name="fk_guest_use_slot_id_slot"),
        sa.PrimaryKeyConstraint("site_id", "day", "duration_code", "serial", name="pk_guest_use"),
    )
    op.create_index("ix_guest_use_day", "guest_use", ["day"], unique=False)
