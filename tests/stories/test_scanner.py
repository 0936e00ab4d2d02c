"""Card readers on a real X server: raw key codes, two layouts, every habit that readers have."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.helpers.process import Program, Programs
from tests.helpers.xvfb import Xvfb
from tests.stories.house import pause

CARD = "29214545678012"
PIN = "2718"
ROW = {digit: 10 + (int(digit) - 1) % 10 for digit in "0123456789"}
PAD = {"7": 79, "8": 80, "9": 81, "4": 83, "5": 84, "6": 85, "1": 87, "2": 88, "3": 89, "0": 90}
RETURN, TAB, PAD_ENTER = 36, 23, 104
FAST, SLOW = 2, 40
STAND = [sys.executable, "-m", "tests.stories.lock_stand"]
GUARD_SECONDS = 0.8


@dataclass
class Lock:
    """A lock on a screen, and what it has said."""

    screen: Xvfb
    program: Program
    seen: int = 0

    def wait(self, what: str) -> None:
        """Wait until it says something that it has not said before."""
        self.program.wait_for_line(what, within=20, after=self.seen)
        self.seen = len(self.program.lines)

    def heard(self) -> list[str]:
        """Return everything that was wished for."""
        return [line for line in self.program.lines if line.startswith(("sign-in", "wish"))]

    def open_with_code(self) -> None:
        """Type the code by hand, and Enter."""
        pause(0.3)
        self.screen.press_codes([ROW[digit] for digit in PIN], gap_ms=400)
        self.screen.press("Return")
        self.wait(f"sign-in {CARD} {PIN}$")


@pytest.fixture(scope="module")
def screen() -> Iterator[Xvfb]:
    with Xvfb() as made:
        yield made


Stand = Callable[..., Lock]


@pytest.fixture
def stand(programs: Programs, screen: Xvfb) -> Stand:
    def begin(*words: str, layout: str = "fr") -> Lock:
        screen.use_layout(layout)
        program = programs.start(
            [*STAND, *words], name="lock-stand", environment=dict(screen.environment)
        )
        program.wait_for_line("^standing$", within=30)
        pause(GUARD_SECONDS)
        return Lock(screen, program)

    return begin


def codes(digits: str, table: dict[str, int] = ROW, end: int | None = RETURN) -> list[int]:
    return [*(table[digit] for digit in digits), *([] if end is None else [end])]


@pytest.mark.parametrize("layout", ["fr", "us"])
def test_a_reader_is_read_under_a_layout_whatever_its_habits(stand: Stand, layout: str) -> None:
    """One lock takes them all, for each card replaces the one before it."""
    lock = stand(layout=layout)
    for gap in (FAST, SLOW):
        for end in (RETURN, TAB, None):
            lock.screen.press_codes(codes("99990000111122"), gap_ms=FAST)
            pause(0.5)
            lock.screen.press_codes(codes(CARD, end=end), gap_ms=gap)
            pause(0.4)
            lock.open_with_code()
    assert set(lock.heard()) <= {f"sign-in {CARD} {PIN}", "wish RefusalRead"}


@pytest.mark.parametrize("layout", ["fr", "us"])
def test_digits_with_shift_held_are_digits(stand: Stand, layout: str) -> None:
    lock = stand(layout=layout)
    lock.screen.press_codes(codes(CARD, end=None), gap_ms=FAST, held="shift")
    lock.screen.press("Return")
    lock.wait("card taken")
    lock.open_with_code()


def test_the_numeric_pad_counts_with_num_lock_and_without(stand: Stand) -> None:
    lock = stand()
    for _time in range(2):
        lock.screen.press_codes(codes(CARD, PAD, PAD_ENTER), gap_ms=FAST)
        pause(0.4)
        lock.open_with_code()
        lock.screen.press("Num_Lock")
        pause(0.4)


@pytest.mark.parametrize("gap", [FAST, SLOW])
def test_a_card_finds_its_field_from_a_button_of_the_lock(stand: Stand, gap: int) -> None:
    lock = stand()
    for steps in range(1, 5):
        lock.screen.press(*["shift+Tab"] * steps)
        lock.screen.press_codes(codes(CARD), gap_ms=gap)
        pause(0.4)
        lock.open_with_code()
    assert not [line for line in lock.heard() if "Help" in line]


def test_a_card_passed_in_a_session_starts_nothing_and_locks_the_seat(stand: Stand) -> None:
    lock = stand("session")
    for gap in (FAST, SLOW):
        for end in (RETURN, PAD_ENTER):
            lock.screen.press_codes(codes(CARD, end=end), gap_ms=gap)
            pause(0.4)
    assert lock.heard() == ["wish CardPassed"] * 4
    # Enter from a hand still does what it says.
    lock.screen.press("Return")
    lock.wait("wish LaunchAsked")
