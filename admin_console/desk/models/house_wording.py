"""What the editor of a place's rules says, in the language of the screen."""

from kiosk.hublink.failure import Failure, Reason
from kiosk.look.language import Language
from kiosk.look.trouble import Trouble
from kiosk.wire.problem import ProblemCode


class HouseWording:
    """Tells what becomes of the rules that somebody writes."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def since(self) -> str:
        """Return from when on new rules hold."""
        return self.language.gettext("Whoever sits for the first time from then on reads it.")

    def failure(self, failure: Failure) -> Trouble:
        """Return why nothing was saved, or why nobody knows."""
        _ = self.language.gettext
        kept = _("What you wrote stays here.")
        code = failure.problem.code if failure.problem is not None else None
        if code is ProblemCode.NOT_ALLOWED:
            advice = _("Ask an administrator of this place.")
            return Trouble(_("You may not change these rules."), kept, advice)
        if failure.reason is Reason.UNREACHABLE:
            advice = _("Save again once the connection is back.")
            return Trouble(_("No connection: nothing was saved."), kept, advice)
        if failure.reason is Reason.PROBLEM:
            advice = _("Cancel the changes and begin again, or tell IT.")
            return Trouble(_("These rules could not be saved."), kept, advice)
        advice = _("Save again: nothing is ever entered twice.")
        return Trouble(_("No answer came: perhaps it is saved."), kept, advice)

    def moved(self, theirs: str) -> Trouble:
        """Return that somebody else has saved meanwhile, and what."""
        _ = self.language.gettext
        saved = _("Saved: “%(rules)s”") % {"rules": theirs} if theirs else _("Saved: no rules.")
        return Trouble(
            _("Somebody else has just changed these rules."),
            _("Nothing of yours was saved, and what you wrote stays here."),
            saved,
        )
