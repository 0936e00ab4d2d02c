"""One house for a module of tests that leave it as they find it, or a fresh one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub.web.house import House, open_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(tmp_path) as found:
        yield found
