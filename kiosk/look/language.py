"""The words of the screen, in the language that the visitor chose.

English sentences are the ids; French is the first language on screen. The catalogue is the `.po`
file itself, read once, when its language is first asked for (about 20 ms): nothing has to be built,
a fresh clone and a frozen program work alike. Widgets are told by `changed` and say everything
again in a method called `retell`.

Babel finds the sentences because the methods carry gettext's own names:

    _ = language.gettext
    title.say(_("End your session?"))
    language.ngettext("%(count)d page", "%(count)d pages", count) % {"count": count}
"""

import functools
import gettext
import io
from typing import Literal

from PySide6.QtCore import QObject, Signal

from kiosk.look.asset import find_asset

LanguageCode = Literal["fr", "en"]
DOMAIN = "creneau"


def N_(message: str) -> str:  # noqa: N802 - the name by which gettext's tools know it
    """Mark a sentence that is translated later, at the place where it is shown."""
    return message


@functools.cache
def load_catalogue(code: LanguageCode) -> gettext.NullTranslations:
    """Return the sentences of a language; English needs no file, its sentences are the ids.

    Raises:
        AssetMissing: the catalogue is not installed.
    """
    if code == "en":
        return gettext.NullTranslations()
    # Imported late: a program that speaks English only never pays for it.
    from babel.messages import mofile, pofile  # noqa: PLC0415

    path = find_asset("languages", code, "LC_MESSAGES", f"{DOMAIN}.po")
    compiled = io.BytesIO()
    with path.open("rb") as source:
        mofile.write_mo(compiled, pofile.read_po(source, locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


class Language(QObject):
    """The language of a program.

    Signals:
        changed: another language holds; every widget says its words again.
    """

    changed = Signal()

    def __init__(self, code: LanguageCode = "fr", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._code: LanguageCode = code
        self._catalogues: dict[LanguageCode, gettext.NullTranslations] = {
            code: load_catalogue(code)
        }

    @property
    def code(self) -> LanguageCode:
        """The language that holds now."""
        return self._code

    def use(self, code: LanguageCode) -> None:
        """Speak another language."""
        if code == self._code:
            return
        if code not in self._catalogues:
            self._catalogues[code] = load_catalogue(code)
        self._code = code
        self.changed.emit()

    def gettext(self, message: str) -> str:
        """Return a sentence in the current language."""
        return self._catalogues[self._code].gettext(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Return the form for a count; the count is put in by the caller."""
        return self._catalogues[self._code].ngettext(singular, plural, count)

    def pgettext(self, context: str, message: str) -> str:
        """Return a sentence whose English alone would be ambiguous."""
        return self._catalogues[self._code].pgettext(context, message)
