"""Runs revisions on the connection that `upgrade` has opened."""

from alembic import context
from sqlalchemy import Connection

from admin_console.hub.store.money.schema import ledger_book

connection = context.config.attributes["connection"]
if not isinstance(connection, Connection):
    raise TypeError("migrations run through admin_console.hub.store.upgrade only")

context.configure(
    connection=connection, target_metadata=ledger_book.metadata, transaction_per_migration=False
)
with context.begin_transaction():
    context.run_migrations()
