"""What any store must hold of the journal of acts."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from admin_console.hub.service.act import ActQuery, note
from admin_console.hub.service.answer import NotAllowed, NotFound
from admin_console.hub.service.identity import StaffIdentity
from admin_console.hub.service.importing import digest_of
from kiosk.rules.slot import Ground
from kiosk.wire.act import (
    PAGE,
    ActFacts,
    ActGroup,
    ActKind,
    ActLine,
    Actor,
    ActsPage,
    CardShown,
    ReadActs,
    ShowCard,
)
from kiosk.wire.command import (
    AnswerHelp,
    CommandBody,
    EndSlot,
    ExtendSlot,
    Identify,
    IssueCommand,
    SetOutOfOrder,
)
from kiosk.wire.desk import CardUnknown, Role
from kiosk.wire.hours import SetHours
from kiosk.wire.parked import MarkSeen
from kiosk.wire.people import ChangePerson, ImportPeople, MakePin, PersonFacts, RegisterPerson
from kiosk.wire.place import SeriesView
from kiosk.wire.provision import MakePass
from kiosk.wire.rule import RuleDraft, SetRule
from kiosk.wire.ticket import ChangeRoomTicket, TakeTicket, TicketAct
from kiosk.wire.workshop import RunWorkshop, SeriesDraft, SetSeries, WorkshopAct
from tests.contracts.hub_rules import room_of
from tests.helpers.hubhouse import BIJ, JEANNE, MARCEL, MONIQUE, TRAPEZE, HubHouse

ADMIN = frozenset({Role.ADMIN})
FACTS = PersonFacts(first_name="Lucien", category="adult")
CARD = "20481000000094"


def day_of(house: HubHouse) -> ReadActs:
    now = house.clock.now()
    return ReadActs(since=now - timedelta(days=1), until=now + timedelta(days=1))


def page(house: HubHouse, ask: ReadActs | None = None, *sites: str) -> ActsPage:
    reader = StaffIdentity("reader", "reader", "Reader", ADMIN, sites or ("trapeze", "bij"))
    found = house.acts.read(reader, ask or day_of(house))
    assert isinstance(found, ActsPage)
    return found


def lines(house: HubHouse) -> list[ActLine]:
    """The journal in the order in which it was written."""
    return list(reversed(page(house).lines))


def persons(house: HubHouse) -> dict[int, str]:
    """Whom the lines are about, by number."""
    with house.store._engine.connect() as connection:
        rows = connection.execute(text("SELECT n, reference FROM act_person"))
        return {row.n: row.reference for row in rows}


class ActContract:
    """What holds of the journal on every store."""

    def test_what_is_done_to_a_person_has_a_line_without_the_name(self, house: HubHouse) -> None:
        agent = house.agent()
        done = (
            house.registry.register(agent, RegisterPerson(facts=FACTS, card=CARD)),
            house.registry.make_pin(agent, MakePin(card=CARD)),
            house.registry.change(
                agent, ChangePerson(card=CARD, facts=replace(FACTS, resident=True))
            ),
            house.cards.show(agent, ShowCard(card=CARD, room_id=BIJ)),
        )

        assert done[-1] == CardShown()
        found = lines(house)
        assert [one.kind for one in found] == [
            ActKind.PERSON_REGISTERED, ActKind.PIN_MADE, ActKind.PERSON_CHANGED, ActKind.CARD_SHOWN,
        ]  # fmt: skip
        assert {(one.staff_id, one.staff_name) for one in found} == {
            (agent.staff_id, agent.display_name)
        }
        assert {one.card_end for one in found} == {"0094"}
        assert [one.site_id for one in found] == [None, None, None, "bij"]
        assert all(one.at == house.clock.now() for one in found)
        assert set(persons(house).values()) == {house.references.reference(CARD)}
        with house.store._engine.connect() as connection:
            kept = str(connection.execute(text("SELECT * FROM act")).all())
        assert "Lucien" not in kept
        assert CARD not in kept

    def test_what_changed_nothing_has_no_line(self, house: HubHouse) -> None:
        agent, admin = house.agent(), house.agent(ADMIN)
        unknown = "20481999999999"
        known = replace(FACTS, first_name="Jeanne", least_age=30)
        house.registry.register(agent, RegisterPerson(facts=FACTS, card=JEANNE))
        house.registry.change(agent, ChangePerson(card=unknown, facts=FACTS))
        house.registry.change(agent, ChangePerson(card=JEANNE, facts=known))
        house.registry.make_pin(agent, MakePin(card=unknown))
        house.registry.make_pin(house.agent(frozenset({Role.OBSERVER})), MakePin(card=JEANNE))
        assert house.cards.show(agent, ShowCard(card=unknown, room_id=BIJ)) == CardUnknown()
        assert house.cards.show(agent, ShowCard(card=JEANNE, room_id="x")) == NotFound()
        room = room_of(house)
        house.hours.set_hours(admin, BIJ, SetHours(before=room.hours, week=room.hours.week))
        rule = RuleDraft.of(room)
        house.rules.set_rule(admin, BIJ, SetRule(before=rule, draft=rule))
        wrong = replace(rule, slot_seconds=1)
        house.rules.set_rule(admin, BIJ, SetRule(before=rule, draft=wrong))
        house.parked.mark_seen(agent, "bij", MarkSeen(event_ids=()))
        house.imports.take_from_desk(admin, ImportPeople(content=b"carte;x\n"))

        assert page(house) == ActsPage(lines=(), total=0, kept=0, last=0)

    def test_an_ask_that_is_repeated_has_one_line(self, house: HubHouse) -> None:
        agent, station = house.agent(), house.enrol(BIJ)
        house.enrol(BIJ)
        made = MakePass(ask_id=house.fresh_id(), duration_code=1)
        taken = TakeTicket(ask_id=house.fresh_id(), card=MARCEL, seat=2)
        person = RegisterPerson(facts=FACTS, ask_id=house.fresh_id())
        command = IssueCommand(
            command_id=house.fresh_id(),
            seat_id=station.identity.seat_id,
            slot_id=None,
            body=SetOutOfOrder(reason="souris"),
        )
        for _ in range(2):
            house.passes.make(agent, "bij", made)
            house.tickets.take_at_desk(agent, BIJ, taken)
            house.registry.register(agent, person)
            house.commands.issue(agent, command)

        found = lines(house)
        assert [one.kind for one in found] == [
            ActKind.PASS_MADE, ActKind.SEAT_GIVEN, ActKind.PERSON_REGISTERED, ActKind.SEAT_CLOSED,
        ]  # fmt: skip
        assert found[1].facts == ActFacts(room_id=BIJ, seat=2, ticket="A-01")
        assert (found[1].card_end, found[1].site_id) == (MARCEL[-4:], "bij")
        assert found[3].facts == ActFacts(room_id=BIJ, seat=1)

    def test_tickets_changed_for_somebody_have_a_line_and_those_of_a_board_none(
        self, house: HubHouse
    ) -> None:
        agent, board = house.agent(), house.agent(frozenset({Role.OBSERVER}))
        house.sit(house.enrol(BIJ), JEANNE)
        house.sit(house.enrol(BIJ), MONIQUE)
        house.tickets.take_at_desk(board, BIJ, TakeTicket(ask_id=house.fresh_id()))
        assert lines(house) == []
        house.tickets.take_at_desk(agent, BIJ, TakeTicket(ask_id=house.fresh_id(), card=MARCEL))
        back = house.clock.now() + timedelta(minutes=20)
        for act in (TicketAct.STEP_AWAY, TicketAct.COME_BACK, TicketAct.LEAVE, TicketAct.LEAVE):
            until = back if act is TicketAct.STEP_AWAY else None
            house.tickets.change_at_desk(agent, BIJ, 2, ChangeRoomTicket(act=act, until=until))

        assert [(one.kind, one.facts.ticket) for one in lines(house)] == [
            (ActKind.TICKET_TAKEN, "A-02"),
            (ActKind.TICKET_STEPPED_AWAY, "A-02"),
            (ActKind.TICKET_CAME_BACK, "A-02"),
            (ActKind.TICKET_LEFT, "A-02"),
        ]
        assert set(persons(house).values()) == {house.references.reference(MARCEL)}

    def test_commands_about_a_session_say_whose_it_was_and_what_was_refused(
        self, house: HubHouse
    ) -> None:
        agent, station = house.agent(), house.enrol(BIJ)
        slot_id = house.sit(station, JEANNE)

        def send(body: CommandBody) -> None:
            house.commands.issue(
                agent,
                IssueCommand(
                    command_id=house.fresh_id(),
                    seat_id=station.identity.seat_id,
                    slot_id=None if isinstance(body, Identify) else slot_id,
                    body=body,
                ),
            )

        send(Identify())
        send(ExtendSlot(total_seconds=3600 + 900))
        send(AnswerHelp())
        send(EndSlot())
        house.leave(station, slot_id)
        send(ExtendSlot(total_seconds=3600 + 900))

        found = lines(house)
        assert [(one.kind, one.facts.seconds, one.facts.code) for one in found] == [
            (ActKind.SESSION_EXTENDED, 900, ""),
            (ActKind.HELP_ANSWERED, None, ""),
            (ActKind.SESSION_ENDED, None, ""),
            (ActKind.SESSION_EXTENDED, 900, Ground.OVER),
        ]
        assert set(persons(house).values()) == {house.references.reference(JEANNE)}
        assert {one.card_end for one in found} == {""}

    def test_settings_and_workshops_have_lines(self, house: HubHouse) -> None:
        admin, station = house.agent(ADMIN), house.enrol(BIJ)
        room = room_of(house)
        house.hours.set_hours(admin, BIJ, SetHours(before=room.hours, week=((),) * 7))
        rule = RuleDraft.of(room)
        house.rules.set_rule(
            admin, BIJ, SetRule(before=rule, draft=replace(rule, slot_seconds=7200))
        )
        now = house.clock.now()
        minute = (now + timedelta(hours=1)).hour * 60
        draft = SeriesDraft(
            ground=Ground.WORKSHOP, title="Premiers pas", dates=(now.date(),),
            start=minute, end=minute + 240,
        )  # fmt: skip
        ask = SetSeries(series_id=house.fresh_id(), draft=draft, confirmed=True)
        house.series.set_series(admin, BIJ, ask)
        house.beat(station)
        run = RunWorkshop(series_id=ask.series_id, act=WorkshopAct.OPEN)
        house.workshops.run(admin, BIJ, run)
        house.workshops.run(admin, BIJ, run)
        kept = next(iter(room_of(house).bookings))
        assert isinstance(kept, SeriesView)
        house.series.set_series(admin, BIJ, SetSeries(series_id=ask.series_id, before=kept))

        kinds = [one.kind for one in lines(house)]
        assert kinds[:3] == [ActKind.HOURS_SET, ActKind.RULE_SET, ActKind.SERIES_SET]
        assert kinds.count(ActKind.WORKSHOP_OPENED) == 1
        assert kinds[-1] is ActKind.SERIES_REMOVED
        assert lines(house)[2].facts == ActFacts(room_id=BIJ, what="Premiers pas", count=1)

    def test_an_import_has_a_line_also_when_it_is_an_order_on_the_hub_itself(
        self, house: HubHouse
    ) -> None:
        admin = house.agent(ADMIN)
        first = "carte;prénom;catégorie\n20481000000102;Ana;adult\n".encode()
        second = first + b"20481000000110;Bo;adult\n"
        house.imports.take_from_desk(admin, ImportPeople(content=first, confirmed=digest_of(first)))
        house.imports.take(second, digest_of(second))

        assert [(one.kind, one.facts.count, one.staff_id) for one in lines(house)] == [
            (ActKind.MEMBERS_IMPORTED, 1, admin.staff_id),
            (ActKind.MEMBERS_IMPORTED, 1, None),
        ]

    def test_an_act_that_fails_leaves_no_line_and_no_hole(self, house: HubHouse) -> None:
        agent = house.agent()

        def fail() -> None:
            with house.store.begin(write=True) as work:
                note(work, agent, ActKind.PIN_MADE)
                raise RuntimeError("no")

        with pytest.raises(RuntimeError, match="no"):
            fail()
        house.registry.make_pin(agent, MakePin(card=JEANNE))

        found = page(house)
        assert ([one.n for one in found.lines], found.kept, found.last) == ([1], 1, 1)

    def test_a_work_that_reads_does_nothing_to_journal(self, house: HubHouse) -> None:
        with house.store.begin(write=False) as work, pytest.raises(RuntimeError, match="reads"):
            note(work, None, ActKind.PIN_MADE)

    def test_acts_at_once_are_numbered_without_holes(self, house: HubHouse) -> None:
        agent = house.agent()
        cards = [JEANNE, MARCEL, MONIQUE]
        crowd = [
            threading.Thread(target=house.registry.make_pin, args=(agent, MakePin(card=card)))
            for card in cards * 3
        ]
        for one in crowd:
            one.start()
        for one in crowd:
            one.join()

        found = page(house)
        assert sorted(one.n for one in found.lines) == list(range(1, 10))
        assert (found.kept, found.last) == (9, 9)

    @pytest.mark.parametrize(
        "statement", ["UPDATE act SET kind = 'x'", "DELETE FROM act", "DELETE FROM act WHERE n = 1"]
    )
    def test_the_database_changes_no_line(self, house: HubHouse, statement: str) -> None:
        house.registry.make_pin(house.agent(), MakePin(card=JEANNE))

        with (
            pytest.raises(SQLAlchemyError, match="keeps its rows"),
            house.store._engine.begin() as connection,
        ):
            connection.execute(text(statement))

        assert page(house).kept == 1

    def test_whom_an_act_was_about_is_forgotten_after_a_year(self, house: HubHouse) -> None:
        agent = house.agent()
        house.registry.make_pin(agent, MakePin(card=JEANNE))
        house.clock.advance(200 * 86400)
        house.registry.make_pin(agent, MakePin(card=MARCEL))
        house.clock.advance(170 * 86400)

        house.janitor.tidy()

        assert list(persons(house)) == [2]
        long = ReadActs(since=datetime(2020, 1, 1, tzinfo=UTC), until=day_of(house).until)
        assert [one.card_end for one in page(house, long).lines] == [MARCEL[-4:], ""]

    def test_lines_are_found_by_day_person_place_and_kind(self, house: HubHouse) -> None:
        claire, nadia = house.agent(), house.agent(frozenset({Role.AGENT}), ("bij",))
        admin = house.agent(ADMIN)
        house.registry.make_pin(nadia, MakePin(card=JEANNE))
        house.passes.make(claire, "trapeze", MakePass(ask_id=house.fresh_id()))
        rule = RuleDraft.of(room_of(house))
        ask = SetRule(before=rule, draft=replace(rule, slot_seconds=7200))
        house.rules.set_rule(admin, BIJ, ask)
        house.registry.make_pin(claire, MakePin(card=JEANNE))
        with house.store.begin(write=True) as work:
            note(work, None, ActKind.HOLIDAYS_ENTERED, "trapeze", ActFacts(count=11))
        today = day_of(house)

        def numbers(**changes: object) -> list[int]:
            return [one.n for one in page(house, replace(today, **changes)).lines]

        assert numbers() == [5, 4, 3, 2, 1]
        assert numbers(staff_id=claire.staff_id) == [4, 2]
        assert numbers(site_id="bij") == [3, 1]
        assert numbers(site_id="elsewhere") == []
        assert numbers(group=ActGroup.PEOPLE) == [4, 2, 1]
        assert numbers(group=ActGroup.SETTINGS) == [5, 3]
        assert numbers(group=ActGroup.MONEY) == []
        assert numbers(automatic=True) == [5]
        assert numbers(until=house.clock.now()) == []
        assert numbers(skip=3) == [2, 1]
        assert page(house, replace(today, group=ActGroup.MONEY)).actors == tuple(
            sorted(
                (Actor(staff_id=one.staff_id, name=one.display_name) for one in
                 (claire, nadia, admin)),
                key=lambda one: one.name,
            )
        )  # fmt: skip
        # An account of one site reads that one and the town.
        assert [one.n for one in page(house, None, "bij").lines] == [4, 3, 1]

    def test_a_page_holds_so_many_lines_and_says_how_many_there_are(self, house: HubHouse) -> None:
        with house.store.begin(write=True) as work:
            for _ in range(PAGE + 3):
                note(work, None, ActKind.HOLIDAYS_ENTERED, "bij")

        first = page(house)
        last = page(house, replace(day_of(house), skip=PAGE))
        assert (len(first.lines), first.total, first.lines[0].n) == (PAGE, PAGE + 3, PAGE + 3)
        assert [one.n for one in last.lines] == [3, 2, 1]

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
    def test_only_administrators_read_the_journal(self, house: HubHouse, role: Role) -> None:
        assert house.acts.read(house.agent(frozenset({role})), day_of(house)) == NotAllowed()

    def test_the_acts_of_a_person_can_be_found_by_the_reference_kept_apart(
        self, house: HubHouse
    ) -> None:
        house.registry.make_pin(house.agent(), MakePin(card=JEANNE))
        now = house.clock.now()
        query = ActQuery(now, now + timedelta(seconds=1), ("bij",))
        with house.store.begin(write=False) as work:
            (line,) = work.acts.find(query, 0, 10)
        assert persons(house) == {line.n: house.references.reference(JEANNE)}
        assert line.at.date() != date.min
        assert TRAPEZE not in str(line)
