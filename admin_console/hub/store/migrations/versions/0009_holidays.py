"""Whose public holidays each room keeps.

Revision ID: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; a room that is there keeps the dates it has, and none is added unasked."""
    op.create_table(
        "holiday_plan",
        sa.Column("room_id", sa.String(length=80), nullable=False),
        sa.Column("country", sa.String(length=16), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["room_id"], ["room.room_id"], name="fk_holiday_plan_room_id_room"),
        sa.PrimaryKeyConstraint("room_id", name="pk_holiday_plan"),
    )
