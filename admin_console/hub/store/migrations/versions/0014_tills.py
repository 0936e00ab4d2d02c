"""What happens to tills: openings, counts, closings and receipts, none of which ever changes.

Revision ID: 0014
"""

import sqlalchemy as sa
from alembic import op

from admin_console.hub.store.column import Instant

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_NEVER = "money is never changed nor taken away, only reversed"
_SHUT = "no line is added to a till that is closed"

_KEPT = {
    "till_event": "ask_id = NEW.ask_id OR (till_id = NEW.till_id AND number = NEW.number)",
    "receipt": "(till_id = NEW.till_id AND year = NEW.year AND number = NEW.number)"
    " OR posting_id = NEW.posting_id"
    " OR (till_id = NEW.till_id AND paper_number = NEW.paper_number)",
    "receipt_copy": "ask_id = NEW.ask_id",
}
"""The tables whose rows stay, and what a row would take the place of: SQLite replaces quietly."""

_IS_SHUT = (
    "NEW.kind IN ('till_cash', 'till_card', 'till_cheque') AND NOT EXISTS"
    " (SELECT 1 FROM till WHERE till_id = NEW.subject AND opened_at IS NOT NULL)"
)

_SQLITE = [
    *(
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END"
        for table in _KEPT
        for verb in ("UPDATE", "DELETE")
    ),
    *(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"
        f" BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END"
        for table, same in _KEPT.items()
    ),
    f"""
    CREATE TRIGGER ledger_line_no_shut_till BEFORE INSERT ON ledger_line
    WHEN {_IS_SHUT}
    BEGIN SELECT RAISE(ABORT, '{_SHUT}'); END
    """,
]
_POSTGRESQL = [
    *(
        statement
        for table in _KEPT
        for statement in (
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_money_change()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_money_change()",
        )
    ),
    f"""
    CREATE FUNCTION refuse_shut_till() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF {_IS_SHUT} THEN
        RAISE EXCEPTION '{_SHUT}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER ledger_line_no_shut_till BEFORE INSERT ON ledger_line
    FOR EACH ROW EXECUTE FUNCTION refuse_shut_till()
    """,
]


def upgrade() -> None:
    """Make the tables and what guards them; what was written before has no receipt."""
    _widen_till()
    _make_tables()
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _POSTGRESQL if postgresql else _SQLITE:
        op.execute(statement)


def _widen_till() -> None:
    for column in (
        sa.Column("regie", sa.String(length=80), nullable=False, server_default=sa.text("''")),
        sa.Column("ceiling_cents", sa.BigInteger(), nullable=True),
        sa.Column("session", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("opened_by", sa.String(length=80), nullable=True),
        sa.Column(
            "opened_name", sa.String(length=80), nullable=False, server_default=sa.text("''")
        ),
        sa.Column("float_cents", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("counted_at", Instant(), nullable=True),
    ):
        op.add_column("till", column)


def _make_tables() -> None:
    op.create_table(
        "till_event",
        sa.Column("ask_id", sa.String(length=36), nullable=False),
        sa.Column("ask_digest", sa.LargeBinary(), nullable=False),
        sa.Column("till_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["till_id"], ["till.till_id"], name="fk_till_event_till_id_till"),
        sa.PrimaryKeyConstraint("ask_id", name="pk_till_event"),
        sa.UniqueConstraint("till_id", "number", name="uq_till_event_till_id_number"),
    )
    op.create_table(
        "receipt",
        sa.Column("till_id", sa.String(length=80), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("posting_id", sa.String(length=36), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("paper_number", sa.String(length=20), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"],
            ["ledger_posting.posting_id"],
            name="fk_receipt_posting_id_ledger_posting",
        ),
        sa.ForeignKeyConstraint(["till_id"], ["till.till_id"], name="fk_receipt_till_id_till"),
        sa.PrimaryKeyConstraint("till_id", "year", "number", name="pk_receipt"),
        sa.UniqueConstraint("posting_id", name="uq_receipt_posting_id"),
        sa.UniqueConstraint("till_id", "paper_number", name="uq_receipt_till_id_paper_number"),
    )
    op.create_index("ix_receipt_at", "receipt", ["at"], unique=False)
    op.create_table(
        "receipt_copy",
        sa.Column("ask_id", sa.String(length=36), nullable=False),
        sa.Column("till_id", sa.String(length=80), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["till_id", "year", "number"],
            ["receipt.till_id", "receipt.year", "receipt.number"],
            name="fk_receipt_copy_till_id_year_number_receipt",
        ),
        sa.PrimaryKeyConstraint("ask_id", name="pk_receipt_copy"),
        sa.UniqueConstraint(
            "till_id", "year", "number", "copy", name="uq_receipt_copy_till_id_year_number_copy"
        ),
    )
