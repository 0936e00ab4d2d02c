"""People at the desk, through the routes; no line of the log tells who they are."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from admin_console.hub.composition import main
from admin_console.hub.service.importing import digest_of
from kiosk.wire.codec import LARGEST_MESSAGE, decode, encode
from kiosk.wire.desk import Role
from kiosk.wire.people import (
    LARGEST_IMPORT,
    ChangePerson,
    ImportAnswer,
    ImportChecked,
    ImportDone,
    ImportPeople,
    MakePin,
    MeetingAnswer,
    MeetPerson,
    PersonChangeAnswer,
    PersonChanged,
    PersonFacts,
    PersonMet,
    PersonRegistered,
    PinAnswer,
    PinMade,
    RegisterPerson,
    RegistrationAnswer,
)
from kiosk.wire.problem import ProblemCode
from tests.hub.web.house import CARD, FIRST_NAME, House, open_house, problem

pytestmark = pytest.mark.leaks_allowed("a hub that tests share starts threads as it needs them")

NEW = "20481000009991"
NAME = "Aminata-Eugénie"
FACTS = PersonFacts(first_name=NAME, category="adult", least_age=18)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house")) as found:
        yield found


def test_a_person_is_registered_changed_and_given_a_code(house: House) -> None:
    agent = house.staff[Role.AGENT]

    made: RegistrationAnswer = decode(
        house.ask("POST", "/v1/people", RegisterPerson(facts=FACTS, card=NEW), agent).content,
        RegistrationAnswer,
    )
    changed: PersonChangeAnswer = decode(
        house.ask("POST", "/v1/people/change", ChangePerson(card=NEW, facts=FACTS), agent).content,
        PersonChangeAnswer,
    )
    pin: PinAnswer = decode(
        house.ask("POST", "/v1/people/pin", MakePin(card=NEW), agent).content, PinAnswer
    )

    assert isinstance(made, PersonRegistered)
    assert isinstance(changed, PersonChanged)
    assert isinstance(pin, PinMade)
    log = house.log.getvalue()
    for secret in (NEW, NAME, made.pin, pin.pin):
        assert f'"{secret}"' not in log
    assert NEW not in log
    assert "Aminata" not in log


def test_a_person_is_met(house: House) -> None:
    ask = MeetPerson(card=CARD, room_id="north/room")

    met: MeetingAnswer = decode(
        house.ask("POST", "/v1/people/search", ask, house.staff[Role.AGENT]).content, MeetingAnswer
    )

    assert isinstance(met, PersonMet)
    assert met.facts.first_name == FIRST_NAME
    assert FIRST_NAME not in house.log.getvalue()


def test_a_room_of_another_site_is_not_found(house: House) -> None:
    ask = MeetPerson(card=CARD, room_id="south/room")

    answer = house.ask("POST", "/v1/people/search", ask, house.staff[Role.AGENT])

    assert problem(answer).code is ProblemCode.NOT_FOUND


def a_file(members: int) -> bytes:
    lines = [f"{number:014};Membre numéro {number};adult" for number in range(1, members + 1)]
    return "\n".join(["carte;prénom;catégorie", *lines]).encode()


def test_a_file_that_is_larger_than_any_other_message_is_taken(house: House) -> None:
    content = a_file(20_000)
    admin = house.staff[Role.ADMIN]
    assert len(content) > LARGEST_MESSAGE

    before = house.written()
    checked: ImportAnswer = decode(
        house.ask("POST", "/v1/people/import", ImportPeople(content=content), admin).content,
        ImportAnswer,
    )
    assert house.written() == before
    assert isinstance(checked, ImportChecked)
    ask = ImportPeople(content=content, confirmed=checked.digest)
    with house.client(admin) as client:
        answer = client.post("/v1/people/import", content=encode(ask), timeout=60)
    done: ImportAnswer = decode(answer.content, ImportAnswer)

    assert checked == ImportChecked(digest=digest_of(content), added=20_000, changed=0, same=0)
    assert done == ImportDone(added=20_000, changed=0, same=0, pins_missing=20_000)
    assert "Membre" not in house.log.getvalue()


def test_a_file_beyond_the_largest_is_refused_unread(house: House) -> None:
    body = b'{"content":"' + b"A" * LARGEST_IMPORT + b'"}'

    answer = house.ask("POST", "/v1/people/import", body, house.staff[Role.ADMIN])

    assert problem(answer).code is ProblemCode.TOO_LARGE


@pytest.mark.parametrize("body", [b'{"content":"not base64!"}', b'{"content":7}', b"{}"])
def test_what_is_no_file_is_refused(house: House, body: bytes) -> None:
    answer = house.ask("POST", "/v1/people/import", body, house.staff[Role.ADMIN])

    assert problem(answer).code is ProblemCode.INVALID


def test_no_other_route_takes_as_much(house: House) -> None:
    body = b'{"card":"' + b"1" * LARGEST_MESSAGE + b'"}'

    answer = house.ask("POST", "/v1/people/pin", body, house.staff[Role.ADMIN])

    assert problem(answer).code is ProblemCode.TOO_LARGE


def test_the_order_reads_a_file_and_writes_it_when_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CRENEAU_STATE", str(tmp_path / "state"))
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(f"carte;prénom;catégorie;code\n{NEW};{NAME};Adulte;4711\n", encoding="utf-8")
    bad.write_text(f"carte;prénom;catégorie\n{NEW};{NAME};pirate\n", encoding="latin-1")

    def order(*words: str) -> tuple[int, str]:
        capfd.readouterr()
        status = main(words)
        said = capfd.readouterr()
        return status, said.out + said.err

    assert order("sample")[0] == 0
    refused = order("members", "import", str(bad), "--confirm")
    checked = order("members", "import", str(good))
    written = order("members", "import", str(good), "--confirm")
    again = order("members", "import", str(good), "--confirm")
    missing = order("members", "import", str(tmp_path / "none.csv"))

    assert refused[0] == 1
    assert "line 1: encoding\nline 2: encoding\n" in refused[1]
    assert "nothing was written" in refused[1]
    assert checked == (
        0,
        "nothing written yet: 1 new, 0 changed, 0 the same; --confirm writes it\n",
    )
    assert written == (0, "written: 1 new, 0 changed, 0 the same; 0 without a code\n")
    assert again == (0, "written: 0 new, 0 changed, 1 the same; 0 without a code\n")
    assert missing[0] == 1
    for _, said in (refused, checked, written, again, missing):
        assert NEW not in said
        assert NAME not in said
