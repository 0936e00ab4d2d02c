"""Finding a seat by what a person types: "poste 7", "7", "perret 3"."""

import re
import unicodedata

from admin_console.desk.models.board import Board
from admin_console.desk.models.stand import SeatStand

MOST = 8
NUMBER = re.compile(r"\d+")


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


def plain(text: str) -> str:
    """Return a text in small letters without accents, with spaces between words and numbers."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\d+|[^\W\d_]+", letters))


FILLERS = frozenset({"poste", "postes", "p", "no", "n", "numero", "seat", "the", "le", "de", "du"})


def _names(wanted: list[str], name: str) -> bool:
    words = plain(name).split()
    return all(any(word.startswith(one) for word in words) for one in wanted)
