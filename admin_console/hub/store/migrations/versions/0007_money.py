"""The ledger of print credit, its cards and the tills; no row of the ledger is ever changed.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

from admin_console.hub.store.column import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NEVER = "money is never changed nor taken away, only reversed"
_CLOSED = "the lines of this posting are complete"
_NOT_ZERO = "the lines of a posting are all there and sum to zero"
_BACK = "a book only grows"

KEPT = {
    "ledger_posting": "posting_id = NEW.posting_id OR key = NEW.key",
    "ledger_line": "book_id = NEW.book_id AND number = NEW.number",
    "ledger_balanced": "posting_id = NEW.posting_id",
    "print_card_act": "ask_id = NEW.ask_id",
}
"""The tables whose rows stay, and what a row would take the place of: SQLite replaces quietly."""


def sqlite_guards(kept: dict[str, str]) -> list[str]:
    """Return the triggers that keep the rows of some tables as they are."""
    made = [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END"
        for table in kept
        for verb in ("UPDATE", "DELETE")
    ]
    made += [
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}"
        f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"
        f" BEGIN SELECT RAISE(ABORT, '{_NEVER}'); END"
        for table, same in kept.items()
    ]
    return made


def postgresql_guards(kept: dict[str, str]) -> list[str]:
    """Return the same for PostgreSQL, with truncation."""
    return [
        statement
        for table in kept
        for statement in (
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_money_change()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse_money_change()",
        )
    ]


_SQLITE = [
    *sqlite_guards(KEPT),
    f"""
    CREATE TRIGGER ledger_line_no_late BEFORE INSERT ON ledger_line
    WHEN EXISTS (SELECT 1 FROM ledger_balanced WHERE posting_id = NEW.posting_id)
    BEGIN SELECT RAISE(ABORT, '{_CLOSED}'); END
    """,
    f"""
    CREATE TRIGGER ledger_balanced_zero BEFORE INSERT ON ledger_balanced
    WHEN (SELECT COALESCE(SUM(amount_cents), 1) FROM ledger_line
          WHERE posting_id = NEW.posting_id) <> 0
      OR (SELECT COUNT(*) FROM ledger_line WHERE posting_id = NEW.posting_id) IS NOT
         (SELECT line_count FROM ledger_posting WHERE posting_id = NEW.posting_id)
    BEGIN SELECT RAISE(ABORT, '{_NOT_ZERO}'); END
    """,
    f"""
    CREATE TRIGGER ledger_book_no_back BEFORE UPDATE ON ledger_book
    WHEN NEW.last_number <= OLD.last_number OR NEW.book_id <> OLD.book_id
    BEGIN SELECT RAISE(ABORT, '{_BACK}'); END
    """,
    f"""
    CREATE TRIGGER ledger_book_no_delete BEFORE DELETE ON ledger_book
    BEGIN SELECT RAISE(ABORT, '{_BACK}'); END
    """,
]


def _function(name: str, body: str) -> str:
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"


def _refuse(sentence: str) -> str:
    return f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation';"


_POSTGRESQL = [
    _function("refuse_money_change", _refuse(_NEVER)),
    *postgresql_guards(KEPT),
    _function(
        "refuse_late_line",
        "IF EXISTS (SELECT 1 FROM ledger_balanced WHERE posting_id = NEW.posting_id) THEN "
        f"{_refuse(_CLOSED)} END IF; RETURN NEW;",
    ),
    """
    CREATE TRIGGER ledger_line_no_late BEFORE INSERT ON ledger_line
    FOR EACH ROW EXECUTE FUNCTION refuse_late_line()
    """,
    _function(
        "refuse_unbalanced",
        "IF (SELECT COALESCE(SUM(amount_cents), 1) FROM ledger_line"
        " WHERE posting_id = NEW.posting_id) <> 0"
        " OR (SELECT COUNT(*) FROM ledger_line WHERE posting_id = NEW.posting_id)"
        " IS DISTINCT FROM"
        " (SELECT line_count FROM ledger_posting WHERE posting_id = NEW.posting_id) THEN "
        f"{_refuse(_NOT_ZERO)} END IF; RETURN NEW;",
    ),
    """
    CREATE TRIGGER ledger_balanced_zero BEFORE INSERT ON ledger_balanced
    FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced()
    """,
    _function("refuse_book_back", _refuse(_BACK)),
    """
    CREATE TRIGGER ledger_book_no_back BEFORE UPDATE ON ledger_book FOR EACH ROW
    WHEN (NEW.last_number <= OLD.last_number OR NEW.book_id <> OLD.book_id)
    EXECUTE FUNCTION refuse_book_back()
    """,
    """
    CREATE TRIGGER ledger_book_no_delete BEFORE DELETE ON ledger_book
    FOR EACH ROW EXECUTE FUNCTION refuse_book_back()
    """,
    """
    CREATE TRIGGER ledger_book_no_truncate BEFORE TRUNCATE ON ledger_book
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_book_back()
    """,
]


def upgrade() -> None:
    """Make the tables and what guards them."""
    make_tables()
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _POSTGRESQL if postgresql else _SQLITE:
        op.execute(statement)


def make_tables() -> None:
    """Make the tables and their indexes."""
    op.create_table(
        "ledger_book",
        sa.Column("book_id", sa.String(length=80), nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.Column("last_hash", sa.LargeBinary(), nullable=False),
        sa.Column("seal", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("book_id", name="pk_ledger_book"),
    )
    op.create_table(
        "ledger_balanced",
        sa.Column("posting_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("posting_id", name="pk_ledger_balanced"),
    )
    op.create_table(
        "ledger_posting",
        sa.Column("posting_id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("ask_digest", sa.LargeBinary(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("site_id", sa.String(length=80), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("card_id", sa.String(length=36), nullable=True),
        sa.Column("hold_id", sa.String(length=36), nullable=True),
        sa.Column("reverses", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["posting_id"],
            ["ledger_balanced.posting_id"],
            name="fk_ledger_posting_posting_id_ledger_balanced",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["reverses"],
            ["ledger_posting.posting_id"],
            name="fk_ledger_posting_reverses_ledger_posting",
        ),
        sa.PrimaryKeyConstraint("posting_id", name="pk_ledger_posting"),
        sa.UniqueConstraint("key", name="uq_ledger_posting_key"),
        sa.UniqueConstraint("reverses", name="uq_ledger_posting_reverses"),
    )
    op.create_index("ix_ledger_posting_card_id", "ledger_posting", ["card_id"], unique=False)
    op.create_index("ix_ledger_posting_hold_id", "ledger_posting", ["hold_id"], unique=False)
    op.create_table(
        "ledger_line",
        sa.Column("book_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("posting_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("balance_cents", sa.BigInteger(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "balance_cents >= 0 OR kind NOT IN ('card', 'authorised', 'sending', 'doubtful')",
            name=op.f("ck_ledger_line_never_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["posting_id"],
            ["ledger_posting.posting_id"],
            name="fk_ledger_line_posting_id_ledger_posting",
        ),
        sa.PrimaryKeyConstraint("book_id", "number", name="pk_ledger_line"),
    )
    op.create_index("ix_ledger_line_posting_id", "ledger_line", ["posting_id"], unique=False)
    op.create_index(
        "ix_ledger_line_kind_subject_number",
        "ledger_line",
        ["kind", "subject", "number"],
        unique=False,
    )
    op.create_table(
        "print_card",
        sa.Column("card_id", sa.String(length=36), nullable=False),
        sa.Column("number_digest", sa.String(length=64), nullable=False),
        sa.Column("last_four", sa.String(length=4), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("issued_at", Instant(), nullable=False),
        sa.Column("site_id", sa.String(length=80), nullable=False),
        sa.Column("member", sa.String(length=64), nullable=True),
        sa.Column("replaced_by", sa.String(length=36), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["replaced_by"], ["print_card.card_id"], name="fk_print_card_replaced_by_print_card"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name="fk_print_card_site_id_site"),
        sa.PrimaryKeyConstraint("card_id", name="pk_print_card"),
        sa.UniqueConstraint("number_digest", name="uq_print_card_number_digest"),
    )
    op.create_index("ix_print_card_member", "print_card", ["member"], unique=False)
    op.create_table(
        "print_card_act",
        sa.Column("ask_id", sa.String(length=36), nullable=False),
        sa.Column("ask_digest", sa.LargeBinary(), nullable=False),
        sa.Column("card_id", sa.String(length=36), nullable=False),
        sa.Column("act", sa.String(length=16), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("site_id", sa.String(length=80), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"], ["print_card.card_id"], name="fk_print_card_act_card_id_print_card"
        ),
        sa.PrimaryKeyConstraint("ask_id", name="pk_print_card_act"),
    )
    op.create_index("ix_print_card_act_card_id", "print_card_act", ["card_id"], unique=False)
    op.create_table(
        "till",
        sa.Column("till_id", sa.String(length=80), nullable=False),
        sa.Column("site_id", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["site.site_id"], name="fk_till_site_id_site"),
        sa.PrimaryKeyConstraint("till_id", name="pk_till"),
    )
    op.create_index("ix_till_site_id", "till", ["site_id"], unique=False)
