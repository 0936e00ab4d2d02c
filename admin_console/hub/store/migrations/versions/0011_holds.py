"""Credit set aside for print jobs, and the price lists of the sites, whose lines never change.

Revision ID: 0011
"""

import sqlalchemy as sa
from alembic import op

from admin_console.hub.store.column import Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_NEVER = "money is never changed nor taken away, only reversed"
_OPEN = "state IN ('authorised', 'sending', 'doubtful')"

_SQLITE = [
    *(
        f"CREATE TRIGGER price_line_no_{verb.lower()} BEFORE {verb} ON price_line"
        f" BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END"
        for verb in ("UPDATE", "DELETE")
    ),
    f"""
    CREATE TRIGGER price_line_no_replace BEFORE INSERT ON price_line
    WHEN EXISTS (SELECT 1 FROM price_line WHERE line_id = NEW.line_id)
    BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END
    """,
]
_POSTGRESQL = [
    """
    CREATE TRIGGER price_line_no_change BEFORE UPDATE OR DELETE ON price_line
    FOR EACH ROW EXECUTE FUNCTION refuse_money_change()
    """,
    """
    CREATE TRIGGER price_line_no_truncate BEFORE TRUNCATE ON price_line
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_money_change()
    """,
]


def upgrade() -> None:
    """Make the tables and what guards the prices."""
    op.create_table(
        "print_hold",
        sa.Column("hold_id", sa.String(length=36), nullable=False),
        sa.Column("station_id", sa.String(length=36), nullable=False),
        sa.Column("slot_id", sa.String(length=36), nullable=False),
        sa.Column("site_id", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("authorised_at", Instant(), nullable=False),
        sa.Column("heard_at", Instant(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("card_id", sa.String(length=36), nullable=True),
        sa.Column("printer", sa.String(length=80), nullable=False),
        sa.Column("holder", sa.String(length=64), nullable=True),
        sa.Column("free_pages", sa.Integer(), nullable=False),
        sa.Column("printed", sa.Integer(), nullable=False),
        sa.Column("charged_cents", sa.BigInteger(), nullable=False),
        sa.Column("refunded_pages", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["print_card.card_id"], name="fk_print_hold_card_id_print_card"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name="fk_print_hold_site_id_site"),
        sa.ForeignKeyConstraint(
            ["station_id"], ["station.station_id"], name="fk_print_hold_station_id_station"
        ),
        sa.PrimaryKeyConstraint("hold_id", name="pk_print_hold"),
    )
    op.create_index("ix_print_hold_holder_day", "print_hold", ["holder", "day"], unique=False)
    op.create_index("ix_print_hold_card_id", "print_hold", ["card_id"], unique=False)
    op.create_index(
        "ix_print_hold_state_open",
        "print_hold",
        ["state"],
        unique=False,
        sqlite_where=sa.text(_OPEN),
        postgresql_where=sa.text(_OPEN),
    )
    op.create_table(
        "price_line",
        sa.Column("line_id", sa.String(length=36), nullable=False),
        sa.Column("site_id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("written_by", sa.String(length=36), nullable=False),
        sa.Column("written_at", Instant(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name="fk_price_line_site_id_site"),
        sa.PrimaryKeyConstraint("line_id", name="pk_price_line"),
    )
    op.create_index("ix_price_line_site_id", "price_line", ["site_id"], unique=False)
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _POSTGRESQL if postgresql else _SQLITE:
        op.execute(statement)
