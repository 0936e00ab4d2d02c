"""Since when a forgotten USB key stands in the computer of a seat.

Revision ID: 0015
"""

import sqlalchemy as sa
from alembic import op

from admin_console.hub.store.column import Instant

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody has told of a key so far."""
    op.add_column("seat", sa.Column("key_left_at", Instant(), nullable=True))
