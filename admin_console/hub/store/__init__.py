"""The tables, the migrations and the units of work of the hub live here, for SQLite and PostgreSQL.

A table may be changed by a migration that the contract tests run on both databases.
No decision of the house and no wire message may come in beyond what a row must keep.
"""
