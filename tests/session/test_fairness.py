"""A renewal among others: who waits, what was told, an offer that holds, minutes of mercy."""

from datetime import timedelta

from msgspec.structs import replace

from kiosk.rules.slot import Ground
from kiosk.session.command import RenewalUnanswered, SituationRead
from kiosk.wire import event
from kiosk.wire.change import RoomChanged, WaitingChanged
from kiosk.wire.event import Decider
from kiosk.wire.face import (
    MercyAsked,
    RenewalAsked,
    RenewalDeclined,
    RenewalFace,
    RenewalPutOff,
    RenewalStage,
    Shown,
)
from kiosk.wire.place import SeriesView
from kiosk.wire.station import RenewalKind
from tests.session.bench import situation
from tests.session.station import Station


def renewal(station: Station) -> RenewalFace:
    assert station.shown.session is not None
    return station.shown.session.renewal


def sit_until(station: Station, left: int) -> None:
    """Sit down, and let all but so many seconds pass."""
    station.sit()
    station.pass_time(3600 - left)


def refused(station: Station, left: int = 590) -> None:
    """Sit down, and hear within the last ten minutes, before any offer, that A-19 waits."""
    station.sit()
    station.pass_time(3600 - 610)
    station.clock.advance(610 - left)
    station.queue(station.ticket())


def workshop(station: Station, start: int, end: int, seats: tuple[int, ...] | None) -> SeriesView:
    return SeriesView(
        series_id="01890000-0000-7000-8000-00000000cafe",
        ground=Ground.WORKSHOP,
        title="Mes photos sur tablette",
        dates=(station.clock.wall().date(),),
        start=start,
        end=end,
        seats=seats,
        entered_at=station.clock.wall(),
    )


def book(station: Station, *series: SeriesView) -> None:
    room = station.session.state.kept.situation
    assert room is not None
    station.hear(RoomChanged(room=replace(room.room, bookings=series)))


def test_a_refusal_names_who_waits_and_since_when(station: Station) -> None:
    refused(station)
    face = renewal(station)
    assert face.stage is RenewalStage.REFUSED
    assert face.refusal is not None
    assert face.refusal.ground is Ground.WAITING
    assert face.refusal.ticket == "A-19"
    assert face.refusal.waiting_since == station.clock.wall() - timedelta(minutes=27)


def test_nobody_is_told_no_before_the_hub_has_told_it(station: Station) -> None:
    sit_until(station, 900)
    station.queue(station.ticket(), told=False)
    station.pass_time(400)
    assert renewal(station).stage is RenewalStage.OFFERED


def test_the_room_comes_with_the_situation_too(station: Station) -> None:
    sit_until(station, 610)
    station.clock.advance(20)
    ticket = station.ticket()
    told = replace(situation(station.clock), waiting=station.room((ticket,), ticket))
    station.session.handle(SituationRead(told))
    station.pass_time(60)
    assert renewal(station).stage is RenewalStage.REFUSED


def test_the_room_of_others_changes_nothing_here(station: Station) -> None:
    sit_until(station, 590)
    ticket = station.ticket()
    elsewhere = replace(station.room((ticket,), ticket), room_id="trapeze/autre")
    station.hear(WaitingChanged(waiting=elsewhere))
    assert renewal(station).stage is RenewalStage.OFFERED


def test_a_refusal_falls_with_its_ticket(station: Station) -> None:
    refused(station)
    station.wish(RenewalAsked())
    station.refuse_renewal(Ground.WAITING, ticket="A-19", mercy=True)
    assert renewal(station).stage is RenewalStage.REFUSED
    station.queue()
    assert renewal(station).stage is RenewalStage.OFFERED


def test_a_refusal_that_passes_to_another_ticket_names_that_one(station: Station) -> None:
    sit_until(station, 590)
    station.wish(RenewalAsked())
    station.refuse_renewal(Ground.WAITING, ticket="A-19", mercy=True)
    station.queue(station.ticket(20, minutes_ago=5))
    refusal = renewal(station).refusal
    assert refusal is not None
    assert (refusal.ticket, refusal.mercy) == ("A-20", True)


def test_another_ground_does_not_fall_with_a_ticket(station: Station) -> None:
    sit_until(station, 590)
    station.wish(RenewalAsked())
    station.refuse_renewal(Ground.RENEWALS)
    station.queue()
    assert renewal(station).stage is RenewalStage.REFUSED


def test_an_offer_once_shown_holds_for_a_minute_and_the_hub_is_told_since_when(
    station: Station,
) -> None:
    sit_until(station, 580)
    station.session.tick()
    station.queue(station.ticket())
    assert renewal(station).stage is RenewalStage.OFFERED
    station.pass_time(59)
    station.wish(RenewalAsked())
    assert station.asked_renewals[-1].offered_seconds_ago == 59
    station.refuse_renewal(Ground.WAITING, ticket="A-19")


def test_after_its_minute_the_offer_is_gone(station: Station) -> None:
    sit_until(station, 580)
    station.session.tick()
    station.queue(station.ticket())
    station.pass_time(60)
    assert renewal(station).stage is RenewalStage.REFUSED


def test_without_the_hub_a_young_refusal_stands(station: Station) -> None:
    refused(station)
    station.disconnect()
    station.wish(RenewalAsked())
    refusal = renewal(station).refusal
    assert refusal is not None
    assert (refusal.ground, refusal.ticket, refusal.mercy) == (Ground.WAITING, "A-19", True)
    assert station.told(event.SlotRenewed) == []


def test_a_refusal_grows_old_only_from_the_loss_of_the_hub(station: Station) -> None:
    refused(station)
    heard = station.session.state.kept.heard_boot
    assert heard is not None
    station.session._state = station.session.state.keeping(heard_boot=heard - 900)
    station.session.tick()
    assert renewal(station).stage is RenewalStage.REFUSED
    station.disconnect()
    station.pass_time(200)
    station.disconnect()
    assert renewal(station).stage is RenewalStage.REFUSED
    assert station.session.state.kept.heard_boot == station.clock.boot_seconds() - 200


def test_without_the_hub_an_old_refusal_refuses_nobody(station: Station) -> None:
    refused(station)
    station.disconnect()
    kept = station.session.state.kept.heard_boot
    assert kept is not None
    station.session._state = station.session.state.keeping(heard_boot=kept - 900)
    station.wish(RenewalAsked())
    assert station.told(event.SlotRenewed) != []


def test_a_kill_makes_no_refusal_forgotten(station: Station) -> None:
    refused(station)
    station.disconnect()
    station.restart(after=5)
    assert renewal(station).stage is RenewalStage.REFUSED


def test_who_never_heard_of_a_room_refuses_nobody(station: Station) -> None:
    refused(station)
    station.disconnect()
    station.session._state = station.session.state.keeping(heard_boot=None)
    station.session.tick()
    assert renewal(station).stage is RenewalStage.OFFERED


# --------------------------------------------------------------------------------- no thank you


def test_no_thank_you_is_told_once_and_taken_back_by_asking(station: Station) -> None:
    slot_id = station.sit()
    station.pass_time(3300)
    station.wish(RenewalDeclined())
    station.wish(RenewalDeclined())
    assert station.told(event.SlotDeclined) == [event.SlotDeclined(slot_id=slot_id, declined=True)]
    station.wish(RenewalAsked())
    assert station.told(event.SlotDeclined)[-1] == event.SlotDeclined(
        slot_id=slot_id, declined=False
    )
    station.grant_renewal(7200)
    assert len(station.told(event.SlotRenewed)) == 1


def test_not_now_decides_nothing(station: Station) -> None:
    sit_until(station, 300)
    station.wish(RenewalPutOff())
    assert renewal(station).stage is RenewalStage.DECLINED
    assert station.told(event.SlotDeclined) == []


# ----------------------------------------------------------------------------- minutes of mercy


def refuse_for_a_ticket(station: Station, left: int = 110) -> None:
    refused(station, left)
    station.wish(RenewalAsked())
    station.refuse_renewal(
        Ground.WAITING, ticket="A-19", waiting_since=station.clock.wall(), mercy=True
    )


def test_a_refused_visitor_may_take_five_minutes_once(station: Station) -> None:
    refuse_for_a_ticket(station)
    face = renewal(station)
    assert station.shown.session is not None
    assert face.mercy_until == station.shown.session.ends_at + timedelta(minutes=5)
    station.wish(MercyAsked())
    assert station.asked_renewals[-1].kind is RenewalKind.MERCY
    assert renewal(station).stage is RenewalStage.ASKING
    station.grant_renewal(3900)
    renewed = station.told(event.SlotRenewed)[-1]
    assert isinstance(renewed, event.SlotRenewed)
    assert (renewed.kind, renewed.decided_by) == (RenewalKind.MERCY, Decider.HUB)
    face = renewal(station)
    assert face.stage is RenewalStage.REFUSED
    assert face.refusal is not None
    assert (face.refusal.ticket, face.mercy_until) == ("A-19", None)
    asked = len(station.asked_renewals)
    station.wish(MercyAsked())
    assert len(station.asked_renewals) == asked


def test_mercy_is_no_renewal(station: Station) -> None:
    refuse_for_a_ticket(station)
    station.wish(MercyAsked())
    station.grant_renewal(3900)
    sitting = station.session.state.kept.sitting
    assert sitting is not None
    assert (sitting.renewals, sitting.mercy_taken) == (0, True)


def test_mercy_that_the_hub_refuses_is_not_offered_again(station: Station) -> None:
    refuse_for_a_ticket(station)
    station.wish(MercyAsked())
    station.refuse_renewal(Ground.WAITING, ticket="A-19", mercy=True)
    assert renewal(station).mercy_until is None


def test_mercy_without_the_hub_is_given_by_the_same_rule(station: Station) -> None:
    refuse_for_a_ticket(station)
    station.disconnect()
    station.wish(MercyAsked())
    renewed = station.told(event.SlotRenewed)[-1]
    assert isinstance(renewed, event.SlotRenewed)
    assert (renewed.total_seconds, renewed.decided_by) == (3900, Decider.STATION)
    assert renewed.kind is RenewalKind.MERCY


def test_mercy_that_nobody_answers_is_given_by_the_station(station: Station) -> None:
    refuse_for_a_ticket(station)
    station.wish(MercyAsked())
    station.session.handle(RenewalUnanswered(station.asked_renewals[-1]))
    station.settle()
    assert len(station.told(event.SlotRenewed)) == 1


def test_mercy_goes_by_the_snapshot_when_no_answer_is_remembered(station: Station) -> None:
    refused(station)
    station.disconnect()
    station.wish(MercyAsked())
    renewed = station.told(event.SlotRenewed)[-1]
    assert isinstance(renewed, event.SlotRenewed)
    assert renewed.kind is RenewalKind.MERCY


def test_mercy_asked_as_the_refusal_falls_becomes_the_renewal(station: Station) -> None:
    sit_until(station, 110)
    station.disconnect()
    station.wish(MercyAsked())
    renewed = station.told(event.SlotRenewed)[-1]
    assert isinstance(renewed, event.SlotRenewed)
    assert (renewed.total_seconds, renewed.kind) == (7200, RenewalKind.ASKED)


def test_there_is_no_mercy_against_a_closing(station: Station) -> None:
    # 15:00 in Paris; slot plus grace may reach 16:02, and it ends at 16:00.
    station.connect(closes_at=16 * 60 + 12)
    refuse_for_a_ticket(station)
    assert renewal(station).mercy_until is None
    station.disconnect()
    station.wish(MercyAsked())
    assert station.told(event.SlotRenewed) == []
    assert renewal(station).stage is RenewalStage.REFUSED


def test_no_mercy_is_promised_in_a_room_that_has_closed(station: Station) -> None:
    refuse_for_a_ticket(station)
    station.connect(closes_at=15 * 60 + 30)
    assert renewal(station).mercy_until is None


# ------------------------------------------------------------------------------------- bookings


def test_a_workshop_stands_before_a_renewal(station: Station) -> None:
    sit_until(station, 590)
    # 15:50 in Paris; the workshop starts at 16:30 and keeps the grace free.
    book(station, workshop(station, 16 * 60 + 30, 18 * 60, (7,)))
    face = renewal(station)
    assert face.limit is Ground.WORKSHOP
    assert face.until == station.clock.wall() + timedelta(seconds=590 + 28 * 60)


def test_a_workshop_on_other_seats_is_none_of_ours(station: Station) -> None:
    sit_until(station, 590)
    book(station, workshop(station, 16 * 60 + 30, 18 * 60, (8,)))
    assert renewal(station).limit is None


def test_the_lock_says_what_shortens_the_slot_before_it_starts(station: Station) -> None:
    book(station, workshop(station, 15 * 60 + 30, 18 * 60, None))
    lock = station.shown.lock
    assert lock is not None
    assert (lock.slot_seconds, lock.limit) == (28 * 60, Ground.WORKSHOP)
    assert lock.limit_at == station.clock.wall() + timedelta(minutes=30)


def test_while_a_workshop_runs_no_slot_opens_and_none_is_renewed(station: Station) -> None:
    sit_until(station, 590)
    book(station, workshop(station, 15 * 60, 18 * 60, None))
    face = renewal(station)
    assert face.stage is RenewalStage.REFUSED
    assert face.refusal is not None
    assert (face.refusal.ground, face.refusal.at) == (Ground.WORKSHOP, None)
    station.pass_time(3600)
    station.pass_time(60)
    assert station.face() is Shown.WORKSHOP
    assert station.shown.lock is None
