"""How values are written on the paper of a régie.

It is French whatever the screen speaks: it goes to the accountant. The shipped font knows no narrow
no-break space, so every space that must not break is U+00A0.
"""

from datetime import date, datetime, time, tzinfo
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal

from kiosk.wire.money import Means

FRENCH = Locale.parse("fr_FR")
NBSP = "\u00a0"
NARROW = "\u202f"
MINUS = "\u2212"

MEANS = {Means.CASH: "Espèces", Means.CARD: "Carte bancaire", Means.CHEQUE: "Chèque"}


def write_money(cents: int) -> str:
    """Return an amount for a reader: "4,30 €", "1 204,30 €"; a minus has its space."""
    told = format_currency(Decimal(cents) / 100, "EUR", locale=FRENCH)
    return told.replace(NARROW, NBSP).replace("-", f"{MINUS}{NBSP}")


def write_amount(cents: int) -> str:
    """Return an amount for a program: "4,30", "-1204,30"."""
    return format_decimal(Decimal(cents) / 100, "0.00", locale=FRENCH)


def write_day(day: date) -> str:
    """Return a date in figures: "14/10/2026"."""
    return format_date(day, "dd/MM/y", locale=FRENCH)


def write_time(local: time) -> str:
    """Return a time of the day in figures, with its seconds: "14:32:05"."""
    return format_time(local, "HH:mm:ss", locale=FRENCH)


def write_moment(moment: datetime, zone: tzinfo) -> str:
    """Return an instant in a sentence: "mercredi 14 octobre 2026 à 14 h 32"."""
    local = moment.astimezone(zone)
    day = format_date(local.date(), "EEEE d MMMM y", locale=FRENCH)
    hour = format_time(local, f"H'{NBSP}h{NBSP}'mm", locale=FRENCH)
    return f"{day} à{NBSP}{hour}"


def write_card(last_four: str) -> str:
    """Return a card as it is told to people: "•••• 5678"."""
    return f"••••{NBSP}{last_four}"


def open_sentence(text: str) -> str:
    """Return the text with a capital letter."""
    return text[:1].upper() + text[1:]
