"""What is said at the way in: refusals, failures, and having left."""

import pytest

from admin_console.desk.models.entrance import Entrance
from admin_console.desk.models.leaving import Leaving
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.language import Language
from kiosk.wire.desk import StaffRefused
from tests.desk.hand import told


@pytest.fixture
def language() -> Language:
    return Language("fr")


def test_a_refused_sign_in_never_says_which_of_the_two_is_wrong(language: Language) -> None:
    fact, sentence = Entrance(language).refused(StaffRefused(code="whatever"))
    assert fact == "Le nom ou le mot de passe ne va pas."
    assert sentence
    _fact, wait = Entrance(language).refused(StaffRefused(code="x", retry_seconds=30))
    assert told(wait).endswith("Vous pourrez réessayer dans 30 secondes.")
    _fact, longer = Entrance(language).refused(StaffRefused(code="x", retry_seconds=61))
    assert told(longer).endswith("Vous pourrez réessayer dans 2 minutes.")


def test_every_reason_of_a_failure_has_its_words(language: Language) -> None:
    entrance = Entrance(language)
    for reason in Reason:
        fact, sentence = entrance.failed(Failure(reason))
        assert fact
        assert sentence
    assert entrance.left(Leaving.EXPIRED)[0] == "Votre connexion a pris fin."
