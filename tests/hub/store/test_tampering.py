"""Somebody changes one character or one bit somewhere in the ledger, and the verifier names it."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from admin_console.hub.store.engine import sqlite_address
from admin_console.hub.store.store import open_store
from kiosk.wire.hold import HoldView
from tests.helpers.clock import FakeClock
from tests.helpers.moneyhouse import NUMBER, OTHER, TILL, MoneyHouse, job
from tests.helpers.tillday import TillDay

TABLES = ("ledger_posting", "ledger_line", "ledger_book", "till_event", "receipt")
UNSIGNED = {("receipt", "session")}
"""In which opening a receipt was given only counts it; the ledger says when it was."""


def written(path: Path) -> MoneyHouse:
    """A ledger with top-ups, printed jobs and one that is under way, on SQLite."""
    clock = FakeClock()
    house = MoneyHouse(open_store(sqlite_address(path), clock.now), clock)
    house.prices()
    cashier = house.cashier()
    for number in (NUMBER, OTHER):
        house.card(cashier, number)
    station = house.enrol()
    house.sit(station)
    house.shut()
    day = TillDay(house, TILL, cashier)
    day.open(30_00)
    for turn in range(6):
        clock.advance(61)
        house.paid(cashier, 100 + turn)
        house.paid(cashier, 50, OTHER)
        sent = house.sent(station, job(False, True), 60)
        if turn < 5:
            assert isinstance(house.settle(station, sent, turn % 3), HoldView)
        if turn == 3:
            day.count(slip=-20)
            day.close(kept=25_00)
            day.open(26_00)
    return house


def lines_about(owner: sqlite3.Connection, table: str, row_id: int) -> dict[str, int]:
    """Return the first line in each book that a row stands in or is the posting of."""
    where = {
        "ledger_line": f"rowid = {row_id}",
        "ledger_posting": "posting_id ="
        f" (SELECT posting_id FROM ledger_posting WHERE rowid = {row_id})",
    }.get(table, "FALSE")
    found = owner.execute(
        f"SELECT book_id, MIN(number) FROM ledger_line WHERE {where} GROUP BY book_id"
    )
    return dict(found.fetchall())


def other(value: object, dice: random.Random) -> object:
    """Return a value that differs in one bit, one character, or by one."""
    match value:
        case bytes():
            changed = bytearray(value)
            changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
            return bytes(changed)
        case int():
            return value + dice.choice([-1, 1, 1 << dice.randrange(30)])
        case str() if value:
            place = dice.randrange(len(value))
            letter = dice.choice([c for c in "0123456789abcdefz" if c != value[place]])
            return value[:place] + letter + value[place + 1 :]
        case str():
            return "z"
        case _:
            return "x"


def test_one_changed_character_anywhere_is_found_and_the_first_bad_line_is_named(
    tmp_path: Path, count_of: Callable[[int], int]
) -> None:
    path = tmp_path / "hub.db"
    house = written(path)
    assert house.verdict().sound
    dice = random.Random(11)
    with closing(sqlite3.connect(path, isolation_level=None)) as owner:
        for (name,) in owner.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            owner.execute(f"DROP TRIGGER {name}")
        owner.execute("PRAGMA ignore_check_constraints = ON")
        for _ in range(count_of(3000)):
            table = dice.choice(TABLES)
            columns = [row[1] for row in owner.execute(f"PRAGMA table_info({table})")]
            column = dice.choice([one for one in columns if (table, one) not in UNSIGNED])
            row_id, value = dice.choice(
                owner.execute(f"SELECT rowid, {column} FROM {table}").fetchall()
            )
            lines = lines_about(owner, table, row_id)
            changed = other(value, dice)
            try:
                owner.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (changed, row_id))
            except sqlite3.IntegrityError:
                continue  # A key that stands there already is refused by its index.

            verdict = house.verdict()

            assert not verdict.sound, (table, column, value, changed)
            named = {one.book_id: one.number for one in verdict.findings}
            for book, number in lines.items():
                assert named.get(book) == number, (table, column, value, changed, named)
            owner.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, row_id))
    assert house.verdict().sound
    house.store.close()
