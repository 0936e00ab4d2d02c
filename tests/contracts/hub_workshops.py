"""What any store must hold of workshops and reservations, and of the slots that they touch."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from msgspec.structs import replace as changed

from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.series import PLANNERS
from kiosk.rules.booking import ConflictKind
from kiosk.rules.boundary import LEAD_SECONDS, NOTICE_SECONDS
from kiosk.rules.slot import Ground
from kiosk.rules.workshop import SeriesFault
from kiosk.wire.change import CommandIssued, RoomChanged
from kiosk.wire.command import CommandBody, EndSlot, OpenWorkshop, ShortenSlot
from kiosk.wire.desk import Role
from kiosk.wire.event import Decider, Event, OpeningGivenUp, SlotRenewed, SlotShortened
from kiosk.wire.place import SeriesView
from kiosk.wire.station import RenewalGranted, RenewSlot, SlotGranted, SlotRefused
from kiosk.wire.workshop import (
    ConflictView,
    CutView,
    RunWorkshop,
    SeatRun,
    SeriesAsks,
    SeriesDraft,
    SeriesFaulty,
    SeriesMoved,
    SeriesSaved,
    SetSeries,
    WorkshopAct,
    WorkshopRefused,
    WorkshopRun,
)
from tests.contracts.hub_hours import room_of
from tests.helpers.hubhouse import JEANNE, MARCEL, TRAPEZE, HubHouse, Sitting

SERIES = "01890000-0000-7000-8000-0000000a7e11"
OTHER = "01890000-0000-7000-8000-0000000a7e22"
DAY = date(2026, 3, 10)
"""The day on which the tests begin, at 15 h in Paris."""
TRAINER = frozenset({Role.TRAINER})


def draft(start: int = 17 * 60, end: int = 19 * 60, **changes: object) -> SeriesDraft:
    found = SeriesDraft(
        ground=Ground.WORKSHOP, title="Premiers pas", dates=(DAY,), start=start, end=end,
        seats=(1, 2),
    )  # fmt: skip
    return changed(found, **changes)


def keep(
    house: HubHouse,
    wanted: SeriesDraft | None,
    before: SeriesView | None = None,
    *,
    series_id: str = SERIES,
    confirmed: bool = False,
    shorten: tuple[int, ...] = (),
    staff: StaffIdentity | None = None,
) -> object:
    ask = SetSeries(
        series_id=series_id, before=before, draft=wanted, confirmed=confirmed, shorten=shorten
    )
    return house.series.set_series(staff or house.agent(TRAINER), TRAPEZE, ask)


def kept(house: HubHouse, wanted: SeriesDraft) -> SeriesView:
    saved = keep(house, wanted)
    assert isinstance(saved, SeriesSaved), saved
    return saved.room.bookings[0]


def run(house: HubHouse, act: WorkshopAct, staff: StaffIdentity | None = None) -> object:
    ask = RunWorkshop(series_id=SERIES, act=act)
    return house.workshops.run(staff or house.agent(TRAINER), TRAPEZE, ask)


def told(house: HubHouse, station: Sitting, form: type[CommandBody]) -> list[CommandBody]:
    """Return what a station has been sent of one kind, in order."""
    return [
        change.body.command.body
        for change in house.read(station.identity)
        if isinstance(change.body, CommandIssued) and isinstance(change.body.command.body, form)
    ]


def openings(house: HubHouse, station: Sitting) -> list[OpenWorkshop]:
    return [one for one in told(house, station, OpenWorkshop) if isinstance(one, OpenWorkshop)]


def outcomes(answer: object) -> list[tuple[int, bool, Ground | None]]:
    assert isinstance(answer, WorkshopRun), answer
    return [(one.number, one.told, one.ground) for one in answer.seats]


class SeriesContract:
    """What holds of series on every store."""

    def test_a_series_is_kept_in_order_and_told_to_the_room(self, house: HubHouse) -> None:
        station = house.enrol()
        later = DAY + timedelta(days=7)
        saved = keep(house, draft(dates=(later, DAY), seats=(2, 1)))
        assert isinstance(saved, SeriesSaved)
        (series,) = saved.room.bookings
        assert (series.dates, series.seats, series.title) == ((DAY, later), (1, 2), "Premiers pas")
        assert series.entered_at == house.clock.now()
        assert room_of(house, TRAPEZE) == saved.room
        changes = [one.body for one in house.read(station.identity)]
        assert changes.count(RoomChanged(room=saved.room)) == 1

    def test_the_same_ask_again_is_no_news(self, house: HubHouse) -> None:
        station = house.enrol()
        first = keep(house, draft())
        before = len(house.read(station.identity))
        house.clock.advance(60)
        assert keep(house, draft()) == first
        assert len(house.read(station.identity)) == before

    def test_of_two_editors_the_second_is_shown_what_the_first_kept(self, house: HubHouse) -> None:
        series = kept(house, draft())
        moved = keep(house, draft(end=20 * 60), series)
        assert isinstance(moved, SeriesSaved)
        assert keep(house, draft(end=18 * 60), series) == SeriesMoved(room=moved.room)
        assert keep(house, None, series) == SeriesMoved(room=moved.room)

    def test_a_series_that_is_taken_away_leaves_its_seats(self, house: HubHouse) -> None:
        series = kept(house, draft())
        for _ in range(2):
            gone = keep(house, None, series)
            assert isinstance(gone, SeriesSaved)
            assert gone.room.bookings == ()
        assert room_of(house, TRAPEZE).bookings == ()

    def test_another_title_is_no_later_entry(self, house: HubHouse) -> None:
        series = kept(house, draft())
        house.clock.advance(60)
        saved = keep(house, draft(title="Traitement de texte"), series)
        assert isinstance(saved, SeriesSaved)
        assert saved.room.bookings[0].entered_at == series.entered_at
        again = keep(house, draft(end=20 * 60), saved.room.bookings[0])
        assert isinstance(again, SeriesSaved)
        assert again.room.bookings[0].entered_at == house.clock.now()

    def test_a_draft_with_faults_is_answered_and_changes_nothing(self, house: HubHouse) -> None:
        before = room_of(house, TRAPEZE)
        wanted = draft(title=" ", dates=(), start=900, end=900, seats=(9,))
        assert keep(house, wanted, confirmed=True) == SeriesFaulty(
            faults=(
                SeriesFault.NO_TITLE,
                SeriesFault.NO_DATES,
                SeriesFault.ENDS_BEFORE_START,
                SeriesFault.NO_SUCH_SEAT,
            )
        )
        assert room_of(house, TRAPEZE) == before

    def test_what_a_series_runs_into_is_asked_first(self, house: HubHouse) -> None:
        kept(house, draft())
        wanted = draft(start=18 * 60, end=20 * 60, seats=(2, 3))
        answer = keep(house, wanted, series_id=OTHER)
        conflict = ConflictView(kind=ConflictKind.OTHER_SERIES, day=DAY, other=SERIES, seats=(2,))
        assert answer == SeriesAsks(conflicts=(conflict,), cuts=())
        assert len(room_of(house, TRAPEZE).bookings) == 1
        saved = keep(house, wanted, series_id=OTHER, confirmed=True)
        assert isinstance(saved, SeriesSaved)
        assert len(saved.room.bookings) == 2

    def test_a_series_stays_readable_for_a_season(self, house: HubHouse) -> None:
        kept(house, draft())
        house.clock.advance(91 * 24 * 3600)
        near = DAY + timedelta(days=95)
        saved = keep(house, draft(dates=(near,)), series_id=OTHER)
        assert isinstance(saved, SeriesSaved)
        assert len(saved.room.bookings) == 2
        house.clock.advance(3 * 24 * 3600)
        saved = keep(house, draft(dates=(near,), seats=(3,)), saved.room.bookings[1],
                     series_id=OTHER)  # fmt: skip
        assert isinstance(saved, SeriesSaved)
        assert [one.series_id for one in saved.room.bookings] == [OTHER]

    @pytest.mark.parametrize("role", [role for role in Role if role not in PLANNERS])
    def test_who_plans_nothing_is_told_so(self, house: HubHouse, role: Role) -> None:
        staff = house.agent(frozenset({role}))
        assert keep(house, draft(), staff=staff) == NotAllowed()
        assert run(house, WorkshopAct.OPEN, staff) == NotAllowed()

    def test_a_room_beyond_the_sites_of_the_account_is_not_found(self, house: HubHouse) -> None:
        kept(house, draft())
        staff = house.agent(TRAINER, sites=("bij",))
        assert keep(house, None, staff=staff) == NotFound()
        assert run(house, WorkshopAct.OPEN, staff) == NotFound()
        assert (
            house.workshops.run(
                house.agent(TRAINER), TRAPEZE, RunWorkshop(series_id=OTHER, act=WorkshopAct.END)
            )
            == NotFound()
        )

    # --------------------------------------------------------------------- who sits there

    def test_a_slot_granted_before_ends_at_its_end_unless_an_agent_confirms(
        self, house: HubHouse
    ) -> None:
        station = house.enrol(number=1)
        house.sit(station)
        now = house.clock.now()
        wanted = draft(start=15 * 60 + 40, end=17 * 60)
        asks = keep(house, wanted)
        cut = CutView(
            seat=1,
            ends_at=now + timedelta(seconds=3600),
            new_end=now + timedelta(minutes=40, seconds=-120),
        )
        assert asks == SeriesAsks(conflicts=(), cuts=(cut,))

        saved = keep(house, wanted, confirmed=True)
        assert isinstance(saved, SeriesSaved)
        assert saved.cuts == ()
        assert told(house, station, ShortenSlot) == []

        again = keep(house, wanted, confirmed=True, shorten=(1, 2))
        assert isinstance(again, SeriesSaved)
        assert again.cuts == (cut,)
        start = now + timedelta(minutes=40)
        assert told(house, station, ShortenSlot) == [
            ShortenSlot(total_seconds=2280, ground=Ground.WORKSHOP, at=start)
        ]

    def test_nobody_is_left_less_than_a_quarter_of_an_hour(self, house: HubHouse) -> None:
        station = house.enrol(number=1)
        house.sit(station)
        house.clock.advance(600)
        wanted = draft(start=15 * 60 + 11, end=17 * 60)
        saved = keep(house, wanted, confirmed=True, shorten=(1,))
        assert isinstance(saved, SeriesSaved)
        assert told(house, station, ShortenSlot) == [
            ShortenSlot(
                total_seconds=600 + NOTICE_SECONDS,
                ground=Ground.WORKSHOP,
                at=house.clock.now() + timedelta(seconds=60),
            )
        ]

    def test_a_shortened_slot_ends_earlier_for_everybody_and_forgets_what_was_granted(
        self, house: HubHouse
    ) -> None:
        station = house.enrol(number=1)
        slot_id = house.sit(station)
        opened = house.clock.now()
        house.clock.advance(3300)
        ask = RenewSlot(slot_id=slot_id, from_total_seconds=3600)
        granted = house.renewals.renew(station.identity, ask)
        assert isinstance(granted, RenewalGranted)
        assert granted.total_seconds == 7200
        shortened = SlotShortened(
            slot_id=slot_id, total_seconds=4500, ends_at=opened + timedelta(seconds=4500)
        )
        house.tell(station, house.fact(station, shortened))
        slot = house.seat(station).slot
        assert slot is not None
        assert (slot.total_seconds, slot.ends_at) == (4500, opened + timedelta(seconds=4500))
        assert isinstance(keep(house, draft(start=16 * 60 + 17, end=18 * 60)), SeriesSaved)

    @pytest.mark.parametrize("order", list(permutations(range(4)))[::3])
    def test_facts_about_a_shortened_slot_lead_to_one_row_in_any_order(
        self, house: HubHouse, order: Sequence[int]
    ) -> None:
        station = house.enrol(number=1)
        answer = house.ask(station)
        assert isinstance(answer, SlotGranted)
        at = house.clock.now()

        def ends(seconds: int) -> dict[str, object]:
            return {"total_seconds": seconds, "ends_at": at + timedelta(seconds=seconds)}

        slot_id = answer.slot_id
        facts: list[Event] = [
            house.fact(station, house.opened(slot_id)),
            house.fact(
                station,
                SlotRenewed(slot_id=slot_id, decided_by=Decider.STATION, **ends(7200)),  # type: ignore[arg-type]
            ),
            house.fact(station, SlotShortened(slot_id=slot_id, **ends(5000))),  # type: ignore[arg-type]
            house.fact(
                station,
                SlotRenewed(slot_id=slot_id, decided_by=Decider.STATION, **ends(6000)),  # type: ignore[arg-type]
            ),
        ]
        for place in order:
            house.tell(station, facts[place])
        slot = house.seat(station).slot
        assert slot is not None
        assert (slot.total_seconds, slot.ends_at) == (6000, at + timedelta(seconds=6000))
        assert slot.renewals == 2


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
