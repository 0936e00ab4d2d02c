"""Times, dates, durations and money as the house writes them, in the current language.

Everything goes through Babel. The shipped font knows no narrow no-break space, so every space that
must not break is U+00A0.
"""

from datetime import date, datetime, tzinfo
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal

from kiosk.look.language import Language

NBSP = "\u00a0"
NARROW = "\u202f"
LOCALES = {"fr": "fr_FR", "en": "en_GB"}


class Phrase:
    """Writes values for the screen. `zone` is where the reader sits.

    Instants are aware; minutes and seconds are whole numbers; money is in cents of a euro.
    """

    def __init__(self, language: Language, zone: tzinfo) -> None:
        self._language = language
        self._zone = zone
        self._locales = {code: Locale.parse(name) for code, name in LOCALES.items()}

    @property
    def locale(self) -> Locale:
        """The Babel locale of the current language."""
        return self._locales[self._language.code]

    def clock(self, moment: datetime) -> str:
        """Return the face of a clock: "14:32"."""
        return format_time(self._local(moment), "HH:mm", locale=self.locale)

    def time(self, moment: datetime) -> str:
        """Return an instant inside a sentence: "15 h 40", "19 h", in English "3:40 pm", "7 pm"."""
        local = self._local(moment)
        if self._language.code == "fr":
            pattern = f"H'{NBSP}h{NBSP}'mm" if local.minute else f"H'{NBSP}h'"
            return format_time(local, pattern, locale=self.locale)
        pattern = f"h:mm{NBSP}a" if local.minute else f"h{NBSP}a"
        return format_time(local, pattern, locale=self.locale).lower()

    def time_range(self, start: datetime, end: datetime) -> str:
        """Return opening hours: "10 h – 19 h"."""
        return f"{self.time(start)}{NBSP}–{NBSP}{self.time(end)}"

    def full_date(self, day: date | datetime) -> str:
        """Return a whole date: "mercredi 14 octobre 2026"."""
        return self._day(day, "EEEE d MMMM y")

    def number_date(self, day: date | datetime) -> str:
        """Return a date in figures: "30/06/2027"."""
        return self._day(day, "dd/MM/y")

    def day(self, day: date | datetime) -> str:
        """Return a date without its year: "mercredi 14 octobre"."""
        return self._day(day, "EEEE d MMMM")

    def short_day(self, day: date | datetime) -> str:
        """Return a short date: "mer. 14 octobre"."""
        return self._day(day, "EEE d MMMM")

    def weekday(self, day: date | datetime) -> str:
        """Return the day of the week: "jeudi"."""
        return self._day(day, "EEEE")

    def duration(self, seconds: int) -> str:
        """Return a length of time in a few signs: "4 h 28", "1 h", "22 min". Rounds up."""
        hours, minutes = divmod(-(-max(0, seconds) // 60), 60)
        if not hours:
            return f"{minutes}{NBSP}min"
        if not minutes:
            return f"{hours}{NBSP}h"
        if self._language.code == "fr":
            return f"{hours}{NBSP}h{NBSP}{minutes:02d}"
        return f"{hours}{NBSP}h{NBSP}{minutes}{NBSP}min"

    def long_duration(self, seconds: int) -> str:
        """Return a length of time in words: "47 minutes", "1 heure", "1 heure 5 minutes"."""
        hours, minutes = divmod(-(-max(0, seconds) // 60), 60)
        told = []
        if hours:
            form = self._language.ngettext("%(count)d hour", "%(count)d hours", hours)
            told.append(form % {"count": hours})
        if minutes or not hours:
            form = self._language.ngettext("%(count)d minute", "%(count)d minutes", minutes)
            told.append(form % {"count": minutes})
        return NBSP.join(told).replace(" ", NBSP)

    def money(self, cents: int) -> str:
        """Return an amount: "4,30 €", in English "€4.30"."""
        amount = Decimal(cents) / 100
        return self._settle(format_currency(amount, "EUR", locale=self.locale))

    def round_money(self, cents: int) -> str:
        """Return an amount without cents that are none: "5 €", "4,30 €"."""
        if cents % 100:
            return self.money(cents)
        whole = self.locale.currency_formats["standard"].pattern.replace(".00", "")
        amount = Decimal(cents // 100)
        return self._settle(
            format_currency(amount, "EUR", whole, locale=self.locale, currency_digits=False)
        )

    def number(self, value: int) -> str:
        """Return a count with its groups of three."""
        return self._settle(format_decimal(value, locale=self.locale))

    def local_date(self, moment: datetime) -> date:
        """Return the date of an instant where the reader sits."""
        return self._local(moment).date()

    def _day(self, day: date | datetime, pattern: str) -> str:
        local = self._local(day).date() if isinstance(day, datetime) else day
        return self._settle(format_date(local, pattern, locale=self.locale))

    def _local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise ValueError("an instant without a zone cannot be told")
        return moment.astimezone(self._zone)

    @staticmethod
    def _settle(text: str) -> str:
        return text.replace(NARROW, NBSP)
