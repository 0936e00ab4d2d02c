"""Who may not sit here: the seat is kept for somebody else, or the room does not admit them.

Whom to turn to is given by the caller, who knows whether anybody stands there.
"""

from kiosk.look.language import Language
from kiosk.look.phrase import Phrase
from kiosk.look.trouble import Trouble
from kiosk.rules.slot import Ground
from kiosk.wire.face import RefusalFace

ADMISSION = frozenset(
    {
        Ground.TOO_YOUNG,
        Ground.NOT_RESIDENT,
        Ground.NO_AUTHORISATION,
        Ground.CARD_EXPIRED,
        Ground.NOT_ADMITTED,
    }
)
"""The grounds on which a person, and not a seat, is refused."""


def reserved(language: Language, phrase: Phrase, refusal: RefusalFace) -> Trouble:
    """Return for whom a seat is kept, or that others wait."""
    _ = language.gettext
    valid = _("Your card stays valid.")
    said = {"ticket": refusal.ticket}
    if refusal.ground is Ground.TICKET_NEEDED:
        fact = _("Others are waiting for a seat.")
        if refusal.ticket:
            fact = _("Others are waiting for a seat, first of all %(ticket)s.") % said
        return Trouble(fact, valid, _("Take a ticket: your turn comes."))
    if refusal.ticket:
        fact = _("This seat is held for ticket %(ticket)s.") % said
        return Trouble(fact, valid, _("Take a ticket, or choose another seat."))
    fact = _("This seat is held for somebody whose session a power cut has stopped.")
    if refusal.at is not None:
        until = _("It is held until %(time)s.") % {"time": phrase.time(refusal.at)}
        return Trouble(f"{fact} {until}", valid, _("Please choose another seat."))
    return Trouble(fact, valid, _("Please choose another seat."))


def not_admitted(language: Language, refusal: RefusalFace, who_helps: str) -> Trouble:
    """Return why the room does not admit somebody, what is kept, and what would help.

    Args:
        language: the language of the reader.
        refusal: on one of the grounds of `ADMISSION`.
        who_helps: whom to turn to, a sentence; empty where nobody is named.
    """
    _ = language.gettext
    fact, kept, advice = _three_parts(language, refusal)
    return Trouble(fact, kept or _("Your card stays valid."), f"{advice} {who_helps}".strip())


def _three_parts(language: Language, refusal: RefusalFace) -> tuple[str, str, str]:
    _ = language.gettext
    elsewhere = _("You can go to another room.")
    match refusal.ground:
        case Ground.TOO_YOUNG:
            fact = _("Only people of a certain age can sit in this room.")
            if refusal.minimum_age is not None:
                fact = _("This room is for people aged %(age)d and over.") % {
                    "age": refusal.minimum_age
                }
            missing = _("If your age is not written down yet, have it added.")
            return fact, "", f"{elsewhere} {missing}"
        case Ground.NOT_RESIDENT:
            return _("This room is for people who live in the town."), "", elsewhere
        case Ground.NO_AUTHORISATION:
            return (
                _("The authorisation of a parent or guardian is missing."),
                "",
                _("Once it is recorded, you can start a session."),
            )
        case Ground.CARD_EXPIRED:
            return (
                _("Your card is no longer valid."),
                _("It can be renewed."),
                _("Have it renewed where you got it."),
            )
        case _:
            return _("Your card starts no session in this room."), "", elsewhere
