"""Print credit on screen: the balance always there, the dialog, a card that is passed in it."""

import pytest
from msgspec.structs import replace

from kiosk.shell.credit_dialog import CreditDialog
from kiosk.shell.credit_words import MINUS, movement_words, state_words, top_up_words
from kiosk.shell.question import Question
from kiosk.shell.sample import club, grace, session, windowed
from kiosk.shell.sample_credit import CREDIT, CREDITS, NONE, with_credit
from kiosk.wire.creditface import CreditSeen, CreditWished, PrintCardPassed
from kiosk.wire.face import CardPassed
from tests.shell.conftest import HOW, Desk

NUMBER = "7700000000011"
HOME = with_credit(session(47))
BAR = with_credit(windowed(session(47, running_applications=1)))


def dialog(desk: Desk) -> CreditDialog:
    found = desk.window.questions.dialog(Question.CREDIT)
    assert isinstance(found, CreditDialog)
    return found


def shown(desk: Desk, credit: str) -> None:
    desk.show(with_credit(session(47), CREDITS[credit]))


@HOW
def test_the_balance_on_the_home_opens_what_moved(desk: Desk, how: str) -> None:
    desk.show(HOME)
    button = desk.home().time.credit
    assert button.accessibleName() == "Crédit d’impression: 4,30\xa0€"
    desk.use(button, how)
    assert desk.question() is Question.CREDIT
    assert desk.wishes == [CreditWished()]
    said = " ".join(dialog(desk).spoken())
    for told in ("4,30\xa0€", "Impression, 6 pages", f"{MINUS}0,60\xa0€", "Recharge", "0011"):
        assert told in said
    desk.clock.now += 10
    desk.use(dialog(desk).close_button, how)
    assert desk.wishes[1:] == [CreditSeen()]
    assert desk.question() is None


@HOW
def test_the_balance_in_the_bar_opens_the_same(desk: Desk, how: str) -> None:
    desk.window.resize(1920, 1080)
    desk.window.want_program()
    desk.show(BAR)
    bar = desk.program().bar
    assert bar.credit.text() == "4,30\xa0€"
    desk.use(bar.credit, how)
    assert desk.question() is Question.CREDIT


def test_where_prints_are_not_sold_there_is_nothing_of_it(desk: Desk) -> None:
    desk.show(session(47))
    assert desk.home().time.credit.isHidden()
    assert all("rédit" not in part for part in desk.home().spoken())
    desk.window.want_program()
    desk.show(windowed(session(47, running_applications=1)))
    assert desk.program().bar.credit.isHidden()
    desk.window.questions.ask(Question.CREDIT)
    assert desk.question() is None


def test_in_the_grace_the_bar_is_for_saving_alone(desk: Desk) -> None:
    desk.window.want_program()
    desk.show(with_credit(windowed(grace(120))))
    assert desk.program().bar.credit.isHidden()


def test_without_the_hub_the_balance_says_of_when_it_is(desk: Desk) -> None:
    shown(desk, "credit-stale")
    assert desk.home().time.credit.accessibleName() == "Solde de 14\xa0h\xa006: 4,30\xa0€"
    desk.use(desk.home().time.credit, "click")
    assert "Aucun mouvement n’est possible pour le moment." in dialog(desk).spoken()[2]


def test_a_card_passed_in_the_dialog_is_asked_for_and_locks_nothing(desk: Desk) -> None:
    desk.show(with_credit(session(47), NONE))
    assert desk.home().time.credit.accessibleName() == "Ma carte d’impression"
    desk.use(desk.home().time.credit, "click")
    desk.clock.now += 10
    desk.scan(NUMBER)
    desk.clock.now += 10
    assert PrintCardPassed(number=NUMBER) in desk.wishes
    assert not any(isinstance(wish, CardPassed) for wish in desk.wishes)
    assert dialog(desk).card.text() == ""
    shown(desk, "credit-reading")
    assert not dialog(desk).card.isEnabled()
    shown(desk, "credit")
    assert "4,30\xa0€" in dialog(desk).spoken()
    assert all(NUMBER not in part for part in dialog(desk).spoken())


def test_a_number_that_is_too_short_is_not_asked_for(desk: Desk) -> None:
    desk.show(HOME)
    desk.use(desk.home().time.credit, "click")
    desk.clock.now += 10
    desk.type("123")
    assert not dialog(desk).show_card.isEnabled()
    dialog(desk).card.submitted.emit()
    assert desk.wishes == [CreditWished()]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("credit-unknown", "Nous ne connaissons pas"),
        ("credit-another", "appartient à une autre personne"),
        ("credit-wait", "Attendez 1\xa0minute."),
        ("credit-unanswered", "Votre crédit est conservé."),
    ],
)
def test_a_card_that_is_not_shown_is_told_why_below_its_field(
    desk: Desk, name: str, said: str
) -> None:
    desk.show(with_credit(session(47), NONE))
    desk.use(desk.home().time.credit, "click")
    shown(desk, "credit-reading")
    shown(desk, name)
    assert said in dialog(desk).card.message()
    assert dialog(desk).card.is_wrong()
    shown(desk, "credit")
    assert not dialog(desk).card.is_wrong()


def test_what_is_set_aside_and_other_cards_are_said(desk: Desk) -> None:
    said = state_words(desk.window._outfit, HOME, CREDITS["credit-printing"])
    assert "0,90\xa0€ de plus sont réservés" in said
    assert "finissant par 0029\xa0: 0,30\xa0€" in said
    assert "bloquée" in state_words(desk.window._outfit, HOME, CREDITS["credit-blocked"])


def test_a_movement_of_today_has_its_time_and_an_older_one_its_day(desk: Desk) -> None:
    told = [movement_words(desk.window._outfit, HOME, one) for one in CREDIT.movements]
    assert [one.when for one in told][:1] == ["14\xa0h\xa018"]
    assert told[-1].when.startswith("ven.")
    assert (told[-1].amount, told[-1].balance) == ("+\xa05,00\xa0€", "Solde\xa0: 5,00\xa0€")


def test_where_to_buy_credit_is_said_by_the_site_or_by_who_is_there(desk: Desk) -> None:
    outfit = desk.window._outfit
    own = replace(NONE, top_up="À la caisse, le matin.")
    assert top_up_words(outfit, HOME, own) == "À la caisse, le matin."
    assert "accueil" in top_up_words(outfit, HOME, NONE)
    assert "accueil" not in top_up_words(outfit, club(HOME), NONE)
    assert "accueil" not in top_up_words(outfit, club(HOME, None), NONE)


def test_the_dialog_goes_with_its_session(desk: Desk) -> None:
    desk.show(HOME)
    desk.use(desk.home().time.credit, "click")
    desk.show(session(47))
    assert desk.question() is None
