"""What any store must hold of opening and ending all the seats of a series at once."""

from dataclasses import replace
from datetime import timedelta

from admin_console.hub.service.answer import AskInvalid
from kiosk.rules.boundary import LEAD_SECONDS
from kiosk.rules.slot import Ground
from kiosk.wire.command import EndSlot, IssueCommand, OpenWorkshop, ShortenSlot
from kiosk.wire.event import OpeningGivenUp
from kiosk.wire.station import SlotGranted, SlotRefused
from kiosk.wire.workshop import (
    SeatRun,
    WorkshopAct,
    WorkshopRefused,
    WorkshopRun,
)
from tests.contracts.hub_series import (
    SERIES,
    draft,
    kept,
    openings,
    outcomes,
    run,
    told,
)
from tests.helpers.hubhouse import JEANNE, MARCEL, TRAPEZE, HubHouse


class WorkshopContract:
    """What holds of opening and ending all the seats of a series."""

    def at_the_start(self, house: HubHouse) -> None:
        house.clock.advance(2 * 3600 - 600)

    def test_all_seats_open_at_once_without_cards_and_say_for_what(self, house: HubHouse) -> None:
        stations = [house.enrol(number=number) for number in (1, 2, 3)]
        kept(house, draft())
        self.at_the_start(house)
        for station in stations:
            house.beat(station)

        answer = run(house, WorkshopAct.OPEN)

        assert outcomes(answer) == [(1, True, None), (2, True, None)]
        assert openings(house, stations[2]) == []
        for station in stations[:2]:
            (wish,) = openings(house, station)
            assert (wish.title, wish.series_id, wish.ground) == (
                "Premiers pas", SERIES, Ground.WORKSHOP,
            )  # fmt: skip
            assert wish.until == house.clock.now() + timedelta(seconds=600 + 7200)
            assert wish.total_seconds == 600 + 7200 - 120
            house.tell(station, house.fact(station, house.opened(wish.slot_id, wish.total_seconds)))
            slot = house.seat(station).slot
            assert slot is not None
            assert slot.series_id == SERIES
            with house.store.begin(write=False) as work:
                assert work.slots.person(wish.slot_id) is None

    def test_pressing_twice_opens_nothing_twice(self, house: HubHouse) -> None:
        station = house.enrol(number=1)
        kept(house, draft(seats=(1,)))
        self.at_the_start(house)
        house.beat(station)
        for _ in range(3):
            assert outcomes(run(house, WorkshopAct.OPEN)) == [(1, True, None)]
        (wish,) = openings(house, station)
        house.tell(station, house.fact(station, house.opened(wish.slot_id, wish.total_seconds)))
        assert outcomes(run(house, WorkshopAct.OPEN)) == [(1, True, None)]
        assert len(openings(house, station)) == 1

    def test_a_seat_that_cannot_be_told_says_why(self, house: HubHouse) -> None:
        station = house.enrol(number=1)
        kept(house, draft(seats=None))
        house.clock.advance(2 * 3600 - 900 - 60)
        granted = house.ask(station)
        assert isinstance(granted, SlotGranted)
        house.tell(
            station, house.fact(station, house.opened(granted.slot_id, granted.total_seconds))
        )
        house.clock.advance(60)
        broken = house.enrol(number=2)
        with house.store.begin(write=True) as work:
            work.rooms.hold(TRAPEZE)
            seat = work.seats.get(broken.identity.seat_id)
            assert seat is not None
            work.seats.save(replace(seat, out_of_order="clavier"))
        assert outcomes(run(house, WorkshopAct.OPEN)) == [
            (1, False, Ground.SEAT_TAKEN),
            (2, False, Ground.OUT_OF_ORDER),
            (3, False, Ground.NO_ANSWER),
        ]

    def test_the_seats_open_a_quarter_of_an_hour_before_and_not_sooner(
        self, house: HubHouse
    ) -> None:
        house.enrol(number=1)
        kept(house, draft())
        start = house.clock.now() + timedelta(hours=2)
        assert run(house, WorkshopAct.OPEN) == WorkshopRefused(
            ground=Ground.TOO_EARLY, at=start - timedelta(seconds=LEAD_SECONDS)
        )
        house.clock.advance(4 * 3600)
        assert run(house, WorkshopAct.OPEN) == WorkshopRefused(ground=Ground.OVER)

    def test_a_seat_that_is_being_opened_is_nobody_elses(self, house: HubHouse) -> None:
        station = house.enrol(number=1)
        kept(house, draft(seats=(1,)))
        self.at_the_start(house)
        house.beat(station)
        run(house, WorkshopAct.OPEN)
        refused = house.ask(station, MARCEL)
        assert isinstance(refused, SlotRefused)
        assert refused.ground is Ground.SEAT_TAKEN

    def test_a_seat_that_its_station_would_not_open_is_free_again(self, house: HubHouse) -> None:
        station = house.enrol(number=1)
        kept(house, draft(seats=(1,)))
        self.at_the_start(house)
        house.beat(station)
        run(house, WorkshopAct.OPEN)
        (wish,) = openings(house, station)
        house.tell(station, house.fact(station, OpeningGivenUp(slot_id=wish.slot_id)))
        assert outcomes(run(house, WorkshopAct.OPEN)) == [(1, True, None)]
        assert len(openings(house, station)) == 2

    def test_all_seats_end_at_once_and_nobody_elses(self, house: HubHouse) -> None:
        stations = [house.enrol(number=number) for number in (1, 2)]
        other = house.enrol(number=3)
        kept(house, draft())
        self.at_the_start(house)
        for station in (*stations, other):
            house.beat(station)
        house.sit(other, JEANNE)
        run(house, WorkshopAct.OPEN)
        (wish,) = openings(house, stations[0])
        house.tell(
            stations[0], house.fact(stations[0], house.opened(wish.slot_id, wish.total_seconds))
        )
        answer = run(house, WorkshopAct.END)
        assert outcomes(answer) == [(1, True, None), (2, False, Ground.NO_ANSWER)]
        assert isinstance(answer, WorkshopRun)
        assert isinstance(answer.seats[0], SeatRun)
        assert told(house, stations[0], EndSlot) == [EndSlot()]
        assert told(house, other, EndSlot) == []
        house.leave(stations[0], wish.slot_id)
        assert outcomes(run(house, WorkshopAct.END))[0] == (1, False, Ground.OVER)

    def test_what_only_a_series_may_do_is_no_command_of_the_desk(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        at = house.clock.now() + timedelta(minutes=20)
        shorten = ShortenSlot(total_seconds=60, ground=Ground.WORKSHOP, at=at)
        workshop = OpenWorkshop(
            slot_id=house.fresh_id(),
            series_id=house.fresh_id(),
            ground=Ground.WORKSHOP,
            title="Premiers pas",
            total_seconds=3600,
            grace_seconds=120,
            until=at,
        )
        start = house.feed.latest_for(station.identity)

        for body, of in ((shorten, slot_id), (workshop, None)):
            ask = IssueCommand(
                command_id=house.fresh_id(),
                seat_id=station.identity.seat_id,
                slot_id=of,
                body=body,
            )
            assert isinstance(house.commands.issue(house.agent(), ask), AskInvalid)

        assert not house.read(station.identity, start)
