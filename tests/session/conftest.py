"""A workstation for each test, let go at its end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.session.provided import known_card, provide, provisions
from tests.session.station import Station


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    """A workstation in contact with a hub, nobody seated."""
    made = Station(tmp_path)
    made.connect()
    yield made
    made.close()


@pytest.fixture
def alone(station: Station) -> Station:
    """A station that knows a card, and has lost the hub."""
    provide(station, provisions(station, known_card(station)))
    station.disconnect()
    return station
