"""What is said when a card, or a card and its code, open nothing."""

from kiosk.look.language import Language
from kiosk.look.trouble import Trouble
from kiosk.wire.face import LockFace, RefusalFace


def wrong_card(
    language: Language, face: LockFace | None, refusal: RefusalFace, wait: str, who_helps: str
) -> Trouble:
    """Return that a try was in vain, what is kept, and how to try again.

    With a code beside the card nothing tells which of the two is wrong.

    Args:
        language: the language of the reader.
        face: the lock, which may ask for the card alone.
        refusal: with the tries that are left.
        wait: how long to wait before the next try, a sentence; empty where one may try at once.
        who_helps: whom to turn to, a sentence; empty where nobody is named.
    """
    _, ngettext = language.gettext, language.ngettext
    fact, again = _("This card and this code do not go together."), _("Please type both again.")
    if face is not None and face.card_alone:
        fact = _("This card is not known.")
        if face.away is not None:
            fact = _("This session was opened by another card.")
        again = _("Hold your card under the reader once more.")
    left = refusal.tries_left
    if wait or left is None:
        parts = (wait, who_helps) if wait else (again,)
        return Trouble(fact, _("Your card stays valid."), " ".join(filter(None, parts)))
    kept = ngettext("You have %(count)d try left.", "You have %(count)d tries left.", left)
    parts = (again, who_helps if left <= 1 else "")
    return Trouble(fact, kept % {"count": left}, " ".join(filter(None, parts)))
