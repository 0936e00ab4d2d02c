"""The sentences around a guest pass: why it does not open, and where a code is given."""

from kiosk.look.language import Language
from kiosk.look.trouble import Trouble
from kiosk.rules.slot import Ground
from kiosk.shell.words import Teller
from kiosk.wire.face import RefusalFace, Snapshot


def pass_refusal(
    language: Language, teller: Teller, snapshot: Snapshot, refusal: RefusalFace
) -> Trouble:
    """Return why a pass opens nothing, what is kept and what to do."""
    _, ngettext = language.gettext, language.ngettext
    helps = teller.who_helps(snapshot)
    waits = refusal.retry_at is not None and refusal.retry_at > snapshot.now
    again = _("Please type it again, as it is printed.")
    if waits and refusal.retry_at is not None:
        again = teller.wait(snapshot, refusal.retry_at)
    match refusal.ground:
        case Ground.WRONG_CARD_OR_CODE:
            kept = _("A pass that is good stays good.")
            if refusal.tries_left is not None and not waits:
                left = refusal.tries_left
                told = ngettext(
                    "You have %(count)d try left.", "You have %(count)d tries left.", left
                )
                kept = told % {"count": left}
            return Trouble(
                _("This is not the code of a pass for today."), kept, _join(again, helps)
            )
        case Ground.TOO_MANY_TRIES:
            return Trouble(
                _("There have been too many tries in a row."),
                _("A pass that is good stays good."),
                _join(again if waits else _("You can try again later."), helps),
            )
        case Ground.PASS_USED:
            return Trouble(
                _("This pass has already opened a session."),
                _("A pass opens one session."),
                _join(_("Ask for another one."), helps),
            )
        case Ground.NO_ANSWER:
            return Trouble(
                _("We cannot check your pass at the moment."),
                _("Nothing is lost, your pass stays good."),
                _join(_("Try again in a minute."), helps),
            )
        case _:
            told_of_card = teller.sign_in_refusal(snapshot, refusal)
            return Trouble(told_of_card.fact, _("Your pass stays good."), told_of_card.advice)


def who_gives(language: Language, snapshot: Snapshot) -> tuple[str, str]:
    """Return where a code is given and when; empty where the site has not said it."""
    _ = language.gettext
    contact = snapshot.help_contact
    if snapshot.staffed:
        return _("Ask at the front desk"), _("You are given a code there.")
    if contact is None:
        return "", ""
    return _("Call %(telephone)s") % {"telephone": contact.telephone}, contact.hours


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)
