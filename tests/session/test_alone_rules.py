"""Without the hub a slot opens by the rules of the room, and goes on like any other."""

import json
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace

from kiosk.rules.allowance import AdaptedTime
from kiosk.rules.presence import LockCause
from kiosk.rules.slot import Ground
from kiosk.rules.ticket import TicketState
from kiosk.session.command import OpeningAnswered, OpeningUnanswered, SituationRead
from kiosk.session.kept import CardUse
from kiosk.wire import event
from kiosk.wire.change import WaitingChanged
from kiosk.wire.command import SetOutOfOrder
from kiosk.wire.event import Decider, EndReason
from kiosk.wire.face import (
    AwayAsked,
    EndAsked,
    GoodbyeSeen,
    RenewalAsked,
    Shown,
    SignInAsked,
)
from kiosk.wire.station import SlotGranted, SlotRefused
from kiosk.wire.waiting import StandingView, WaitingView
from kiosk.wire.welcome import HouseRulesRead, WelcomeFace
from tests.session.bench import situation
from tests.session.provided import (
    SIGN_IN,
    finish_check,
    known_card,
    provide,
    provisions,
    refusal_of,
    session_of,
    sit_alone,
)
from tests.session.station import CARD, Station


def uses_of(station: Station) -> tuple[CardUse, ...]:
    return station.session.state.kept.card_uses


def end(station: Station) -> None:
    station.wish(EndAsked())
    station.pass_time(1)
    station.wish(GoodbyeSeen())


def room_with(station: Station, state: TicketState, **told: object) -> WaitingView:
    ticket = replace(station.ticket(18), state=state, **told)
    return WaitingView(
        room_id="trapeze/salle",
        at=station.clock.wall(),
        letter="A",
        tickets=(ticket,),
        seats=(StandingView(number=7),),
    )


def test_the_slot_is_shortened_by_the_closing_that_was_known(alone: Station) -> None:
    # It is 15:00 in Paris; the room closes at 15:37, and slot plus grace end at 15:27.
    alone.session.handle(SituationRead(situation(alone.clock, closes_at=15 * 60 + 37)))
    sit_alone(alone)
    face = session_of(alone)
    assert face.remaining_seconds == 25 * 60
    assert face.limit is Ground.CLOSING
    assert face.limit_at is not None


def test_a_room_that_closes_too_soon_opens_for_nobody(alone: Station) -> None:
    alone.session.handle(SituationRead(situation(alone.clock, closes_at=15 * 60 + 14)))
    alone.wish(SIGN_IN)
    finish_check(alone)
    assert refusal_of(alone).ground is Ground.CLOSING


def test_a_room_that_closed_during_the_check_is_closed(alone: Station) -> None:
    alone.session.handle(SituationRead(situation(alone.clock, closes_at=15 * 60 + 1)))
    alone.wish(SIGN_IN)
    alone.clock.advance(120)
    finish_check(alone)
    assert alone.told(event.SlotOpenedAlone) == []
    assert alone.face() is Shown.CLOSED


def test_a_clock_that_is_not_trusted_gives_full_slots_and_knows_no_closing(
    alone: Station,
) -> None:
    told = situation(alone.clock, closes_at=15 * 60 + 37)
    rule = replace(told.room.rule, daily_seconds=600)
    told = replace(told, room=replace(told.room, rule=rule))
    alone.session.handle(SituationRead(told))
    provide(alone, provisions(alone, known_card(alone, used_today_seconds=600)))
    alone.clock.set_wall(alone.clock.wall() - timedelta(hours=1))
    sit_alone(alone)
    assert session_of(alone).remaining_seconds == 3600
    assert session_of(alone).limit is None
    opened = [one for one in alone.written if isinstance(one.body, event.SlotOpenedAlone)]
    assert not opened[0].clock_trusted


def test_adapted_time_holds_without_the_hub_for_slot_grace_and_renewal(alone: Station) -> None:
    provide(alone, provisions(alone, known_card(alone, time=AdaptedTime.HALF_MORE)))
    sit_alone(alone)
    assert session_of(alone).remaining_seconds == 5400
    alone.pass_time(5000)
    alone.wish(RenewalAsked())
    assert session_of(alone).total_seconds == 10_800
    alone.pass_time(5800 + 1)
    assert alone.face() is Shown.GRACE
    assert session_of(alone).grace_remaining_seconds == 179


def test_what_was_had_today_counts_by_what_the_hub_told_and_what_ended_here_since(
    alone: Station,
) -> None:
    told = situation(alone.clock)
    rule = replace(told.room.rule, daily_seconds=5400)
    alone.session.handle(SituationRead(replace(told, room=replace(told.room, rule=rule))))
    provide(alone, provisions(alone, known_card(alone, used_today_seconds=1800)))
    sit_alone(alone)
    assert session_of(alone).remaining_seconds == 3600
    alone.pass_time(1200)
    end(alone)
    sit_alone(alone)
    assert session_of(alone).remaining_seconds == 5400 - 1800 - 1200
    assert session_of(alone).limit is Ground.DAILY_MINUTES
    alone.pass_time(600)
    end(alone)
    assert len(uses_of(alone)) == 2
    # The hub has heard of both by now and counts them itself.
    alone.clock.advance(1)
    provide(alone, provisions(alone, known_card(alone, used_today_seconds=3600)))
    assert uses_of(alone) == ()
    alone.pass_time(24 * 3600)
    sit_alone(alone)
    assert session_of(alone).remaining_seconds == 3600


def test_a_day_that_is_used_up_is_used_up_without_the_hub_too(alone: Station) -> None:
    told = situation(alone.clock)
    rule = replace(told.room.rule, daily_seconds=5400)
    alone.session.handle(SituationRead(replace(told, room=replace(told.room, rule=rule))))
    provide(alone, provisions(alone, known_card(alone, used_today_seconds=5300)))
    alone.wish(SIGN_IN)
    finish_check(alone)
    assert refusal_of(alone).ground is Ground.DAILY_MINUTES


def test_a_seat_held_for_a_ticket_stays_held_while_what_is_known_is_young(
    station: Station,
) -> None:
    until = station.clock.wall() + timedelta(minutes=5)
    held = room_with(station, TicketState.CALLED, seat=7, hold_until=until)
    station.hear(WaitingChanged(waiting=held))
    provide(station, provisions(station, known_card(station)))
    station.disconnect()
    station.wish(SIGN_IN)
    finish_check(station)
    assert refusal_of(station).ground is Ground.HELD
    assert refusal_of(station).ticket == "A-18"
    station.pass_time(301)
    sit_alone(station)
    assert station.face() is Shown.SESSION


def test_whoever_waits_goes_first_while_what_is_known_is_young(station: Station) -> None:
    station.hear(WaitingChanged(waiting=room_with(station, TicketState.WAITING)))
    provide(station, provisions(station, known_card(station)))
    station.disconnect()
    station.wish(SIGN_IN)
    finish_check(station)
    assert refusal_of(station).ground is Ground.TICKET_NEEDED
    assert refusal_of(station).ticket == "A-18"
    station.pass_time(900)
    sit_alone(station)
    assert station.face() is Shown.SESSION


def test_a_seat_that_went_out_of_order_during_the_check_opens_for_nobody(
    station: Station,
) -> None:
    provide(station, provisions(station, known_card(station)))
    station.wish(SIGN_IN)
    station.session.handle(OpeningUnanswered(station.asked_openings[0]))
    station.command(SetOutOfOrder(reason="screen"), None)
    finish_check(station)
    assert station.face() is Shown.OUT_OF_ORDER
    assert station.told(event.SlotOpenedAlone) == []


def test_such_a_slot_is_left_and_come_back_to_renewed_and_ended_like_any_other(
    alone: Station,
) -> None:
    sit_alone(alone)
    alone.wish(AwayAsked())
    assert alone.face() is Shown.AWAY
    alone.wish(SignInAsked(card=CARD, pin="0000"))
    assert alone.face() is Shown.AWAY
    alone.wish(SIGN_IN)
    assert alone.face() is Shown.SESSION
    locked = alone.told(event.SlotLocked)
    assert isinstance(locked[0], event.SlotLocked)
    assert locked[0].cause is LockCause.AWAY
    alone.pass_time(3100)
    alone.wish(RenewalAsked())
    renewed = alone.told(event.SlotRenewed)
    assert isinstance(renewed[0], event.SlotRenewed)
    assert renewed[0].decided_by is Decider.STATION
    alone.restart()
    assert session_of(alone).total_seconds == 7200
    alone.wish(EndAsked())
    ended = alone.told(event.SlotEnded)
    assert isinstance(ended[0], event.SlotEnded)
    assert ended[0].reason is EndReason.FINISHED


def test_a_kill_between_the_decision_and_the_gate_still_tells_the_slot_as_its_own(
    alone: Station,
) -> None:
    alone.wish(SIGN_IN)
    alone.slow_disk = True
    finish_check(alone)
    alone.restart_before_effects()
    assert alone.face() is Shown.LOCK
    assert len(alone.told(event.OpeningGivenUp)) == 1
    sit_alone(alone)
    assert len(alone.told(event.SlotOpenedAlone)) == 1


def test_a_slot_that_the_hub_granted_is_counted_until_the_hub_counts_it_itself(
    station: Station,
) -> None:
    provide(station, provisions(station, known_card(station)))
    station.sit()
    station.pass_time(60)
    end(station)
    uses = station.session.state.kept.card_uses
    assert [use.used_seconds for use in uses] == [60]


def test_the_rules_of_the_house_stand_until_they_are_read_and_then_never_again(
    station: Station,
) -> None:
    station.wish(SIGN_IN)
    slot_id = station.asked_openings[0].slot_id
    granted = SlotGranted(
        slot_id=slot_id,
        total_seconds=3600,
        grace_seconds=120,
        first_use=True,
        time=AdaptedTime.DOUBLE,
    )
    station.session.handle(OpeningAnswered(granted))
    station.settle()
    assert session_of(station).first_use
    station.restart()
    assert session_of(station).first_use
    assert session_of(station).welcome == WelcomeFace(rules="On parle à voix basse.")
    station.wish(HouseRulesRead())
    assert not session_of(station).first_use
    assert session_of(station).welcome is None
    station.wish(EndAsked())
    station.wish(HouseRulesRead())


def test_a_refusal_of_the_hub_is_not_looked_behind(station: Station) -> None:
    provide(station, provisions(station, known_card(station)))
    station.wish(SIGN_IN)
    refused = SlotRefused(
        slot_id=station.asked_openings[0].slot_id, ground=Ground.PERSON_SEATED, seat_number=4
    )
    station.session.handle(OpeningAnswered(refused))
    assert refusal_of(station).ground is Ground.PERSON_SEATED
    assert station.checks == []


def test_what_an_older_program_kept_is_still_understood(tmp_path: Path) -> None:
    station = Station(tmp_path)
    station.connect()
    station.sit()
    assert station.kept is not None
    new = (b'"passes"', b'"card_uses"', b'"tries"', b'"alone"', b'"lookup"', b'"first_use"')
    kept = json.loads(station.kept)
    for name in new:
        kept.pop(json.loads(name), None)
        kept["sitting"].pop(json.loads(name), None)
    station.kept = json.dumps(kept).encode()
    station.restart()
    assert station.face() is Shown.SESSION
    station.close()
