"""The tables of money. A change here comes with a migration, like one of `store.schema`.

A posting is proved before the commit: its id is a foreign key into `ledger_balanced`, checked at
the end of the transaction, and a trigger lets a row into that table only where all of the posting's
lines are there and sum to zero. After that another trigger takes no further line of it.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from admin_console.hub.service.money.record import PostingKind, TillEventKind
from admin_console.hub.store.column import Choice, Instant, Json
from admin_console.hub.store.schema import ID, NAME, REFERENCE, metadata
from kiosk.rules.credit import HoldState
from kiosk.wire.money import CardState

KEY = String(60)

ledger_book = Table(
    "ledger_book",
    metadata,
    Column("book_id", NAME, primary_key=True),
    Column("last_number", BigInteger, nullable=False),
    Column("last_hash", LargeBinary, nullable=False),
    Column("seal", LargeBinary, nullable=False),
)
"""Where each book ends. Whoever writes to a book locks its row until the commit."""

ledger_balanced = Table("ledger_balanced", metadata, Column("posting_id", ID, primary_key=True))
"""The postings whose lines are complete and sum to zero."""

ledger_posting = Table(
    "ledger_posting",
    metadata,
    Column(
        "posting_id",
        ID,
        ForeignKey("ledger_balanced.posting_id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
    ),
    Column("key", KEY, nullable=False, unique=True),
    Column("ask_digest", LargeBinary, nullable=False),
    Column("kind", Choice(PostingKind), nullable=False),
    Column("at", Instant, nullable=False),
    Column("site_id", NAME, nullable=False),
    Column("actor", NAME, nullable=False),
    Column("line_count", Integer, nullable=False),
    Column("answer", Json, nullable=False),
    Column("detail", Json, nullable=False),
    Column("card_id", ID, index=True),
    Column("hold_id", ID, index=True),
    Column("reverses", ID, ForeignKey("ledger_posting.posting_id"), unique=True),
    Column("reason", Text, nullable=False),
)

ledger_line = Table(
    "ledger_line",
    metadata,
    Column("book_id", NAME, primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("posting_id", ID, ForeignKey("ledger_posting.posting_id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("subject", NAME, nullable=False),
    Column("amount_cents", BigInteger, nullable=False),
    Column("balance_cents", BigInteger, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    CheckConstraint(
        "balance_cents >= 0 OR kind NOT IN ('card', 'authorised', 'sending', 'doubtful')",
        name="never_negative",
    ),
    Index("ix_ledger_line_kind_subject_number", "kind", "subject", "number"),
)

print_card = Table(
    "print_card",
    metadata,
    Column("card_id", ID, primary_key=True),
    Column("number_digest", REFERENCE, nullable=False, unique=True),
    Column("last_four", String(4), nullable=False),
    Column("state", Choice(CardState), nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("site_id", NAME, ForeignKey("site.site_id"), nullable=False),
    Column("member", REFERENCE, index=True),
    Column("replaced_by", ID, ForeignKey("print_card.card_id")),
    Column("expires_on", Date),
)

print_card_act = Table(
    "print_card_act",
    metadata,
    Column("ask_id", ID, primary_key=True),
    Column("ask_digest", LargeBinary, nullable=False),
    Column("card_id", ID, ForeignKey("print_card.card_id"), nullable=False, index=True),
    Column("act", String(16), nullable=False),
    Column("at", Instant, nullable=False),
    Column("site_id", NAME, nullable=False),
    Column("actor", NAME, nullable=False),
    Column("reason", Text, nullable=False),
    Column("answer", Json, nullable=False),
)
"""What staff did to a card without moving money; kept for ever."""

print_hold = Table(
    "print_hold",
    metadata,
    Column("hold_id", ID, primary_key=True),
    Column("station_id", ID, ForeignKey("station.station_id"), nullable=False),
    Column("slot_id", ID, nullable=False),
    Column("site_id", NAME, ForeignKey("site.site_id"), nullable=False),
    Column("state", Choice(HoldState), nullable=False),
    Column("amount_cents", BigInteger, nullable=False),
    Column("authorised_at", Instant, nullable=False),
    Column("heard_at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("card_id", ID, ForeignKey("print_card.card_id")),
    Column("printer", NAME, nullable=False),
    Column("holder", REFERENCE),
    Column("free_pages", Integer, nullable=False),
    Column("printed", Integer, nullable=False),
    Column("charged_cents", BigInteger, nullable=False),
    Column("refunded_pages", Integer, nullable=False),
    Index("ix_print_hold_holder_day", "holder", "day"),
    Index("ix_print_hold_card_id", "card_id"),
)
"""How the holds stand. What moved is in the ledger, and the verifier compares the two."""
Index(
    "ix_print_hold_state_open",
    print_hold.c.state,
    sqlite_where=text("state IN ('authorised', 'sending', 'doubtful')"),
    postgresql_where=text("state IN ('authorised', 'sending', 'doubtful')"),
)

price_line = Table(
    "price_line",
    metadata,
    Column("line_id", ID, primary_key=True),
    Column("site_id", NAME, ForeignKey("site.site_id"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("written_by", ID, nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("body", Json, nullable=False),
)
"""The price lists of the sites; a line is never changed."""

till = Table(
    "till",
    metadata,
    Column("till_id", NAME, primary_key=True),
    Column("site_id", NAME, ForeignKey("site.site_id"), nullable=False, index=True),
    Column("name", NAME, nullable=False),
    Column("opened_at", Instant),
    Column("regie", NAME, nullable=False, server_default=text("''")),
    Column("ceiling_cents", BigInteger),
    Column("session", Integer, nullable=False, server_default="0"),
    Column("opened_by", NAME),
    Column("opened_name", NAME, nullable=False, server_default=text("''")),
    Column("float_cents", BigInteger, nullable=False, server_default="0"),
    Column("counted_at", Instant),
)

till_event = Table(
    "till_event",
    metadata,
    Column("ask_id", ID, primary_key=True),
    Column("ask_digest", LargeBinary, nullable=False),
    Column("till_id", NAME, ForeignKey("till.till_id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("session", Integer, nullable=False),
    Column("kind", Choice(TillEventKind), nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", NAME, nullable=False),
    Column("body", Json, nullable=False),
    Column("answer", Json, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("seal", LargeBinary, nullable=False),
    UniqueConstraint("till_id", "number"),
)
"""The chain of each till: opened, counted, closed. Nothing of it is ever changed."""

receipt = Table(
    "receipt",
    metadata,
    Column("till_id", NAME, ForeignKey("till.till_id"), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("posting_id", ID, ForeignKey("ledger_posting.posting_id"), nullable=False, unique=True),
    Column("session", Integer, nullable=False),
    Column("at", Instant, nullable=False, index=True),
    Column("paper_number", String(20)),
    Column("body", Json, nullable=False),
    UniqueConstraint("till_id", "paper_number"),
)
"""Receipts, without a gap in a till and year. Nothing of it is ever changed."""

receipt_copy = Table(
    "receipt_copy",
    metadata,
    Column("ask_id", ID, primary_key=True),
    Column("till_id", NAME, nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", NAME, nullable=False),
    ForeignKeyConstraint(
        ["till_id", "year", "number"], ["receipt.till_id", "receipt.year", "receipt.number"]
    ),
    UniqueConstraint("till_id", "year", "number", "copy"),
)
