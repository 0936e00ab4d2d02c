"""The contract of changes, commands, contact and staff: what is told, to whom, and once."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from admin_console.hub.service.answer import AskInvalid, Conflict, NotAllowed, NotFound
from admin_console.hub.service.identity import StationIdentity
from admin_console.hub.service.view import seat_view
from admin_console.hub.store.store import Store
from kiosk.rules.hours import instant, local_date
from kiosk.wire.change import (
    CommandChanged,
    CommandIssued,
    CursorTooOld,
    SeatChanged,
)
from kiosk.wire.command import (
    AnswerHelp,
    CommandBody,
    CommandState,
    CommandView,
    EndSlot,
    ExtendSlot,
    Identify,
    IssueCommand,
    ShowMessage,
)
from kiosk.wire.desk import (
    ExtensionForecast,
    Role,
    SeatDay,
)
from kiosk.wire.event import (
    CommandAnswered,
    CommandReceived,
    HelpAsked,
    Outcome,
    OutOfOrderSet,
)
from kiosk.wire.place import HoursView
from tests.helpers.clock import FakeClock
from tests.helpers.hubhouse import BIJ, TRAPEZE, HubHouse, Sitting, page


class ChangeContract:
    """What holds of changes on every store."""

    def test_no_reader_loses_a_change_while_many_write(self, house: HubHouse) -> None:
        rooms = (TRAPEZE, BIJ)
        writers, rounds = 6, 15
        done = threading.Event()
        dice = random.Random(11)
        waits = [[dice.random() * 0.004 for _ in range(rounds)] for _ in range(writers)]

        def write(number: int) -> None:
            for wait in waits[number]:
                with house.store.begin(write=True) as work:
                    seat = work.seats.get(f"{rooms[number % 2]}.01")
                    assert seat is not None
                    for _ in range(2):
                        work.changes.add(
                            SeatChanged(seat=seat_view(seat, None)), topic="seat:x", site_id="x"
                        )
                    # Others begin and commit meanwhile.
                    done.wait(wait)

        reader = StationIdentity("x", "x", "x", "x")
        start = house.feed.changes(reader, 0)

        def read() -> list[int]:
            seen: list[int] = []
            cursor = page(start).cursor
            while True:
                last_round = done.is_set()
                found = page(house.feed.changes(reader, cursor, limit=7))
                seen += [change.n for change in found.changes]
                cursor = found.cursor
                if last_round and not found.more:
                    return seen

        with ThreadPoolExecutor(writers + 2) as pool:
            readers = [pool.submit(read) for _ in range(2)]
            list(pool.map(write, range(writers)))
            done.set()
            seen = [one.result(30) for one in readers]

        first = page(start).cursor + 1
        expected = list(range(first, first + 2 * writers * rounds))
        assert seen == [expected, expected]

    def test_a_reader_sees_its_own_part(self, house: HubHouse) -> None:
        here, there = house.enrol(TRAPEZE), house.enrol(BIJ)
        agent = house.agent(sites=("trapeze",))
        start = house.feed.estate(agent).cursor
        house.sit(here)
        house.tell(there, house.fact(there, HelpAsked()))

        seats = [
            [
                change.body.seat.seat_id
                for change in house.read(reader, start)
                if isinstance(change.body, SeatChanged)
            ]
            for reader in (here.identity, there.identity, agent)
        ]

        assert seats == [
            [here.identity.seat_id],
            [there.identity.seat_id],
            [here.identity.seat_id],
        ]

    def test_the_estate_and_the_changes_since_make_the_estate_of_now(self, house: HubHouse) -> None:
        stations = [house.enrol(TRAPEZE), house.enrol(TRAPEZE), house.enrol(BIJ)]
        admin = house.agent(frozenset({Role.ADMIN}))
        before = house.feed.estate(admin)
        seats = {
            seat.seat_id: seat
            for site in before.sites
            for room in site.rooms
            for seat in room.seats
        }
        slot_id = house.sit(stations[0])
        house.tell(stations[1], house.fact(stations[1], OutOfOrderSet(reason="souris")))
        house.clock.advance(20)
        house.beat(stations[0], slot_id)
        house.janitor.sweep()

        for change in house.read(admin, before.cursor):
            if isinstance(change.body, SeatChanged):
                seats[change.body.seat.seat_id] = change.body.seat

        now = {
            seat.seat_id: seat
            for site in house.feed.estate(admin).sites
            for room in site.rooms
            for seat in room.seats
        }
        assert seats == now
        assert len(now) == 5

    def test_a_cursor_older_than_what_is_kept_starts_anew(self, house: HubHouse) -> None:
        station = house.enrol()
        house.clock.advance(20 * 24 * 3600)
        assert house.janitor.tidy() > 0
        house.tell(station, house.fact(station, HelpAsked()))
        last = house.feed.latest_for(station.identity)

        assert isinstance(house.feed.changes(station.identity, 0), CursorTooOld)
        assert isinstance(house.feed.changes(station.identity, last + 5), CursorTooOld)
        assert len(house.read(station.identity, last - 1)) == 1

    def test_a_reader_hears_of_its_changes_without_asking_the_store(self, house: HubHouse) -> None:
        here, there = house.enrol(TRAPEZE), house.enrol(BIJ)
        agent = house.agent(sites=("bij",))
        heard = threading.Event()
        stop = house.feed.listen(heard.set)
        before = [house.feed.latest_for(one) for one in (here.identity, there.identity, agent)]

        house.sit(here)
        stop()
        after = [house.feed.latest_for(one) for one in (here.identity, there.identity, agent)]

        assert heard.is_set()
        assert after[0] > before[0]
        assert after[1:] == before[1:]
        assert house.read(here.identity)[-1].n == after[0]


class CommandContract:
    """What holds of commands on every store."""

    def issue(
        self,
        house: HubHouse,
        station: Sitting,
        body: CommandBody,
        slot_id: str | None = None,
    ) -> tuple[IssueCommand, object]:
        ask = IssueCommand(
            command_id=house.fresh_id(),
            seat_id=station.identity.seat_id,
            slot_id=slot_id,
            body=body,
        )
        agent = house.agent()
        return ask, house.commands.issue(agent, ask)

    def test_a_command_goes_from_sent_to_done(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        admin = house.agent()
        start = house.feed.estate(admin).cursor
        ask, view = self.issue(house, station, ExtendSlot(total_seconds=4500), slot_id)

        issued = [
            change.body.command
            for change in house.read(station.identity, start)
            if isinstance(change.body, CommandIssued)
        ]
        house.tell(
            station,
            house.fact(station, CommandReceived(command_id=ask.command_id)),
            house.fact(station, CommandAnswered(command_id=ask.command_id, outcome=Outcome.DONE)),
        )

        states = [
            change.body.command.state
            for change in house.read(admin, start)
            if isinstance(change.body, CommandChanged)
        ]
        assert isinstance(view, CommandView)
        assert view.state is CommandState.SENT
        assert [command.body for command in issued] == [ExtendSlot(total_seconds=4500)]
        assert issued[0].expires_at - issued[0].issued_at == timedelta(seconds=60)
        assert states == [CommandState.SENT, CommandState.RECEIVED, CommandState.DONE]

    def test_a_command_asked_twice_is_sent_once(self, house: HubHouse) -> None:
        station = house.enrol()
        agent = house.agent()
        ask = IssueCommand(
            command_id=house.fresh_id(),
            seat_id=station.identity.seat_id,
            slot_id=None,
            body=Identify(),
        )

        first = house.commands.issue(agent, ask)
        again = house.commands.issue(agent, ask)
        other = house.commands.issue(house.agent(), ask)

        assert first == again
        assert isinstance(other, Conflict)
        assert (
            len([c for c in house.read(station.identity) if isinstance(c.body, CommandIssued)]) == 1
        )

    def test_a_command_nobody_takes_expires_and_a_late_fact_wins(self, house: HubHouse) -> None:
        station = house.enrol()
        admin = house.agent()
        start = house.feed.estate(admin).cursor
        ask, _ = self.issue(house, station, Identify())
        house.clock.advance(61)

        assert house.commands.expire_due() == 1
        assert house.commands.expire_due() == 0
        house.tell(
            station,
            house.fact(station, CommandAnswered(command_id=ask.command_id, outcome=Outcome.DONE)),
        )

        states = [
            change.body.command.state
            for change in house.read(admin, start)
            if isinstance(change.body, CommandChanged)
        ]
        assert states == [CommandState.SENT, CommandState.EXPIRED, CommandState.DONE]

    def test_a_message_on_screen_does_not_expire_unread(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        ask, _ = self.issue(house, station, ShowMessage(text="Bonjour"), slot_id)
        house.tell(station, house.fact(station, CommandReceived(command_id=ask.command_id)))
        house.clock.advance(600)

        assert house.commands.expire_due() == 0

    def test_a_command_for_a_slot_that_is_over_is_refused_unsent(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        house.tell(station, house.fact(station, house.ended(slot_id)))

        _, view = self.issue(house, station, EndSlot(), slot_id)

        assert isinstance(view, CommandView)
        assert (view.state, view.code) == (CommandState.REFUSED, "over")
        assert not any(
            isinstance(change.body, CommandIssued) for change in house.read(station.identity)
        )

    def test_more_time_than_the_room_has_is_refused_unsent(
        self, store: Store, clock: FakeClock
    ) -> None:
        # 14:00 UTC is 15:00 in Paris; the room closes at 17:00, ten minutes and a grace before.
        house = HubHouse(store, clock, HoursView(zone="Europe/Paris", week=(((540, 1020),),) * 7))
        station = house.enrol()
        slot_id = house.sit(station)
        longest = 2 * 3600 - 600 - 120

        _, much = self.issue(house, station, ExtendSlot(total_seconds=5 * 3600), slot_id)
        _, little = self.issue(house, station, ExtendSlot(total_seconds=longest + 1), slot_id)
        sent = [one for one in house.read(station.identity) if isinstance(one.body, CommandIssued)]
        _, fits = self.issue(house, station, ExtendSlot(total_seconds=longest), slot_id)

        views = (much, little, fits)
        assert all(isinstance(view, CommandView) for view in views)
        assert [(view.state, view.code) for view in views if isinstance(view, CommandView)] == [
            (CommandState.REFUSED, "closing"),
            (CommandState.REFUSED, "closing"),
            (CommandState.SENT, None),
        ]
        assert sent == []

    def test_roles_and_sites_limit_who_commands(self, house: HubHouse) -> None:
        station = house.enrol(TRAPEZE)

        def issue(roles: set[Role], sites: tuple[str, ...]) -> object:
            ask = IssueCommand(
                command_id=house.fresh_id(),
                seat_id=station.identity.seat_id,
                slot_id=None,
                body=Identify(),
            )
            return house.commands.issue(house.agent(frozenset(roles), sites), ask)

        assert isinstance(issue({Role.OBSERVER}, ("trapeze",)), NotAllowed)
        assert isinstance(issue({Role.CASHIER, Role.REGISSEUR}, ("trapeze",)), NotAllowed)
        assert isinstance(issue({Role.AGENT}, ("bij",)), NotFound)
        assert isinstance(issue({Role.OBSERVER, Role.IT}, ("trapeze",)), CommandView)

    def test_a_command_that_does_not_fit_is_not_written(self, house: HubHouse) -> None:
        station = house.enrol()
        agent = house.agent()
        empty = IssueCommand(
            command_id=house.fresh_id(), seat_id="bij.accueil.02", slot_id=None, body=Identify()
        )

        _, nameless = self.issue(house, station, EndSlot())

        assert isinstance(nameless, AskInvalid)
        assert isinstance(house.commands.issue(agent, empty), Conflict)

    def test_help_that_comes_ends_the_call(self, house: HubHouse) -> None:
        station = house.enrol()
        house.tell(station, house.fact(station, HelpAsked()))
        ask, _ = self.issue(house, station, AnswerHelp())
        house.tell(
            station,
            house.fact(station, CommandAnswered(command_id=ask.command_id, outcome=Outcome.DONE)),
        )

        assert house.seat(station).help_asked_at is None

    def test_the_forecast_says_what_more_time_would_do(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        slot = house.seat(station).slot
        assert slot is not None

        forecast = house.commands.forecast(house.agent(), slot_id, 900)

        assert forecast == ExtensionForecast(
            slot_id=slot_id,
            seconds=900,
            added_seconds=900,
            total_seconds=4500,
            ends_at=slot.ends_at + timedelta(seconds=900),
        )

    def test_the_day_of_a_seat_tells_slots_and_facts_but_nobody(self, house: HubHouse) -> None:
        station = house.enrol()
        slot_id = house.sit(station)
        house.clock.advance(300)
        house.tell(station, house.fact(station, house.ended(slot_id, used=300)))
        house.sit(station)
        house.clock.advance(60)

        day = house.days.seat_day(house.agent(), station.identity.seat_id)

        assert isinstance(day, SeatDay)
        assert [slot.used_seconds for slot in day.slots] == [300, 60]
        assert [line.what for line in day.lines] == ["slot_opened", "slot_ended", "slot_opened"]
        stranger = house.days.seat_day(house.agent(sites=("bij",)), station.identity.seat_id)
        assert isinstance(stranger, NotFound)

    def test_a_slot_that_runs_over_midnight_is_of_both_days(self, house: HubHouse) -> None:
        station = house.enrol()
        zone = "Europe/Paris"
        house.clock.set_wall(instant(local_date(house.clock.now(), zone), 23 * 60 + 30, zone))
        slot_id = house.sit(station)
        house.clock.advance(2400)

        day = house.days.seat_day(house.agent(), station.identity.seat_id)
        assert isinstance(day, SeatDay)
        assert [slot.used_seconds for slot in day.slots] == [2400]
        house.tell(station, house.fact(station, house.ended(slot_id, used=2400)))
        house.clock.advance(24 * 3600)
        later = house.days.seat_day(house.agent(), station.identity.seat_id)
        assert isinstance(later, SeatDay)
        assert later.slots == ()
