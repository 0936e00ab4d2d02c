"""Prolonger: asked of the hub, decided alone without it, refused on a named ground."""

from kiosk.rules.slot import Ground
from kiosk.session.command import RenewalUnanswered
from kiosk.wire import event
from kiosk.wire.event import Decider
from kiosk.wire.face import RenewalAsked, RenewalDeclined, RenewalStage, Shown
from tests.session.station import Station


def stage(station: Station) -> RenewalStage:
    assert station.shown.session is not None
    return station.shown.session.renewal.stage


def test_it_is_offered_from_ten_minutes_before_the_end(station: Station) -> None:
    station.sit()
    assert stage(station) is RenewalStage.NOT_YET
    station.pass_time(3000)
    assert stage(station) is RenewalStage.OFFERED


def test_the_hub_grants_and_the_new_end_is_told(station: Station) -> None:
    station.sit()
    station.pass_time(3300)
    station.wish(RenewalAsked())
    assert stage(station) is RenewalStage.ASKING
    station.grant_renewal(7200)
    assert station.shown.session is not None
    assert station.shown.session.remaining_seconds == 3900
    renewed = station.told(event.SlotRenewed)
    assert isinstance(renewed[0], event.SlotRenewed)
    assert renewed[0].decided_by is Decider.HUB


def test_a_refusal_is_shown_with_its_ground(station: Station) -> None:
    station.sit()
    station.pass_time(3300)
    station.wish(RenewalAsked())
    station.refuse_renewal(Ground.RENEWALS)
    assert station.shown.session is not None
    renewal = station.shown.session.renewal
    assert renewal.stage is RenewalStage.REFUSED
    assert renewal.refusal is not None
    assert renewal.refusal.ground is Ground.RENEWALS


def test_without_the_hub_the_station_decides_and_says_so(station: Station) -> None:
    station.sit()
    station.pass_time(3300)
    station.disconnect()
    station.wish(RenewalAsked())
    assert station.shown.session is not None
    assert station.shown.session.total_seconds == 7200
    renewed = station.told(event.SlotRenewed)
    assert isinstance(renewed[0], event.SlotRenewed)
    assert renewed[0].decided_by is Decider.STATION


def test_an_answer_that_does_not_come_leaves_the_decision_to_the_station(
    station: Station,
) -> None:
    station.sit()
    station.pass_time(3300)
    station.wish(RenewalAsked())
    station.session.handle(RenewalUnanswered(station.asked_renewals[0]))
    station.settle()
    assert station.shown.session is not None
    assert station.shown.session.total_seconds == 7200
    station.grant_renewal(7200)
    assert len(station.told(event.SlotRenewed)) == 1


def test_it_never_passes_the_closing(station: Station) -> None:
    # 15:00 in Paris; closing at 16:37 leaves the slot until 16:25, margin and grace kept free.
    station.connect(closes_at=16 * 60 + 37)
    station.sit()
    station.pass_time(3300)
    station.disconnect()
    station.wish(RenewalAsked())
    assert station.shown.session is not None
    assert station.shown.session.total_seconds == 85 * 60


def test_it_gives_the_session_back_during_the_grace(station: Station) -> None:
    station.sit()
    station.pass_time(3660)
    assert station.face() is Shown.GRACE
    station.wish(RenewalAsked())
    station.grant_renewal(7200)
    assert station.face() is Shown.SESSION
    assert station.shown.session is not None
    assert station.shown.session.remaining_seconds == 3540


def test_a_declined_offer_can_still_be_taken(station: Station) -> None:
    station.sit()
    station.pass_time(3300)
    station.wish(RenewalDeclined())
    assert stage(station) is RenewalStage.DECLINED
    station.wish(RenewalAsked())
    station.grant_renewal(7200)
    assert stage(station) is RenewalStage.NOT_YET


def test_two_taps_ask_once(station: Station) -> None:
    station.sit()
    station.pass_time(3300)
    station.wish(RenewalAsked())
    station.wish(RenewalAsked())
    assert len(station.asked_renewals) == 1
