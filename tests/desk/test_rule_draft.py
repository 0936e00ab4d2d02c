"""Limits as they are typed: what a text means, where a step leads, and what is wrong when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from admin_console.desk.gallery_settings import ROOM, a_town_with_hours
from admin_console.desk.models.estate import EstateBook
from admin_console.desk.models.rule_draft import RuleWriting, stepped
from admin_console.desk.models.rule_wording import RuleWording
from admin_console.desk.models.typed import read_length
from kiosk.look.language import Language
from kiosk.rules.roomrule import BOUNDS, RuleFault, RuleFaultKind, RuleField
from kiosk.wire.place import RoomView
from kiosk.wire.rule import RuleFaultView, RuleFaulty
from tests.desk.hand import told


@pytest.fixture
def room() -> RoomView:
    found = EstateBook(a_town_with_hours()).room(ROOM)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 5400), ("90 min", 5400), ("1 h 30", 5400), ("1h30", 5400), ("1 h 30 min", 5400),
        ("2 h", 7200), ("2 heures", 7200), ("1 hour", 3600), ("45 s", 45), ("2 min 30 s", 150),
        ("0", 0), ("1\u00a0h\u00a030", 5400), ("", None), ("beaucoup", None), ("-5", None),
        ("1 h -", None), ("1.5", None),
    ],
)  # fmt: skip
def test_a_length_is_read_as_people_write_it(text: str, seconds: int | None) -> None:
    assert read_length(text) == seconds


@pytest.mark.parametrize("code", ["fr", "en"])
@given(seconds=st.integers(0, 24 * 3600))
def test_what_a_field_says_is_read_as_the_same_length(code: str, seconds: int) -> None:
    wording = RuleWording(Language("en" if code == "en" else "fr"))
    assert wording.read(RuleField.SLOT, wording.tell(RuleField.SLOT, seconds)) == seconds


@given(name=st.sampled_from(list(BOUNDS)), value=st.integers(-10, 10**6), up=st.booleans())
def test_a_step_stays_within_bounds_and_moves_towards_them(
    name: RuleField, value: int, up: bool
) -> None:
    moved = stepped(name, value, up)
    least, most = BOUNDS[name]
    assert isinstance(moved, int)
    assert least <= moved <= most
    if least < value < most:
        assert moved > value if up else moved < value


def test_steps_are_those_of_the_field() -> None:
    assert stepped(RuleField.SLOT, 3600, up=True) == 4500
    assert stepped(RuleField.SLOT, 3700, up=False) == 3600
    assert stepped(RuleField.RENEWALS, None, up=True) == 2
    assert stepped(RuleField.LETTER, "A", up=True) == "B"
    assert stepped(RuleField.LETTER, "Z", up=True) == "Z"
    assert stepped(RuleField.LETTER, "?", up=False) == "A"


def test_a_text_that_means_nothing_holds_the_saving_back_until_it_is_mended(
    room: RoomView,
) -> None:
    writing = RuleWriting.of(room).with_value(RuleField.SLOT, 7200)
    assert writing.can_be_saved()
    torn = writing.with_unread(RuleField.HOLD)
    assert (torn.wrong(), torn.can_be_saved(), torn.says(room)) == (1, False, False)
    assert torn.with_value(RuleField.HOLD, 600).can_be_saved()


def test_what_the_hub_says_of_a_letter_stands_until_another_is_written(room: RoomView) -> None:
    writing = RuleWriting.of(room).with_value(RuleField.LETTER, "B")
    fault = RuleFaultView(kind=RuleFaultKind.LETTER_TAKEN, field=RuleField.LETTER)
    refused = writing.refused(RuleFaulty(faults=(fault,)))
    assert refused.fault_of(RuleField.LETTER) == RuleFault(
        RuleFaultKind.LETTER_TAKEN, RuleField.LETTER
    )
    assert not refused.can_be_saved()
    assert refused.with_value(RuleField.HOLD, 300).fault_of(RuleField.LETTER) is not None
    assert refused.with_value(RuleField.LETTER, "C").can_be_saved()


def test_keeping_mine_over_theirs_leaves_what_i_did_not_touch_to_them(room: RoomView) -> None:
    mine = RuleWriting.of(room).with_value(RuleField.SLOT, 7200)
    theirs = replace(room, rule=replace(room.rule, hold_seconds=300))
    both = mine.over(theirs)
    assert both.changed() == (RuleField.SLOT,)
    assert both.ask().draft.hold_seconds == 300


def test_every_fault_and_every_limit_has_its_words(room: RoomView) -> None:
    for code in ("fr", "en"):
        wording = RuleWording(Language("en" if code == "en" else "fr"))
        for name in RuleField:
            assert all(wording.name(name))
        said = {
            told(wording.fault(RuleFault(kind, RuleField.SLOT)).whole) for kind in RuleFaultKind
        }
        assert len(said) == len(RuleFaultKind)
