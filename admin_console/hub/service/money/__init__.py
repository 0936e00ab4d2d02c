"""The use cases of money: the ledger of print credit, its cards, holds, prices and tills.

Everything that moves a cent goes through `ledger.Ledger`, in one transaction with its lines.
Locks are taken in one order: the ask's key, cards by their id, the till, books by their name.
No SQL and no card number live here: rows come through the ports, numbers as keyed digests.
"""
