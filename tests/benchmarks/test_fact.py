"""What a fact costs the hub: alone, and in a room where people wait."""

import time
from datetime import timedelta
from pathlib import Path

import pytest

from admin_console.hub.store.engine import sqlite_address
from admin_console.hub.store.store import open_store
from kiosk.wire.event import SlotExtended
from tests.benchmarks.table import Table, milliseconds
from tests.helpers.clock import FakeClock
from tests.helpers.hubhouse import BIJ, JEANNE, MARCEL, MONIQUE, ODILE, PAUL, HubHouse

FACTS = 300


@pytest.mark.parametrize("waiting", [(), (MONIQUE, PAUL, ODILE)], ids=["nobody", "three"])
def test_a_fact_at_the_hub(waiting: tuple[str, ...], tmp_path: Path, table: Table) -> None:
    clock = FakeClock()
    store = open_store(sqlite_address(tmp_path / "hub.db"), clock.now)
    house = HubHouse(store, clock)
    station, other = house.enrol(BIJ), house.enrol(BIJ)
    slot_id = house.sit(station, JEANNE)
    house.sit(other, MARCEL)
    for card in waiting:
        house.take(station, card)

    seconds = []
    for total in range(3601, 3601 + FACTS):
        ends_at = clock.now() + timedelta(seconds=total)
        longer = SlotExtended(
            slot_id=slot_id, total_seconds=total, ends_at=ends_at, command_id=house.fresh_id()
        )
        fact = house.fact(station, longer)
        start = time.perf_counter()
        house.tell(station, fact)
        seconds.append(time.perf_counter() - start)
    store.close()

    who = f"{len(waiting)} tickets wait" if waiting else "nobody waits"
    table.add(f"a fact taken in, kept on disk and told; {who}", milliseconds(seconds))
