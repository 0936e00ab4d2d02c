"""When a visitor sat down elsewhere while the station of their slot was silent.

Revision ID: 0013
"""

import sqlalchemy as sa
from alembic import op

from admin_console.hub.store.column import Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; nobody has left a seat so far."""
    op.add_column("slot", sa.Column("left_at", Instant(), nullable=True))
