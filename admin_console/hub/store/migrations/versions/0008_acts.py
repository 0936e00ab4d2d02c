"""The journal of what staff did.

Revision ID: 0008
"""

import sqlalchemy as sa
from alembic import op

from admin_console.hub.store.column import Instant

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NEVER = "the journal keeps its rows as they are"

_SQLITE = [
    f"""
    CREATE TRIGGER act_no_{verb.lower()} BEFORE {verb} ON act
    BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END
    """
    for verb in ("UPDATE", "DELETE")
]
# The function is that of the journal of facts, made with the first tables.
_POSTGRESQL = [
    """
    CREATE TRIGGER act_no_change BEFORE UPDATE OR DELETE ON act
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER act_no_truncate BEFORE TRUNCATE ON act
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
]


def upgrade() -> None:
    """Make the tables and their guards; nothing that was done before stands in them."""
    op.create_table(
        "act",
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("staff_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("site_id", sa.String(length=80), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.staff_id"], name="fk_act_staff_id_staff"),
        sa.PrimaryKeyConstraint("n", name="pk_act"),
    )
    op.create_index("ix_act_at", "act", ["at"], unique=False)
    op.create_index("ix_act_staff_id_at", "act", ["staff_id", "at"], unique=False)
    op.create_table(
        "act_person",
        sa.Column("n", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("card_end", sa.String(length=4), nullable=False),
        sa.ForeignKeyConstraint(["n"], ["act.n"], name="fk_act_person_n_act"),
        sa.PrimaryKeyConstraint("n", name="pk_act_person"),
    )
    op.create_index("ix_act_person_reference", "act_person", ["reference"], unique=False)
    op.add_column(
        "meta",
        sa.Column("last_act", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
    )
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _POSTGRESQL if postgresql else _SQLITE:
        op.execute(statement)
