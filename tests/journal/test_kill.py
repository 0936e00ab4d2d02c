"""A shell killed in the middle of its writing has every entry it was told is written."""

import random
import sys
from collections.abc import Callable
from pathlib import Path

from kiosk.journal.store import Store
from tests.helpers.process import Programs, wait_until
from tests.journal.sample import events


def test_no_acknowledged_entry_is_lost_when_the_shell_is_killed(
    tmp_path: Path, programs: Programs, count_of: Callable[[int], int]
) -> None:
    path = tmp_path / "journal.sqlite"
    lot = random.Random(7)
    first = 0

    for life in range(count_of(60)):
        scribe = programs.start(
            [sys.executable, "-m", "tests.journal.scribe", path], name=f"scribe {life}"
        )
        number = int(scribe.wait_for_line(r"^opened (\d+)$").group(1))
        first = first or number
        lines = 1 + lot.randrange(80)
        wait_until(lambda scribe=scribe, lines=lines: len(scribe.lines) > lines)  # type: ignore[misc]
        scribe.kill()

        store = Store(path)
        found = store.load()
        waiting = store.pending(1_000_000)
        store.close()
        acknowledged = int(scribe.lines[-1])
        assert found.kept is not None
        ticket, next_seq = map(int, found.kept.split())
        assert ticket >= acknowledged
        assert next_seq == number + sum(one % 4 for one in range(1, ticket + 1))
        assert found.next_seq == next_seq, "the kept value and the events are of one entry"
        assert waiting == events(first, next_seq - first)
