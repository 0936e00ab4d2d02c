"""Limits of the room, and the corners of facts, forecasts and tidying, on SQLite."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.record import SlotState
from admin_console.hub.store.engine import make_engine
from admin_console.hub.store.store import Store
from kiosk.rules.slot import Ground
from kiosk.wire.desk import ExtensionForecast, ExtensionRefused, Role
from kiosk.wire.event import Decider, HelpAsked, SlotExtended, SlotRenewed
from kiosk.wire.place import HoursView
from kiosk.wire.station import (
    RenewalGranted,
    RenewalRefused,
    RenewSlot,
    SlotGranted,
    SlotRefused,
)
from tests.helpers.clock import FakeClock
from tests.helpers.hubhouse import BIJ, JEANNE, MARCEL, RULE, TRAPEZE, HubHouse, Sitting
from tests.helpers.hubstore import SqliteShelf

UNTIL_FOUR = HoursView(zone="Europe/Paris", week=(((540, 960),),) * 7)
"""Nine to four in Paris, which is 15:00 UTC in winter; the tests begin an hour before."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> SqliteShelf:
    folder: Path = tmp_path_factory.mktemp("hub")
    return SqliteShelf(folder)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(shelf: SqliteShelf, clock: FakeClock) -> Iterator[Store]:
    opened = Store(make_engine(shelf.fresh()), clock.now)
    yield opened
    opened.close()


@pytest.fixture
def house(store: Store, clock: FakeClock) -> HubHouse:
    return HubHouse(store, clock)


def renew(house: HubHouse, station: Sitting, slot_id: str, total: int) -> object:
    ask = RenewSlot(slot_id=slot_id, from_total_seconds=total)
    return house.renewals.renew(station.identity, ask)


def test_renewals_are_counted_even_before_the_station_has_told_them(
    store: Store, clock: FakeClock
) -> None:
    house = HubHouse(store, clock, rule=msgspec.structs.replace(RULE, max_renewals=1))
    station = house.enrol()
    slot_id = house.sit(station)
    clock.advance(3100)
    first = renew(house, station, slot_id, 3600)
    clock.advance(3600)

    second = renew(house, station, slot_id, 7200)

    assert isinstance(first, RenewalGranted)
    assert isinstance(second, RenewalRefused)
    assert second.ground is Ground.RENEWALS


def test_the_minutes_of_the_day_are_counted_in_the_room_only(
    store: Store, clock: FakeClock
) -> None:
    house = HubHouse(store, clock, rule=msgspec.structs.replace(RULE, daily_seconds=5400))
    here, there = house.enrol(TRAPEZE), house.enrol(BIJ)
    slot_id = house.sit(here)
    clock.advance(3600)
    house.tell(here, house.fact(here, house.ended(slot_id, used=3600)))

    shorter = house.ask(here)
    clock.advance(31)
    elsewhere = house.ask(there)
    clock.advance(31)
    tomorrow = clock.now() + timedelta(hours=12)
    clock.set_wall(tomorrow)
    next_day = house.ask(here)

    assert isinstance(shorter, SlotGranted)
    assert (shorter.total_seconds, shorter.limit) == (1800, Ground.DAILY_MINUTES)
    assert (shorter.limit_at, shorter.used_today_seconds) == (None, 3600)
    assert isinstance(elsewhere, SlotGranted)
    assert (elsewhere.total_seconds, elsewhere.used_today_seconds) == (3600, 0)
    assert isinstance(next_day, SlotGranted)
    assert next_day.used_today_seconds == 0


def test_the_running_slot_is_not_counted_against_itself(store: Store, clock: FakeClock) -> None:
    house = HubHouse(store, clock, rule=msgspec.structs.replace(RULE, daily_seconds=5400))
    station = house.enrol()
    slot_id = house.sit(station)
    clock.advance(3100)

    answer = renew(house, station, slot_id, 3600)

    assert isinstance(answer, RenewalGranted)
    assert (answer.total_seconds, answer.limit) == (5400, Ground.DAILY_MINUTES)


def test_a_renewal_ends_with_the_room(store: Store, clock: FakeClock) -> None:
    house = HubHouse(store, clock, UNTIL_FOUR)
    clock.set_wall(clock.now() - timedelta(minutes=20))
    station = house.enrol()
    slot_id = house.sit(station)
    clock.advance(3100)

    limited = renew(house, station, slot_id, 3600)
    clock.advance(2 * 3600)
    closed = renew(house, station, slot_id, 3601)

    # 13:40 + 1 h leaves 20 minutes, less the margin of 10 and the grace of 2.
    assert isinstance(limited, RenewalGranted)
    assert limited.total_seconds == 3600 + 480
    assert (limited.limit, limited.limit_at) == (
        Ground.CLOSING,
        datetime(2026, 3, 10, 15, 0, tzinfo=UTC),
    )
    assert isinstance(closed, RenewalRefused)
    assert closed.ground is Ground.CLOSED


def test_a_renewal_asked_in_the_last_second_of_the_grace_is_not_too_late(
    house: HubHouse,
) -> None:
    station = house.enrol()
    slot_id = house.sit(station)
    house.clock.advance(3600 + 120 + 5)

    assert isinstance(renew(house, station, slot_id, 3600), RenewalGranted)
    house.clock.advance(60)
    late = renew(house, station, slot_id, 3599)
    assert isinstance(late, RenewalRefused)
    assert late.ground is Ground.OVER


def test_the_forecast_knows_the_closing_and_who_may_ask(store: Store, clock: FakeClock) -> None:
    house = HubHouse(store, clock, UNTIL_FOUR)
    station = house.enrol()
    slot_id = house.sit(station)
    agent = house.agent()

    cut = house.commands.forecast(agent, slot_id, 900)
    clock.advance(2 * 3600)
    closed = house.commands.forecast(agent, slot_id, 900)
    house.tell(station, house.fact(station, house.ended(slot_id)))
    over = house.commands.forecast(agent, slot_id, 900)

    assert isinstance(cut, ExtensionRefused)
    assert cut.ground is Ground.CLOSING
    assert isinstance(closed, ExtensionRefused)
    assert closed.ground is Ground.CLOSED
    assert over == ExtensionRefused(ground=Ground.OVER)
    assert isinstance(
        house.commands.forecast(house.agent(frozenset({Role.OBSERVER})), slot_id, 1), NotAllowed
    )
    assert isinstance(house.commands.forecast(house.agent(sites=("bij",)), slot_id, 1), NotFound)


def test_more_time_is_absolute_and_harmless_to_tell_twice(house: HubHouse) -> None:
    station = house.enrol()
    slot_id = house.sit(station)
    for _ in range(2):
        extended = SlotExtended(
            slot_id=slot_id,
            total_seconds=4500,
            ends_at=house.clock.now() + timedelta(seconds=4500),
            command_id=house.fresh_id(),
        )
        house.tell(station, house.fact(station, extended))

    slot = house.seat(station).slot
    assert slot is not None
    assert (slot.total_seconds, slot.renewals) == (4500, 0)
    forecast = house.commands.forecast(house.agent(), slot_id, 600)
    assert isinstance(forecast, ExtensionForecast)
    assert forecast.total_seconds == 5100


def test_an_older_opening_told_late_does_not_push_out_the_newer_one(house: HubHouse) -> None:
    station = house.enrol()
    first = house.ask(station, JEANNE)
    assert isinstance(first, SlotGranted)
    late = house.fact(station, house.opened(first.slot_id))
    house.clock.advance(60)
    second = house.sit(station, MARCEL)

    house.tell(station, late)

    shown = house.seat(station).slot
    assert shown is not None
    assert shown.slot_id == second
    with house.store.begin(write=False) as work:
        older = work.slots.get(first.slot_id)
    assert older is not None
    assert (older.state, older.used_seconds) == (SlotState.ENDED, 60)


def test_a_slot_that_the_hub_took_for_over_comes_back_with_its_facts(house: HubHouse) -> None:
    station = house.enrol()
    slot_id = house.sit(station)
    renewed = house.fact(
        station,
        SlotRenewed(
            slot_id=slot_id,
            total_seconds=10800,
            ends_at=house.clock.now() + timedelta(seconds=10800),
            decided_by=Decider.STATION,
        ),
    )
    house.clock.advance(3600 + 901)
    assert house.janitor.sweep().lost == 1

    house.tell(station, renewed)

    slot = house.seat(station).slot
    assert slot is not None
    assert slot.slot_id == slot_id
    assert slot.total_seconds == 10800


def test_a_station_that_still_runs_a_slot_or_has_facts_to_tell_is_waited_for(
    house: HubHouse,
) -> None:
    station = house.enrol()
    slot_id = house.sit(station)
    house.clock.advance(3600 + 901)

    house.beat(station, slot_id)
    assert house.janitor.sweep().lost == 0
    house.beat(station, None, outbox=2)
    assert house.janitor.sweep().lost == 0
    house.beat(station, None)
    assert house.janitor.sweep().lost == 1


def test_what_is_old_is_forgotten_and_the_slot_stays_without_its_person(
    house: HubHouse,
) -> None:
    station = house.enrol()
    slot_id = house.sit(station)
    house.tell(station, house.fact(station, house.ended(slot_id)))
    house.ask(station, "99990000")
    house.clock.advance(3 * 3600)
    house.janitor.tidy()

    again = house.ask(station, slot_id=slot_id)
    house.clock.advance(366 * 24 * 3600)
    house.janitor.tidy()

    assert isinstance(again, SlotRefused)
    assert again.ground is Ground.OVER
    with house.store.begin(write=False) as work:
        assert work.slots.get(slot_id) is not None
        assert work.slots.person(slot_id) is None
        assert house.janitor.tidy() == 0


def test_changes_that_are_kept_have_no_hole_though_the_clock_went_back(house: HubHouse) -> None:
    station = house.enrol()
    start = house.clock.now()
    house.tell(station, house.fact(station, HelpAsked()))
    house.clock.set_wall(start - timedelta(days=30))
    slot_id = house.sit(station)
    house.clock.set_wall(start + timedelta(days=1))

    house.janitor.tidy()

    with house.store.begin(write=False) as work:
        assert work.changes.dropped() == 0
    assert len(house.read(station.identity)) >= 3
    assert slot_id


def test_there_is_no_code_for_no_room_and_nobody_behind_no_token(house: HubHouse) -> None:
    assert isinstance(house.enrolment.make_code("nowhere", uses=1), NotFound)
    assert house.enrolment.identify("no such token") is None


def test_a_token_is_asked_of_the_store_again_after_a_minute(house: HubHouse) -> None:
    station = house.enrol()
    with house.store.begin(write=True) as work:
        work.stations.retire(station.identity.station_id, house.clock.now())

    assert house.enrolment.identify(station.token) == station.identity
    house.clock.advance(61)
    assert house.enrolment.identify(station.token) is None
