"""What the console says of people who are registered and imported, and of what is wrong."""

from kiosk.look.language import Language
from kiosk.look.trouble import Trouble
from kiosk.wire.people import (
    ImportChecked,
    ImportDone,
    LineFault,
    LineFaultView,
    PersonFault,
)


class PeopleWording:
    """Tells registrations and imports."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def fault(self, fault: PersonFault) -> Trouble:
        """Tell why a person is not kept."""
        _ = self.language.gettext
        kept = _("Nothing was kept.")
        return {
            PersonFault.CARD_TAKEN: Trouble(
                _("Somebody has this card already."), kept, _("Take another card.")
            ),
            PersonFault.NO_SUCH_CATEGORY: Trouble(
                _("There is no such category any more."), kept, _("Choose another one.")
            ),
            PersonFault.NO_NAME: Trouble(
                _("A first name is missing."), kept, _("Write it as it may be shown.")
            ),
            PersonFault.AUTHORISED_LATER: Trouble(
                _("The authorisation bears a later day than today."),
                kept,
                _("Record it once it is there."),
            ),
        }[fault]

    def bad_date(self) -> str:
        """Say that a date can not be read."""
        return self.language.gettext("This is no date. Write it as 30/06/2027, or leave it empty.")

    def bands(self, ages: tuple[int, ...]) -> tuple[tuple[int | None, str], ...]:
        """Return the age bands in words: the first one is that nobody knows."""
        _ = self.language.gettext
        told: list[tuple[int | None, str]] = [(None, _("not known"))]
        for place, age in enumerate(ages):
            if place + 1 == len(ages):
                told.append((age, _("%(age)d and over") % {"age": age}))
            elif age == 0:
                told.append((age, _("under %(age)d") % {"age": ages[place + 1]}))
            else:
                words = {"first": age, "last": ages[place + 1] - 1}
                told.append((age, _("%(first)d to %(last)d") % words))
        return tuple(told)

    # ------------------------------------------------------------------------------- the import

    def line(self, fault: LineFaultView) -> str:
        """Tell a fault of a file: which line, which column, what is wrong."""
        _ = self.language.gettext
        told = {"line": fault.line, "what": self._what(fault)}
        if fault.line == 0:
            return _("The file: %(what)s") % told
        return _("Line %(line)d: %(what)s") % told

    def _what(self, view: LineFaultView) -> str:
        _ = self.language.gettext
        column = {"column": view.column}
        return {
            LineFault.ENCODING: _("it is not written in UTF-8; save it again as UTF-8."),
            LineFault.EMPTY: _("there is nobody in it."),
            LineFault.NO_COLUMN: _("the column “%(column)s” is missing.") % column,
            LineFault.UNKNOWN_COLUMN: _("nobody knows the column “%(column)s”.") % column,
            LineFault.FIELDS: _("it has another number of fields than the heading."),
            LineFault.CARD: _("the card is no number of 4 to 20 digits."),
            LineFault.CARD_TWICE: _("the same card stands on an earlier line."),
            LineFault.NAME: _("the first name is missing or too long."),
            LineFault.CATEGORY: _("there is no such category."),
            LineFault.AGE: _("the age is no whole number of years."),
            LineFault.YES_NO: _("in “%(column)s” only yes or no is meant.") % column,
            LineFault.DATE: _("the date in “%(column)s” can not be read.") % column,
            LineFault.TIME: _("the adapted time is none of those that there are."),
            LineFault.PIN: _("the secret code is no number of 4 digits."),
        }[view.fault]

    def counts(self, answer: ImportChecked | ImportDone) -> str:
        """Tell how many people are new, changed, and the same."""
        ngettext = self.language.ngettext
        parts = (
            ngettext("%(count)d new", "%(count)d new", answer.added) % {"count": answer.added},
            ngettext("%(count)d changed", "%(count)d changed", answer.changed)
            % {"count": answer.changed},
            ngettext("%(count)d the same", "%(count)d the same", answer.same)
            % {"count": answer.same},
        )
        return ", ".join(parts)

    def checked(self, answer: ImportChecked) -> tuple[str, str]:
        """Tell what a file would do: a fact and a sentence."""
        _, ngettext = self.language.gettext, self.language.ngettext
        if answer.faults:
            count = len(answer.faults)
            form = ngettext("%(count)d line to mend", "%(count)d lines to mend", count)
            fact = form % {"count": count}
            return f"{fact}.", _("Nothing was written. Mend the file, then choose it again.")
        if not answer.added and not answer.changed:
            return _("Everybody in this file is known already."), _("There is nothing to write.")
        return f"{self.counts(answer)}.", _("Nothing is written before you say so.")

    def done(self, answer: ImportDone) -> tuple[str, str]:
        """Tell that a file was written."""
        _, ngettext = self.language.gettext, self.language.ngettext
        fact = _("Written: %(counts)s.") % {"counts": self.counts(answer)}
        if not answer.pins_missing:
            return fact, _("The cards are good at once.")
        form = ngettext(
            "%(count)d person has no secret code yet: make one at the desk.",
            "%(count)d people have no secret code yet: make them at the desk.",
            answer.pins_missing,
        )
        return fact, form % {"count": answer.pins_missing}

    def too_large(self) -> Trouble:
        """Say that a file is longer than any import."""
        _ = self.language.gettext
        return Trouble(
            _("This file is too large."), _("Nothing was written."), _("Cut it into several files.")
        )

    def unreadable(self) -> Trouble:
        """Say that a file can not be opened."""
        _ = self.language.gettext
        return Trouble(
            _("This file can not be opened."), _("Nothing was written."), _("Choose another one.")
        )
