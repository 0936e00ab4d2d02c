"""What the console says of a sign-in that failed, or a session that ended."""

from admin_console.desk.models.leaving import Leaving
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.language import Language
from kiosk.look.phrase import NBSP
from kiosk.look.trouble import Trouble
from kiosk.wire.desk import StaffRefused

MINUTE = 60


class Entrance:
    """Tells why nobody is signed in: a fact, and what to do."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def refused(self, refused: StaffRefused) -> tuple[str, str]:
        """Tell a refusal, never whether the name or the password is wrong."""
        _ = self._language.gettext
        if refused.retry_seconds > 0:
            again = _("You can try again in %(wait)s.") % {"wait": self.wait(refused.retry_seconds)}
            return _told(Trouble(_("Too many tries."), self._going_on(), again))
        fact = _("Name or password is not right.")
        advice = _("Check both and try again, or ask whoever looks after the accounts.")
        return _told(Trouble(fact, self._going_on(), advice))

    def failed(self, failure: Failure) -> tuple[str, str]:
        """Tell what stood in the way."""
        _ = self._language.gettext
        if failure.reason is Reason.NOT_TRUSTED:
            fact = _("The address does not prove who it is.")
            advice = _("Tell the IT department before you go on.")
            return _told(Trouble(fact, _("Nothing was sent."), advice))
        if failure.reason in {Reason.UNREACHABLE, Reason.TIMEOUT}:
            advice = _("Check the network, try again.")
            return _told(Trouble(_("No contact."), self._going_on(), advice))
        advice = _("Please try again in a moment. If it lasts, tell the IT department.")
        return _told(Trouble(_("Signing in did not work."), self._going_on(), advice))

    def _going_on(self) -> str:
        return self._language.gettext("Nothing is lost: the seats go on by themselves.")

    def left(self, leaving: Leaving) -> tuple[str, str]:
        """Tell how a session ended."""
        _ = self._language.gettext
        if leaving is Leaving.EXPIRED:
            return _("Your sign-in is over."), _("What you sent is kept. Please sign in again.")
        return _("You are signed out."), ""

    def wait(self, seconds: int) -> str:
        """Return how long to wait."""
        ngettext = self._language.ngettext
        if seconds < MINUTE:
            form = ngettext("%(count)d second", "%(count)d seconds", seconds)
            return (form % {"count": seconds}).replace(" ", NBSP)
        minutes = -(-seconds // MINUTE)
        form = ngettext("%(count)d minute", "%(count)d minutes", minutes)
        return (form % {"count": minutes}).replace(" ", NBSP)


def _told(trouble: Trouble) -> tuple[str, str]:
    return trouble.fact, trouble.rest
