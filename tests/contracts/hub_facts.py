"""The contract of facts: each once, in any order, never undone, and nothing in their way."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import delete, exc, update

from admin_console.hub.service.record import SlotState
from admin_console.hub.store import schema
from kiosk.rules.slot import Ground
from kiosk.wire.event import (
    CommandReceived,
    Decider,
    EndReason,
    EventBody,
    GraceStarted,
    HelpAsked,
    OutOfOrderCleared,
    OutOfOrderSet,
    SlotRenewed,
    SlotWiped,
    StationStarted,
    Verdict,
)
from kiosk.wire.station import (
    EnrolmentRefused,
    EnrolStation,
    SlotGranted,
    SlotRefused,
    StationEnrolled,
)
from tests.helpers.hubhouse import BIJ, JEANNE, MARCEL, HubHouse


class FactContract:
    """What holds of facts on every store."""

    def test_a_visit_is_told_and_shown(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        opened = house.seat(station)
        house.clock.advance(100)
        house.tell(
            station,
            house.fact(station, GraceStarted(slot_id=slot_id, grace_seconds=120)),
            house.fact(station, house.ended(slot_id, used=100)),
            house.fact(station, SlotWiped(slot_id=slot_id, processes_ended=4, clean=True)),
        )

        assert opened.slot is not None
        assert opened.slot.ends_at - opened.slot.opened_at == timedelta(hours=1)
        assert house.seat(station).slot is None
        with house.store.begin(write=False) as work:
            slot = work.slots.get(slot_id)
        assert slot is not None
        assert (slot.used_seconds, slot.end_reason, slot.wiped_clean) == (100, "finished", True)

    def test_a_batch_told_again_changes_nothing(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        facts = (
            house.fact(station, HelpAsked()),
            house.fact(station, house.ended(slot_id)),
        )
        first = house.tell(station, *facts)
        before = house.feed.situation(station.identity)

        again = house.tell(station, *facts)

        assert {answer.verdict for answer in first} == {Verdict.ACCEPTED}
        assert {answer.verdict for answer in again} == {Verdict.DUPLICATE}
        assert house.feed.situation(station.identity) == before

    def test_a_batch_told_twice_at_once_is_taken_once(self, house: HubHouse) -> None:
        station = house.enrol()
        facts = [house.fact(station, HelpAsked()) for _ in range(5)]

        with ThreadPoolExecutor(4) as pool:
            told = list(pool.map(lambda _: house.tell(station, *facts), range(4)))

        verdicts = [answer.verdict for answers in told for answer in answers]
        assert verdicts.count(Verdict.ACCEPTED) == 5
        assert verdicts.count(Verdict.DUPLICATE) == 15

    def test_one_fact_twice_in_a_batch_is_taken_once(self, house: HubHouse) -> None:
        station = house.enrol()
        fact = house.fact(station, HelpAsked())

        verdicts = [answer.verdict for answer in house.tell(station, fact, fact)]

        assert verdicts == [Verdict.ACCEPTED, Verdict.DUPLICATE]

    def test_answers_stand_in_the_order_of_the_batch(self, house: HubHouse) -> None:
        station = house.enrol()
        facts = [house.fact(station, HelpAsked()) for _ in range(4)]
        facts.reverse()

        answers = house.tell(station, *facts)

        assert [answer.event_id for answer in answers] == [fact.event_id for fact in facts]

    def test_a_fact_that_contradicts_is_parked_and_stops_nothing(self, house: HubHouse) -> None:
        here, there = house.enrol(), house.enrol()
        slot_id = house.sit(here)
        facts = (
            there_unknown := house.fact(there, house.opened(house.fresh_id())),
            house.fact(there, house.ended(slot_id)),
            house.fact(there, CommandReceived(command_id=house.fresh_id())),
            house.fact(there, HelpAsked()),
        )

        answers = house.tell(there, *facts)
        again = house.tell(there, there_unknown)

        assert [(answer.verdict, answer.code) for answer in answers] == [
            (Verdict.REFUSED, "unknown_slot"),
            (Verdict.REFUSED, "wrong_station"),
            (Verdict.REFUSED, "unknown_command"),
            (Verdict.ACCEPTED, None),
        ]
        assert (again[0].verdict, again[0].code) == (Verdict.REFUSED, "unknown_slot")
        assert house.seat(here).slot is not None
        assert house.seat(there).help_asked_at is not None
        with house.store.begin(write=False) as work:
            assert [entry.code for entry in work.events.parked(10)] == [
                "unknown_command",
                "wrong_station",
                "unknown_slot",
            ]

    @pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::5])
    def test_facts_of_a_slot_lead_to_the_same_row_in_any_order(
        self, house: HubHouse, order: tuple[int, ...]
    ) -> None:
        station = house.enrol()
        answer = house.ask(station)
        assert isinstance(answer, SlotGranted)
        slot_id = answer.slot_id
        bodies: tuple[EventBody, ...] = (
            house.opened(slot_id),
            SlotRenewed(
                slot_id=slot_id,
                total_seconds=7200,
                ends_at=house.clock.now() + timedelta(seconds=7200),
                decided_by=Decider.HUB,
            ),
            GraceStarted(slot_id=slot_id, grace_seconds=120),
            house.ended(slot_id, used=7000, reason=EndReason.TIME),
        )
        facts = [house.fact(station, body) for body in bodies]

        for place in order:
            assert house.tell(station, facts[place])[0].verdict is Verdict.ACCEPTED

        with house.store.begin(write=False) as work:
            slot = work.slots.get(slot_id)
        assert slot is not None
        assert (slot.state, slot.total_seconds, slot.renewals) == (SlotState.ENDED, 7200, 1)
        assert (slot.used_seconds, slot.end_reason, slot.in_grace) == (7000, "time", False)
        assert house.seat(station).slot is None

    def test_an_end_that_was_told_is_not_undone(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        late = house.fact(station, GraceStarted(slot_id=slot_id, grace_seconds=120))
        house.tell(station, house.fact(station, house.ended(slot_id)))

        assert house.tell(station, late)[0].verdict is Verdict.ACCEPTED
        contradiction = house.tell(station, house.fact(station, house.opened(slot_id)))

        assert contradiction[0].code == "slot_over"
        assert house.seat(station).slot is None

    def test_a_seat_that_opens_another_slot_has_ended_the_one_before(self, house: HubHouse) -> None:
        station = house.enrol()
        lost = house.sit(station, JEANNE)
        house.clock.advance(3600 + 120)
        end_of_lost = house.fact(station, house.ended(lost, used=1800))

        second = house.sit(station, MARCEL)
        with house.store.begin(write=False) as work:
            guessed = work.slots.get(lost)
        house.tell(station, end_of_lost)
        with house.store.begin(write=False) as work:
            told = work.slots.get(lost)

        shown = house.seat(station).slot
        assert shown is not None
        assert shown.slot_id == second
        assert guessed is not None
        assert told is not None
        assert (guessed.state, guessed.end_told) == (SlotState.ENDED, False)
        assert (told.used_seconds, told.end_told) == (1800, True)

    def test_sitting_twice_while_cut_off_stays_as_it_was(self, house: HubHouse) -> None:
        here, there = house.enrol(), house.enrol(BIJ)
        answer = house.ask(here)
        assert isinstance(answer, SlotGranted)
        house.clock.advance(60)
        elsewhere = house.sit(there)

        house.tell(here, house.fact(here, house.opened(answer.slot_id)))

        first, second = house.seat(here).slot, house.seat(there).slot
        assert first is not None
        assert second is not None
        assert (first.slot_id, second.slot_id) == (answer.slot_id, elsewhere)

    def test_the_latest_word_on_being_broken_holds(self, house: HubHouse) -> None:
        station = house.enrol()
        broken = house.fact(station, OutOfOrderSet(reason="écran noir"))
        mended = house.fact(station, OutOfOrderCleared())

        house.tell(station, mended)
        house.tell(station, broken)

        assert house.seat(station).out_of_order is None

    def test_a_call_for_help_ends_with_the_slot(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        house.tell(station, house.fact(station, HelpAsked()))
        asked = house.seat(station).help_asked_at
        house.tell(station, house.fact(station, house.ended(slot_id)))

        assert asked == house.clock.now()
        assert house.seat(station).help_asked_at is None

    def test_an_untrusted_clock_is_replaced_by_the_hub_s(self, house: HubHouse) -> None:
        station = house.enrol()
        answer = house.ask(station)
        assert isinstance(answer, SlotGranted)
        real = house.clock.now()
        house.clock.set_wall(real - timedelta(days=4000))
        fact = house.fact(station, house.opened(answer.slot_id), trusted=False)
        house.clock.set_wall(real)

        house.tell(station, fact)

        slot = house.seat(station).slot
        assert slot is not None
        assert (slot.opened_at, slot.ends_at) == (real, real + timedelta(hours=1))

    def test_the_journal_refuses_to_be_changed(self, house: HubHouse) -> None:
        station = house.enrol()
        house.tell(station, house.fact(station, HelpAsked()))

        engine = house.store._writes
        for statement in (update(schema.event).values(seq=9), delete(schema.event)):
            with pytest.raises(exc.IntegrityError), engine.begin() as connection:
                connection.execute(statement)
        with house.store.begin(write=False) as work:
            now, hour = house.clock.now(), timedelta(hours=1)
            entries = work.events.of_seat(station.identity.seat_id, now - hour, now + hour, 10)
        assert [(entry.seq, entry.kind) for entry in entries] == [(1, "help_asked")]

    def test_a_clock_that_ran_ahead_is_not_told_every_day(self, house: HubHouse) -> None:
        station = house.enrol()
        ahead = replace(
            house.fact(station, HelpAsked()), at=house.clock.now() + timedelta(days=400)
        )
        house.tell(station, ahead, house.fact(station, OutOfOrderSet(reason="écran noir")))

        day = house.days.seat_day(house.agent(), station.identity.seat_id)

        assert [line.what for line in getattr(day, "lines", ())] == ["out_of_order_set"]

    def test_a_replaced_station_is_nobody_and_its_seat_is_free(self, house: HubHouse) -> None:
        old = house.enrol(number=2)
        slot_id = house.sit(old)
        house.clock.advance(600)

        new = house.enrol(number=2)

        assert house.enrolment.identify(old.token) is None
        assert house.seat(new).station_id == new.identity.station_id
        assert house.seat(new).slot is None
        with house.store.begin(write=False) as work:
            slot = work.slots.get(slot_id)
        assert slot is not None
        assert (slot.state, slot.used_seconds) == (SlotState.ENDED, 600)
        day = house.days.seat_day(house.agent(), new.identity.seat_id)
        assert [line.what for line in getattr(day, "lines", ())] == ["slot_opened"]
        late = house.tell(old, house.fact(old, HelpAsked()))
        assert late[0].code == "retired"
        refused = house.ask(old)
        assert isinstance(refused, SlotRefused)
        assert refused.ground is Ground.FAULT

    def test_a_code_enrols_as_often_as_it_may_and_not_for_ever(self, house: HubHouse) -> None:
        code = house.enrolment.make_code(BIJ, uses=2)
        assert isinstance(code, str)

        def enrol(typed: str, number: int | None = None) -> object:
            return house.enrolment.enrol(
                EnrolStation(
                    code=typed,
                    station_id=house.fresh_id(),
                    hostname="pc",
                    seat_number=number,
                )
            )

        first = enrol(f" {code[:4].lower()}-{code[4:]}")
        wrong_seat = enrol(code, 9)
        second = enrol(code)
        third = enrol(code)
        fresh = house.enrolment.make_code(BIJ, uses=1)
        assert isinstance(fresh, str)
        full = enrol(fresh)
        house.clock.advance(7200)
        late = enrol(fresh, 1)

        assert isinstance(first, StationEnrolled)
        assert isinstance(second, StationEnrolled)
        assert (first.seat_id, second.seat_id) == ("bij.accueil.01", "bij.accueil.02")
        codes = [getattr(answer, "code", None) for answer in (wrong_seat, third, full, late)]
        assert codes == ["seat", "code", "seat", "code"]

    def test_a_station_whose_answer_was_lost_is_let_in_again(self, house: HubHouse) -> None:
        first = house.enrol(number=2)
        slot_id = house.sit(first)

        again = house.enrol(station_id=first.identity.station_id)

        assert again.identity == first.identity
        assert again.token != first.token
        assert house.enrolment.identify(first.token) is None
        slot = house.seat(again).slot
        assert slot is not None
        assert slot.slot_id == slot_id

    def test_a_station_that_was_replaced_may_come_back_to_another_room(
        self, house: HubHouse
    ) -> None:
        old = house.enrol(number=2)
        house.enrol(number=2)

        back = house.enrol(BIJ, station_id=old.identity.station_id)

        assert house.seat(back).station_id == old.identity.station_id
        assert house.seat(back).in_contact
        assert house.enrolment.identify(old.token) is None
        house.sit(back)

    def test_a_station_moves_to_another_seat_of_its_room(self, house: HubHouse) -> None:
        here = house.enrol(number=1)
        slot_id = house.sit(here)

        there = house.enrol(number=3, station_id=here.identity.station_id)

        assert there.identity.seat_id == "trapeze.salle.03"
        assert house.seat(there).in_contact
        assert house.seat(here).station_id is None
        assert house.seat(here).slot is None
        with house.store.begin(write=False) as work:
            slot = work.slots.get(slot_id)
        assert slot is not None
        assert slot.state is SlotState.ENDED

    def test_a_station_at_work_in_one_room_is_not_enrolled_in_another(
        self, house: HubHouse
    ) -> None:
        here = house.enrol()
        code = house.enrolment.make_code(BIJ, uses=1)
        assert isinstance(code, str)

        answer = house.enrolment.enrol(
            EnrolStation(code=code, station_id=here.identity.station_id, hostname="pc")
        )

        assert answer == EnrolmentRefused(code="station")
        assert house.enrolment.identify(here.token) == here.identity

    def test_what_a_station_says_of_itself_is_kept(self, house: HubHouse) -> None:
        station = house.enrol()
        house.tell(
            station,
            house.fact(station, StationStarted(version="1.2", windowed=True, recovered=False)),
        )

        with house.store.begin(write=False) as work:
            kept = work.stations.get(station.identity.station_id)
        assert kept is not None
        assert (kept.version, kept.windowed) == ("1.2", True)
