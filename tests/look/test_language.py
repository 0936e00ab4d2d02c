"""The words: complete in French, written as the house writes."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from kiosk.look.catalogue import find_faults, read
from kiosk.look.language import Language
from kiosk.look.phrase import Phrase
from kiosk.look.status import status_word
from kiosk.look.token import load_tokens
from kiosk.rules.seat import SeatState

PARIS = ZoneInfo("Europe/Paris")
NBSP = "\u00a0"


def french_sentences() -> list[str]:
    told: list[str] = []
    for message in read():
        if message.id:
            forms = message.string
            told += [forms] if isinstance(forms, str) else list(forms or ())
    return told


def test_no_sentence_is_missing_doubtful_or_stale() -> None:
    assert list(find_faults()) == []


def test_french_spaces_before_double_signs_never_break() -> None:
    for text in french_sentences():
        for sign in ":;!?€%":
            assert f" {sign}" not in text.replace("%(", ""), text


def test_french_uses_only_signs_of_the_shipped_font() -> None:
    for text in french_sentences():
        assert not set(text) & set("\u202f→←'"), text


def test_the_nine_states_are_called_as_the_design_says() -> None:
    for code, name in (("fr", "label_fr"), ("en", "label_en")):
        language = Language(code)  # type: ignore[arg-type]
        for state, status in load_tokens().status.items():
            if (code, state) == ("en", SeatState.LOCKED):
                continue  # "Away" is what the visitor did; the table says "Locked by user".
            assert status_word(language, state) == getattr(status, name)


def test_a_change_of_language_is_told_once(qtbot: QtBot, language: Language) -> None:
    with qtbot.waitSignal(language.changed):
        language.use("en")
    assert language.gettext("Erase") == "Erase"
    with qtbot.assertNotEmitted(language.changed):
        language.use("en")
    language.use("fr")
    assert language.gettext("Erase") == "Effacer"


MOMENT = datetime(2026, 10, 14, 13, 40, tzinfo=UTC)
ROUND = datetime(2026, 10, 14, 17, 0, tzinfo=UTC)


@pytest.fixture
def french() -> Phrase:
    return Phrase(Language("fr"), PARIS)


@pytest.fixture
def english() -> Phrase:
    return Phrase(Language("en"), PARIS)


def test_french_times_dates_and_money(french: Phrase) -> None:
    assert french.time(MOMENT) == f"15{NBSP}h{NBSP}40"
    assert french.time(ROUND) == f"19{NBSP}h"
    assert french.clock(MOMENT) == "15:40"
    assert french.time_range(MOMENT, ROUND) == f"15{NBSP}h{NBSP}40{NBSP}–{NBSP}19{NBSP}h"
    assert french.full_date(date(2026, 10, 14)) == "mercredi 14 octobre 2026"
    assert french.day(MOMENT) == "mercredi 14 octobre"
    assert french.short_day(MOMENT) == "mer. 14 octobre"
    assert french.weekday(MOMENT) == "mercredi"
    assert french.money(430) == f"4,30{NBSP}€"
    assert french.money(123456) == f"1{NBSP}234,56{NBSP}€"
    assert french.number(12345) == f"12{NBSP}345"


def test_english_times_dates_and_money(english: Phrase) -> None:
    assert english.time(MOMENT) == f"3:40{NBSP}pm"
    assert english.time(ROUND) == f"7{NBSP}pm"
    assert english.full_date(date(2026, 10, 14)) == "Wednesday 14 October 2026"
    assert english.money(430) == "€4.30"


@pytest.mark.parametrize(
    ("seconds", "short", "long"),
    [
        (0, f"0{NBSP}min", f"0{NBSP}minute"),
        (1, f"1{NBSP}min", f"1{NBSP}minute"),
        (47 * 60, f"47{NBSP}min", f"47{NBSP}minutes"),
        (3600, f"1{NBSP}h", f"1{NBSP}heure"),
        (3900, f"1{NBSP}h{NBSP}05", f"1{NBSP}heure{NBSP}5{NBSP}minutes"),
        (16080, f"4{NBSP}h{NBSP}28", f"4{NBSP}heures{NBSP}28{NBSP}minutes"),
    ],
)
def test_french_durations(french: Phrase, seconds: int, short: str, long: str) -> None:
    assert french.duration(seconds) == short
    assert french.long_duration(seconds) == long


def test_a_date_is_the_one_of_the_reader(french: Phrase) -> None:
    assert french.day(datetime(2026, 10, 14, 22, 30, tzinfo=UTC)) == "jeudi 15 octobre"


def test_an_instant_without_a_zone_is_refused(french: Phrase) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        french.time(datetime(2026, 10, 14, 15, 40))  # noqa: DTZ001 - the point of the test


def test_phrases_follow_the_language() -> None:
    language = Language("fr")
    phrase = Phrase(language, PARIS)
    language.use("en")
    assert phrase.duration(3900) == f"1{NBSP}h{NBSP}5{NBSP}min"
