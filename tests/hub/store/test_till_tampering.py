"""The database keeps tills and receipts, and the verifier finds whoever got past it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from admin_console.hub.service.money.verify import Finding, LedgerFault
from admin_console.hub.store.engine import WRITES, make_engine
from admin_console.hub.store.store import open_store
from kiosk.wire.money import Means, PaperReceipt, ToppedUp, TopUp
from kiosk.wire.till import CopyReceipt
from tests.helpers.clock import FakeClock
from tests.helpers.moneyhouse import NUMBER, TILL, TODAY, MoneyHouse
from tests.helpers.tillday import TillDay
from tests.hub.store.tamper import run

CHAIN = f"tillchain.{TILL}"
SERIES = f"receipts.{TILL}.{TODAY.year}"
CHANGES = {"till_event": "actor = 'x'", "receipt": "session = 9", "receipt_copy": "actor = 'x'"}


@pytest.fixture
def house(address: str, clock: FakeClock) -> Iterator[MoneyHouse]:
    """A day with three receipts, one of them from the paper book and copied, and an opening."""
    store = open_store(address, clock.now)
    found = MoneyHouse(store, clock)
    staff = found.cashier()
    found.card(staff)
    found.shut()
    day = TillDay(found, TILL, staff)
    day.open(20_00)
    for number in (None, "B-017", "B-018"):
        clock.advance(60)
        paper = None if number is None else PaperReceipt(number=number, day=TODAY)
        ask = TopUp(
            ask_id=found.fresh_id(), till_id=TILL, number=NUMBER, amount_cents=500,
            means=Means.CASH, paper=paper,
        )  # fmt: skip
        assert isinstance(found.money.topups.top_up(staff, ask), ToppedUp)
    copy = CopyReceipt(ask_id=found.fresh_id(), till_id=TILL, year=TODAY.year, number=2)
    found.money.receipts.copy(staff, copy)
    day.count(slip=-50)
    day.close(kept=20_00)
    clock.advance(600)
    day.open(20_00)
    yield found
    store.close()


@pytest.fixture
def engine(address: str, house: MoneyHouse) -> Iterator[Engine]:
    made = make_engine(address)
    yield made.execution_options(**{WRITES: True})
    made.dispose()


def test_a_day_is_sound(house: MoneyHouse) -> None:
    assert house.verdict().findings == ()


@pytest.mark.parametrize("table", CHANGES)
def test_no_row_of_a_till_is_changed_or_taken_away(engine: Engine, table: str) -> None:
    for statement in (f"UPDATE {table} SET {CHANGES[table]}", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match="money is never changed"):
            run(engine, statement)
    if engine.dialect.name == "postgresql":
        with pytest.raises(DatabaseError):
            run(engine, f"TRUNCATE {table} CASCADE")
    else:
        with pytest.raises(DatabaseError, match="money is never changed"):
            run(engine, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")


def test_the_database_itself_adds_no_line_to_a_closed_till(
    engine: Engine, house: MoneyHouse
) -> None:
    house.shut()
    with pytest.raises(DatabaseError, match="no line is added to a till that is closed"):
        run(
            engine,
            "INSERT INTO ledger_posting SELECT 'p', 'k', ask_digest, kind, at, site_id, actor, 2,"
            " answer, detail, NULL, NULL, NULL, '' FROM ledger_posting LIMIT 1",
            f"INSERT INTO ledger_line SELECT 'b', 1, 'p', 'till_cash', '{TILL}', 5, 5,"
            " previous, hash FROM ledger_line LIMIT 1",
        )


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("DELETE FROM till_event WHERE number = 4", Finding(CHAIN, 3, LedgerFault.WRONG_END)),
        ("DELETE FROM till_event WHERE number = 2", Finding(CHAIN, 2, LedgerFault.MISSING)),
        (
            "UPDATE till_event SET actor = 'another' WHERE number = 2",
            Finding(CHAIN, 2, LedgerFault.CHANGED),
        ),
        (
            "UPDATE till_event SET answer = REPLACE(answer, 'Erreur', 'Oubli') WHERE number = 3",
            Finding(CHAIN, 3, LedgerFault.CHANGED),
        ),
        (
            "UPDATE till_event SET answer = REPLACE(answer, '2000', '1000') WHERE number = 1",
            Finding(CHAIN, 1, LedgerFault.CHANGED),
        ),
        (
            "UPDATE till_event SET seal = hash WHERE number = 4",
            Finding(CHAIN, 4, LedgerFault.BAD_SEAL),
        ),
        (
            "UPDATE till_event SET previous = hash WHERE number = 3",
            Finding(CHAIN, 3, LedgerFault.BROKEN_CHAIN),
        ),
        (
            f"UPDATE till SET session = 3 WHERE till_id = '{TILL}'",
            Finding(CHAIN, 4, LedgerFault.WRONG_END),
        ),
        (
            f"UPDATE till SET opened_at = NULL WHERE till_id = '{TILL}'",
            Finding(CHAIN, 4, LedgerFault.WRONG_END),
        ),
        ("DELETE FROM receipt WHERE number = 3", Finding(SERIES, 3, LedgerFault.MISSING)),
        (
            "UPDATE receipt SET number = 7 WHERE number = 3",
            Finding(SERIES, 3, LedgerFault.MISSING),
        ),
        (
            "UPDATE receipt SET body = REPLACE(body, '500', '400') WHERE number = 1",
            Finding(SERIES, 1, LedgerFault.CHANGED),
        ),
        (
            "UPDATE receipt SET paper_number = 'B-019' WHERE number = 3",
            Finding(SERIES, 3, LedgerFault.CHANGED),
        ),
        (
            "UPDATE receipt SET at = (SELECT MAX(at) FROM receipt) WHERE number = 2",
            Finding(SERIES, 2, LedgerFault.CHANGED),
        ),
    ],
)
def test_whatever_is_changed_at_a_till_is_named(
    engine: Engine, house: MoneyHouse, statement: str, finding: Finding
) -> None:
    run(engine, "DELETE FROM receipt_copy", statement, unguarded=True)

    assert finding in house.verdict().findings


def test_a_closing_that_was_made_undone_is_found_by_what_it_booked(
    engine: Engine, house: MoneyHouse
) -> None:
    """Whoever takes the end of the chain away also makes the till stand as it stood before."""
    run(
        engine,
        "DELETE FROM till_event WHERE number > 2",
        f"UPDATE till SET session = 1, counted_at = opened_at WHERE till_id = '{TILL}'",
        unguarded=True,
    )

    assert house.verdict().findings == (Finding(CHAIN, 2, LedgerFault.WRONG_END),)


def test_a_till_that_is_gone_is_found(engine: Engine, house: MoneyHouse) -> None:
    if engine.dialect.name == "postgresql":
        pytest.skip("nobody takes a row from under a foreign key there")
    run(engine, f"DELETE FROM till WHERE till_id = '{TILL}'", unguarded=True)

    assert Finding(CHAIN, 4, LedgerFault.WRONG_END) in house.verdict().findings


def test_the_receipts_of_a_long_year_are_looked_through_page_by_page(
    house: MoneyHouse, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admin_console.hub.store.money.audit.PAGE", 2)
    assert house.verdict().sound
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM receipt")) == 3
    run(engine, "UPDATE receipt SET body = '{}' WHERE number = 3", unguarded=True)
    assert Finding(SERIES, 3, LedgerFault.CHANGED) in house.verdict().findings
