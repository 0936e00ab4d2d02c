"""Who may do what with money."""

from kiosk.wire.desk import Role

CASHIERS = frozenset({Role.CASHIER, Role.REGISSEUR, Role.ADMIN})
"""May serve at a till: cards, top-ups, statements, refunds of pages."""

STEWARDS = frozenset({Role.REGISSEUR, Role.ADMIN})
"""Answer for the money: reversals, prices, what is owed."""
