"""Prolonger: asked of the hub, decided alone without it, refused on a named ground."""

from kiosk.rules.slot import Ground
from kiosk.session.command import RenewalUnanswered
from kiosk.wire import event
from kiosk.wire.event import Decider
from kiosk.wire.face import RenewalAsked, RenewalDeclined, RenewalStage, Shown, StillHere
from kiosk.wire.station import RenewalKind
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


# ------------------------------------------------------------------------------------ by itself


def at_work(station: Station, *, until: float = 3600) -> None:
    """Sit down and go on typing, without an answer to anything."""
    station.sit()
    for _step in range(int(until // 60)):
        station.touch()
        station.pass_time(60)


def renewals(station: Station) -> list[tuple[RenewalKind, Decider]]:
    told = station.told(event.SlotRenewed)
    return [(one.kind, one.decided_by) for one in told if isinstance(one, event.SlotRenewed)]


def test_somebody_at_work_goes_on_by_themselves(station: Station) -> None:
    at_work(station, until=3540)
    station.pass_time(55)
    ask = station.asked_renewals[-1]
    assert (ask.kind, ask.offered_seconds_ago) == (RenewalKind.BY_ITSELF, None)
    station.grant_renewal(7200)
    assert renewals(station) == [(RenewalKind.BY_ITSELF, Decider.HUB)]
    assert station.face() is Shown.SESSION


def test_without_the_hub_too(station: Station) -> None:
    at_work(station, until=3540)
    station.disconnect()
    station.pass_time(55)
    assert renewals(station) == [(RenewalKind.BY_ITSELF, Decider.STATION)]


def test_an_end_is_tried_once(station: Station) -> None:
    at_work(station, until=3540)
    station.pass_time(55)
    station.refuse_renewal(Ground.WAITING, ticket="A-19")
    station.pass_time(30)
    assert len(station.asked_renewals) == 1
    assert station.face() is Shown.GRACE


def test_who_said_no_thank_you_is_taken_at_their_word(station: Station) -> None:
    at_work(station, until=3540)
    station.wish(RenewalDeclined())
    station.pass_time(70)
    assert station.asked_renewals == []
    assert station.face() is Shown.GRACE


def test_nobody_at_work_means_the_end(station: Station) -> None:
    station.sit()
    station.touch()
    station.pass_time(890)
    station.wish(StillHere())
    station.pass_time(890)
    station.wish(StillHere())
    station.pass_time(890)
    station.wish(StillHere())
    station.pass_time(940)
    assert station.asked_renewals == []
    assert station.face() is Shown.GRACE


def test_where_nothing_tells_of_work_the_slot_ends(station: Station) -> None:
    station.sit()
    station.pass_time(3610)
    assert station.asked_renewals == []
    assert station.face() is Shown.GRACE


def test_work_that_stops_while_the_hub_is_asked_renews_nothing(station: Station) -> None:
    at_work(station, until=3540)
    station.pass_time(55)
    station.touched = None
    station.session.handle(RenewalUnanswered(station.asked_renewals[-1]))
    station.settle()
    assert renewals(station) == []
    assert stage(station) is RenewalStage.OFFERED


def test_a_refused_seat_does_not_go_on_by_itself(station: Station) -> None:
    at_work(station, until=2940)
    station.touch()
    station.clock.advance(100)
    station.queue(station.ticket())
    station.touch()
    station.pass_time(560)
    assert station.asked_renewals == []


def test_a_kill_across_the_end_gives_the_hour_back_in_the_grace(station: Station) -> None:
    at_work(station, until=3540)
    station.restart(after=70)
    station.connect()
    station.touch()
    station.session.tick()
    assert station.asked_renewals[-1].kind is RenewalKind.BY_ITSELF
    station.grant_renewal(7200)
    assert station.face() is Shown.SESSION


def test_the_offer_says_that_work_goes_on(station: Station) -> None:
    at_work(station, until=3480)
    assert station.shown.session is not None
    assert station.shown.session.renewal.by_itself
    station.wish(RenewalDeclined())
    assert not station.shown.session.renewal.by_itself
