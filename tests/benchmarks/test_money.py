"""How much the ledger costs: top-ups a second at one and at twenty tills, a million lines read."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from admin_console.hub.service.money.account import Account, AccountKind
from admin_console.hub.service.money.chain import (
    BEGINNING,
    digest_posting,
    hash_line,
    line_fields,
    posting_fields,
)
from admin_console.hub.service.money.record import Line, Posting, PostingKind, Till
from admin_console.hub.store.engine import sqlite_address
from admin_console.hub.store.store import open_store
from kiosk.wire.codec import encode
from kiosk.wire.money import Means, ReceiptView, ToppedUp
from tests.benchmarks.table import Table, quantile
from tests.helpers.clock import FakeClock
from tests.helpers.moneyhouse import MoneyHouse
from tests.helpers.postgres import Cluster

SECONDS = 5.0
LINES = 1_000_000
ID_HERE, NUMBER_HERE = "01900000-0000-7000-8000-999999999999", 888_888_888
"""Stand in a receipt where its own will: to encode half a million of them takes a while."""


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MoneyHouse]:
    """Twenty tills and twenty cards."""
    clock = FakeClock()
    cluster: Cluster | None = None
    if request.param == "sqlite":
        address = sqlite_address(tmp_path / "hub.db")
    else:
        cluster = request.getfixturevalue("postgres_cluster")
        address = cluster.create_database()
    store = open_store(address, clock.now)
    found = MoneyHouse(store, clock)
    with store.begin(write=True) as work:
        for number in range(20):
            work.money.tills.add(Till(f"till-{number}", "trapeze", "Caisse", clock.now()))
    yield found
    store.close()
    if cluster is not None:
        cluster.drop_database(address)


def pay(house: MoneyHouse, tills: int) -> list[float]:
    """Top cards up by one cent for a while; returns how long each took, in seconds."""
    cashier = house.cashier()
    until = time.perf_counter() + SECONDS

    def work(till: int) -> list[float]:
        took = []
        number = f"79{tills:02d}{till:09d}"
        house.card(cashier, number)
        while (began := time.perf_counter()) < until:
            answer = house.pay(cashier, 1, number, till=f"till-{till}")
            assert isinstance(answer, ToppedUp), answer
            took.append(time.perf_counter() - began)
        return took

    with ThreadPoolExecutor(tills) as pool:
        return [one for took in pool.map(work, range(tills)) for one in took]


def test_top_ups(house: MoneyHouse, table: Table, request: pytest.FixtureRequest) -> None:
    kind = "SQLite, synchronous=FULL" if "sqlite" in request.node.name else "PostgreSQL, no fsync"
    for tills in (1, 20):
        took = pay(house, tills)
        table.add(
            f"top-ups, {tills} till{'s' if tills > 1 else ''} ({kind})",
            f"{len(took) / SECONDS:.0f}/s, p50 {1000 * quantile(took, 0.5):.1f} ms, "
            f"p99 {1000 * quantile(took, 0.99):.1f} ms",
        )
    assert house.verdict().sound


def fill(
    house: MoneyHouse, path: Path, lines: int, seal: Callable[[str, int, bytes], bytes]
) -> None:
    """Write books as long as that past the ledger, which would take a quarter of an hour.

    Half of the lines are a till's, and each of these has its receipt.
    """
    till = Account(AccountKind.TILL_CASH, "till")
    at = house.clock.now()
    said = encode(
        ReceiptView(
            till_id=till.subject, year=at.year, number=NUMBER_HERE, posting_id=ID_HERE, at=at,
            town="Ville", site_name="Médiathèque", till_name="Caisse", agent="Paule Ruiz",
            amount_cents=100, means=Means.CASH, last_four="0011", balance_cents=100,
        )
    ).decode()  # fmt: skip
    micros = int(at.timestamp()) * 1_000_000
    ends = dict.fromkeys(("credit", till.book), (0, BEGINNING))
    model = Posting("", "", b"d" * 32, PostingKind.TOP_UP, at, "trapeze", "s", 2, b"{}")
    with closing(sqlite3.connect(path)) as database:
        names = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            if name.startswith(("ledger", "receipt")):
                database.execute(f"DROP TRIGGER {name}")
        total = 0
        for start in range(0, lines // 2, 10_000):
            postings, rows, receipts = [], [], []
            for number in range(start, min(start + 10_000, lines // 2)):
                posting_id = f"01900000-0000-7000-8000-{number:012d}"
                receipt = said.replace(ID_HERE, posting_id).replace(
                    str(NUMBER_HERE), str(number + 1)
                )
                answer = f'{{"receipt":{receipt}}}'
                posting = replace(
                    model, posting_id=posting_id, key=f"k{number}", answer=answer.encode()
                )
                digest = digest_posting(posting_fields(posting))
                postings.append((posting_id, posting.key, posting.ask_digest, micros, answer))
                receipts.append((till.subject, at.year, number + 1, posting_id, micros, receipt))
                card = f"c{number % 5000:035d}"
                total += 100
                for account, cents, balance in (
                    (till, 100, total),
                    (Account(AccountKind.CARD, card), -100, 100 * (number // 5000 + 1)),
                ):
                    last, previous = ends[account.book]
                    line = Line(
                        account.book, last + 1, posting.posting_id, account.kind, account.subject,
                        cents, balance, previous, b"",
                    )  # fmt: skip
                    made = hash_line(line_fields(line), digest, previous)
                    ends[account.book] = (last + 1, made)
                    rows.append((*line_fields(line), previous, made))
            database.executemany(
                "INSERT INTO ledger_posting VALUES (?, ?, ?, 'top_up',"
                " ?, 'trapeze', 's', 2, ?, '{}', NULL, NULL, NULL, '')",
                postings,
            )
            database.executemany("INSERT INTO receipt VALUES (?, ?, ?, ?, 1, ?, NULL, ?)", receipts)
            database.executemany("INSERT INTO ledger_line VALUES (?,?,?,?,?,?,?,?,?)", rows)
        database.execute("INSERT INTO ledger_balanced SELECT posting_id FROM ledger_posting")
        for name, (last, made) in ends.items():
            database.execute(
                "INSERT INTO ledger_book VALUES (?, ?, ?, ?)",
                (name, last, made, seal(name, last, made)),
            )
        database.commit()


def test_a_million_lines_verified(tmp_path: Path, table: Table) -> None:
    path = tmp_path / "hub.db"
    clock = FakeClock()
    store = open_store(sqlite_address(path), clock.now)
    house = MoneyHouse(store, clock)
    fill(house, path, LINES, house.money_keys.seal)

    began = time.perf_counter()
    verdict = house.verdict()
    took = time.perf_counter() - began

    assert verdict.sound, verdict.findings
    assert sum(book.lines for book in verdict.books) == LINES
    table.add(
        "a million lines and half a million receipts verified (SQLite)",
        f"{took:.1f} s, {LINES / took:,.0f} lines/s",
    )
    store.close()
