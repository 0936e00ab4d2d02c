"""Everything that may go wrong between three workstations and their hub, in any order.

Visitors sit, renew, step away and leave; others take tickets; cables are cut, answers lost, facts
held back, programs killed, the power fails and clocks are set. Whatever happens, nobody sits on
somebody else's seat, nobody who waits is overtaken, nobody ends early without a named ground, and
once the network is back hub and stations agree and no seat is blocked by a ghost.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from kiosk.gate import service
from kiosk.session import cardproof
from kiosk.wire.face import (
    AwayAsked,
    CardPassed,
    EndAsked,
    MercyAsked,
    RenewalAsked,
    RenewalDeclined,
    SignInAsked,
)
from kiosk.wire.ticket import ChangeTicket, TakeTicket, TicketAct
from kiosk.wire.welcome import HouseRulesRead, TrialAsked
from tests.helpers.hubhouse import JEANNE, MARCEL, MONIQUE, ODILE, PAUL, PINS
from tests.helpers.hubstore import SqliteShelf
from tests.whole.watch import SEATS, Watched

PLACES = st.sampled_from(range(len(SEATS)))
PEOPLE = (JEANNE, MARCEL, MONIQUE, PAUL, ODILE)
CARDS = st.sampled_from(PEOPLE)
RARELY = st.integers(0, 5).map(lambda drawn: drawn == 5)


class Town(Watched):
    """The hands of chance."""

    # ------------------------------------------------------------------------------- visitors

    @initialize(gaps=st.tuples(*(st.integers(0, 9) for _ in SEATS)), queue=st.integers(0, 2))
    def fill_the_room(self, gaps: tuple[int, ...], queue: int) -> None:
        for place, gap in enumerate(gaps):
            self.sign_in(place, PEOPLE[place])
            self.let_time_pass(gap)
        for card in PEOPLE[3 : 3 + queue]:
            self.take_ticket(0, card)

    @rule(place=PLACES, card=CARDS)
    def sign_in(self, place: int, card: str) -> None:
        station = self.stations[place]
        if station.asleep or station.session.state.opening is not None:
            return
        sat_before = station.sitting
        waited = self.waiting()
        elsewhere = [
            other
            for other in self.stations
            if other is not station and other.is_heard and other.live and self.sits(other, card)
        ]
        heard = len(station.granted)
        station.wish(SignInAsked(card=card, pin=PINS[card]))
        sitting = station.sitting
        if sat_before is None and sitting is not None:
            self.card_of[sitting.slot_id] = card
            # Without the hub only a slot that a power cut has ended goes on here.
            is_granted = len(station.granted) > heard
            assert is_granted or sitting.resumes is not None
            if is_granted:
                assert elsewhere == []
            if sitting.resumes is None:
                self.was_welcome(waited, station.number, card)
        self.after()

    @rule(place=PLACES)
    def the_called_sits(self, place: int) -> None:
        held = self.waiting().held(SEATS[place])
        if held is not None:
            for card in PEOPLE:
                if self.house.references.reference(card) == held.person:
                    self.sign_in(place, card)

    @rule(place=PLACES)
    def the_same_card_comes_back(self, place: int) -> None:
        """Whoever was cut off, or had locked the seat, passes the card again."""
        station = self.stations[place]
        if station.asleep:
            return
        sitting, cut = station.sitting, station.session.state.kept.cut
        slot_id = cut.slot_id if sitting is None and cut is not None else None
        slot_id = sitting.slot_id if sitting is not None else slot_id
        if slot_id in self.card_of:
            self.sign_in(place, self.card_of[slot_id])

    @rule(place=PLACES, tries=st.booleans())
    def read_the_rules_or_try(self, place: int, tries: bool) -> None:
        """Whoever sits for the first time goes on, or looks around without risk."""
        self.wish(place, TrialAsked() if tries else HouseRulesRead())

    @rule(place=PLACES)
    def renew(self, place: int) -> None:
        self.wish(place, RenewalAsked())

    @rule(place=PLACES, last=st.booleans())
    def renew_in_the_last_minutes(self, place: int, last: bool) -> None:
        station = self.stations[place]
        sitting = station.sitting
        if sitting is not None and sitting.opened_boot is not None:
            left = sitting.opened_boot + sitting.total_seconds - station.clock.boot_seconds()
            self.pass_seconds(max(left - (90 if last else 500), 0))
            self.wish(place, RenewalAsked())

    @rule(place=PLACES)
    def take_mercy(self, place: int) -> None:
        self.wish(place, MercyAsked())

    @rule(place=PLACES, really=RARELY)
    def decline(self, place: int, really: bool) -> None:
        if really:
            self.wish(place, RenewalDeclined())

    @rule(place=PLACES, card=st.booleans())
    def lock_the_seat(self, place: int, card: bool) -> None:
        self.wish(place, CardPassed() if card else AwayAsked())

    @rule(place=PLACES, really=RARELY)
    def finish(self, place: int, really: bool) -> None:
        station = self.stations[place]
        sitting = station.sitting
        if really and sitting is not None and sitting.locked is None:
            station.finished.add(sitting.slot_id)
            self.wish(place, EndAsked())

    @rule(place=PLACES, work=st.booleans())
    def work_or_fall_silent(self, place: int, work: bool) -> None:
        """Somebody who works goes on touching the keyboard."""
        self.stations[place].touched = self.stations[place].clock.boot_seconds() if work else None

    # -------------------------------------------------------------------------------- tickets

    @rule(place=PLACES, card=CARDS)
    def take_ticket(self, place: int, card: str) -> None:
        ask = TakeTicket(ask_id=self.house.fresh_id(), card=card)
        self.house.tickets.take_at_station(self.stations[place].place.identity, ask)
        self.after()

    @rule(place=PLACES, card=CARDS, act=st.sampled_from(list(TicketAct)[:3]))
    def change_ticket(self, place: int, card: str, act: TicketAct) -> None:
        until = self.clock.now() + timedelta(minutes=20) if act is TicketAct.STEP_AWAY else None
        ask = ChangeTicket(card=card, act=act, until=until)
        self.house.tickets.change_own(self.stations[place].place.identity, ask)
        self.after()

    # ------------------------------------------------------------------------ time and trouble

    @rule(minutes=st.integers(1, 20))
    def let_time_pass(self, minutes: int) -> None:
        self.pass_seconds(minutes * 60)

    @rule(place=PLACES)
    def cut_the_cable(self, place: int) -> None:
        self.stations[place].whole = False

    @rule(place=PLACES)
    def lose_answers(self, place: int) -> None:
        self.stations[place].loses = True

    @rule(place=PLACES)
    def hold_facts_back(self, place: int) -> None:
        self.stations[place].late = True

    @rule(place=PLACES)
    def mend_the_cable(self, place: int) -> None:
        self.mend(self.stations[place])
        self.after()

    @precondition(lambda self: any(not one.asleep for one in self.stations))
    @rule(place=PLACES)
    def kill_the_programs(self, place: int) -> None:
        if not self.stations[place].asleep:
            self.stations[place].fall_asleep()

    @rule(place=PLACES)
    def start_the_programs(self, place: int) -> None:
        if self.stations[place].asleep:
            self.stations[place].wake_up()
            self.after()

    @rule(place=PLACES)
    def cut_the_power(self, place: int) -> None:
        self.stations[place].wake_up(power=True)
        self.after()

    @rule(place=PLACES, minutes=st.integers(-600, 600))
    def set_the_clock(self, place: int, minutes: int) -> None:
        clock = self.stations[place].clock
        clock.set_wall(clock.wall() + timedelta(minutes=minutes))


@pytest.mark.timeout(300)
def test_whatever_goes_wrong_the_house_keeps_its_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A proof that is quick to make, and signs of life on the disk that are rare.
    monkeypatch.setattr(cardproof, "COST", 2)
    monkeypatch.setattr(service, "BEAT_SECONDS", 600.0)
    shelf = SqliteShelf(tmp_path)

    class Here(Town):
        def __init__(self) -> None:
            self.address = shelf.fresh()
            super().__init__()

    profile = settings.default
    assert profile is not None
    how_many = settings(
        max_examples=max(profile.max_examples // 8, 10),
        stateful_step_count=min(profile.stateful_step_count, 60),
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    run_state_machine_as_test(Here, settings=how_many)
