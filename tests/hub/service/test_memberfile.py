"""A file of members is read line by line, and rubbish never does more than be told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_console.hub.service.memberfile import (
    HEADINGS,
    MOST_FAULTS,
    Column,
    Entry,
    MemberFile,
    read_members,
)
from kiosk.rules.allowance import AdaptedTime
from kiosk.wire.people import CategoryView, LineFault, LineFaultView

TODAY = date(2026, 11, 24)
CATEGORIES = (
    CategoryView(key="adulte", title="Adulte"),
    CategoryView(key="jeune", title="Jeune (moins de 18 ans)", needs_authorisation=True),
)
HEADING = "Carte;Prénom;Catégorie;Âge;Résident;Autorisation;Validité;Temps;Code"


def read(text: str | bytes) -> MemberFile:
    content = text.encode() if isinstance(text, str) else text
    return read_members(content, CATEGORIES, TODAY)


def faults(text: str | bytes) -> list[tuple[int, LineFault, str]]:
    return [(one.line, one.fault, one.column) for one in read(text).faults]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("separator", [";", ","])
def test_a_file_of_any_spreadsheet_is_read(mark: bytes, end: str, separator: str) -> None:
    lines = [
        HEADING,
        '20481000000011;" Zoé  Marie ";Jeune (moins de 18 ans);15;oui;01/09/2026;2027-08-31;"1.5";',
        "2048 1000 0000 29;Karim;ADULTE;;;;;;4711",
        ";;;;;;;;",
        "",
    ]
    text = end.join(lines).replace(";", separator)

    found = read(mark + text.encode())

    assert found.faults == ()
    assert found.columns == frozenset(Column)
    assert found.entries == (
        Entry(
            2, "20481000000011", "Zoé Marie", "jeune", 15, True, date(2026, 9, 1),
            date(2027, 8, 31), AdaptedTime.HALF_MORE,
        ),
        Entry(3, "20481000000029", "Karim", "adulte", pin="4711"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("place", "value", "fault"),
    [
        (0, "12", LineFault.CARD),
        (0, "2,04811E+13", LineFault.CARD),
        (0, "٢٠٤٨١٠", LineFault.CARD),
        (1, " ", LineFault.NAME),
        (1, "N" * 81, LineFault.NAME),
        (1, "Zoé\x07", LineFault.NAME),
        (2, "pirate", LineFault.CATEGORY),
        (3, "131", LineFault.AGE),
        (3, "-3", LineFault.AGE),
        (3, "quinze", LineFault.AGE),
        (4, "peut-être", LineFault.YES_NO),
        (5, "31/02/2026", LineFault.DATE),
        (5, "25/11/2026", LineFault.DATE),
        (6, "2027-8-31", LineFault.DATE),
        (6, "01/01/0027", LineFault.DATE),
        (7, "triple", LineFault.TIME),
        (8, "123", LineFault.PIN),
        (8, "12a4", LineFault.PIN),
        (8, "12345", LineFault.PIN),
    ],
)
def test_every_bad_field_is_told_with_its_line_and_column(
    place: int, value: str, fault: LineFault
) -> None:
    fields = ["20481000000011", "Zoé", "adulte", "30", "oui", "", "", "normal", "4711"]
    fields[place] = value

    found = read(f"{HEADING}\n20481000000029;Karim;adulte;;;;;;\n{';'.join(fields)}\n")

    column = [*Column][place]
    assert found.faults == (LineFaultView(line=3, fault=fault, column=column),)
    assert [one.line for one in found.entries] == [2]


def test_all_that_is_wrong_is_told_at_once_and_in_order() -> None:
    text = "\n".join(
        [
            HEADING,
            "1;;pirate;x;q;z;z;q;1",
            "20481000000011;Zoé;adulte;;;;;;",
            "20481000000011;Zoé;adulte;;;;;;",
            "20481000000029;Zoé;adulte",
            '20481000000037;"Zoé;adulte;;;;;;',
            "20481000000045;Zoé;adulte;;;;;;",
        ]
    )

    told = faults(text)

    assert [fault for line, fault, _ in told if line == 2] == [
        LineFault.CARD, LineFault.NAME, LineFault.CATEGORY, LineFault.AGE, LineFault.YES_NO,
        LineFault.DATE, LineFault.DATE, LineFault.TIME, LineFault.PIN,
    ]  # fmt: skip
    assert told[9:] == [
        (4, LineFault.CARD_TWICE, "carte"),
        (5, LineFault.FIELDS, ""),
        # A quotation mark that is never closed spoils its own line and no other.
        (6, LineFault.FIELDS, ""),
    ]
    assert [one.line for one in read(text).entries] == [3, 7]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", [(0, LineFault.EMPTY, "")]),
        (b"\n\n ;; \n", [(0, LineFault.EMPTY, "")]),
        (HEADING.encode(), [(0, LineFault.EMPTY, "")]),
        (
            HEADING.encode() + "\n2048;Zoé;adulte;;;;;;".encode("latin-1"),
            [(2, LineFault.ENCODING, "")],
        ),
        (HEADING.encode() + b"\n2048;Zo\0e;adulte;;;;;;", [(2, LineFault.ENCODING, "")]),
        (f"{HEADING}\n2048;Zoé;adulte".encode("utf-16"), [(1, LineFault.ENCODING, "")]),
        (
            b"carte;nom\n2048;Zoe",
            [
                (1, LineFault.UNKNOWN_COLUMN, "nom"),
                (1, LineFault.NO_COLUMN, "prénom"),
                (1, LineFault.NO_COLUMN, "catégorie"),
            ],
        ),
        (
            "carte;prénom;catégorie;carte\n2048;Zoé;adulte;".encode(),
            [(1, LineFault.UNKNOWN_COLUMN, "carte")],
        ),
        (b'carte;"prenom\n2048;Zoe', [(1, LineFault.FIELDS, "")]),
    ],
)
def test_a_file_that_is_none_says_so(
    content: bytes, told: list[tuple[int, LineFault, str]]
) -> None:
    assert faults(content)[: len(told)] == told


def test_a_file_without_a_heading_tells_no_card() -> None:
    told = faults("20481000000011;12;adulte\n20481000000029;13;adulte\n")

    assert [column for _, _, column in told][:3] == ["1", "2", "adulte"]


def test_columns_may_be_missing_and_stand_in_any_order() -> None:
    found = read("first_name,CATEGORY,card\nZoé,adulte,20481000000011\n")

    assert found.entries == (Entry(2, "20481000000011", "Zoé", "adulte"),)
    assert found.columns == {Column.CARD, Column.FIRST_NAME, Column.CATEGORY}


def test_a_file_of_nothing_but_faults_ends() -> None:
    found = read(HEADING + "\nx" * (MOST_FAULTS + 10))

    assert len(found.faults) == MOST_FAULTS
    assert found.entries == ()


def test_every_column_is_found_by_the_heading_that_staff_are_told() -> None:
    found = read(";".join(Column) + "\n20481000000011;Zoé;adulte;;;;;;\n")

    assert found.faults == ()
    assert set(HEADINGS.values()) == set(Column)


cells = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["20481000000011", "adulte", "oui", "2026-01-01", "31/12/2026", '"', ";", "1,5", "4711", ""]
)
tables = st.lists(st.lists(cells, max_size=10), max_size=8).map(
    lambda rows: "\n".join(";".join(row) for row in rows)
)


@given(content=st.binary(max_size=300) | tables.map(str.encode))
def test_rubbish_is_told_and_never_fails(content: bytes) -> None:
    found = read(content)

    assert found.faults or found.entries
    assert all(one.line >= 0 for one in found.faults)


@given(body=tables)
def test_a_good_line_is_whole_whatever_stands_around_it(body: str) -> None:
    found = read(f"{HEADING}\n{body}\n20489999999999;Zoé;adulte;;;;;;4711")

    cards = [one.card for one in found.entries]
    assert cards[-1:] == ["20489999999999"] or any(
        one.fault is LineFault.ENCODING for one in found.faults
    )
    assert len(cards) == len(set(cards))
    bad = {one.line for one in found.faults}
    assert not bad & {one.line for one in found.entries}
    for one in found.entries:
        assert one.card.isascii()
        assert one.first_name == " ".join(one.first_name.split())
        assert one.category in {"adulte", "jeune"}
