"""Whatever goes wrong, three things are said: what happened, what is safe, what to do."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from admin_console.desk.models.entrance import Entrance
from admin_console.desk.models.outgoing import Outgoing, OutgoingState
from admin_console.desk.models.telling import Telling
from kiosk.hublink.failure import Failure, Reason
from kiosk.look.language import Language, LanguageCode
from kiosk.look.phrase import Phrase
from kiosk.look.trouble import Trouble
from kiosk.rules.slot import Ground
from kiosk.shell.sample import NOW, club, lock
from kiosk.shell.sample_refusal import refusals
from kiosk.shell.sample_told import CLUB_HELP
from kiosk.shell.words import Teller
from kiosk.wire.desk import StaffRefused
from kiosk.wire.face import HelpStage, RefusalFace, Snapshot

CODES: tuple[LanguageCode, ...] = ("fr", "en")


@pytest.mark.parametrize("missing", range(3))
def test_a_trouble_without_one_of_the_three_cannot_be_said(missing: int) -> None:
    parts = ["Pas de réponse.", "Rien n’est perdu.", "Réessayez."]
    parts[missing] = " "
    with pytest.raises(ValueError, match="three things"):
        Trouble(*parts)


def snapshots() -> list[Snapshot]:
    """Return the lock with staff and without, with a number to call and without, open and not."""
    places = [lock(), club(lock(), CLUB_HELP), club(lock(), None)]
    return [*places, *(replace(place, next_opening=None) for place in places)]


def troubles_at_the_seat(teller: Teller) -> Iterator[object]:
    asked = [refusal for _name, refusal in refusals()]
    asked += [RefusalFace(ground=ground) for ground in Ground]
    asked += [RefusalFace(ground=ground, at=NOW + timedelta(hours=1)) for ground in Ground]
    for snapshot, refusal in itertools.product(snapshots(), asked):
        yield teller.sign_in_refusal(snapshot, refusal)
    for snapshot in snapshots():
        yield teller.help_answer(replace(snapshot, help_stage=HelpStage.UNREACHED))
    yield teller.launch_failed()


@pytest.mark.parametrize("code", CODES)
def test_every_trouble_at_the_seat_says_three_things(code: LanguageCode) -> None:
    for trouble in troubles_at_the_seat(Teller(Language(code))):
        assert isinstance(trouble, Trouble), trouble
        for part in (trouble.fact, trouble.kept, trouble.advice):
            assert part[-1] in ".!?…", trouble


@pytest.mark.parametrize("code", CODES)
def test_every_trouble_at_the_sign_in_of_the_desk_says_three_things(code: LanguageCode) -> None:
    entrance = Entrance(Language(code))
    told = [entrance.refused(StaffRefused(code="x", retry_seconds=wait)) for wait in (0, 30, 90)]
    told += [entrance.failed(Failure(reason)) for reason in Reason]
    for fact, rest in told:
        assert fact.endswith(".")
        assert rest.count(".") + rest.count("?") >= 2, rest


@pytest.mark.parametrize("code", CODES)
def test_every_refusal_of_a_seat_tells_staff_what_has_become_of_it(code: LanguageCode) -> None:
    language = Language(code)
    telling = Telling(language, Phrase(language, ZoneInfo("Europe/Paris")))
    told = [telling.refusal(ground.value) for ground in Ground]
    told += [telling.refusal(code) for code in (None, "busy", "of_a_later_version")]
    at = datetime(2026, 10, 14, 12, tzinfo=UTC)
    for state in set(OutgoingState) - {OutgoingState.SENDING}:
        told.append(telling.outgoing(Outgoing("command", "seat", "extend", at, state)).how)
    for sentence in told:
        assert sentence.count(".") >= 3, sentence
