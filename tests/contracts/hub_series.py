"""What any store must hold of series, and of the running slots that a late one shortens."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import permutations

import pytest
from msgspec.structs import replace as changed

from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.series import PLANNERS
from kiosk.rules.booking import ConflictKind
from kiosk.rules.boundary import NOTICE_SECONDS
from kiosk.rules.slot import Ground
from kiosk.rules.workshop import SeriesFault
from kiosk.wire.change import CommandIssued, RoomChanged
from kiosk.wire.command import CommandBody, OpenWorkshop, ShortenSlot
from kiosk.wire.desk import Role
from kiosk.wire.event import Decider, Event, SlotRenewed, SlotShortened
from kiosk.wire.place import SeriesView
from kiosk.wire.station import RenewalGranted, RenewSlot, SlotGranted
from kiosk.wire.workshop import (
    ConflictView,
    CutView,
    RunWorkshop,
    SeriesAsks,
    SeriesDraft,
    SeriesFaulty,
    SeriesMoved,
    SeriesSaved,
    SetSeries,
    WorkshopAct,
    WorkshopRun,
)
from tests.contracts.hub_hours import room_of
from tests.helpers.hubhouse import TRAPEZE, HubHouse, Sitting

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
