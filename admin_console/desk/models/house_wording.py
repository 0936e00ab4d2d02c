"""What the editor of a place's texts says, in the language of the screen."""

from admin_console.desk.models.house_writing import HouseWriting
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.language import Language
from kiosk.look.trouble import Trouble
from kiosk.wire.place import SiteView
from kiosk.wire.problem import ProblemCode


class HouseWording:
    """Tells what becomes of the texts that somebody writes."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def since(self) -> str:
        """Return from when on new texts hold."""
        return self.language.gettext("The seats of the place show it at once.")

    def without_top_up(self, *, staffed: bool) -> str:
        """Return what the seats say where nothing is written of where credit is sold."""
        _ = self.language.gettext
        if staffed:
            return _("Nothing is written: the seats send people to the front desk.")
        return _("Nothing is written: the seats name whoever helps at this place.")

    def failure(self, failure: Failure) -> Trouble:
        """Return why nothing was saved, or why nobody knows."""
        _ = self.language.gettext
        kept = _("What you wrote stays here.")
        code = failure.problem.code if failure.problem is not None else None
        if code is ProblemCode.NOT_ALLOWED:
            advice = _("Ask an administrator of this place.")
            return Trouble(_("You may not change these texts."), kept, advice)
        if failure.reason is Reason.UNREACHABLE:
            advice = _("Save again once the connection is back.")
            return Trouble(_("No connection: nothing was saved."), kept, advice)
        if failure.reason is Reason.PROBLEM:
            advice = _("Cancel the changes and begin again, or tell IT.")
            return Trouble(_("These texts could not be saved."), kept, advice)
        advice = _("Save again: nothing is ever entered twice.")
        return Trouble(_("No answer came: perhaps it is saved."), kept, advice)

    def moved(self, mine: HouseWriting, theirs: SiteView) -> Trouble:
        """Return that somebody else has saved meanwhile, and what."""
        _ = self.language.gettext
        saved = []
        if theirs.house_rules != mine.before:
            told = {"rules": theirs.house_rules}
            saved.append(_("Saved: “%(rules)s”") % told if told["rules"] else _("Saved: no rules."))
        if theirs.top_up != mine.top_up_before:
            words = {"words": theirs.top_up}
            saved.append(
                _("Where credit is sold: “%(words)s”") % words
                if theirs.top_up
                else _("Where credit is sold: nothing written.")
            )
        return Trouble(
            _("Somebody else has just changed these texts."),
            _("Nothing of yours was saved, and what you wrote stays here."),
            " ".join(saved),
        )
