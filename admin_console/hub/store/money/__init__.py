"""The rows of money on SQLite and PostgreSQL.

Rows of the ledger are only ever added: triggers of the database refuse to change or remove one.
Each module holds the rows of one thing; the tables of all stand in `schema`.
"""
