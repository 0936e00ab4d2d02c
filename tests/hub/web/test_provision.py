"""Acting alone over the wire: provisions, guest passes, parked facts, and no secret elsewhere."""

import base64
import logging
import sqlite3
from collections.abc import Callable
from datetime import timedelta

from admin_console.hub.service.record import Member
from kiosk.rules.knowncard import card_lookup, card_secret
from kiosk.rules.slot import Ground
from kiosk.wire.event import Event, EventBatch, EventsAnswer, SlotOpenedAlone, Verdict
from kiosk.wire.parked import MarkSeen, ParkedFacts
from kiosk.wire.problem import ProblemCode
from kiosk.wire.provision import MakePass, OpenByPass, PassMade, Provisions
from kiosk.wire.station import OpenSlot, SlotGranted, SlotRefused
from tests.helpers.process import wait_until
from tests.hub.web.house import (
    CARD,
    FIRST_NAME,
    PIN,
    FewPeople,
    House,
    QuickHasher,
    decode_as,
    enrol,
    new_id,
    problem,
)
from tests.hub.web.test_route import AGENT

REFERENCE = FewPeople().reference(CARD)


def know_somebody(house: House) -> None:
    """Let the one person of the house be a member of the hub's own."""
    with house.store.begin(write=True) as work:
        work.members.add([Member(REFERENCE, FIRST_NAME, "the hash of a code", "adult")])


def provisions(house: House, token: str) -> Provisions:
    return decode_as(house.ask("GET", "/v1/provisions", token=token), Provisions)


def sign_in(house: House) -> OpenSlot:
    ask = OpenSlot(slot_id=new_id(), card=CARD, pin=PIN)
    decode_as(house.ask("POST", "/v1/slots", ask, house.station), SlotGranted)
    return ask


def make(house: House, ask: MakePass) -> PassMade:
    path = "/v1/sites/north/passes"
    return decode_as(house.ask("POST", path, ask, house.staff[AGENT]), PassMade)


def tell_alone(house: House, body: SlotOpenedAlone) -> EventsAnswer:
    now = house.cases.clock.now()
    event = Event(event_id=new_id(), seq=1, at=now, clock_trusted=True, body=body)
    told = house.ask("POST", "/v1/events", EventBatch(events=(event,)), house.station)
    return decode_as(told, EventsAnswer)


def alone(house: House, lookup: str) -> SlotOpenedAlone:
    ends_at = house.cases.clock.now() + timedelta(hours=1)
    return SlotOpenedAlone(slot_id=new_id(), total_seconds=3600, ends_at=ends_at, lookup=lookup)


def test_a_card_is_known_to_its_room_soon_after_it_signed_in(house: House) -> None:
    know_somebody(house)
    elsewhere = enrol(house.url, house.cases, "south/room").token

    sign_in(house)
    wait_until(lambda: len(provisions(house, house.station).cards) == 1)

    found = provisions(house, house.station)
    (known,) = found.cards
    assert known.lookup == card_lookup(found.room_key, CARD)
    assert QuickHasher().verify(card_secret(found.room_key, CARD, PIN), known.verifier)
    other = provisions(house, elsewhere)
    assert other.cards == ()
    assert other.room_key != found.room_key
    assert not {one.key for one in other.day_keys} & {one.key for one in found.day_keys}


def test_a_verifier_that_cannot_be_made_is_told_to_the_log_and_keeps_nobody_waiting(
    house: House, expect_log: Callable[..., None]
) -> None:
    expect_log("creneau.hub", "left_work_failed", logging.ERROR)
    know_somebody(house)
    with sqlite3.connect(house.database) as connection:
        connection.execute("DROP TABLE known_card")
    connection.close()

    sign_in(house)

    wait_until(lambda: "left_work_failed" in house.log.getvalue())
    assert CARD not in house.log.getvalue()
    assert house.ask("GET", "/healthz").status_code == 200


def test_a_guest_pass_is_made_at_the_desk_and_opens_a_slot_once(house: House) -> None:
    ask = MakePass(ask_id=new_id(), duration_code=4)
    made = make(house, ask)
    assert make(house, ask) == made
    opening = OpenByPass(slot_id=new_id(), digits=made.digits)

    first = house.ask("POST", "/v1/slots/pass", opening, house.station)

    assert decode_as(first, SlotGranted).total_seconds == 3600
    assert house.ask("POST", "/v1/slots/pass", opening, house.station).content == first.content
    wrong = OpenByPass(
        slot_id=new_id(), digits=f"{made.digits[:9]}{(int(made.digits[9]) + 1) % 10}"
    )
    refused = decode_as(house.ask("POST", "/v1/slots/pass", wrong, house.station), SlotRefused)
    assert (refused.ground, refused.tries_left) == (Ground.WRONG_CARD_OR_CODE, 4)
    for path, code in (
        ("/v1/sites/south/passes", ProblemCode.NOT_FOUND),
        ("/v1/sites/nowhere/passes", ProblemCode.NOT_FOUND),
        ("/v1/sites/north%00/passes", ProblemCode.INVALID),
    ):
        answer = house.ask("POST", path, MakePass(ask_id=new_id()), house.staff[AGENT])
        assert problem(answer).code is code
    other = MakePass(ask_id=ask.ask_id, duration_code=5)
    answer = house.ask("POST", "/v1/sites/north/passes", other, house.staff[AGENT])
    assert problem(answer).code is ProblemCode.CONFLICT


def test_parked_facts_are_listed_until_somebody_has_looked(house: House) -> None:
    answers = tell_alone(house, alone(house, "a" * 64)).answers
    assert [(one.verdict, one.code) for one in answers] == [(Verdict.REFUSED, "person_unknown")]
    path, token = "/v1/sites/north/parked", house.staff[AGENT]

    listed = decode_as(house.ask("GET", path, token=token), ParkedFacts)

    (fact,) = listed.facts
    assert (fact.seat_id, fact.room_id, fact.code) == ("north-1", "north/room", "person_unknown")
    seen = MarkSeen(event_ids=(fact.event_id,))
    left = decode_as(house.ask("POST", path, seen, token), ParkedFacts)
    assert left == decode_as(house.ask("GET", path, token=token), ParkedFacts)
    assert left.facts == ()
    for method in ("GET", "POST"):
        answer = house.ask(method, "/v1/sites/south/parked", seen, token)
        assert problem(answer).code is ProblemCode.NOT_FOUND


def test_no_secret_of_acting_alone_stands_in_the_log_or_in_the_database(house: House) -> None:
    know_somebody(house)
    made = make(house, MakePass(ask_id=new_id()))
    ask = sign_in(house)
    wait_until(lambda: len(provisions(house, house.station).cards) == 1)
    found = provisions(house, house.station)
    lookup = found.cards[0].lookup
    tell_alone(
        house,
        SlotOpenedAlone(
            slot_id=ask.slot_id,
            total_seconds=3600,
            ends_at=house.cases.clock.now() + timedelta(hours=1),
            lookup=lookup,
        ),
    )
    opening = OpenByPass(slot_id=new_id(), digits=made.digits)
    house.ask("POST", "/v1/slots/pass", opening, house.station)
    with sqlite3.connect(house.database) as connection:
        rows = "\n".join(connection.iterdump())
        journal = str(connection.execute("SELECT body FROM event").fetchall())
    connection.close()
    keys = [found.room_key, *(one.key for one in found.day_keys)]
    secrets = [made.digits, *(key.hex() for key in keys)]
    secrets += [base64.b64encode(key).decode() for key in keys]

    assert "slot_opened_alone" in journal
    assert lookup not in journal
    for secret in (*secrets, CARD, PIN):
        assert secret not in house.log.getvalue()
        assert secret not in rows
        assert secret.upper() not in rows
    for secret in (lookup, found.cards[0].verifier):
        assert secret not in house.log.getvalue()
