"""A file of members as a spreadsheet saves it, read line by line.

UTF-8 with or without its mark, semicolons or commas, French headings in any order. A line is one
member: a quotation mark that is never closed spoils its own line and no other. Whatever is wrong is
told with its place, and nothing else follows from it: whoever reads writes nothing.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from kiosk.rules.allowance import AdaptedTime
from kiosk.wire.people import CategoryView, LineFault, LineFaultView

MOST_FAULTS = 50_000
"""So many faults are told: more would be longer than any answer may be."""
LONGEST_NAME = 80
LONGEST_LABEL = 40
OLDEST = 130
FIRST_YEAR, LAST_YEAR = 1900, 2199


class Column(StrEnum):
    """A column, by the heading that staff are told."""

    CARD = "carte"
    FIRST_NAME = "prénom"
    CATEGORY = "catégorie"
    LEAST_AGE = "âge"
    RESIDENT = "résident"
    AUTHORISED_ON = "autorisation"
    VALID_UNTIL = "validité"
    TIME = "temps"
    PIN = "code"


NEEDED = (Column.CARD, Column.FIRST_NAME, Column.CATEGORY)

HEADINGS = {
    "carte": Column.CARD,
    "numero": Column.CARD,
    "numero de carte": Column.CARD,
    "card": Column.CARD,
    "prenom": Column.FIRST_NAME,
    "first name": Column.FIRST_NAME,
    "categorie": Column.CATEGORY,
    "category": Column.CATEGORY,
    "age": Column.LEAST_AGE,
    "age minimum": Column.LEAST_AGE,
    "resident": Column.RESIDENT,
    "residente": Column.RESIDENT,
    "autorisation": Column.AUTHORISED_ON,
    "date d'autorisation": Column.AUTHORISED_ON,
    "authorised on": Column.AUTHORISED_ON,
    "validite": Column.VALID_UNTIL,
    "valable jusqu'au": Column.VALID_UNTIL,
    "valid until": Column.VALID_UNTIL,
    "temps": Column.TIME,
    "temps amenage": Column.TIME,
    "time": Column.TIME,
    "code": Column.PIN,
    "code secret": Column.PIN,
    "pin": Column.PIN,
}
"""What may stand in the first line, without accents and capitals."""

_YES = frozenset({"oui", "o", "yes", "y", "1", "vrai", "x"})
_NO = frozenset({"non", "n", "no", "0", "faux", ""})
_TIMES = {
    "": AdaptedTime.ORDINARY,
    "1": AdaptedTime.ORDINARY,
    "normal": AdaptedTime.ORDINARY,
    "ordinaire": AdaptedTime.ORDINARY,
    "1,5": AdaptedTime.HALF_MORE,
    "2": AdaptedTime.DOUBLE,
    "double": AdaptedTime.DOUBLE,
}
_CARD = re.compile(r"[0-9]{4,20}")
_PIN = re.compile(r"[0-9]{4}")
_AGE = re.compile(r"[0-9]{1,3}")
_DATES = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"),
    re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"),
)
_ENDS = re.compile(rb"\r\n|\n|\r")
_BLANK = b" \t;,"


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as a line tells it; a column that the file lacks leaves what stands there."""

    line: int
    card: str
    first_name: str
    category: str
    least_age: int | None = None
    resident: bool = False
    authorised_on: date | None = None
    valid_until: date | None = None
    time: AdaptedTime = AdaptedTime.ORDINARY
    pin: str | None = None


@dataclass(frozen=True, slots=True)
class MemberFile:
    """What was read: the columns that are there, the good lines, and what is wrong, in order."""

    columns: frozenset[Column] = frozenset()
    entries: tuple[Entry, ...] = ()
    faults: tuple[LineFaultView, ...] = ()


def read_members(content: bytes, categories: Iterable[CategoryView], today: date) -> MemberFile:
    """Read a file; whatever it is, an answer comes back.

    Args:
        content: the file as it is on disk.
        categories: those of the town; a line names one by its key or by its title.
        today: no authorisation bears a later date.
    """
    lines = _ENDS.split(content.removeprefix(b"\xef\xbb\xbf"))
    unreadable = [number for number, line in enumerate(lines, 1) if not _is_text(line)]
    if unreadable:
        return MemberFile(faults=_told(_fault(one, LineFault.ENCODING) for one in unreadable))
    rows = [(number, line.decode()) for number, line in enumerate(lines, 1) if line.strip(_BLANK)]
    if len(rows) <= 1:
        return MemberFile(faults=(_fault(0, LineFault.EMPTY),))
    number, heading = rows[0]
    separator = ";" if ";" in heading else ","
    names = _split(heading, separator)
    if names is None:
        return MemberFile(faults=(_fault(number, LineFault.FIELDS),))
    places, faults = _read_heading(number, names)
    if any(fault.fault is LineFault.NO_COLUMN for fault in faults):
        return MemberFile(faults=_told(faults))
    reader = _Reader(places, len(names), separator, categories, today)
    entries = []
    for number, line in rows[1:]:
        found = reader.read(number, line)
        if isinstance(found, Entry):
            entries.append(found)
        elif len(faults) < MOST_FAULTS:
            faults += found
    return MemberFile(frozenset(places), tuple(entries), _told(faults))


class _Reader:
    """Reads the lines under one heading."""

    def __init__(
        self,
        places: Mapping[Column, int],
        width: int,
        separator: str,
        categories: Iterable[CategoryView],
        today: date,
    ) -> None:
        self._places = places
        self._width = width
        self._separator = separator
        self._today = today
        self._categories: dict[str, str] = {}
        for category in categories:
            self._categories.setdefault(_plain(category.title), category.key)
            self._categories[_plain(category.key)] = category.key
        self._cards: set[str] = set()

    def read(self, number: int, line: str) -> Entry | list[LineFaultView]:
        """Return what a line tells, or everything that is wrong with it."""
        fields = _split(line, self._separator)
        if fields is None or len(fields) != self._width:
            return [_fault(number, LineFault.FIELDS)]
        told = {column: fields[place].strip() for column, place in self._places.items()}
        faults: list[LineFaultView] = []

        def blame(fault: LineFault, column: Column) -> None:
            faults.append(_fault(number, fault, column))

        card = re.sub(r"[ \u00a0]", "", told[Column.CARD])
        if _CARD.fullmatch(card) is None:
            blame(LineFault.CARD, Column.CARD)
        elif card in self._cards:
            blame(LineFault.CARD_TWICE, Column.CARD)
        self._cards.add(card)
        first_name = " ".join(told[Column.FIRST_NAME].split())
        if not 0 < len(first_name) <= LONGEST_NAME or not first_name.isprintable():
            blame(LineFault.NAME, Column.FIRST_NAME)
        category = self._categories.get(_plain(told[Column.CATEGORY]))
        if category is None:
            blame(LineFault.CATEGORY, Column.CATEGORY)
        age = told.get(Column.LEAST_AGE, "")
        if age and (_AGE.fullmatch(age) is None or int(age) > OLDEST):
            blame(LineFault.AGE, Column.LEAST_AGE)
        resident = _plain(told.get(Column.RESIDENT, ""))
        if resident not in _YES | _NO:
            blame(LineFault.YES_NO, Column.RESIDENT)
        authorised_on = _date(told.get(Column.AUTHORISED_ON, ""))
        if authorised_on is False or (authorised_on and authorised_on > self._today):
            blame(LineFault.DATE, Column.AUTHORISED_ON)
        valid_until = _date(told.get(Column.VALID_UNTIL, ""))
        if valid_until is False:
            blame(LineFault.DATE, Column.VALID_UNTIL)
        time = _TIMES.get(_plain(told.get(Column.TIME, "")).replace(".", ",").lstrip("×x "))
        if time is None:
            blame(LineFault.TIME, Column.TIME)
        pin = told.get(Column.PIN, "")
        if pin and _PIN.fullmatch(pin) is None:
            blame(LineFault.PIN, Column.PIN)
        if faults or category is None or time is None:
            return faults
        return Entry(
            line=number,
            card=card,
            first_name=first_name,
            category=category,
            least_age=int(age) if age else None,
            resident=resident in _YES,
            authorised_on=authorised_on or None,
            valid_until=valid_until or None,
            time=time,
            pin=pin or None,
        )


def _read_heading(
    number: int, names: Sequence[str]
) -> tuple[dict[Column, int], list[LineFaultView]]:
    """Return where each column stands, and what is wrong with the heading."""
    places: dict[Column, int] = {}
    faults = []
    for place, name in enumerate(names):
        column = HEADINGS.get(_plain(name))
        if column is None or column in places:
            faults.append(_fault(number, LineFault.UNKNOWN_COLUMN, _label(place, name)))
        else:
            places[column] = place
    faults += [
        _fault(number, LineFault.NO_COLUMN, column) for column in NEEDED if column not in places
    ]
    return places, faults


def _label(place: int, name: str) -> str:
    """Return what an unknown column is called: its number where its name may be a card."""
    told = "".join(sign for sign in name.strip() if sign.isprintable())[:LONGEST_LABEL]
    return told if told and not any(sign.isdigit() for sign in told) else str(place + 1)


def _is_text(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in line


def _split(line: str, separator: str) -> list[str] | None:
    """Return the fields of a line, None where its quotation marks do not pair up."""
    try:
        return next(csv.reader([line], delimiter=separator, strict=True))
    except csv.Error:
        return None


def _plain(text: str) -> str:
    """Return a word without capitals, accents, and spaces too many."""
    parts = unicodedata.normalize("NFKD", text.replace("_", " ").replace("’", "'"))
    bare = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())


def _date(text: str) -> date | Literal[False] | None:
    """Return a date written as 2026-09-01 or 01/09/2026, None for nothing, False for rubbish."""
    if not text:
        return None
    for form in _DATES:
        found = form.fullmatch(text)
        if found is not None:
            year, month, day = (int(found[part]) for part in ("year", "month", "day"))
            if not FIRST_YEAR <= year <= LAST_YEAR:
                return False
            try:
                return date(year, month, day)
            except ValueError:
                return False
    return False


def _fault(line: int, fault: LineFault, column: str = "") -> LineFaultView:
    return LineFaultView(line=line, fault=fault, column=str(column))


def _told(faults: Iterable[LineFaultView]) -> tuple[LineFaultView, ...]:
    return tuple(fault for fault, _ in zip(faults, range(MOST_FAULTS), strict=False))
