"""A door of its own for each test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gate.door import House, MakeHouse


@pytest.fixture
def make_house(tmp_path: Path) -> Iterator[MakeHouse]:
    made: list[House] = []

    def make(uids: frozenset[int] = frozenset({os.getuid()})) -> House:
        made.append(House(tmp_path, uids))
        return made[-1]

    yield make
    for house in made:
        house.close()


@pytest.fixture
def house(make_house: MakeHouse) -> House:
    return make_house()
