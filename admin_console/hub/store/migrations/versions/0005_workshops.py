"""What a slot was opened for without a card, and that staff may shorten one.

Revision ID: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; of the slots that are there the newest fact told the total."""
    op.add_column(
        "slot",
        sa.Column("total_seq", sa.BigInteger(), nullable=False, server_default=sa.text("-1")),
    )
    op.add_column(
        "slot",
        sa.Column("shortened", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )
    op.add_column("slot", sa.Column("series_id", sa.String(length=36), nullable=True))
    op.execute("UPDATE slot SET total_seq = last_seq")
