"""The kinds of member, what is known of a member, and the time of the card on a slot.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

from admin_console.hub.store.column import Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DEFAULT = "adulte"
"""The category of the members who are there already: nothing more is known of them."""


def upgrade() -> None:
    """Make the categories and give each member one; members without a code may come now."""
    categories = op.create_table(
        "category",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("staff", sa.Boolean(), nullable=False),
        sa.Column("needs_authorisation", sa.Boolean(), nullable=False),
        sa.Column("profile", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_category"),
    )
    if op.get_bind().execute(sa.text("SELECT 1 FROM member LIMIT 1")).first() is not None:
        default = {
            "key": DEFAULT, "place": 0, "title": "Adulte", "staff": False,
            "needs_authorisation": False, "profile": "adult",
        }  # fmt: skip
        op.bulk_insert(categories, [default])
    old = op.create_table(
        "member_of_before",
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("first_name", sa.String(length=80), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=False),
    )
    members = sa.table(
        "member", sa.column("reference"), sa.column("first_name"), sa.column("pin_hash")
    )
    op.execute(
        old.insert().from_select(["reference", "first_name", "pin_hash"], sa.select(members))
    )
    op.drop_table("member")
    made = op.create_table(
        "member",
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("first_name", sa.String(length=80), nullable=False),
        sa.Column("pin_hash", sa.Text(), nullable=True),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("least_age", sa.Integer(), nullable=True),
        sa.Column("resident", sa.Boolean(), nullable=False),
        sa.Column("authorised_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("time", sa.Integer(), nullable=False),
        sa.Column("first_used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["category"], ["category.key"], name="fk_member_category_category"),
        sa.PrimaryKeyConstraint("reference", name="pk_member"),
    )
    kept = sa.select(
        old.c.reference, old.c.first_name, old.c.pin_hash, sa.literal(DEFAULT), sa.false(),
        sa.literal(2),
    )  # fmt: skip
    names = ["reference", "first_name", "pin_hash", "category", "resident", "time"]
    op.execute(made.insert().from_select(names, kept))
    op.drop_table("member_of_before")
    op.add_column(
        "slot", sa.Column("time", sa.Integer(), nullable=False, server_default=sa.text("2"))
    )
