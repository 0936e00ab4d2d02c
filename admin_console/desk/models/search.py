"""Finding a seat by what a person types: "poste 7", "7", "perret 3"; a ticket by its label."""

import re
import unicodedata

from admin_console.desk.models.board import Board
from admin_console.desk.models.stand import SeatStand
from admin_console.desk.models.ticket_stand import TicketStand

MOST = 8
NUMBER = re.compile(r"\d+")
TICKET = re.compile(r"(?:ticket\s+)?([a-z]+)[\s-]?0*(\d{1,4})")


def find_seats(board: Board, text: str, site_id: str) -> tuple[SeatStand, ...]:
    """Return the seats that match, those of the site that is shown first.

    A number is a seat's number; any other word must begin a word of the site's name or of the
    seat's label, unless it is one that people say for a seat.
    """
    words = plain(text).split()
    numbers = {int(word) for word in words if NUMBER.fullmatch(word)}
    names = [word for word in words if not NUMBER.fullmatch(word) and word not in FILLERS]
    if len(numbers) != 1:
        return ()
    number = numbers.pop()
    sites = sorted(board.sites(), key=lambda site: site.site_id != site_id)
    found = [
        stand
        for site in sites
        for stand in board.seats_of(site.site_id)
        if stand.number == number and _names(names, f"{site.name} {stand.label}")
    ]
    return tuple(found[:MOST])


def find_tickets(board: Board, text: str, site_id: str) -> tuple[TicketStand, ...]:
    """Return the live tickets with a label, "A-19" or "a19", those of the shown site first."""
    typed = TICKET.fullmatch(text.strip().casefold())
    if typed is None:
        return ()
    letters, number = typed.group(1), int(typed.group(2))
    sites = sorted(board.sites(), key=lambda site: site.site_id != site_id)
    found = [
        ticket
        for site in sites
        for stands in board.tickets_of(site.site_id)
        for ticket in stands
        if ticket.number == number and ticket.label.casefold().startswith(f"{letters}-")
    ]
    return tuple(found[:MOST])


def plain(text: str) -> str:
    """Return a text in small letters without accents, with spaces between words and numbers."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\d+|[^\W\d_]+", letters))


FILLERS = frozenset({"poste", "postes", "p", "no", "n", "numero", "seat", "the", "le", "de", "du"})


def _names(wanted: list[str], name: str) -> bool:
    words = plain(name).split()
    return all(any(word.startswith(one) for word in words) for one in wanted)
