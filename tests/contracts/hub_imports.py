"""What any store must hold of a file of members."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from admin_console.hub.service.answer import NotAllowed
from admin_console.hub.service.importing import digest_of
from kiosk.rules.allowance import AdaptedTime
from kiosk.wire.desk import Role
from kiosk.wire.people import (
    ImportChecked,
    ImportDone,
    ImportPeople,
    LineFault,
    LineFaultView,
    PersonFaulty,
    PersonRegistered,
    RegisterPerson,
)
from kiosk.wire.station import SlotGranted
from tests.contracts.hub_registry import FACTS
from tests.helpers.hubhouse import JEANNE, HubHouse

NEW, OTHER = "20481000009991", "20481000009983"
FILE = f"""carte;prénom;catégorie;âge;validité;code
{JEANNE};Jeanne;Adulte;30;;9999
{NEW};Aminata;minor;15;2027-08-31;4711
{OTHER};Zoé;adult;;;
"""


def rows(house: HubHouse) -> list[tuple[Any, ...]]:
    """Return all rows of the members."""
    with house.store._engine.connect() as connection:
        found = connection.execute(text("SELECT * FROM member ORDER BY reference"))
        return [tuple(row) for row in found]


class ImportContract:
    """What holds of imports on every store."""

    def test_a_dry_run_counts_and_writes_nothing(self, house: HubHouse) -> None:
        before = rows(house)
        content = FILE.encode()

        answer = house.imports.take(content)

        assert answer == ImportChecked(digest=digest_of(content), added=2, changed=0, same=1)
        assert rows(house) == before

    def test_a_confirmed_file_is_written_whole_and_then_is_the_same(self, house: HubHouse) -> None:
        station = house.enrol()
        content = FILE.encode()

        done = house.imports.take(content, digest_of(content))
        again = house.imports.take(content, digest_of(content))

        assert done == ImportDone(added=2, changed=0, same=1, pins_missing=1)
        assert again == ImportDone(added=0, changed=0, same=3, pins_missing=1)
        person = house.people.check(NEW, "4711")
        assert person is not None
        assert (person.first_name, person.facts.category.key) == ("Aminata", "minor")
        assert person.facts.valid_until == date(2027, 8, 31)
        # A code in the file replaces none, and a card without one opens nothing.
        assert isinstance(house.ask(station, JEANNE), SlotGranted)
        assert house.people.check(OTHER, "") is None
        assert house.people.knows(OTHER)

    def test_a_file_changes_what_it_tells_and_leaves_the_rest(self, house: HubHouse) -> None:
        first = f"carte;prénom;catégorie;temps;résident\n{NEW};Aminata;adult;double;oui\n"
        second = f"carte;prénom;catégorie;résident;code\n{NEW};Aminata;staff;;4711\n"

        house.imports.take(first.encode(), digest_of(first.encode()))
        answer = house.imports.take(second.encode(), digest_of(second.encode()))

        assert answer == ImportDone(added=0, changed=1, same=0)
        person = house.people.check(NEW, "4711")
        assert person is not None
        assert (person.time, person.facts.resident) == (AdaptedTime.DOUBLE, False)
        assert person.facts.category.staff

    def test_one_bad_line_keeps_the_whole_file_out(self, house: HubHouse) -> None:
        before = rows(house)
        content = f"{FILE}{NEW};Aminata;pirate;;;\n".encode()

        answer = house.imports.take(content, digest_of(content))

        assert isinstance(answer, ImportChecked)
        assert answer.faults == (
            LineFaultView(line=5, fault=LineFault.CARD_TWICE, column="carte"),
            LineFaultView(line=5, fault=LineFault.CATEGORY, column="catégorie"),
        )
        assert rows(house) == before

    def test_the_digest_of_another_file_writes_nothing(self, house: HubHouse) -> None:
        before = rows(house)

        answer = house.imports.take(FILE.encode(), digest_of(b"another"))

        assert isinstance(answer, ImportChecked)
        assert rows(house) == before

    @pytest.mark.parametrize("role", [role for role in Role if role not in {"it", "admin"}])
    def test_only_who_keeps_the_house_imports(self, house: HubHouse, role: Role) -> None:
        content = FILE.encode()
        ask = ImportPeople(content=content, confirmed=digest_of(content))

        assert house.imports.take_from_desk(house.agent(frozenset({role})), ask) == NotAllowed()
        assert not house.people.knows(NEW)

    def test_a_card_imported_and_registered_at_once_is_one_person(self, house: HubHouse) -> None:
        agent = house.agent()
        content = FILE.encode()
        start = threading.Barrier(2)

        def take() -> object:
            start.wait(10)
            return house.imports.take(content, digest_of(content))

        def register() -> object:
            start.wait(10)
            return house.registry.register(agent, RegisterPerson(facts=FACTS, card=NEW))

        with ThreadPoolExecutor(2) as pool:
            taken, registered = pool.submit(take), pool.submit(register)
            done, kept = taken.result(20), registered.result(20)

        assert isinstance(done, ImportDone)
        assert isinstance(kept, PersonRegistered | PersonFaulty)
        assert done.added == (1 if isinstance(kept, PersonRegistered) else 2)
        # Whoever came last, the file says what is known.
        person = house.people.find(NEW)
        assert person is not None
        assert person.facts.category.key == "minor"

    def test_a_large_file_is_taken_in_one_go(self, house: HubHouse) -> None:
        lines = [f"{number:014};N;adult" for number in range(1, 3001)]
        content = "\n".join(["carte;prénom;catégorie", *lines]).encode()

        done = house.imports.take(content, digest_of(content))
        renamed = content.replace(b";N;", b";M;")
        changed = house.imports.take(renamed, digest_of(renamed))

        assert done == ImportDone(added=3000, changed=0, same=0, pins_missing=3000)
        assert changed == ImportDone(added=0, changed=3000, same=0, pins_missing=3000)

    def test_rubbish_writes_nothing(self, house: HubHouse) -> None:
        before = rows(house)

        @settings(
            max_examples=30, suppress_health_check=list(HealthCheck), deadline=None, database=None
        )
        @given(rubbish=st.binary(max_size=200), place=st.integers(0, len(FILE.encode())))
        def take(rubbish: bytes, place: int) -> None:
            whole = FILE.encode()
            content = whole[:place] + b"\xff" + rubbish + whole[place:]
            answer = house.imports.take(content, digest_of(content))
            assert isinstance(answer, ImportChecked)
            assert answer.faults

        take()
        assert rows(house) == before
