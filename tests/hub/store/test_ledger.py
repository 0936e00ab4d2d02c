"""The database itself keeps the ledger, and the verifier finds whoever got past it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DatabaseError

from admin_console.hub.printout import printed_verdict
from admin_console.hub.service.money.ledger import Ledger
from admin_console.hub.service.money.verify import Finding, LedgerFault
from admin_console.hub.store.engine import WRITES, make_engine
from admin_console.hub.store.store import open_store
from kiosk.wire.money import ReversePosting
from tests.helpers.clock import FakeClock
from tests.helpers.moneyhouse import NUMBER, OTHER, TILL, MoneyHouse
from tests.hub.store.tamper import run

KEPT = ("ledger_posting", "ledger_line", "ledger_balanced", "print_card_act", "ledger_book")


@pytest.fixture
def house(address: str, clock: FakeClock) -> Iterator[MoneyHouse]:
    """Two cards, four top-ups and a reversal: ten lines, five in each book."""
    store = open_store(address, clock.now)
    found = MoneyHouse(store, clock)
    cashier = found.cashier()
    for number in (NUMBER, OTHER):
        found.card(cashier, number)
    for cents in (500, 250):
        clock.advance(60)
        found.paid(cashier, cents)
    paid = found.paid(cashier, 125)
    found.paid(cashier, 1000, OTHER)
    found.money.topups.reverse(
        found.steward(),
        ReversePosting(ask_id=found.fresh_id(), posting_id=paid.posting_id, reason="mistyped"),
    )
    yield found
    store.close()


@pytest.fixture
def engine(address: str, house: MoneyHouse) -> Iterator[Engine]:
    made = make_engine(address)
    yield made.execution_options(**{WRITES: True})
    made.dispose()


def test_what_is_written_is_sound(house: MoneyHouse) -> None:
    verdict = house.verdict()

    assert verdict.sound
    assert [(one.book_id, one.lines) for one in verdict.books] == [
        ("credit", 5),
        (f"till.{TILL}", 5),
    ]


@pytest.mark.parametrize("table", KEPT)
def test_no_row_of_money_is_changed_or_taken_away(engine: Engine, table: str) -> None:
    columns = {
        "ledger_posting": "reason = 'x'", "ledger_line": "amount_cents = amount_cents",
        "ledger_balanced": "posting_id = posting_id", "print_card_act": "reason = 'x'",
        "ledger_book": "last_number = last_number - 1",
    }  # fmt: skip
    for statement in (f"UPDATE {table} SET {columns[table]}", f"DELETE FROM {table}"):
        with pytest.raises(DatabaseError, match=r"money is never changed|a book only grows"):
            run(engine, statement)
    if engine.dialect.name == "postgresql":
        with pytest.raises(DatabaseError):
            run(engine, f"TRUNCATE {table} CASCADE")
    elif table != "ledger_book":
        with pytest.raises(DatabaseError, match=r"money is never changed|are complete"):
            run(engine, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")


def posting_and_lines(second: int, kind: str = "sales") -> tuple[str, ...]:
    """Statements that write a posting of two lines: 5 cents, and `second`."""
    return (
        "INSERT INTO ledger_posting SELECT 'p', 'k', ask_digest, kind, at, site_id, actor, 2,"
        " answer, detail, NULL, NULL, NULL, '' FROM ledger_posting LIMIT 1",
        *(
            f"INSERT INTO ledger_line SELECT 'b', {number}, 'p', '{kind}', 's', {cents}, {-cents},"
            " previous, hash FROM ledger_line LIMIT 1"
            for number, cents in ((1, 5), (2, second))
        ),
    )


PROOF = "INSERT INTO ledger_balanced VALUES ('p')"


def test_a_posting_that_does_not_sum_to_zero_is_never_committed(
    engine: Engine, house: MoneyHouse
) -> None:
    with pytest.raises(DatabaseError, match=r"sum to zero|check_violation"):
        run(engine, *posting_and_lines(-4), PROOF)
    with pytest.raises(DatabaseError, match=r"sum to zero"):
        run(engine, *posting_and_lines(-5)[:2], PROOF)
    with pytest.raises(DatabaseError, match=r"(?i)foreign key"):
        run(engine, *posting_and_lines(-5))
    assert house.verdict().sound
    run(engine, *posting_and_lines(-5), PROOF)
    with pytest.raises(DatabaseError, match="are complete"):
        run(
            engine,
            "INSERT INTO ledger_line SELECT 'b', 3, 'p', kind, subject, 0, 0, previous, hash"
            " FROM ledger_line LIMIT 1",
        )


def test_the_database_itself_lets_no_card_become_negative(engine: Engine) -> None:
    with pytest.raises(DatabaseError, match="never_negative"):
        run(engine, *posting_and_lines(-5, "card"))


LINE = "WHERE book_id = 'credit' AND number = 3"
POSTING = f"WHERE posting_id = (SELECT posting_id FROM ledger_line {LINE})"
CHANGES = {
    "number": f"UPDATE ledger_line SET number = 300 {LINE}",
    "book": f"UPDATE ledger_line SET book_id = 'other' {LINE}",
    "posting": "UPDATE ledger_line SET posting_id = (SELECT MIN(posting_id) FROM ledger_posting)"
    f" {LINE}",
    "kind": f"UPDATE ledger_line SET kind = 'sales' {LINE}",
    "subject": f"UPDATE ledger_line SET subject = 'me' {LINE}",
    "amount": f"UPDATE ledger_line SET amount_cents = amount_cents - 1 {LINE}",
    "balance": f"UPDATE ledger_line SET balance_cents = balance_cents + 1 {LINE}",
    "gone": f"DELETE FROM ledger_line {LINE}",
    "posting gone": f"DELETE FROM ledger_posting {POSTING}",
    "key": f"UPDATE ledger_posting SET key = 'another' {POSTING}",
    "posting kind": f"UPDATE ledger_posting SET kind = 'refund' {POSTING}",
    "site": f"UPDATE ledger_posting SET site_id = 'bij' {POSTING}",
    "actor": f"UPDATE ledger_posting SET actor = 'somebody' {POSTING}",
    "count": f"UPDATE ledger_posting SET line_count = 3 {POSTING}",
    "answer": f"UPDATE ledger_posting SET answer = '{{}}' {POSTING}",
    "detail": f"UPDATE ledger_posting SET detail = '{{ }}' {POSTING}",
    "card": f"UPDATE ledger_posting SET card_id = NULL {POSTING}",
    "hold": f"UPDATE ledger_posting SET hold_id = 'h' {POSTING}",
    "reverses": "UPDATE ledger_posting SET reverses = (SELECT MIN(posting_id) FROM ledger_posting)"
    f" {POSTING}",
    "reason": f"UPDATE ledger_posting SET reason = ' ' {POSTING}",
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_is_changed_the_first_bad_line_is_named(
    engine: Engine, house: MoneyHouse, what: str
) -> None:
    run(engine, CHANGES[what], unguarded=True)

    verdict = house.verdict()

    found = {one.book_id: one for one in verdict.findings}
    assert found["credit"].number == 3
    # What is wrong with a posting is wrong with its lines in all books.
    if CHANGES[what].startswith(("UPDATE ledger_posting", "DELETE FROM ledger_posting")):
        assert found[f"till.{TILL}"].number == 3


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        (
            "DELETE FROM ledger_line WHERE book_id = 'credit' AND number = 5",
            Finding("credit", 4, LedgerFault.WRONG_END),
        ),
        (
            "UPDATE ledger_book SET last_number = 4 WHERE book_id = 'credit'",
            Finding("credit", 5, LedgerFault.WRONG_END),
        ),
        (
            "DELETE FROM ledger_book WHERE book_id = 'credit'",
            Finding("credit", 5, LedgerFault.WRONG_END),
        ),
        (
            "UPDATE ledger_book SET seal = last_hash WHERE book_id = 'credit'",
            Finding("credit", 5, LedgerFault.BAD_SEAL),
        ),
        (
            f"DELETE FROM ledger_balanced {POSTING}",
            Finding("credit", 3, LedgerFault.NOT_ZERO),
        ),
        (
            "INSERT INTO ledger_balanced VALUES ('nothing')",
            Finding("", 0, LedgerFault.WITHOUT_LINES),
        ),
    ],
    ids=["cut short", "end moved back", "end gone", "seal", "proof gone", "proof of nothing"],
)
def test_an_end_or_a_proof_that_was_tampered_with_is_found(
    engine: Engine, house: MoneyHouse, statement: str, finding: Finding
) -> None:
    run(engine, statement, unguarded=True)

    assert finding in house.verdict().findings


def test_each_stored_byte_of_a_line_and_its_posting_matters(
    engine: Engine, house: MoneyHouse
) -> None:
    """Every byte of the texts and digests in turn, by one bit, in the middle of the book."""
    postgresql = engine.dialect.name == "postgresql"
    blobs = [("ledger_line", "previous"), ("ledger_line", "hash"), ("ledger_posting", "ask_digest")]
    found: set[tuple[str, int]] = set()
    for table, column in blobs:
        where = LINE if table == "ledger_line" else POSTING
        with engine.connect() as connection:
            found_here = connection.scalar(text(f"SELECT {column} FROM {table} {where}"))
        kept = bytes(found_here)
        for place in range(0, len(kept), 5):
            changed = bytearray(kept)
            changed[place] ^= 1 << place % 8
            for value in (bytes(changed), kept):
                literal = f"'\\x{value.hex()}'::bytea" if postgresql else f"X'{value.hex()}'"
                run(
                    engine,
                    f"UPDATE {table} SET {column} = {literal} {where}",
                    unguarded=True,
                )
                verdict = house.verdict()
                assert verdict.sound is (value == kept)
                found |= {(one.book_id, one.number) for one in verdict.findings}

    assert found == {("credit", 3), (f"till.{TILL}", 3)}


def test_a_line_added_without_the_hub_s_key_has_no_seal(house: MoneyHouse) -> None:
    forged = Ledger(house.clock, house.dice, type(house.money_keys)(b"q" * 32))
    house.money.topups._ledger = forged
    house.paid(house.cashier(), 20_000)

    verdict = house.verdict()

    assert {one.fault for one in verdict.findings} == {LedgerFault.BAD_SEAL}


def test_a_text_that_is_none_is_a_finding(engine: Engine, house: MoneyHouse) -> None:
    if engine.dialect.name == "postgresql":
        pytest.skip("PostgreSQL keeps no such text")
    run(
        engine,
        f"UPDATE ledger_posting SET reason = CAST(X'ff' AS TEXT) {POSTING}",
        unguarded=True,
    )

    assert Finding("credit", 3, LedgerFault.UNREADABLE) in house.verdict().findings


def test_the_order_says_that_all_is_well_or_where_it_is_not(
    engine: Engine, house: MoneyHouse
) -> None:
    verdict = house.verdict()
    said = printed_verdict(verdict).splitlines()
    assert said[0] == f"book credit: 5 lines, hash {verdict.books[0].last_hash}"
    assert said[-1] == "the ledger is sound"

    run(engine, CHANGES["amount"], unguarded=True)

    bad = printed_verdict(house.verdict()).splitlines()
    assert "BAD: book credit, line 3 is not what was written, or its posting is not" in bad
    assert bad[-1] == "the ledger is NOT sound"
