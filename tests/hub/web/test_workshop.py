"""Workshops over the wire: asked about, kept, run, and for those only who may."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace as changed

from kiosk.rules.booking import ConflictKind
from kiosk.rules.slot import Ground
from kiosk.rules.workshop import SeriesFault
from kiosk.wire.command import IssueCommand, OpenWorkshop, ShortenSlot
from kiosk.wire.desk import Role
from kiosk.wire.place import RoomView
from kiosk.wire.problem import ProblemCode
from kiosk.wire.workshop import (
    RunWorkshop,
    SeriesAsks,
    SeriesDraft,
    SeriesFaulty,
    SeriesSaved,
    SetSeries,
    WorkshopAct,
    WorkshopRefused,
)
from tests.hub.web.house import House, decode_as, new_id, problem

PATH, RUN = "/v1/rooms/north.room/series", "/v1/rooms/north.room/workshops"
DRAFT = SeriesDraft(
    ground=Ground.WORKSHOP,
    title="Premiers pas",
    dates=((datetime.now(UTC) + timedelta(days=3)).date(),),
    start=600,
    end=720,
)


@pytest.fixture
def room(house: House) -> RoomView:
    """A room whose name may stand in an address, and which is never open."""
    with house.store.begin(write=True) as work:
        found = work.rooms.get("north/room")
        assert found is not None
        hours = changed(found.hours, week=((),) * 7)
        named = changed(found, room_id="north.room", hours=hours)
        work.rooms.add(named)
    return named


def test_a_series_is_asked_about_kept_and_run(house: House, room: RoomView) -> None:
    trainer = house.staff[Role.AGENT]
    ask = SetSeries(series_id=new_id(), draft=DRAFT)

    asks = decode_as(house.ask("POST", PATH, ask, trainer), SeriesAsks)
    assert [one.kind for one in asks.conflicts] == [ConflictKind.OUTSIDE_HOURS]
    saved = decode_as(house.ask("POST", PATH, changed(ask, confirmed=True), trainer), SeriesSaved)
    assert [one.title for one in saved.room.bookings] == ["Premiers pas"]

    run = RunWorkshop(series_id=ask.series_id, act=WorkshopAct.OPEN)
    refused = decode_as(house.ask("POST", RUN, run, trainer), WorkshopRefused)
    assert refused.ground is Ground.TOO_EARLY


def test_a_draft_with_faults_is_answered_and_writes_nothing(house: House, room: RoomView) -> None:
    before = house.written()
    ask = SetSeries(series_id=new_id(), draft=changed(DRAFT, title="", seats=(9,)))
    answer = decode_as(house.ask("POST", PATH, ask, house.staff[Role.AGENT]), SeriesFaulty)
    assert answer.faults == (SeriesFault.NO_TITLE, SeriesFault.NO_SUCH_SEAT)
    assert house.written() == before


def test_who_may_not_plan_is_told_so(house: House, room: RoomView) -> None:
    ask = SetSeries(series_id=new_id(), draft=DRAFT)
    for token in (house.staff[Role.OBSERVER], house.station):
        answer = house.ask("POST", PATH, ask, token)
        assert (answer.status_code, problem(answer).code) == (403, ProblemCode.NOT_ALLOWED)


@pytest.mark.parametrize(
    "body",
    [
        ShortenSlot(total_seconds=1, ground=Ground.WORKSHOP, at=datetime.now(UTC)),
        OpenWorkshop(
            slot_id=new_id(),
            series_id=new_id(),
            ground=Ground.WORKSHOP,
            title="Premiers pas",
            total_seconds=60,
            grace_seconds=1,
            until=datetime.now(UTC),
        ),
    ],
    ids=["shorten", "open_workshop"],
)
def test_what_only_the_hub_sends_for_a_series_is_no_command_of_the_desk(
    house: House, body: ShortenSlot | OpenWorkshop
) -> None:
    before = house.written()
    ask = IssueCommand(command_id=new_id(), seat_id="north-1", slot_id=new_id(), body=body)
    answer = house.ask("POST", "/v1/commands", ask, house.staff[Role.ADMIN])
    assert (answer.status_code, problem(answer).code) == (400, ProblemCode.INVALID)
    assert house.written() == before
