"""Which ask made which person, and whether a station's wall clock is to be trusted.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

from admin_console.hub.store.column import Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and add the column; a clock is trusted until its station says otherwise."""
    op.create_table(
        "registration",
        sa.Column("ask_id", sa.String(length=36), nullable=False),
        sa.Column("ask_seal", sa.String(length=64), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("ask_id", name="pk_registration"),
    )
    op.create_index("ix_registration_at", "registration", ["at"], unique=False)
    op.add_column(
        "seat",
        sa.Column("clock_trusted", sa.Boolean(), nullable=False, server_default=sa.text("true")),
    )
