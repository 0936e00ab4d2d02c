"""A language that nobody speaks: every sentence of the catalogue, accented and two fifths longer.

What is cut in it would be cut in a language with longer words, and what is not accented is not in
the catalogue.
"""

import re

from kiosk.look.language import Language

LONGER = 0.4
ACCENTS = str.maketrans("aceinouyACEINOUY", "àçéîñôûÿÀÇÉÎÑÔÛŸ")
_KEPT = re.compile(r"(%\(\w+\)[ds]|%%|<[^>]+>|\s+)")
"""Places for values, marks and spaces: they stay as they are."""


def lengthen(sentence: str) -> str:
    """Return a sentence with accents, its words longer by two fifths in all."""
    owed, told = 0.0, []
    for part in _KEPT.split(sentence):
        if not part or _KEPT.fullmatch(part):
            told.append(part)
            continue
        owed += len(part) * LONGER
        extra = int(owed)
        owed -= extra
        told.append(_stretch(part.translate(ACCENTS), extra))
    return "".join(told)


def _stretch(word: str, extra: int) -> str:
    """Repeat the vowels of a word from the left until it is longer by `extra` signs."""
    while extra > 0:
        spots = [place for place, sign in enumerate(word) if sign.isalpha()]
        if not spots:
            return word
        for place in reversed(spots[1::2][:extra] or spots[:extra]):
            word = word[: place + 1] + word[place].lower() + word[place + 1 :]
            extra -= 1
    return word


class PseudoLanguage(Language):
    """French, as if its words were longer."""

    def gettext(self, message: str) -> str:
        """Return a sentence, longer."""
        return lengthen(super().gettext(message))

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Return the form for a count, longer."""
        return lengthen(super().ngettext(singular, plural, count))

    def pgettext(self, context: str, message: str) -> str:
        """Return a sentence in its context, longer."""
        return lengthen(super().pgettext(context, message))
