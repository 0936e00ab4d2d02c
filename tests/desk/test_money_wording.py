"""Each refusal of the ledger has its sentences, in both languages."""

import pytest

from admin_console.desk.models.money_wording import MoneyWording
from kiosk.look.language import Language, LanguageCode
from kiosk.rules.credit import AmountFault
from kiosk.wire.money import MoneyFault, MoneyRefused


@pytest.mark.parametrize("code", ["fr", "en"])
def test_every_refusal_says_what_happened_what_is_safe_and_what_to_do(code: LanguageCode) -> None:
    wording = MoneyWording(Language(code))
    told = [
        wording.fault(MoneyRefused(fault=fault, balance_cents=430, needed_cents=970)).whole
        for fault in MoneyFault
    ]
    typed = [wording.amount(fault).whole for fault in AmountFault]

    assert all(len(one) > 40 for one in told + typed)
    assert len(set(told)) >= len(MoneyFault) - 2
    assert len(set(typed)) == len(AmountFault)


def test_amounts_stand_in_the_sentences_as_they_are_written_here() -> None:
    refused = MoneyRefused(fault=MoneyFault.CREDIT_SHORT, balance_cents=430, needed_cents=970)

    assert MoneyWording(Language("fr")).fault(refused).fact == (
        "La carte contient 4,30\u00a0€, et il faut 9,70\u00a0€."
    )
    assert "€4.30" in MoneyWording(Language("en")).fault(refused).fact
