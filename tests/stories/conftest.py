"""An open house for each story."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.process import Programs
from tests.helpers.xvfb import Xvfb
from tests.stories.house import House, Kiosk

SEAT = 7


@pytest.fixture
def house(programs: Programs, tmp_path: Path) -> Iterator[House]:
    """The hub runs on its sample estate, open day and night."""
    made = House(programs, tmp_path)
    made.open()
    yield made
    made.close()


@pytest.fixture
def kiosk(house: House, display: Xvfb) -> Kiosk:
    """A workstation at seat 7, enrolled, free and in contact."""
    made = Kiosk(house, display, SEAT)
    made.start(enrol=True)
    made.wait_for_face("lock")
    return made
