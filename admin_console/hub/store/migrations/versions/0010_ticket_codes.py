"""Which tickets still wait for a card or a pass: their seat asks for their code.

Revision ID: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; a ticket that is there is somebody's, as far as the seat asks."""
    op.add_column(
        "ticket",
        sa.Column("coded", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )
