"""Who may not sit is told why; a card with more time has it also without the hub."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from kiosk.rules.allowance import AdaptedTime
from kiosk.rules.slot import Ground
from kiosk.session.command import OpeningAnswered, TicketAnswered
from kiosk.wire.change import RoomChanged
from kiosk.wire.event import Decider, SlotRenewed
from kiosk.wire.face import (
    MercyAsked,
    RefusalFace,
    RenewalAsked,
    RenewalStage,
    SignInAsked,
    TicketStage,
    TicketWished,
)
from kiosk.wire.station import SlotGranted, SlotRefused
from kiosk.wire.ticket import TicketRefused
from tests.session.station import CARD, PIN, Station


def sit(station: Station, time: AdaptedTime, total: int = 3600) -> None:
    """Sit down with a card of this time."""
    station.wish(SignInAsked(card=CARD, pin=PIN))
    granted = SlotGranted(
        slot_id=station.asked_openings[-1].slot_id,
        total_seconds=total,
        grace_seconds=120,
        time=time,
    )
    station.session.handle(OpeningAnswered(granted))
    station.settle()


def limit_day(station: Station, seconds: int) -> None:
    """Let the room have so many seconds a day."""
    room = station.session.state.kept.situation
    assert room is not None
    rule = replace(room.room.rule, daily_seconds=seconds)
    station.hear(RoomChanged(room=replace(room.room, rule=rule)))


def test_the_age_of_the_room_is_told_with_its_refusal(station: Station) -> None:
    station.wish(SignInAsked(card=CARD, pin=PIN))
    slot_id = station.asked_openings[-1].slot_id
    refused = SlotRefused(slot_id=slot_id, ground=Ground.TOO_YOUNG, minimum_age=55)
    station.session.handle(OpeningAnswered(refused))

    assert station.shown.lock is not None
    assert station.shown.lock.refusal == RefusalFace(ground=Ground.TOO_YOUNG, minimum_age=55)


def test_a_ticket_that_the_room_refuses_says_why(station: Station) -> None:
    station.wish(TicketWished(card=CARD))
    ask_id = station.asked_tickets[-1].ask_id
    answer = TicketRefused(ground=Ground.NO_AUTHORISATION)
    station.session.handle(TicketAnswered(ask_id, answer))

    assert station.shown.ticket is not None
    assert station.shown.ticket.stage is TicketStage.REFUSED
    assert station.shown.ticket.refusal == RefusalFace(ground=Ground.NO_AUTHORISATION)


@pytest.mark.parametrize(
    ("time", "added"),
    [(AdaptedTime.ORDINARY, 3600), (AdaptedTime.HALF_MORE, 5400), (AdaptedTime.DOUBLE, 7200)],
)
def test_a_station_alone_renews_by_the_time_of_the_card(
    station: Station, time: AdaptedTime, added: int
) -> None:
    sit(station, time)
    station.pass_time(3100)
    station.disconnect()
    station.wish(RenewalAsked())

    told = station.told(SlotRenewed)
    assert [
        (one.total_seconds, one.decided_by) for one in told if isinstance(one, SlotRenewed)
    ] == [(3600 + added, Decider.STATION)]


def test_the_minutes_of_the_day_and_of_mercy_are_those_of_the_card(station: Station) -> None:
    limit_day(station, 3600)
    sit(station, AdaptedTime.DOUBLE, 7200)
    station.pass_time(7000)
    station.disconnect()
    station.wish(RenewalAsked())
    assert station.shown.session is not None
    renewal = station.shown.session.renewal
    assert renewal.stage is RenewalStage.REFUSED
    assert renewal.refusal is not None
    assert renewal.refusal.ground is Ground.DAILY_MINUTES
    assert renewal.mercy_until == station.shown.session.ends_at + timedelta(minutes=10)

    station.wish(MercyAsked())

    assert station.shown.session.total_seconds == 7200 + 600


def test_a_slot_that_a_power_cut_ended_keeps_the_time_of_its_card(station: Station) -> None:
    sit(station, AdaptedTime.DOUBLE)
    station.pass_time(600)
    station.cut_power()

    cut = station.session.state.kept.cut
    assert cut is not None
    assert cut.time is AdaptedTime.DOUBLE
