"""The command line and the sample say what the rehearsal does."""

import pytest

from admin_console.hub.service.sample import read_sample as read_whole_sample
from admin_console.rehearsal.option import DEFAULT_STATE, read_options
from admin_console.rehearsal.rehearsal import HANDED_OUT, SITE_ID
from admin_console.rehearsal.sample import (
    ESTATE_FILE,
    SampleUnusable,
    read_sample,
    shorten_slots,
)


def test_with_a_display_both_windows_open() -> None:
    options = read_options([], display=True)

    assert (options.kiosk, options.desk, options.play) == (True, True, False)
    assert options.state == DEFAULT_STATE.absolute()


def test_without_a_display_a_visit_is_played() -> None:
    assert read_options([], display=False).play
    assert read_options(["--play"], display=True).play


def test_without_windows_no_display_is_needed() -> None:
    options = read_options(["--no-kiosk", "--no-desk", "--fast", "60"], display=False)

    assert not options.play
    assert options.fast == 60


@pytest.mark.parametrize(
    "words", [["--fast", "0"], ["--fast", "quick"], ["--play", "--no-desk"], ["--seed", "x"]]
)
def test_what_makes_no_sense_is_said(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        read_options(words, display=True)

    assert left.value.code == 2
    assert words[0].lstrip("-") in capsys.readouterr().err


def test_the_sample_has_cards_to_hand_out_and_for_every_visitor() -> None:
    sample = read_sample()
    whole = read_whole_sample(ESTATE_FILE.read_text(encoding="utf-8"))
    seats = sum(room.seats for site in whole.site for room in site.room)

    assert len(sample.member) - HANDED_OUT >= seats - 1
    assert sample.someone("admin").sites is None
    agent = sample.someone("agent")
    assert agent.sites is None or SITE_ID in agent.sites
    with pytest.raises(SampleUnusable, match="nobody"):
        sample.someone("gardener")


def test_short_slots_are_those_of_one_site_alone() -> None:
    text = ESTATE_FILE.read_text(encoding="utf-8")

    before, after = read_whole_sample(text), read_whole_sample(shorten_slots(text, SITE_ID, 11))

    for one, other in zip(before.site, after.site, strict=True):
        for room, changed in zip(one.room, other.room, strict=True):
            expected = 11 if one.id == SITE_ID else room.slot_minutes
            assert changed.slot_minutes == expected
    assert after.member == before.member


def test_a_site_that_is_not_there_has_no_slots_to_shorten() -> None:
    with pytest.raises(SampleUnusable, match="elsewhere"):
        shorten_slots(ESTATE_FILE.read_text(encoding="utf-8"), "elsewhere", 11)
