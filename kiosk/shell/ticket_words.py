"""What is said of somebody's ticket: its place, its estimate, and what became of a wish."""

from kiosk.rules.slot import Ground
from kiosk.rules.ticket import TicketState
from kiosk.rules.waiting import ListFault
from kiosk.shell.outfit import Outfit
from kiosk.shell.pass_words import pass_refusal
from kiosk.wire.face import Shown, Snapshot, TicketFace, TicketStage

Words = tuple[str, str]
"""A title, and the sentences below it."""


def ticket_words(outfit: Outfit, snapshot: Snapshot, ticket: TicketFace | None) -> Words:
    """Return what is asked, or what was answered."""
    _ = outfit.language.gettext
    if ticket is None or (ticket.stage is TicketStage.ASKING and not ticket.label):
        title = _("Take a ticket, or see yours")
        if snapshot.shown is Shown.SESSION:
            title = _("Is somebody waiting for a seat?")
            return title, _("Hold the card of whoever waits under the reader. No code is needed.")
        told = _("Hold your card under the reader, or type the digits of your guest pass.")
        return title, told
    match ticket.stage:
        case TicketStage.UNKNOWN_CARD:
            helps = outfit.teller.who_helps(snapshot)
            told = _("No ticket was taken. Hold the card under the reader once more.")
            return _("This card is not known here"), f"{told} {helps}".strip()
        case TicketStage.NO_ANSWER:
            told = _("No ticket was taken. Try again in a minute.")
            if ticket.label:
                told = _("Your ticket stands as it was. Try again in a minute.")
            return _("Your request got no answer"), told
        case TicketStage.REFUSED:
            return _refused(outfit, snapshot, ticket)
        case _:
            return _own(outfit, snapshot, ticket)


def _own(outfit: Outfit, snapshot: Snapshot, ticket: TicketFace) -> Words:
    _ = outfit.language.gettext
    if ticket.state is TicketState.LEFT:
        return _("Your ticket is given back"), _("You can take another one whenever you like.")
    title = _("Your ticket: %(ticket)s") % {"ticket": ticket.label}
    return title, ticket_place(outfit, snapshot, ticket)


def _refused(outfit: Outfit, snapshot: Snapshot, ticket: TicketFace) -> Words:
    _ = outfit.language.gettext
    said = {"ticket": ticket.label, "room": ticket.room_name}
    if ticket.fault is ListFault.HAS_TICKET and ticket.label:
        title = _("Your ticket: %(ticket)s") % said
        if not ticket.here:
            title = _("You already have ticket %(ticket)s, %(room)s") % said
        return title, ticket_place(outfit, snapshot, ticket)
    if ticket.fault is ListFault.NO_TICKET:
        told = _("Its time is over, or it was given back. You can take another one.")
        return _("This ticket is no longer on the list"), told
    if ticket.fault in {ListFault.PAST, ListFault.AFTER_CLOSING, ListFault.NOT_AWAY}:
        told = _("Your ticket stands as it was. Please choose again.")
        return _("That time is not possible"), told
    if ticket.refusal is not None and ticket.refusal.ground is Ground.PASS_USED:
        trouble = pass_refusal(outfit.language, outfit.teller, snapshot, ticket.refusal)
        return trouble.fact, trouble.rest
    if ticket.refusal is not None:
        trouble = outfit.teller.sign_in_refusal(snapshot, ticket.refusal)
        return trouble.fact, trouble.rest
    told = outfit.teller.come_back(snapshot)
    return _("No ticket can be taken now"), told or _("Come back when the room is open.")


def ticket_place(outfit: Outfit, snapshot: Snapshot, ticket: TicketFace) -> str:
    """Return where a ticket stands, and when its holder may sit."""
    _, ngettext = outfit.language.gettext, outfit.language.ngettext
    phrase = outfit.teller.phrase(snapshot)
    if ticket.state is TicketState.CALLED and ticket.seat is not None:
        said = {"seat": ticket.seat, "time": ""}
        if ticket.hold_until is None:
            return _("It is your turn: seat %(seat)d is held for you.") % said
        said["time"] = phrase.time(ticket.hold_until)
        return _("It is your turn: seat %(seat)d is held for you until %(time)s.") % said
    if ticket.back_at is not None:
        time = {"time": phrase.time(ticket.back_at)}
        return _("Your place is kept. You said that you come back at %(time)s.") % time
    parts = []
    if ticket.ahead == 0:
        parts.append(_("You are the next one."))
    elif ticket.ahead is not None:
        before = ngettext(
            "%(count)d person is before you.", "%(count)d people are before you.", ticket.ahead
        )
        parts.append(before % {"count": ticket.ahead})
    expected = {"seat": ticket.expected_seat, "time": ""}
    if ticket.expected_at is None:
        parts.append(_("Your place is kept. Your ticket is called when a seat is free."))
        return " ".join(parts)
    expected["time"] = phrase.time(ticket.expected_at)
    if ticket.expected_seat is None:
        parts.append(_("Your place is kept. A seat is expected around %(time)s.") % expected)
    else:
        told = _("Your place is kept. Seat %(seat)d is expected around %(time)s.")
        parts.append(told % expected)
    return " ".join(parts)
