"""A visit without a mouse, on a real screen with real programs: card, home, help, end, goodbye."""

from pathlib import Path

import pytest

from kiosk.wire.place import SeatView
from tests.stories.conftest import SEAT
from tests.stories.house import GUARD_SECONDS, House, Kiosk, pause


@pytest.fixture
def looks(kiosk: Kiosk, tmp_path: Path) -> "Looks":
    return Looks(kiosk, tmp_path)


class Looks:
    """What the screen looks like, to tell that something has changed."""

    def __init__(self, kiosk: Kiosk, folder: Path) -> None:
        self._kiosk = kiosk
        self._folder = folder
        self._count = 0
        self.last = b""

    def changed(self) -> bool:
        """Return whether the screen is another than the last time it was looked at."""
        self._count += 1
        pause(0.4)
        before = self.last
        path = self._kiosk.screen.screenshot(self._folder / f"{self._count}.png")
        self.last = path.read_bytes()
        return self.last != before


def free(seat: SeatView) -> bool:
    return seat.slot is None


def test_a_whole_visit_by_keys_alone(house: House, kiosk: Kiosk, looks: Looks) -> None:
    screen, member = kiosk.screen, house.members[0]
    looks.changed()

    # From the card back to the text size, then to the language: both change, and change back.
    for steps in (4, 1):
        screen.press(*["shift+Tab"] * steps)
        assert looks.changed(), "the place of the keyboard does not show"
        for key in ("Right", "Left"):
            screen.press(key)
            assert looks.changed(), "the choice does not show"

    # Card, code, Enter: a card finds its field from wherever the keyboard is.
    kiosk.sign_in(member)
    kiosk.wait_for_face("session")
    house.until(SEAT, "occupied", lambda seat: seat.slot is not None)
    looks.changed()

    # The rules of the house stand once; Enter goes on.
    kiosk.read_rules()
    assert looks.changed(), "no way on from the rules of the house"

    # Help by F1, and back by Enter on the button that has the keyboard.
    screen.press("F1")
    assert looks.changed(), "F1 opens no help"
    pause(GUARD_SECONDS)
    screen.press("Return")
    assert looks.changed(), "no way back from the help"
    pause(GUARD_SECONDS)

    # The question before the end: Escape goes on, whatever was pressed to open it.
    kiosk.open_ending()
    assert looks.changed(), "no question before the end"
    screen.press("Escape")
    pause(GUARD_SECONDS)
    assert house.seat(SEAT).slot is not None

    # Ending takes a step to the other answer.
    screen.press("Return")
    pause(GUARD_SECONDS)
    screen.press("Tab", "Return")
    kiosk.wait_for_face("goodbye")
    house.until(SEAT, "free again", free, within=30)
    screen.press("space")
    kiosk.wait_for_face("lock", within=40)
