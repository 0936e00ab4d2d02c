"""Several processes take money and print on the same cards, with asks that they share."""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest

from admin_console.hub.service.money.cardview import account_of
from admin_console.hub.store.store import Store, open_store
from tests.helpers.clock import FakeClock
from tests.helpers.moneyhouse import TILLS, MoneyHouse

NUMBERS = [f"77{n:011d}" for n in range(4)]
PROCESSES, SHARED = 3, 60


@pytest.fixture
def house(address: str, clock: FakeClock) -> Iterator[MoneyHouse]:
    store: Store = open_store(address, clock.now)
    yield MoneyHouse(store, clock)
    store.close()


@pytest.mark.soak
@pytest.mark.timeout(300)
def test_processes_that_share_asks_do_each_once_and_lose_no_cent(
    house: MoneyHouse, address: str
) -> None:
    house.prices()
    cashier = house.cashier()
    cards = [house.card(cashier, number).card_id for number in NUMBERS]
    identity = house.enrol().identity
    facts = {
        "staff_id": cashier.staff_id,
        "station": [
            identity.station_id, identity.seat_id, identity.room_id, identity.site_id,
        ],
        "numbers": NUMBERS,
        "ids": [house.fresh_id() for _ in range(SHARED)],
    }  # fmt: skip
    workers = [
        subprocess.Popen(
            [
                sys.executable, "-m", "tests.helpers.moneyworker",
                address, str(seed), str(2 * SHARED), json.dumps(facts),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in range(PROCESSES)
    ]  # fmt: skip
    try:
        said = [worker.communicate(timeout=240)[0] for worker in workers]
    finally:
        for worker in workers:
            worker.kill()
    answers = [json.loads(one) for one in said]
    assert [worker.returncode for worker in workers] == [0] * PROCESSES

    told: dict[str, dict[str, object]] = {}
    for answer in answers:
        for key, what in answer.items():
            assert told.setdefault(key, what) == what, "one ask, two answers"
    assert sum(len(answer) for answer in answers) > len(told), "nothing was shared"
    verdict = house.verdict()
    assert verdict.sound, verdict.findings
    paid = sum(one["amount_cents"] for one in told.values() if one["type"] == "topped_up")  # type: ignore[misc]
    spent = sum(one["charged_cents"] for key, one in told.items() if key.endswith("/settle"))  # type: ignore[misc]
    receipts = [one["receipt"] for one in told.values() if one["type"] == "topped_up"]
    for till in TILLS:
        numbers = sorted(one["number"] for one in receipts if one["till_id"] == till)  # type: ignore[index]
        assert numbers == list(range(1, len(numbers) + 1)), "receipts have a gap"
    closings = [one for one in told.values() if one["type"] == "till_closed"]
    assert closings, "no till was ever closed"
    copies = [(one["till_id"], one["copy"]) for key, one in told.items() if key.endswith("/copy")]
    assert len(copies) == len({*copies}), "two asks were given the same copy"
    with house.store.begin(write=False) as work:
        left = [work.money.ledger.balance(account_of(card)) for card in cards]
        keys = [key for key in told if not key.endswith(("/till", "/copy"))]
        assert all(work.money.ledger.by_key(key) is not None for key in keys)
    assert sum(left) == paid - spent
    assert min(left) >= 0
