"""What any store must hold of somebody who is met at the desk."""

from datetime import timedelta

import pytest

from admin_console.hub.service.answer import NotAllowed, NotFound
from kiosk.rules.slot import Ground
from kiosk.rules.ticket import TicketState
from kiosk.wire.codec import encode
from kiosk.wire.desk import Role
from kiosk.wire.people import MeetPerson, PersonMet, PersonUnknown
from kiosk.wire.place import AdmissionView, RuleView
from kiosk.wire.station import SlotGranted
from tests.contracts.hub_admission import admit, know
from tests.helpers.hubhouse import (
    BIJ,
    JEANNE,
    MARCEL,
    MONIQUE,
    ODILE,
    PAUL,
    TRAPEZE,
    HubHouse,
    Sitting,
)

NOBODYS = "20481000009999"


def meet(house: HubHouse, card: str = JEANNE, room_id: str = TRAPEZE) -> PersonMet:
    """Pass a card at the desk."""
    answer = house.meetings.meet(house.agent(), MeetPerson(card=card, room_id=room_id))
    assert isinstance(answer, PersonMet), answer
    return answer


def fill(house: HubHouse) -> list[Sitting]:
    """Enrol the three seats of the library, and seat somebody on each but the first."""
    stations = [house.enrol(TRAPEZE, number) for number in (1, 2, 3)]
    for station, card in zip(stations[1:], (MARCEL, MONIQUE), strict=True):
        house.sit(station, card)
    return stations


class MeetingContract:
    """What holds of the proposal at the desk on every store."""

    def test_a_person_is_met_with_their_day_and_the_seats_that_are_free(
        self, house: HubHouse
    ) -> None:
        stations = fill(house)
        first = meet(house)
        slot_id = house.sit(stations[0])
        house.clock.advance(600)
        house.leave(stations[0], slot_id, used=600)
        again = meet(house)

        assert (first.facts.first_name, first.facts.category) == ("Jeanne", "adult")
        assert (first.slots_today, first.used_today_seconds, first.first_use) == (0, 0, True)
        assert (first.seating.seats, first.seating.seconds) == ((1,), 3600)
        assert first.seating.ground is None
        assert (again.slots_today, again.used_today_seconds, again.first_use) == (1, 600, False)

    def test_an_unknown_card_is_unknown_and_rooms_elsewhere_are_not_found(
        self, house: HubHouse
    ) -> None:
        agent = house.agent(sites=("trapeze",))

        unknown = house.meetings.meet(agent, MeetPerson(card=NOBODYS, room_id=TRAPEZE))
        elsewhere = house.meetings.meet(agent, MeetPerson(card=JEANNE, room_id=BIJ))

        assert unknown == PersonUnknown()
        assert elsewhere == NotFound()

    @pytest.mark.parametrize("role", [Role.OBSERVER, Role.CASHIER, Role.REGISSEUR])
    def test_who_may_not_act_learns_nothing_of_a_card(self, house: HubHouse, role: Role) -> None:
        staff = house.agent(frozenset({role}))

        answer = house.meetings.meet(staff, MeetPerson(card=JEANNE, room_id=TRAPEZE))

        assert answer == NotAllowed()

    def test_who_sits_already_is_told_where(self, house: HubHouse) -> None:
        house.sit(house.enrol(BIJ, 2))

        seating = meet(house).seating

        assert seating.ground is Ground.PERSON_SEATED
        assert (seating.seat_number, seating.room_name) == (2, "BIJ")
        assert seating.at == house.clock.now() + timedelta(hours=1)
        assert seating.seats == ()

    def test_who_is_not_admitted_is_told_why(self, house: HubHouse) -> None:
        fill(house)
        admit(house, AdmissionView(minimum_age=55))

        seating = meet(house).seating

        assert (seating.ground, seating.minimum_age, seating.seats) == (Ground.TOO_YOUNG, 55, ())

    def test_a_day_that_is_used_up_is_the_ground_also_in_a_full_room(self, house: HubHouse) -> None:
        stations = fill(house)
        rule = RuleView(
            slot_seconds=3600,
            grace_seconds=120,
            closing_margin_seconds=600,
            shortest_slot_seconds=300,
            daily_seconds=3600,
        )
        admit(house, AdmissionView(), rule)
        slot_id = house.sit(stations[0])
        house.leave(stations[0], slot_id, used=3600)
        house.sit(stations[0], PAUL)

        assert meet(house).seating.ground is Ground.DAILY_MINUTES

    def test_a_full_room_has_an_estimate_and_no_seat(self, house: HubHouse) -> None:
        stations = fill(house)
        house.sit(stations[0], PAUL)

        seating = meet(house).seating

        assert (seating.ground, seating.seats, seating.ticket) == (None, (), None)
        assert seating.expected_at is not None
        assert seating.expected_at > house.clock.now()

    def test_the_seat_that_is_held_for_somebody_is_theirs_and_nobody_elses(
        self, house: HubHouse
    ) -> None:
        stations = fill(house)
        house.sit(stations[0], PAUL)
        house.take(stations[0], JEANNE)
        waits = meet(house).seating
        house.leave(stations[1], stations[1].slot_id or "")

        mine, other = meet(house).seating, meet(house, ODILE).seating

        assert waits.ticket is not None
        assert (waits.ticket.state, waits.ticket_room) == (TicketState.WAITING, TRAPEZE)
        assert waits.seats == ()
        assert mine.ticket is not None
        assert (mine.ticket.state, mine.ticket.seat, mine.seats) == (TicketState.CALLED, 2, (2,))
        assert other.seats == ()
        assert other.ground is None

    def test_a_ticket_of_another_room_is_told_with_its_room(self, house: HubHouse) -> None:
        fill(house)
        there = house.enrol(BIJ)
        house.sit(there, PAUL)
        house.take(there, JEANNE)

        seating = meet(house).seating

        assert seating.ticket_room == BIJ
        assert seating.ticket is not None
        assert seating.seats == (1,)

    def test_a_seat_that_is_proposed_opens(self, house: HubHouse) -> None:
        """What the desk is told and what a station would be answered follow the same rules."""
        stations = fill(house)
        know(house, JEANNE, age=60)
        admit(house, AdmissionView(minimum_age=55))

        seating = meet(house).seating
        answer = house.ask(stations[seating.seats[0] - 1])

        assert isinstance(answer, SlotGranted)
        assert answer.total_seconds == seating.seconds

    def test_a_meeting_leaves_no_trace_and_tells_no_card(self, house: HubHouse) -> None:
        fill(house)
        agent = house.agent()
        before = house.feed.latest_for(agent)

        answer = meet(house)

        told = encode(answer).decode()
        assert JEANNE not in told
        assert house.references.reference(JEANNE) not in told
        assert house.feed.latest_for(agent) == before
