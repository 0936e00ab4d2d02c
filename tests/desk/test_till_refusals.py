"""What a till refuses is said at the counter in a sentence: nothing was taken, and what to do."""

import pytest
from pytestqt.qtbot import QtBot

from admin_console.desk.gallery_stage import Stage
from admin_console.desk.gallery_till import (
    BLOCKED,
    CARD,
    COUNTED,
    NUMBER,
    SHUT,
    THEIRS,
    UNKNOWN,
    Counter,
    adding,
    served,
    taken,
)
from admin_console.desk.models.till_wish import FindCard, Take
from kiosk.wire.money import MoneyFault, MoneyRefused
from kiosk.wire.till import TillView
from tests.desk.hand import click, press, told
from tests.desk.tillhand import ENTER, come_in


def try_to_take(here: Counter, qtbot: QtBot) -> list[Take]:
    """Write an amount, press everything that takes it; return what went out."""
    wishes = come_in(here, qtbot)
    panel = here.page.counter.top_up
    panel.other.set_text("5,00")
    panel.other.edited.emit("5,00")
    panel.other.setFocus()
    press(ENTER)
    click(panel.take)
    return [one for one in wishes if isinstance(one, Take)]


@pytest.mark.parametrize("typed", ["7,505", "0,001", "1.000", "12,5x", "0", "200,01", "9" * 30])
def test_an_amount_that_is_none_is_said_beside_the_field(
    stage: Stage, typed: str, qtbot: QtBot
) -> None:
    here = adding(stage, typed)
    wishes = come_in(here, qtbot)
    panel = here.page.counter.top_up
    panel.other.setFocus()
    press(ENTER)
    click(panel.take)

    assert not [one for one in wishes if isinstance(one, Take)]
    assert panel.other.is_wrong()
    assert "Aucun argent n’a bougé" in told(panel.trouble.plain())


@pytest.mark.parametrize(
    ("till", "said"),
    [(SHUT, "fermée"), (THEIRS, "ouverte par"), (COUNTED, "comptée")],
    ids=["closed", "theirs", "counted"],
)
def test_a_till_that_takes_nothing_says_so_before_anything_is_asked(
    stage: Stage, till: TillView, said: str, qtbot: QtBot
) -> None:
    here = served(stage, CARD, till)

    assert try_to_take(here, qtbot) == []
    assert said in told(here.page.counter.top_up.trouble.plain())


def test_a_blocked_card_is_known_by_its_passing(stage: Stage, qtbot: QtBot) -> None:
    here = served(stage, BLOCKED)

    assert try_to_take(here, qtbot) == []
    assert "bloquée" in told(here.page.counter.top_up.trouble.plain())


def test_an_unknown_card_takes_nothing(stage: Stage, qtbot: QtBot) -> None:
    here = served(stage, UNKNOWN)
    wishes = come_in(here, qtbot)
    click(here.page.counter.top_up.take)

    assert not [one for one in wishes if isinstance(one, Take)]
    assert here.page.counter.card is None


@pytest.mark.parametrize("fault", [one for one in MoneyFault if one is not MoneyFault.NO_REASON])
def test_a_refusal_of_the_hub_is_a_sentence_and_no_receipt(
    stage: Stage, fault: MoneyFault, qtbot: QtBot
) -> None:
    here = taken(stage, MoneyRefused(fault=fault, balance_cents=430, needed_cents=970))
    come_in(here, qtbot)

    trouble = told(here.page.counter.top_up.trouble.plain())
    assert here.page.counter.top_up.trouble.isVisible()
    assert len(trouble) > 40
    assert here.page.counter.aside.receipt is None
    assert here.page.counter.card == CARD
    assert here.page.counter.top_up.draft.cents == 500, "what was written is still there"


def test_a_card_that_was_blocked_meanwhile_is_looked_at_again(stage: Stage, qtbot: QtBot) -> None:
    here = taken(stage, MoneyRefused(fault=MoneyFault.CARD_BLOCKED))
    come_in(here, qtbot)
    here.page.show_answer(FindCard(NUMBER), BLOCKED)

    assert "bloquée" in told(here.page.counter.top_up.trouble.plain())
    assert not here.page.counter.top_up.take.isEnabled()
