"""Who took a trial, and which slot was one.

Revision ID: 0012
"""

import sqlalchemy as sa
from alembic import op

from admin_console.hub.store.column import Instant

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; nobody has tried before."""
    op.add_column("member", sa.Column("tried_at", Instant(), nullable=True))
    op.add_column(
        "slot",
        sa.Column("trial", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )
