"""What any store must hold of the limits that staff write for a room."""

import pytest
from msgspec.structs import replace

from admin_console.hub.service.answer import NotAllowed, NotFound
from kiosk.rules.roomrule import RuleFaultKind, RuleField
from kiosk.rules.signin import SignIn
from kiosk.rules.waiting import ListFault
from kiosk.wire.change import RoomChanged
from kiosk.wire.desk import Role
from kiosk.wire.place import RoomView
from kiosk.wire.rule import RuleDraft, RuleFaultView, RuleFaulty, RuleMoved, RuleSaved, SetRule
from kiosk.wire.station import RenewalGranted, RenewSlot, SlotGranted
from kiosk.wire.ticket import TakeTicket, TicketTaken
from tests.helpers.hubhouse import BIJ, JEANNE, MARCEL, TRAPEZE, HubHouse

ADMIN = frozenset({Role.ADMIN})


def room_of(house: HubHouse, room_id: str = BIJ) -> RoomView:
    with house.store.begin(write=False) as work:
        room = work.rooms.get(room_id)
    assert room is not None
    return room


def ask(house: HubHouse, **changes: object) -> SetRule:
    before = RuleDraft.of(room_of(house))
    return SetRule(before=before, draft=replace(before, **changes))


class RuleContract:
    """What holds of new limits on every store."""

    def test_two_hours_are_given_by_a_setting_alone(self, house: HubHouse) -> None:
        station = house.enrol(BIJ)
        saved = house.rules.set_rule(house.agent(ADMIN), BIJ, ask(house, slot_seconds=7200))

        assert isinstance(saved, RuleSaved)
        assert room_of(house) == saved.room
        told = [one.body for one in house.read(station.identity)]
        assert told.count(RoomChanged(room=saved.room)) == 1
        granted = house.ask(station, JEANNE)
        assert isinstance(granted, SlotGranted)
        assert granted.total_seconds == 7200

    def test_every_limit_is_kept_and_nothing_else_of_the_room_moves(self, house: HubHouse) -> None:
        before = room_of(house)
        draft = RuleDraft(
            slot_seconds=2700, grace_seconds=180, closing_margin_seconds=300,
            shortest_slot_seconds=600, max_renewals=2, daily_seconds=5400, mercy_seconds=600,
            hold_seconds=300, away_seconds=900, idle_seconds=1200, resume_seconds=0, letter="J",
            sign_in=SignIn.CARD, coded_tickets=7,
        )  # fmt: skip
        saved = house.rules.set_rule(
            house.agent(ADMIN), BIJ, SetRule(before=RuleDraft.of(before), draft=draft)
        )

        assert isinstance(saved, RuleSaved)
        assert RuleDraft.of(room_of(house)) == draft
        back = {"rule": before.rule, "letter": before.letter, "sign_in": before.sign_in}
        assert replace(saved.room, **back) == before

    def test_what_an_older_desk_does_not_write_stays_as_it_stands(self, house: HubHouse) -> None:
        admin = house.agent(ADMIN)
        house.rules.set_rule(admin, BIJ, ask(house, sign_in=SignIn.CARD, coded_tickets=5))
        older = replace(RuleDraft.of(room_of(house)), sign_in=None, coded_tickets=None)

        saved = house.rules.set_rule(
            admin, BIJ, SetRule(before=older, draft=replace(older, slot_seconds=7200))
        )

        assert isinstance(saved, RuleSaved)
        assert (saved.room.sign_in, saved.room.rule.coded_tickets) == (SignIn.CARD, 5)
        assert saved.room.rule.slot_seconds == 7200

    def test_a_board_gives_so_many_tickets_without_a_card_as_the_limit_says(
        self, house: HubHouse
    ) -> None:
        house.sit(house.enrol(BIJ), JEANNE)
        house.sit(house.enrol(BIJ), MARCEL)
        board = house.agent(frozenset({Role.OBSERVER}))

        def take() -> object:
            return house.tickets.take_at_desk(board, BIJ, TakeTicket(ask_id=house.fresh_id()))

        house.rules.set_rule(house.agent(ADMIN), BIJ, ask(house, coded_tickets=1))
        assert isinstance(take(), TicketTaken)
        assert getattr(take(), "fault", None) is ListFault.CODES_OUT
        house.rules.set_rule(house.agent(ADMIN), BIJ, ask(house, coded_tickets=2))
        assert isinstance(take(), TicketTaken)

    def test_a_running_slot_keeps_its_time_and_is_renewed_by_the_new_limits(
        self, house: HubHouse
    ) -> None:
        station = house.enrol(BIJ)
        slot_id = house.sit(station)
        ends_at = house.seat(station).slot
        house.rules.set_rule(house.agent(ADMIN), BIJ, ask(house, slot_seconds=1800))

        assert house.seat(station).slot == ends_at
        house.pass_time(3300, station, step=60)
        renewed = house.renewals.renew(
            station.identity, RenewSlot(slot_id=slot_id, from_total_seconds=3600)
        )
        assert isinstance(renewed, RenewalGranted)
        assert renewed.total_seconds == 3600 + 1800

    def test_of_two_editors_the_second_is_shown_what_the_first_kept(self, house: HubHouse) -> None:
        mine, yours = ask(house, slot_seconds=7200), ask(house, slot_seconds=1800)
        first = house.rules.set_rule(house.agent(ADMIN), BIJ, mine)
        second = house.rules.set_rule(house.agent(ADMIN), BIJ, yours)

        assert isinstance(first, RuleSaved)
        assert second == RuleMoved(room=first.room)
        assert room_of(house) == first.room

    def test_the_same_limits_again_are_no_news(self, house: HubHouse) -> None:
        station = house.enrol(BIJ)
        told = len(house.read(station.identity))

        assert isinstance(house.rules.set_rule(house.agent(ADMIN), BIJ, ask(house)), RuleSaved)

        assert len(house.read(station.identity)) == told

    def test_limits_without_sense_are_answered_with_every_fault_and_change_nothing(
        self, house: HubHouse
    ) -> None:
        station = house.enrol(BIJ)
        before, told = room_of(house), len(house.read(station.identity))

        answer = house.rules.set_rule(
            house.agent(ADMIN), BIJ, ask(house, slot_seconds=0, hold_seconds=10**12, letter="é")
        )

        assert answer == RuleFaulty(
            faults=(
                RuleFaultView(kind=RuleFaultKind.TOO_LITTLE, field=RuleField.SLOT),
                RuleFaultView(kind=RuleFaultKind.TOO_MUCH, field=RuleField.HOLD),
                RuleFaultView(kind=RuleFaultKind.NO_LETTER, field=RuleField.LETTER),
            )
        )
        assert room_of(house) == before
        assert len(house.read(station.identity)) == told

    def test_the_letter_stays_while_somebody_knows_a_ticket_by_it(self, house: HubHouse) -> None:
        stations = [house.enrol(BIJ), house.enrol(BIJ)]
        house.sit(stations[0], JEANNE)
        house.sit(stations[1], MARCEL)
        house.take(stations[0], "20481000000037")

        answer = house.rules.set_rule(house.agent(ADMIN), BIJ, ask(house, letter="B"))

        fault = RuleFaultView(kind=RuleFaultKind.LETTER_WAITED_FOR, field=RuleField.LETTER)
        assert answer == RuleFaulty(faults=(fault,))

    def test_two_rooms_of_a_place_have_letters_of_their_own(self, house: HubHouse) -> None:
        with house.store.begin(write=True) as work:
            work.rooms.add(replace(room_of(house), room_id="bij.etage", letter="B"))

        answer = house.rules.set_rule(house.agent(ADMIN), BIJ, ask(house, letter="B"))

        fault = RuleFaultView(kind=RuleFaultKind.LETTER_TAKEN, field=RuleField.LETTER)
        assert answer == RuleFaulty(faults=(fault,))

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
    def test_only_administrators_change_limits(self, house: HubHouse, role: Role) -> None:
        before = room_of(house)
        staff = house.agent(frozenset({role}))
        assert house.rules.set_rule(staff, BIJ, ask(house, slot_seconds=7200)) == NotAllowed()
        assert room_of(house) == before

    def test_a_room_with_limits_beyond_the_sites_of_the_account_is_not_found(
        self, house: HubHouse
    ) -> None:
        staff = house.agent(ADMIN, sites=("bij",))
        assert house.rules.set_rule(staff, TRAPEZE, ask(house)) == NotFound()
        assert house.rules.set_rule(staff, "nowhere", ask(house)) == NotFound()
